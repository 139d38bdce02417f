"""A bot in the pattern of the SDK's own Flask example: everything happens inside the webhook's request."""

from __future__ import annotations

import os
from collections.abc import Callable

from flask import Flask, abort, request
from linebot.v3 import WebhookHandler
from linebot.v3.exceptions import InvalidSignatureError
from linebot.v3.messaging import ApiClient, Configuration, MessagingApi, ReplyMessageRequest, TextMessage
from linebot.v3.webhooks import MessageEvent, TextMessageContent


def create(replies: bool) -> Flask:
    """Return the app. With `replies` it answers each text with the same text, else it only reads it."""
    app = Flask(__name__)
    handler = WebhookHandler(os.environ["LINE_CHANNEL_SECRET"])
    handler.add(MessageEvent, message=TextMessageContent)(_replying() if replies else _ignoring)

    @app.get("/")
    def here() -> str:
        return "here"

    @app.post("/webhook")
    def webhook() -> str:
        try:
            handler.handle(request.get_data(as_text=True), request.headers["X-Line-Signature"])
        except InvalidSignatureError:
            abort(400)
        return "OK"

    return app


def _ignoring(_event: MessageEvent) -> None:
    """Do nothing: what is left is the price of the request and of reading it."""


def _replying() -> Callable[[MessageEvent], None]:
    configuration = Configuration(
        host=os.environ["LINE_API_BASE"], access_token=os.environ["LINE_CHANNEL_ACCESS_TOKEN"]
    )

    def reply(event: MessageEvent) -> None:
        with ApiClient(configuration) as client:
            words = [TextMessage(text=event.message.text)]
            MessagingApi(client).reply_message(
                ReplyMessageRequest(reply_token=event.reply_token, messages=words)
            )

    return reply
