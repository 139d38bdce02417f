"""A question in, an Answer out: emergencies first, then what was named, then an honest unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.answers import collection, guides, menu, pages, timing, whereabouts
from bot.answers.area import ask_area, forgotten, keep_button
from bot.answers.arrive import answer_of
from bot.answers.dayspan import NoSuchDay, Undated
from bot.answers.dayspan import resolve as days_of
from bot.answers.emergency import heard
from bot.answers.found import risky
from bot.answers.index import Index, build
from bot.answers.meant import Meant, meant
from bot.answers.model import Answer, Question
from bot.answers.normalise import sentences, units
from bot.answers.personal import asked_personally
from bot.answers.places import Places
from bot.answers.reader import Reader
from bot.answers.reading import Reading, telling
from bot.answers.resolve import MOST_ANSWERS, about_procedures, answer_id, resolve, together
from bot.answers.subject import guard_of, is_guide, names_thing
from bot.answers.understand import spoken_in, throws_away, understand
from bot.answers.vocabulary import Means
from bot.knowledge.model import Knowledge
from bot.language.speech import Speech

THING = 0.7
"""How likely a thing must be for a remark that also sounds like a procedure, or like talk."""

THING_NOT_GUIDE = 0.95
"""The same, where the concepts of a guide or words of procedures are plainly said."""

ONE_MATTER = 0.8
"""How likely a thing (or talk) must be for several sentences to be about that one matter."""

LONGEST = 600
"""A longer message is asked to be put shortly: nobody's question is that long."""


