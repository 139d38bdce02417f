"""How gunicorn serves the bot: threads, no preload, background work started in the serving process."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger

from bot import logs
from bot.settings import SettingsProblem, load_settings, secret_values

try:
    _settings = load_settings()
except SettingsProblem as problem:
    sys.exit(f"The web cannot start.\n{problem}")


class PlainLogger(Logger):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn's own lines, in the shape of ours."""

    def setup(self, cfg: Any) -> None:
        """Hand gunicorn's loggers over; `cfg` is gunicorn's configuration."""
        super().setup(cfg)
        as_json = False if _settings.practice else None
        logs.configure(_settings.log_level, as_json, secret_values(_settings))


# A practice run is nobody else's business; elsewhere the platform or a proxy stands in front.
bind = f"{'127.0.0.1' if _settings.practice else '0.0.0.0'}:{_settings.port}"  # noqa: S104
workers = _settings.web_concurrency
worker_class = "gthread"
threads = 16
preload_app = False  # threads and connections do not survive a fork
keepalive = 75  # longer than a proxy keeps its side open
timeout = 30
graceful_timeout = 9  # the master kills after this: less than the 10 s after which it is killed itself
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  # a heartbeat on disk can stall
control_socket_disable = True
accesslog = None  # addresses of readers' calls are nobody's business
loglevel = _settings.log_level.lower()
logger_class = PlainLogger


REQUEST_SECONDS = 3
"""How long a worker that stops waits for open connections, up to a second more. Then come 4 s for replies
(`DRAIN_SECONDS`) and the hand-over: together less than the master's 9."""


def post_worker_init(worker: Any) -> None:
    """Start the reply threads in the process that serves."""
    from bot.app import begin

    worker.cfg.set("graceful_timeout", REQUEST_SECONDS)  # in this process only, not in the master
    begin(worker.wsgi)


def worker_exit(_server: Any, worker: Any) -> None:
    """Finish what is being answered; the rest is handed over by its lease."""
    from bot.app import end

    if getattr(worker, "wsgi", None) is not None:
        end(worker.wsgi)
