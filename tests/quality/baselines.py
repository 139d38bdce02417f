"""What simpler bots would answer from the same names: exact keyword, contained keyword, nearest spelling."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache

from rapidfuzz import fuzz, process

from bot.answers.model import Status
from bot.knowledge.model import Knowledge
from tests.quality.judge import behind_id
from tests.quality.questions import Case
from tests.real import knowledge

Finder = Callable[[str], list[str]]
"""Text in, names of things out, best first."""


def plain(text: str) -> str:
    """Return text in one width and case, without blanks at the ends."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


@cache
def forms() -> dict[str, tuple[str, ...]]:
    """Return every accepted form of a thing with the things it may stand for."""
    owners: dict[str, list[str]] = defaultdict(list)
    for name in knowledge().names:
        for form in (name.form, name.reading):
            if form and name.item not in owners[plain(form)]:
                owners[plain(form)].append(name.item)
    return {form: tuple(items) for form, items in owners.items()}


def exact(text: str) -> list[str]:
    """Return the things whose form is the whole text."""
    return list(forms().get(plain(text), ()))


def contained(text: str) -> list[str]:
    """Return the things whose form stands in the text, longest form first."""
    spoken = plain(text)
    inside = sorted((form for form in forms() if form in spoken), key=len, reverse=True)
    return [item for form in inside for item in forms()[form]]


def nearest(text: str) -> list[str]:
    """Return the things whose form is spelled most like the text."""
    best = process.extract(plain(text), list(forms()), scorer=fuzz.ratio, limit=5)
    return [item for form, _, _ in best for item in forms()[form]]


FINDERS: dict[str, Finder] = {
    "exact keyword": exact,
    "contained keyword": contained,
    "nearest spelling": nearest,
}


def comparable(cases: Iterable[Case]) -> list[Case]:
    """Return the questions about single known things: the only ones that a keyword list could answer."""
    return [case for case in cases if case.subject == "item" and "gi:" in case.expect]


def share(finder: Finder, cases: list[Case]) -> tuple[int, int]:
    """Return how many of the questions a baseline has right at first, and among its first three."""
    first = third = 0
    for case in cases:
        wanted = {part.removeprefix("choices:") for part in case.expect.replace("+", "|").split("|")}
        hits = [bool(wanted & facts(item)) for item in dict.fromkeys(finder(case.question))][:3]
        first += any(hits[:1])
        third += any(hits)
    return first, third


def facts(item: str) -> set[str]:
    """Return the facts that the answer about a thing rests on (those of its variants, if it is a group)."""
    answers = behind_id(f"garbage:{item}")
    return {fact for one in answers for fact in one.facts if one.status is Status.ANSWERED}


def accepted(known: Knowledge) -> set[str]:
    """Return every text that content lists word for word: things, categories, pages, intents and guards."""
    texts = {text for name in known.names for text in (name.form, name.reading) if text}
    said = [one.said for one in known.categories.values()]
    said += [one.said for one in known.services.values()]
    said += [one.said for one in (*known.phrases.intents, *known.phrases.guards)]
    texts.update(text for words in said for spoken in words.values() for text in spoken)
    return {plain(text) for text in texts}
