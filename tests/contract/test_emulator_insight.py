"""LINE's statistics in the practice LINE, asked for through LINE's SDK."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from linebot.v3.insight import ApiClient, ApiException, Configuration, Insight

from tests.contract.sdk import later
from tests.emulator_process import Practice


@pytest.fixture
def insight(emulator: Practice) -> Insight:
    """Return the SDK's statistics client, at noon of 24 November 2026."""
    emulator.put("/emulator/clock", {"now": "2026-11-24T12:00:00+09:00"})
    return Insight(ApiClient(Configuration(host=emulator.base_url, access_token=emulator.token)))


def told(insight: Insight, day: date) -> tuple[Any, ...]:
    found = insight.get_number_of_followers(var_date=f"{day:%Y%m%d}")
    return found.status, found.followers, found.targeted_reaches, found.blocks


def test_a_year_of_the_past_comes_in_one_call(emulator: Practice, insight: Insight) -> None:
    """Adds only ever rise, blocks are lifted, and a day of which LINE says nothing is unready."""
    first = date(2025, 11, 24)
    days = [
        {"date": f"{first + timedelta(days=n)}", "added": 3, "blocked": n % 2, "unblocked": int(n % 4 == 0)}
        for n in range(365)
    ]
    emulator.post("/emulator/history", {"days": days})
    emulator.put("/emulator/account", {"unready_days": ["2026-03-02"]})
    assert told(insight, date(2025, 11, 23)) == ("ready", 0, 0, 0)
    assert told(insight, date(2025, 11, 28)) == ("ready", 15, 15, 0)
    assert told(insight, date(2026, 3, 2)) == ("unready", None, None, None)
    assert told(insight, date(2026, 11, 23)) == ("ready", 1095, 1005, 90)
    assert told(insight, date(2026, 11, 24)) == ("unready", None, None, None)


def test_shares_are_told_from_twenty_friends_on(emulator: Practice, insight: Insight) -> None:
    """Nineteen are too few to say anything about."""
    emulator.post("/emulator/history", {"days": [{"date": "2026-11-01", "added": 19}]})
    assert insight.get_friends_demographics().available is False
    emulator.post("/emulator/history", {"days": [{"date": "2026-11-01", "added": 1}]})
    shares = insight.get_friends_demographics()
    assert shares.available is True
    assert sum(one.percentage for one in shares.ages) == pytest.approx(100)


def test_a_unit_is_told_a_day_later_and_hides_small_numbers(emulator: Practice, insight: Insight) -> None:
    """Of 40 readers 24 saw it, and the 4 who tapped are not told; of what was sent before today only."""
    link = {"type": "uri", "label": "x", "uri": "https://example.jp/"}
    template = {"type": "buttons", "text": "x", "actions": [link]}
    body = {
        "to": [emulator.person() for _ in range(40)],
        "messages": [{"type": "template", "altText": "x", "template": template}],
        "customAggregationUnits": ["b7"],
    }
    assert emulator.line("POST", "/v2/bot/message/multicast", body)[0] == 200
    window = {"custom_aggregation_unit": "b7", "var_from": "20261124", "to": "20261224"}
    assert insight.get_statistics_per_unit(**window).overview.unique_impression is None
    later(emulator, 24 * 3600)
    found = insight.get_statistics_per_unit(**window)
    assert (found.overview.unique_impression, found.overview.unique_click) == (24, None)
    assert [one.url for one in found.clicks] == ["https://example.jp/"]
    with pytest.raises(ApiException):
        insight.get_statistics_per_unit(**{**window, "to": "20261225"})
