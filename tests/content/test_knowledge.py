"""The content is complete and true to the facts it names; broken content is refused with file and line."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.answers.verdict import Thing, decide
from bot.knowledge.loader import SCHEMAS, load, schema_text, stale_translations
from bot.knowledge.model import ContentRefused, Knowledge
from bot.knowledge.schema import Sourced
from bot.knowledge.swap import LiveContent
from bot.language.tags import TAGS
from tests import small
from tests.real import CONTENT, knowledge

HERE = Path(__file__).parent
BEFORE, AFTER = date(2026, 3, 31), date(2026, 4, 1)


def _expected() -> list[dict[str, str]]:
    with (HERE / "expected_categories.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _facts_of_items() -> dict[str, list[str]]:
    """Return the items that rest on each fact row."""
    items: dict[str, list[str]] = {}
    for item, rows in knowledge().overrides.items():
        for fact in {fact for row in rows for fact in row.facts}:
            items.setdefault(fact, []).append(item)
    for item, facts in knowledge().item_facts.items():
        for fact in facts:
            items.setdefault(fact, []).append(item)
    return items


@pytest.mark.parametrize("row", _expected(), ids=lambda row: row["fact"])
def test_every_fact_row_decides_its_thing(row: dict[str, str]) -> None:
    """Each row about a thing has an item here, in the row's category before and after 1 April 2026."""
    items = _facts_of_items().get(row["fact"])
    assert items, f"no item rests on {row['fact']}"
    for item in items:
        assert decide(knowledge(), Thing(item), AFTER).category.id == row["now"]
        if row["until_2026_03"]:
            assert decide(knowledge(), Thing(item), BEFORE).category.id == row["until_2026_03"]


def test_inferred_things_never_claim_to_be_the_citys_word() -> None:
    """What only follows from a rule is marked as inferred, whatever its rule rests on."""
    grades = {"city-page": "city-page", "third-party-copy": "third-party", "inferred": "inferred"}
    items = _facts_of_items()
    for row in _expected():
        for item in items[row["fact"]]:
            assert decide(knowledge(), Thing(item), AFTER).evidence == grades[row["evidence"]], item


def _sourced() -> Iterator[tuple[str, list[str]]]:
    known = knowledge()
    groups: list[dict[str, Sourced]] = [
        dict(known.desks), dict(known.guides), dict(known.categories), dict(known.notes), dict(known.hazards),
        dict(known.services), {one.id: one for one in known.rules}, {one.id: one for one in known.safety},
    ]  # fmt: skip
    for group in groups:
        for name, entry in group.items():
            yield name, list(entry.facts)
    for item, rows in known.overrides.items():
        yield item, [fact for row in rows for fact in row.facts]
    for item, facts in known.item_facts.items():
        yield item, list(facts)


def test_every_fact_id_exists() -> None:
    """Each id that content names is a row of the facts (the list of ids is committed)."""
    ids = set((HERE / "fact_ids.txt").read_text().split())
    unknown = {(name, fact) for name, facts in _sourced() for fact in facts if fact not in ids}
    assert not unknown


def test_no_translation_is_older_than_its_original() -> None:
    """Every text was translated, or read again, after its Japanese last changed."""
    assert stale_translations(CONTENT) == []


def test_committed_schemas_are_the_models() -> None:
    """Editors check against the same schema as the bot; `python -m bot content schema` writes it."""
    for file, model in SCHEMAS.items():
        committed = (CONTENT / "schema" / f"{model.__name__.lower()}.json").read_text(encoding="utf-8")
        assert committed == schema_text(file, model)


