"""Brings in the people who followed the account before we were there, page by page, as LINE lists them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from bot.clock import Clock
from bot.line.port import Followers, FollowersPort, Outcome
from bot.store import follower_imports
from bot.store.database import Database
from bot.store.follower_imports import Progress
from bot.store.moments import SECOND, micros

PAGE_SECONDS: Final = 0.2
"""Pause between two pages: the replies of the day come first."""

PAUSES: Final = (1.0, 5.0, 15.0)
"""Seconds before each further try of a page that LINE turned away or did not answer."""

TOKEN_LIFE: Final = 23 * 3600 * SECOND
"""LINE's token of a page lives a day; an older one would be refused."""


class NotImported(Exception):
    """LINE does not give the list (now). Says in one sentence what to do."""


@dataclass(frozen=True, slots=True)
class Importing:
    """What an import works with. `wait` waits so many seconds."""

    database: Database
    line: FollowersPort
    clock: Clock
    wait: Callable[[float], object]


def run(importing: Importing, told: Callable[[Progress], object]) -> Progress:
    """Import all followers, going on where an earlier run was broken off; `told` hears of each page.

    Raises NotImported, after which another run goes on, and StoreError.
    """
    database, clock = importing.database, importing.clock
    now = micros(clock.now())
    progress = database.read(follower_imports.unfinished)
    if progress is None or now - progress.changed_at > TOKEN_LIFE:
        progress = database.write(partial(follower_imports.begin, now=now))
    while True:
        page = _page(importing, progress.goes_on)
        progress = database.write(
            partial(
                follower_imports.keep,
                progress=progress,
                ids=page.user_ids,
                goes_on=page.goes_on,
                now=micros(clock.now()),
            )
        )
        told(progress)
        if progress.goes_on is None:
            return progress
        importing.wait(PAGE_SECONDS)


def _page(importing: Importing, goes_on: str | None) -> Followers:
    for pause in (*PAUSES, None):
        page = importing.line.followers(goes_on)
        if page.outcome is Outcome.ACCEPTED:
            return page
        if pause is None or page.outcome not in (Outcome.THROTTLED, Outcome.UNKNOWN, Outcome.UNREACHED):
            break
        importing.wait(pause)
    raise NotImported(_why(page))


def _why(page: Followers) -> str:
    if page.status == 403:
        return (
            "LINE gives the list of followers to verified and premium accounts only, and this account is "
            "neither: people become known when they write."
        )
    if page.status == 401:
        return "LINE refused the channel access token: check LINE_CHANNEL_ACCESS_TOKEN."
    if page.outcome is Outcome.REJECTED:
        return f"LINE refused the page of followers (status {page.status}): run the import again in a day."
    return "LINE did not answer: run the import again, it goes on where it stopped."
