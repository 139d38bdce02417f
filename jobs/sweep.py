"""Answers events that were kept but whose process is gone."""

from __future__ import annotations

from bot.chat.runner import Runner
from jobs.timetable import Job


def job(runner: Runner) -> Job:
    """Return the job: the same claim that every web process makes."""
    return Job("sweep", 1.0, runner.sweep)
