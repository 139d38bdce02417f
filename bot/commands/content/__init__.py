"""`python -m bot content`: look at what the city says, and change it."""

from __future__ import annotations

import click

from bot.commands.content import change, look, open_data


@click.group("content")
def command() -> None:
    """Check, count and change what stands below `content/` (or CONTENT_DIR).

    \b
    Examples:
      python -m bot content check
      CONTENT_DIR=../another-city python -m bot content coverage
      python -m bot content import calendar 令和8年度.xlsx --dry-run
    """


for one in (
    look.check, look.schema, look.stamp, look.coverage, look.clashes,
    change.import_, change.undo, change.revisions, change.export,
    open_data.open_data,
):  # fmt: skip
    command.add_command(one)
