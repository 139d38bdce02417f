"""`run`: the whole service on one machine."""

from __future__ import annotations

import sys
from functools import partial

import click

from bot import supervisor
from bot.systemd import units


@click.command()
@click.option("--print-systemd", is_flag=True, help="Print systemd units for a server instead of running.")
@click.option("--sample-city", is_flag=True, help="Practise in a made-up city whose calendar is complete.")
def command(print_systemd: bool, sample_city: bool) -> None:
    """Run everything on this machine until Ctrl-C.

    Without LINE credentials this is a practice run: a practice LINE with a phone page, the bot and its
    worker, on the database var/demo.db. Nothing leaves this machine. With LINE_CHANNEL_SECRET and
    LINE_CHANNEL_ACCESS_TOKEN in .env it is the real service on var/awamado.db, or on DATABASE_URL.

    \b
    Examples:
      python -m bot run
      python -m bot run --sample-city
      python -m bot run --print-systemd | less
    """
    if print_systemd:
        click.echo(units(supervisor.ROOT, sys.executable), nl=False)
        return
    sys.exit(supervisor.run(partial(supervisor.plan, sample_city=sample_city)))
