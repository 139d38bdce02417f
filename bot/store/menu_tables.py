"""The table of who sees the menu of which language; who sees the default one stands nowhere."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, PrimaryKeyConstraint, String, Table

from bot.store.models import metadata

menu_links = Table(
    "menu_links",
    metadata,
    Column("user_id", String(64), nullable=False),
    # Whose menu they are to see; NULL: the default one, and then the row goes away.
    Column("language", String(16)),
    # LINE's id of the menu they see; NULL: nobody knows of one.
    Column("menu", String(100)),
    # From when on LINE is to be told (again); NULL: it knows.
    Column("try_at", BigInteger),
    Column("attempts", Integer, nullable=False),
    PrimaryKeyConstraint("user_id"),
)
Index(None, menu_links.c.try_at)
