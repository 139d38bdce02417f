"""Take over files, take a change back, list changes, and write out the content in force."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from bot.clock import Clock
from bot.commands.content.carry_out import carry_out
from bot.commands.content.going_back import take_back
from bot.commands.content.surroundings import (
    author_named,
    changing,
    json_option,
    language_option,
    order,
    teller,
    where,
)
from bot.knowledge.files import ContentReader
from bot.knowledge.importers.kinds import KINDS, propose
from bot.knowledge.importers.options import Options
from bot.knowledge.importers.proposal import Proposal, remark, remark_n
from bot.knowledge.model import Knowledge
from bot.publishing.history import Revision

ROW_BY_ROW = ("items", "faq")
"""Kinds of files whose rows do not depend on each other."""


def _address(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    if value and not value.startswith(("https://", "http://")):
        raise click.BadParameter("must be an address that begins with https:// or http://")
    return value


def _columns(_ctx: click.Context, _param: click.Parameter, value: str | None) -> Mapping[str, str]:
    """Read `name=品目,reading=読み`."""
    pairs = [part.partition("=") for part in (value or "").split(",") if part.strip()]
    if any(not name.strip() or not heading.strip() for name, _, heading in pairs):
        raise click.BadParameter("must look like name=品目,reading=読み")
    return {name.strip(): heading.strip() for name, _, heading in pairs}


@click.command("import")
@click.argument("kind", type=click.Choice(sorted(KINDS)))
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--year", type=click.IntRange(2000, 2100), help="Fiscal year, where the file does not say it.")
@click.option(
    "--map", "columns", metavar="NAME=HEADING,…", callback=_columns, help="Headings of the file's columns."
)
@click.option("--source", metavar="URL", callback=_address, help="Where the city published this.")
@click.option("--date", "source_date", type=click.DateTime(["%Y-%m-%d"]), help="The date printed on it.")
@click.option("--put-out-by", metavar="HH:MM", help="Until when garbage is put out, where that is new.")
@click.option(
    "--holidays", type=click.Choice(["collected", "skipped", "next-day"]), help="What holds on holidays."
)
@click.option("--leave-out", is_flag=True, help="Take the rest although rows are rejected (items, faq).")
@click.option("--new-areas", is_flag=True, help="Let a calendar name areas that are not there yet.")
@changing
def import_(kind: str, files: tuple[Path, ...], leave_out: bool, **given: Any) -> None:
    """Take over a clerk's file: all of it, or nothing.

    A dry run shows what becomes of each row, what it means for residents, and the answers they would read.
    Without --live the files below CONTENT_DIR change, and `content undo` brings the former ones back.

    \b
    Exit codes: 0 done, or nothing to do · 1 refused, nothing changed (the sentence says why)
                2 the command was not understood · 3 a second person is needed (--confirmed-by)
    \b
    Examples:
      python -m bot content import calendar 令和8年度.xlsx --year 2026 --dry-run
      python -m bot content import items 品目一覧.csv --map name=品目,category=区分 --date 2026-04-01
      python -m bot content import calendar 令和8年度.csv --live --author 山田 --yes
    """
    if leave_out and kind not in ROW_BY_ROW:
        raise click.UsageError(
            f"--leave-out is for {' and '.join(ROW_BY_ROW)}; a calendar is whole or not at all."
        )
    names = ("year", "columns", "source", "source_date", "put_out_by", "holidays", "new_areas")
    given["source_date"] = given["source_date"] and given["source_date"].date().isoformat()
    options = Options(today=Clock().today(), **{name: given.pop(name) for name in names})
    read, made = _read(files), order(**given)

    def proposed(knowledge: Knowledge, texts: Mapping[str, str]) -> Proposal:
        return propose(kind, read, knowledge, texts, options)

    carry_out(made, where(made.live), kind, proposed, leave_out)


def _read(paths: tuple[Path, ...]) -> dict[str, bytes]:
    """Return the files by name; a folder stands for the files below it."""
    found: dict[str, bytes] = {}
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                found[file.relative_to(path).as_posix() if path.is_dir() else path.name] = file.read_bytes()
    return found


@click.command()
@click.argument("number", type=click.IntRange(1), required=False)
@click.option("--kind", help="The latest change of this kind.")
@click.option("--live", is_flag=True, help="Undo a revision in DATABASE_URL.")
@click.option("--author", metavar="NAME", help="Who takes it back; without it, the login name.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@language_option
def undo(
    number: int | None, kind: str | None, live: bool, author: str | None, yes: bool, lang: str | None
) -> None:
    """Bring back what held before a change: the latest one, or the one of that number.

    \b
    Examples:
      python -m bot content undo
      python -m bot content undo 12 --live
    """
    take_back(live, number, kind, author_named(author), yes, teller(lang))


@click.command()
@click.option("--live", is_flag=True, help="Those in DATABASE_URL.")
@json_option
@language_option
def revisions(live: bool, as_json: bool, lang: str | None) -> None:
    """List every change: number, time, who, what, and whether it is in force.

    \b
    Example:
      python -m bot content revisions --live --json
    """
    history = where(live).place.history()
    tell = teller(lang)
    if as_json:
        click.echo(json.dumps([_object(one) for one in history], ensure_ascii=False, indent=1))
        return
    for one in history:
        undone = tell(remark("undone by {who}", who=one.undone_by or "")) if not one.active else ""
        who = " + ".join(name for name in (one.author, one.confirmed_by) if name)
        when = f"{one.created_at.astimezone():%Y-%m-%d %H:%M}"
        click.echo(
            "  ".join(part for part in (f"{one.number:>4}", when, one.kind, who, undone, one.summary) if part)
        )
    click.echo(tell(remark_n("{n} change", "{n} changes", len(history))))


def _object(one: Revision) -> Mapping[str, object]:
    return {
        "number": one.number,
        "created_at": one.created_at.isoformat(),
        "kind": one.kind,
        "summary": one.summary,
        "author": one.author,
        "confirmed_by": one.confirmed_by,
        "files": sorted(one.paths),
        "state": "active" if one.active else "undone",
        "undone_by": one.undone_by,
        "undone_at": one.undone_at and one.undone_at.isoformat(),
    }


@click.command()
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="A new folder.")
@click.option("--live", is_flag=True, help="With the revisions in DATABASE_URL.")
@language_option
def export(out: Path, live: bool, lang: str | None) -> None:
    """Write the content in force as files: those on disk, with what the revisions changed.

    \b
    Example:
      python -m bot content export --live --out /srv/awamado-content
    """
    tell = teller(lang)
    if out.exists() and any(out.iterdir()):
        raise click.ClickException(tell(remark("{folder} is not empty: name a new folder.", folder=str(out))))
    content = where(live)
    reader = ContentReader(content.folder, content.place.overlay())
    paths = reader.paths()
    for path in paths:
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(reader.bytes_of(path))
    click.echo(tell(remark_n("{n} file written to {folder}.", "{n} files written to {folder}.", len(paths),
                             folder=str(out))))  # fmt: skip
