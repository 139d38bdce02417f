"""A notice on both sides: from the desk to the people who want it, and on in what the bot answers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from functools import partial

from bot.answers.taps import decode
from bot.broadcasts import setting
from bot.broadcasts.compose import UNKNOWN
from bot.broadcasts.office import Office
from bot.chat.turns import _load, _save
from bot.delivery.dispatcher import Dispatcher
from bot.language.tags import TAGS
from bot.notices.sent import known
from bot.notices.wish import Choice, Often
from bot.store.database import Database
from bot.store.moments import SECOND, moment
from tests.component.broadcasting import TEXTS, written
from tests.component.sending import FIRST, delivered, ended, now, user
from tests.component.test_broadcasts_whole_way import go, office, worker
from tests.emulator_process import Practice
from tests.unit.talker import Talker

__all__ = ["office", "worker"]

HOUR = 3600 * SECOND


def choose(database: Database, number: int, choice: Choice) -> None:
    """Let a follower choose notices."""
    kept = database.read(partial(_load, user_id=user(FIRST + number)))
    after = replace(kept.person, notices=choice)
    database.write(partial(_save, before=kept.person, after=after, version=kept.version or 0, now=1))


def test_a_notice_reaches_who_wants_it_and_lives_on(
    office: Office, worker: Dispatcher, practice: Practice
) -> None:
    """Two of three do not want it; its buttons stop the next one; the menu goes on telling it."""
    choose(office.database, 0, Choice(Often.EMERGENCIES))
    choose(office.database, 2, Choice(None, ("library",)))
    notice = go(office, topic="library", valid_until=now() + 48 * HOUR)
    ended(office.database, notice.order_id or 0, worker)
    assert delivered(practice) == {user(FIRST + 1): 1}
    (entry,) = practice.get("/emulator/ledger?kind=multicast")["entries"]
    buttons = entry["body"]["messages"][-1]["quickReply"]["items"]
    taps = [decode(one["action"]["data"]) for one in buttons]
    assert [tap.on for tap in taps if tap] == [
        f"notices:why-{notice.id}", "notices:open", "notices:emergencies",
    ]  # fmt: skip
    at = moment(now())
    notices = office.database.read(partial(known, now=at))
    person = office.database.read(partial(_load, user_id=user(FIRST + 1))).person
    talker = Talker(person, at, notices=notices)
    assert TEXTS["en"] in talker.taps("menu").seen
    assert "which is on for you" in talker.taps("answer", f"notices:why-{notice.id}").seen
    later = Talker(person, at + timedelta(days=3), notices=notices)
    assert TEXTS["en"] not in later.taps("menu").seen


def test_readers_of_unknown_language_can_stop_it_too(office: Office) -> None:
    """Below the text stand the languages and, as under every everyday notice, the tap that stops it."""
    draft = written(office)
    *_, last = json.loads(setting.composed(office, draft)[UNKNOWN])
    taps = [decode(one["action"]["data"]) for one in last["quickReply"]["items"]]
    assert [tap.on for tap in taps if tap] == [*TAGS, "notices:emergencies"]


def test_who_wants_one_a_week_gets_the_first(office: Office, worker: Dispatcher, practice: Practice) -> None:
    """The second of the week passes them by; everybody else gets both."""
    choose(office.database, 1, Choice(Often.WEEKLY))
    for topic in ("library", "events"):
        sent = go(office, topic=topic)
        ended(office.database, sent.order_id or 0, worker)
    assert delivered(practice) == {user(FIRST): 2, user(FIRST + 1): 1, user(FIRST + 2): 2}
