"""`python -m bot collection`: suspend or move single collections, list and end that."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, get_args

import click

from bot.clock import Clock
from bot.commands.content.carry_out import carry_out
from bot.commands.content.surroundings import (
    Where,
    changing,
    json_option,
    language_option,
    order,
    teller,
    where,
)
from bot.knowledge.collection import Change, Reason
from bot.knowledge.importers.proposal import Proposal, Remark, remark_n
from bot.knowledge.loader import load
from bot.knowledge.model import ContentRefused, Knowledge
from bot.publishing.suspending import Suspension, resume, suspend

DAY = click.DateTime(["%Y-%m-%d"])


@click.group("collection")
def command() -> None:
    """Suspend or move single collections of garbage; chat, calendar feed and reminders follow.

    \b
    Exit codes: 0 done · 1 refused, nothing changed (the sentence says why) · 2 the command was not understood
    \b
    Examples:
      python -m bot collection suspend --date 2026-12-03 --area C --category paper --reason typhoon --live
      python -m bot collection list --live
      python -m bot collection resume 2026-12-03-C-paper --live
    """


@command.command("suspend")
@click.option("--date", "first", type=DAY, required=True, help="The day, or the first of several.")
@click.option("--until", "last", type=DAY, help="The last of several days.")
@click.option("--area", "areas", multiple=True, help="Letter of the area; may be repeated; without it, all.")
@click.option("--category", "categories", multiple=True, help="Id or name; may be repeated; without it, all.")
@click.option("--reason", type=click.Choice(get_args(Reason)), required=True, help="Why, as people are told.")
@click.option("--to", type=DAY, help="The day on which it is instead.")
@changing
def suspend_(
    first: datetime,
    last: datetime | None,
    areas: tuple[str, ...],
    categories: tuple[str, ...],
    **given: Any,
) -> None:
    """Let collections fall out, or take place on another day.

    \b
    Examples:
      python -m bot collection suspend --date 2026-12-03 --area C --category paper --reason typhoon --dry-run
      python -m bot collection suspend --date 2026-12-03 --area C --reason snow --to 2026-12-04 --live
    """
    reason, to = given.pop("reason"), given.pop("to")
    asked = Suspension(first.date(), (last or first).date(), areas, categories, reason, to and to.date())
    today = Clock().today()
    _carry_out(given, lambda knowledge: suspend(knowledge, asked, today))


@command.command("resume")
@click.argument("name", metavar="ID")
@changing
def resume_(name: str, **given: Any) -> None:
    """Let collections take place after all: takes away the change of that id (see `collection list`).

    \b
    Example:
      python -m bot collection resume 2026-12-03-C-paper --live
    """
    _carry_out(given, lambda knowledge: resume(knowledge, name))


@command.command("list")
@click.option("--live", is_flag=True, help="With what stands in DATABASE_URL.")
@click.option("--all", "every", is_flag=True, help="Those that have passed, too.")
@json_option
@language_option
def list_(live: bool, every: bool, as_json: bool, lang: str | None) -> None:
    """List what falls out or is moved from today on.

    \b
    Example:
      python -m bot collection list --live --json
    """
    content, today = where(live), Clock().today()
    try:
        changes = load(content.folder, content.place.overlay()).calendar.changes
    except ContentRefused as refused:
        raise click.ClickException(str(refused)) from None
    shown = [change for change in changes if every or max(change.last, change.to or change.last) >= today]
    if as_json:
        click.echo(
            json.dumps([change.model_dump(mode="json") for change in shown], ensure_ascii=False, indent=1)
        )
        return
    for change in shown:
        click.echo(_line(change))
    click.echo(teller(lang)(remark_n("{n} change", "{n} changes", len(shown))))


def _line(change: Change) -> str:
    days = str(change.first) if change.first == change.last else f"{change.first} – {change.last}"
    moved = f" → {change.to}" if change.to else ""
    what = ", ".join(change.categories) or "*"
    return f"{change.id}  {days}{moved}  {', '.join(change.areas)}  {what}  {change.reason}"


def _carry_out(given: dict[str, Any], propose: Callable[[Knowledge], Proposal]) -> None:
    made = order(**given)
    content = where(made.live)

    def proposed(knowledge: Knowledge, _texts: object) -> Proposal:
        proposal = propose(knowledge)
        return replace(proposal, effects=(*proposal.effects, *_readers(content, proposal, knowledge)))

    carry_out(made, content, "collection", proposed)


def _readers(content: Where, proposal: Proposal, knowledge: Knowledge) -> tuple[Remark, ...]:
    """Say how many people have chosen the areas that the proposal is about, where the database knows."""
    if content.database is None or proposal.rejected:
        return ()
    from bot.store.people import in_areas

    counts = content.database.read(in_areas)
    areas = dict.fromkeys(str(effect.values["area"]) for effect in proposal.effects)
    ids = {area.letter: area.id for area in knowledge.calendar.areas.values()}
    return tuple(_chosen(counts.get(ids[area], 0), area) for area in areas)


def _chosen(n: int, area: str) -> Remark:
    return remark_n("{n} person has chosen area {area}.", "{n} people have chosen area {area}.", n, area=area)
