"""A question in, an Answer out: emergencies first, then what was named, then an honest unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.answers import garbage, menu, pages
from bot.answers.index import Entry, Index, Means, build
from bot.answers.model import Answer, Card, Question, Status, Tone
from bot.answers.normalise import sentences, units
from bot.answers.reader import Reader, quick_buttons
from bot.answers.understand import LIKELY, SURE, Found, Reading, spoken_in, understand
from bot.knowledge.model import Knowledge
from bot.knowledge.schema import Safety
from bot.language.speech import Speech

MOST_ANSWERS = 5
"""LINE takes at most five messages in a reply; more things than that are too many to read."""

LONGEST = 600
"""A longer message is asked to be put shortly: nobody's question is that long."""

ID_PREFIX = {Means.ITEM: "garbage", Means.CATEGORY: "category", Means.SERVICE: "service"}


class Engine:
    """Answers from one Knowledge; built once per version of the content, shared by all threads."""

    def __init__(self, knowledge: Knowledge, voices: Mapping[str, Speech]) -> None:
        self.knowledge = knowledge
        self._voices = voices
        self._index: Index = build(knowledge)
        self._zone = ZoneInfo(knowledge.city.timezone)

    def reader(self, question: Question) -> Reader:
        """Return the reader of a question, at the city's local time."""
        return Reader(
            knowledge=self.knowledge,
            speech=self._voices[question.language],
            now=self.local(question.now),
            visitor=question.visitor,
            unknowns=question.unknowns,
        )

    def local(self, moment: datetime) -> datetime:
        """Return an aware moment in the city's time zone."""
        return moment.astimezone(self._zone)

    def answer(self, question: Question) -> Answer:
        """Return the answer to free text. Never raises for anything a person may type."""
        reader = self.reader(question)
        emergency = self._emergency(question.text)
        if emergency:
            return pages.safety_answer(reader, emergency)
        picked = self._picked(question)
        if picked:
            return self.lookup(question, picked)
        if len(question.text) > LONGEST:
            return menu.menu_answer(reader, "long")
        readings = self._understood(question.text)
        telling = [one for one in readings if one.says_something]
        if not telling:
            return self._nothing_named(reader, question, readings)
        parts = [self._one(reader, question, reading) for reading in telling]
        return replace(_together(reader, parts), trace=tuple(_trace(readings)))

    def spoken_in(self, text: str) -> frozenset[str]:
        """Return the languages in whose lists the first thing named in a short text stands."""
        return spoken_in(text[:LONGEST], self._index)

    def lookup(self, question: Question, answer_id: str) -> Answer:
        """Return the answer with a known id (from a tap or a choice); one that is gone leads to the menu."""
        reader = self.reader(question)
        kind, _, name = answer_id.partition(":")
        if kind == "garbage" and name in self.knowledge.items:
            return garbage.item_answer(reader, name)
        if kind == "category" and name in self.knowledge.categories:
            return garbage.category_answer(reader, name)
        if kind == "service" and name in self.knowledge.services:
            return pages.service_answer(reader, name)
        if kind == "schedule":
            return pages.schedule_answer(reader, name if name in self.knowledge.categories else None)
        if kind == "safety":
            emergency = next((one for one in self.knowledge.safety if one.id == name), None)
            return pages.safety_answer(reader, emergency) if emergency else menu.menu_answer(reader)
        if kind == "unknown":
            return pages.unknown_answer(reader) if name == "garbage" else pages.elsewhere_answer(reader, name)
        return menu.menu_answer(reader)

    def _understood(self, text: str) -> list[Reading]:
        """Each remark of a message; that something is thrown away may be said in another one of them."""
        remarks = sentences(text, 2 * MOST_ANSWERS)
        readings = [understand(remark, self._index) for remark in remarks]
        if len(readings) > 1 and any(one.discard for one in readings):
            readings = [understand(remark, self._index, discarding=True) for remark in remarks]
        return readings

    def _nothing_named(self, reader: Reader, question: Question, readings: list[Reading]) -> Answer:
        """Answer "where do I put garbage?", which asks for the rules; a row of emoji asks for nothing."""
        if any(one.discard for one in readings) and "put-out-rules" in self.knowledge.services:
            return pages.service_answer(reader, "put-out-rules")
        return menu.menu_answer(reader, "unsupported" if question.text.strip() else "menu")

    def _emergency(self, text: str) -> Safety | None:
        spoken = units(text[:LONGEST])
        numbers = [
            number
            for unit in sorted(set(spoken))
            for number, cue in self._index.cues.get(unit, ())
            if all(_contains(spoken, part) for part in cue)
        ]
        return self.knowledge.safety[min(numbers)] if numbers else None

    def _picked(self, question: Question) -> str | None:
        """Return the offered answer that a number stands for: 「1番」, "one", 「一」."""
        number = self._index.numbers.get(units(question.text)) if question.offered else None
        return question.offered[number - 1] if number and number <= len(question.offered) else None

    def _one(self, reader: Reader, question: Question, reading: Reading) -> Answer:
        if reading.only_intents:
            return self._intent(reader, question, reading)
        guard = _guard(reading)
        if guard:
            return pages.elsewhere_answer(reader, guard)
        if "when" in reading.intents and (reading.found or reading.rest <= 2):
            return self._when(reader, question, reading)
        sure = [one for one in reading.found if one.score >= SURE]
        if reading.swollen:
            sure = [self._swollen(one) for one in sure]
        if sure:
            return self._direct(reader, sure)
        likely = sorted([*reading.found, *reading.near], key=lambda one: -one.score)
        if reading.swollen and not reading.found:
            likely = [*self._damaged_battery(), *likely]
        return self._likely(reader, reading, [one for one in likely if one.score >= LIKELY])

    def _intent(self, reader: Reader, question: Question, reading: Reading) -> Answer:
        intent = min(reading.intents)
        if "when" in reading.intents:
            return self._when(reader, question, reading)
        if intent == "show" and question.last_answer:
            return self.lookup(replace(question, language="ja"), question.last_answer)
        simple = {
            "call": menu.call_answer,
            "language": menu.language_answer,
            "other-language": menu.other_language_answer,
            "visitor": menu.stay_answer,
        }
        if intent in simple:
            return simple[intent](reader)
        if intent.startswith("speak-"):
            tag = intent.removeprefix("speak-")
            return menu.language_chosen(self.reader(replace(question, language=tag)))
        return menu.menu_answer(reader, intent)

    def _when(self, reader: Reader, question: Question, reading: Reading) -> Answer:
        """Collection days of what was named, or else of what the last answer was about."""
        targets = [one for one in reading.found if one.score >= LIKELY]
        answers = [self._target(reader, one.entries[0], one.score) for one in targets]
        if not answers and question.last_answer:
            answers = [self.lookup(question, question.last_answer)]
        category = next((one.category for one in answers if one.category in self.knowledge.categories), None)
        return pages.schedule_answer(reader, category)

    def _swollen(self, found: Found) -> Found:
        """A swollen battery, or a thing with one in it, is the damaged battery."""
        if not any(self._has_lithium(entry) for entry in found.entries):
            return found
        return next(iter(self._damaged_battery()), found)

    def _damaged_battery(self) -> list[Found]:
        damaged = [one.id for one in self.knowledge.items.values() if one.kind == "damaged-battery"]
        return [Found((Entry(Means.ITEM, one, "ja"),), 0.9, "swollen") for one in damaged]

    def _has_lithium(self, entry: Entry) -> bool:
        if entry.means is not Means.ITEM:
            return False
        item = self.knowledge.items[entry.id]
        return any(
            {"lithium-fire", "swollen-battery"} & set(self.knowledge.items[one].hazards)
            for one in (item.id, *item.variants)
        )

    def _direct(self, reader: Reader, sure: list[Found]) -> Answer:
        risky = [one for one in sure if any(entry.id in self._index.dangerous for entry in one.entries)]
        if risky:
            sure = risky + [one for one in sure if one.listed and one not in risky]
        answers = []
        for one in sure[:MOST_ANSWERS]:
            entries = _for_reader(one.entries, reader.language)
            if len(entries) == 1:
                answers.append(self._target(reader, entries[0], one.score))
            else:
                answers.append(
                    garbage.choices_answer(reader, [answer_id(entry) for entry in entries], one.score)
                )
        return _together(reader, answers)

    def _target(self, reader: Reader, entry: Entry, score: float) -> Answer:
        match entry.means:
            case Means.ITEM:
                return garbage.item_answer(reader, entry.id, score)
            case Means.CATEGORY:
                return garbage.category_answer(reader, entry.id, score)
            case _:
                return pages.service_answer(reader, entry.id, score)

    def _likely(self, reader: Reader, reading: Reading, likely: list[Found]) -> Answer:
        ids = list(dict.fromkeys(answer_id(entry) for one in likely for entry in one.entries))
        if likely and likely[0].score >= SURE and self._stands_alone(reader, likely):
            return self._target(reader, likely[0].entries[0], likely[0].score)
        if ids and (reading.discard or reading.rest <= 8):
            return garbage.choices_answer(reader, ids[:4], likely[0].score)
        if reading.discard or reading.rest <= 8:
            return pages.unknown_answer(reader)
        return pages.elsewhere_answer(reader, "chatter")

    def _stands_alone(self, reader: Reader, likely: list[Found]) -> bool:
        """True when nothing else as likely leads to another category."""
        close = [one for one in likely if likely[0].score - one.score < 0.1]
        ids = [answer_id(entry) for one in close for entry in one.entries]
        categories = {garbage.choice(reader, one).category for one in ids}
        return len(set(ids)) == 1 or (len(categories) == 1 and None not in categories)


