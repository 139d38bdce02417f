"""The one place that builds real things: settings become services, a talk, a runner, a dispatcher."""

from __future__ import annotations

import os
import uuid
from functools import lru_cache, partial
from pathlib import Path
from typing import Final

from bot import logs
from bot.broadcasts.notices import AUDIENCE as STAFF
from bot.broadcasts.office import Office
from bot.chat.conversation import Conversation
from bot.chat.linking import LinkingTalk, link_staff
from bot.chat.person import Talk
from bot.chat.runner import Runner, Tools
from bot.chat.sorry import Sorry
from bot.clock import Clock, PracticeClock
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.tools import THREADS
from bot.delivery.tools import Tools as DeliveryTools
from bot.knowledge.swap import LiveContent
from bot.language.speech import load_voices
from bot.language.staff import load_staff
from bot.line.asking import Asking
from bot.line.calls import Calls
from bot.line.menus import MenuApi
from bot.line.multicast import SECONDS, Multicast
from bot.line.sdk import LineApi
from bot.notices import sent
from bot.notices.board import Board
from bot.pantry import engine_for
from bot.publishing.live import StoredRevisions
from bot.richmenus.linking import Linking
from bot.services import Services
from bot.settings import Kept, Settings
from bot.store import broadcast_audience, identity, reminders
from bot.store.database import Database, StoreError
from bot.store.migrate import is_current
from bot.store.moments import micros
from bot.store.orders import Kind

LOCALES: Final = Path(__file__).resolve().parents[1] / "locales"

ASIDE: Final = (1.0, 2.0)
"""Time to connect and to be answered where somebody waits for a page."""

_CANNOT_BE_USED: Final = "The database at DATABASE_URL cannot be used ({})."


class NotReady(Exception):
    """The database cannot be used yet. Says in one sentence what to do."""


def build_services(settings: Settings, role: str) -> Services:
    """Build everything a process stands on. `role`, such as `web`, is what the database lists it as.

    Raises NotReady or OtherChannel for the database, ContentRefused or CatalogError for what the bot says.
    """
    database = open_database(settings, role)
    voices = load_voices(LOCALES)
    return Services(
        settings=settings,
        clock=PracticeClock(settings.line_api_base) if settings.practice else Clock(),
        database=database,
        line=open_line(settings),
        content=LiveContent(
            settings.content_dir,
            lambda knowledge: engine_for(knowledge, voices, address=settings.public_base_url),
            StoredRevisions(database),
        ),
        voices=voices,
        staff_voices=load_staff(LOCALES),
        owner=f"{role}-{os.getpid()}-{uuid.uuid4().hex[:12]}",
    )


def open_line(settings: Settings) -> LineApi:
    """Return LINE as the settings reach it; nothing is called yet."""
    proxy = settings.outbound_proxy
    return LineApi(
        settings.line_api_base,
        settings.line_channel_access_token.get_secret_value(),
        proxy.get_secret_value() if proxy else None,
    )


def open_database(settings: Settings, role: str) -> Database:
    """Return the database, which from its first use belongs to one channel. Raises NotReady, OtherChannel."""
    database = open_tables(settings, role)
    try:
        database.write(
            lambda connection: identity.stamp(connection, channel_secrets(settings), settings.practice)
        )
    except StoreError as error:
        raise NotReady(_CANNOT_BE_USED.format(error)) from None
    return database


def open_tables(kept: Kept, role: str) -> Database:
    """Return a database that has the tables of this version, whatever channel it is of. Raises NotReady."""
    database = Database(kept.database_url.get_secret_value(), f"awamado-{role}")
    try:
        if not database.read(is_current):
            raise NotReady("The database has no tables of this version: run `python -m bot migrate` first.")
    except StoreError as error:
        raise NotReady(_CANNOT_BE_USED.format(error)) from None
    return database


def channel_secrets(settings: Settings) -> tuple[str, ...]:
    """Return the channel secret, then the former one while LINE changes over."""
    known = (settings.line_channel_secret, settings.line_channel_secret_old)
    return tuple(secret.get_secret_value() for secret in known if secret)


def build_runner(services: Services, talk: Talk | None = None) -> Runner:
    """Return the runner of this process; without a talk of its own it holds the real conversation."""

    def telephone() -> str:
        knowledge = services.content.current.knowledge
        return knowledge.desks[knowledge.city.garbage_desk].phone

    tools = Tools(
        services.database,
        services.line,
        services.clock,
        services.owner,
        Sorry(services.voices, telephone),
        partial(logs.person, key=services.settings.secret_key.get_secret_value()),
    )
    practice = services.settings.practice
    board = Board(services.database, services.clock, lambda c: sent.known(c, services.clock.now()))
    real = Conversation(services.content, services.voices, services.clock.now, practice, board)
    key = services.settings.secret_key.get_secret_value().encode()
    link = partial(link_staff, services.database, Clock(), services.clock, key)
    return Runner(tools, talk or LinkingTalk(real, link, services.voices))


def build_office(services: Services) -> Office:
    """Return what the use cases of broadcasts work with, with the content that is in force now."""
    settings = services.settings
    return Office(
        database=services.database,
        knowledge=services.content.current.knowledge,
        voices=services.voices,
        staff_voices=services.staff_voices,
        now=lambda: micros(services.clock.now()),
        line=_asking(settings),
        public_base=settings.public_base_url,
        practice=settings.practice,
        mails=settings.mails,
    )


@lru_cache(maxsize=4)
def _asking(settings: Settings) -> Asking:
    """Return what pages ask LINE with; one for all: a new connection costs more than a call."""
    return Asking(mass_line(settings, threads=4, seconds=ASIDE), Clock().monotonic)


def mass_line(
    settings: Settings, threads: int = THREADS, seconds: tuple[float, float] = SECONDS
) -> Multicast:
    """Return the calls of mass delivery, at these settings' LINE."""
    proxy = settings.outbound_proxy
    return Multicast(
        settings.line_api_base,
        settings.line_channel_access_token.get_secret_value(),
        proxy.get_secret_value() if proxy else None,
        threads,
        seconds,
    )


def build_dispatcher(services: Services) -> Dispatcher:
    """Return the dispatcher of this process. Who brings send orders adds their audience here, by its name."""
    line = mass_line(services.settings)
    audiences = {
        Kind.REMINDER.value: reminders.audience,
        Kind.BROADCAST.value: broadcast_audience.audience,
        STAFF: broadcast_audience.colleagues,
    }
    return Dispatcher(DeliveryTools(services.database, line, services.clock, services.owner, audiences))


def build_calls(settings: Settings) -> Calls:
    """Return calls to LINE for staff and jobs."""
    proxy = settings.outbound_proxy
    return Calls(
        settings.line_api_base,
        settings.pictures_base,
        settings.line_channel_access_token.get_secret_value(),
        proxy.get_secret_value() if proxy else None,
    )


def build_linking(services: Services) -> Linking:
    """Return what shows people the menu of their language."""
    port = MenuApi(build_calls(services.settings))
    return Linking(services.database, port, lambda: micros(services.clock.now()))


def close(services: Services) -> None:
    """Let go of what the services hold."""
    services.database.close()
    services.clock.close()
