"""Looks an account over, as LINE shows it to our token, and says what stands in the way of going live."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from bot.line.calls import Calls, Refused


class Finding(StrEnum):
    """How something was found: in order, to be looked at by a person, or wrong."""

    WELL = "well"
    LOOK = "look"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Found:
    """One finding. `what` is a fixed word for programs, `sentence` says it, and what to do about it."""

    what: str
    finding: Finding
    sentence: str


class Unreachable(Exception):
    """LINE did not answer at all. Says so in one sentence."""


_LOOK_AT: Final = {
    "redelivery": "Developers console, Messaging API: is “Webhook redelivery” on? "
    "Without it a question that comes while the service restarts is lost.",
    "error-statistics": "Developers console, Messaging API: is “Error statistics aggregation” on? "
    "It lists the webhooks that failed.",
    "auto-reply": "Official Account Manager, response settings: are auto-reply and greeting message off? "
    "Readers would get two answers.",
    "groups": "Official Account Manager, account settings: may the account join groups? "
    "Otherwise nobody can ask it there.",
    "one-webhook": "Is this channel used by nothing else? "
    "It has one webhook, and two systems would take turns.",
}
"""What LINE's interface does not tell, and a person must see for themselves."""


@dataclass(frozen=True, slots=True)
class Doctor:
    """Looks at the account whose webhooks should arrive at `address`, if anybody said where that is."""

    calls: Calls
    address: str | None

    def look(self) -> Iterator[Found]:
        """Yield what is found, in order; after a refused token nothing else can be. Raises Unreachable."""
        token = self._asked("token", self._token)
        yield token
        if token.finding is Finding.WRONG:
            return
        for what, work in (
            ("webhook", self._webhook),
            ("webhook-test", self._webhook_test),
            ("chat-mode", self._chat_mode),
            ("quota", self._quota),
            ("verified", self._verified),
            ("menus", self._menus),
        ):
            yield self._asked(what, work)
        for what, sentence in _LOOK_AT.items():
            yield Found(what, Finding.LOOK, sentence)

    def _asked(self, what: str, work: Callable[[], tuple[Finding, str]]) -> Found:
        """Return a finding; what LINE refuses to tell is one as well."""
        try:
            return Found(what, *work())
        except Refused as refused:
            if refused.status == 0:
                raise Unreachable(f"LINE cannot be reached from here: {refused}") from None
            return Found(what, Finding.WRONG, f"LINE did not tell. {refused}")

    def _token(self) -> tuple[Finding, str]:
        try:
            info = self._get("/v2/bot/info")
        except Refused as refused:
            if refused.status not in (401, 403):
                raise
            return Finding.WRONG, (
                "LINE does not take the channel access token: issue a new one in the Developers console "
                "and set LINE_CHANNEL_ACCESS_TOKEN."
            )
        return Finding.WELL, f"The token is that of {info.get('displayName')} ({info.get('basicId')})."

    def _webhook(self) -> tuple[Finding, str]:
        try:
            told = self._get("/v2/bot/channel/webhook/endpoint")
        except Refused as refused:
            if refused.status != 404:
                raise
            return Finding.WRONG, "No webhook URL is set: enter it in the Developers console, Messaging API."
        endpoint, wanted = str(told.get("endpoint", "")), f"{self.address or 'https://…'}/webhook"
        if self.address and endpoint != wanted:
            return Finding.WRONG, f"Webhooks go to {endpoint}, not to {wanted} as PUBLIC_BASE_URL says."
        if not told.get("active"):
            return Finding.WRONG, f"The webhook URL is {endpoint}, but “Use webhook” is off: nothing arrives."
        if not self.address:
            return Finding.LOOK, (
                f"Webhooks go to {endpoint}. PUBLIC_BASE_URL is not set: readers get no link to calendars."
            )
        return Finding.WELL, f"Webhooks go to {endpoint}, and “Use webhook” is on."

    def _webhook_test(self) -> tuple[Finding, str]:
        told = self.calls.json("POST", "/v2/bot/channel/webhook/test", {})
        if told.get("success"):
            return Finding.WELL, "LINE sent a test to the webhook, and it was answered."
        reason = f"{told.get('reason')}: {told.get('detail')}"
        return Finding.WRONG, (
            f"LINE's test did not reach the webhook ({reason}). It needs https with a certificate that LINE "
            "trusts, and an answer within 2 seconds."
        )

    def _chat_mode(self) -> tuple[Finding, str]:
        if self._get("/v2/bot/info").get("chatMode") == "chat":
            return Finding.LOOK, (
                "Chat is on in the response settings: staff may answer by hand, "
                "and LINE's own answers may be on."
            )
        return Finding.WELL, "The account answers by webhook; chat by hand is off."

    def _quota(self) -> tuple[Finding, str]:
        quota = self._get("/v2/bot/message/quota")
        used = self._get("/v2/bot/message/quota/consumption").get("totalUsage", 0)
        if quota.get("type") != "limited":
            return Finding.WELL, f"The plan has no monthly limit; {used:,} messages were sent this month."
        left = int(quota.get("value", 0)) - used
        plan = f"The plan allows {quota.get('value', 0):,} messages a month; {max(left, 0):,} are left."
        free = "Local governments can apply for a plan without a limit."
        return Finding.LOOK if left > 0 else Finding.WRONG, f"{plan} Answers are free. {free}"

    def _verified(self) -> tuple[Finding, str]:
        try:
            self._get("/v2/bot/followers/ids?limit=1")
        except Refused as refused:
            if refused.status != 403:
                raise
            return Finding.LOOK, (
                "The account is not verified (認証済アカウント): its followers cannot be listed, and "
                "the plan for local governments is not open to it. Apply in the Official Account Manager."
            )
        return Finding.WELL, "The account is verified: its followers can be listed."

    def _menus(self) -> tuple[Finding, str]:
        try:
            self._get("/v2/bot/user/all/richmenu")
        except Refused as refused:
            if refused.status != 404:
                raise
            return Finding.LOOK, "No menu is shown below the chat: run `python -m bot richmenu deploy`."
        return Finding.WELL, "A menu is shown below the chat."

    def _get(self, path: str) -> dict[str, Any]:
        return self.calls.json("GET", path)
