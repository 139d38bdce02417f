"""The smallest bot there can be: Flask and the SDK imported, nothing done with either."""

from __future__ import annotations

import linebot.v3.messaging  # noqa: F401  # every bot on the SDK pays for this import
from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello() -> str:
    """Answer anybody."""
    return "hello"
