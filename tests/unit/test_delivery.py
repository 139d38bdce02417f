"""The parts of delivery that only think: pace, conclusions, packing, endings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.closing import ending
from bot.delivery.outcomes import conclude, unsent
from bot.delivery.pace import Pace
from bot.delivery.plan import pack
from bot.lifecycle import BATCH_STEPS, ORDER_STEPS, Batch, Order, may_step
from bot.line.port import Outcome, Sent
from bot.store.batches import Claimed
from bot.store.moments import SECOND
from bot.store.orders import Kind, SendOrder

BATCH = Claimed(1, 0, "ja", bytes(48), "key", attempts=1, doubtful=False)


class Hand:
    """A monotonic clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def moments(hand: Hand, pace: Pace, waits: Sequence[float]) -> list[float]:
    """Return when calls leave that ask for their turn one after the other, after these pauses."""
    found = []
    for wait in waits:
        hand.now += wait
        pace.wait(hand.sleep)
        found.append(hand.now)
    return found


@settings(max_examples=25)
@given(st.lists(st.sampled_from([0.0, 0.001, 0.004, 0.02, 0.3, 2.0]), min_size=500, max_size=900))
def test_no_second_sees_more_calls_than_allowed(waits: list[float]) -> None:
    """Whatever the pauses, any window of a second holds at most the rate."""
    hand = Hand()
    left = moments(hand, Pace(198, hand), waits)
    assert all(later - earlier >= 1.0 - 1e-6 for earlier, later in zip(left, left[198:], strict=False))


def test_the_rate_is_used_in_full() -> None:
    """Without pauses the calls are evenly spaced; a hiccup of 90 ms is caught up with."""
    hand = Hand()
    left = moments(hand, Pace(198, hand), [0.0] * 1000)
    assert left[-1] - left[0] == pytest.approx(999 / 198, rel=0.01)
    hand = Hand()
    left = moments(hand, Pace(198, hand), [0.09 if n % 200 == 150 else 0.0 for n in range(1000)])
    assert left[-1] - left[0] < 1000 / 190


def test_too_many_calls_slow_the_pace_down_and_success_brings_it_back() -> None:
    """Halved once for all 429s of a second, never below five; each acceptance adds one call a second."""
    hand = Hand()
    pace = Pace(200, hand)
    for _ in range(30):
        pace.throttled()
    assert _rate(hand, pace) == pytest.approx(100, rel=0.1)
    for _ in range(20):
        hand.now += 1.1
        pace.throttled()
    assert _rate(hand, pace) == pytest.approx(5, rel=0.1)
    for _ in range(195):
        pace.accepted()
    assert _rate(hand, pace) == pytest.approx(200, rel=0.1)


def test_only_trouble_in_a_row_slows_the_pace_down() -> None:
    """One call in four without an answer is the network's daily life; eight on end are an outage."""
    hand = Hand()
    pace = Pace(200, hand)
    for number in range(40):
        pace.accepted() if number % 4 else pace.troubled()
    assert _rate(hand, pace) == pytest.approx(200, rel=0.1)
    for _ in range(8):
        pace.troubled()
    assert _rate(hand, pace) == pytest.approx(100, rel=0.1)


def _rate(hand: Hand, pace: Pace) -> float:
    left = moments(hand, pace, [5.0, *[0.0] * 60])
    return 30 / (left[-1] - left[-31])


@pytest.mark.parametrize("doubtful", [False, True])
@pytest.mark.parametrize("outcome", Outcome)
def test_every_conclusion_is_a_step_of_the_table(outcome: Outcome, doubtful: bool) -> None:
    """And an open batch has a time for its next try, a closed one has none (I7)."""
    batch = replace(BATCH, doubtful=doubtful)
    result = conclude(batch, Sent(outcome), 10 * SECOND, 1.0, 0.5)
    assert result.state is Batch.SENDING or may_step(Batch.SENDING, result.state)
    assert (result.try_at is None) == (result.state not in (Batch.SENDING, Batch.QUEUED))
    assert result.count == 3


