"""The command line: finds the commands, and turns what goes wrong into one sentence and an exit code."""

from __future__ import annotations

import os
import pkgutil
import sys
from importlib import import_module

import click

import bot.commands
from bot.settings import SettingsProblem


class CommandFolder(click.Group):
    """A group whose commands are the modules of `bot.commands`, each imported only when it is asked for.

    So `ask` starts without a database driver, and `run` without the answer engine.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Return every command word."""
        return sorted(module.name for module in pkgutil.iter_modules(bot.commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that word, or None when there is none."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"bot.commands.{cmd_name}").command
        return command


@click.group(
    cls=CommandFolder, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
def commands() -> None:
    """Awamado, the citizen window of a city on LINE.

    \b
    Exit codes: 0 all is well · 1 a problem was found (one sentence on standard error says which)
                2 the command was not understood
    """


def main() -> None:
    """Run the command line and leave the process with its exit code."""
    try:
        commands(prog_name="python -m bot")
    except SettingsProblem as problem:
        click.echo("The settings need attention (.env or the environment):", err=True)
        for sentence in problem.problems:
            click.echo(f"  - {sentence}", err=True)
        sys.exit(1)
    except Exception as error:
        if os.environ.get("LOG_LEVEL", "").upper() == "DEBUG":
            raise
        click.echo(f"Stopped by an unexpected {type(error).__name__}; LOG_LEVEL=DEBUG shows where.", err=True)
        sys.exit(1)
