"""`python -m bot content` and `collection` as staff use them: in the files, and live in the database."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.answers.engine import Engine
from bot.cli import commands
from bot.commands import collection
from bot.commands.content import carry_out, going_back
from bot.knowledge.files import NOTHING_OVER_IT, Overlay
from bot.knowledge.loader import fingerprint, load
from bot.knowledge.model import Knowledge
from bot.publishing import trial
from bot.store import people, revisions
from bot.store.database import Database
from tests.real import voices
from tests.small import content, knowledge

SUSPEND = ("collection", "suspend", "--area", "C", "--reason", "typhoon", "--author", "ann")
DAY = ("--date", "2099-12-03", "--category", "paper")
LIST = "品目,分別区分\n傘,燃やせるごみ\n阿波おどりの編み笠,燃やせるごみ\n"

Run = Callable[..., Result]


_built: dict[str, Engine] = {}


def _engine(known: Knowledge, *_: object) -> Engine:
    """Build each index once for all tests; a content of its own answers from it."""
    if known.lexicon not in _built:
        _built[known.lexicon] = Engine(known, voices())
    return Engine(known, voices(), _built[known.lexicon].index)


_loaded: dict[str, Knowledge] = {}


def _load(folder: Path, overlay: Overlay = NOTHING_OVER_IT) -> Knowledge:
    """Load each version once for all tests."""
    version = fingerprint(folder, overlay)
    if version not in _loaded:
        _loaded[version] = load(folder, overlay)
    return _loaded[version]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the content with a calendar that goes on for long; the commands are about it."""
    copy = tmp_path / "city" / "content"
    shutil.copytree(content(), copy, ignore=shutil.ignore_patterns("schema"))
    for module in (trial, going_back, collection):
        monkeypatch.setattr(module, "load", _load)
    with (copy / "collection" / "days.csv").open("a", encoding="utf-8") as days:
        days.write("C-paper-2099,C,paper,dates 2099-12-03 2099-12-17,2099-04-01,2100-03-31,,08:30,")
        days.write("city-calendar,,,2026-11-22,2027-02-01\n")
    monkeypatch.setenv("CONTENT_DIR", str(copy))
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setattr(carry_out, "engine_for", _engine)
    monkeypatch.setattr(carry_out, "Engine", _engine)
    return copy


@pytest.fixture
def run(folder: Path) -> Run:
    """Return a function that runs a command line; nobody sits at a terminal."""

    def runs(*words: str) -> Result:
        return CliRunner().invoke(commands, words)

    return runs


