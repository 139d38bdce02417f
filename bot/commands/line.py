"""`python -m bot line`: how the account at LINE is set up."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click

from bot.line.doctor import Doctor, Finding, Unreachable
from bot.settings import load_settings
from bot.wiring import build_calls

_MARKS = {Finding.WELL: "ok   ", Finding.LOOK: "look ", Finding.WRONG: "WRONG"}


@click.group("line")
def command() -> None:
    """The account at LINE.

    \b
    Example:
      python -m bot line doctor
    """


@command.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a finding.")
def doctor(as_json: bool) -> None:
    """Check token, webhook, plan and verification, and name the switches that only a person can see.

    Sends one test webhook and nothing to readers. What is marked “look” is for you to look at.

    \b
    Exit codes: 0 nothing is wrong · 1 something is · 2 the command was not understood
                3 LINE could not be reached, so nothing is known
    \b
    Example:
      python -m bot line doctor --json
    """
    settings = load_settings()
    wrong = False
    try:
        for found in Doctor(build_calls(settings), settings.public_base_url).look():
            wrong = wrong or found.finding is Finding.WRONG
            line = f"{_MARKS[found.finding]} {found.what}: {found.sentence}"
            click.echo(json.dumps(asdict(found), ensure_ascii=False) if as_json else line)
    except Unreachable as lost:
        click.echo(str(lost), err=True)
        sys.exit(3)
    sys.exit(1 if wrong else 0)