def test_every_thing_has_a_name_in_every_language() -> None:
    """A reader of any of the five languages gets every answer in it."""
    for item in knowledge().items:
        for tag in TAGS:
            assert knowledge().name(item, tag).short


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the small content to break."""
    shutil.copytree(small.content(), tmp_path / "content")
    return tmp_path / "content"


def _replace(old: str, new: str, file: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def _append(line: str, file: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        with (folder / file).open("a", encoding="utf-8") as out:
            out.write(line)

    return change


BREAKS = {
    "unknown key": (_replace("  kind: regular", "  colour_of_hope: x\n  kind: regular",
                             "garbage/categories.yaml"),
                    "garbage/categories.yaml", "colour_of_hope: is not a known key"),
    "missing language": (_replace('    zh-Hant: "可燃垃圾"\n', "", "garbage/categories.yaml"),
                         "garbage/categories.yaml", "missing language zh-Hant"),
    "duplicate alias": (_append("scissors,ja,フライパン,alias,ふらいぱん,\n", "garbage/names.csv"),
                        "garbage/names.csv", "already means frying-pan"),
    "unknown thing described": (_append("zeppelin,en,a ship of the air\n", "garbage/descriptions.csv"),
                                "garbage/descriptions.csv", "unknown item 'zeppelin'"),
    "described twice": (_append("scissors,en,two blades|for paper\n", "garbage/descriptions.csv"),
                        "garbage/descriptions.csv", "described twice in en"),
    "wrong date": (_replace("valid_from: 2023-05-01", "valid_from: 2023-02-30", "garbage/categories.yaml"),
                   "garbage/categories.yaml", "valid_from"),
    "no YAML": (_replace("- id: burnable", "- id: [burnable", "garbage/categories.yaml"),
                "garbage/categories.yaml", "is not YAML"),
    "key twice": (_replace("  kind: regular", "  kind: regular\n  kind: drop-off", "garbage/categories.yaml"),
                  "garbage/categories.yaml", "stands twice"),
    "unknown category": (_replace(",burnable,", ",burnables,", "garbage/overrides.csv"),
                         "garbage/overrides.csv", "unknown category 'burnables'"),
    "unknown hazard": (_append("thing,metal-goods,metal,curse,,\n", "garbage/items.csv"),
                       "garbage/items.csv", "unknown hazard 'curse'"),
    "nameless thing": (_append("thing,metal-goods,metal,,,\n", "garbage/items.csv"),
                       "garbage/items.csv", "thing has no name in"),
    "undecided kind": (_append("thing,ghost,,,,\n", "garbage/items.csv"),
                       "garbage/items.csv", "no rule decides kind 'ghost'"),
    "strange column": (_replace("id,kind,", "id,price,", "garbage/items.csv"),
                       "garbage/items.csv", "unknown column price"),
    "foreign link": (_replace('  link: "https://www.city.tokushima.tokushima.jp', '  link: "https://evil.example',
                              "garbage/services.yaml"),
                     "garbage/services.yaml", "is not among link_hosts"),
    "no time zone": (_replace("timezone: Asia/Tokyo", "timezone: Asia/Tokio", "city.yaml"),
                     "city.yaml", "is no time zone"),
    "map of nothing": (_replace("{address}", "{adress}", "city.yaml"), "city.yaml", "{address} once"),
    "desk that is gone": (_replace("garbage_desk: garbage", "garbage_desk: nope", "city.yaml"),
                          "city.yaml", "unknown desk 'nope'"),
    "fact of nothing": (_append("ghost,gi:c001\n", "garbage/item_facts.csv"),
                        "garbage/item_facts.csv", "unknown item 'ghost'"),
    "empty cue": (_replace('"=けが"', '"+けが"', "safety.yaml"), "safety.yaml", "a part without a letter"),
    "list as key": (_replace("- id: burnable", "- ? [a]\n  : b\n- id: burnable", "garbage/categories.yaml"),
                    "garbage/categories.yaml", "no plain YAML"),
    "alias of itself": (_replace("- id: burnable", "- &a [*a]\n- id: burnable", "garbage/categories.yaml"),
                        "garbage/categories.yaml", ""),
    "endless cell": (_append("x,ja," + "あ" * 200_000 + ",alias,,\n", "garbage/names.csv"),
                     "garbage/names.csv", "is not CSV"),
    "rule for some only": (_replace("kinds: [metal-goods,", "materials: [gold]\n  kinds: [metal-goods,",
                                    "garbage/rules.yaml"),
                           "garbage/items.csv", "no rule decides kind 'metal-goods'"),
    "part that asks back": (_replace("pet-bottle-cap;pet-bottle-label", "any-lid", "garbage/items.csv"),
                            "garbage/items.csv", "is a broad word"),
    "page that is gone": (_replace("- id: collection-days", "- id: collection-dates",
                                   "garbage/services.yaml"),
                          "garbage/services.yaml", "page 'collection-days' is missing"),
    "stale safety text": (_replace("すぐに119番へ", "いますぐ119番へ", "safety.yaml"),
                          "safety.yaml", "older than the Japanese"),
}  # fmt: skip


@pytest.mark.parametrize("name", BREAKS)
def test_broken_content_is_refused_with_file_and_line(name: str, copy: Path) -> None:
    """Every kind of mistake is named where it stands; nothing of such a folder goes live."""
    change, file, words = BREAKS[name]
    change(copy)
    with pytest.raises(ContentRefused) as refused:
        load(copy)
    named = [problem for problem in refused.value.problems if problem.file == file and words in str(problem)]
    assert named, str(refused.value)
    whole_file = name in ("list as key", "alias of itself", "endless cell", "page that is gone")
    assert named[0].line > 0 or whole_file


def test_every_problem_is_reported_at_once(copy: Path) -> None:
    """A clerk mends all mistakes in one go."""
    BREAKS["unknown key"][0](copy)
    BREAKS["wrong date"][0](copy)
    _append("scissors,xx,はさみ,alias,,\n", "garbage/names.csv")(copy)
    (copy / "desks.yaml").unlink()
    with pytest.raises(ContentRefused) as refused:
        load(copy)
    assert {problem.file for problem in refused.value.problems} >= {
        "desks.yaml", "garbage/names.csv", "garbage/categories.yaml",
    }  # fmt: skip


def test_a_byte_order_mark_and_windows_line_ends_are_fine(copy: Path) -> None:
    """A CSV saved by a spreadsheet loads."""
    path = copy / "garbage/items.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(copy).items.keys() == small.knowledge().items.keys()


def test_bytes_that_are_no_text_are_refused(copy: Path) -> None:
    """A file in another encoding is named, not guessed at."""
    path = copy / "garbage/names.csv"
    path.write_bytes(path.read_bytes() + "電池".encode("shift_jis"))
    with pytest.raises(ContentRefused, match="is not UTF-8"):
        load(copy)


def _circle(folder: Path) -> None:
    path = folder / "garbage/categories.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("- id: paper\n", "- id: paper\n  replaced_by: [newspaper]\n"), encoding="utf-8"
    )


def test_categories_that_replace_each_other_are_refused(copy: Path) -> None:
    """A chain of replacements ends somewhere."""
    _circle(copy)
    with pytest.raises(ContentRefused, match="is replaced by itself"):
        load(copy)


def test_a_build_that_fails_keeps_the_old_content_and_says_so(copy: Path) -> None:
    """Whatever goes wrong with new content, the old stays, health tells, and good content heals it."""
    fails = []

    def build(known: Knowledge) -> str:
        if fails:
            raise ZeroDivisionError
        return known.version

    live = LiveContent(copy, build)
    before = live.current
    fails.append(True)
    _append("\n", "desks.yaml")(copy)
    assert not live.poll()
    assert live.current == before
    assert "ZeroDivisionError" in str(live.health())
    fails.clear()
    _append("\n", "desks.yaml")(copy)
    assert live.poll()
    assert live.health()["ok"]


def test_files_that_change_while_they_are_read_do_not_go_live(copy: Path) -> None:
    """Half of an upload is never what people are answered from."""
    changes = []

    def build(known: Knowledge) -> str:
        if changes:
            changes.pop()(copy)
        return known.version

    live = LiveContent(copy, build)
    before = live.current
    changes.append(_append("\n", "city.yaml"))
    _append("\n", "desks.yaml")(copy)
    assert not live.poll()
    assert live.current == before
    assert live.poll()
    assert live.current != before
