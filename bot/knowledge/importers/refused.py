"""What an importer cannot take over, and the list in which everything said about a file is kept."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.knowledge.importers.grid import Grid
from bot.knowledge.importers.proposal import Outcome, Proposal, Remark, Row, remark


class Refused(Exception):
    """Something in a file cannot be taken over. Carries the reason, and the place when it is known."""

    def __init__(self, reason: Remark, place: str = "") -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.place = place


@dataclass(slots=True)
class Report:
    """Everything said about a file while it is read."""

    rows: list[Row] = field(default_factory=list)
    effects: list[Remark] = field(default_factory=list)

    def reject(self, place: str, about: str, reason: Remark) -> None:
        """Note one row that cannot be taken over; the same words about the same place stand once."""
        row = Row(place, Outcome.REJECTED, about, reason)
        if row not in self.rows:
            self.rows.append(row)

    def no_table(self, grid: Grid, reason: Remark, *, related: bool) -> None:
        """Note a grid without headings: reject it, unless it is a sheet about something else."""
        if related or not grid.sheet:
            self.reject(grid.place(0), grid.sheet or grid.file, reason)
        else:
            told = remark("The sheet {sheet} holds no such table and was not read.", sheet=repr(grid.sheet))
            self.effects.append(told)

    def broken(self) -> bool:
        """Whether anything was rejected, which rejects everything."""
        return any(row.outcome is Outcome.REJECTED for row in self.rows)

    def proposal(self) -> Proposal:
        """Return a proposal that changes nothing."""
        return Proposal({}, tuple(self.rows), tuple(self.effects))
