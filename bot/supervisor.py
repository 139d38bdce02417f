"""`run` on one machine: what to start for practice or for the real LINE, and what to show of it."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import gettempdir
from typing import Final
from urllib.request import Request

from bot import sample_city as sample
from bot.processes import Crew, Part, Stopped, open_loopback, write
from bot.settings import DEFAULT_ENV_FILE, Settings, SettingsProblem, line_account_given, load_settings

ROOT: Final = Path(__file__).resolve().parents[1]
EMULATOR_PORT: Final = 8700
WEB_PORT: Final = 8000


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run: headline for the reader, environment for the processes, what to show when it runs."""

    headline: str
    environment: dict[str, str]
    parts: tuple[Part, ...]
    addresses: tuple[tuple[str, str], ...]
    announce: Callable[[], None] = field(default=lambda: None)
    passwords: Callable[[], list[tuple[str, str]]] = field(default=list)


def plan(env_file: Path = ROOT / DEFAULT_ENV_FILE, sample_city: bool = False) -> Plan:
    """Return the practice plan when no LINE credential is set, the real one otherwise.

    With `sample_city` the practice is that of the made-up city. Raises SettingsProblem when LINE credentials
    are there but the settings as a whole cannot be used, or the made-up city was asked for.
    """
    if line_account_given(env_file, dict(os.environ)):
        if sample_city:
            raise SettingsProblem(["The made-up city is for practice: leave out the LINE credentials."])
        return _live(env_file)
    return _practice(sample_city)


def _live(env_file: Path) -> Plan:
    settings = load_settings(env_file)
    web = f"http://127.0.0.1:{settings.port}"
    return Plan(
        "Awamado is running: 本番 / live",
        {},
        (_web(web), Part("worker", ("jobs",))),
        (*_console(web, settings), ("Health", f"{web}/healthz")),
    )


def _console(web: str, settings: Settings) -> tuple[tuple[str, str], ...]:
    """Return the console's address, unless it is kept to networks: then it may be out of reach from here."""
    return () if settings.console_networks else (("Console", f"{web}/console/"),)


def _practice(sample_city: bool) -> Plan:
    emulator_port = _free_port(EMULATOR_PORT)
    web_port = _free_port(_wanted_port(os.environ.get("PORT", "")))
    line, web = f"http://127.0.0.1:{emulator_port}", f"http://127.0.0.1:{web_port}"
    # A second practice run beside the first has another practice LINE, so it needs another memory.
    name = "sample" if sample_city else "demo"
    database = f"{name}.db" if emulator_port == EMULATOR_PORT else f"{name}-{emulator_port}.db"
    environment = {
        "PORT": str(web_port),
        "DATABASE_URL": f"sqlite:///{ROOT / 'var' / database}",
        "SECRET_KEY": _secret_key(ROOT / "var" / "practice-secret-key"),
        "LINE_CHANNEL_SECRET": "practice-channel-secret",
        "LINE_CHANNEL_ACCESS_TOKEN": "practice-channel-token",
        "LINE_API_BASE": line,
        "LINE_DATA_API_BASE": line,
        "PUBLIC_BASE_URL": web,
        "CONSOLE_NETWORKS": "0.0.0.0/0, ::/0",  # practice listens on this machine only
    }
    if sample_city:
        made = sample.make(ROOT / "content", ROOT / "samples" / "mihon", ROOT / "var")
        environment["CONTENT_DIR"] = str(made)
    emulator = Part("emulator", ("emulator", "--port", str(emulator_port)), f"{line}/emulator/state")
    return Plan(
        "Awamado is running: 練習 / practice, nothing leaves this machine",
        environment,
        (emulator, _web(web), Part("worker", ("jobs",))),
        (("Phone page", f"{line}/"), ("Console", f"{web}/console/"), ("Health", f"{web}/healthz")),
        lambda: _acquaint(line, web, sample_city),
        lambda: _invited(environment["DATABASE_URL"]),
    )


