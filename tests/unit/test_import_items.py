"""The city's list of items: what becomes of each row, and that nothing is guessed."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bot.answers.engine import Engine
from bot.answers.model import Question
from bot.knowledge.importers.item_files import ITEMS, NAMES, OVERRIDES
from bot.knowledge.importers.items import new_id
from bot.knowledge.importers.kinds import propose
from bot.knowledge.importers.options import Options
from bot.knowledge.importers.proposal import Outcome, Proposal
from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge
from bot.knowledge.told import told
from bot.language.speech import Speech
from bot.language.staff import load_staff
from bot.publishing.history import encoded
from tests import small
from tests.real import CONTENT, NOON, ROOT, knowledge, voices

TODAY = date(2026, 11, 24)
SOURCE = "https://www.city.tokushima.tokushima.jp/list"
OPTIONS = Options(today=TODAY, source=SOURCE, source_date="2026-04-01")
HEAD = "品目,よみ,分別区分,類似語,備考\n"


@cache
def staff() -> Mapping[str, Speech]:
    return load_staff(ROOT / "locales")


@cache
def texts(folder: Path = CONTENT) -> Mapping[str, str]:
    return {path: (folder / path).read_text(encoding="utf-8") for path in (ITEMS, NAMES, OVERRIDES)}


def proposed(rows: str, options: Options = OPTIONS, encoding: str = "utf-8") -> Proposal:
    return propose("items", {"list.csv": rows.encode(encoding)}, knowledge(), texts(), options)


def outcomes(proposal: Proposal) -> dict[str, Outcome]:
    return {row.about: row.outcome for row in proposal.rows}


def reasons(proposal: Proposal) -> list[tuple[str, str]]:
    return [(row.place, str(row.remark)) for row in proposal.rejected]


CONFIRMED = "フライパン,ふらいぱん,燃やせないごみ,阿波の鉄板、傘,油をふき取ってください（紙で）\n"
NEW = "阿波おどりのゆかた（子ども用）,,燃やせるごみ,,\n"


def proposed_over_few_things(rows: str) -> Proposal:
    """Return what becomes of the rows over the small content, whose index is soon built anew."""
    return propose("items", {"list.csv": rows.encode()}, small.knowledge(), texts(small.content()), OPTIONS)


@cache
def imported() -> Knowledge:
    """Return the small content after an import of three things: confirmed, contradicted, new."""
    proposal = proposed_over_few_things(HEAD + CONFIRMED + "傘,かさ,燃やせるごみ,,\n" + NEW)
    assert not proposal.rejected, reasons(proposal)
    return load(small.content(), encoded(proposal.files))


@cache
def engine() -> Engine:
    """Return the engine over that content."""
    return Engine(imported(), voices())


def test_a_row_is_confirmed_contradicted_or_new() -> None:
    """Each row says what becomes of it, and a contradiction names both words."""
    proposal = proposed(
        HEAD + "フライパン,,燃やせないごみ,,\n傘,,燃やせるごみ,,\n阿波おどりの編み笠,,燃やせるごみ,,\n"
    )
    assert outcomes(proposal) == {
        "フライパン": Outcome.CHANGED,
        "傘": Outcome.CONTRADICTS,
        "阿波おどりの編み笠": Outcome.NEW,
    }
    [contradicted] = [row.remark for row in proposal.rows if row.outcome is Outcome.CONTRADICTS]
    assert contradicted
    assert told(staff()["en"], contradicted) == (
        "Our rule said 燃やせないごみ, the city says 燃やせるごみ: the city wins."
    )
    assert [str(effect) for effect in proposal.effects] == [
        "1 thing moves to another category.",
        "The city's word now confirms 1 thing.",
        "1 new thing has a Japanese name only.",
    ]
    assert proposal.previews[0] == ("傘", None)


def test_a_thing_that_we_ask_back_about_is_contradicted_by_one_category() -> None:
    """Where our rules tell metal from wood, a list that does not says something else; both are named."""
    [row] = proposed(HEAD + "おたま,,燃やせるごみ,,\n").rows
    assert row.outcome is Outcome.CONTRADICTS
    assert row.remark
    assert "燃やせるごみ and 燃やせないごみ" in told(staff()["en"], row.remark)


def test_the_city_wins_and_its_list_is_the_source() -> None:
    """The answer follows the list, with its address and date; its remark stands in the answer as it is."""
    answer = engine().answer(Question(text="傘", language="en", now=NOON))
    assert answer.category == "burnable"
    pan = engine().answer(Question(text="frying pan", language="en", now=NOON))
    lines = [line for card in pan.cards for section in card.sections for line in section.lines]
    assert "油をふき取ってください（紙で）" in lines
    [own] = imported().overrides["frying-pan"]
    assert (own.evidence, own.sources[0].url, own.sources[0].date) == ("city-item-list", SOURCE, "2026-04-01")
    assert own.review_by == date(2027, 3, 31)
    assert "April 2026" in pan.cards[0].source


@pytest.mark.parametrize("language", ["ja", "ja-simple", "en", "zh-Hans", "zh-Hant"])
def test_a_new_thing_is_answered_in_every_language_under_its_japanese_name(language: str) -> None:
    """The category is told in the reader's language, the name as the city has it, brackets and all."""
    question = Question(text="阿波おどりのゆかた", language=language, now=NOON)
    answer = engine().answer(question)
    assert answer.category == "burnable"
    assert answer.cards[0].title == "阿波おどりのゆかた（子ども用）"


