"""What simpler bots would answer from the same names: exact or contained keyword, nearest spelling, BM25."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import cache

from rapidfuzz import fuzz, process

from bot.answers.model import Status
from bot.knowledge.model import Knowledge
from tests.quality.judge import advice, behind_id
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


@cache
def _documents() -> tuple[list[str], list[Counter[str]], dict[str, list[int]], float]:
    """Return each thing's names as counted terms, with the places of each term and the average length."""
    terms: dict[str, Counter[str]] = defaultdict(Counter)
    for name in knowledge().names:
        terms[name.item].update(_terms(name.form))
    items = list(terms)
    places: dict[str, list[int]] = defaultdict(list)
    for number, item in enumerate(items):
        for term in terms[item]:
            places[term].append(number)
    counted = [terms[item] for item in items]
    return items, counted, places, sum(count.total() for count in counted) / len(counted)


def _terms(text: str) -> list[str]:
    """Latin words and character pairs: what search engines index where no spaces part the words."""
    words = re.findall(r"[a-z0-9]+", plain(text))
    letters = re.sub(r"[\W\da-z_]", "", plain(text))
    return words + [letters[at : at + 2] for at in range(max(1, len(letters) - 1)) if letters]


def bm25(text: str, k1: float = 1.2, b: float = 0.75) -> list[str]:
    """Return the things ranked by Okapi BM25 (Robertson and Zaragoza 2009) over all their names."""
    items, counted, places, average = _documents()
    scores: dict[int, float] = defaultdict(float)
    for term in sorted(set(_terms(text))):
        found = places.get(term, [])
        rarity = math.log(1 + (len(items) - len(found) + 0.5) / (len(found) + 0.5))
        for number in found:
            often, length = counted[number][term], counted[number].total()
            scores[number] += rarity * often * (k1 + 1) / (often + k1 * (1 - b + b * length / average))
    ranked = sorted(scores, key=lambda number: (-scores[number], number))
    return [items[number] for number in ranked[:5]]


FINDERS: dict[str, Finder] = {
    "exact keyword": exact,
    "contained keyword": contained,
    "nearest spelling": nearest,
    "BM25": bm25,
}


def comparable(cases: Iterable[Case]) -> list[Case]:
    """Return the questions about single known things: the only ones that a keyword list could answer."""
    return [case for case in cases if case.expect.startswith(("gi:", "item:")) and "+" not in case.expect]


def share(finder: Finder, cases: list[Case]) -> tuple[int, int]:
    """Return how many of the questions a baseline has right at first, and among its first three."""
    first = third = 0
    for case in cases:
        wanted = set(case.expect.split("|"))
        hits = [_is_one_of(item, wanted) for item in dict.fromkeys(finder(case.question))][:3]
        first += any(hits[:1])
        third += any(hits)
    return first, third


def _is_one_of(item: str, wanted: set[str]) -> bool:
    """The thing itself or one put out in just the same way, as the engine's own answers are judged."""
    things = {one.removeprefix("item:") for one in wanted if one.startswith("item:")}
    same = any(item == one or (advice(item) and advice(item) == advice(one)) for one in things)
    return same or bool(wanted & facts(item))


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
