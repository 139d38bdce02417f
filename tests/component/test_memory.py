"""What is kept of people, of questions, and of whose database it is."""

from dataclasses import asdict
from datetime import date
from functools import partial

import pytest

from bot.chat.person import Person
from bot.insights.counting import Count, count
from bot.insights.signals import Kind, Signal, keep
from bot.store import counts, identity, people, signals
from bot.store.database import Database
from bot.store.learning_tables import question_signals
from bot.store.models import question_counts, unanswered
from tests.component.rows import rows

DAY = date(2026, 11, 24)
PERSON = asdict(
    Person("U1", language="en", visitor_until=DAY, offered=("a", "b"), last_answer="x", unknowns=2)
)
del PERSON["wish"], PERSON["notices"]  # reminders and notices have tables of their own


def test_a_person_is_remembered_as_they_were(database: Database) -> None:
    """What is saved comes back the same; a stranger has version 0."""
    assert database.read(lambda connection: people.load(connection, "U1")).version == 0
    database.write(lambda connection: people.save(connection, PERSON, 0, 1))
    assert database.read(lambda connection: people.load(connection, "U1")) == people.Stored(PERSON, 1)


def test_nobody_writes_over_a_change_they_have_not_seen(database: Database) -> None:
    """The second of two changes made from the same look is refused, new people included."""
    database.write(lambda connection: people.save(connection, PERSON, 0, 1))
    for version in (0, 2):
        with pytest.raises(people.Overtaken):
            database.write(lambda connection, seen=version: people.save(connection, PERSON, seen, 1))
    changed = {**PERSON, "language": "ja"}
    database.write(lambda connection: people.save(connection, changed, 1, 1))
    assert database.read(lambda connection: people.load(connection, "U1")).values == changed


def test_questions_are_counted_with_how_long_they_waited(database: Database) -> None:
    """The same question of a day adds up; every wait is in one bucket."""
    for waited in (20, 100, 2_000, 60_000):
        database.write(
            lambda connection, ms=waited: count(connection, Count("garbage", "ja", "answered"), DAY, ms)
        )
    (row,) = rows(database, question_counts)
    assert (row["n"], row["within_100ms"], row["within_3s"], row["slower"]) == (4, 2, 1, 1)


def test_unknown_questions_are_kept_masked_and_for_a_time(database: Database) -> None:
    """Numbers and addresses do not reach the table; texts of past days are deleted."""
    for question, day in (("私は090-1234-5678です", DAY), ("古い", date(2026, 10, 1))):
        database.write(
            lambda connection, one=question, on=day: count(connection, Count("", "ja", "unknown", one), on, 1)
        )
    assert database.write(lambda connection: counts.forget_unanswered(connection, DAY)) == 1
    assert [row["question"] for row in rows(database, unanswered)] == ["私は[number]です"]


def test_what_questions_tell_is_kept_masked_and_for_a_time(database: Database) -> None:
    """By day, language and kind, adding up; nothing personal, nothing too long, and no question no signal."""
    told = [
        (Signal(Kind.CHOSEN, "ja", "びん 090-1234-5678", "garbage:glass-bottle"), DAY),
        (Signal(Kind.CHOSEN, "ja", "びん 090-1234-5678", "garbage:glass-bottle"), DAY),
        (Signal(Kind.NOT_HELPFUL, "en", "old", "garbage:sofa"), date(2026, 10, 1)),
        (Signal(Kind.UNTRANSLATED, "en", target="garbage:sofa"), DAY),
        (Signal(Kind.NONE_OF_THESE, "ja", "あ" * 61), DAY),
        (Signal(Kind.NONE_OF_THESE, "ja", ""), DAY),
    ]
    for signal, day in told:
        database.write(partial(keep, signal=signal, day=day))
    database.write(lambda connection: signals.dismiss(connection, "ja", "びん", at=5, by="ann"))
    assert database.write(lambda connection: signals.forget(connection, DAY, moment=6)) == 2
    kept = [
        (row["kind"], row["question"], row["target"], row["n"]) for row in rows(database, question_signals)
    ]
    assert sorted(kept) == [
        ("chosen", "びん [number]", "garbage:glass-bottle", 2), ("untranslated", "", "garbage:sofa", 1),
    ]  # fmt: skip
    assert database.read(signals.dismissed) == set()


def test_a_long_text_is_counted_but_not_kept(database: Database) -> None:
    """Sixty characters are a question; more is a story with somebody in it."""
    for length in (60, 61):
        asked = Count("", "ja", "unknown", "あ" * length)
        database.write(lambda connection, one=asked: count(connection, one, DAY, 1))
    assert [row["question"] for row in rows(database, unanswered)] == ["あ" * 60]
    assert [row["n"] for row in rows(database, question_counts)] == [2]


def test_a_vote_counts_for_the_answer_voted_on(database: Database) -> None:
    """Its topic names the answer; nothing goes to the unanswered texts."""
    vote = Count("helpful:yes:garbage:frying-pan", "en", "menu")
    database.write(lambda connection: count(connection, vote, DAY, 1))
    assert [row["topic"] for row in rows(database, question_counts)] == ["helpful:yes:garbage:frying-pan"]
    assert rows(database, unanswered) == []


def test_a_database_belongs_to_the_channel_that_used_it_first(database: Database) -> None:
    """Another channel, or the same in the other mode, is refused in one sentence without the secret."""

    def stamp(*secrets: str, practice: bool = False) -> None:
        database.write(lambda connection: identity.stamp(connection, secrets, practice))

    stamp("first-secret")
    stamp("first-secret")
    for other, practice in (("second-secret", False), ("first-secret", True)):
        with pytest.raises(identity.OtherChannel, match="another LINE channel") as caught:
            stamp(other, practice=practice)
        assert other not in str(caught.value)
    stamp("second-secret", "first-secret")
    stamp("second-secret")
    with pytest.raises(identity.OtherChannel):
        stamp("first-secret")
