"""The environment becomes one Settings, or one list of plain sentences."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import SECRETS, Settings, SettingsProblem, line_account_given, load_settings, secret_values

GOOD = {
    "SECRET_KEY": "k" * 32,
    "LINE_CHANNEL_SECRET": "s" * 32,
    "LINE_CHANNEL_ACCESS_TOKEN": "t" * 40,
}


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide what the machine that runs the tests happens to have set."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def read(monkeypatch: pytest.MonkeyPatch, **changes: str) -> Settings:
    for name, value in {**GOOD, **changes}.items():
        monkeypatch.setenv(name, value)
    return load_settings(None)


def problems(monkeypatch: pytest.MonkeyPatch, **changes: str) -> tuple[str, ...]:
    with pytest.raises(SettingsProblem) as caught:
        read(monkeypatch, **changes)
    return caught.value.problems


def test_defaults_are_live_and_local(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three secrets are enough; the rest has a default, and that is the real LINE."""
    settings = read(monkeypatch)
    assert settings.port == 8000
    assert settings.database_url.get_secret_value() == "sqlite:///var/awamado.db"
    assert not settings.practice


def test_all_problems_come_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four wrong values are four sentences, each with the name of its variable."""
    found = problems(
        monkeypatch, PORT="web", DATABASE_URL="mysql://x/y", LOG_LEVEL="loud", TRUSTED_PROXIES="-1"
    )
    assert sorted(sentence.split()[0] for sentence in found) == [
        "DATABASE_URL", "LOG_LEVEL", "PORT", "TRUSTED_PROXIES",
    ]  # fmt: skip


def test_half_an_account_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A secret without a token is a mistake, and the sentence says what to do about it."""
    (sentence,) = problems(monkeypatch, LINE_CHANNEL_ACCESS_TOKEN="")
    assert sentence.startswith("LINE_CHANNEL_ACCESS_TOKEN is missing: set both")


