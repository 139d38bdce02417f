"""`python -m bot backup`: the whole database in one file."""

from __future__ import annotations

from pathlib import Path

import click

from bot.settings import load_kept
from bot.store.backup import NoBackup, backup


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def command(file: Path) -> None:
    """Copy the database at DATABASE_URL to FILE, which must be new. The service may go on running.

    SQLite is copied as it is; PostgreSQL needs its program pg_dump on this machine. The file holds what
    the service knows of its readers: keep it as safe as the database. `.env` and content/ are not in it.

    \b
    Example:
      python -m bot backup /safe/place/awamado-2026-11-24.backup
    """
    try:
        backup(load_kept().database_url.get_secret_value(), file)
    except NoBackup as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(f"Written: {file} ({file.stat().st_size:,} bytes)")
