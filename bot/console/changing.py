"""Changes of the contents from a page: handed in, checked beside the work, and where one can look at them."""

from __future__ import annotations

import threading
from functools import partial
from typing import Final

from flask import redirect, url_for
from werkzeug.wrappers import Response

from bot import logs
from bot.answers.engine import Engine
from bot.console.desk import Desk, desk
from bot.console.gate import visit
from bot.console.speaking import speech
from bot.knowledge.importers.proposal import Remark
from bot.knowledge.told import told
from bot.pantry import engine_for
from bot.publishing import pending
from bot.publishing.editing.edits import Edit
from bot.publishing.pending import Workshop
from bot.store.database import StoreError

_one_at_a_time: Final = threading.Lock()
"""A check holds a second copy of all that is known: more of them at once would not fit beside each other."""

_log = logs.get(__name__)


def workshop() -> Workshop:
    """Return what changes are made with on this desk."""
    return _workshop(desk())


def engine() -> Engine:
    """Return the engine that answers people now."""
    return desk().services.content.current


def say(remark: Remark) -> str:
    """Return a remark in the language of the present page."""
    return told(speech(), remark)


def hand_in(edit: Edit) -> Response:
    """Keep what was asked for, begin to check it, and lead to the page that shows how far it is."""
    number = pending.submit(workshop(), edit, visit().account.name)
    begin_check(number)
    return redirect(url_for("console.changes.one", number=number), 303)


def begin_check(number: int) -> None:
    """Check a proposal beside the work; pages go on being served meanwhile."""
    work = partial(_check, _workshop(desk()), number)
    threading.Thread(target=work, name="content-check", daemon=True).start()


def _workshop(at: Desk) -> Workshop:
    services = at.services
    address = services.settings.public_base_url
    return Workshop(
        database=services.database,
        folder=services.settings.content_dir,
        clock=services.clock,
        engine=lambda: services.content.current,
        build=lambda knowledge: engine_for(knowledge, services.voices, address=address),
        voices=services.voices,
        tell=partial(told, at.voices["ja"]),
    )


def _check(where: Workshop, number: int) -> None:
    try:
        with _one_at_a_time:
            pending.check(where, number)
    except Exception as error:  # nobody else would tell whoever waits for it
        _log.error("content_check_failed", **logs.where(error))
        try:
            pending.failed(where, number)
        except StoreError as broken:
            _log.warning("content_check_not_noted", failure=str(broken))