class Engine:
    """Answers from one Knowledge; built once per version of the content, shared by all threads.

    `index` is everything people may say, as it is looked up. `address` is where our own pages are, such as
    `https://window.example`; without it none is linked.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        voices: Mapping[str, Speech],
        index: Index | None = None,
        address: str | None = None,
    ) -> None:
        self.knowledge = knowledge
        self._voices = voices
        self.index = index or build(knowledge)
        self._places = Places(knowledge)
        self._zone = ZoneInfo(knowledge.city.timezone)
        self._address = address

    def over(self, knowledge: Knowledge) -> Engine:
        """Return an engine over the same words with other facts, such as other collection days."""
        return Engine(knowledge, self._voices, self.index, self._address)

    def reader(self, question: Question) -> Reader:
        """Return the reader of a question, at the city's local time."""
        known = question.area in self.knowledge.calendar.areas
        return Reader(
            knowledge=self.knowledge,
            speech=self._voices[question.language],
            now=self.local(question.now),
            visitor=question.visitor,
            unknowns=question.unknowns,
            area=question.area if known else None,
            moved_on=bool(question.area) and not known,
            in_group=question.in_group,
            address=self._address,
            notices=question.notices,
        )

    def local(self, moment: datetime) -> datetime:
        """Return an aware moment in the city's time zone."""
        return moment.astimezone(self._zone)

    def answer(self, question: Question) -> Answer:
        """Return the answer to free text. Never raises for anything a person may type."""
        reader = self.reader(question)
        emergency = heard(question.text, self.index)
        if emergency is not None:
            return pages.safety_answer(reader, self.knowledge.safety[emergency])
        picked = self._picked(question)
        if picked:
            return self.lookup(question, picked)
        living = whereabouts.told(reader, self._places, self.index, question)
        if living:
            return living
        if len(question.text) > LONGEST:
            return menu.menu_answer(reader, "long")
        text, area = self._places.inside(question.text)
        if area is None or area == question.area:
            return self._about_text(reader, question)
        answer = self._about_text(replace(reader, area=area), replace(question, text=text, area=area))
        return (
            answer if reader.in_group else replace(answer, quick=(keep_button(reader, area), *answer.quick))
        )

    def _about_text(self, reader: Reader, question: Question) -> Answer:
        remarks = sentences(question.text, 2 * MOST_ANSWERS)
        whole, several = understand(question.text, self.index), len(remarks) > 1
        weighed = meant(self.knowledge, self.index, whole, reader.day) if several else None
        if weighed and weighed.odds >= ONE_MATTER:
            return replace(self._told(reader, question, whole), trace=tuple(_trace([whole])))
        readings = self._understood(remarks) if several else [whole]
        saying = _asked_whereto([one for one in readings if one.says_something])
        if not saying:
            return self._nothing_named(reader, question, readings)
        if len(saying) > 1 and _is_told_by(whole, weighed, saying):
            saying = [whole]
        answers = [self._told(reader, question, reading) for reading in telling(saying)]
        return replace(together(reader, answers), trace=tuple(_trace(readings)))

    def spoken_in(self, text: str) -> frozenset[str]:
        """Return the languages in whose lists the first thing named in a short text stands."""
        return spoken_in(text[:LONGEST], self.index)

    def lookup(self, question: Question, answer_id: str) -> Answer:
        """Return the answer with a known id (from a tap or a choice); one that is gone leads to the menu."""
        return answer_of(self.reader(question), answer_id)

    def located(self, question: Question, latitude: float, longitude: float) -> Answer:
        """Return the answer to a place that was sent: the area it lies in."""
        return whereabouts.located(self.reader(question), self._places, question, latitude, longitude)

    def _understood(self, remarks: list[str]) -> list[Reading]:
        """Each remark of a message; that something is thrown away may be said in another one of them."""
        discarding = any(throws_away(remark, self.index) for remark in remarks)
        return [understand(remark, self.index, discarding) for remark in remarks]

    def _nothing_named(self, reader: Reader, question: Question, readings: list[Reading]) -> Answer:
        """Answer "where do I put garbage?", which asks for the rules; a row of emoji asks for nothing."""
        if any(one.discard for one in readings):
            return pages.service_answer(reader, "put-out-rules")
        unreadable = question.text.strip() and not units(question.text)
        return menu.menu_answer(reader, "unsupported" if unreadable else "menu")

    def _picked(self, question: Question) -> str | None:
        """Return the offered answer that a number stands for: 「1番」, "one", 「一」."""
        number = self.index.numbers.get(units(question.text)) if question.offered else None
        return question.offered[number - 1] if number and number <= len(question.offered) else None

    def _told(self, reader: Reader, question: Question, reading: Reading) -> Answer:
        """Return the answer to one remark, for the days that it names."""
        try:
            asked = days_of(reading.days, reader.day)
        except NoSuchDay as day:
            return collection.no_such_day(reader, undated=isinstance(day, Undated))
        return self._one(replace(reader, asked=asked), question, reading)

    def _one(self, reader: Reader, question: Question, reading: Reading) -> Answer:
        personal = asked_personally(reading.intents)
        if personal and not (reading.rest or reading.guards or names_thing(reading)):
            return answer_of(reader, personal)
        if reading.only_intents:
            return self._intent(reader, question, reading)
        guard = guard_of(reading, self._names_danger(reading))
        other = self._not_answered_here(reader, reading, guard) or self._no_thing(reader, reading, guard)
        if other:
            return other
        if timing.asks_when(reading):
            return self._when(reader, question, reading)
        return resolve(reader, self.index, reading)

    def _no_thing(self, reader: Reader, reading: Reading, guard: str | None) -> Answer | None:
        """Return the answer to a remark about a procedure or about talk, unless a thing is likelier meant."""
        procedures = guard in ("my-number", "procedures") or is_guide(reading, self._names_danger(reading))
        if not procedures and guard is None:
            return None
        weighed = meant(self.knowledge, self.index, reading, reader.day)
        plain = reading.plain_guide or guard in ("my-number", "procedures")
        if weighed and weighed.told and weighed.odds >= (THING_NOT_GUIDE if plain else THING):
            return None
        if procedures:
            return about_procedures(reader, reading, guard or "procedures")
        return pages.elsewhere_answer(reader, guard or "chatter")

    def _not_answered_here(self, reader: Reader, reading: Reading, guard: str | None) -> Answer | None:
        """Return where to turn with another town's garbage, a bank card, a lost thing, how one is used."""
        if reading.plain_guide and guard not in ("elsewhere", "not-ours"):
            return None
        if "visitor" in reading.intents and not reading.found:
            return menu.stay_answer(reader)
        if guard == "not-ours":
            return pages.elsewhere_answer(reader, "procedures")
        if "lost" in reading.guards and "my-number" not in reading.guards:
            return pages.elsewhere_answer(reader, "chatter")
        if guard == "elsewhere" and not self._about_elsewhere(reading):
            return pages.elsewhere_answer(reader, guard)
        things = any(entry.means is Means.ITEM for one in reading.found for entry in one.entries)
        if "help" in reading.intents and things and not reading.discard:
            return pages.elsewhere_answer(reader, "chatter")
        return None

    def _names_danger(self, reading: Reading) -> bool:
        return any(risky(one.entries, self.index) for one in reading.found)

    def _about_elsewhere(self, reading: Reading) -> bool:
        """True when the remark is a question that names other towns by its nature, such as moving there."""
        guides = [entry for one in (*reading.found, *reading.guides[:1]) for entry in one.entries]
        return any(
            entry.means is Means.GUIDE and self.knowledge.guides[entry.id].elsewhere for entry in guides
        )

    def _intent(self, reader: Reader, question: Question, reading: Reading) -> Answer:
        if "when" in reading.intents or not reading.intents:
            return self._when(reader, question, reading)
        if "where" in reading.intents:
            return self._where(reader, question)
        intent = min(reading.intents)
        if intent == "show" and question.last_answer:
            return self.lookup(replace(question, language="ja"), question.last_answer)
        if intent == "procedures":
            return guides.topic_answer(reader, intent)
        simple = {
            "call": menu.call_answer,
            "language": menu.language_answer,
            "other-language": menu.other_language_answer,
            "visitor": menu.stay_answer,
            "area": ask_area,
            "forget-area": forgotten,
        }
        if intent in simple:
            return simple[intent](reader)
        if intent.startswith("speak-"):
            tag = intent.removeprefix("speak-")
            return menu.language_chosen(self.reader(replace(question, language=tag)))
        return menu.menu_answer(reader, intent)

    def _when(self, reader: Reader, question: Question, reading: Reading) -> Answer:
        def last() -> Answer | None:
            return self.lookup(question, question.last_answer) if question.last_answer else None

        return timing.when_answer(reader, self.index, reading, last)

    def _where(self, reader: Reader, question: Question) -> Answer:
        """Where what was just answered is taken: the page of its category, or the rules of putting out."""
        last = self.lookup(question, question.last_answer) if question.last_answer else None
        for page in self.knowledge.services.values():
            if last and last.category and page.category == last.category:
                return pages.service_answer(reader, page.id)
        return pages.service_answer(reader, "put-out-rules") if last else menu.call_answer(reader)


