"""LINE's own SDK pointed at the practice LINE, and the few phrases the tests say with it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from linebot.v3.messaging import (
    ApiClient,
    ApiException,
    Configuration,
    MessagingApi,
    ReplyMessageRequest,
    TextMessage,
)

from tests.emulator_process import Practice

HELLO = [TextMessage(text="こんにちは")]


def client(emulator: Practice, token: str) -> MessagingApi:
    """Return an SDK client with this token that never retries by itself."""
    configuration = Configuration(host=emulator.base_url, access_token=token)
    configuration.retries = False
    return MessagingApi(ApiClient(configuration))


def words(error: pytest.ExceptionInfo[ApiException]) -> tuple[int, str]:
    """Return (status, LINE's message) of a refusal."""
    return error.value.status, json.loads(error.value.body)["message"]


def ask(emulator: Practice, user: str) -> str:
    """Let somebody write; return the reply token."""
    token: str = emulator.event(user, type="text", text="電池")["event"]["replyToken"]
    return token


def reply(line: MessagingApi, token: str) -> Any:
    """Answer with one text."""
    return line.reply_message(ReplyMessageRequest(replyToken=token, messages=HELLO))


def later(emulator: Practice, seconds: float) -> None:
    """Move the emulator's clock on."""
    emulator.put("/emulator/clock", {"advance_seconds": seconds})
