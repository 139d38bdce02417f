"""What LINE tells about the account. Each kind of statistics may be asked for 60 times an hour."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from bot.line.port import Outcome
from bot.line.sdk import LineApi

Told = tuple[Outcome, dict[str, Any]]
"""How LINE took a call, and the JSON that it answered with."""


class Insight:
    """LINE's statistics through the API's shared client. No call raises for what LINE or the network does."""

    def __init__(self, line: LineApi) -> None:
        self._ask = line.ask

    def followers(self, day: date) -> Told:
        """Return `status` and, when it is ready, `followers`, `targetedReaches`, `blocks` of a day (JST)."""
        return self._ask(f"/v2/bot/insight/followers?date={day:%Y%m%d}")

    def demographic(self) -> Told:
        """Return `available` and shares in percent by gender, age, prefecture and length of friendship."""
        return self._ask("/v2/bot/insight/demographic")

    def account(self) -> Told:
        """Return `basicId`, `displayName` and what else LINE tells of the account."""
        return self._ask("/v2/bot/info")

    def unit(self, name: str, first: date, last: date) -> Told:
        """Return impressions and clicks of an aggregation unit between two days, at most 30 apart."""
        query = {"customAggregationUnit": name, "from": f"{first:%Y%m%d}", "to": f"{last:%Y%m%d}"}
        return self._ask(f"/v2/bot/insight/message/event/aggregation?{urlencode(query)}")
