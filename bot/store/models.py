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
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
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

# What each person wants to be reminded of; area and language are the person's. All days are collection days.
reminders = Table(
    "reminders",
    metadata,
    Column("user_id", String(64), nullable=False),
    # evening, morning, or off: kept a while after a stop, so that nobody is reminded of a day twice.
    Column("slot", String(8), nullable=False),
    # NULL: every regular category of the area.
    Column("categories", JSON(none_as_null=True)),
    Column("paused_until", Date),
    Column("starts_on", Date, nullable=False),
    # The calendar's last day, once the person was told that it has ended.
    Column("ended_told", Date),
    Column("asked_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("user_id"),
)

BUCKETS = ("within_100ms", "within_300ms", "within_1s", "within_3s", "within_10s", "slower")
"""How long a question waited for its answer: each counted question is in exactly one of these."""

OUTCOMES = ("accepted", "refused", "unsure", "cancelled")
"""How a recipient of a send order can end: together they are all whom it was planned for."""

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


send_orders = Table(
    "send_orders",
    metadata,
    Column("id", Integer, nullable=False, autoincrement=True),
    # Whoever orders the same thing twice gets one order: `reminder:2026-11-26:evening:C`.
    Column("key", String(200), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("status", String(12), nullable=False),
    Column("audience", JSON, nullable=False),
    Column("unit", String(30)),
    Column("content_hash", String(64), nullable=False),
    Column("due_at", BigInteger, nullable=False),
    # The moment from which on nothing of it may leave any more.
    Column("not_after", BigInteger),
    Column("hold_until", BigInteger),
    # Set with the last chunk of the plan; until then `planned_through` says where planning goes on.
    Column("planned_at", BigInteger),
    Column("planned_through", String(64), nullable=False),
    # People, not batches. `skipped`: whose id is none of LINE's.
    Column("recipients", Integer, nullable=False),
    Column("skipped", Integer, nullable=False),
    *(Column(outcome, Integer, nullable=False) for outcome in OUTCOMES),
    Column("stop_requested", Boolean, nullable=False),
    Column("note", String(200), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("key"),
)
Index(None, send_orders.c.status, send_orders.c.due_at)

send_variants = Table(
    "send_variants",
    metadata,
    Column("order_id", Integer, nullable=False),
    Column("variant", String(40), nullable=False),
    Column("messages", LargeBinary, nullable=False),
    Column("hash", String(64), nullable=False),
    PrimaryKeyConstraint("order_id", "variant"),
)

send_batches = Table(
    "send_batches",
    metadata,
    Column("order_id", Integer, nullable=False),
    Column("n", Integer, nullable=False),
    Column("variant", String(40), nullable=False),
    Column("count", Integer, nullable=False),
    Column("state", String(12), nullable=False),
    Column("retry_key", String(36), nullable=False),
    # From when on it may be tried (again); NULL says that the batch is closed.
    Column("try_at", BigInteger),
    # When LINE may first have accepted it: its retry key is good for a day from then.
    Column("first_tried_at", BigInteger),
    Column("attempts", Integer, nullable=False),
    # Whether an earlier try may have arrived without our knowing.
    Column("doubtful", Boolean, nullable=False),
    Column("epoch", Integer),
    Column("request_id", String(64), nullable=False),
    Column("status_code", Integer, nullable=False),
    Column("note", String(200), nullable=False),
    PrimaryKeyConstraint("order_id", "n"),
)
_to_do = text("try_at IS NOT NULL")
Index(
    "ix_send_batches_open",
    send_batches.c.order_id,
    send_batches.c.try_at,
    send_batches.c.n,
    sqlite_where=_to_do,
    postgresql_where=_to_do,
)

# Apart from their batch, so that its changes write some bytes instead of some thousand.
send_recipients = Table(
    "send_recipients",
    metadata,
    Column("order_id", Integer, nullable=False),
    Column("n", Integer, nullable=False),
    Column("packed", LargeBinary, nullable=False),
    PrimaryKeyConstraint("order_id", "n"),
)

send_lease = Table(
    "send_lease",
    metadata,
    Column("id", Integer, nullable=False, autoincrement=False),
    Column("owner", String(40)),
    Column("epoch", Integer, nullable=False),
    Column("until", BigInteger, nullable=False),
    # The latest moment that the dispatcher's clock showed: a clock that was set back is noticed by it.
    Column("seen_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("id"),
    CheckConstraint("id = 1", name="only_one"),
)

# Append-only: triggers refuse changes and deletions.
send_audit = Table(
    "send_audit",
    metadata,
    Column("id", Integer, nullable=False, autoincrement=True),
    Column("at", BigInteger, nullable=False),
    Column("order_id", Integer, nullable=False),
    Column("what", String(40), nullable=False),
    Column("by_whom", String(80), nullable=False),
    Column("note", String(200), nullable=False),
    PrimaryKeyConstraint("id"),
)
Index(None, send_audit.c.order_id)
