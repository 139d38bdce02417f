"""A made-up city whose calendar is loaded in full: areas, towns, places, official days and changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.answers.engine import Engine
from bot.answers.model import Answer, Question
from bot.knowledge.calendar import CollectionCalendar
from bot.knowledge.collection import OFFICIAL, Area, Change, Schedule, Town
from bot.knowledge.shapes import Shape
from tests.real import JST, engine, knowledge, voices

CHECKED = date(2026, 11, 1)
DAYS = {
    ("N", "burnable"): "weekly Mon,Thu",
    ("N", "plastic-packaging"): "weekly Wed",
    ("N", "non-burnable"): "monthly 4 Fri",
    ("N", "cans-bottles"): "monthly 1,3 Tue",
    ("N", "pet-bottles"): "dates 2026-11-24 2026-12-08 2026-12-22",
    ("N", "paper"): "dates 2026-11-26 2026-12-10",
    ("S", "burnable"): "weekly Tue,Fri",
}
"""Area N knows everything; of area S only burnable days are loaded."""

TOWNS = (
    Town(town="港町", reading="みなとちょう", area="N", latitude=34.10, longitude=134.50),
    Town(town="山手町", reading="やまてちょう", area="S", latitude=34.00, longitude=134.50),
    Town(town="川端町", reading="かわばたちょう", part="東", area="N"),
    Town(town="川端町", reading="かわばたちょう", part="西", area="S"),
    Town(town="川上町", reading="かわかみちょう", area="S"),
)
NORTH = ((134.4, 34.05), (134.6, 34.05), (134.6, 34.20), (134.4, 34.20), (134.4, 34.05))
HOLE = ((134.45, 34.11), (134.47, 34.11), (134.47, 34.13), (134.45, 34.13), (134.45, 34.11))


def _area(letter: str) -> Area:
    real = knowledge().calendar.areas["A"].model_dump()
    names = {tag: text.replace("A", letter) for tag, text in real["name"].items()}
    shorts = {tag: text.replace("A", letter) for tag, text in real["short"].items()}
    return Area.model_validate({**real, "id": letter, "letter": letter, "name": names, "short": shorts})


def _schedule(area: str, category: str, days: str) -> Schedule:
    return Schedule(
        id=f"{area}-{category}", areas=[area], category=category, days=days, valid_from=date(2026, 4, 1),
        valid_until=date(2027, 3, 31), put_out_by="08:30", holidays="collected", evidence=OFFICIAL,
        checked_on=CHECKED, review_by=date(2027, 2, 1),
    )  # fmt: skip


def change(first: str, last: str, reason: str, to: str | None = None, *categories: str) -> Change:
    """Return a change of area N's days, as the city itself announced it."""
    return Change.model_validate(
        {
            "id": f"{first}-{reason}", "areas": ["N"], "first": first, "last": last, "to": to,
            "categories": list(categories), "reason": reason, "evidence": OFFICIAL, "checked_on": CHECKED,
        }
    )  # fmt: skip


def city(*changes: Change, towns: bool = True, drawn: bool = False) -> Engine:
    """Return the engine of the made-up city, with these changes of its days."""
    calendar = CollectionCalendar(
        [_area("N"), _area("S")], [_schedule(*key, days) for key, days in DAYS.items()], changes
    )
    known = replace(
        knowledge(),
        calendar=calendar,
        towns=TOWNS if towns else (),
        shapes=(Shape("N", (NORTH, HOLE)),) if drawn else (),
    )
    return Engine(known, voices(), engine().index)


def at(text: str) -> datetime:
    """Return a local moment: `2026-11-24 07:50`."""
    return datetime.fromisoformat(text).replace(tzinfo=JST)


def ask_city(text: str, language: str = "en", now: str = "2026-11-24 07:50", **known: object) -> Answer:
    """Return the made-up city's answer, to a reader in area N unless told otherwise."""
    bot = known.pop("bot", None) or city()
    question = Question(text=text, language=language, now=at(now), **{"area": "N", **known})  # type: ignore[arg-type]
    return bot.answer(question)  # type: ignore[attr-defined, no-any-return]
