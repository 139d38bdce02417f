"""The environment's names: Settings is the one list, and everything a reader is told agrees with it."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from bot.cli import commands
from bot.settings import SECRETS, Settings
from tests.architecture.tree import ROOT

EXAMPLE = ROOT / ".env.example"
NAMES = {name.upper() for name in Settings.model_fields}
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def example_lines() -> dict[str, str]:
    """Return name -> example value of every variable in .env.example, whether commented out or not."""
    found = re.findall(r"^(?:# ?)?([A-Z][A-Z_]+)=(.*)$", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE)
    return dict(found)


def test_the_example_names_every_variable_and_no_other() -> None:
    """.env.example and Settings have the same names."""
    assert example_lines().keys() == NAMES


def test_the_example_as_it_stands_is_a_practice_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Copying .env.example to .env changes nothing: no line in it is switched on."""
    active = [line for line in EXAMPLE.read_text().splitlines() if line and not line.startswith("#")]
    assert active == []


def test_the_example_shows_the_real_defaults() -> None:
    """Where Settings has a default, the example shows it."""
    for name, shown in example_lines().items():
        field = Settings.model_fields[name.lower()]
        if not field.is_required() and field.default not in (None, ()):
            default = field.default
            assert shown == (
                default.get_secret_value() if hasattr(default, "get_secret_value") else str(default)
            )


def test_the_example_holds_no_secret() -> None:
    """A secret's line in the example is empty, so that nobody runs with a key that everybody can read."""
    shown = {name: value for name, value in example_lines().items() if name.lower() in SECRETS}
    shown.pop("DATABASE_URL")
    assert set(shown.values()) == {""}


@pytest.mark.parametrize("name", sorted(NAMES))
def test_the_operations_page_explains_every_variable(name: str) -> None:
    """docs/operations.md says what each variable is for."""
    assert f"`{name}`" in OPERATIONS


def every_command(group: click.Command, words: tuple[str, ...] = ()) -> list[str]:
    """Return each command as it is typed after `python -m bot`."""
    if not isinstance(group, click.Group):
        return [" ".join(words)]
    context = click.Context(group)
    found = []
    for word in group.list_commands(context):
        command = group.get_command(context, word)
        assert command is not None
        found += every_command(command, (*words, word))
    return found


def test_the_operations_page_explains_every_command() -> None:
    """docs/operations.md names each command of the command line."""
    missing = [words for words in every_command(commands) if f"python -m bot {words}" not in OPERATIONS]
    assert missing == []


@pytest.mark.parametrize("words", every_command(commands))
def test_every_command_has_a_help_text_with_an_example(words: str) -> None:
    """--help of each command, or of the group it stands in, shows how it is used."""
    command: click.Command = commands
    told = ""
    for word in words.split():
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), word)
        assert found is not None
        assert found.help, word
        told += found.help
        command = found
    assert f"python -m bot {words}" in told


@pytest.mark.parametrize("path", sorted((ROOT / "docs").rglob("*.md")), ids=lambda path: path.name)
def test_docs_name_only_commands_that_exist(path: Path) -> None:
    """What a page tells the reader to type is there to be typed."""
    known = every_command(commands)
    told = re.findall(r"`(?:\S+=\S+ )*python -m bot ((?:[a-z][a-z-]* ?)+)", path.read_text(encoding="utf-8"))
    assert [words for words in told if not any(words.strip().startswith(name) for name in known)] == []
