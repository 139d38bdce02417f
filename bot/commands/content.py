"""`python -m bot content`: check what the city says, and count what is there and what is missing."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot.answers.clashes import several
from bot.clock import Clock
from bot.knowledge.coverage import SOON, Coverage
from bot.knowledge.coverage import coverage as covered
from bot.knowledge.loader import load, stale_translations, stamp_translations, write_schemas
from bot.knowledge.model import ContentRefused, Knowledge
from bot.language.tags import TAGS
from bot.reminders.truth import to_load

ROOT = Path(__file__).resolve().parents[2]


@click.group("content")
def command() -> None:
    """Check and count the files below `content/` (or CONTENT_DIR).

    \b
    Examples:
      python -m bot content check
      CONTENT_DIR=../another-city python -m bot content coverage
    """


@command.command()
def check() -> None:
    """Refuse content that cannot go live, naming file and line of every problem.

    \b
    Example:
      python -m bot content check && git commit
    """
    knowledge = _load()
    several_things = sum(1 for _ in several(knowledge))
    things = f"{len(knowledge.items)} things, {len(knowledge.names)} names, {len(TAGS)} languages"
    click.echo(f"The content is in order: {things} (version {knowledge.version}).")
    _warn_of_end(knowledge)
    click.echo(f"{several_things} words name several things and ask which: see `content clashes`.")


def _warn_of_end(knowledge: Knowledge) -> None:
    ending = to_load(knowledge.calendar, Clock().today(ZoneInfo(knowledge.city.timezone)))
    if ending:
        last, areas = ending
        click.echo(f"The calendar ends on {last} (area {', '.join(areas)}); load the new year.", err=True)


@command.command()
def schema() -> None:
    """Write the JSON Schemas by which an editor completes and checks while typing.

    \b
    Example:
      python -m bot content schema
    """
    write_schemas(_folder())
    click.echo(f"Written: {_folder() / 'schema'}")


@command.command()
@click.option("--accept", multiple=True, metavar="KEY", help="This text was read again and still fits.")
def stamp(accept: tuple[str, ...]) -> None:
    """Note from which Japanese text each translation was made, after translating.

    A translation whose Japanese changed, and which did not change itself, stays stale until it is
    translated anew or accepted.

    \b
    Example:
      python -m bot content stamp --accept spray-can.how
    """
    try:
        stamp_translations(_folder(), frozenset(accept))
    except ContentRefused as refused:
        raise click.ClickException(f"Nothing was stamped, because files cannot be read:\n{refused}") from None
    stale = stale_translations(_folder())
    click.echo(f"Stamped. {len(stale)} translation(s) are older than their Japanese text.")
    for problem in stale:
        click.echo(f"  {problem}")


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--list", "listed", is_flag=True, help="Also name everything that is not confirmed.")
def coverage(as_json: bool, listed: bool) -> None:
    """Count things and names a language, what is unconfirmed, and what must be reviewed soon.

    \b
    Examples:
      python -m bot content coverage
      python -m bot content coverage --list | less
    """
    knowledge = _load()
    today = Clock().today(ZoneInfo(knowledge.city.timezone))
    report = covered(knowledge, today)
    stale = len(stale_translations(_folder()))
    if as_json:
        click.echo(json.dumps({**asdict(report), "stale": stale}, ensure_ascii=False, default=str, indent=1))
        return
    _print(report, today, stale)
    if listed:
        _print_unconfirmed(report)


def _print(report: Coverage, today: date, stale: int) -> None:
    click.echo(f"{report.things} things under {sum(report.forms.values())} accepted names")
    for tag in TAGS:
        thin = report.thin.get(tag, 0)
        click.echo(f"  {tag:<10} {report.forms.get(tag, 0):>6} names; {thin} things with one name only")
    click.echo(f"{report.broad} broad words ask which thing; {report.asking} things ask what decides")
    click.echo(f"{report.dangerous} dangerous things")
    for evidence, count in sorted(report.evidence.items()):
        click.echo(f"  {evidence:<16} {count:>5} things")
    click.echo("guides: " + ", ".join(f"{topic} {count}" for topic, count in sorted(report.guides.items())))
    click.echo(f"{len(report.unconfirmed)} pages, guides and desks say what is not confirmed")
    click.echo(f"{stale} translations older than their Japanese text, 0 missing")
    for day, names in sorted(report.reviews.items()):
        mark = "  (overdue)" if day < today else ""
        click.echo(f"  review by {day}: {len(names)} entries{mark}")
    due = report.due(today)
    click.echo(f"{len(due)} to review within {SOON.days} days" + (f": {', '.join(due[:8])}" if due else ""))


def _print_unconfirmed(report: Coverage) -> None:
    for rule, items in sorted(report.undecided.items()):
        click.echo(f"\n{rule}: {len(items)} things without a confirmed category")
        click.echo("  " + ", ".join(items))
    click.echo("\nsay what is not confirmed:")
    for name in report.unconfirmed:
        click.echo(f"  {name}")


@command.command()
def clashes() -> None:
    """List the words that name several things, so that the answer has to ask which.

    A word listed as `shared` does so on purpose; the others only fold onto the same spelling (kana, width,
    Chinese variants, endings), often in another language.

    \b
    Example:
      python -m bot content clashes | less
    """
    found = list(several(_load()))
    for clash in found:
        kind = "shared" if clash.shared else "folded"
        click.echo(f"{kind}  {clash.spelling}: {', '.join(clash.items)}")
    on_purpose = sum(clash.shared for clash in found)
    click.echo(
        f"{len(found)} words name several things: {on_purpose} shared, {len(found) - on_purpose} folded"
    )


def _folder() -> Path:
    return Path(os.environ.get("CONTENT_DIR") or ROOT / "content")


def _load() -> Knowledge:
    try:
        return load(_folder())
    except ContentRefused as refused:
        count = len(refused.problems)
        raise click.ClickException(f"{count} problem(s) in the content:\n{refused}") from None
