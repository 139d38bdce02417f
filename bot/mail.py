"""Hands mails to the city's mail server; the only module that speaks SMTP."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final
from urllib.parse import unquote, urlsplit

from bot.settings import loopback

SECONDS: Final = 10.0
"""How long the server is waited for at each step."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to one person. `key` is its own: a mail that comes twice has the same Message-ID."""

    key: str
    to: str
    subject: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Post:
    """A mail server and whom its mails are from: SMTP_URL and MAIL_FROM, as the settings checked them."""

    url: str
    sender: str

    def send(self, letters: Iterable[Letter]) -> Iterator[tuple[Letter, str | None]]:
        """Hand letters over in one connection, as they are asked for.

        Yields each with None once the server took it, else with the kind of failure (never an address).
        """
        try:
            server = self._connected()
        except (OSError, ValueError) as failure:  # SMTP's and TLS's own are OSErrors
            yield from ((letter, type(failure).__name__) for letter in letters)
            return
        with (
            suppress(smtplib.SMTPException),
            server,
        ):  # a server that is rude at the end took them all the same
            for letter in letters:
                yield letter, self._failure(server, letter)

    def _connected(self) -> smtplib.SMTP:
        """Return a server that knows us. Beyond this machine nothing is said before TLS."""
        parts = urlsplit(self.url)
        host, context = parts.hostname or "", ssl.create_default_context()
        if parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, parts.port or 465, self._domain, timeout=SECONDS, context=context
            )
        else:
            server = smtplib.SMTP(host, parts.port or 587, self._domain, timeout=SECONDS)
        try:
            if parts.scheme == "smtp" and not loopback(host):
                server.starttls(context=context)
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
        except (OSError, ValueError):
            server.close()
            raise
        return server

    @property
    def _domain(self) -> str:
        return self.sender.partition("@")[2]

    def _failure(self, server: smtplib.SMTP, letter: Letter) -> str | None:
        try:
            server.send_message(self._message(letter))
        except (OSError, ValueError) as failure:
            return type(failure).__name__
        return None

    def _message(self, letter: Letter) -> EmailMessage:
        """Return the mail. Raises ValueError for a line break in a header."""
        message = EmailMessage()
        message["From"], message["To"] = self.sender, letter.to
        message["Subject"] = letter.subject
        message["Date"] = format_datetime(letter.at)
        message["Message-ID"] = f"<{letter.key}@{self._domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text, cte="base64")
        return message
