"""LINE's messaging API through its SDK: one shared client, time limits on every call, outcomes, no errors."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import urllib3

from bot import logs
from bot.line.port import Followers, Message, Outcome, Sent

if TYPE_CHECKING:
    from linebot.v3.messaging import ApiClient

REPLY_SECONDS: Final = (3.0, 10.0)
"""Time to connect and to be answered; the SDK alone would wait for ever."""

ASIDE_SECONDS: Final = 1.0
"""Time for what a reply can do without: the profile."""

CONNECTIONS: Final = 32
"""Connections kept open to LINE: one for each thread that replies."""

_log = logs.get(__name__)


class LineApi:
    """The LinePort that speaks to LINE, or to the practice LINE, at `base` with a channel access token."""

    def __init__(self, base: str, token: str, proxy: str | None = None) -> None:
        self._base = base
        self._token = token
        self._proxy = proxy
        self._client: ApiClient | None = None
        self._making = threading.Lock()

    def warm(self) -> None:
        """Load the SDK now. It takes a second, which the first reply would otherwise wait for."""
        self._shared()

    def reply(self, token: str, messages: list[Message]) -> Sent:
        """Answer an event with 1-5 messages by its one-use token.

        The JSON leaves as it is: the SDK's models would drop Flex properties that they do not know, and its
        reading of the response could fail after LINE has accepted the reply.
        """
        body = {"replyToken": token, "messages": messages}
        return self._call("POST", "/v2/bot/message/reply", body, REPLY_SECONDS)[0]

    def profile_language(self, user_id: str) -> str | None:
        """Return the BCP 47 language of a profile, or None (no consent, no friend, no answer within 1 s)."""
        sent, data = self._call("GET", f"/v2/bot/profile/{quote(user_id, safe='')}", None, ASIDE_SECONDS)
        language = json_object(data).get("language") if sent.outcome is Outcome.ACCEPTED else None
        return language if isinstance(language, str) else None

    def ask(self, path: str) -> tuple[Outcome, dict[str, Any]]:
        """Return how LINE took a question that nobody stands and waits for, and its answer as JSON."""
        sent, data = self._call("GET", path, None, REPLY_SECONDS)
        return sent.outcome, json_object(data)

    def followers(self, goes_on: str | None = None) -> Followers:
        """Return a page of the people who follow; only verified and premium accounts get it (else 403)."""
        start = f"&start={quote(goes_on, safe='')}" if goes_on else ""
        sent, data = self._call("GET", f"/v2/bot/followers/ids?limit=1000{start}", None, REPLY_SECONDS)
        if sent.outcome is not Outcome.ACCEPTED:
            return Followers(sent.outcome, sent.status)
        page = json_object(data)
        ids, after = page.get("userIds"), page.get("next")
        if not isinstance(ids, list):
            return Followers(Outcome.UNKNOWN, sent.status)
        found = tuple(one for one in ids if isinstance(one, str))
        return Followers(sent.outcome, sent.status, found, after if isinstance(after, str) else None)

    def _call(
        self, method: str, path: str, body: dict[str, Any] | None, seconds: float | tuple[float, float]
    ) -> tuple[Sent, bytes]:
        """Call LINE once. Returns the outcome and the response's body as it came."""
        from linebot.v3.messaging import ApiException

        try:
            client = self._shared()
            response = client.rest_client.request(
                method,
                self._base + path,
                headers={**client.default_headers, "Content-Type": "application/json"},
                body=body,
                _request_timeout=seconds,
            )
        except ApiException as refusal:
            sent = _refused(refusal)
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as failure:
            # ValueError: a header or an address that cannot be written. Nothing left, and no reader waits.
            sent = Sent(Outcome.UNKNOWN)
            _log.warning("line_unreachable", path=_shape(path), failure=type(failure).__name__)
        else:
            return Sent(Outcome.ACCEPTED, _request_id(response.getheaders()), response.status), response.data
        return sent, b""

    def _shared(self) -> ApiClient:
        """Return the one client, made when it is first needed: importing the SDK takes a second."""
        with self._making:
            if self._client is None:
                self._client = make_client(self._base, self._token, self._proxy)
            return self._client


def classify(status: int) -> Outcome:
    """Return what an HTTP status of LINE's means for us. 0 stands for no answer at all."""
    if 200 <= status <= 299 or status == 409:
        return Outcome.ACCEPTED
    if status in (401, 403):
        return Outcome.UNAUTHORISED
    if status == 429:
        return Outcome.THROTTLED
    return Outcome.REJECTED if 400 <= status <= 499 and status != 408 else Outcome.UNKNOWN


def make_client(base: str, token: str, proxy: str | None) -> ApiClient:
    """Return the SDK's client; it is shared by threads, and never tries again by itself."""
    from linebot.v3.messaging import ApiClient, Configuration

    configuration = Configuration(host=base, access_token=token)
    configuration.retries = False  # a reply is tried again by us, with the token's age in mind
    configuration.connection_pool_maxsize = CONNECTIONS
    if proxy:
        configuration.proxy = proxy
        if credentials := urllib3.util.parse_url(proxy).auth:
            configuration.proxy_headers = urllib3.make_headers(proxy_basic_auth=credentials)
    return ApiClient(configuration)


def _refused(refusal: Any) -> Sent:
    """Turn the SDK's exception into an outcome; LINE's own words about it go to the log."""
    sent = Sent(classify(refusal.status or 0), _request_id(refusal.headers), refusal.status or 0)
    _log.warning(
        "line_refused",
        status=sent.status,
        line_request_id=sent.request_id,
        reason=str(json_object(refusal.body).get("message", ""))[:200],
    )
    return sent


def _request_id(headers: Any) -> str:
    return str(headers.get("x-line-request-id", "")) if headers else ""


def json_object(data: bytes | None) -> dict[str, Any]:
    """Return a JSON object, or an empty one for everything else."""
    try:
        found = json.loads(data or b"")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _shape(path: str) -> str:
    """Return a path without the user id it may end in."""
    return path if not path.startswith("/v2/bot/profile/") else "/v2/bot/profile"
