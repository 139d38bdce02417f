"""Check what the city says, and count what is there and what is missing."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from zoneinfo import ZoneInfo

import click

from bot.answers.clashes import several
from bot.clock import Clock
from bot.commands.content.surroundings import LOCALES, Where, city_now, content_folder, where
from bot.knowledge.coverage import SOON, Coverage
from bot.knowledge.coverage import coverage as covered
from bot.knowledge.loader import load, stale_translations, stamp_translations, write_schemas
from bot.knowledge.model import ContentRefused, Knowledge
from bot.language.speech import load_voices
from bot.language.tags import TAGS
from bot.pantry import engine_for
from bot.publishing.gate import astray
from bot.reminders.truth import to_load


@click.command()
@click.option("--live", is_flag=True, help="With the revisions in DATABASE_URL, as every process loads it.")
def check(live: bool) -> None:
    """Refuse content that cannot go live, naming file and line of every problem.

    \b
    Examples:
      python -m bot content check && git commit
      python -m bot content check --live
    """
    content = where(live) if live else None
    knowledge = _load(content)
    _refuse_astray(knowledge)
    several_things = sum(1 for _ in several(knowledge))
    things = f"{len(knowledge.items)} things, {len(knowledge.names)} names, {len(TAGS)} languages"
    click.echo(f"The content is in order: {things} (version {knowledge.version}).")
    _warn_of_end(knowledge)
    click.echo(f"{several_things} words name several things and ask which: see `content clashes`.")
    for number, path in content.place.outdated() if content else ():
        click.echo(f"Revision {number} hides a later change of {path} on disk: import anew, or undo it.")


def _refuse_astray(knowledge: Knowledge) -> None:
    """Stop where a question of `expected.csv` would not lead to the answer that it must lead to."""
    if knowledge.expected:
        gone = [str(one) for one in astray(engine_for(knowledge, load_voices(LOCALES)), city_now(knowledge))]
        if gone:
            raise click.ClickException("\n".join(gone))


def _warn_of_end(knowledge: Knowledge) -> None:
    ending = to_load(knowledge.calendar, Clock().today(ZoneInfo(knowledge.city.timezone)))
    if ending:
        last, areas = ending
        click.echo(f"The calendar ends on {last} (area {', '.join(areas)}); load the new year.", err=True)


@click.command()
def schema() -> None:
    """Write the JSON Schemas by which an editor completes and checks while typing.

    \b
    Example:
      python -m bot content schema
    """
    write_schemas(content_folder())
    click.echo(f"Written: {content_folder() / 'schema'}")


@click.command()
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
        stamp_translations(content_folder(), frozenset(accept))
    except ContentRefused as refused:
        raise click.ClickException(f"Nothing was stamped, because files cannot be read:\n{refused}") from None
    stale = stale_translations(content_folder())
    click.echo(f"Stamped. {len(stale)} translation(s) are older than their Japanese text.")
    for problem in stale:
        click.echo(f"  {problem}")


@click.command()
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
    stale = len(stale_translations(content_folder()))
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
    click.echo(f"{len(report.unconfirmed)} pages, guides, notices and desks hold what is not confirmed")
    click.echo(f"{stale} translations older than their Japanese text, 0 missing")
    for tag, things in report.untranslated.items():
        click.echo(f"{len(things)} things of the city's list have no name in {tag}")
    for day, names in sorted(report.reviews.items()):
        mark = "  (overdue)" if day < today else ""
        click.echo(f"  review by {day}: {len(names)} entries{mark}")
    due = report.due(today)
    click.echo(f"{len(due)} to review within {SOON.days} days" + (f": {', '.join(due[:8])}" if due else ""))


def _print_unconfirmed(report: Coverage) -> None:
    for rule, items in sorted(report.undecided.items()):
        click.echo(f"\n{rule}: {len(items)} things without a confirmed category")
        click.echo("  " + ", ".join(items))
    for tag, things in report.untranslated.items():
        click.echo(f"\nno name in {tag}:\n  {', '.join(things)}")
    click.echo("\nhold what is not confirmed (a notice: read it before it is used):")
    for name in report.unconfirmed:
        click.echo(f"  {name}")


@click.command()
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


def _load(content: Where | None = None) -> Knowledge:
    try:
        return load(content.folder, content.place.overlay()) if content else load(content_folder())
    except ContentRefused as refused:
        count = len(refused.problems)
        raise click.ClickException(f"{count} problem(s) in the content:\n{refused}") from None
