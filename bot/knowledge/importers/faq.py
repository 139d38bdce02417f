"""Sheets of questions and answers: each becomes a page that is found by its question and told as it is."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping
from dataclasses import replace

from bot.knowledge.faq import FILE, SHORT, Question
from bot.knowledge.fields import Source
from bot.knowledge.importers.faq_rows import FaqRow, read_questions
from bot.knowledge.importers.fiscal import fiscal_year, last_day
from bot.knowledge.importers.item_match import Things
from bot.knowledge.importers.options import Options
from bot.knowledge.importers.proposal import Outcome, Proposal, Remark, Row, remark, remark_n
from bot.knowledge.importers.refused import Refused, Report
from bot.knowledge.importers.shelf import cell
from bot.knowledge.importers.tables import read_tables
from bot.knowledge.importers.wording import fold
from bot.knowledge.model import Knowledge
from bot.language.tags import TAGS

PREVIEWS = 4
"""How many answers are shown."""

_LANGUAGES = {
    "ja": ("ja", "日本語", "japanese"),
    "ja-simple": ("ja-simple", "やさしい日本語", "easy japanese"),
    "en": ("en", "英語", "english"),
    "zh-Hans": ("zh-hans", "zh-cn", "簡体字", "中国語（簡体字）", "简体中文", "simplified chinese"),
    "zh-Hant": ("zh-hant", "zh-tw", "繁体字", "中国語（繁体字）", "繁體中文", "traditional chinese"),
}
"""How clerks write a language."""


def propose(
    files: Mapping[str, bytes], knowledge: Knowledge, texts: Mapping[str, str], options: Options
) -> Proposal:
    """Return what a sheet of questions would change; rows that cannot be taken over are rejected."""
    report = Report()
    present = questions_in(texts.get(FILE, ""))
    taken = dict(present)
    rows = read_questions(read_tables(files, report), options.columns, report)
    reading = _Reading(knowledge, options)
    places: dict[tuple[str, str], str] = {}
    for row in rows:
        try:
            question = reading.question(row)
        except Refused as refused:
            report.reject(row.place, row.question, refused.reason)
            continue
        key = (question.id, question.language)
        if key in places:
            twice = remark("It stands in {place} already.", place=places[key])
            report.reject(row.place, row.question, twice)
            continue
        places[key] = row.place
        report.rows.append(Row(row.place, _outcome(present.get(key), question), row.question))
        taken[key] = question if _outcome(present.get(key), question) is not Outcome.SAME else present[key]
    _japanese_too(taken, places, report)
    text = as_text(taken)
    return replace(
        report.proposal(),
        files={FILE: text} if text != texts.get(FILE, "") and taken != present else {},
        effects=_effects(taken, places),
        previews=tuple((row.question, None) for row in rows[:PREVIEWS]),
    )


class _Reading:
    """Turns rows into questions."""

    def __init__(self, knowledge: Knowledge, options: Options) -> None:
        self._knowledge, self._options = knowledge, options
        self._things = Things(knowledge)
        self._desks = {
            fold(word): desk.id
            for desk in knowledge.desks.values()
            for word in (desk.id, desk.sign, *desk.name.values())
        }

    def question(self, row: FaqRow) -> Question:
        """Return the question of a row. Raises Refused."""
        for form in (row.question, *row.aliases):
            if owner := self._things.owner(form):
                name = self._knowledge.name(owner, "ja").form
                raise Refused(remark("{form} is the name of a thing ({name}).", form=form, name=name))
        source = row.source or self._options.source
        if source and not source.startswith(("https://", "http://")):
            raise Refused(remark("{source} is no address: write https://…", source=source))
        today = self._options.today
        return Question(
            id=f"faq-{_number(row.number or row.question)}",
            language=_language(row.language),  # type: ignore[arg-type]  # one of the tags
            question=row.question,
            answer=row.answer,
            aliases=list(row.aliases),
            short=row.question if len(row.question) <= SHORT else f"{row.question[: SHORT - 1]}…",
            desk=self._desk(row.desk),
            sources=[Source(url=source, date=self._options.source_date)] if source else [],
            checked_on=today,
            review_by=last_day(fiscal_year(today)),
        )

    def _desk(self, word: str) -> str:
        if not word:
            return self._knowledge.city.general_desk
        if fold(word) not in self._desks:
            known = [desk.sign for desk in self._knowledge.desks.values()]
            raise Refused(remark("{desk} is not a desk; the desks are {known}.", desk=word, known=known))
        return self._desks[fold(word)]


def _language(word: str) -> str:
    if not word:
        return "ja"
    for tag, words in _LANGUAGES.items():
        if fold(word) in map(fold, words):
            return tag
    raise Refused(remark("{language} is not one of our languages: {known}.", language=word, known=list(TAGS)))


def _number(text: str) -> str:
    """Return what tells a question from others: the same for the same number or words, every time."""
    return hashlib.sha256(fold(text).encode()).hexdigest()[:10]


def _outcome(before: Question | None, after: Question) -> Outcome:
    if before is None:
        return Outcome.NEW
    kept = after.model_copy(update={"checked_on": before.checked_on, "review_by": before.review_by})
    return Outcome.SAME if kept == before else Outcome.CHANGED


def _japanese_too(
    taken: dict[tuple[str, str], Question], places: Mapping[tuple[str, str], str], report: Report
) -> None:
    """Reject translations of nothing: where a language is missing its readers get the Japanese."""
    for key in [key for key in taken if (key[0], "ja") not in taken]:
        question, place = taken.pop(key).question, places.get(key, FILE)
        report.rows = [row for row in report.rows if row.place != place]
        why = remark("There is no Japanese row of it: give both rows the same number.")
        report.reject(place, question, why)


def _effects(
    taken: Mapping[tuple[str, str], Question], places: Mapping[tuple[str, str], str]
) -> tuple[Remark, ...]:
    names = {name for name, _ in places if (name, "ja") in taken}
    answered = len(names)
    partly = sum(1 for name in names if any((name, tag) not in taken for tag in TAGS))
    told = (
        remark_n("The sheet answers {n} question.", "The sheet answers {n} questions.", answered),
        remark_n(
            "{n} of them is told in Japanese where its language is missing.",
            "{n} of them are told in Japanese where their language is missing.",
            partly,
        ),
    )
    return tuple(one for one in told if one.values["n"])


def questions_in(text: str) -> dict[tuple[str, str], Question]:
    """Return the questions of a text of `faq.csv`, by id and language."""
    rows = csv.DictReader(io.StringIO(text))
    found = [_read(row) for row in rows]
    return {(one.id, one.language): one for one in found}


def _read(row: Mapping[str, str]) -> Question:
    value: dict[str, object] = {name: text for name, text in row.items() if text}
    value["aliases"] = [part for part in row["aliases"].split(";") if part]
    sources = [part.partition("|") for part in row["sources"].split(" ; ") if part]
    value["sources"] = [{"url": url, "date": day or None} for url, _, day in sources]
    return Question.model_validate(value)


def as_text(questions: Mapping[tuple[str, str], Question]) -> str:
    """Return the text of `faq.csv` for these questions."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(Question.model_fields)
    for one in questions.values():
        table.writerow(cell(getattr(one, column)) for column in Question.model_fields)
    return out.getvalue()
