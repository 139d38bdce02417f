"""Every kind of file that can be imported, under the word for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from bot.knowledge.importers import yearly
from bot.knowledge.importers.options import Options
from bot.knowledge.importers.proposal import Proposal
from bot.knowledge.model import Knowledge

Importer = Callable[[Mapping[str, bytes], Knowledge, Mapping[str, str], Options], Proposal]
"""Files by name, the content in force, the texts of its files, what else was said -> a proposal."""

KINDS: Final[Mapping[str, Importer]] = {"yearly": yearly.propose}


def propose(
    kind: str, files: Mapping[str, bytes], knowledge: Knowledge, texts: Mapping[str, str], options: Options
) -> Proposal:
    """Return what an import would do. Raises KeyError for a kind that is not in KINDS."""
    return KINDS[kind](files, knowledge, texts, options)
