"""All that the database holds of one person: handed out as it is, and erased everywhere at once."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, Table, delete, select

from bot.store import menu_links
from bot.store.menu_tables import menu_links as links
from bot.store.models import inbox, people, reminders
from bot.store.topic_tables import person_topics

OWN: Final[tuple[Table, ...]] = (people, reminders, person_topics, links)
"""Every table with rows of a reader; a test finds a new one that is not here."""


def rows(connection: Connection, user_id: str) -> dict[str, list[dict[str, Any]]]:
    """Return every row of a person by table, and their events that wait; tables without any are left out."""
    waiting = select(inbox.c.event_id, inbox.c.received_at).where(inbox.c.person == user_id)
    asked = {table.name: select(table).where(table.c.user_id == user_id) for table in OWN}
    found = {
        name: [dict(row) for row in connection.execute(query).mappings()]
        for name, query in {**asked, inbox.name: waiting}.items()
    }
    return {name: mine for name, mine in found.items() if mine}


def erase(connection: Connection, user_id: str, now: int) -> None:
    """Delete every row of a person. Their menu at LINE goes back to the usual one, and then its row too."""
    menu_links.want(connection, user_id, None, now)
    for table in OWN:
        if table is not links:
            connection.execute(delete(table).where(table.c.user_id == user_id))
