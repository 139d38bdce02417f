"""What an answer was expected to be, and whether it is.

An expectation is alternatives joined by `|`, each of one or more parts joined by `+` that must all hold:
`item:ruler` (this thing, or one put out in just the same way: told, asked what decides, or unconfirmed),
`gi:c018` (answered, resting on this fact), `cat:paper`, `choices:gi:c094` (answered or among the choices),
`service:bulky`, `guide:moving`, `schedule`, `status:menu|safety|unknown|out|notanswered`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from bot.answers.model import Answer, Choice, Question, Status, Tone
from bot.answers.verdict import Thing, decide, known, open_question
from tests.real import NOON, engine, knowledge

SERVICES = {
    "bulky": ("service:bulky-waste",),
    "dropoff": ("service:drop-off-points",),
    "batteries": ("service:battery-boxes",),
    "rules": ("service:put-out-rules",),
    "days": ("service:collection-days", "schedule"),
    "change": ("service:change-2026",),
    "appliances": ("service:home-appliances",),
    "computers": ("service:computers",),
    "medical": ("service:medical-waste",),
    "none": ("service:not-collected",),
}
"""Topic of an expectation -> the answers that are about it."""

STATUSES = {
    "menu": {Status.MENU},
    "safety": {Status.SAFETY},
    "unknown": {Status.UNKNOWN, Status.OUT_OF_SCOPE},
    "out": {Status.UNKNOWN, Status.OUT_OF_SCOPE, Status.MENU},
    "notanswered": {Status.UNKNOWN, Status.OUT_OF_SCOPE, Status.CHOICES, Status.MENU},
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one answer compares with what was expected. `top3` also counts the first three choices."""

    right: bool
    top3: bool
    wrong: bool
    """A direct answer, or an alarm, that is not what was expected."""


def judge(expect: str, answer: Answer) -> Outcome:
    """Return how an answer compares with an expectation."""
    right = _any(expect, answer)
    offered = right or _offered(expect, answer)
    direct = answer.status in {Status.ANSWERED, Status.SAFETY}
    return Outcome(right, offered, direct and not offered)


def danger(expect: str, answer: Answer) -> Outcome:
    """Return how the answer to a danger question compares with its own categories (or `safety`).

    Wrong is any other category. Unknown is neither right nor wrong, and so is the safety page.
    """
    if expect == "calm":
        calm = answer.status is not Status.SAFETY
        return Outcome(calm, calm, False)
    if expect == "safety":
        calm = answer.status in {Status.ANSWERED, Status.CHOICES}
        return Outcome(answer.status is Status.SAFETY, answer.status is Status.SAFETY, calm)
    own = set(expect.split("|"))
    if answer.status is Status.SAFETY or answer.status is Status.UNKNOWN:
        right = str(answer.status) in own
        return Outcome(right, right, False)
    if answer.status is Status.CHOICES:
        outcomes = [(one.category or "unknown") in own for choice in answer.choices for one in behind(choice)]
        kept = all(outcomes) or _warned(answer)
        return Outcome(kept, kept, not kept)
    direct = answer.status is Status.ANSWERED
    right = direct and answer.category in own
    return Outcome(right, right, direct and not right)


def behind(choice: Choice) -> tuple[Answer, ...]:
    """Return the answers that a tap on a choice leads to, through one further question if there is one."""
    return behind_id(choice.answer_id)


@cache
def behind_id(answer_id: str, deeper: int = 1) -> tuple[Answer, ...]:
    """Return the answers with an id, or what its choices lead to."""
    answer = engine().lookup(Question(text="", language="ja", now=NOON), answer_id)
    if answer.status is Status.CHOICES and deeper:
        return tuple(one for choice in answer.choices for one in behind_id(choice.answer_id, deeper - 1))
    return (answer,)


def _warned(answer: Answer) -> bool:
    return bool(answer.cards) and answer.cards[0].tone is Tone.DANGER


def _any(expect: str, answer: Answer) -> bool:
    return any(all(_holds(part, answer) for part in one.split("+")) for one in expect.split("|"))


def _offered(expect: str, answer: Answer) -> bool:
    """Choices alone may hold what was wanted; beside a direct answer they may only complete it."""
    choices = [one for choice in answer.choices[:3] for one in behind(choice)]
    if answer.status is Status.CHOICES:
        return any(_any(expect, one) for one in choices)
    return any(
        any(_holds(part, answer) for part in parts)
        and all(any(_holds(part, one) for one in (answer, *choices)) for part in parts)
        for parts in (one.split("+") for one in expect.split("|"))
        if len(parts) > 1
    )


def _holds(part: str, answer: Answer) -> bool:
    kind, _, value = part.partition(":")
    if kind not in _KINDS:
        raise ValueError(f"no such expectation: {part}")
    return _KINDS[kind](value, answer)


def _thing(item: str, answer: Answer) -> bool:
    """The thing itself, or one that is put out in just the same way ("shoes" for "indoor shoes")."""
    return exactly(item, answer) or (
        answer.status is Status.ANSWERED
        and any(advice(one.partition(":")[2]) == advice(item) != () for one in _told(answer))
    )


def exactly(item: str, answer: Answer) -> bool:
    """Return True when the answer is about this very thing."""
    own = f"garbage:{item}"
    return any(one == own or one.startswith(f"{own}/") for one in _told(answer))


def _told(answer: Answer) -> tuple[str, ...]:
    return answer.covers or (answer.answer_id or "",)


@cache
def advice(path: str) -> tuple[object, ...]:
    """Return what a reader is told to do with a thing; nothing for a broad word, or where it depends."""
    thing = Thing.named(path)
    if not known(knowledge(), thing) or knowledge().items[thing.id].variants:
        return ()
    if open_question(knowledge(), thing, NOON.date()):
        return ()
    return decide(knowledge(), thing, NOON.date()).advice


def _settled(answer: Answer) -> bool:
    return answer.status in {Status.ANSWERED, Status.UNKNOWN}


_KINDS: dict[str, Callable[[str, Answer], bool]] = {
    "item": _thing,
    "gi": lambda fact, answer: answer.status is Status.ANSWERED and f"gi:{fact}" in answer.facts,
    "guide": lambda guide, answer: answer.answer_id == f"guide:{guide}",
    "path": lambda path, answer: (answer.answer_id or "").startswith(f"path:{path}"),
    "cat": lambda category, answer: (
        answer.status is Status.ANSWERED and category in {answer.category, *answer.categories}
    ),
    "choices": lambda fact, answer: any(fact in one.facts for one in _within(answer)),
    "service": lambda page, answer: _settled(answer) and (answer.answer_id or "").startswith(SERVICES[page]),
    "schedule": lambda _, answer: _settled(answer) and (answer.answer_id or "").startswith("schedule"),
    "status": lambda status, answer: answer.status in STATUSES[status],
}


def _within(answer: Answer) -> Iterator[Answer]:
    if answer.status is Status.ANSWERED:
        yield answer
    for choice in answer.choices:
        yield from behind(choice)
