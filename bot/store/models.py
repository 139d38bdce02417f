"""The tables. Every moment is a whole number of microseconds since 1970 UTC, every day a date in JST."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

inbox = Table(
    "inbox",
    metadata,
    Column("event_id", String(80), nullable=False),
    Column("person", String(64)),
    Column("message_id", String(64)),
    Column("reply_token", String(256)),
    # The event as ASCII JSON and the rendered messages: bytes, because PostgreSQL refuses NUL in text.
    Column("body", LargeBinary),
    Column("reply", LargeBinary),
    Column("state", String(12), nullable=False),
    Column("sent_at", BigInteger, nullable=False),
    Column("received_at", BigInteger, nullable=False),
    # When LINE last delivered the event: a redelivery makes its reply token young again.
    Column("token_at", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("owner", String(40)),
    # NULL says that the event is closed; so the index of open events needs no list of states.
    Column("lease_until", BigInteger),
    PrimaryKeyConstraint("event_id"),
)
_open = text("lease_until IS NOT NULL")
Index("ix_inbox_open", inbox.c.person, inbox.c.sent_at, sqlite_where=_open, postgresql_where=_open)
Index(None, inbox.c.received_at)

people = Table(
    "people",
    metadata,
    Column("user_id", String(64), nullable=False),
    Column("language", String(16)),
    Column("hint", String(16)),
    Column("asked_profile", Boolean, nullable=False),
    Column("following", Boolean, nullable=False),
    Column("visitor_until", Date),
    Column("resident", Boolean, nullable=False),
    Column("area", String(64)),
    Column("last_answer", String(200)),
    Column("path", String(200)),
    Column("offered", JSON, nullable=False),
    Column("unknowns", Integer, nullable=False),
    # Raised by each change, so that nobody writes over a change they have not seen.
    Column("version", Integer, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("user_id"),
)

BUCKETS = ("within_100ms", "within_300ms", "within_1s", "within_3s", "within_10s", "slower")
"""How long a question waited for its answer: each counted question is in exactly one of these."""

question_counts = Table(
    "question_counts",
    metadata,
    Column("day", Date, nullable=False),
    Column("topic", String(128), nullable=False),
    Column("language", String(16), nullable=False),
    Column("status", String(16), nullable=False),
    Column("n", BigInteger, nullable=False),
    *(Column(bucket, BigInteger, nullable=False) for bucket in BUCKETS),
    PrimaryKeyConstraint("day", "topic", "language", "status"),
)

unanswered = Table(
    "unanswered",
    metadata,
    Column("day", Date, nullable=False),
    Column("language", String(16), nullable=False),
    Column("question", String(200), nullable=False),
    Column("n", BigInteger, nullable=False),
    PrimaryKeyConstraint("day", "language", "question"),
)

identity = Table(
    "identity",
    metadata,
    Column("id", Integer, nullable=False, autoincrement=False),
    Column("digest", String(64), nullable=False),
    Column("mode", String(12), nullable=False),
    PrimaryKeyConstraint("id"),
    CheckConstraint("id = 1", name="only_one"),
)

content_revisions = Table(
    "content_revisions",
    metadata,
    Column("number", Integer, nullable=False, autoincrement=False),
    Column("created_at", BigInteger, nullable=False),
    Column("author", String(80), nullable=False),
    Column("confirmed_by", String(80)),
    Column("kind", String(40), nullable=False),
    Column("summary", String(400), nullable=False),
    # Path below the content folder -> its whole new text, or null where the file is gone.
    Column("files", JSON, nullable=False),
    # The same paths -> checksum of the file on disk when the text was made, or null where there was none.
    Column("base", JSON, nullable=False),
    Column("state", String(8), nullable=False),
    Column("undone_by", String(80)),
    Column("undone_at", BigInteger),
    PrimaryKeyConstraint("number"),
)
