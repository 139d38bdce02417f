"""`python -m jobs`: runs the worker until SIGTERM or Ctrl-C."""

from __future__ import annotations

import os
import signal
import sys

from bot import logs
from bot.knowledge.model import ContentRefused
from bot.language.speech import CatalogError
from bot.settings import SettingsProblem, load_settings, secret_values
from bot.store.identity import OtherChannel
from bot.wiring import NotReady, build_dispatcher, build_runner, build_services, close
from jobs import broadcasts, content, delivery, insights, mails, menus, reminders, retention, sweep
from jobs.timetable import Stalled, Timetable


def main() -> int:
    """Run the worker; return its exit code: 0 asked to stop, 1 could not start."""
    try:
        settings = load_settings()
        as_json = False if settings.practice else None
        logs.configure(settings.log_level, as_json, secret_values(settings))
        services = build_services(settings, "worker")
    except (SettingsProblem, NotReady, OtherChannel, ContentRefused, CatalogError) as problem:
        sys.stderr.write(f"The worker cannot start. {problem}\n")
        return 1
    runner = build_runner(services)
    dispatcher = build_dispatcher(services)
    jobs = [
        sweep.job(runner),
        delivery.job(dispatcher),
        broadcasts.job(services),
        reminders.job(services),
        reminders.calendar_job(services),
        content.job(services),
        insights.job(services),
        *menus.jobs(services),
        *mails.jobs(services),
        retention.job(services),
    ]
    timetable = Timetable(jobs, services.clock)
    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, lambda *_: timetable.stop())
    runner.start(sweeping=False)
    try:
        timetable.run()
    except Stalled as reason:
        logs.get("jobs").error("worker_stalled", reason=str(reason))
        os._exit(70)  # threads of the scheduler may hang; whoever watches the worker starts a new one
    dispatcher.stop()
    runner.stop()
    close(services)
    return 0


if __name__ == "__main__":
    sys.exit(main())
