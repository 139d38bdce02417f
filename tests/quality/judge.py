"""What an answer was expected to be, and whether it is.

An expectation is alternatives joined by `|`, each of one or more parts joined by `+` that must all hold:
`gi:c018` (answered, resting on this fact), `cat:paper`, `choices:gi:c094` (answered or among the choices),
`service:bulky`, `guide:moving`, `schedule`, `status:menu|safety|unknown|out|notanswered`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.answers.model import Answer, Choice, Question, Status, Tone
from tests.real import NOON, engine

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
    if expect == "safety":
        calm = answer.status in {Status.ANSWERED, Status.CHOICES}
        return Outcome(answer.status is Status.SAFETY, answer.status is Status.SAFETY, calm)
    own = set(expect.split("|"))
    if answer.status is Status.CHOICES:
        outcomes = [one.category in own for choice in answer.choices for one in behind(choice)]
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
    answered = answer.status is Status.ANSWERED
    about = answer.answer_id or ""
    match kind:
        case "gi":
            return answered and part in answer.facts
        case "guide":
            return about == part
        case "cat":
            return answered and value in {answer.category, *answer.categories}
        case "choices":
            return any(value in one.facts for one in _within(answer))
        case "service":
            settled = answer.status in {Status.ANSWERED, Status.UNKNOWN}
            return settled and about.startswith(SERVICES[value])
        case "schedule":
            return answer.status in {Status.ANSWERED, Status.UNKNOWN} and about.startswith("schedule")
        case "status":
            return answer.status in STATUSES[value]
        case _:
            raise ValueError(f"no such expectation: {part!r}")


def _within(answer: Answer) -> Iterator[Answer]:
    if answer.status is Status.ANSWERED:
        yield answer
    for choice in answer.choices:
        yield from behind(choice)
