"""What stands against a change that was tried: questions gone astray, and what a second person confirms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.answers.engine import Engine
from bot.knowledge.importers.proposal import Remark
from bot.knowledge.model import Knowledge
from bot.publishing.gate import Concern, Watch, alarming, astray, changed_verdicts, reworded, unfound


@dataclass(frozen=True, slots=True)
class Weighed:
    """What is to be confirmed by a second person, and which questions would not lead where they must."""

    concerns: tuple[Concern, ...]
    astray: tuple[Remark, ...]


def weigh(
    before: Knowledge,
    after: Knowledge,
    build: Callable[[], Engine],
    new: Engine,
    now: datetime,
    watch: Watch = iter,
) -> Weighed:
    """Return what stands against content `after` with engine `new`; `build` makes the engine of `before`."""
    concerns = list(changed_verdicts(before, after, now.date()))
    concerns += reworded(before, after, now.date())
    if after.lexicon != before.lexicon:
        old = build()
        concerns += alarming(old, after, now)
        concerns += unfound(old, new, now, watch)
    return Weighed(tuple(concerns), tuple(astray(new, now)))