def _acquaint(line: str, web: str, sample_city: bool) -> None:
    """Tell the practice LINE where webhooks go, and whose account this is."""
    _put(f"{line}/emulator/webhook", {"url": f"{web}/webhook", "redelivery": True})
    if sample_city:
        _put(f"{line}/emulator/account", {"name": sample.NAME})


def _web(address: str) -> Part:
    return Part("web", ("gunicorn", "-c", "gunicorn.conf.py", "bot.wsgi:app"), f"{address}/healthz")


@contextmanager
def _turn_to_start() -> Iterator[None]:
    """Hold back a second start on this machine, of any copy, until the first one listens on its ports."""
    file = Path(gettempdir()) / f"awamado-starting-{os.getuid()}.lock"
    lock = os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def run(planned: Callable[[], Plan] = plan) -> int:
    """Migrate, start every part in order, print the addresses, wait. Returns the exit code.

    0 when somebody asked us to stop (Ctrl-C, SIGTERM, closed terminal), 1 when a part did not start or died.
    """
    (ROOT / "var").mkdir(exist_ok=True)
    with ExitStack() as until_it_listens:
        until_it_listens.enter_context(_turn_to_start())
        return _run(planned(), until_it_listens.close)


def _run(work: Plan, started: Callable[[], None]) -> int:
    crew = Crew(ROOT, {**os.environ, **work.environment, "PYTHONUNBUFFERED": "1"})
    for asked in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(asked, lambda *_: crew.ended.put(None))
    try:
        crew.once(Part("migrate", ("bot", "migrate")))
        for part in work.parts:  # one after the other: what is wrong for all of them is said once
            crew.start(part)
            crew.wait_ready(part)
        work.announce()
        for label, address in work.addresses:
            crew.wait_ready(Part(label, (), address))
        _show(work)
        started()
        crew.wait()
    except Stopped as reason:
        if reason.sentence:
            crew.say("run", reason.sentence)
        return 1 if reason.sentence else 0
    finally:
        crew.stop()
    return 0


def _show(work: Plan) -> None:
    width = max(len(label) for label, _ in work.addresses)
    rows = [f"  {label:<{width}}  {address}" for label, address in work.addresses]
    if invited := work.passwords():
        rows += ["", "  Console, first sign-in (name and one-time password):"]
        rows += [f"    {name:<{width}}  {password}" for name, password in invited]
    write("\n".join(["", work.headline, "", *rows, "", "Stop with Ctrl-C.", ""]))


def _invited(database_url: str) -> list[tuple[str, str]]:
    """Return who may try the console, with one-time passwords; only a practice run asks."""
    from bot.clock import Clock  # a live run needs none of these
    from bot.console.access import trainees
    from bot.console.access.accounts import Deed
    from bot.store.audit import CLI
    from bot.store.database import Database
    from bot.store.moments import micros

    now, database = micros(Clock().now()), Database(database_url, "awamado-run")
    try:
        return list(trainees.invite(database, Deed(CLI, now, now)))
    finally:
        database.close()


def _put(address: str, body: dict[str, object]) -> None:
    request = Request(address, json.dumps(body).encode(), {"Content-Type": "application/json"}, method="PUT")  # noqa: S310
    open_loopback(request, timeout=5).close()


def _wanted_port(given: str) -> int:
    """Return the port that the environment asks for, or the usual one."""
    if not given.strip():
        return WEB_PORT
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise SettingsProblem(["PORT must be a whole number from 1 to 65535."])
    return int(given)


def _free_port(preferred: int) -> int:
    """Return the first port from `preferred` on that nothing listens on."""
    for port in range(preferred, min(preferred + 100, 65536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise SettingsProblem([f"No port from {preferred} on is free."])


def _secret_key(file: Path) -> str:
    """Return the key kept in `file`, made at the first run and readable by its owner only."""
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48))
    return file.read_text()
