"""Logs on standard error: one line an event, JSON for machines, coloured for a terminal, never a secret."""

from __future__ import annotations

import hashlib
import hmac
import logging
import re
import sys
import traceback
from collections.abc import Sequence
from typing import Any, Final

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

bound = structlog.contextvars.bound_contextvars
"""`with bound(request_id=…):` adds fields to every line logged inside, in this thread."""

HIDDEN: Final = "[hidden]"
_SECRET_KEY = re.compile(
    r"secret|token|password|authori[sz]ation|cookie|api_?key|user_?id"
    r"|(^|_)(text|body|payload|message)s?(_|$)",
    re.I,
)
_SECRET_VALUE = re.compile(
    r"(?<![0-9A-Za-z])[UCR][0-9a-f]{32}(?![0-9A-Za-z])"  # an id of a LINE user, group or room
    r"|(?<=://)[^\s/@:]*:[^\s/@]+(?=@)"  # user:password inside an address
    r"|(?i:bearer)\s+\S+"
)
_LIBRARIES = ("gunicorn.error", "gunicorn.access", "sqlalchemy", "alembic", "apscheduler", "urllib3")


def get(name: str) -> structlog.stdlib.BoundLogger:
    """Return the logger of one module. Say what happened in a few fixed words and put values into fields."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger


def person(user_id: str, key: str) -> str:
    """Return 10 hex digits that stand for one person in the logs; only the key leads back to them."""
    return hmac.new(key.encode(), user_id.encode(), hashlib.sha256).hexdigest()[:10]


def where(error: BaseException) -> dict[str, str]:
    """Return the fields that name an error: kind, file, line. Its words could be what somebody wrote."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return {"failure": type(error).__name__, "at": f"{last.filename}:{last.lineno}"}


def configure(level: str = "INFO", json: bool | None = None, secrets: Sequence[str] = ()) -> None:
    """Send our own and every library's log lines to standard error in one shape.

    `json` None decides by looking: readable on a terminal, JSON otherwise. `secrets` are texts that must
    never appear, wherever they turn up in a line. May be called again; the last call counts.
    """
    terminal = sys.stderr.isatty()
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        # A line below the level costs next to nothing: no more is done for it.
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            Scrubber(secrets),
            _renderer((not terminal) if json is None else json, colours=terminal),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=level, force=True)
    logging.captureWarnings(True)
    _take_over(level)


class Scrubber:
    """The last step before a line is written: hides values that belong to a person or open a door."""

    def __init__(self, secrets: Sequence[str] = ()) -> None:
        # The longest first, so that a secret which contains another one leaves no rest behind.
        known = sorted({secret for secret in secrets if len(secret) >= 8}, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known))) if known else None

    def __call__(self, _logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
        """Return the line with fields of a secret name and texts of a secret shape replaced by a mark."""
        return {key: HIDDEN if _SECRET_KEY.search(key) else self._clean(value) for key, value in line.items()}

    def _clean(self, value: Any) -> Any:
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, dict):
            return self(None, "", value)
        if isinstance(value, list | tuple | set | frozenset):
            return [self._clean(part) for part in value]
        shown = _SECRET_VALUE.sub(HIDDEN, str(value))
        return self._known.sub(HIDDEN, shown) if self._known else shown


def _renderer(json: bool, colours: bool) -> Processor:
    if json:
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(
        colors=colours, exception_formatter=structlog.dev.plain_traceback, pad_event_to=30
    )


def _take_over(level: str) -> None:
    """Make libraries with handlers of their own speak through ours, and quieter than we do.

    SQLAlchemy and urllib3 print statements and addresses at INFO and DEBUG: those never belong here.
    """
    for name in _LIBRARIES:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
        if not name.startswith("gunicorn"):
            logger.setLevel(max(logging.WARNING, logging.getLevelNamesMapping()[level]))
