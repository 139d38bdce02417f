"""What contents are called on pages: kinds of entries and signals, states of changes, names of entries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from bot.answers.verdict import Thing, decide
from bot.console.changing import engine
from bot.console.desk import desk
from bot.console.speaking import remark
from bot.publishing.editing.words import label, parted

_SIGNALS: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "unanswered": lambda: remark("not known"),
        "none-of-these": lambda: remark("none of the choices"),
        "not-helpful": lambda: remark("not helpful"),
        "chosen": lambda: remark("chosen from the list"),
        "untranslated": lambda: remark("without a name"),
    }
)
_ENTRIES: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "garbage": lambda: remark("Thing"),
        "category": lambda: remark("Category"),
        "service": lambda: remark("Garbage page"),
        "guide": lambda: remark("Guide"),
        "path": lambda: remark("Guided path"),
        "note": lambda: remark("Note on putting out"),
        "hazard": lambda: remark("Danger"),
        "desk": lambda: remark("Desk"),
        "override": lambda: remark("The city's word on a thing"),
        "rule": lambda: remark("Rule"),
    }
)
_CHANGES: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "word": lambda: remark("Another word"),
        "thing": lambda: remark("New thing"),
        "page": lambda: remark("Question and answer"),
        "name": lambda: remark("Name"),
        "texts": lambda: remark("Texts"),
        "reviewed": lambda: remark("Looked at again"),
        "unword": lambda: remark("A word less"),
        "unexpect": lambda: remark("A test less"),
        "calendar": lambda: remark("Collection calendar"),
        "towns": lambda: remark("Town names"),
        "items": lambda: remark("List of things"),
        "faq": lambda: remark("Questions and answers"),
        "5374": lambda: remark("5374.jp files"),
        "suspension": lambda: remark("Suspended collection"),
    }
)
_STATES: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "checking": lambda: remark("being checked"),
        "ready": lambda: remark("can be published"),
        "refused": lambda: remark("not possible"),
        "published": lambda: remark("published"),
        "discarded": lambda: remark("dropped"),
    }
)
_OUTCOMES: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "same": lambda: remark("same"),
        "new": lambda: remark("new"),
        "changed": lambda: remark("changed"),
        "contradicts": lambda: remark("contradicts"),
        "removed": lambda: remark("removed"),
        "rejected": lambda: remark("rejected"),
    }
)

_STATUSES: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "answered": lambda: remark("answered"),
        "choices": lambda: remark("asked back"),
        "unknown": lambda: remark("not known"),
        "out_of_scope": lambda: remark("sent to another desk"),
        "safety": lambda: remark("warned of a danger"),
        "menu": lambda: remark("menu"),
    }
)
_EVIDENCE: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "city-calendar": lambda: remark("the city's calendar"),
        "city-item-list": lambda: remark("the city's list of things"),
        "city-page": lambda: remark("a page of the city"),
        "national-rule": lambda: remark("a national rule"),
        "third-party": lambda: remark("somebody else's page"),
        "inferred": lambda: remark("follows from the city's rules"),
        "unconfirmed": lambda: remark("not confirmed"),
    }
)
_FIELDS: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "title": lambda: remark("Title"),
        "name": lambda: remark("Name"),
        "short": lambda: remark("Short label"),
        "lead": lambda: remark("First sentence"),
        "who": lambda: remark("For whom"),
        "bring": lambda: remark("To bring"),
        "steps": lambda: remark("How to do it"),
        "how": lambda: remark("How to put it out"),
        "caution": lambda: remark("Take care"),
        "fee": lambda: remark("Fee"),
        "deadline": lambda: remark("By when"),
        "where": lambda: remark("Where"),
        "time": lambda: remark("How long it takes"),
        "trouble": lambda: remark("If something goes wrong"),
        "sure": lambda: remark("What is sure"),
        "unsure": lambda: remark("What is not confirmed"),
        "do_now": lambda: remark("To do now"),
        "ask": lambda: remark("Question back"),
        "forbid": lambda: remark("Prohibition"),
        "place": lambda: remark("Place"),
    }
)


def _told(words: Mapping[str, Callable[[], str]], key: str) -> str:
    found = words.get(key)
    return found() if found else key


def kind_told(kind: str) -> str:
    """Return what happened to a question."""
    return _told(_SIGNALS, kind)


def entry_kind(kind: str) -> str:
    """Return what a kind of entry is called."""
    return _told(_ENTRIES, kind)


def change_kind(kind: str) -> str:
    """Return what a kind of change is called."""
    return _told(_CHANGES, kind)


def state_told(state: str) -> str:
    """Return how far a change is."""
    return _told(_STATES, state)


def outcome_told(outcome: str) -> str:
    """Return what becomes of a row."""
    return _told(_OUTCOMES, outcome)


def status_told(status: str) -> str:
    """Return how a question ended."""
    return _told(_STATUSES, status)


def evidence_told(evidence: str) -> str:
    """Return what something rests on."""
    return _told(_EVIDENCE, evidence)


def field_told(field: str) -> str:
    """Return what a field of an entry is called."""
    return _told(_FIELDS, field)


def entry_named(answer: str) -> str:
    """Return what an answer is called in Japanese; its id where it is gone."""
    return label(engine().knowledge, answer) or answer


def category_of(answer: str) -> str:
    """Return the category of a thing as it is put out today; empty where there is none, or several."""
    kind, name = parted(answer)
    knowledge = engine().knowledge
    item = knowledge.items.get(name) if kind == "garbage" else None
    if item is None or item.variants or item.asks:
        return ""
    found = decide(knowledge, Thing(name), desk().services.clock.today()).category
    return found.short["ja"] if found else remark("not confirmed")
