"""A proposal is tried out: what the content would be with it, before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.files import ContentReader, Overlay
from bot.knowledge.importers.proposal import Proposal
from bot.knowledge.loader import load
from bot.knowledge.model import ContentRefused, Knowledge, Problem
from bot.publishing.history import encoded

Propose = Callable[[Knowledge, Mapping[str, str]], Proposal]
"""The content in force, and the text of each of its files by path, become a proposal."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a proposal leads to. `after` is None when it is refused: by its rows, or by `problems`."""

    proposal: Proposal
    before: Knowledge
    after: Knowledge | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether the content would be another one."""
        return self.after is not None and self.after.version != self.before.version


def tried(
    folder: Path,
    overlay: Overlay,
    propose: Propose,
    leave_out: bool = False,
    before: Knowledge | None = None,
) -> Trial:
    """Return what a proposal would lead to. `overlay` is what holds over the files of `folder` now.

    One rejected row refuses all of it, unless rejected rows may be left out. `before` is the content in force
    where it is loaded already. Raises ContentRefused when that is itself not in order.
    """
    before = before or load(folder, overlay)
    reader = ContentReader(folder, overlay)
    proposal = propose(before, {file: reader.text(file) or "" for file in reader.paths()})
    if proposal.rejected and not leave_out:
        return Trial(proposal, before)
    try:
        return Trial(proposal, before, load(folder, {**overlay, **encoded(proposal.files)}))
    except ContentRefused as refused:
        return Trial(proposal, before, problems=refused.problems)
