"""Give what is known about collection to other programs: a 5374.jp set, or plain tables."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.content.surroundings import city_now, language_option, teller, where
from bot.knowledge.exporters import five374, tables
from bot.knowledge.importers.fiscal import fiscal_year
from bot.knowledge.importers.proposal import remark, remark_n
from bot.knowledge.loader import load
from bot.knowledge.model import ContentRefused


@click.command("open-data")
@click.argument("kind", type=click.Choice(["5374", "csv"]))
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="A new folder.")
@click.option("--year", type=click.IntRange(2000, 2100), help="Fiscal year of the set; without it, this one.")
@click.option("--live", is_flag=True, help="With the revisions in DATABASE_URL.")
@language_option
def open_data(kind: str, out: Path, year: int | None, live: bool, lang: str | None) -> None:
    """Write the collection calendar for other programs: a 5374.jp set of a year, or plain tables.

    An import of what is written changes nothing.

    \b
    Examples:
      python -m bot content open-data 5374 --year 2026 --out /srv/www/5374
      python -m bot content open-data csv --out ごみ収集日
    """
    tell = teller(lang)
    if out.exists() and any(out.iterdir()):
        raise click.ClickException(tell(remark("{folder} is not empty: name a new folder.", folder=str(out))))
    content = where(live)
    try:
        knowledge = load(content.folder, content.place.overlay())
    except ContentRefused as refused:
        raise click.ClickException(str(refused)) from None
    if kind == "5374":
        files = five374.export(knowledge, year or fiscal_year(city_now(knowledge).date()))
    else:
        files = tables.export(knowledge)
    for path, data in files.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(data)
    click.echo(
        tell(
            remark_n(
                "{n} file written to {folder}.", "{n} files written to {folder}.", len(files), folder=str(out)
            )
        )
    )
