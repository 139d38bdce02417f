"""`python -m bot followers`: the people who followed the account before it had this bot."""

from __future__ import annotations

import json
import threading

import click

from bot.clock import Clock
from bot.insights import follower_import
from bot.insights.follower_import import Importing, NotImported
from bot.settings import load_settings
from bot.store.database import StoreError
from bot.store.follower_imports import Progress
from bot.store.identity import OtherChannel
from bot.wiring import NotReady, open_database, open_line


@click.group("followers")
def command() -> None:
    """Bring in the people who follow the account already.

    \b
    Example:
      python -m bot followers import
    """


@command.command("import")
@click.option("--json", "as_json", is_flag=True, help="One JSON object at the end.")
def import_(as_json: bool) -> None:
    """Ask LINE who follows the account, and remember who is new.

    Their language is not known until they write; whoever blocked the account stays blocked. LINE gives the
    list to verified and premium accounts only. A run that was broken off is gone on with within a day.

    \b
    Examples:
      python -m bot followers import
      python -m bot followers import --json
    """
    settings = load_settings()
    try:
        database = open_database(settings, "followers")
    except (NotReady, OtherChannel) as problem:
        raise click.ClickException(str(problem)) from None

    def told(progress: Progress) -> None:
        if not as_json:
            click.echo(f"{progress.seen} listed, {progress.added} new")

    importing = Importing(database, open_line(settings), Clock(), threading.Event().wait)
    try:
        done = follower_import.run(importing, told)
    except NotImported as problem:
        raise click.ClickException(str(problem)) from None
    except StoreError as error:
        raise click.ClickException(
            f"The database did not do it ({error}): run the import again, it goes on where it stopped."
        ) from None
    finally:
        database.close()
    if as_json:
        click.echo(json.dumps({"listed": done.seen, "added": done.added}))
    else:
        click.echo(f"Done: {done.added} of {done.seen} followers are new.")
