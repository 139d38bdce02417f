"""The table of what people chose about the city's notices."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, PrimaryKeyConstraint, String, Table

from bot.store.models import metadata

# Only of people who chose something: most have no row, and planning for millions stays quick.
person_topics = Table(
    "person_topics",
    metadata,
    Column("user_id", String(64), nullable=False),
    # every, weekly or emergencies; NULL: they never said how often.
    Column("often", String(12)),
    # The topics that are switched off, each between spaces: ` events library `.
    Column("off", String(400), nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("user_id"),
)
