"""What a staff member's browser holds: one signed cookie with a session's token and the way to go."""

from __future__ import annotations

from typing import Final

from flask import Flask, request, session

from bot.console.desk import Desk
from bot.console.gate import inside

_SYSTEMS: Final = ("iPhone", "iPad", "Android", "Windows", "Mac OS", "CrOS", "Linux")
_BROWSERS: Final = {
    "Edg": "Edge", "Firefox": "Firefox", "FxiOS": "Firefox", "CriOS": "Chrome", "Chrome": "Chrome",
    "Safari": "Safari",
}  # fmt: skip
"""What a browser calls itself -> what people call it, in the order to look in: most name others too."""


def prepare(app: Flask, desk: Desk) -> None:
    """Tell Flask how cookies and forms are guarded."""
    app.secret_key = desk.key
    app.config.update(
        # `__Host-` binds the cookie to this very host; browsers take it over https only.
        SESSION_COOKIE_NAME="awamado" if desk.practice else "__Host-awamado",
        SESSION_COOKIE_SECURE=not desk.practice,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        WTF_CSRF_CHECK_DEFAULT=False,  # the gate checks; LINE's webhook is signed and has no cookie
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a text may take a morning
        WTF_CSRF_SSL_STRICT=False,  # we send no Referer, and some offices' proxies cut it off
    )


def remember(token: str) -> None:
    """Hold the token of a new session, and nothing that was there before but language and way."""
    kept = {name: session[name] for name in ("language", "next") if name in session}
    session.clear()
    session.update(kept, token=token)


def renew(token: str) -> None:
    """Hold another token of the same session; open forms stay good."""
    session["token"] = token


def forget() -> None:
    """Hold nothing any more but the language."""
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language


def note_way(address: str | None) -> None:
    """Hold the page to go to after signing in; whatever is not ours is dropped."""
    if ours := inside(address):
        session["next"] = ours


def way_on() -> str | None:
    """Return the page to go to after signing in, once."""
    return inside(session.pop("next", None))


def described() -> str:
    """Return the present browser in two words, so that people know it in their list: `Chrome, Windows`."""
    agent = request.user_agent.string
    browser = next((name for mark, name in _BROWSERS.items() if mark in agent), "?")
    return f"{browser}, {next((name for name in _SYSTEMS if name in agent), '?')}"