def answer_id(entry: Entry) -> str:
    """Return the public id of what an index entry stands for."""
    return f"{ID_PREFIX[entry.means]}:{entry.id}"


def _contains(text: tuple[str, ...], part: tuple[str, ...]) -> bool:
    size = len(part)
    return size > 0 and any(text[at : at + size] == part for at in range(len(text) - size + 1))


def _guard(reading: Reading) -> str | None:
    """Return the other subject a remark is about, unless it plainly throws away a named thing."""
    if "elsewhere" in reading.guards:
        return "elsewhere"
    if reading.discard and (reading.found or reading.near):
        return None
    if any(one.score >= SURE and one.entries[0].means is not Means.ITEM for one in reading.found):
        return None
    return next((guard for guard in ("my-number", "procedures", "chatter") if guard in reading.guards), None)


def _for_reader(entries: tuple[Entry, ...], language: str) -> tuple[Entry, ...]:
    """Of things that share a spelling across languages, take the reader's own; else all, each once."""
    kin = ("ja", "ja-simple") if language.startswith("ja") else (language,)
    own = tuple(entry for entry in entries if entry.language in kin)
    return tuple({entry.id: entry for entry in own or entries}.values())


def _together(reader: Reader, answers: list[Answer]) -> Answer:
    """Return several answers as one: the first names the category, all cards follow in order."""
    if len(answers) == 1:
        return answers[0]
    order = {Status.SAFETY: 0, Status.ANSWERED: 1, Status.CHOICES: 2, Status.UNKNOWN: 3}
    ranked = sorted(answers, key=lambda one: (not _warns(one), order.get(one.status, 4)))
    first = ranked[0]
    useful = [one for one in ranked if one.status in order] or [first]
    cards: list[Card] = []
    for one in useful:
        cards.extend(card for card in one.cards if card not in cards)
    return replace(
        first,
        categories=tuple(dict.fromkeys(name for one in useful for name in one.categories)),
        facts=tuple(dict.fromkeys(fact for one in useful for fact in one.facts)),
        choices=next((one.choices for one in useful if one.choices), ()),
        cards=tuple(cards[:MOST_ANSWERS]),
        quick=quick_buttons(reader, first.answer_id if len(useful) == 1 else None),
    )


def _warns(answer: Answer) -> bool:
    return any(card.tone is Tone.DANGER for card in answer.cards)


def _trace(readings: list[Reading]) -> list[str]:
    lines = []
    for reading in readings:
        for one in (*reading.found, *reading.near):
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
