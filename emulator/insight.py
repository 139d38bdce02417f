"""LINE's statistics: friends by day, shares of groups, what became of sends by their unit."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final

from flask import Blueprint, request

from emulator.clock import JST
from emulator.front import Answer, Body, line_call, refuse
from emulator.state import World
from emulator.units import Unit

LEAST: Final = 20
"""Numbers of people below this are not told."""

LONGEST: Final = timedelta(days=30)
"""From the first to the last day of a unit's statistics, at most."""

_FIRST: Final = date(2016, 11, 1)
_SEEN: Final = 0.6
_TAPPED: Final = 0.1
"""Which part of the readers is taken to have seen a message, and to have tapped a link in it."""

_GROUPS: Final[dict[str, list[dict[str, Any]]]] = {
    "genders": [
        {"gender": "female", "percentage": 52.4},
        {"gender": "male", "percentage": 44.1},
        {"gender": "unknown", "percentage": 3.5},
    ],
    "ages": [
        {"age": "from20to24", "percentage": 11.3},
        {"age": "from25to29", "percentage": 14.9},
        {"age": "from40to44", "percentage": 30.2},
        {"age": "from50", "percentage": 43.6},
    ],
    "areas": [{"area": "徳島", "percentage": 86.0}, {"area": "unknown", "percentage": 14.0}],
    "appTypes": [{"appType": "ios", "percentage": 58.2}, {"appType": "android", "percentage": 41.8}],
    "subscriptionPeriods": [
        {"subscriptionPeriod": "within30days", "percentage": 8.8},
        {"subscriptionPeriod": "over365days", "percentage": 91.2},
    ],
}
"""Made-up shares: nobody here has an age."""

blueprint = Blueprint("insight", __name__)


@line_call(blueprint, "GET", "/v2/bot/insight/followers", "insight")
def followers(world: World, _body: Body) -> Answer:
    """Tell first-time adds and blocks at the end of a day in Japan, one day later."""
    with world.lock:
        today = _today(world)
        day = _day(request.args.get("date", f"{today - timedelta(days=1):%Y%m%d}"))
        if day is None:
            return refuse(400, "The value for the 'date' parameter is invalid")
        if day < _FIRST:
            return Answer(body={"status": "out_of_service"})
        if day >= today or day.isoformat() in world.account.unready_days:
            return Answer(body={"status": "unready"})
        added, blocks = world.people.counts(day)
    reachable = added - blocks
    return Answer(
        body={"status": "ready", "followers": added, "targetedReaches": reachable, "blocks": blocks}
    )


@line_call(blueprint, "GET", "/v2/bot/insight/demographic", "insight")
def demographic(world: World, _body: Body) -> Answer:
    """Tell shares of groups, where 20 friends or more can be reached."""
    with world.lock:
        added, blocks = world.people.counts(_today(world) - timedelta(days=3))
    if added - blocks < LEAST:
        return Answer(body={"available": False})
    return Answer(body={"available": True, **_GROUPS})


@line_call(blueprint, "GET", "/v2/bot/insight/message/event/aggregation", "insight")
def unit_statistics(world: World, _body: Body) -> Answer:
    """Tell how many saw and tapped what was sent under a unit before today; below 20 nothing is told."""
    name = request.args.get("customAggregationUnit", "")
    first, last = (_day(request.args.get(end, "")) for end in ("from", "to"))
    if not name or first is None or last is None or not first <= last <= first + LONGEST:
        return refuse(400, "The value for the 'from' or 'to' parameter is invalid")
    with world.lock:
        today, unit = _today(world), world.units.by_name.get(name, Unit())
        readers = sum(n for day, n in unit.readers.items() if first <= day <= last and day < today)
    seen, tapped = _told(readers * _SEEN), _told(readers * _TAPPED if unit.links else 0)
    return Answer(
        body={
            "overview": {
                "uniqueImpression": seen,
                "uniqueClick": tapped,
                "uniqueMediaPlayed": None,
                "uniqueMediaPlayed100Percent": None,
            },
            "messages": [
                {"seq": seq, "impression": seen, "uniqueImpression": seen}
                for seq in range(1, unit.messages + 1)
            ],
            "clicks": [
                {"seq": seq, "url": url, "click": tapped, "uniqueClick": tapped, "uniqueClickOfRequest": None}
                for seq, url in unit.links
            ],
        }
    )


def _told(people: float) -> int | None:
    return int(people) if people >= LEAST else None


def _today(world: World) -> date:
    return world.clock.now().astimezone(JST).date()


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y%m%d").replace(tzinfo=JST).date()
    except ValueError:
        return None
