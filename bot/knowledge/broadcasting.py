"""What a city decides about the notices that it sends."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bot.knowledge.collection import ClockTime
from bot.knowledge.fields import Strict


class Broadcasting(Strict):
    """How this city sends notices: who approves, how long a send can still be stopped, when nothing rings.

    `self_with_delay`: a town with one officer approves its own text, which then waits `self_delay_minutes`.
    """

    approval: Literal["two_people", "self_with_delay"] = "two_people"
    self_delay_minutes: int = Field(default=30, ge=1, le=1440)
    hold_minutes: int = Field(default=10, ge=0, le=1440)
    quiet_from: ClockTime = "21:00"
    quiet_until: ClockTime = "07:00"
    most_a_week: int = Field(default=5, ge=1, le=100)
