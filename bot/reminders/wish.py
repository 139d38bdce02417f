"""What one person wants to be reminded of, and how their choices change it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

_DAY = timedelta(days=1)


class Slot(StrEnum):
    """When a person is reminded. OFF: they stopped; the row stays a while, see `Wish`."""

    EVENING = "evening"
    MORNING = "morning"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Wish:
    """One person's reminders. All days are collection days, not days of sending.

    `categories` None: every regular one of the area. `paused_until` is the last day without a reminder.
    `starts_on` is the earliest day they are reminded of: it moves past each day of which they may have been
    reminded already, so that no change brings a second reminder of the same day. A stopped wish is kept for
    it. `ended_told` is the calendar's last day of which they know. `ordered_through`, which is looked up and
    not kept, is the last day of which a reminder for their area and slot is ordered.
    """

    slot: Slot
    starts_on: date
    categories: tuple[str, ...] | None = None
    paused_until: date | None = None
    ended_told: date | None = None
    ordered_through: date | None = None

    @property
    def active(self) -> bool:
        """Whether they want reminders at all, now or after a pause."""
        return self.slot is not Slot.OFF

    def paused(self, today: date) -> bool:
        """Return whether no reminder comes today because of a pause."""
        return self.paused_until is not None and self.paused_until >= today

    def wants(self, category: str) -> bool:
        """Return whether they want to be reminded of a category."""
        return self.categories is None or category in self.categories


def asked(wish: Wish | None, slot: Slot, today: date) -> Wish:
    """Return the wish of somebody who chooses when to be reminded; a stopped one comes back as it was."""
    if wish is None:
        return Wish(slot, today)
    return wish if wish.slot is slot else replace(_moved_on(wish), slot=slot)


def stopped(wish: Wish) -> Wish:
    """Return the wish of somebody who wants no more reminders."""
    return replace(_moved_on(wish), slot=Slot.OFF, paused_until=None) if wish.active else wish


def paused(wish: Wish, until: date | None) -> Wish:
    """Return the wish with a pause up to and including a day; None ends it."""
    return replace(_moved_on(wish), paused_until=until)


def choosing(wish: Wish, categories: tuple[str, ...] | None) -> Wish:
    """Return the wish for some categories, or for all of them."""
    return replace(_moved_on(wish), categories=categories)


def elsewhere(wish: Wish) -> Wish:
    """Return the wish of somebody who now lives in another area, whose categories are others."""
    return replace(_moved_on(wish), categories=None, ordered_through=None)


def _moved_on(wish: Wish) -> Wish:
    """Return the wish past the days of which they may have been reminded already."""
    if wish.ordered_through is None or wish.ordered_through < wish.starts_on:
        return wish
    return replace(wish, starts_on=wish.ordered_through + _DAY)
