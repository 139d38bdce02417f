"""Calls to LINE that staff and jobs make: one at a time, with time limits, refusals as exceptions."""

from __future__ import annotations

import re
from typing import Any, Final

import urllib3

from bot.line.sdk import json_object, make_client

SECONDS: Final = (5.0, 30.0)
"""Time to connect and to be answered: a picture travels, and no reader waits."""


_USER: Final = re.compile(r"U[0-9a-f]{32}")


class Refused(Exception):
    """LINE did not do it. `status` is its HTTP status, or 0 when no answer came; `reason` its own words."""

    def __init__(self, what: str, status: int, reason: str = "") -> None:
        said = f"LINE answered {status}" if status else "LINE did not answer"
        super().__init__(f"{what}: {said}{f' ({reason})' if reason else ''}.")
        self.status = status
        self.reason = reason


class Calls:
    """Calls with the channel access token, to LINE at `base` and, for pictures, `data_base`."""

    def __init__(self, base: str, data_base: str, token: str, proxy: str | None = None) -> None:
        self._bases = {"json": base, "data": data_base}
        self._client = make_client(base, token, proxy)

    def json(self, method: str, path: str, body: Any = None, seconds: Any = SECONDS) -> dict[str, Any]:
        """Return LINE's JSON object, empty where it says nothing. Raises Refused."""
        return json_object(self._raw("json", method, path, body, "application/json", seconds))

    def data(self, method: str, path: str, body: bytes | None = None, kind: str = "image/png") -> bytes:
        """Send or fetch bytes. Raises Refused."""
        return self._raw("data", method, path, body, kind, SECONDS)

    def _raw(self, base: str, method: str, path: str, body: Any, kind: str, seconds: Any) -> bytes:
        from linebot.v3.messaging import ApiException

        what = f"{method} {_USER.sub('U…', path)}"
        try:
            response = self._client.rest_client.request(
                method,
                self._bases[base] + path,
                headers={**self._client.default_headers, "Content-Type": kind},
                body=body,
                _request_timeout=seconds,
            )
        except ApiException as refusal:
            reason = str(json_object(refusal.body).get("message", ""))[:200]
            raise Refused(what, refusal.status or 0, reason) from None
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as failure:
            raise Refused(what, 0, type(failure).__name__) from None
        return bytes(response.data or b"")
