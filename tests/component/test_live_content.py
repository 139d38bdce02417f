"""Revisions go live in every process that answers people, and broken ones in none."""

from __future__ import annotations

import json
import socket
from collections.abc import Hashable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import urllib3

from bot.clock import Clock
from bot.knowledge.files import Overlay
from bot.knowledge.loader import fingerprint, load
from bot.knowledge.model import Knowledge
from bot.knowledge.swap import LiveContent
from bot.publishing.history import Change
from bot.publishing.live import LivePlace
from bot.store import revisions
from bot.store.database import Database, StoreError
from tests.component.waiting import until
from tests.component.web import Web
from tests.emulator_process import Practice
from tests.small import content, knowledge

NAMES = "garbage/names.csv"
DAYS = "collection/days.csv"
TOWNS = "collection/towns.csv"


def marked(number: int) -> str:
    """Return names in which the frying pan says of which revision it is."""
    names = (content() / NAMES).read_text(encoding="utf-8")
    renamed = names.replace("frying-pan,ja,フライパン,name,", f"frying-pan,ja,フライパン版{number},name,")
    return renamed + "frying-pan,ja,フライパン,alias,ふらいぱん,\n"


class Written:
    """Revisions that a test writes down."""

    def __init__(self) -> None:
        self.files: dict[str, bytes | None] = {}
        self.number = 0
        self.broken = False

    def write(self, **files: str | None) -> None:
        self.files = {
            name.replace("__", "/") + ".csv": text.encode() if text is not None else None
            for name, text in files.items()
        }
        self.number += 1

    def stamp(self) -> Hashable:
        if self.broken:
            raise StoreError("gone")
        return self.number

    def overlay(self) -> Overlay:
        return dict(self.files)


def names_of(known: Knowledge) -> str:
    return known.name("frying-pan", "ja").form


def test_a_revision_goes_live_and_its_undoing_too() -> None:
    """What stands over the files is in force until it is taken away."""
    written = Written()
    live = LiveContent(content(), names_of, written)
    assert not live.poll()
    written.write(garbage__names=marked(1))
    assert live.poll()
    assert live.current == "フライパン版1"
    written.write()
    assert live.poll()
    assert live.current == "フライパン"
    assert live.health() == {"ok": True, "version": knowledge().version, "refused": []}


def test_a_revision_that_cannot_be_used_keeps_the_old_content_and_is_named() -> None:
    """File and line of a broken revision stand in the health until another one heals it."""
    written = Written()
    live = LiveContent(content(), names_of, written)
    written.write(garbage__items=None, collection__days="id,area\n")
    assert not live.poll()
    assert live.current == "フライパン"
    assert not live.health()["ok"]
    assert "collection/days.csv:1: unknown column area" in str(live.health()["refused"])
    assert "garbage/items.csv:0: the file is missing" in str(live.health()["refused"])
    written.write(garbage__names=marked(2))
    assert live.poll()
    assert live.health()["ok"]


def test_revisions_that_cannot_be_read_leave_all_as_it_is_and_heal(tmp_path: Path) -> None:
    """While the database is away the content stays; afterwards nothing needs to be done."""
    written = Written()
    live = LiveContent(content(), names_of, written)
    written.write(garbage__names=marked(3))
    written.broken = True
    assert not live.poll()
    assert "StoreError" in str(live.health()["refused"])
    written.broken = False
    assert live.poll()
    assert (live.current, live.health()["ok"]) == ("フライパン版3", True)


def test_the_version_counts_what_stands_over_the_files() -> None:
    """Other bytes are another version; bytes as on disk are the same one."""
    same = {DAYS: (content() / DAYS).read_bytes()}
    assert fingerprint(content(), same) == knowledge().version
    changed = load(content(), {DAYS: same[DAYS] + b"\n"})
    assert changed.version != knowledge().version
    assert changed.lexicon == knowledge().lexicon
    assert load(content(), {NAMES: marked(1).encode()}).lexicon != knowledge().lexicon


@pytest.fixture
def webs(store_url: str, practice: Practice) -> Iterator[list[Web]]:
    """Two web processes on one database; LINE calls the first."""
    ports = []
    for _ in range(2):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            ports.append(probe.getsockname()[1])
    webs = [Web(port, store_url, practice) for port in ports]
    practice.put("/emulator/webhook", {"url": f"{webs[0].address}/webhook", "redelivery": True})
    for web in webs:
        web.start()
    yield webs
    for web in webs:
        web.kill()


def _content(web: Web) -> dict[str, Any]:
    try:
        answer = urllib3.request("GET", f"{web.address}/healthz", retries=False)
    except urllib3.exceptions.HTTPError:
        return {"version": None, "ok": False}
    health: dict[str, Any] = json.loads(answer.data)["content"]
    return health


def _all_at(webs: list[Web], version: str, *, ok: bool = True) -> None:
    def there() -> bool:
        return all((one["version"], one["ok"]) == (version, ok) for one in map(_content, webs))

    until(there, f"version {version} everywhere")


def test_every_process_follows_and_a_crash_in_between_loses_nothing(
    webs: list[Web], store_url: str, practice: Practice
) -> None:
    """Two processes take over what a third one wrote; one that dies before it did so starts with it."""
    _all_at(webs, knowledge().version)
    database, clock = Database(store_url), Clock()

    def publish(files: dict[str, str | None]) -> str:
        place = LivePlace(database, content(), clock)
        place.publish(Change("items", "names", "ann", "bob", files))
        return fingerprint(content(), place.overlay())

    first = publish({TOWNS: (content() / TOWNS).read_text(encoding="utf-8") + "\n"})
    _all_at(webs, first)

    webs[1].kill()
    second = publish({DAYS: (content() / DAYS).read_text(encoding="utf-8") + "\n"})
    webs[1].start()
    _all_at(webs, second)

    publish({"collection/changes.csv": "broken"})  # no command would: the check before it is gone around here
    _all_at(webs, second, ok=False)
    place = LivePlace(database, content(), clock)
    place.undo(place.history()[-1], "bob")
    _all_at(webs, second)
    place = LivePlace(database, content(), clock)
    place.undo(place.history()[1], "bob")
    _all_at(webs, first)
    assert database.read(partial(revisions.in_force, without=1)) == {}
    database.close()
