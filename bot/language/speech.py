"""How the bot speaks: one Speech per language, from the gettext catalogs below `locales/`.

The `.po` files are read once at start, so there is no compiled file to forget. A sentence that a catalog
lacks stops the start, because gettext would otherwise serve the English one to a Chinese reader.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.language.tags import TAGS, babel_locale, catalog_folder

MessageId = str | tuple[str, ...] | list[str]
"""A sentence in the code: one text, or a singular with its plural."""

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
"""What a sentence may leave open, e.g. `{phone}`."""

_WEEKDAYS = "月火水木金土日"
_WEEKDAY_READINGS = ("げつ", "か", "すい", "もく", "きん", "ど", "にち")
_SOURCE_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-\d{2})?)?")


class CatalogError(Exception):
    """The catalogs cannot be used; the message names every problem, one a line."""


@dataclass(frozen=True, slots=True)
class Speech:
    """The bot's voice in one language. `tag` is one of the public tags."""

    tag: str
    catalog: NullTranslations

    def say(self, msgid: str, /, **values: object) -> str:
        """Return the sentence in this language with its `{placeholders}` filled in.

        Raises KeyError when a value is missing. Values are inserted as they are, never read as a pattern.
        """
        return self.catalog.gettext(msgid).format_map(values)

    def say_n(self, singular: str, plural: str, n: int, /, **values: object) -> str:
        """Return the sentence for `n` things; `{n}` is filled in with the number."""
        return self.catalog.ngettext(singular, plural, n).format_map({"n": n, **values})

    def date(self, day: dt.date) -> str:
        """Return a day with its weekday: `11月24日（火）`, `Tue, Nov 24`, `11月24日周二`."""
        match self.tag:
            case "ja":
                return format_date(day, "M月d日（E）", locale="ja")
            case "ja-simple":
                weekday, reading = _WEEKDAYS[day.weekday()], _WEEKDAY_READINGS[day.weekday()]
                return f"{day.month}月{day.day}日 {weekday}（{reading}）よう日（び）"
            case _:
                return format_skeleton("MMMEd", day, locale=babel_locale(self.tag))

    def full_date(self, day: dt.date) -> str:
        """Return a day with its year: `2027年3月31日（水）`, `Wed, Mar 31, 2027`, `2027年3月31日周三`."""
        if self.tag == "en":
            return format_skeleton("yMMMEd", day, locale=babel_locale(self.tag))
        return f"{day.year}年{' ' if self.tag == 'ja-simple' else ''}{self.date(day)}"

    def month(self, text_date: str) -> str:
        """Return the month of a source's date: `2023-04-01` or `2023-04` -> `2023年4月`, `2023` -> `2023年`.

        Raises ValueError for anything else.
        """
        found = _SOURCE_DATE.fullmatch(text_date)
        if not found:
            raise ValueError(f"{text_date!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
        year, month = int(found[1]), int(found[2] or 1)
        skeleton = "yMMMM" if found[2] else "y"
        return format_skeleton(skeleton, dt.date(year, month, 1), locale=babel_locale(self.tag))

    def time(self, text_time: str) -> str:
        """Return a local `HH:MM` as people write it: `8時30分`, `8:30 am`, `8:30`.

        Raises ValueError when the text is no time.
        """
        at = dt.time.fromisoformat(text_time)
        half, minute = at.hour % 12, f"{at.minute:02}"
        match self.tag:
            case "ja":
                return f"{at.hour}時{at.minute}分" if at.minute else f"{at.hour}時"
            case "ja-simple":
                return f"{'ごぜん' if at.hour < 12 else 'ごご'} {half}:{minute}"
            case "en":
                return f"{half or 12}:{minute} {'am' if at.hour < 12 else 'pm'}"
            case _:
                return f"{at.hour}:{minute}"

    def join(self, *sentences: str) -> str:
        """Return sentences one after the other; Japanese and Chinese set no space between them."""
        return (" " if self.tag == "en" else "").join(sentences)

    def list(self, parts: Iterable[str]) -> str:
        """Return the parts as one phrase: `A、B、C`, `A, B, and C`, `A、B和C`."""
        return format_list(list(parts), locale=babel_locale(self.tag))


def load_voices(locales_dir: Path) -> Mapping[str, Speech]:
    """Return the Speech of every public tag from `<locales_dir>/<folder>/LC_MESSAGES/messages.po`.

    Raises CatalogError, naming all problems, when a catalog is missing or not complete.
    """
    problems: list[str] = []
    catalogs: dict[str, Catalog] = {}
    for tag in TAGS:
        path = locales_dir / catalog_folder(tag) / "LC_MESSAGES" / "messages.po"
        if path.is_file():
            with path.open("rb") as file:
                catalogs[tag] = read_po(file, locale=babel_locale(tag))
        else:
            problems.append(f"{path}: no catalog for {tag}")
    expected = {message.id for catalog in catalogs.values() for message in catalog if message.id}
    for tag, catalog in catalogs.items():
        problems += (f"{tag}: {problem}" for problem in incomplete(catalog, expected))
    if problems:
        raise CatalogError("\n".join(problems))
    return MappingProxyType({tag: voice(tag, catalog) for tag, catalog in catalogs.items()})


def voice(tag: str, catalog: Catalog) -> Speech:
    """Return the Speech that says what the catalog says."""
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Speech(tag, GNUTranslations(compiled))


def incomplete(catalog: Catalog, expected: Iterable[MessageId]) -> list[str]:
    """Return, one sentence each, why a catalog cannot serve the expected msgids. Empty means complete."""
    problems = []
    for msgid in sorted(expected, key=str):
        message = catalog.get(msgid)
        name = msgid if isinstance(msgid, str) else msgid[0]
        if message is None or not all(_strings(message)):
            problems.append(f"not translated: {name!r}")
        elif message.fuzzy:
            problems.append(f"marked fuzzy: {name!r}")
        elif not _same_placeholders(message):
            problems.append(f"other placeholders than the original: {name!r}")
    return problems


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def _same_placeholders(message: Message) -> bool:
    """A translated plural may leave out what its own singular leaves out, but adds nothing of its own."""
    ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    allowed = {frozenset(PLACEHOLDER.findall(text)) for text in ids}
    return all(frozenset(PLACEHOLDER.findall(text)) in allowed for text in _strings(message))
