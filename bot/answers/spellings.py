"""What names look like letter by letter, and the letter pairs that pick the few worth comparing."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from bot.answers.packed import Buffer, Chosen, Postings, Texts, chosen, numbers, postings, texts
from bot.answers.vocabulary import Entry


@dataclass(frozen=True, slots=True)
class Spellings:
    """Names by number: as they are spelled, in how many letters, and what each means."""

    written: Texts
    sizes: Buffer
    entries: Chosen[Entry]
    grams: Postings


def grams(text: str) -> set[str]:
    """Return the character pairs of a text, edges included: they pick the spellings worth comparing."""
    return set(map("".join, pairwise(f"^{text}$")))


def spelled(names: Iterable[tuple[str, Entry]]) -> Spellings:
    """Return what names look like; each is given as it is spelled, with what it means."""
    found: dict[str, array[int]] = defaultdict(partial(array, "I"))
    kept = list(names)
    for number, (text, _) in enumerate(kept):
        for gram in grams(text):
            found[gram].append(number)
    return Spellings(
        texts(text.encode() for text, _ in kept),
        numbers("H", (len(text) for text, _ in kept)),
        chosen(entry for _, entry in kept),
        postings(found),
    )
