"""`python -m bot staff` on a terminal."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from bot.cli import commands
from bot.console.access import trainees
from bot.console.access.roles import Role
from bot.settings import Settings
from bot.store.staff_tables import audit_log, staff
from tests.component.offices import PASSWORD, Office, said
from tests.component.rows import rows


@pytest.fixture
def command(office: Office, monkeypatch: pytest.MonkeyPatch) -> object:
    """Return a function that runs the command on the office's database."""
    settings = office.desk.services.settings
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv(
        "DATABASE_URL", office.database._engine.url.render_as_string(False).replace("+psycopg", "")
    )
    for name in ("secret_key", "line_channel_secret", "line_channel_access_token"):
        monkeypatch.setenv(name.upper(), getattr(settings, name).get_secret_value())
    return lambda *words: CliRunner().invoke(commands, ["staff", *words])


def test_the_first_admin_comes_from_the_command_line(office: Office, command: object) -> None:
    """The password stands alone on standard output; everything else is said on standard error."""
    added: Result = command("add", "森 花子", "--role", "admin")  # type: ignore[operator]
    assert added.exit_code == 0, added.output
    password = added.stdout.strip()
    office.browser().first_sign_in("森 花子", password)
    listed = command("list", "--json")  # type: ignore[operator]
    (told,) = map(json.loads, listed.stdout.splitlines())
    assert (told["name"], told["role"], told["state"]) == ("森 花子", "admin", "active")
    assert told["signed_in_at"]
    assert rows(office.database, audit_log)[0]["actor"] == "(cli)"


def test_disable_and_reset(office: Office, command: object) -> None:
    """Shut, then begun anew."""
    office.member("admin", Role.ADMIN)
    browser = office.member("tanaka")
    assert command("disable", "TANAKA").exit_code == 0  # type: ignore[operator]
    assert not browser.signed_in
    assert "disabled" in command("list").stdout  # type: ignore[operator]
    password = command("reset", "tanaka").stdout.strip()  # type: ignore[operator]
    assert "waiting" in command("list").stdout  # type: ignore[operator]
    browser.first_sign_in("tanaka", password)
    assert browser.signed_in


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("add", "a<b", "--role", "admin"), 1, "NAME must be"),
        (("add", "admin", "--role", "writer"), 1, "There is an account of that name"),
        (("add", "sato", "--role", "king"), 2, "king"),
        (("disable", "nobody"), 1, "No account is called"),
        (("disable", "admin"), 1, "only admin left"),
        (("reset", "nobody"), 1, "No account is called"),
    ],
)
def test_mistakes_are_one_sentence(
    office: Office, command: object, words: tuple[str, ...], code: int, told: str
) -> None:
    """The exit code says that nothing was done."""
    office.add("admin", Role.ADMIN)
    before = rows(office.database, staff)
    result: Result = command(*words)  # type: ignore[operator]
    assert (result.exit_code, result.stdout) == (code, "")
    assert told in result.stderr
    assert rows(office.database, staff) == before


def test_practice_invites_three_and_leaves_those_alone_who_came(office: Office) -> None:
    """A writer, an approver and an admin get new passwords until they have signed in."""
    invite = lambda: dict(trainees.invite(office.database, office.desk.deed("(cli)")))  # noqa: E731
    first = invite()
    assert list(first) == ["writer", "approver", "admin"]
    office.browser().first_sign_in("admin", first["admin"])
    second = invite()
    assert list(second) == ["writer", "approver"]
    assert "違います" in said(office.browser().give_password("writer", first["writer"]))
    office.browser().first_sign_in("writer", second["writer"])
    browser = office.browser()
    assert browser.give_password("admin", PASSWORD).status_code == 303
