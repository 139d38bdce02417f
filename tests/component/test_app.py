"""The web application as a whole: how it says that it is well, what it shows, what it never shows."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from bot.answers.taps import Tap
from bot.app import begin, create_app, end
from bot.clock import Clock
from bot.language.tags import TAGS
from bot.settings import load_settings
from bot.store.identity import OtherChannel
from bot.store.migrate import upgrade
from bot.store.models import people
from bot.wiring import NotReady, build_runner, build_services, open_database
from tests.component.conftest import served
from tests.component.locks import locked
from tests.component.rows import rows
from tests.component.waiting import until
from tests.emulator_process import Practice
from tests.small import content, knowledge

ROOT = Path(__file__).resolve().parents[2]


def tell(patch: pytest.MonkeyPatch, database_url: str, practice: Practice) -> None:
    """Set what the bot is told by its environment."""
    for name, value in {
        "DATABASE_URL": database_url,
        "SECRET_KEY": "k" * 32,
        "LINE_CHANNEL_SECRET": practice.secret,
        "LINE_CHANNEL_ACCESS_TOKEN": practice.token,
        "LINE_API_BASE": practice.base_url,
        "CONTENT_DIR": str(content()),
    }.items():
        patch.setenv(name, value)


@contextmanager
def at_work(database_url: str, practice: Practice) -> Iterator[Flask]:
    """The real application, from the environment on."""
    with pytest.MonkeyPatch.context() as patch:
        tell(patch, database_url, practice)
        services = build_services(load_settings(None), "web")
    app = create_app(services, build_runner(services))
    begin(app)
    yield app
    end(app)


@pytest.fixture(scope="module")
def shown(
    migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory, practice_line: Practice
) -> Iterator[Flask]:
    """One application for all tests that only look at pages: loading the content takes a while."""
    path = tmp_path_factory.mktemp("shown") / "store.db"
    shutil.copy(migrated_sqlite, path)
    with at_work(f"sqlite:///{path}", practice_line) as app:
        yield app


def test_it_says_that_it_is_well(store_url: str, practice: Practice) -> None:
    """200 with every part; LINE is not asked."""
    with at_work(store_url, practice) as app:
        answer = app.test_client().get("/healthz")
    assert answer.status_code == 200
    assert answer.json == {
        "ok": True,
        "mode": "practice",
        "database": {"ok": True, "oldest_open_seconds": None},
        "content": {"ok": True, "version": knowledge().version, "refused": []},
        "line": {"ok": True},
        "calendar": {"ok": True},
    }
    assert practice.get("/emulator/ledger")["entries"] == []


def test_what_is_ill_shows(sqlite_store_url: str, practice: Practice) -> None:
    """A refused token stands in the JSON only; where nothing can be kept, the status is 503."""
    practice.put("/emulator/faults", {"reply": {"mode": "401"}})
    with at_work(sqlite_store_url, practice) as app, served(app, practice):
        practice.event(practice.person(), type="text", text="電池")
        client = app.test_client()
        until(lambda: not client.get("/healthz").json["line"]["ok"], "the refusal shows")  # type: ignore[index]
        answer = client.get("/healthz")
        assert (answer.status_code, answer.json["ok"]) == (200, False)  # type: ignore[index]
        with locked(sqlite_store_url):
            until(lambda: client.get("/healthz").status_code == 503, "503")


def test_asking_often_does_not_write_often(sqlite_store_url: str, practice: Practice) -> None:
    """What was found out less than a second ago stands."""
    with at_work(sqlite_store_url, practice) as app:
        client = app.test_client()
        database = app.extensions["awamado"].services.database
        writes = []
        whole = database.write
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(database, "write", lambda *order: writes.append(1) or whole(*order))
            health = [client.get("/healthz").status_code for _ in range(20)]
    assert set(health) == {200}
    assert len(writes) < 20


def test_a_day_picked_in_a_calendar_is_remembered(store_url: str, practice: Practice) -> None:
    """From the phone's calendar to the last day of a stay."""
    day = (Clock().today() + timedelta(days=3)).isoformat()
    with at_work(store_url, practice) as app, served(app, practice):
        order = {"type": "postback", "data": Tap("stay").encode(), "params": {"date": day}}
        practice.event(practice.person(), **order)
        practice.ledger("reply")
        (person,) = rows(app.extensions["awamado"].services.database, people)
    assert person["visitor_until"].isoformat() == day


def test_the_front_page_says_what_this_is_and_which_world(shown: Flask) -> None:
    """Japanese and English, practice with the city's name on every page, nothing that cannot be asked yet."""
    for path in ("/", "/nowhere"):
        page = shown.test_client().get(path).get_data(as_text=True)
        assert "練習 / Practice · 徳島市 / Tokushima City" in page
        assert "本番" not in page
    front = shown.test_client().get("/").get_data(as_text=True)
    for words in ("ごみの出し方", "garbage", "マイナンバーカード", "My Number card"):
        assert words in front
    for early in ("収集日", "collection day"):
        assert early not in front
    assert all(f'href="/feeds/{tag}.{kind}"' in front for tag in TAGS for kind in ("atom", "json"))


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/nowhere", 404), ("GET", "/webhook", 405)])
def test_what_cannot_be_done_is_said_calmly(shown: Flask, method: str, path: str, status: int) -> None:
    """An error page speaks Japanese and English and gives nothing away."""
    answer = shown.test_client().open(path, method=method)
    assert answer.status_code == status
    page = answer.get_data(as_text=True)
    assert "ページ" in page
    assert "page" in page
    assert "werkzeug" not in page.lower()


def test_an_error_of_ours_shows_no_trace(shown: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever breaks, a reader sees a sentence."""

    def broken() -> str:
        raise RuntimeError("秘密")

    monkeypatch.setitem(shown.view_functions, "front", broken)
    answer = shown.test_client().get("/")
    assert answer.status_code == 500
    page = answer.get_data(as_text=True)
    assert "Something went wrong" in page
    for hidden in ("秘密", "Traceback", "RuntimeError"):
        assert hidden not in page


def test_every_answer_carries_the_safe_headers(shown: Flask) -> None:
    """No script, no frame, no guessing of types, on pages and errors alike."""
    for path in ("/", "/healthz", "/nowhere"):
        headers = shown.test_client().get(path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"


def test_a_database_of_another_channel_is_refused(
    store_url: str, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once used with one channel, it is not used with another by mistake."""
    tell(monkeypatch, store_url, practice)
    open_database(load_settings(None), "web").close()
    monkeypatch.setenv("LINE_CHANNEL_SECRET", "0" * 32)
    with pytest.raises(OtherChannel):
        open_database(load_settings(None), "web")


def test_an_empty_database_is_refused_with_what_to_do(
    database_url: str, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sentence names the command; after it, all is well."""
    tell(monkeypatch, database_url, practice)
    with pytest.raises(NotReady, match="python -m bot migrate"):
        open_database(load_settings(None), "web")
    upgrade(database_url)
    open_database(load_settings(None), "web").close()


def test_the_web_stops_with_one_sentence_when_it_cannot_start(
    sqlite_url: str, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No trace, and the exit code that keeps the web server from trying for ever."""
    tell(monkeypatch, sqlite_url, practice)
    ended = subprocess.run(
        [sys.executable, "-c", "import bot.wsgi"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 4
    assert "python -m bot migrate" in ended.stderr
    assert "Traceback" not in ended.stderr
