"""What statuses, subjects and answers are called on pages for staff."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from bot.console.speaking import remark, speech
from bot.knowledge.model import Knowledge

_STATUSES: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "answered": lambda: remark("Answered"),
        "choices": lambda: remark("Asked back"),
        "safety": lambda: remark("About danger"),
        "unknown": lambda: remark("Not known: sent on to a desk"),
        "out_of_scope": lambda: remark("Not our subject"),
        "failed": lambda: remark("Failed"),
        "menu": lambda: remark("Greetings and menu"),
    }
)
_SUBJECTS: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "garbage": lambda: remark("Garbage"),
        "schedule": lambda: remark("Collection days"),
        "area": lambda: remark("Collection area"),
        "reminders": lambda: remark("Reminders"),
        "my-number": lambda: remark("My Number"),
        "procedures": lambda: remark("Procedures"),
        "city": lambda: remark("The city"),
        "safety": lambda: remark("Danger"),
        "menu": lambda: remark("Greetings and menu"),
        "other": lambda: remark("Something else"),
    }
)


def status_name(status: str) -> str:
    """Return what a status is called."""
    told = _STATUSES.get(status)
    return told() if told else status


def subject_name(topic: str) -> str:
    """Return what a subject is called; a garbage category keeps its id."""
    told = _SUBJECTS.get(topic)
    return told() if told else topic


def answer_name(knowledge: Knowledge, answer: str) -> str:
    """Return what an answer is about, in the reader's language; an answer without a name keeps its id."""
    kind, _, rest = answer.partition(":")
    thing, tag = rest.partition("/")[0].partition("@")[0], speech().tag
    if kind == "garbage" and thing in knowledge.items:
        return knowledge.name(thing, tag).form
    titles = {**{one.id: one.title for one in knowledge.guides.values()}}
    titles |= {one.id: one.title for one in knowledge.services.values()}
    titles |= {one.id: one.title for one in knowledge.safety}
    found = titles.get(thing)
    return found[tag] if found else answer
