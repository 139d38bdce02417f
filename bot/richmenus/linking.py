"""Shows people the menu of their language: tells LINE what was noted for them in the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Final

from bot import logs
from bot.line.calls import Refused
from bot.line.menus import MOST_AT_ONCE, MenuPort
from bot.richmenus.describing import ALIASES
from bot.store import menu_links
from bot.store.database import Database
from bot.store.menu_links import Wanted
from bot.store.moments import SECOND

PAUSES: Final = tuple(SECOND * seconds for seconds in (2, 10, 60, 300, 1800, 3600, 3600, 3600))
"""Before each further try; after the last one only a new choice or deployment tries again."""

_log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class Linking:
    """Tells LINE for one process. `now` gives microseconds."""

    database: Database
    port: MenuPort
    now: Callable[[], int]

    def work(self) -> int:
        """Tell LINE of everybody who is due, once; return how many it was told of. Raises StoreError."""
        waiting = self._due()
        if not waiting:
            return 0
        try:
            aliases = self.port.aliases()
        except Refused as refused:
            self._failed(waiting, refused)
            return 0
        menus = {tag: aliases[alias] for alias, tag in ALIASES.items() if alias in aliases}
        return self._tell(waiting, menus)

    def renew(self, menus: Mapping[str, str]) -> int:
        """Show the menus, by language, to everybody who sees older ones, before those are deleted.

        Returns how many people that were. Raises Refused, StoreError.
        """
        self.database.write(partial(menu_links.renew, menus=tuple(menus.values()), now=self.now()))
        told = 0
        while waiting := self._due():
            told += self._tell(waiting, menus, strict=True)
        return told

    def _due(self) -> list[Wanted]:
        return self.database.read(partial(menu_links.due, now=self.now(), limit=MOST_AT_ONCE))

    def _tell(self, waiting: Sequence[Wanted], menus: Mapping[str, str], strict: bool = False) -> int:
        """Make one call a language. With `strict` a refusal is raised instead of kept for later."""
        told = 0
        for language, group in groupby(sorted(waiting, key=_language), key=_language):
            people = list(group)
            try:
                self._call(language, [one.user_id for one in people], menus)
            except Refused as refused:
                self._failed(people, refused)
                if strict:
                    raise
                continue
            told += len(people)
        return told

    def _call(self, language: str, user_ids: Sequence[str], menus: Mapping[str, str]) -> None:
        menu = menus.get(language)
        if not language:
            self.port.unlink(user_ids)
        elif menu is None:
            raise Refused(f"the menu in {language}", 0, "not deployed")
        else:
            self.port.link(menu, user_ids)
        told = partial(
            menu_links.told, language=language or None, user_ids=user_ids, menu=menu, now=self.now()
        )
        self.database.write(told)

    def _failed(self, people: Sequence[Wanted], refused: Refused) -> None:
        """Try again later, each at their own time."""
        _log.warning("menus_not_linked", people=len(people), status=refused.status, reason=refused.reason)
        now = self.now()
        for attempts, group in groupby(sorted(people, key=_attempts), key=_attempts):
            again = now + PAUSES[attempts] if attempts < len(PAUSES) else None
            ids = [one.user_id for one in group]
            self.database.write(partial(menu_links.not_told, user_ids=ids, again_at=again))


def _language(one: Wanted) -> str:
    return one.language or ""


def _attempts(one: Wanted) -> int:
    return one.attempts
