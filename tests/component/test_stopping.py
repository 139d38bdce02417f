"""A process that stops hands over everything that it could not answer."""

import socket
import threading
from collections.abc import Iterator
from datetime import datetime

import pytest

from bot.clock import Clock
from bot.store import inbox as inbox_store
from bot.store.database import Database
from bot.store.inbox import Arrival
from bot.store.models import inbox
from bot.store.moments import micros
from tests.component.conftest import MakeBot
from tests.component.rows import rows
from tests.component.waiting import HANG_GUARD_SECONDS, until
from tests.component.web import Web
from tests.emulator_process import Practice


class Gate(Clock):
    """The real time, for which the sweeper has to wait until the gate is open."""

    def __init__(self) -> None:
        self.waiting, self.open = threading.Event(), threading.Event()

    def now(self) -> datetime:
        if threading.current_thread().name == "inbox-sweeper":
            self.waiting.set()
            self.open.wait(HANG_GUARD_SECONDS)
        return super().now()


def test_what_the_sweeper_is_just_taking_over_is_given_up_too(make_bot: MakeBot) -> None:
    """Otherwise it would be nobody's until its lease has run out."""
    clock = Gate()
    bot = make_bot(clock=clock, running=False)
    now = micros(Clock().now())
    left = Arrival("event-left", "U1", "m1", "token", b"{}", now, now)
    bot.database.write(lambda connection: inbox_store.put(connection, [left], None, now))
    bot.runner.start()
    assert clock.waiting.wait(HANG_GUARD_SECONDS)
    stopper = threading.Thread(target=bot.runner.stop)
    stopper.start()
    until(
        lambda: not any(one.name.startswith("reply-") for one in threading.enumerate()), "reply threads end"
    )
    clock.open.set()
    stopper.join(HANG_GUARD_SECONDS)
    until(lambda: not any(one.name == "inbox-sweeper" for one in threading.enumerate()), "the sweeper ends")
    assert [row["lease_until"] for row in rows(bot.database, inbox)] == [0]


@pytest.fixture
def web(free_port: int, sqlite_store_url: str, practice: Practice) -> Iterator[Web]:
    web = Web(free_port, sqlite_store_url, practice)
    practice.put("/emulator/webhook", {"url": f"{web.address}/webhook", "redelivery": True})
    web.start()
    yield web
    web.kill()


def test_a_slow_caller_does_not_keep_the_web_from_handing_over(
    web: Web, practice: Practice, sqlite_store_url: str, free_port: int
) -> None:
    """The server waits for open calls, then for replies; what is left must do for the hand-over."""
    web.wait_ready(practice)
    practice.put("/emulator/faults", {"reply": {"mode": "accept-then-hang"}})
    practice.event(practice.person(), type="text", text="電池")
    practice.ledger("reply")
    with socket.create_connection(("127.0.0.1", free_port)) as slow:
        slow.sendall(b"POST /webhook HTTP/1.1\r\n")  # and never the rest
        web.stop()
    database = Database(sqlite_store_url)
    assert [row["lease_until"] for row in rows(database, inbox)] == [0]
    database.close()
