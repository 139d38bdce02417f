"""Sheets of questions and answers, read row by row: columns in any order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.knowledge.importers.grid import Grid
from bot.knowledge.importers.headed import headed
from bot.knowledge.importers.proposal import remark
from bot.knowledge.importers.refused import Report
from bot.knowledge.importers.wording import as_written

WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "question": ("質問", "質問文", "問い", "Q", "question"),
    "answer": ("回答", "回答文", "答え", "A", "answer"),
    "aliases": (
        "別の聞き方", "言いかえ", "類似の質問", "類義語", "類似語", "キーワード", "aliases", "keywords",
    ),
    "desk": ("担当", "担当課", "窓口", "問い合わせ先", "所管", "desk"),
    "language": ("言語", "language", "lang"),
    "source": ("出典", "URL", "リンク", "source"),
    "number": ("番号", "No", "No.", "ID", "number"),
}  # fmt: skip
"""What a column holds -> how its heading may be written."""

LONGEST: Final = {"question": 120, "answer": 1000}
_BETWEEN = re.compile(r"[;；、|\n]+")


@dataclass(frozen=True, slots=True)
class FaqRow:
    """One question as the sheet has it. Rows of the same number are the same question in other languages."""

    place: str
    question: str
    answer: str
    aliases: tuple[str, ...] = ()
    desk: str = ""
    language: str = ""
    source: str = ""
    number: str = ""


def read_questions(grids: Iterable[Grid], asked: Mapping[str, str], report: Report) -> list[FaqRow]:
    """Return the rows below the headings of each sheet; others are rejected in the report.

    `asked` are the headings that the clerk named, such as `{"question": "質問"}`.
    """
    rows: list[FaqRow] = []
    for grid, headings, columns in headed(grids, WORDS, ("question", "answer"), asked, report):
        rows.extend(_below(grid, headings, columns, report))
    return rows


def _below(grid: Grid, headings: int, columns: Mapping[str, int], report: Report) -> Iterator[FaqRow]:
    for number, row in grid.rows():
        if number <= headings or len({cell for cell in row if cell}) < 2:
            continue
        raw = {name: grid.text(number, columns.get(name)) for name in WORDS}
        texts = {name: _lines(text) for name, text in raw.items()}
        place, question = grid.place(number), texts["question"]
        if not question or not texts["answer"]:
            missing = remark("The question is missing.") if not question else remark("The answer is missing.")
            report.reject(place, question or texts["answer"][:40], missing)
            continue
        long = next((name for name, most in LONGEST.items() if len(texts[name]) > most), None)
        if long:
            why = remark("The text in column {column} is longer than {most} signs.",
                         column=grid.text(headings, columns[long]), most=LONGEST[long])  # fmt: skip
            report.reject(place, question[:40], why)
            continue
        words = (as_written(word) for word in _BETWEEN.split(raw["aliases"]))
        aliases = tuple(dict.fromkeys(word for word in words if word))
        others = {name: texts[name] for name in ("desk", "language", "source", "number")}
        yield FaqRow(place, question, texts["answer"], aliases, **others)


def _lines(text: str) -> str:
    """Return a cell's text with its line breaks."""
    return "\n".join(line for line in map(as_written, text.splitlines()) if line)
