"""What a change would do, told to staff: on a terminal, or as one JSON object."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import click

from bot.knowledge.importers.grid import in_words
from bot.knowledge.importers.proposal import Outcome, Proposal, Remark, Row, remark, remark_n
from bot.publishing.gate import Concern
from bot.publishing.previews import Preview
from bot.publishing.trial import Trial

Tell = Callable[[Remark], str]

_WORDS: Final[Mapping[Outcome, Remark]] = {
    Outcome.SAME: remark("same"),
    Outcome.NEW: remark("new"),
    Outcome.CHANGED: remark("changed"),
    Outcome.CONTRADICTS: remark("contradicts"),
    Outcome.REMOVED: remark("removed"),
    Outcome.REJECTED: remark("rejected"),
}


def print_rows(proposal: Proposal, tell: Tell, *, every: bool) -> None:
    """Print each row, or only those that were rejected or contradict what holds."""
    for row in proposal.rows:
        if every or row.outcome in (Outcome.REJECTED, Outcome.CONTRADICTS):
            reason = f": {tell(row.remark)}" if row.remark else ""
            click.echo(
                f"{tell(in_words(row.place))} [{tell(_WORDS[row.outcome])}] {row.about}{reason}".lstrip()
            )
    counts = Counter(row.outcome for row in proposal.rows)
    if counts:
        rows = tell(remark_n("{n} row", "{n} rows", len(proposal.rows)))
        told = ", ".join(f"{tell(_WORDS[one])} {counts[one]}" for one in Outcome if counts[one])
        click.echo(f"{rows}: {told}")


def print_trial(trial: Trial, concerns: Sequence[Concern], shown: Sequence[Preview], tell: Tell) -> None:
    """Print the effects, what a second person must confirm, and what people would read."""
    for effect in trial.proposal.effects:
        click.echo(f"- {tell(effect)}")
    if trial.after is not None and not trial.changes:
        click.echo(tell(remark("Nothing changes: the content says all of this already.")))
    if concerns:
        click.echo(tell(remark("A second person must confirm:")))
        for concern in concerns:
            click.echo(f"  {'⚠ ' if concern.danger else ''}{tell(concern.remark)}")
    for preview in shown:
        area = f" ({preview.area})" if preview.area else ""
        click.echo(f"\n┌ {preview.question}{area}")
        click.echo("\n".join(f"│ {line}" for line in preview.text.splitlines()))


def as_object(
    trial: Trial, concerns: Sequence[Concern], shown: Sequence[Preview], tell: Tell
) -> Mapping[str, object]:
    """Return the whole report as plain data."""
    proposal = trial.proposal
    return {
        "accepted": trial.after is not None,
        "changes": trial.changes,
        "files": sorted(proposal.files) if trial.changes else [],
        "counts": dict(Counter(row.outcome.value for row in proposal.rows)),
        "rows": [_row(row, tell) for row in proposal.rows],
        "effects": [tell(effect) for effect in proposal.effects],
        "problems": [str(problem) for problem in trial.problems],
        "second_person": [
            {"item": one.item, "danger": one.danger, "text": tell(one.remark)} for one in concerns
        ],
        "previews": [{"question": one.question, "area": one.area, "text": one.text} for one in shown],
    }


def _row(row: Row, tell: Tell) -> Mapping[str, object]:
    told = tell(row.remark) if row.remark else None
    return {"place": row.place, "outcome": row.outcome.value, "about": row.about, "remark": told}