def test_the_same_list_again_changes_nothing() -> None:
    """What was taken over is the same the next time, even months later."""
    rows = HEAD + CONFIRMED + NEW
    now = {**texts(small.content()), **proposed_over_few_things(rows).files}
    later = replace(OPTIONS, today=date(2027, 1, 9))
    again = propose("items", {"a.csv": rows.encode()}, imported(), now, later)
    assert set(outcomes(again).values()) == {Outcome.SAME}
    assert again.files == {}


def test_every_other_line_stays_as_it_is() -> None:
    """Rows are added or replaced; no other line of the three files changes."""
    proposal = proposed(HEAD + "フライパン,,燃やせないごみ,,\n阿波おどりの編み笠,,燃やせるごみ,かさの笠,\n")
    for path in (ITEMS, NAMES):
        assert proposal.files[path].startswith(texts()[path])
    before = set(texts()[OVERRIDES].splitlines()[1:])
    after = [line.removesuffix(",") for line in proposal.files[OVERRIDES].splitlines()[1:]]
    assert before <= set(after)
    assert len(after) == len(before) + 2
    added = list(csv.reader(io.StringIO(proposal.files[NAMES].removeprefix(texts()[NAMES]))))
    thing = new_id("阿波おどりの編み笠")
    assert added == [
        [thing, "ja", "阿波おどりの編み笠", "name", "", "阿波おどりの編み笠"],
        [thing, "ja", "かさの笠", "alias", "", ""],
    ]


def test_what_held_before_today_stays_known() -> None:
    """A word that ended before today is kept, and a category that began this year decides from then on."""
    proposal = proposed(HEAD + "空き缶,,缶・びん,,\n")
    assert outcomes(proposal)["空き缶"] in (Outcome.CHANGED, Outcome.SAME)
    kept = [row for row in csv.DictReader(io.StringIO(proposal.files[OVERRIDES])) if row["item"] == "can"]
    spans = [(row["category"], row["valid_from"], row["valid_until"], row["note"]) for row in kept]
    assert spans == [("cans-bottles-pet", "", "2026-03-31", ""), ("cans-bottles", "2026-04-01", "", "cans")]


@pytest.mark.parametrize("encoding", ["cp932", "utf-8-sig", "utf-16"])
def test_any_usual_encoding_and_column_order(encoding: str) -> None:
    """Titles, initials of the kana order and repeated headings are no rows; columns stand in any order."""
    rows = (
        "品目一覧,,\r\n備考,区分,品目\r\nあ,,\r\n,燃やせるごみ,ｱﾜの飾り\r\n"
        "備考,区分,品目\r\nか,,\r\n乾かす,もやせるごみ,阿波おどりの鳴り物\r\n"
    )
    proposal = proposed(rows, encoding=encoding)
    assert outcomes(proposal) == {"アワの飾り": Outcome.NEW, "阿波おどりの鳴り物": Outcome.NEW}


