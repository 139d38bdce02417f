"""One emulator for all contract tests, emptied before each of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from linebot.v3.messaging import MessagingApi

from tests.contract.listening_bot import ListeningBot
from tests.contract.sdk import client
from tests.emulator_process import Practice, start_emulator


@pytest.fixture(scope="session")
def running() -> Iterator[Practice]:
    """Return the emulator of this test session."""
    practice = start_emulator()
    yield practice
    practice.stop()


@pytest.fixture
def emulator(running: Practice) -> Practice:
    """Return the emulator as freshly started, without a webhook."""
    running.put("/emulator/webhook", {"url": None, "redelivery": True, "redelivery_after": [0, 0, 0]})
    running.reset()
    return running


@pytest.fixture
def bot(emulator: Practice) -> Iterator[ListeningBot]:
    """Return a bot that the emulator's webhooks go to."""
    with ListeningBot() as listening:
        emulator.put("/emulator/webhook", {"url": listening.url})
        yield listening


@pytest.fixture
def line(emulator: Practice) -> MessagingApi:
    """Return the SDK's client, pointed at the emulator."""
    return client(emulator, emulator.token)