def _is_told_by(whole: Reading, weighed: Meant | None, readings: list[Reading]) -> bool:
    """True where the remarks of a message together tell what each by itself does not."""
    about_guide = whole.plain_guide or any(one.by_concepts for one in whole.guides)
    if about_guide and not any(one.discard and one.found for one in readings):
        return True
    named = sum(one.plain and bool(one.found) for one in readings)
    if named > 1 or any(one.plain_guide for one in readings):
        return False
    return weighed is not None and bool(weighed.told)


def _asked_whereto(readings: list[Reading]) -> list[Reading]:
    """A category alone beside another remark asks whether the thing goes there: 「…をはがした。プラ？」."""
    alone = [one for one in readings if one.names_category]
    others = [one for one in readings if one not in alone]
    if not alone or not any(one.found or one.near or one.rest for one in others):
        return readings
    into = tuple(entry.id for one in alone for entry in one.found[0].entries)
    return [replace(one, found=tuple(replace(thing, into=into) for thing in one.found)) for one in others]


def _trace(readings: list[Reading]) -> list[str]:
    lines = []
    for reading in readings:
        for one in (*reading.found, *reading.near, *reading.resembling, *reading.guides):
            lines.append(
                f"{one.why} -> {', '.join(answer_id(entry) for entry in one.entries)} ({one.score:.2f})"
            )
        if reading.intents:
            lines.append(f"intent {', '.join(sorted(reading.intents))}")
        if reading.guards:
            lines.append(f"guard {', '.join(sorted(reading.guards))}")
        lines.append(
            f"unexplained {reading.rest:g}, about throwing away: {'yes' if reading.discard else 'no'}"
        )
    return lines
