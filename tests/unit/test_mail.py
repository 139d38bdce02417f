"""Mails are handed to a server: whole, under TLS beyond this machine, one failure never another's."""

from __future__ import annotations

import base64
import socketserver
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from bot import mail
from bot.mail import Letter, Post

AT = datetime(2026, 11, 24, 3, tzinfo=UTC)
SENDER = "bot@example.org"


def letter(to: str = "tanaka@example.jp", subject: str = "承認待ち：おはなし会") -> Letter:
    return Letter("staff-7-1", to, subject, "「おはなし会」が承認待ちです。\nhttps://bot.example/", AT)


class Talk(socketserver.StreamRequestHandler):
    """A mail server that knows no TLS, takes any password, and nobody whose name begins with "nobody"."""

    server: Server

    def handle(self) -> None:
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            self.server.heard.append(line)
            self.answer(line)

    def answer(self, line: str) -> None:
        word = line.split()[0].upper()
        if word == "EHLO":
            self.say("250-here", "250 AUTH PLAIN")
        elif word == "DATA":
            self.say("354 go on")
            self.server.taken.append(self.data())
            self.say("250 taken")
        elif "TO:<nobody" in line:
            self.say("550 nobody")
        else:
            self.say({"AUTH": "235 welcome", "QUIT": "221 bye"}.get(word, "250 well"))

    def say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())

    def data(self) -> EmailMessage:
        lines = iter(self.rfile.readline, b".\r\n")
        return message_from_bytes(b"".join(lines), policy=policy.default)


class Server(socketserver.ThreadingTCPServer):
    """Keeps the lines it heard and the mails it took."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.heard: list[str] = []
        self.taken: list[EmailMessage] = []


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        threading.Thread(target=running.serve_forever, args=[0.01], daemon=True).start()
        yield running
        running.shutdown()


def post(server: Server, user: str = "") -> Post:
    return Post(f"smtp://{user}127.0.0.1:{server.server_address[1]}", SENDER)


def test_a_letter_arrives_whole(server: Server) -> None:
    """Japanese stays Japanese, in head and text; the sender logs in with the password as it really is."""
    assert list(post(server, "bot:p%40ss@").send([letter()])) == [(letter(), None)]
    (taken,) = server.taken
    assert (taken["From"], taken["To"], taken["Subject"]) == (SENDER, letter().to, letter().subject)
    assert taken.get_content().strip() == letter().text
    assert taken["Message-ID"] == "<staff-7-1@example.org>"
    assert taken["Date"].datetime == AT
    login = next(line for line in server.heard if line.startswith("AUTH"))
    assert base64.b64decode(login.split()[-1]) == b"\0bot\0p@ss"


def test_one_refused_reader_costs_no_other_a_mail(server: Server) -> None:
    """Its failure is named, without an address; the others go, in the same connection."""
    told = post(server).send([letter(), letter("nobody@example.jp"), letter("sato@example.jp")])
    assert [failure for _, failure in told] == [None, "SMTPRecipientsRefused", None]
    assert [taken["To"] for taken in server.taken] == ["tanaka@example.jp", "sato@example.jp"]
    assert len([line for line in server.heard if line.startswith("ehlo")]) == 1


@pytest.mark.parametrize(
    "odd", [letter(subject="a\r\nBcc: x@example.org"), letter("a@example.jp\nBcc: x@example.org")]
)
def test_a_line_break_never_becomes_a_header(odd: Letter, server: Server) -> None:
    """Such a mail is refused before the server hears of it."""
    assert [failure for _, failure in post(server).send([odd])] == ["ValueError"]
    assert server.taken == []


def test_no_server_without_tls_hears_a_password(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond this machine a server that offers no TLS gets neither password nor mail."""
    monkeypatch.setattr(mail, "loopback", lambda _host: False)
    told = list(post(server, "bot:secret@").send([letter(), letter()]))
    assert [failure for _, failure in told] == ["SMTPNotSupportedError"] * 2
    assert [line for line in server.heard if not line.startswith("ehlo")] == []


def test_a_server_that_is_not_there_keeps_every_mail_waiting(server: Server) -> None:
    """Each one is said to have failed."""
    away = post(server)
    server.shutdown()
    server.server_close()
    assert [failure for _, failure in away.send([letter(), letter()])] == ["ConnectionRefusedError"] * 2
