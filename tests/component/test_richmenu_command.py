"""`python -m bot richmenu` against the practice LINE."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from bot.cli import commands
from bot.commands import richmenu
from bot.richmenus.fonts import CannotDraw
from bot.settings import Settings
from bot.store import menu_links
from bot.store.database import Database
from tests.emulator_process import Practice
from tests.unit.menus import tiles

Command = Callable[..., Result]


@pytest.fixture
def command(practice: Practice, sqlite_store_url: str, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Return a function that runs the command; pictures are not drawn here."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    environment = {
        "DATABASE_URL": sqlite_store_url,
        "SECRET_KEY": "k" * 32,
        "LINE_CHANNEL_SECRET": practice.secret,
        "LINE_CHANNEL_ACCESS_TOKEN": practice.token,
        "LINE_API_BASE": practice.base_url,
        "LINE_DATA_API_BASE": practice.base_url,
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(richmenu, "load", lambda _: SimpleNamespace(tiles=tiles()))
    monkeypatch.setattr(richmenu, "draw", lambda _, tag: b"\x89PNG\r\n\x1a\n" + tag.encode())
    return lambda *words: CliRunner().invoke(commands, ["richmenu", *words])


def test_menus_are_deployed_and_listed(command: Command, practice: Practice, sqlite_store_url: str) -> None:
    """A dry run first, then five menus, then nothing; a reader who chose a language sees its menu."""
    dry = command("deploy", "--dry-run", "--json")
    assert [json.loads(line)["step"] for line in dry.stdout.splitlines()].count("create") == 5
    user, database = practice.person(), Database(sqlite_store_url)
    database.write(lambda connection: menu_links.want(connection, user, "en", 1))
    deployed = command("deploy")
    assert deployed.exit_code == 0, deployed.output
    assert "people 1" in deployed.stdout
    assert "nothing was changed" in command("deploy").stdout
    menus = {one["language"]: one for one in map(json.loads, command("list", "--json").stdout.splitlines())}
    assert set(menus) == {"ja", "ja-simple", "en", "zh-Hans", "zh-Hant"}
    assert (menus["ja"]["default"], menus["en"]["people"]) == (True, 1)
    shown = practice.get(f"/emulator/people/{user}/timeline")["rich_menu"]
    assert shown["chatBarText"] == "Menu"
    assert "awamado-en-" in command("list").stdout
    database.close()


def test_what_line_or_the_machine_lacks_is_one_sentence(
    command: Command, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refusal of LINE's and a missing font end the command with what to do."""
    practice.put("/emulator/faults", {"richmenu-create": {"mode": "500"}})
    refused = command("deploy")
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert "LINE answered 500" in refused.stderr
    assert "Run it again" in refused.stderr

    def no_font(*_: object) -> bytes:
        raise CannotDraw("The menus cannot be drawn: no font.")

    monkeypatch.setattr(richmenu, "draw", no_font)
    assert command("deploy").stderr == "Error: The menus cannot be drawn: no font.\n"
