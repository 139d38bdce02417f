"""Which notices one person wants, and how their choices change it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Often(StrEnum):
    """How many everyday notices a person wants. Emergencies reach everybody who follows."""

    EVERY = "every"
    WEEKLY = "weekly"
    EMERGENCIES = "emergencies"


@dataclass(frozen=True, slots=True)
class Choice:
    """What one person chose. `off` are the topics that they switched off, `often` None: they never said."""

    often: Often | None = None
    off: tuple[str, ...] = ()

    def wants(self, topic: str) -> bool:
        """Return whether a topic is on."""
        return topic not in self.off


NOTHING_SAID = Choice()


def often(choice: Choice, visiting: bool) -> Often:
    """Return how often somebody is written to: who visits gets emergencies unless they choose."""
    if choice.often is not None:
        return choice.often
    return Often.EMERGENCIES if visiting else Often.EVERY


def switched(choice: Choice, topic: str, on: bool, visiting: bool) -> Choice:
    """Return the choice with a topic on or off; who switches one on wants notices, not emergencies alone."""
    off = tuple(sorted({*choice.off} - {topic} | (set() if on else {topic})))
    if on and often(choice, visiting) is Often.EMERGENCIES:
        return Choice(Often.EVERY, off)
    return replace(choice, off=off)
