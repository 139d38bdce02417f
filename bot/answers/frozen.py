"""An index as bytes and back: building one takes seconds, reading one back a fraction of a second."""

from __future__ import annotations

import hashlib
import marshal
import sys
from array import array
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bot.answers.concepts import Concepts
from bot.answers.index import Index
from bot.answers.recall import Recall
from bot.answers.relevance import Relevance
from bot.answers.vocabulary import Entry, Means

_FOLDING = ("jaconv", "opencc", "pypinyin", "regex", "snowballstemmer")
"""The libraries that decide how a word is folded."""


@cache
def edition() -> str:
    """Return a short checksum of all that builds an index: code, libraries and Python."""
    digest = hashlib.sha256(sys.version.encode())
    for name in _FOLDING:
        digest.update(f"{name} {version(name)}\n".encode())
    answers = Path(__file__).parent
    for folder in (answers, answers.with_name("knowledge")):
        for file in sorted(folder.glob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def freeze(index: Index) -> bytes:
    """Return an index as bytes for this edition. They hold no code, only texts and numbers."""
    numbers: dict[Entry, int] = {}

    def number(entries: tuple[Entry, ...]) -> tuple[int, ...]:
        return tuple(numbers.setdefault(entry, len(numbers)) for entry in entries)

    plain = {
        "keys": {key: number(entries) for key, entries in index.keys.items()},
        "sounding": dict(index.sounding),
        "general": tuple(sorted(index.general)),
        "longest": index.longest,
        "romaji": {key: number(entries) for key, entries in index.romaji.items()},
        "spellings": index.spellings,
        "spelled": array("I", number(index.spelled)).tobytes(),
        "grams": _bytes(index.grams),
        "sounds": dict(index.sounds),
        "cues": dict(index.cues),
        "combined": index.combined,
        "harmless": tuple(sorted(index.harmless)),
        "alarm_words": dict(index.alarm_words),
        "alarms": dict(index.alarms),
        "numbers": dict(index.numbers),
        "dangerous": tuple(sorted(index.dangerous)),
        "broad": tuple(sorted(index.broad)),
        "parts": dict(index.parts),
        "variants": dict(index.variants),
        "materials": tuple(sorted(index.materials)),
        "recall": _recall(index.recall),
        "things": _recall(index.things),
        "documents": _recall(index.documents),
        "relevance": (
            index.relevance.ids,
            dict(index.relevance.rarity),
            _bytes(index.relevance.postings),
            {feature: shares.tobytes() for feature, shares in index.relevance.shares.items()},
        ),
        "endings": {name: tuple(sorted(ends)) for name, ends in index.endings.items()},
        "concepts": _concepts(index.concepts),
    }
    entries = tuple((entry.means.value, entry.id, entry.language, entry.strength) for entry in numbers)
    return marshal.dumps((entries, plain))


def thaw(data: bytes) -> Index:
    """Return an index frozen by this edition. Raises ValueError, EOFError, TypeError or KeyError for junk."""
    table, plain = marshal.loads(data)  # noqa: S302 -- our own file, read by us alone (bot/pantry.py)
    known = [Entry(Means(means), name, language, strength) for means, name, language, strength in table]

    def entries(numbers: tuple[int, ...]) -> tuple[Entry, ...]:
        return tuple(known[number] for number in numbers)

    words, longest, weights, guides = plain.pop("concepts")
    plain["keys"] = {key: entries(numbers) for key, numbers in plain["keys"].items()}
    plain["romaji"] = {key: entries(numbers) for key, numbers in plain["romaji"].items()}
    plain["spelled"] = entries(tuple(_array("I", plain["spelled"])))
    plain["grams"] = _arrays("I", plain["grams"])
    for name in ("dangerous", "broad", "general", "materials", "harmless"):
        plain[name] = frozenset(plain[name])
    for name in ("recall", "things", "documents"):
        ids, heavy, shares, postings = plain[name]
        plain[name] = Recall(ids, _array("d", heavy), shares, _arrays("I", postings))
    ids, rarity, postings, added = plain["relevance"]
    plain["relevance"] = Relevance(ids, rarity, _arrays("H", postings), _arrays("f", added))
    plain["endings"] = {name: frozenset(ends) for name, ends in plain["endings"].items()}
    concepts = {key: frozenset(one) for key, one in words.items()}
    about = {
        concept: tuple((name, frozenset(one), weight) for name, one, weight in found)
        for concept, found in guides.items()
    }
    return Index(**plain, concepts=Concepts(concepts, longest, weights, about))


def _concepts(one: Concepts) -> tuple[Any, ...]:
    words = {key: tuple(sorted(meant)) for key, meant in one.words.items()}
    guides = {
        concept: tuple((name, tuple(sorted(about)), weight) for name, about, weight in found)
        for concept, found in one.guides.items()
    }
    return words, one.longest, dict(one.weights), guides


def _recall(one: Recall) -> tuple[Any, ...]:
    return one.ids, one.heavy.tobytes(), dict(one.weights), _bytes(one.postings)


def _bytes(postings: Mapping[str, array[int]]) -> dict[str, bytes]:
    return {feature: numbers.tobytes() for feature, numbers in postings.items()}


def _arrays(kind: str, data: Mapping[str, bytes]) -> dict[str, array[Any]]:
    return {feature: _array(kind, one) for feature, one in data.items()}


def _array(kind: str, data: bytes) -> array[Any]:
    numbers = array(kind)
    numbers.frombytes(data)
    return numbers