@pytest.mark.parametrize("name", sorted(SECRETS))
def test_a_secret_is_never_shown(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the settings nor a complaint about them shows a secret's value."""
    value = "http://hush:hush@proxy:1" if name == "outbound_proxy" else "hush" * 10
    if name == "database_url":
        value = "postgresql://hush:hush@db/name"
    if name == "smtp_url":
        value = "smtp://hush:hush@mail.example:587"
        monkeypatch.setenv("MAIL_FROM", "bot@example.org")
    assert "hush" not in repr(read(monkeypatch, **{name.upper(): value}))
    assert "hush" not in str(problems(monkeypatch, **{name.upper(): value, "PORT": "0"}))


@given(secret=st.from_regex(r"[0-9]{32}|[0-9]{10}e[0-9]{21}", fullmatch=True))
def test_a_secret_of_digits_stays_text(secret: str) -> None:
    """32 digits are not a number, and 1234567890e21… is not infinity."""
    with pytest.MonkeyPatch.context() as patch:
        assert read(patch, LINE_CHANNEL_SECRET=secret).line_channel_secret.get_secret_value() == secret


def test_spaces_and_empty_values_count_as_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What copying leaves around a value is dropped, and an empty variable is an unset one."""
    settings = read(monkeypatch, LINE_CHANNEL_SECRET=f" {'s' * 32}\n", PORT="", METRICS_TOKEN="  ")
    assert settings.line_channel_secret.get_secret_value() == "s" * 32
    assert settings.port == 8000
    assert settings.metrics_token is None


def test_postgres_addresses_are_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    """The short spelling of some platforms means PostgreSQL too."""
    settings = read(monkeypatch, DATABASE_URL="postgres://a:b@c/d")
    assert settings.database_url.get_secret_value() == "postgresql://a:b@c/d"


@pytest.mark.parametrize("address", ["u:p@h:notaport/x", "[::1/x", "u:with/slash@h/x", "u:p@h:0/x"])
def test_an_address_that_is_none_is_named(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the database's library would stumble over is said at the start, like everything else."""
    (sentence,) = problems(monkeypatch, DATABASE_URL=f"postgresql://{address}")
    assert sentence.startswith("DATABASE_URL must be")
    assert address not in sentence


@pytest.mark.parametrize("name", ["LINE_CHANNEL_ACCESS_TOKEN", "LINE_CHANNEL_SECRET", "METRICS_TOKEN"])
@pytest.mark.parametrize("odd", ["トークン", "abc\u200bdef", "abc def", "abc\ndef"])
def test_a_token_that_no_header_can_carry_is_named(
    name: str, odd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copying from a page brings signs that nobody sees; they would fail at the first reply only."""
    (sentence,) = problems(monkeypatch, **{name: odd * 8})
    assert sentence.startswith(f"{name} must be")


def test_a_database_in_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that keeps nothing is no place for messages."""
    assert problems(monkeypatch, DATABASE_URL="sqlite:///:memory:")


MAIL = {"SMTP_URL": "smtps://u:p%40ss@mail.example", "MAIL_FROM": "bot@example.org"}


def test_staff_are_told_by_mail_where_it_is_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Server and sender are set, and this is no practice."""
    assert read(monkeypatch, **MAIL).mails
    assert not read(monkeypatch, LINE_API_BASE="http://127.0.0.1:8700").mails
    assert not read(monkeypatch, SMTP_URL="", MAIL_FROM="", LINE_API_BASE="").mails


@pytest.mark.parametrize("name", MAIL)
def test_half_a_mail_account_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server without a sender, or the other way round, is named at the start."""
    (sentence,) = problems(monkeypatch, **{**MAIL, name: ""})
    assert sentence.startswith("MAIL_FROM must be a mail address, set together with SMTP_URL")


@pytest.mark.parametrize(
    "changes",
    [
        {"SMTP_URL": "mail.example:25"},
        {"SMTP_URL": "http://u:p@mail.example"},
        {"SMTP_URL": "smtp://u@mail.example"},
        {"SMTP_URL": "smtp://u:p%0Ax@mail.example"},
        {"SMTP_URL": "smtp://u:p@mail.example:port"},
        {"MAIL_FROM": "City <bot@example.org>"},
        {"MAIL_FROM": "bot@example.org\nBcc: x@example.org"},
    ],
)
def test_a_mail_account_that_cannot_be_used_is_named(
    changes: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence about the one that is wrong."""
    (sentence,) = problems(monkeypatch, **{**MAIL, **changes})
    assert sentence.startswith(f"{next(iter(changes))} must be")


@pytest.mark.parametrize("address", ["http://127.0.0.1:8700", "http://localhost:8700/", "http://[::1]:8700"])
def test_plain_http_on_loopback_is_practice(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A LINE on this machine is the practice LINE; a slash at the end does not matter."""
    settings = read(monkeypatch, LINE_API_BASE=address)
    assert settings.practice
    assert settings.line_api_base == settings.pictures_base == address.rstrip("/")


@pytest.mark.parametrize(
    "address", ["http://api.line.me", "https://api.line.me/v2", "api.line.me", "ftp://x"]
)
def test_tokens_do_not_travel_in_the_clear(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Plain http beyond this machine is refused, and so is what is not an address."""
    (sentence,) = problems(monkeypatch, LINE_API_BASE=address)
    assert sentence.startswith("LINE_API_BASE must be")


def test_networks_are_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """Networks are separated by commas; one that is none is named as a problem."""
    settings = read(monkeypatch, CONSOLE_NETWORKS="192.0.2.0/24, 2001:db8::/32")
    assert [str(network) for network in settings.console_networks] == ["192.0.2.0/24", "2001:db8::/32"]
    assert problems(monkeypatch, CONSOLE_NETWORKS="192.0.2.0/24, town hall")


def test_the_file_fills_what_the_environment_leaves_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """.env is read, a byte order mark and all, and the environment is the stronger one."""
    file = tmp_path / ".env"
    lines = [f"{name}={value}" for name, value in GOOD.items()]
    file.write_text("\n".join([*lines, "PORT=8001", "LOG_LEVEL=debug"]), encoding="utf-8-sig")
    monkeypatch.setenv("PORT", "8002")
    settings = load_settings(file)
    assert (settings.port, settings.log_level) == (8002, "DEBUG")


def test_a_file_in_another_encoding_is_a_sentence(tmp_path: Path) -> None:
    """A .env saved as Shift_JIS is named as such, not met with an exception from inside."""
    file = tmp_path / ".env"
    file.write_bytes("# 設定\n".encode("shift_jis"))
    with pytest.raises(SettingsProblem, match="UTF-8"):
        load_settings(file)


def test_settings_do_not_change(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody changes a setting while the service runs."""
    settings = read(monkeypatch)
    with pytest.raises(ValueError, match="frozen"):
        settings.port = 1  # type: ignore[misc]


def test_one_credential_is_an_account(tmp_path: Path) -> None:
    """One LINE credential, wherever it stands, ends practice; an empty one does not."""
    file = tmp_path / ".env"
    file.write_text("LINE_CHANNEL_SECRET=\n")
    assert not line_account_given(file, {})
    assert line_account_given(file, {"LINE_CHANNEL_ACCESS_TOKEN": "t"})
    file.write_text("LINE_CHANNEL_SECRET=s\n")
    assert line_account_given(file, {})


def test_the_log_filter_learns_every_secret_but_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The values handed to the log filter are the secrets, without addresses that logs may show."""
    values = secret_values(read(monkeypatch, METRICS_TOKEN="m" * 16))
    assert set(values) == {*GOOD.values(), "m" * 16}
