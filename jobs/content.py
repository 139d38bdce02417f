"""Lets content that was changed on disk go live in this process."""

from __future__ import annotations

from bot.services import Services
from jobs.timetable import Job


def job(services: Services) -> Job:
    """Return the job."""
    return Job("content", 2.0, services.content.poll)