@pytest.fixture
def live(run: Run, store_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return the same for commands that change the database."""
    monkeypatch.setenv("DATABASE_URL", store_url)
    return lambda *words: run(*words, "--live")


def texts(folder: Path) -> Mapping[str, bytes]:
    return {
        path.relative_to(folder.parent).as_posix(): path.read_bytes()
        for path in folder.parent.rglob("*")
        if path.is_file()
    }


def succeeded(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.output


def test_a_dry_run_shows_everything_and_changes_nothing(run: Run, folder: Path) -> None:
    """Row, effect and the answer that people would read; not a byte is written."""
    before = texts(folder)
    told = succeeded(run(*SUSPEND, *DAY, "--dry-run"))
    assert "collection/changes.csv [new] 2099-12-03-C-paper" in told
    assert "Area C: 古紙類 on Thu, Dec 3, 2099 falls out." in told
    assert "┌ 古紙類 (C)" in told
    assert texts(folder) == before


def test_a_suspension_is_written_listed_and_undone(run: Run, folder: Path) -> None:
    """It stands in changes.csv; undoing it brings back every byte of the content."""
    before = texts(folder)
    assert "content undo" in succeeded(run(*SUSPEND, *DAY, "--yes"))
    changes = (folder / "collection" / "changes.csv").read_text(encoding="utf-8")
    assert "2099-12-03-C-paper,C,2099-12-03,2099-12-03,paper,,typhoon,city-calendar" in changes
    assert "2099-12-03-C-paper  2099-12-03  C  paper  typhoon" in succeeded(run("collection", "list"))
    [kept] = json.loads(succeeded(run("content", "revisions", "--json")))
    assert (kept["author"], kept["kind"], kept["state"]) == ("ann", "collection", "active")
    assert kept["summary"] == "Area C: 古紙類 on Thu, Dec 3, 2099 falls out."
    succeeded(run("content", "undo", "--author", "bob", "--yes"))
    now = texts(folder)
    assert {path: now[path] for path in before} == before
    assert "undone by bob" in succeeded(run("content", "revisions"))


def test_a_moved_collection_takes_place_after_all(run: Run, folder: Path) -> None:
    """Moving tells the new day; `resume` takes the change away again."""
    assert "is moved to Fri, Dec 4, 2099" in succeeded(run(*SUSPEND, *DAY, "--to", "2099-12-04", "--yes"))
    told = succeeded(run("collection", "resume", "2099-12-03-C-paper", "--yes"))
    assert "Area C: 古紙類 on Thu, Dec 3, 2099 takes place after all." in told
    listed = json.loads(succeeded(run("collection", "list", "--json", "--all")))
    assert [change["id"] for change in listed] == ["new-year-2027"]


REFUSED = {
    "no collection": (("--date", "2099-12-04"), "There is no collection to suspend on these days."),
    "past": (("--date", "2024-12-05"), "Thu, Dec 5, 2024 has passed."),
    "backwards": (("--date", "2099-12-03", "--until", "2099-12-01"), "The last day must be 0 to 62 days"),
    "too long": (("--date", "2099-12-03", "--until", "2100-12-01"), "The last day must be 0 to 62 days"),
    "moved to itself": (("--date", "2099-12-03", "--to", "2099-12-03"), "Only a single day can be moved"),
    "moved with others": (
        ("--date", "2099-12-03", "--until", "2099-12-05", "--to", "2099-12-07"),
        "Only a single day can be moved",
    ),
    "unknown area": (
        ("--date", "2099-12-03", "--area", "Z"),
        "'Z' is not an area; the areas are",
    ),
    "unknown category": (("--date", "2099-12-03", "--category", "gold"), "'gold' is not a category"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_suspension_that_makes_no_sense_is_refused(name: str, run: Run, folder: Path) -> None:
    """One sentence says why; nothing changes, and the exit code is 1."""
    words, reason = REFUSED[name]
    before = texts(folder)
    result = run(*SUSPEND, *words, "--yes")
    assert result.exit_code == 1
    assert reason in result.output
    assert texts(folder) == before


def test_a_move_onto_another_collection_is_refused_by_the_check(run: Run, folder: Path) -> None:
    """What the content check would refuse is not written; its problem is told."""
    result = run(*SUSPEND, *DAY, "--to", "2099-12-17", "--yes")
    assert result.exit_code == 1
    assert "the content would not be in order" in result.output
    assert "has a collection of paper on 2099-12-17 already" in result.output


def test_nobody_is_asked_where_nobody_sits(run: Run, folder: Path) -> None:
    """Without a terminal and without --yes nothing is written."""
    result = run(*SUSPEND, *DAY)
    assert result.exit_code == 1
    assert "add --yes" in result.output
    assert run("content", "undo").exit_code == 1


def test_staff_read_japanese_where_their_terminal_does(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LANG decides, and --lang over it."""
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    assert "C地区：2099年12月3日(木)の古紙類の収集は、ありません。" in run(*SUSPEND, *DAY, "--dry-run").output
    assert "falls out." in run(*SUSPEND, *DAY, "--dry-run", "--lang", "en").output


def test_a_change_of_category_needs_a_second_person(run: Run, folder: Path, tmp_path: Path) -> None:
    """Exit code 3 and nothing changed, until somebody else than the author confirms."""
    file = tmp_path / "list.csv"
    file.write_bytes(LIST.encode("cp932"))
    words = ("content", "import", "items", str(file), "--author", "ann", "--yes")
    before = texts(folder)
    for confirming in ((), ("--confirmed-by", "Ann")):
        result = run(*words, *confirming)
        assert result.exit_code == 3
        assert "かさ（金属の骨）: 燃やせないごみ becomes 燃やせるごみ." in result.output
        assert "This needs a second person" in result.output
        assert texts(folder) == before
    succeeded(run(*words, "--confirmed-by", "bob"))
    assert json.loads(succeeded(run("content", "revisions", "--json")))[0]["confirmed_by"] == "bob"
    assert f"{len(knowledge().items) + 1} things" in succeeded(run("content", "check"))


def test_rejected_rows_refuse_the_whole_file_unless_they_may_be_left_out(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    """The report names them; --leave-out takes the others; a calendar is never taken in part."""
    file = tmp_path / "list.csv"
    file.write_text(
        "品目,分別区分\nおもちゃ,燃やせないごみ\n阿波おどりの編み笠,燃やせるごみ\n", encoding="utf-8"
    )
    before = texts(folder)
    result = run("content", "import", "items", str(file), "--json", "--yes")
    assert result.exit_code == 1
    report: dict[str, Any] = json.loads(result.stdout)
    assert (report["accepted"], report["counts"]) == (False, {"rejected": 1, "new": 1})
    [rejected] = [row for row in report["rows"] if row["outcome"] == "rejected"]
    assert (rejected["place"], rejected["about"]) == ("row 2", "おもちゃ")
    assert texts(folder) == before
    succeeded(run("content", "import", "items", str(file), "--leave-out", "--yes"))
    assert "阿波おどりの編み笠" in (folder / "garbage" / "names.csv").read_text(encoding="utf-8")
    assert run("content", "import", "calendar", str(file), "--leave-out").exit_code == 2


def test_live_changes_stand_in_the_database_only(
    live: Run, folder: Path, store_url: str, tmp_path: Path
) -> None:
    """A revision says how many people it is about; export writes it out; undo takes it back."""
    database = Database(store_url)
    for number, following in enumerate((True, True, False)):
        nothing = dict.fromkeys(("hint", "visitor_until", "last_answer", "path"))
        person = {"user_id": f"U{number}", "language": "ja", "following": following, "area": "C"}
        flags = {"asked_profile": False, "resident": True, "offered": (), "unknowns": 0}
        values = {**nothing, **person, **flags}
        database.write(lambda connection, row=values: people.save(connection, row, 0, 1))
    before = texts(folder)
    assert "2 people have chosen area C." in succeeded(live(*SUSPEND, *DAY, "--dry-run"))
    assert database.read(revisions.listed) == []
    assert "Revision 1 is in force" in succeeded(live(*SUSPEND, *DAY, "--yes"))
    assert texts(folder) == before
    assert set(database.read(revisions.in_force)) == {"collection/changes.csv"}
    assert "2099-12-03-C-paper" in succeeded(live("collection", "list"))

    out = tmp_path / "out"
    succeeded(live("content", "export", "--out", str(out)))
    assert "2099-12-03-C-paper" in (out / "collection" / "changes.csv").read_text(encoding="utf-8")
    assert (out / "desks.yaml").read_bytes() == (folder / "desks.yaml").read_bytes()
    assert live("content", "export", "--out", str(out)).exit_code == 1

    succeeded(live(*SUSPEND, "--date", "2099-12-17", "--yes"))
    result = live("content", "undo", "1", "--yes")
    assert result.exit_code == 1
    assert "Change 2 touches collection/changes.csv after change 1: undo 2 first." in result.output
    succeeded(live("content", "undo", "--yes"))
    succeeded(live("content", "undo", "--yes"))
    assert database.read(revisions.in_force) == {}
    assert "There is no such change in force." in live("content", "undo", "--yes").output
    database.close()


def test_a_database_without_tables_is_named(
    run: Run, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sentence says what to do first."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    result = run(*SUSPEND, *DAY, "--live", "--yes")
    assert result.exit_code == 1
    assert "python -m bot migrate" in result.output


def test_what_the_command_line_does_not_understand_is_exit_code_2(run: Run, tmp_path: Path) -> None:
    """An unknown kind, a map without a heading, an address that is none."""
    file = tmp_path / "list.csv"
    file.write_text(LIST, encoding="utf-8")
    for words in (
        ("poems", str(file)),
        ("items", str(file), "--map", "name"),
        ("items", str(file), "--source", "nowhere"),
        ("items", str(tmp_path / "none.csv")),
    ):
        assert run("content", "import", *words).exit_code == 2
