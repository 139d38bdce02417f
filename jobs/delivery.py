"""Sends what is due."""

from __future__ import annotations

from bot.delivery.dispatcher import Dispatcher
from jobs.timetable import Job


def job(dispatcher: Dispatcher) -> Job:
    """Return the job: a look each second; the sending goes on by itself in between."""
    return Job("delivery", 1.0, dispatcher.tick)
