"""The tables of broadcasts: what is written, what was said about it, series, and pictures."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.store.models import metadata

broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", Integer, nullable=False, autoincrement=True),
    Column("title", String(120), nullable=False),
    # information or emergency
    Column("kind", String(12), nullable=False),
    # Of these three only as long as there is no order; from then on the order's status is the truth.
    Column("status", String(12), nullable=False),
    Column("order_id", Integer),
    # Raised by each change, so that nobody writes over a change they have not seen.
    Column("version", Integer, nullable=False),
    Column("author", String(80), nullable=False),
    # Everybody who changed what it says since it was begun: none of them may approve it.
    Column("hands", JSON, nullable=False),
    Column("template", String(60)),
    Column("blanks", JSON, nullable=False),
    Column("topic", String(40)),
    Column("audience", JSON, nullable=False),
    # Language without a text of its own -> the language whose text its readers get.
    Column("fallback", JSON, nullable=False),
    # Id of a hint -> why it is right as it stands.
    Column("explained", JSON, nullable=False),
    # NULL: as soon as it is approved.
    Column("due_at", BigInteger),
    Column("hold_minutes", Integer, nullable=False),
    Column("quiet_ok", Boolean, nullable=False),
    Column("valid_until", BigInteger),
    Column("replaces", Integer),
    Column("corrects", Integer),
    Column("series", Integer),
    Column("public", Boolean, nullable=False),
    # LINE's own broadcast call, which also reaches friends that the database does not know.
    Column("plain", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("submitted_at", BigInteger),
    Column("submitted_by", String(80)),
    # The hash over the messages that were handed in: what is approved and sent is this and nothing else.
    Column("content_hash", String(64)),
    # What LINE's validation said of `content_hash`: ok, refused or unreachable; NULL: not asked yet.
    Column("checked", String(12)),
    Column("check_note", String(200), nullable=False),
    Column("approved_by", String(80)),
    Column("approved_at", BigInteger),
    PrimaryKeyConstraint("id"),
)
Index(None, broadcasts.c.status, broadcasts.c.due_at)
Index(None, broadcasts.c.order_id)
Index(None, broadcasts.c.valid_until)

broadcast_variants = Table(
    "broadcast_variants",
    metadata,
    Column("broadcast_id", Integer, nullable=False),
    Column("language", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("picture", Integer),
    Column("alt", String(1500), nullable=False),
    Column("link", String(1000), nullable=False),
    Column("link_label", String(80), nullable=False),
    # A short hash of the Japanese text that was there when this one was last changed.
    Column("made_from", String(12), nullable=False),
    PrimaryKeyConstraint("broadcast_id", "language"),
    ForeignKeyConstraint(
        ["broadcast_id"], ["broadcasts.id"], name="fk_broadcast_variants_broadcast", ondelete="CASCADE"
    ),
)

# What happened to a broadcast, and what was said about it; the audit log holds the deeds a second time.
broadcast_notes = Table(
    "broadcast_notes",
    metadata,
    Column("id", Integer, nullable=False, autoincrement=True),
    Column("broadcast_id", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("by_whom", String(80), nullable=False),
    Column("action", String(40), nullable=False),
    Column("note", String(1000), nullable=False),
    PrimaryKeyConstraint("id"),
)
Index(None, broadcast_notes.c.broadcast_id)

broadcast_suggestions = Table(
    "broadcast_suggestions",
    metadata,
    Column("id", Integer, nullable=False, autoincrement=True),
    Column("broadcast_id", Integer, nullable=False),
    Column("language", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("by_whom", String(80), nullable=False),
    Column("at", BigInteger, nullable=False),
    # open, accepted or declined
    Column("state", String(12), nullable=False),
    Column("decided_by", String(80)),
    Column("decided_at", BigInteger),
    PrimaryKeyConstraint("id"),
)
Index(None, broadcast_suggestions.c.broadcast_id)

broadcast_series = Table(
    "broadcast_series",
    metadata,
    Column("id", Integer, nullable=False, autoincrement=True),
    Column("title", String(120), nullable=False),
    # The broadcast that each issue starts as a copy of.
    Column("source", Integer, nullable=False),
    # {"every": "week", "weekday": 0} or {"every": "month", "day": 1}, with "time" and "days_ahead".
    Column("rule", JSON, nullable=False),
    Column("author", String(80), nullable=False),
    Column("active", Boolean, nullable=False),
    # The day of the latest issue that was made.
    Column("through", Date),
    Column("created_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("id"),
)

media = Table(
    "media",
    metadata,
    Column("id", Integer, nullable=False, autoincrement=True),
    # What its address ends in: nobody guesses it, and it never changes.
    Column("token", String(43), nullable=False),
    Column("sha", String(64), nullable=False),
    Column("type", String(20), nullable=False),
    Column("size", Integer, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("original", LargeBinary, nullable=False),
    Column("preview", LargeBinary, nullable=False),
    Column("preview_type", String(20), nullable=False),
    Column("name", String(120), nullable=False),
    Column("by_whom", String(80), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("token", name="uq_media_token"),
    UniqueConstraint("sha", name="uq_media_sha"),
)
