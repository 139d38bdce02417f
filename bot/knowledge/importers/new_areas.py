"""An area that a file names for the first time: its entry in five languages, made like the others."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from bot.knowledge.collection import OFFICIAL, Area
from bot.knowledge.importers.comparing import Setting
from bot.knowledge.importers.lookup import Areas, stem
from bot.knowledge.importers.proposal import remark
from bot.knowledge.importers.refused import Refused
from bot.knowledge.importers.wording import plain
from bot.language.tags import TAGS

_LETTERS = re.compile(r"[a-z0-9]{1,3}")
_LONGEST = 20
"""What a label on a button may hold."""


def new_area(text: str, setting: Setting, english: str = "") -> Area:
    """Return the entry of a new area, and make it known.

    `E` or `E地区` is named like the areas there are, with its letter for theirs. A place's name is the
    same in every language, but for `english` where that is given. Raises Refused for no name at all.
    """
    name = plain(text)
    letter = stem(text).upper() if _LETTERS.fullmatch(stem(text)) else ""
    if not name or len(name) > 80:
        raise Refused(remark("{area} cannot be the name of an area.", area=repr(name[:80])))
    sibling = next(
        (area for area in setting.areas.known.values() if letter and area.letter in area.name["ja"]), None
    )
    area = Area(
        id=letter or _id(name, english, setting.areas),
        letter=letter or _cut(name),
        name=_like(sibling.name, sibling.letter, letter) if sibling else _same(name, english),
        short=_like(sibling.short, sibling.letter, letter) if sibling else _same(_cut(name), _cut(english)),
        owner=setting.knowledge.city.garbage_desk,
        sources=setting.sources,
        evidence=OFFICIAL,
        facts=[],
        checked_on=setting.options.today,
        review_by=setting.options.today.replace(month=2, day=1, year=setting.options.today.year + 1),
    )
    setting.areas.add(area)
    setting.report.effects.append(remark("{area} is a new area.", area=area.name["ja"]))
    return area


def _id(name: str, english: str, areas: Areas) -> str:
    """Return an id that the same place gets again, whatever else the file holds."""
    slug = re.sub(r"[^a-z0-9]+", "-", plain(english).lower())[:30].strip("-")
    return slug if slug and slug not in areas.known else _numbered(name)


def _numbered(name: str) -> str:
    return "place-" + hashlib.sha256(name.encode()).hexdigest()[:8]


def _like(texts: Mapping[str, str], theirs: str, ours: str) -> dict[str, str]:
    """Put a letter in the place of another one that stands alone: the A of `Area A`, not of `Area`."""
    alone = re.compile(rf"(?<![A-Za-z0-9]){re.escape(theirs)}(?![A-Za-z0-9])")
    return {tag: alone.sub(ours, text) for tag, text in texts.items()}


def _same(name: str, english: str) -> dict[str, str]:
    return {tag: (english or name) if tag == "en" else name for tag in TAGS}


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"
