"""The ledger of open doors: every address that anybody may call is written down here, with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import wiring
from bot.app import create_app
from bot.settings import Settings
from bot.store.migrate import upgrade
from tests.architecture.tree import ROOT

OPEN = {
    "GET /": "says what this is",
    "GET /calendar/<area>/<language>": "how to follow an area's collection days; public by nature",
    "GET /calendar/<area>/<language>.ics": "the calendar itself; phones ask for it without signing in",
    "GET /healthz": "for whoever watches over the service; holds nothing about readers",
    "GET /static/<path:filename>": "style sheets and pictures",
    "POST /webhook": "LINE; each request is signed",
}


def doors(tmp_path: Path) -> set[str]:
    """Return each method and address of the real application, without what HTTP adds by itself."""
    url = f"sqlite:///{tmp_path / 'doors.db'}"
    upgrade(url)
    settings = Settings.model_validate(
        {
            "secret_key": "k" * 32,
            "database_url": url,
            "line_channel_secret": "s" * 32,
            "line_channel_access_token": "t" * 40,
            "content_dir": str(ROOT / "content"),
        }
    )
    services = wiring.build_services(settings, "test")
    try:
        app = create_app(services, wiring.build_runner(services))
        return {
            f"{method} {rule.rule}"
            for rule in app.url_map.iter_rules()
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        }
    finally:
        wiring.close(services)


def test_only_the_doors_in_the_ledger_are_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new address is closed to the public until it is entered here."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    assert doors(tmp_path) == set(OPEN)
