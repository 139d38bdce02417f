"""`python -m bot content`: check what the city says, and count what is there and what is missing."""

from __future__ import annotations

import os
from collections import Counter
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot.clock import Clock
from bot.knowledge.loader import load, stale_translations, stamp_translations, write_schemas
from bot.knowledge.model import ContentRefused, Knowledge
from bot.language.tags import TAGS

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
    things = f"{len(knowledge.items)} things, {len(knowledge.names)} names, {len(TAGS)} languages"
    click.echo(f"The content is in order: {things} (version {knowledge.version}).")


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
    stamp_translations(_folder(), frozenset(accept))
    stale = stale_translations(_folder())
    click.echo(f"Stamped. {len(stale)} translation(s) are older than their Japanese text.")
    for problem in stale:
        click.echo(f"  {problem}")


@command.command()
def coverage() -> None:
    """Count items and names a language, what is unconfirmed, and what must be reviewed soon.

    \b
    Example:
      python -m bot content coverage
    """
    knowledge = _load()
    today = Clock().today(ZoneInfo(knowledge.city.timezone))
    click.echo(f"{len(knowledge.items)} things, {len(knowledge.names)} accepted names")
    for tag in TAGS:
        click.echo(f"  {tag:<10} {sum(name.language == tag for name in knowledge.names):>6} names")
    for evidence, count in sorted(_evidence(knowledge).items()):
        click.echo(f"  {evidence:<16} {count:>4} things and pages")
    click.echo(f"  {len(stale_translations(_folder()))} translations older than their Japanese text")
    for day, ids in sorted(_reviews(knowledge).items()):
        late = "  (overdue)" if day < today else ""
        click.echo(f"  review by {day}: {len(ids)} entries{late}")


def _evidence(knowledge: Knowledge) -> Counter[str]:
    own = {item: rows[-1].evidence for item, rows in knowledge.overrides.items()}
    things = [own.get(item, "inferred") for item, one in knowledge.items.items() if not one.variants]
    return Counter([*things, *(page.evidence for page in knowledge.services.values())])


def _reviews(knowledge: Knowledge) -> dict[date, list[str]]:
    days: dict[date, list[str]] = {}
    for group in (knowledge.categories, knowledge.notes, knowledge.services):
        for name, entry in group.items():
            days.setdefault(entry.review_by, []).append(name)
    for item, rows in knowledge.overrides.items():
        for row in rows:
            days.setdefault(row.review_by, []).append(item)
    return days


def _folder() -> Path:
    return Path(os.environ.get("CONTENT_DIR") or ROOT / "content")


def _load() -> Knowledge:
    try:
        return load(_folder())
    except ContentRefused as refused:
        count = len(refused.problems)
        raise click.ClickException(f"{count} problem(s) in the content:\n{refused}") from None
