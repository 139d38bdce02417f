"""Every kind of file that can be imported, by the name that the command line gives it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Protocol

from bot.knowledge.importers import faq, five374, items, towns, yearly
from bot.knowledge.importers.options import Options
from bot.knowledge.importers.proposal import Proposal
from bot.knowledge.model import Knowledge


class Importer(Protocol):
    """Files (name or path -> bytes), what is known, the texts of `content/` by path, what was asked for."""

    def __call__(
        self, files: Mapping[str, bytes], knowledge: Knowledge, texts: Mapping[str, str], options: Options
    ) -> Proposal:
        """Return what the import would do."""


KINDS: Final[Mapping[str, Importer]] = MappingProxyType(
    {
        "calendar": yearly.propose,
        "towns": towns.propose,
        "5374": five374.propose,
        "items": items.propose,
        "faq": faq.propose,
    }
)
"""Name of the kind -> what reads it."""


def propose(
    kind: str, files: Mapping[str, bytes], knowledge: Knowledge, texts: Mapping[str, str], options: Options
) -> Proposal:
    """Return what an import would do; a clerk's mistake is a rejected row, never an error.

    Raises KeyError for a kind that does not exist.
    """
    return KINDS[kind](files, knowledge, texts, options)