def test_headings_of_the_clerk_s_own() -> None:
    """A column under another heading is read where the clerk names it."""
    rows = "もの,どこへ\n阿波おどりの編み笠,燃やせるごみ\n"
    assert [place for place, _ in reasons(proposed(rows))] == ["row 1"]
    mapped = proposed(rows, replace(OPTIONS, columns={"name": "もの", "category": "どこへ"}))
    assert outcomes(mapped) == {"阿波おどりの編み笠": Outcome.NEW}


REJECTED = {
    "compound": ("すだち搾り器,,燃やせるごみ（金属は別）,,", "row 2, column C", "says more than a category"),
    "unknown": ("すだち搾り器,,よくわからないごみ,,", "row 2, column C", "is not a category; the"),
    "ended in two": ("すだち搾り器,,缶・びん・ペットボトル,,", "row 2, column C", "several categories"),
    "broad word": ("おもちゃ,,燃やせないごみ,,", "row 2", "may be several things: write which of"),
    "no name": (",,燃やせるごみ,,備考だけ", "row 2", "The name is missing."),
    "no category": ("すだち搾り器,,,,備考だけ", "row 2, column C", "The category is missing."),
    "endless name": ("す" * 81 + ",,燃やせるごみ,,", "row 2", "longer than 80 signs"),
    "endless note": ("すだち搾り器,,燃やせるごみ,," + "す" * 401, "row 2", "longer than 400 signs"),
    "said twice": (
        "すだち搾り器,,燃やせるごみ,,\nスダチ搾り器,,燃やせないごみ,,",
        "row 3",
        "The row row 2 says 燃やせるごみ of the same thing.",
    ),
    "two names of one thing": ("傘,,燃やせるごみ,,\n雨傘,,燃やせないごみ,,", "row 3", "of the same thing"),
}  # fmt: skip


@pytest.mark.parametrize("name", REJECTED)
def test_what_is_not_understood_is_rejected_with_place_and_reason(name: str) -> None:
    """A row that would need a guess is named with its place; the others stand in the proposal."""
    row, place, reason = REJECTED[name]
    proposal = proposed(HEAD + row + "\n阿波おどりの編み笠,,燃やせるごみ,,\n")
    [(where, why)] = reasons(proposal)
    assert where == place
    assert reason in why
    assert outcomes(proposal)["阿波おどりの編み笠"] is Outcome.NEW


def test_two_words_that_only_sound_alike_are_two_things() -> None:
    """A reading that another thing also has proves nothing: 橋 is not 箸."""
    assert outcomes(proposed(HEAD + "橋の模型,はし,燃やせるごみ,,\n"))["橋の模型"] is Outcome.NEW
    assert outcomes(proposed(HEAD + "ふらいぱん,,燃やせないごみ,,\n"))["ふらいぱん"] is Outcome.CHANGED


def test_other_words_are_added_unless_they_mean_something_else() -> None:
    """A word of another thing is left out and told; a new one finds the thing."""
    effects = [str(effect) for effect in proposed(HEAD + CONFIRMED).effects]
    assert "The word 傘 is left out: it means かさ（金属の骨）." in effects
    found = engine().answer(Question(text="阿波の鉄板", language="ja", now=NOON))
    assert found.answer_id == "garbage:frying-pan"


def test_a_file_without_a_list_is_refused() -> None:
    """A picture, an empty file or another table is named, and nothing is proposed."""
    for data in (b"\x89PNG\r\n\x1a\n", b"", "地区,4月,5月\nA,1,2\n".encode()):
        proposal = propose("items", {"list.csv": data}, knowledge(), texts(), OPTIONS)
        assert len(proposal.rejected) == 1
        assert proposal.files == {}
