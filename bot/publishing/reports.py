"""What a check found, as plain data that is told in the language of whoever reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from bot.answers.engine import Engine
from bot.answers.model import Question
from bot.knowledge.importers.proposal import Outcome, Proposal, Remark, Row
from bot.language.speech import Speech
from bot.messages.render import to_messages
from bot.publishing.gate import Concern

ROWS: Final = 200
"""Rows of a long file that are kept: those that need somebody's eye come first."""

CONCERNS: Final = 60

_FIRST: Final = (
    Outcome.REJECTED,
    Outcome.CONTRADICTS,
    Outcome.CHANGED,
    Outcome.REMOVED,
    Outcome.NEW,
    Outcome.SAME,
)


def packed(remark: Remark) -> dict[str, Any]:
    """Return a remark as plain data; `unpacked` makes the same of it again."""
    values = {name: _packed(value) for name, value in remark.values.items()}
    return {"text": remark.text, "values": values, "plural": remark.plural}


def unpacked(data: Mapping[str, Any]) -> Remark:
    """Return the remark of plain data."""
    values = {name: _unpacked(value) for name, value in data["values"].items()}
    return Remark(data["text"], values, data["plural"])


def of_proposal(proposal: Proposal) -> dict[str, Any]:
    """Return rows, their numbers and effects."""
    rows = sorted(proposal.rows, key=lambda row: _FIRST.index(row.outcome))
    return {
        "rows": [_row(row) for row in rows[:ROWS]],
        "counts": dict(Counter(row.outcome.value for row in proposal.rows)),
        "effects": [packed(effect) for effect in proposal.effects],
    }


def of_concerns(concerns: Iterable[Concern]) -> list[dict[str, Any]]:
    """Return what a second person is to confirm, dangers first."""
    ranked = sorted(concerns, key=lambda one: not one.danger)
    return [{"danger": one.danger, "told": packed(one.remark)} for one in ranked[:CONCERNS]]


def phone(
    engine: Engine, voices: Mapping[str, Speech], question: Question, entry: str = ""
) -> dict[str, Any]:
    """Return the messages that a reader would see who asks a question, or taps on an entry (answer id)."""
    answer = engine.lookup(question, entry) if entry else engine.answer(question)
    voice = voices[answer.language]
    return {
        "question": question.text,
        "language": question.language,
        "area": question.area,
        "status": answer.status.value,
        "answer_id": answer.answer_id,
        "category": answer.category,
        "confidence": round(answer.confidence, 3),
        "trace": list(answer.trace),
        "messages": list(to_messages(answer, voice)),
    }


def _row(row: Row) -> dict[str, Any]:
    told = packed(row.remark) if row.remark else None
    return {"place": row.place, "outcome": row.outcome.value, "about": row.about, "told": told}


def _packed(value: object) -> Any:
    match value:
        case Remark():
            return {"remark": packed(value)}
        case date():
            return {"date": value.isoformat()}
        case list() | tuple():
            return [_packed(one) for one in value]
        case str() | int() | float() | bool() | None:
            return value
        case _:
            return str(value)


def _unpacked(value: Any) -> object:
    match value:
        case {"remark": data}:
            return unpacked(data)
        case {"date": day}:
            return date.fromisoformat(day)
        case list():
            return [_unpacked(one) for one in value]
        case _:
            return value
