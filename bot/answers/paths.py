"""A procedure gone through tap by tap: one question a card, with the way back and out on each."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.model import Answer, Button, Card, Choice, Section, Status
from bot.answers.reader import Reader, quick_buttons
from bot.answers.taps import Tap
from bot.knowledge.model import Knowledge
from bot.knowledge.procedures import Option, Path, Step

PREFIX = "path:"
"""Starts the answer id of every step: `path:get-card/adult/by-phone` is where these two taps lead."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader stands: the path, the step, and the options taken so far."""

    path: Path
    step: Step
    taken: tuple[str, ...]

    @property
    def answer_id(self) -> str:
        """The id that leads back here."""
        return PREFIX + "/".join((self.path.id, *self.taken))

    @property
    def longest(self) -> int:
        """How many steps the whole path has at most, by way of this one."""
        return len(self.taken) + _deepest(self.path, self.step.id)


def place(knowledge: Knowledge, answer_id: str) -> Place | None:
    """Return where an answer id stands on its path; None for one that leads nowhere (any more)."""
    name, *taken = answer_id.removeprefix(PREFIX).split("/")
    path = knowledge.paths.get(name)
    if path is None:
        return None
    step = path.steps[0]
    for choice in taken:
        option = next((one for one in step.options if one.id == choice), None)
        if option is None or option.to is None:
            return None
        step = next(one for one in path.steps if one.id == option.to)
    return Place(path, step, tuple(taken))


def start(knowledge: Knowledge, path_id: str) -> Place:
    """Return the first step of a path."""
    path = knowledge.paths[path_id]
    return Place(path, path.steps[0], ())


def path_answer(reader: Reader, here: Place, confidence: float = 1.0) -> Answer:
    """Return one step: what to know here, the question, and the ways to go on, back or out."""
    say = reader.speech.say
    choices = tuple(
        Choice(reader.text(option.short), _leads_to(here, option)) for option in here.step.options
    )
    counted = say("Step {n} of {total}", n=len(here.taken) + 1, total=here.longest)
    question = reader.text(here.step.ask)
    sections: tuple[Section, ...] = (Section("ask", counted, (question,)),)
    if here.step.tell:
        told = Section("tell", counted, reader.lines(here.step.tell))
        sections = (told, Section("ask", "", (question,)))
    return Answer(
        status=Status.CHOICES,
        language=reader.language,
        answer_id=here.answer_id,
        facts=tuple(here.path.facts),
        confidence=confidence,
        choices=choices,
        cards=(
            Card(
                title=reader.text(here.path.title),
                lead=question,
                sections=sections,
                choices=choices,
                buttons=_ways_out(reader, here),
            ),
        ),
        quick=quick_buttons(reader),
        topic=here.path.topic,
    )


def _leads_to(here: Place, option: Option) -> str:
    return f"guide:{option.guide}" if option.guide else f"{here.answer_id}/{option.id}"


def _ways_out(reader: Reader, here: Place) -> tuple[Button, ...]:
    say = reader.speech.say
    stop = Button(say("Stop here"), Tap("stop"))
    if not here.taken:
        return (stop,)
    before = here.answer_id.rsplit("/", 1)[0]
    return Button(say("One step back"), Tap("answer", before)), stop


def going_on(reader: Reader, answer_id: str | None) -> Button | None:
    """Return the button that leads back to where a reader left a path, if it is still there."""
    here = place(reader.knowledge, answer_id) if answer_id else None
    if here is None:
        return None
    return Button(
        reader.speech.say("Back to: {path}", path=reader.text(here.path.short)), Tap("answer", here.answer_id)
    )


def _deepest(path: Path, step_id: str) -> int:
    step = next(one for one in path.steps if one.id == step_id)
    return 1 + max((_deepest(path, option.to) for option in step.options if option.to), default=0)
