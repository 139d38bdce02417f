"""What a person may do to an order, in the program and on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.commands.deliveries import command
from bot.delivery import staff
from bot.lifecycle import Order
from bot.store import orders
from bot.store.database import Database
from bot.store.moments import SECOND
from tests.component.sending import delivered, dispatcher, ended, followers, look, now, place, slow
from tests.component.waiting import until
from tests.emulator_process import Practice


def test_a_stop_is_obeyed_within_a_second(database: Database, practice: Practice) -> None:
    """Nothing leaves later than a second after the stop; who got it and who did not adds up."""
    followers(database, 30_000)
    order_id = place(database)
    one = dispatcher(database, practice, tempo=slow(20))
    one.tick()
    until(lambda: look(database, order_id).accepted > 2000, "the sending")
    stopped = practice.get("/emulator/clock")["now"]
    assert database.write(lambda c: staff.stop(c, order_id, "mori", now())) is None
    order = ended(database, order_id)
    one.stop()
    assert (order.status, order.note) == (Order.STOPPED, "stopped")
    assert order.accepted == len(delivered(practice)) < 30_000
    assert order.accepted + order.cancelled == 30_000
    late = [c["at"] for c in practice.get("/emulator/ledger?kind=multicast")["entries"] if c["at"] > stopped]
    assert len(late) <= 20


def test_a_hold_keeps_what_did_not_leave_until_it_goes_on(database: Database, practice: Practice) -> None:
    """Held in the middle and let go on, everybody gets it once."""
    followers(database, 12_000)
    order_id = place(database)
    one = dispatcher(database, practice, tempo=slow(20))
    one.tick()
    until(lambda: look(database, order_id).accepted > 1000, "the sending")
    database.write(lambda c: staff.hold(c, order_id, "mori", now()))
    until(lambda: look(database, order_id).accepted == len(delivered(practice)), "the calls on their way")
    held = look(database, order_id)
    assert (held.status, held.note, held.accepted < 12_000) == (Order.HELD, "held", True)
    assert database.write(lambda c: staff.resume(c, order_id, "mori", now())) is Order.SENDING
    two = dispatcher(database, practice, owner="worker-2")
    one.stop()
    assert ended(database, order_id, two).status is Order.SENT
    two.stop()
    assert set(delivered(practice).values()) == {1}


def test_staff_can_only_do_what_the_table_allows(database: Database, practice: Practice) -> None:
    """A waiting order is cancelled at once; what is over stays over; each refusal says why."""
    followers(database, 600)
    planned = place(database, due_at=now() + 30 * SECOND)
    dispatcher(database, practice).work()
    assert database.write(lambda c: staff.stop(c, planned, "mori", now())) is Order.CANCELLED
    order = look(database, planned)
    assert (order.status, order.cancelled, order.recipients) == (Order.CANCELLED, 600, 600)
    for act in (staff.stop, staff.cancel, staff.resume):
        with pytest.raises(staff.NotPossible, match="status"):
            database.write(lambda c, act=act: act(c, planned, "mori", now()))
        with pytest.raises(staff.NotPossible, match="unknown"):
            database.write(lambda c, act=act: act(c, 999, "mori", now()))


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The environment of an operator, but for the database."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SECRET_KEY", "k" * 32)
    monkeypatch.setenv("LINE_CHANNEL_SECRET", "s" * 32)
    monkeypatch.setenv("LINE_CHANNEL_ACCESS_TOKEN", "t" * 40)
    monkeypatch.setenv("CONTENT_DIR", str(tmp_path))


def deliveries(store_url: str, *words: str) -> Result:
    """Run `python -m bot deliveries …` on a database."""
    return CliRunner(env={"DATABASE_URL": store_url}).invoke(command, words)


@pytest.mark.usefixtures("settings")
def test_the_command_line_shows_stops_and_resumes(store_url: str) -> None:
    """Each word does its one thing, says so in a sentence, and leaves a line in the audit."""
    database = Database(store_url)
    order_id = str(place(database, "first", note="ordered by hand"))
    held = place(database, "second")
    database.write(lambda c: orders.step(c, held, Order.SCHEDULED, Order.HELD, now(), note="quota_short 3"))
    listed = deliveries(store_url, "list")
    assert [line.split()[:2] for line in listed.stdout.splitlines()] == [
        [str(held), "held"],
        [order_id, "scheduled"],
    ]
    resumed = deliveries(store_url, "resume", str(held), "--note", "more quota")
    assert resumed.stdout == "Resumed; it is scheduled now.\n"
    stopped = deliveries(store_url, "stop", order_id, "--note", "wrong date")
    assert stopped.stdout == "Cancelled; nothing was sent.\n"
    facts = json.loads(deliveries(store_url, "show", order_id, "--json").stdout)
    assert (facts["status"], facts["key"], facts["troubled"]) == ("cancelled", "first", [])
    assert [(line["what"], line["note"]) for line in facts["audit"]] == [
        ("created", "ordered by hand"),
        ("cancelled", "wrong date"),
    ]
    refused = deliveries(store_url, "stop", order_id)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == "Error: This cannot be done to an order that is cancelled.\n"
    database.close()


@pytest.mark.usefixtures("settings")
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("show", "99"), "There is no send order with this number."),
        (("resume", "1"), "This cannot be done to an order that is scheduled."),
        (("mark", "1", "0", "--arrived"), "Say with --note how this was found out."),
        (("mark", "1", "0", "--arrived", "--note", "x"), "This batch is not unsure; `deliveries show` lists"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    sqlite_store_url: str, words: tuple[str, ...], sentence: str
) -> None:
    """On standard error, with exit code 1, and nothing changes."""
    database = Database(sqlite_store_url)
    order_id = place(database)
    done = deliveries(sqlite_store_url, *words)
    assert done.exit_code == 1
    assert done.stderr.startswith(f"Error: {sentence}")
    assert look(database, order_id).version == 1
    database.close()


@pytest.mark.usefixtures("settings")
def test_a_database_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    """Nothing is created by a command that only looks."""
    done = deliveries(f"sqlite:///{tmp_path / 'none.db'}", "list")
    assert done.exit_code == 1
    assert "run `python -m bot migrate` first" in done.stderr
