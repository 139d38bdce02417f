"""Orders what is due to be told, and withdraws what is no longer true; delivery does the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot import logs
from bot.answers.model import Answer
from bot.answers.reader import Reader
from bot.delivery import staff
from bot.delivery.order import Message, frozen
from bot.delivery.staff import NotPossible
from bot.knowledge.model import Knowledge
from bot.language.choose import LACKING
from bot.language.speech import Speech
from bot.language.tags import TAGS
from bot.messages.render import to_messages
from bot.reminders import words
from bot.reminders.planning import Mode, Remind, Sight, Withdraw, noted, steps
from bot.reminders.times import times_of
from bot.reminders.truth import Told, changed
from bot.store import orders, reminders
from bot.store.database import Connection, Database
from bot.store.moments import micros
from bot.store.orders import Kind, NewOrder

BY = "reminders"
"""Who the audit names."""

_BACK = timedelta(days=2)
_LACKED = ("ja-simple", "en")
"""What somebody reads whose language we lack: both, never silently one of them."""

_log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class Ordering:
    """Makes the orders of one database. `practice` switches reminders on whatever the content says."""

    database: Database
    voices: Mapping[str, Speech]
    practice: bool

    def look(self, knowledge: Knowledge, now: datetime) -> None:
        """Do what is to be done at a moment with the content in force. Raises StoreError."""
        times = times_of(knowledge.city, self.practice)
        if times is None:
            return
        here = now.astimezone(ZoneInfo(knowledge.city.timezone))
        made = self.database.read(partial(reminders.ordered, first=here.date() - _BACK))
        for step in steps(Sight(knowledge.calendar, times, here), made):
            if isinstance(step, Withdraw):
                self.database.write(partial(_withdraw, order=step.order, now=micros(now)))
            elif self._somebody(step):
                self._order(knowledge, step, now)

    def _somebody(self, step: Remind) -> bool:
        place = step.place
        return step.mode is not Mode.FIRST or self.database.read(
            partial(reminders.anybody, area=place.area, slot=place.slot)
        )

    def _order(self, knowledge: Knowledge, step: Remind, now: datetime) -> None:
        texts = dict(self._texts(knowledge, step))
        if not texts:
            return
        new = NewOrder(
            key=step.key,
            kind=Kind.REMINDER,
            audience=_whom(step, texts),
            variants=texts,
            due_at=micros(step.window.opens),
            not_after=micros(step.window.closes),
            by=BY,
        )
        made = self.database.write(partial(orders.create, new=new, now=micros(now)))
        if made is not None:
            _log.info("reminder_ordered", order=made, key=step.key, mode=str(step.mode))

    def _texts(self, knowledge: Knowledge, step: Remind) -> Iterator[tuple[str, bytes]]:
        """Yield each variant's messages: a language and some of the day's categories."""
        reads = step.window.opens
        for bits in _subsets(len(step.categories)):
            mine = [one for place, one in enumerate(step.categories) if bits >> place & 1]
            write = _writer(step, mine, every=len(mine) == len(step.categories))
            for language in (*TAGS, LACKING):
                tags = _LACKED if language == LACKING else (language,)
                messages: list[Message] = []
                for tag in tags:
                    answer = write(Reader(knowledge=knowledge, speech=self.voices[tag], now=reads))
                    messages += to_messages(answer, self.voices[tag]) if answer else ()
                if messages:
                    yield f"{language}:{bits:x}", frozen(_last_quick(messages))


def _whom(step: Remind, variants: Iterable[str]) -> dict[str, object]:
    """Return an order's audience; of people reached before, only those to whom there is something to say."""
    some = {"variants": sorted(variants)} if step.earlier is not None else {}
    return {**noted(step), **some}


def _subsets(count: int) -> Sequence[int]:
    """Return every choice among so many categories as bits; of very many only all together."""
    every = (1 << count) - 1
    return range(1, every + 1) if count <= reminders.MOST_APART else (every,)


def _writer(step: Remind, mine: Sequence[str], every: bool) -> Callable[[Reader], Answer | None]:
    """Return what writes an order's text for people who want some of its categories; None for no text."""
    area, day = step.place.area, step.place.day
    if step.mode is Mode.CORRECTION:
        different = changed(step.first, step.last, step.told, mine, every)

        def correct(reader: Reader) -> Answer | None:
            fallen = {one.category: one for one in reader.knowledge.calendar.cancelled(area, day, day)}
            return words.correction(reader, area, day, different, fallen) if different else None

        return correct
    told: Told = {one: by for one, by in step.told.items() if every or one in mine}
    return lambda reader: words.reminder(reader, area, day, told) if told else None


def _last_quick(messages: list[Message]) -> list[Message]:
    """Leave quick replies on the last message only, where LINE shows them."""
    first = [{key: value for key, value in one.items() if key != "quickReply"} for one in messages[:-1]]
    return [*first, messages[-1]]


def _withdraw(connection: Connection, order: int, now: int) -> None:
    try:
        staff.stop(connection, order, BY, now, "the calendar changed")
    except NotPossible as why:  # it just came to its end; the next look sees how
        _log.info("reminder_not_withdrawn", order=order, reason=why.reason)
    else:
        _log.info("reminder_withdrawn", order=order)
