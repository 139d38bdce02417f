"""What cannot be done to a broadcast, said in one sentence to staff; nothing is changed then."""

from __future__ import annotations

from bot.broadcasts.model import Broadcast
from bot.broadcasts.writing import Hint
from bot.knowledge.importers.proposal import Remark, remark


class Refused(Exception):
    """Something is not done. `remark` says why; `hints` are what blocks, where texts are at fault."""

    def __init__(self, reason: Remark, hints: tuple[Hint, ...] = ()) -> None:
        super().__init__(str(reason))
        self.remark = reason
        self.hints = hints


class Conflict(Refused):
    """Somebody else changed it meanwhile. `theirs` is how it stands now."""

    def __init__(self, theirs: Broadcast, by: str) -> None:
        words = remark("{name} changed this meanwhile. Yours is not saved yet: compare both.", name=by)
        super().__init__(words)
        self.theirs = theirs
        self.by = by
