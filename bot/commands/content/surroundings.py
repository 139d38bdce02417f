"""What commands for staff stand on: the content's folder, the place where it is kept, a voice, an author."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

import click

from bot.clock import Clock
from bot.knowledge.importers.proposal import Remark
from bot.knowledge.model import Knowledge
from bot.knowledge.told import told
from bot.language.speech import Speech
from bot.language.staff import STAFF_TAGS, load_staff, staff_language
from bot.publishing.disk import DiskPlace
from bot.publishing.history import Place

if TYPE_CHECKING:
    from bot.store.database import Database

T = TypeVar("T")
Command = Callable[..., None]

ROOT = Path(__file__).resolve().parents[3]
LOCALES = ROOT / "locales"

language_option = click.option(
    "--lang", type=click.Choice(STAFF_TAGS), help="Language of the report; without it, the terminal's."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


_CHANGING = (
    click.option("--live", is_flag=True, help="Change DATABASE_URL, not the files: every process follows."),
    click.option("--dry-run", is_flag=True, help="Show everything, change nothing."),
    click.option("--author", metavar="NAME", help="Who makes the change; without it, the login name."),
    click.option("--confirmed-by", metavar="NAME", help="The second person, where one is needed."),
    click.option("--yes", is_flag=True, help="Do not ask."),
    json_option,
    language_option,
)


def changing(command: Command) -> Command:
    """Add the options of everything that changes the content; `order` reads them."""
    for option in reversed(_CHANGING):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class Order:
    """How a change is to be made, as the command line says it."""

    live: bool
    dry_run: bool
    author: str
    confirmed_by: str | None
    yes: bool
    as_json: bool
    tell: Callable[[Remark], str]


def order(*, author: str | None, lang: str | None, **given: Any) -> Order:
    """Return the order that the options of `changing` make."""
    return Order(author=author_named(author), tell=teller(lang), **given)


def author_named(author: str | None) -> str:
    """Return the author given, or whoever is logged in."""
    try:
        return (author or getpass.getuser())[:80]
    except (OSError, KeyError):  # a container's user has no name
        raise click.UsageError("Say who makes this change: --author NAME") from None


def staff_voice(lang: str | None) -> Speech:
    """Return the voice in which a report is told."""
    return load_staff(LOCALES)[staff_language(lang, os.environ)]


def teller(lang: str | None) -> Callable[[Remark], str]:
    """Return what turns remarks into sentences of the reader's language."""
    voice = staff_voice(lang)
    return lambda remark: told(voice, remark)


def content_folder() -> Path:
    """Return the folder of the content."""
    return Path(os.environ.get("CONTENT_DIR") or ROOT / "content")


@dataclass(frozen=True, slots=True)
class Where:
    """The content's folder, where its changes are kept, and the database if that is there."""

    folder: Path
    place: Place
    database: Database | None = None


def where(live: bool) -> Where:
    """Return where the content is that a command is about. Stops with one sentence on problems."""
    if not live:
        return Where(content_folder(), DiskPlace(content_folder(), Clock()))
    from bot.publishing.live import LivePlace
    from bot.settings import load_kept
    from bot.store.database import StoreError
    from bot.wiring import NotReady, open_tables

    kept = load_kept()
    try:
        database = open_tables(kept, "content")
        return Where(kept.content_dir, LivePlace(database, kept.content_dir, Clock()), database)
    except (NotReady, StoreError) as error:
        raise click.ClickException(str(error)) from None


def city_now(knowledge: Knowledge) -> datetime:
    """Return what time it is in the city."""
    return Clock().now().astimezone(ZoneInfo(knowledge.city.timezone))


def watched(label: str) -> Callable[[Sequence[T]], Iterable[T]]:
    """Return a function that goes over things under a progress bar, where a terminal looks on."""

    def watch(things: Sequence[T]) -> Iterator[T]:
        with click.progressbar(things, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
            yield from bar

    return watch
