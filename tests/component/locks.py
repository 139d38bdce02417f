"""A database that somebody else holds on to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg


@contextmanager
def locked(store_url: str) -> Iterator[None]:
    """Keep everyone else from writing, as a stuck process would."""
    if store_url.startswith("sqlite"):
        holder = sqlite3.connect(store_url.removeprefix("sqlite:///"), isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        yield
        holder.close()
        return
    with psycopg.connect(store_url) as other:
        other.execute("LOCK TABLE inbox, unanswered IN ACCESS EXCLUSIVE MODE")
        yield
        other.rollback()
