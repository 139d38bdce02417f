"""Who is to see the menu of which language, and whether LINE was told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, delete, func, or_, select, update
from sqlalchemy.exc import IntegrityError

from bot.store.menu_tables import menu_links

_link = menu_links.c


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody who is to see the menu of `language`; None: the default one again."""

    user_id: str
    language: str | None
    attempts: int


def want(connection: Connection, user_id: str, language: str | None, now: int) -> None:
    """Note whose menu a person is to see from now on; None leads back to the default one.

    Nothing is noted for somebody who sees the default one anyway.
    """
    change = update(menu_links).where(_link.user_id == user_id)
    if connection.execute(change.values(language=language, try_at=now, attempts=0)).rowcount or not language:
        return
    row = {"user_id": user_id, "language": language, "try_at": now, "attempts": 0}
    try:
        with connection.begin_nested():
            connection.execute(menu_links.insert().values(row))
    except IntegrityError:  # noted at the same moment
        connection.execute(change.values(language=language, try_at=now, attempts=0))


def due(connection: Connection, now: int, limit: int) -> list[Wanted]:
    """Return whom LINE is to be told of by now, the longest waiting first."""
    found = select(_link.user_id, _link.language, _link.attempts).where(_link.try_at <= now)
    rows = connection.execute(found.order_by(_link.try_at, _link.user_id).limit(limit))
    return [Wanted(*row) for row in rows]


def told(
    connection: Connection, language: str | None, user_ids: Sequence[str], menu: str | None, now: int
) -> None:
    """Note that LINE shows people the menu of a language. Who wants another one by now is told anew."""
    them = _link.user_id.in_(user_ids)
    same = _link.language.is_not_distinct_from(language)
    other = _link.language.is_distinct_from(language)
    connection.execute(update(menu_links).where(them, other).values(try_at=now))
    if language is None:
        connection.execute(delete(menu_links).where(them, same))
    else:
        connection.execute(update(menu_links).where(them, same).values(menu=menu, try_at=None, attempts=0))


def not_told(connection: Connection, user_ids: Sequence[str], again_at: int | None) -> None:
    """Note that telling LINE failed; it is tried again at a moment, or (None) with the next deployment."""
    values = {"try_at": again_at, "menu": None, "attempts": _link.attempts + 1}
    connection.execute(update(menu_links).where(_link.user_id.in_(user_ids)).values(values))


def renew(connection: Connection, menus: Collection[str], now: int) -> int:
    """Make everybody due who sees none of these menus; return how many they are."""
    older = or_(_link.menu.is_(None), _link.menu.not_in(list(menus)))
    return connection.execute(
        update(menu_links).where(and_(older, _link.language.is_not(None))).values(try_at=now, attempts=0)
    ).rowcount


def counted(connection: Connection) -> dict[str, int]:
    """Return how many people see the menu of each language but the default one."""
    seen = select(_link.language, func.count()).where(_link.language.is_not(None)).group_by(_link.language)
    return {row[0]: row[1] for row in connection.execute(seen)}
