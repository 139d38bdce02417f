"""The tables of what people chose about the city's notices, and of how far the import of followers is."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, PrimaryKeyConstraint, String, Table

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

follower_imports = Table(
    "follower_imports",
    metadata,
    Column("id", Integer, nullable=False, autoincrement=True),
    Column("started_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    # LINE's token of the next page; NULL: the first one, or there is none after the last.
    Column("goes_on", String(1000)),
    # People whom LINE listed, and those among them whom we did not know.
    Column("seen", Integer, nullable=False),
    Column("added", Integer, nullable=False),
    Column("ended_at", BigInteger),
    PrimaryKeyConstraint("id"),
)
