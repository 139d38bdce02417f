"""`migrate`: bring the database to the tables this version needs."""

from __future__ import annotations

import click

from bot.settings import load_settings
from bot.store.database import StoreError
from bot.store.migrate import upgrade


@click.command()
def command() -> None:
    """Bring the database at DATABASE_URL to the tables of this version.

    Does nothing when it is there already, and two at once take turns, so it may run before every start.
    Take a backup before a new version's first run: an older version cannot read newer tables.

    \b
    Example:
      DATABASE_URL=postgresql://awamado@localhost/awamado python -m bot migrate
    """
    try:
        upgrade(load_settings().database_url.get_secret_value())
    except StoreError as error:
        raise click.ClickException(
            f"The database could not be migrated ({error}): is it running, and may this user create tables?"
        ) from None
