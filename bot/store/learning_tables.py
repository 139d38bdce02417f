"""The tables of the learning loop: what questions tell, which need no answer, changes in the making."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
)

from bot.store.models import metadata

# Masked questions beside what became of them; no row says who. Unanswered ones stand in `unanswered`.
question_signals = Table(
    "question_signals",
    metadata,
    Column("day", Date, nullable=False),
    Column("language", String(16), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("question", String(200), nullable=False),
    Column("target", String(200), nullable=False),
    Column("n", BigInteger, nullable=False),
    PrimaryKeyConstraint("day", "language", "kind", "question", "target"),
)

# Groups of questions that staff found not worth an answer, by what their questions have in common.
dismissed_questions = Table(
    "dismissed_questions",
    metadata,
    Column("language", String(16), nullable=False),
    Column("core", String(200), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("by_whom", String(80), nullable=False),
    PrimaryKeyConstraint("language", "core"),
)

# A change of the content from the moment somebody asked for it until it is published or dropped.
content_proposals = Table(
    "content_proposals",
    metadata,
    Column("id", Integer, nullable=False, autoincrement=True),
    Column("created_at", BigInteger, nullable=False),
    Column("author", String(80), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("about", String(200), nullable=False),
    # What was asked for, as JSON; NULL once it is decided: uploads are not kept.
    Column("asked", LargeBinary),
    Column("state", String(12), nullable=False),
    Column("looked_at", BigInteger, nullable=False),
    # The revisions that it was checked over, the new texts of the files, and what was found.
    Column("seen", JSON(none_as_null=True)),
    Column("files", JSON(none_as_null=True)),
    Column("report", JSON(none_as_null=True)),
    Column("revision", Integer),
    PrimaryKeyConstraint("id"),
)
Index(None, content_proposals.c.state)
