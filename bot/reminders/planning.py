"""What is to be ordered now, and what ordered is no longer true: a pure look at calendar, clock and orders.

Everything ordered about one area, day and slot is a chain: reminders (mostly one; more when the calendar
changed meanwhile) and, for each that reached people, corrections. The last one says what people were told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.knowledge.calendar import CollectionCalendar
from bot.reminders.times import AHEAD, Times, Window, correcting, window
from bot.reminders.truth import Told, Truth, changed, put_out_by, truth
from bot.reminders.wish import Slot
from bot.store.reminders import Ordered

_DAY = timedelta(days=1)
_LATER = timedelta(minutes=2)
"""How far ahead something is ordered whose time has come: see AHEAD."""


class Mode(StrEnum):
    """Whom an order is for: those who want it, those an earlier one did not get to, or those it reached."""

    FIRST = "first"
    MISSED = "missed"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class Place:
    """Of which day an order reminds whom."""

    day: date
    slot: Slot
    area: str

    @property
    def key(self) -> str:
        """The key of the first order."""
        return f"reminder:{self.day}:{self.slot}:{self.area}"


@dataclass(frozen=True, slots=True)
class Remind:
    """An order to be made. `categories` are those that the bits of its variants mean.

    `told` is what it says. A correction corrects `last`, what those of the order `earlier` were told last,
    out of `first`, what that order told. Who wants one of `unless` was reminded by an earlier order.
    """

    key: str
    place: Place
    mode: Mode
    window: Window
    told: Told
    categories: tuple[str, ...]
    earlier: int | None = None
    first: Told = field(default_factory=dict)
    last: Told = field(default_factory=dict)
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Withdraw:
    """An order that must not go on: it is no longer true."""

    order: int


Step = Remind | Withdraw


@dataclass(frozen=True, slots=True)
class _Link:
    """One order of a chain, read from what was noted when it was made."""

    id: int
    key: str
    mode: Mode
    told: Told
    categories: tuple[str, ...]
    earlier: int | None
    open: bool
    begun: bool
    stopping: bool
    expired: bool
    reached: int
    missed: int


@dataclass(frozen=True, slots=True)
class Sight:
    """The calendar, a city's times, and the present moment in the city's time zone."""

    calendar: CollectionCalendar
    times: Times
    now: datetime


def steps(sight: Sight, ordered: Iterable[Ordered]) -> Iterator[Step]:
    """Yield what is to be done about reminders now. `ordered` are all orders of the days from today on."""
    chains: defaultdict[Place, list[_Link]] = defaultdict(list)
    for one in ordered:
        chains[_place(one.audience)].append(_link(one))
    today = sight.now.date()
    for area in sight.calendar.areas:
        chains.setdefault(Place(today + _DAY, Slot.EVENING, area), [])
        chains.setdefault(Place(today, Slot.MORNING, area), [])
    for place, chain in chains.items():
        if place.day >= today and place.area in sight.calendar.areas:
            yield from _look(sight, place, chain)


def _look(sight: Sight, place: Place, chain: list[_Link]) -> Iterator[Step]:
    """Yield what is to be done about one chain; nothing new before all that is wrong has come to its end."""
    known = truth(sight.calendar, place.area, place.day)
    wrong = [link for link in chain if link.open and _is_wrong(link, known)]
    if wrong:
        yield from (Withdraw(link.id) for link in wrong if not link.stopping)
        return
    reminders = [link for link in chain if link.mode is not Mode.CORRECTION]
    for link in reminders:
        if link.reached and not link.open:
            corrections = [one for one in chain if one.mode is Mode.CORRECTION and one.earlier == link.id]
            yield from _corrected(sight, place, link, corrections, known)
    yield from _reminded(sight, place, reminders, known)


def _is_wrong(link: _Link, known: Truth) -> bool:
    """Return whether an open order says what is no longer so. Until it begins, all must be promised."""
    if link.mode is not Mode.CORRECTION and not link.begun:
        return link.told != known.promised
    return link.told != known.instead_of(link.told)


def _reminded(sight: Sight, place: Place, reminders: list[_Link], known: Truth) -> Iterator[Remind]:
    """Yield the reminder that is due and not ordered yet, for those whom none has reached."""
    now = known.promised
    last = reminders[-1] if reminders else None
    if not now or any(link.open for link in reminders) or (last and last.told == now):
        return
    opening = window(sight.times, place.slot, place.day, put_out_by(now), sight.now)
    if opening is None or not opening.opens - AHEAD <= sight.now < opening.closes - _LATER:
        return
    opening = Window(max(opening.opens, sight.now + _LATER), opening.closes)
    key = f"{place.key}:{len(reminders) + 1}" if reminders else place.key
    if last and last.reached and last.missed:
        yield Remind(key, place, Mode.MISSED, opening, now, last.categories, earlier=last.id)
        return
    before = {category for link in reminders if link.reached for category in link.told}
    if not before.issuperset(now):
        yield Remind(key, place, Mode.FIRST, opening, now, tuple(now), unless=tuple(sorted(before)))


def _corrected(
    sight: Sight, place: Place, link: _Link, corrections: list[_Link], known: Truth
) -> Iterator[Remind]:
    """Yield the correction that those whom a reminder reached still need."""
    told = [one.told for one in corrections if one.reached]
    last = told[-1] if told else link.told
    now = known.instead_of(last)
    tried = corrections[-1] if corrections else None
    if now == last or (tried and (tried.open or (tried.told == now and not tried.expired))):
        return
    if not changed(link.told, last, now, link.categories, every=True):
        return
    opening = correcting(sight.times, place.day, put_out_by({**last, **now}), sight.now + _LATER)
    if opening:
        key = f"{link.key}:correction:{len(corrections) + 1}"
        yield Remind(
            key, place, Mode.CORRECTION, opening, now, link.categories, link.id, first=link.told, last=last
        )


def noted(remind: Remind) -> Mapping[str, object]:
    """Return what an order's `audience` says: whom it is for, and what it told, to compare with later."""
    place = remind.place
    whom: dict[str, object] = {
        "area": place.area,
        "day": place.day.isoformat(),
        "slot": str(place.slot),
        "mode": str(remind.mode),
        "told": dict(remind.told),
        "categories": list(remind.categories),
    }
    if remind.unless:
        whom["unless"] = list(remind.unless)
    if remind.earlier is not None:
        outcomes = ["cancelled"] if remind.mode is Mode.MISSED else ["accepted", "unsure"]
        whom |= {"of": "reached", "order": remind.earlier, "outcomes": outcomes}
    return whom


def _place(audience: Mapping[str, object]) -> Place:
    return Place(date.fromisoformat(str(audience["day"])), Slot(str(audience["slot"])), str(audience["area"]))


def _link(one: Ordered) -> _Link:
    noted = one.audience
    return _Link(
        id=one.id,
        key=one.key,
        mode=Mode(noted["mode"]),
        told=dict(noted["told"]),
        categories=tuple(noted["categories"]),
        earlier=noted.get("order"),
        open=one.open,
        begun=one.begun,
        stopping=one.stopping,
        expired=one.expired,
        reached=one.reached,
        missed=one.missed,
    )
