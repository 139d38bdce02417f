"""How near a text is to a thing in what it is about, though they share no word: latent semantic analysis.

Deerwester and others, Indexing by Latent Semantic Analysis (1990). Which words are said of the same things
was learned by `tools/latent.py`: each word, or pair of characters, points somewhere; so does each thing,
from all that is said of it.
"""

from __future__ import annotations

import csv
import math
from array import array
from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import mul
from pathlib import Path

from bot.answers.normalise import Units
from bot.answers.packed import Buffer, Table, table
from bot.answers.recall import fine
from bot.answers.relevance import Relevance, weighed

FILE = Path(__file__).with_name("latent.csv")
"""The learned words, `word,weight,direction`: of the direction one signed byte a dimension, in base64."""

_LENGTH = 127
"""How long a direction is, in all its dimensions together."""


@dataclass(frozen=True, slots=True)
class Word:
    """Where a word (or a pair of characters) points, and how much it tells there (0-1) about a thing."""

    weight: float
    direction: bytes


@dataclass(frozen=True, slots=True)
class Latent:
    """Where known words and things (ids) point: one direction behind the other, as they are numbered."""

    size: int
    words: Table
    directions: Buffer
    things: Mapping[str, int]
    middles: Buffer


def direction(numbers: Sequence[float]) -> bytes:
    """Return where some numbers point, a signed byte each; nowhere (0) if there is nothing of any size."""
    length = math.sqrt(math.fsum(number * number for number in numbers)) or 1.0
    return array("b", (round(number * _LENGTH / length) for number in numbers)).tobytes()


def directed(words: Mapping[str, Word], relevance: Relevance) -> Latent:
    """Return where learned words point, and things: to the middle of all that is said of them."""
    said: dict[int, list[tuple[float, Buffer]]] = defaultdict(list)
    for name, word in words.items():
        points = memoryview(word.direction).cast("b")
        for number, weight in weighed(relevance, name):
            said[number].append((word.weight * weight, points))
    numbers = sorted(said)
    return Latent(
        max((len(word.direction) for word in words.values()), default=0),
        table(map(str.encode, words)),
        _signed(word.direction for word in words.values()),
        {relevance.ids[number]: at for at, number in enumerate(numbers)},
        _signed(_middle(said[number]) for number in numbers),
    )


def near(runs: Iterable[Units], latent: Latent, names: Iterable[str]) -> dict[str, float]:
    """Return how near the runs of a text are to each thing of these names (ids), from -1 to 1."""
    found = (latent.words.number(word.encode()) for word in sorted(set().union(*map(fine, runs))))
    pointing = [_at(latent, latent.directions, number) for number in found if number is not None]
    if not pointing:
        return {}
    here = memoryview(direction([sum(column) for column in zip(*pointing, strict=True)])).cast("b")
    there = {name: latent.things[name] for name in names if name in latent.things}
    return {name: _product(here, _at(latent, latent.middles, at)) for name, at in there.items()}


def learned() -> dict[str, Word]:
    """Return the learned words."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return {name: Word(float(weight), b64decode(points)) for name, weight, points in csv.reader(lines)}


def write(words: Mapping[str, Word]) -> None:
    """Keep learned words for `learned`."""
    with FILE.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows(_rows(words))


def _rows(words: Mapping[str, Word]) -> Iterator[tuple[str, float, str]]:
    for name, word in sorted(words.items()):
        yield name, round(word.weight, 4), b64encode(word.direction).decode()


def _signed(directions: Iterable[bytes]) -> Buffer:
    return memoryview(array("b", b"".join(directions)))


def _at(latent: Latent, buffer: Buffer, number: int) -> Buffer:
    return buffer[number * latent.size : (number + 1) * latent.size]


def _product(one: Buffer, other: Buffer) -> float:
    product: int = sum(map(mul, one, other))
    return product / (_LENGTH * _LENGTH)


def _middle(pointing: Sequence[tuple[float, Buffer]]) -> bytes:
    weights = [weight for weight, _ in pointing]
    columns = zip(*(points for _, points in pointing), strict=True)
    return direction([sum(map(mul, weights, column)) for column in columns])
