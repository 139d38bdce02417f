"""The console with staff in it, for tests: who signs in with what, and a clock that can be moved."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html import unescape
from ipaddress import ip_network

import pyotp
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.app import create_app
from bot.clock import Clock
from bot.console.access import accounts
from bot.console.access.roles import Role
from bot.console.desk import Desk
from bot.services import Services
from bot.store.database import Database
from bot.wiring import build_runner

PASSWORD = "kaze no tani 42 mame"  # what everybody here chooses


class MovedClock(Clock):
    """The real time, moved by as much as a test wants."""

    def __init__(self) -> None:
        self.shift = timedelta()

    def now(self) -> datetime:
        return super().now() + self.shift

    def forward(self, **by: float) -> None:
        self.shift += timedelta(**by)


@dataclass
class Office:
    """One console over one database."""

    app: Flask
    desk: Desk
    clock: MovedClock

    @classmethod
    def of(cls, services: Services, url: str, **settings: object) -> Office:
        networks = settings.pop("console_networks", ())
        changed = services.settings.model_copy(
            update={**settings, "console_networks": tuple(map(ip_network, networks))}  # type: ignore[arg-type]
        )
        services = replace(services, settings=changed, database=Database(url))
        app = create_app(services, build_runner(services))
        app.testing = True
        clock = MovedClock()
        app.extensions["console"] = replace(app.extensions["console"], clock=clock)
        return cls(app, app.extensions["console"], clock)

    @property
    def database(self) -> Database:
        return self.desk.services.database

    def add(self, name: str, role: Role = Role.WRITER) -> str:
        """Add an account; return its one-time password."""
        return accounts.add(self.database, self.desk.deed("(test)"), name, role)

    def browser(self, **more: str) -> Browser:
        """Return a browser that has been nowhere yet."""
        return Browser(self.app.test_client(), self, more)

    def member(self, name: str, role: Role = Role.WRITER) -> Browser:
        """Return the browser of somebody who has signed in for the first time just now."""
        browser = self.browser()
        browser.first_sign_in(name, self.add(name, role))
        return browser


class Browser:
    """Somebody's browser: fills in forms as people do, and keeps the secret of the authenticator."""

    def __init__(self, client: FlaskClient, office: Office, more: dict[str, str]) -> None:
        self.client = client
        self.office = office
        self.secret = ""
        self.codes: list[str] = []
        practice = office.desk.practice
        self.base = {
            "base_url": "http://localhost" if practice else "https://console.example",
            "headers": {"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/150", **more},
        }

    def get(self, path: str, **more: object) -> TestResponse:
        return self.client.get(f"/console/{path}", **{**self.base, **more})

    def post(self, path: str, form_on: str | None = None, **fields: str) -> TestResponse:
        """Open the page with the form (the same address, or `form_on`), fill it in, send it."""
        page = self.get(path if form_on is None else form_on)
        assert page.status_code == 200, (path, page.status_code, page.headers.get("Location"))
        return self.send(path, {"csrf_token": token_in(page), **fields})

    def send(self, path: str, data: dict[str, str]) -> TestResponse:
        """Send a form as it is."""
        return self.client.post(f"/console/{path}", data=data, **self.base)

    def code(self) -> str:
        """Return a code that has not been used: the clock goes on by half a minute first."""
        self.office.clock.forward(seconds=30)
        return pyotp.TOTP(self.secret).at(self.office.clock.now())

    def give_password(self, name: str, password: str) -> TestResponse:
        return self.post("sign-in", name=name, password=password)

    def first_sign_in(self, name: str, one_time: str) -> TestResponse:
        """Take every step of a first sign-in; return the page with the recovery codes."""
        self.give_password(name, one_time)
        self.post("first/password", new=PASSWORD, again=PASSWORD)
        self.secret = secret_in(self.get("first/authenticator"))
        page = self.post("first/authenticator", code=self.code())
        self.codes = re.findall(r"<li><code>([^<]+)</code>", page.text)
        return page

    def sign_in(self, name: str) -> TestResponse:
        """Sign in with password and code; return where that led."""
        self.give_password(name, PASSWORD)
        return self.post("sign-in/code", code=self.code())

    @property
    def signed_in(self) -> bool:
        return self.get("").status_code == 200


def token_in(page: TestResponse) -> str:
    """Return what makes the first form of a page genuine."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found, page.text
    return found[1]


def secret_in(page: TestResponse) -> str:
    """Return the secret that a page shows as text."""
    found = re.search(r'<code id="secret">([^<]+)</code>', page.text)
    assert found, page.text
    return found[1].replace(" ", "")


def said(page: TestResponse) -> str:
    """Return the text of a page without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text.partition("<main")[2])).split())
