"""`python -m bot person`: what is kept of one reader, for the desk that answers such requests."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import click

from bot import logs
from bot.clock import Clock
from bot.settings import load_settings
from bot.store import audit, inbox, known
from bot.store.database import Connection, Database, StoreError
from bot.store.identity import OtherChannel
from bot.store.moments import micros
from bot.wiring import NotReady, open_database


@dataclass(frozen=True, slots=True)
class _Desk:
    database: Database
    key: str

    def note(self, connection: Connection, action: str, user_id: str, **details: object) -> None:
        """Write down the deed under the name that the logs have for the person: no id is kept of it."""
        at, whom = micros(Clock().now()), logs.person(user_id, self.key)
        audit.note(connection, at, audit.CLI, action, whom, **details)


@click.group("person")
def command() -> None:
    """Hand out or erase everything that is kept of one reader.

    USER_ID is LINE's id of the reader for this account: "my data" in the chat shows it under "All of it as
    text". Readers can do both themselves there. Each use is recorded in the audit log, without the id.

    \b
    Examples:
      python -m bot person export U0123456789abcdef0123456789abcdef
      python -m bot person erase U0123456789abcdef0123456789abcdef
    """


@command.command()
@click.argument("user_id")
def export(user_id: str) -> None:
    """Print every row of a reader as JSON.

    \b
    Example:
      python -m bot person export U0123456789abcdef0123456789abcdef > rows.json
    """
    with _desk() as desk:

        def work(connection: Connection) -> dict[str, Any]:
            found = known.rows(connection, user_id)
            desk.note(connection, "person-exported", user_id, tables=sorted(found))
            return found

        found = desk.database.write(work)
    click.echo(json.dumps({"user_id": user_id, **found}, ensure_ascii=False, indent=1, default=str))
    if not found:
        click.echo("Nothing is kept of this id.", err=True)


@command.command()
@click.argument("user_id")
@click.option("--yes", is_flag=True, help="Do not ask whether it is meant.")
def erase(user_id: str, yes: bool) -> None:
    """Delete every row of a reader, and what they wrote that is not answered yet.

    Kept are: who was sent which notice, for the days set in city.yaml; a link to a staff account, which that
    account takes away itself. A reader who stays a friend becomes known again when they write.

    \b
    Example:
      python -m bot person erase U0123456789abcdef0123456789abcdef
    """
    if not yes:
        click.confirm("Delete everything that is kept of this reader?", abort=True, err=True)
    with _desk() as desk:
        found = desk.database.read(partial(known.rows, user_id=user_id))

        def work(connection: Connection) -> None:
            known.erase(connection, user_id, micros(Clock().now()))
            inbox.forget_person(connection, user_id)
            desk.note(connection, "person-erased", user_id, tables=sorted(found))

        desk.database.write(work)
    click.echo(f"Erased: {', '.join(sorted(found))}." if found else "Nothing was kept of this id.")


@contextmanager
def _desk() -> Iterator[_Desk]:
    """Open the database of the settings; what stands in the way is said in one sentence."""
    settings = load_settings()
    try:
        database = open_database(settings, "person")
    except (NotReady, OtherChannel) as problem:
        raise click.ClickException(str(problem)) from None
    try:
        yield _Desk(database, settings.secret_key.get_secret_value())
    except StoreError as error:
        raise click.ClickException(f"The database did not do it ({error}).") from None
    finally:
        database.close()
