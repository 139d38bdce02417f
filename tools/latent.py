"""Learn which words are said of the same things, from all names and descriptions (bot/answers/latent.py).

    python tools/latent.py && python tools/odds.py

The table of what is said of which thing, weighed as in BM25, is cut down to its strongest directions
(a truncated singular value decomposition); where a word points among them is its place.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path

import numpy
from scipy.sparse import csr_array
from scipy.sparse.linalg import svds

HOUSE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOUSE))

from bot.answers import latent  # noqa: E402
from bot.answers.relevance import Relevance, weighed  # noqa: E402
from tests import real  # noqa: E402

SIZE = 64
"""So many dimensions: with 128 practice questions are answered no better."""

FEWEST = 5
"""A word that is said of fewer things points nowhere."""


def main() -> None:
    """Learn where words point, and write it."""
    words = learn(real.engine().index.relevance, SIZE, FEWEST)
    latent.write(words)
    sys.stdout.write(f"{len(words)} words\n")


def learn(relevance: Relevance, size: int, fewest: int) -> dict[str, latent.Word]:
    """Return each word that is said of at least `fewest` things, in `size` dimensions."""
    every = list(relevance.postings.features.texts)
    said_of = {word: list(weighed(relevance, word)) for word in every}
    words = [word for word in every if len(said_of[word]) >= fewest]
    weights = [weight for word in words for _, weight in said_of[word]]
    things = [number for word in words for number, _ in said_of[word]]
    ends = numpy.cumsum([0, *(len(said_of[word]) for word in words)])
    shape = len(words), len(relevance.ids)
    said = csr_array((weights, things, ends), shape)
    of_one_length = said / numpy.sqrt(numpy.maximum((said * said).sum(axis=0), 1e-9))
    strongest, _, _ = svds(csr_array(of_one_length), k=size, v0=numpy.ones(min(shape)))
    return {
        word: latent.Word(math.hypot(*where), latent.direction(where))
        for word, where in zip(words, strongest.tolist(), strict=True)
    }


if __name__ == "__main__":
    main()
