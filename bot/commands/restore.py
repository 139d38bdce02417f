"""`python -m bot restore`: back to a copy of the database."""

from __future__ import annotations

from pathlib import Path

import click

from bot.settings import load_kept
from bot.store.backup import NoBackup, restore


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def command(file: Path) -> None:
    """Fill the database at DATABASE_URL with what FILE, made by `backup`, holds.

    The database has to be new: nothing is written over. Stop the service first, move its database away or
    create another one, restore, migrate, start. PostgreSQL needs its program pg_restore on this machine.

    \b
    Example:
      python -m bot restore /safe/place/awamado-2026-11-24.backup && python -m bot migrate
    """
    try:
        restore(load_kept().database_url.get_secret_value(), file)
    except NoBackup as refused:
        raise click.ClickException(str(refused)) from None
    click.echo("Restored. Run `python -m bot migrate`, then start the service.")
