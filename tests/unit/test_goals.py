"""The plan's figure, its pace and its forecast; numbers too small to be shown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.insights.friends import Figure, LineDay, Source, friends
from bot.insights.goals import change, outlook, pace, total
from bot.insights.hiding import hidden_below

TODAY = date(2026, 11, 24)
BY = date(2027, 3, 31)


def line(day: date, gain: float, days: int = 120, last: int = 1000) -> list[Figure]:
    """Return an account that gains so many a day and has `last` on the day."""
    return [Figure(day - timedelta(days=n), round(last - gain * n), Source.LINE) for n in range(days, -1, -1)]


def entered(*figures: tuple[date, int]) -> list[Figure]:
    return [Figure(day, value, Source.ENTERED) for day, value in figures]


def test_the_sum_takes_each_accounts_last_figure_and_names_what_it_lacks() -> None:
    """An account of which nothing is known is not counted as nothing."""
    series = {"line": line(TODAY, 1), "x": entered((date(2026, 11, 1), 300)), "facebook": []}
    whole = total(series, TODAY)
    assert (whole.value, whole.missing) == (1300, ("facebook",))
    assert total(series, date(2026, 10, 31)).missing == ("x", "facebook")


def test_an_account_that_is_entered_for_the_first_time_is_no_gain() -> None:
    """Its first figure changes the sum and not the pace."""
    series = {"line": line(TODAY, 1), "x": entered((TODAY, 500))}
    assert change(series, TODAY - timedelta(days=7), TODAY) == 7


def test_an_account_between_two_figures_changes_evenly() -> None:
    """A monthly figure is no leap on one day."""
    series = {"x": entered((TODAY - timedelta(days=28), 100), (TODAY, 128))}
    assert change(series, TODAY - timedelta(days=7), TODAY) == pytest.approx(7)


def test_a_steady_pace_is_forecast_to_the_goal() -> None:
    """Two a day lead where they lead, and the range is as narrow as the weeks were alike."""
    found = outlook({"line": line(TODAY, 2)}, 1900, BY, TODAY)
    assert (found.missing, found.left) == (900, 127)
    assert found.needed == pytest.approx(900 * 30 / 127)
    assert found.expected == (1254, 1254, 1254)
    assert found.reached is None


def test_the_range_is_the_slowest_and_the_fastest_month() -> None:
    """Ten quiet weeks and then a festival: the low end stays quiet."""
    figures = [*line(TODAY - timedelta(days=28), 0, last=1000), *line(TODAY, 5, days=27, last=1140)]
    going = pace({"line": figures}, TODAY)
    assert going is not None
    assert (going.slowest, going.fastest) == (0, pytest.approx(35))
    assert going.slowest < going.average < going.fastest


def test_there_is_no_forecast_from_a_few_weeks() -> None:
    """Seven weeks are not enough, eight are."""
    assert pace({"line": line(TODAY, 1, days=55)}, TODAY) is None
    assert pace({"line": line(TODAY, 1, days=56)}, TODAY) is not None


def test_reached_is_the_day_since_which_it_holds() -> None:
    """A day above the goal with a fall after it is not the day."""
    figures = entered(
        *((TODAY - timedelta(days=9 - n), v) for n, v in enumerate([1899, 1901, 1890, 1900, 1950]))
    )
    found = outlook({"line": figures}, 1900, BY, TODAY)
    assert (found.missing, found.reached) == (0, TODAY - timedelta(days=6))


def test_after_its_day_a_goal_needs_no_pace() -> None:
    """A missed goal is still told, without a division by no days."""
    found = outlook({"line": line(TODAY, 1)}, 1900, TODAY, TODAY)
    assert (found.missing, found.left, found.needed, found.expected) == (900, 0, None, None)


def test_a_hidden_or_missing_day_is_carried_by_our_own_count() -> None:
    """LINE tells the first and the last day; the bot saw five come and two go in between."""
    days = [date(2026, 11, day) for day in range(1, 5)]
    told = [
        LineDay(days[0], "ready", 120, 100, 20),
        LineDay(days[1], "unready"),
        LineDay(days[2], "ready", 130, None, None),
        LineDay(days[3], "ready", 130, 104, 26),
    ]
    found = friends(told, {days[1]: 5, days[2]: -2, days[3]: 9}, {date(2018, 3, 31): 80}, days[3])
    assert [(one.value, one.source) for one in found] == [
        (80, Source.ENTERED),
        (100, Source.LINE),
        (105, Source.ESTIMATE),
        (103, Source.ESTIMATE),
        (104, Source.LINE),
    ]


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 60), max_size=8))
def test_no_small_number_is_shown_or_told_by_the_total(counts: dict[str, int]) -> None:
    """Nothing from 1 to 19 is shown, and never is exactly one cell hidden beside others."""
    shown = hidden_below(counts)
    assert shown.keys() == counts.keys()
    assert all(n is None or n == counts[key] for key, n in shown.items())
    assert not any(n is not None and 0 < n < 20 for n in shown.values())
    hidden = [key for key, n in shown.items() if n is None]
    assert len(hidden) != 1 or not any(n for n in shown.values())
