"""Sheets of questions and answers: found by their words, told as they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

import pytest

from bot.answers.engine import Engine
from bot.answers.model import Answer, Question, Status
from bot.knowledge.importers.kinds import propose
from bot.knowledge.importers.options import Options
from bot.knowledge.importers.proposal import Outcome, Proposal
from bot.knowledge.loader import load
from bot.knowledge.model import ContentRefused, Knowledge
from bot.publishing.history import encoded
from tests.real import NOON, voices
from tests.small import content, knowledge

TODAY = date(2026, 11, 24)
HEAD = "番号,質問,回答,別の聞き方,担当,言語,出典\n"
ZOO = (
    '1,動物園の年間パスはどこで買えますか,"動物園の窓口で買えます。\n電話では買えません。",年パス、年間券,,,'
    "https://www.city.tokushima.tokushima.jp/zoo\n"
    "1,Where can I buy an annual pass for the zoo?,At the ticket office of the zoo.,zoo season ticket,,"
    "英語,\n"
)
GARBAGE = "2,集積所のネットはどこでもらえますか,担当の窓口にご相談ください。,,garbage,日本語,\n"


def proposed(rows: str, texts: Mapping[str, str] | None = None, known: Knowledge | None = None) -> Proposal:
    options = Options(today=TODAY, source_date="2026-04-01")
    return propose("faq", {"faq.csv": rows.encode("cp932")}, known or knowledge(), texts or {}, options)


@cache
def imported() -> tuple[Proposal, Knowledge, Engine]:
    proposal = proposed(HEAD + ZOO + GARBAGE)
    known = load(content(), encoded(proposal.files))
    return proposal, known, Engine(known, voices())


def ask(text: str, language: str) -> Answer:
    return imported()[2].answer(Question(text=text, language=language, now=NOON))


def said(answer: Answer) -> str:
    card = answer.cards[0]
    return "\n".join([card.title, card.lead, *(line for section in card.sections for line in section.lines)])


def test_every_row_is_new_and_the_gaps_are_told() -> None:
    """The effects count questions, and those that are told in Japanese where a language is missing."""
    proposal = imported()[0]
    assert [row.outcome for row in proposal.rows] == [Outcome.NEW] * 3
    assert [str(effect) for effect in proposal.effects] == [
        "The sheet answers 2 questions.",
        "2 of them are told in Japanese where their language is missing.",
    ]


@pytest.mark.parametrize("text", ["動物園の年間パスはどこで買えますか", "年パス", "zoo season ticket"])
def test_it_is_found_by_its_question_and_its_other_words(text: str) -> None:
    """Whatever the language of the words, the answer is the city's text as it is, for the reader."""
    answer = ask(text, "ja")
    assert answer.status is Status.ANSWERED
    assert "動物園の窓口で買えます。\n電話では買えません。" in said(answer)
    english = ask(text, "en")
    assert english.cards[0].lead == "At the ticket office of the zoo."
    assert "not available in your language" not in said(english)


@pytest.mark.parametrize("language", ["ja-simple", "zh-Hans", "zh-Hant"])
def test_where_a_language_is_missing_the_japanese_is_told_with_a_note(language: str) -> None:
    """The reader learns that this is the Japanese text, and sees it."""
    answer = ask("動物園の年間パスはどこで買えますか", language)
    assert "動物園の窓口で買えます。" in said(answer)
    note = voices()[language].say("This answer is not available in your language: this is the Japanese text.")
    assert note in said(answer)


def test_desk_and_source_are_shown() -> None:
    """The desk of the sheet answers; without one it is the city's switchboard."""
    numbers = [button.uri for button in ask("集積所のネットはどこでもらえますか", "ja").cards[0].buttons]
    assert f"tel:{knowledge().desks['garbage'].phone}" in numbers
    zoo = ask("年パス", "ja").cards[0]
    assert f"tel:{knowledge().desks['city-hall'].phone}" in [button.uri for button in zoo.buttons]
    assert "2026年4月" in zoo.source


def test_the_same_sheet_again_changes_nothing_and_another_answer_one_row() -> None:
    """Rows are compared with what is there; what the sheet does not name stays."""
    proposal, known, _ = imported()
    again = proposed(HEAD + ZOO, proposal.files, known)
    assert {row.outcome for row in again.rows} == {Outcome.SAME}
    assert again.files == {}
    other = proposed(HEAD + GARBAGE.replace("ご相談", "お電話"), proposal.files, known)
    assert [row.outcome for row in other.rows] == [Outcome.CHANGED]
    assert "お電話ください" in other.files["faq.csv"]
    assert "動物園の窓口" in other.files["faq.csv"]


REJECTED = {
    "no question": ("3,,答えだけ,,,,", "The question is missing."),
    "no answer": ("3,質問だけ,,,,,", "The answer is missing."),
    "endless answer": ("3,質問," + "あ" * 1001 + ",,,,", "longer than 1000 signs"),
    "endless question": ("3," + "あ" * 121 + ",答え,,,,", "longer than 120 signs"),
    "unknown desk": ("3,質問です,答えです,,宇宙課,,", "is not a desk; the desks are"),
    "unknown language": ("3,質問です,答えです,,,中国語,", "is not one of our languages"),
    "name of a thing": ("3,電池,答えです,,,,", "電池 is the name of a thing"),
    "other word that is a thing": ("3,質問です,答えです,フライパン,,,", "フライパン is the name of a thing"),
    "no address": ("3,質問です,答えです,,,,広報の紙面", "is no address"),
    "translation of nothing": ("3,What is it?,This.,,,英語,", "There is no Japanese row of it"),
}


@pytest.mark.parametrize("name", REJECTED)
def test_what_cannot_be_taken_over_is_rejected_with_its_reason(name: str) -> None:
    """Each row is named once, with place and reason."""
    row, reason = REJECTED[name]
    proposal = proposed(HEAD + row + "\n")
    [rejected] = proposal.rejected
    assert rejected.place == "row 2"
    assert reason in str(rejected.remark)
    assert [one.outcome for one in proposal.rows] == [Outcome.REJECTED]


def test_a_question_that_stands_twice_is_rejected() -> None:
    """Two rows of the same number and language contradict each other."""
    [rejected] = proposed(HEAD + GARBAGE + GARBAGE).rejected
    assert (rejected.place, str(rejected.remark)) == ("row 3", "It stands in row 2 already.")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("garbage,", "nowhere,"), "unknown desk 'nowhere'"),
        ((",ja,集", ",en,集"), "has no row in ja"),
        (("2026-11-24", "soon"), "checked_on"),
    ],
)
def test_a_file_of_questions_that_does_not_fit_is_refused(change: tuple[str, str], problem: str) -> None:
    """Desks exist, every question stands in Japanese, dates are dates."""
    text = imported()[0].files["faq.csv"].replace(*change)
    with pytest.raises(ContentRefused, match=problem):
        load(content(), {"faq.csv": text.encode()})
