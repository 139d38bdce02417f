"""One event and one person become a turn: what to say, what to remember, what to count. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from bot.answers import current, menu
from bot.answers.engine import Engine
from bot.answers.model import Answer, Button, Question, Status
from bot.answers.notice import Notice
from bot.answers.notices import STOP_HERE
from bot.answers.paths import PREFIX, going_on
from bot.answers.taps import Tap
from bot.chat import about_me, learning, noticing, reminding, taps
from bot.chat.person import Counted, Person, Turn
from bot.language.choose import LACKING, of_sentence, of_word, reply_language
from bot.language.speech import Speech
from bot.language.tags import OWN_NAMES
from bot.line.inbound import Inbound
from bot.line.port import Message
from bot.messages.render import to_messages

_MEDIA = {
    "sticker": "media", "image": "media", "video": "media", "file": "unsupported",
    "audio": "audio", "location": "location",
}  # fmt: skip
"""Which menu sentence answers a message that is not text."""

_NOT_UNDERSTOOD = frozenset({"unknown:garbage", "unknown:procedures", "menu:unsupported"})
"""Answers that say nothing to somebody whose language we lack."""


class Live(Protocol):
    """Whatever holds the engine of the content in force."""

    @property
    def current(self) -> Engine:
        """The engine to use for one whole turn."""
        ...


class Conversation:
    """Implements Talk over the live content. `now` gives an aware moment; nothing else comes from outside.

    In `practice` reminders are switched on whatever the content says. `notices` gives what the city sent
    lately.
    """

    def __init__(
        self,
        live: Live,
        voices: Mapping[str, Speech],
        now: Callable[[], datetime],
        practice: bool = False,
        notices: Callable[[], tuple[Notice, ...]] = tuple,
    ) -> None:
        self._live = live
        self._notices = notices
        self._practice = practice
        self._voices = voices
        self._now = now

    def needs_profile(self, event: Inbound, person: Person) -> bool:
        """Return True when only the platform's profile can tell the language of the reply."""
        return (
            event.chat == "user"
            and event.kind not in ("follow", "unfollow", "unsend", "postback")
            and not (person.language or person.hint or person.asked_profile)
            and of_sentence(event.text) is None
        )

    def __call__(self, event: Inbound, person: Person, profile: str | None) -> Turn:
        """Return the turn for one event. `profile` is the platform's language, when it was asked for."""
        if event.kind == "unsend":
            return Turn(forget_message=event.message_id, counted=_silent(event))
        if event.kind == "unfollow":
            spoken = person.language or person.hint
            return Turn(person=_forgetting(replace(person, following=False)), counted=_silent(event, spoken))
        if event.kind in ("leave", "member", "other"):
            return Turn(counted=_silent(event))
        engine = self._live.current
        if event.chat != "user":
            return self._in_group(engine, event)
        if event.kind == "follow":
            turn = self._followed(engine, person)
            came = _silent(event, person.language or person.hint)
            return replace(turn, counted=(*turn.counted, *came))
        return self._said(engine, event, person, profile)

    def _in_group(self, engine: Engine, event: Inbound) -> Turn:
        """In a group only answer when addressed; remember nothing of anybody."""
        if event.kind != "postback" and not event.mentioned and event.kind != "join":
            return Turn()
        turn = self._said(engine, event, Person(user_id=""), None)
        return replace(turn, person=None)

    def _followed(self, engine: Engine, person: Person) -> Turn:
        """Greet a new friend in every language at once; somebody who comes back, in their own."""
        person = replace(person, following=True)
        language = person.language or person.hint
        known = language if language and language != LACKING else None
        reader = engine.reader(self._question(engine, person, known or "ja", ""))
        if known:
            return self._turn((current.headed(reader, menu.menu_answer(reader, "greeting")),), person)
        welcome = menu.welcome_answer(engine.knowledge)
        return self._turn((current.welcomed(reader, self._voices, welcome),), person)

    def _said(self, engine: Engine, event: Inbound, person: Person, profile: str | None) -> Turn:
        sentence = of_sentence(event.text) if event.kind == "text" else None
        word = of_word(event.text, engine.spoken_in(event.text)) if event.kind == "text" else None
        language = reply_language(person.language, sentence, person.hint, profile, word)
        person = replace(person, hint=sentence or profile_hint(profile) or person.hint)
        if language == LACKING:
            return self._twice(engine, event, person, sentence == LACKING)
        question = self._question(engine, person, language, event.text)
        answer, person = self._settled(engine, event, question, person)
        if sentence not in (None, LACKING, answer.language) and person.language:
            answer = _offering(answer, sentence)
        person = replace(person, path=_path_after(person, answer))
        back = going_on(engine.reader(question), person.path)
        if back and answer.answer_id != person.path:
            answer = replace(answer, quick=(back, *answer.quick))
        turn = self._turn((learning.carrying(answer, event),), person, event.text)
        return replace(turn, learnt=learning.learnt(event, answer, engine.knowledge))

    def _decide(
        self, engine: Engine, event: Inbound, question: Question, person: Person
    ) -> tuple[Answer, Person]:
        """Return the answer to what was said or tapped, and the person with what they chose."""
        if event.kind == "postback":
            return taps.press(engine, event, question, person)
        if event.kind == "location" and event.latitude is not None and event.longitude is not None:
            return engine.located(question, event.latitude, event.longitude), person
        if event.kind in _MEDIA:
            return menu.menu_answer(engine.reader(question), _MEDIA[event.kind]), person
        answer = engine.answer(question)
        if answer.answer_id == STOP_HERE and any(one.startswith(PREFIX) for one in person.offered):
            return taps.leave_path(engine.reader(question), person)
        if answer.answer_id == "menu:language-chosen":
            person = replace(person, language=answer.language)
        return answer, person

    def _settled(
        self, engine: Engine, event: Inbound, question: Question, before: Person
    ) -> tuple[Answer, Person]:
        """Return the answer and the person, with what either means for the person's reminders."""
        answer, person = self._decide(engine, event, question, before)
        person, reader = reminding.follow(before, _living(person, answer)), engine.reader(question)
        if reminding.asks(answer):
            return reminding.settle(reader, answer, person, event.chat != "user", self._practice)
        if noticing.asks(answer):
            return noticing.settle(reader, answer, person, event.chat != "user")
        if about_me.asks(answer):
            return about_me.settle(reader, answer, person, event.chat != "user"), person
        here = replace(reader, area=person.area) if person.area else reader
        return reminding.tell_end(reader, current.headed(here, answer), person)

    def _question(self, engine: Engine, person: Person, language: str, text: str) -> Question:
        now = self._now()
        today = engine.local(now).date()
        return Question(
            text=text,
            language=language,
            now=now,
            area=person.area,
            in_group=not person.user_id,
            visitor=person.visitor_until is not None and person.visitor_until >= today,
            last_answer=person.last_answer,
            offered=person.offered,
            unknowns=person.unknowns,
            notices=self._notices(),
        )

    def _twice(self, engine: Engine, event: Inbound, person: Person, foreign: bool) -> Turn:
        """Answer somebody whose language we lack in easy Japanese and in English, never silently in one.

        A `foreign` sentence is not guessed at: its words may look like ours and mean something else.
        """
        answers: list[Answer] = []
        for language in ("ja-simple", "en"):
            question = self._question(engine, person, language, event.text)
            answer, chosen = self._settled(engine, event, question, person)
            if chosen.language:
                return self._turn((answer,), chosen, event.text)
            guessed = foreign and answer.status is not Status.SAFETY
            if guessed or answer.answer_id in _NOT_UNDERSTOOD or answer.status is Status.OUT_OF_SCOPE:
                answer = menu.other_language_answer(engine.reader(question))
            if all(answer.cards != other.cards for other in answers):
                answers.append(answer)
        return self._turn(tuple(answers), chosen, event.text)

    def _turn(self, answers: tuple[Answer, ...], person: Person, text: str = "") -> Turn:
        """Return the messages of one or two answers (quick replies only work on the last), and what stays."""
        messages: list[Message] = []
        for answer in answers:
            for message in messages:
                message.pop("quickReply", None)
            messages.extend(to_messages(answer, self._voices[answer.language])[: 5 // len(answers)])
        last = answers[-1]
        forget = last.answer_id == about_me.FORGOTTEN
        return Turn(
            tuple(messages), _remembering(person, last), (_counted(last, text),), forget_person=forget
        )


def profile_hint(profile: str | None) -> str | None:
    """Return what a platform language tells: our tag, LACKING for one we do not speak, None for none."""
    return reply_language(None, None, None, profile, None) if profile else None


def _remembering(person: Person, answer: Answer) -> Person:
    """Return the person with what "when?", "no. 1" and a second unknown in a row would refer to."""
    about = answer.answer_id if answer.status in (Status.ANSWERED, Status.SAFETY) else person.last_answer
    return replace(
        person,
        last_answer=about,
        path=_path_after(person, answer),
        offered=tuple(choice.answer_id for choice in answer.choices),
        unknowns=person.unknowns + 1 if answer.answer_id == "unknown:garbage" else 0,
    )


def _path_after(person: Person, answer: Answer) -> str | None:
    """Return where a reader is on a guided path; one of the offered ends of the path ends it."""
    about = answer.answer_id or ""
    if about.startswith(PREFIX):
        return about
    arrived = about.startswith("guide:") and about in person.offered
    return None if arrived else person.path


def _living(person: Person, answer: Answer) -> Person:
    """Return the person with the area that they chose by an answer, or without the one they had forgotten."""
    return person if answer.area is None else replace(person, area=answer.area or None)


def _forgetting(person: Person) -> Person:
    return replace(person, last_answer=None, path=None, offered=(), unknowns=0)


def _offering(answer: Answer, language: str | None) -> Answer:
    """Return the answer with a button that switches to the language the reader just wrote in."""
    if language is None:
        return answer
    switch = Button(OWN_NAMES[language], Tap("language", language))
    return replace(answer, quick=(switch, *answer.quick))


def _counted(answer: Answer, text: str) -> Counted:
    """Return what is counted; a question that only lacks an answer to ours (which area?) teaches nobody."""
    asked = text if answer.status is Status.UNKNOWN and not answer.choices else ""
    return Counted(answer.topic, answer.language, answer.status, asked, answer.answer_id or "")


def _silent(event: Inbound, language: str | None = None) -> tuple[Counted, ...]:
    return (Counted(f"event:{event.kind}", language or "none", "none"),)
