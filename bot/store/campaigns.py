"""Campaigns: links on posters that are counted, and follows that came soon after. No row says who."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import ModuleType

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.counts import increase
from bot.store.insight_tables import campaign_days, campaign_scans, campaigns


@dataclass(frozen=True, slots=True)
class Campaign:
    """One campaign. `name` stands in its link; moments are microseconds; `closed_at` None: it goes on."""

    name: str
    place: str
    created_by: str
    created_at: int
    closed_at: int | None = None


@dataclass(frozen=True, slots=True)
class Gained:
    """What a campaign brought in a time: scans, and follows that came soon after one."""

    scans: int = 0
    follows: int = 0


def add(connection: Connection, new: Campaign) -> bool:
    """Keep a new campaign; return False, changing nothing, when there is one of that name."""
    flavour: ModuleType = postgresql if connection.dialect.name == "postgresql" else sqlite
    row = {name: getattr(new, name) for name in Campaign.__slots__}
    once = flavour.insert(campaigns).values(row).on_conflict_do_nothing(index_elements=["name"])
    return bool(connection.execute(once).rowcount == 1)


def close(connection: Connection, name: str, now: int | None) -> bool:
    """End a campaign, or with None let it go on; its posters lead on either way. False: there is none."""
    mine = campaigns.update().where(campaigns.c.name == name).values(closed_at=now)
    return connection.execute(mine).rowcount == 1


def load(connection: Connection, name: str) -> Campaign | None:
    """Return a campaign, or None."""
    row = connection.execute(select(campaigns).where(campaigns.c.name == name)).mappings().one_or_none()
    return Campaign(**row) if row else None


def listed(connection: Connection) -> list[Campaign]:
    """Return every campaign, the newest first."""
    query = select(campaigns).order_by(campaigns.c.created_at.desc(), campaigns.c.name)
    return [Campaign(**row) for row in connection.execute(query).mappings()]


def scanned(connection: Connection, name: str, day: date, now: int) -> None:
    """Count a scan of a campaign that there is, and wait for a follow."""
    increase(connection, campaign_days, {"campaign": name, "day": day}, {"scans": 1, "follows": 0})
    connection.execute(campaign_scans.insert().values(campaign=name, at=now))


def followed(connection: Connection, day: date, now: int, window: int) -> str | None:
    """Count a follow for the latest scan within the last `window` microseconds; return its campaign.

    Each scan explains one follow; None: there is no such scan.
    """
    table = campaign_scans.c
    latest = (
        select(table.id)
        .where(table.at.between(now - window, now))
        .order_by(table.at.desc(), table.id.desc())
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    found = connection.execute(latest).scalar()
    if found is None:
        return None
    gone = campaign_scans.delete().where(table.id == found).returning(table.campaign)
    name: str | None = connection.execute(gone).scalar()
    if name is not None:
        increase(connection, campaign_days, {"campaign": name, "day": day}, {"scans": 0, "follows": 1})
    return name


def forget_scans(connection: Connection, before: int) -> int:
    """Delete the moments of scans before a moment, not the counts; return how many there were."""
    return connection.execute(campaign_scans.delete().where(campaign_scans.c.at < before)).rowcount


def gained(connection: Connection, first: date, last: date) -> dict[str, Gained]:
    """Return what each campaign brought between two days, of those that brought anything."""
    table = campaign_days.c
    query = (
        select(table.campaign, func.sum(table.scans), func.sum(table.follows))
        .where(table.day.between(first, last))
        .group_by(table.campaign)
    )
    return {row[0]: Gained(int(row[1]), int(row[2])) for row in connection.execute(query)}