@pytest.mark.parametrize(
    ("outcome", "doubtful", "state"),
    [
        (Outcome.ACCEPTED, True, Batch.ACCEPTED),
        (Outcome.REJECTED, False, Batch.REFUSED),
        (Outcome.REJECTED, True, Batch.UNSURE),
        (Outcome.UNKNOWN, False, Batch.SENDING),
        (Outcome.THROTTLED, False, Batch.QUEUED),
        (Outcome.THROTTLED, True, Batch.SENDING),
        (Outcome.UNREACHED, False, Batch.QUEUED),
        (Outcome.QUOTA, True, Batch.SENDING),
        (Outcome.UNAUTHORISED, False, Batch.QUEUED),
    ],
)
def test_doubt_stays_until_line_says_yes(outcome: Outcome, doubtful: bool, state: Batch) -> None:
    """Only what LINE surely never had goes back to the queue."""
    assert conclude(replace(BATCH, doubtful=doubtful), Sent(outcome), 0, 1.0, 0.5).state is state
    assert unsent(replace(BATCH, doubtful=doubtful)).doubtful is doubtful


def test_the_pause_doubles_up_to_a_minute() -> None:
    """1, 2, 4 … 60 seconds, spread by a fifth; LINE's rate limit is no reason to wait longer and longer."""

    def pause(attempts: int, outcome: Outcome = Outcome.UNKNOWN, luck: float = 0.5) -> float:
        result = conclude(replace(BATCH, attempts=attempts), Sent(outcome), 0, 1.0, luck)
        assert result.try_at is not None
        return result.try_at / SECOND

    assert [pause(attempts) for attempts in (1, 2, 3, 7, 99)] == [1, 2, 4, 60, 60]
    assert (pause(1, luck=0.0), pause(1, luck=1.0)) == (0.8, 1.2)
    assert pause(9, Outcome.THROTTLED) == 1.0
    assert pause(9, Outcome.QUOTA) == 0.0


ids = st.integers(0, 2**128 - 1).map(lambda number: f"U{number:032x}")
odd = st.sampled_from(
    ["", "U", "Uold", "U" + "0" * 31, "U" + "0" * 33, "U" + "G" * 32, "u" + "0" * 32, "U" + "A" * 32]
)


@given(st.lists(st.one_of(ids, odd), max_size=30))
def test_packing_keeps_exactly_the_ids_of_line(user_ids: list[str]) -> None:
    """16 bytes each, in order; everything else is left out and counted."""
    packed, skipped = pack(user_ids)
    unpacked = [f"U{packed[n : n + 16].hex()}" for n in range(0, len(packed), 16)]
    good = [
        one
        for one in user_ids
        if len(one) == 33 and one[0] == "U" and set(one[1:]) <= set("0123456789abcdef")
    ]
    assert unpacked == good
    assert skipped == len(user_ids) - len(good)


def _order(status: Order, stop: bool) -> SendOrder:
    return SendOrder(
        1,
        "k",
        Kind.BROADCAST,
        status,
        {},
        None,
        "",
        0,
        None,
        None,
        0,
        "",
        10,
        0,
        0,
        0,
        0,
        0,
        stop,
        "",
        0,
        0,
        1,
    )


@pytest.mark.parametrize("stop", [False, True])
@pytest.mark.parametrize("status", [Order.SCHEDULED, Order.SENDING, Order.HELD])
@given(numbers=st.tuples(*[st.integers(0, 3)] * 4))
def test_every_ending_is_a_step_of_the_table(
    status: Order, stop: bool, numbers: tuple[int, int, int, int]
) -> None:
    """Sent only if all of it was accepted; cancelled only if nothing can have arrived (I7)."""
    states = (Batch.ACCEPTED, Batch.REFUSED, Batch.UNSURE, Batch.CANCELLED)
    ended = dict(zip(states, numbers, strict=True))
    if status is Order.SCHEDULED:
        ended |= {Batch.ACCEPTED: 0, Batch.UNSURE: 0}
    if status is Order.HELD and sum(numbers) == numbers[0]:
        ended[Batch.CANCELLED] += 1
    final = ending(_order(status, stop), ended)
    assert may_step(status, final)
    assert not ORDER_STEPS[final]
    assert (final is Order.SENT) <= (ended[Batch.ACCEPTED] == sum(ended.values()))
    assert (final is Order.CANCELLED) <= (ended[Batch.ACCEPTED] + ended[Batch.UNSURE] == 0)


def test_a_closed_batch_stays_closed() -> None:
    """Nothing leads out of accepted, refused and cancelled."""
    assert {state for state in Batch if not BATCH_STEPS[state]} == {
        Batch.ACCEPTED,
        Batch.REFUSED,
        Batch.CANCELLED,
    }
