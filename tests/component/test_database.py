"""Writes that share a commit, wait for others, or do not make it in time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import text

from bot.store import counts
from bot.store.database import Connection, Database, StoreError
from bot.store.models import unanswered
from tests.component.locks import locked
from tests.component.rows import rows

DAY = date(2026, 11, 24)


def _ask(question: str) -> Callable[[Connection], str]:
    def work(connection: Connection) -> str:
        counts.add_unanswered(connection, DAY, "ja", question)
        if question.startswith("bad"):
            raise LookupError(question)
        return question.upper()

    return work


def test_each_writer_gets_its_own_result_or_its_own_error(database: Database) -> None:
    """Changes that share a commit fail alone: the others stay, and everyone hears about their own."""

    def write(question: str) -> object:
        try:
            return database.write(_ask(question))
        except LookupError as error:
            return error.args[0]

    questions = [f"{'bad' if number % 3 == 0 else 'good'} {number}" for number in range(60)]
    with ThreadPoolExecutor(16) as pool:
        results = list(pool.map(write, questions))
    assert results == [one if one.startswith("bad") else one.upper() for one in questions]
    kept = {row["question"] for row in rows(database, unanswered)}
    assert kept == {one for one in questions if one.startswith("good")}


def test_a_locked_database_is_reported_and_used_again_afterwards(database: Database, store_url: str) -> None:
    """Whoever cannot commit in time gets a StoreError; when the lock is gone, writing goes on."""
    with locked(store_url):
        with pytest.raises(StoreError):
            database.write(_ask("late"), timeout=0.2)
        assert not database.healthy(0.2) or "postgres" in store_url  # there the lock holds one table only
    assert database.write(_ask("soon"), timeout=30) == "SOON"
    assert database.healthy()


def test_many_slow_statements_do_not_add_up(postgres_store_url: str) -> None:
    """Each within its own limit: whoever has a deadline hears in time, while the database is still at it."""

    def slowly(connection: Connection) -> None:
        for _ in range(10):
            connection.execute(text("SELECT pg_sleep(0.8)"))

    database = Database(postgres_store_url)
    with pytest.raises(StoreError):
        database.write(slowly, timeout=1.2)
    busy = text(
        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND state = 'active'"
    )
    assert database.read(lambda connection: connection.execute(busy).scalar()) == 1
    database.close()


def test_errors_of_the_database_show_no_values(database: Database) -> None:
    """What a citizen wrote is never part of an error."""

    def work(connection: Connection) -> None:
        connection.execute(text("SELECT * FROM nowhere WHERE a = :a"), {"a": "秘密"})

    for call in (database.read, database.write):
        with pytest.raises(StoreError) as caught:
            call(work)
        assert "秘密" not in str(caught.value)
        assert caught.value.__suppress_context__


def test_sqlite_keeps_its_word_after_a_power_cut(sqlite_store_url: str) -> None:
    """The journal is a write-ahead log and every commit is flushed to disk."""
    database = Database(sqlite_store_url)
    modes = database.write(
        lambda connection: [
            connection.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "synchronous")
        ]
    )
    assert modes == ["wal", 2]
    database.close()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://host/name"])
def test_a_database_that_keeps_nothing_is_refused(url: str) -> None:
    """Only a file or PostgreSQL can hold what must not be lost."""
    with pytest.raises(ValueError, match="DATABASE_URL"):
        Database(url)
