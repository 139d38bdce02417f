"""Takes a change of the content back, once what would hold then has been checked."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click

from bot.commands.content.surroundings import where
from bot.knowledge.importers.proposal import Remark, remark
from bot.knowledge.loader import load
from bot.knowledge.model import ContentRefused
from bot.publishing.history import EditedSince, LaterChange, NothingToUndo, Overtaken, to_undo

Tell = Callable[[Remark], str]


def take_back(live: bool, number: int | None, kind: str | None, by: str, yes: bool, tell: Tell) -> None:
    """Undo a change; what stands in the way is told in one sentence, and nothing changes then."""
    content = where(live)
    place = content.place
    try:
        revision = to_undo(place.history(), number, kind)
        load(content.folder, place.without(revision))
        _confirm(tell, yes, revision.number, revision.summary)
        place.undo(revision, by)
    except ContentRefused as refused:
        broken = remark("Without it the content would not be in order:\n{problems}", problems=str(refused))
        raise click.ClickException(tell(broken)) from None
    except (NothingToUndo, LaterChange, EditedSince, Overtaken) as reason:
        raise click.ClickException(tell(_why(reason))) from None
    click.echo(tell(remark("Change {number} is undone.", number=revision.number)))


def _confirm(tell: Tell, yes: bool, number: int, summary: str) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise click.ClickException(tell(remark("Nobody is there to be asked: add --yes.")))
    click.confirm(
        tell(remark("Undo change {number} ({summary})?", number=number, summary=summary)),
        abort=True,
        err=True,
    )


def _why(reason: Exception) -> Remark:
    match reason:
        case LaterChange():
            return remark(
                "Change {later} touches {path} after change {number}: undo {later} first.",
                later=reason.later, path=reason.path, number=reason.number,
            )  # fmt: skip
        case EditedSince():
            return remark("{path} was edited by hand since: undoing would lose that.", path=str(reason))
        case Overtaken():
            return remark("Somebody else changed the content meanwhile: nothing was changed, start again.")
        case _:
            return remark("There is no such change in force.")
