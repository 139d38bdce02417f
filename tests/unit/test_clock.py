"""The clock knows the time, the city's day, and how far practice has been moved."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import time_machine

from bot.clock import Clock, PracticeClock


class ShiftedWorld(HTTPServer):
    """Answers like the practice LINE's clock; `asked` is set by each question."""

    answer: object = {"shifted_seconds": 0}

    def __init__(self) -> None:
        self.asked = threading.Event()
        super().__init__(("127.0.0.1", 0), _Handler)

    def wait_for_another_question(self) -> None:
        """Return after two more questions, so that the answer to the first was taken in."""
        for _ in range(2):
            self.asked.clear()
            assert self.asked.wait(20)


class _Handler(BaseHTTPRequestHandler):
    server: ShiftedWorld

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/emulator/clock" else 404)
        self.end_headers()
        self.wfile.write(json.dumps(self.server.answer).encode())
        self.server.asked.set()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def world() -> Iterator[ShiftedWorld]:
    server = ShiftedWorld()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
    yield server
    server.shutdown()
    server.server_close()


def shift_of(clock: Clock) -> int:
    return round((clock.now() - Clock().now()) / timedelta(minutes=1))


def test_now_is_aware_and_today_is_the_citys() -> None:
    """At 23:30 in Tokushima it is still the same day, at 00:30 the next, whatever UTC says."""
    with time_machine.travel(datetime(2026, 3, 31, 14, 30, tzinfo=UTC), tick=False):
        assert Clock().now() == datetime(2026, 3, 31, 14, 30, tzinfo=UTC)
        assert Clock().today() == date(2026, 3, 31)
    with time_machine.travel(datetime(2026, 3, 31, 15, 30, tzinfo=UTC), tick=False):
        assert Clock().today() == date(2026, 4, 1)
        assert Clock().today(UTC) == date(2026, 3, 31)


def test_practice_follows_the_emulator(world: ShiftedWorld) -> None:
    """A shift is known from the start, and a later one is followed; running seconds are never shifted."""
    world.answer = {"shifted_seconds": 3600}
    clock = PracticeClock(f"http://127.0.0.1:{world.server_port}", every=0.01)
    assert shift_of(clock) == 60
    world.answer = {"shifted_seconds": -600}
    world.wait_for_another_question()
    assert shift_of(clock) == -10
    assert abs(clock.monotonic() - Clock().monotonic()) < 60
    clock.close()


@pytest.mark.parametrize("nonsense", [{}, [], {"shifted_seconds": "soon"}, {"shifted_seconds": None}])
def test_a_strange_answer_changes_nothing(nonsense: object, world: ShiftedWorld) -> None:
    """While the emulator makes no sense, the last shift stands."""
    world.answer = {"shifted_seconds": 3600}
    clock = PracticeClock(f"http://127.0.0.1:{world.server_port}/", every=0.01)
    world.answer = nonsense
    world.wait_for_another_question()
    assert shift_of(clock) == 60
    clock.close()


def test_without_an_emulator_it_is_the_real_time(free_port: int) -> None:
    """An emulator that is not there yet is no error."""
    clock = PracticeClock(f"http://127.0.0.1:{free_port}")
    assert shift_of(clock) == 0
    clock.close()
