"""How the bot speaks to staff: Japanese or English, from the `staff` catalogs below `locales/`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from babel.messages.pofile import read_po

from bot.language.speech import CatalogError, Speech, incomplete, voice

STAFF_TAGS: Final = ("ja", "en")
"""The languages of clerks, PR officers and operators."""


def load_staff(locales_dir: Path) -> Mapping[str, Speech]:
    """Return the staff's Speech by tag from `<locales_dir>/<tag>/LC_MESSAGES/staff.po`.

    Raises CatalogError, naming all problems, when a catalog is missing or not complete.
    """
    problems: list[str] = []
    catalogs = {}
    for tag in STAFF_TAGS:
        path = locales_dir / tag / "LC_MESSAGES" / "staff.po"
        if path.is_file():
            with path.open("rb") as file:
                catalogs[tag] = read_po(file, locale=tag)
        else:
            problems.append(f"{path}: no catalog for staff")
    expected = {message.id for catalog in catalogs.values() for message in catalog if message.id}
    for tag, catalog in catalogs.items():
        problems += (f"staff, {tag}: {problem}" for problem in incomplete(catalog, expected))
    if problems:
        raise CatalogError("\n".join(problems))
    return MappingProxyType({tag: voice(tag, catalog) for tag, catalog in catalogs.items()})


def staff_language(asked: str | None, environment: Mapping[str, str]) -> str:
    """Return the language to speak to staff in: the one asked for, else the terminal's, else English."""
    if asked:
        return asked
    told = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    terminal = next((value for value in told if value), "")
    return "ja" if terminal.lower().startswith("ja") else "en"
