import itertools
import threading
from collections.abc import Callable, Iterator

import pytest

from bot.chat.lanes import Lanes, Ticket, Work
from bot.clock import Clock

HANG_GUARD_SECONDS = 60.0
Make = Callable[..., Lanes]


@pytest.fixture
def make() -> Iterator[Make]:
    made: list[Lanes] = []

    def make(work: Work, threads: int = 4, capacity: int = 100) -> Lanes:
        made.append(Lanes(work, Clock(), threads, capacity))
        return made[-1]

    yield make
    for lanes in made:
        lanes.stop(HANG_GUARD_SECONDS)


def ticket(lane: str, number: int) -> Ticket:
    return Ticket(number, number, f"{lane}{number}", lane)


def test_a_lane_keeps_its_order_and_lanes_go_side_by_side(make: Make) -> None:
    """Offered in any order, each person's events are done by their time; two persons at once."""
    done: list[str] = []
    both = threading.Barrier(2)
    all_done = threading.Semaphore(0)

    def work(one: Ticket) -> None:
        if one.sent_at == 1:
            both.wait(HANG_GUARD_SECONDS)  # passes only when two lanes are worked at the same time
        done.append(one.event_id)
        all_done.release()

    lanes = make(work)
    for number in (3, 1, 2):
        lanes.offer(ticket("a", number))
        lanes.offer(ticket("b", number))
    lanes.start()
    for _ in range(6):
        assert all_done.acquire(timeout=HANG_GUARD_SECONDS)
    assert [one for one in done if one.startswith("a")] == ["a1", "a2", "a3"]
    assert [one for one in done if one.startswith("b")] == ["b1", "b2", "b3"]


def test_a_ticket_that_must_wait_holds_its_own_lane_only(make: Make) -> None:
    """While one is put off, its lane stays in order and the thread works on others."""
    done: list[str] = []
    finished = threading.Semaphore(0)

    def work(one: Ticket) -> float | None:
        one.looks += 1
        if one.event_id == "a1" and "b1" not in done:
            return 0.01
        done.append(one.event_id)
        finished.release()
        return None

    lanes = make(work, threads=1)
    for one in (ticket("a", 1), ticket("a", 2), ticket("b", 1)):
        lanes.offer(one)
    lanes.start()
    for _ in range(3):
        assert finished.acquire(timeout=HANG_GUARD_SECONDS)
    assert done.index("b1") < done.index("a1") < done.index("a2")


def test_a_ticket_is_held_once_and_room_is_counted(make: Make) -> None:
    """The same event offered twice is one ticket; done ones make room."""
    done = threading.Semaphore(0)
    lanes = make(lambda _: done.release(), capacity=3)
    for one in (ticket("a", 1), ticket("a", 1), ticket("a", 2)):
        lanes.offer(one)
    assert lanes.room() == 1
    assert len(lanes.due_for_renewal(1.0, 10)) == 2
    lanes.start()
    assert done.acquire(timeout=HANG_GUARD_SECONDS)
    assert done.acquire(timeout=HANG_GUARD_SECONDS)
    lanes.stop(HANG_GUARD_SECONDS)
    assert lanes.room() == 3
    assert not done.acquire(blocking=False)


def test_an_error_ends_neither_thread_nor_lane(make: Make) -> None:
    """The next event is worked on all the same."""
    done = threading.Event()

    def work(one: Ticket) -> None:
        if one.sent_at == 1:
            raise RuntimeError
        done.set()

    lanes = make(work, threads=1)
    lanes.offer(ticket("a", 1))
    lanes.offer(ticket("a", 2))
    lanes.start()
    assert done.wait(HANG_GUARD_SECONDS)


def test_stopping_lets_the_running_one_finish_and_starts_no_other(make: Make) -> None:
    """What has begun comes to its end; the rest is for somebody else."""
    begun, go_on = threading.Event(), threading.Event()
    done: list[str] = []

    def work(one: Ticket) -> None:
        begun.set()
        go_on.wait(HANG_GUARD_SECONDS)
        done.append(one.event_id)

    lanes = make(work, threads=1, capacity=1_000_000)
    lanes.offer(ticket("a", 1))
    lanes.offer(ticket("a", 2))
    lanes.start()
    assert begun.wait(HANG_GUARD_SECONDS)
    stopper = threading.Thread(target=lanes.stop, args=(HANG_GUARD_SECONDS,))
    stopper.start()
    for number in itertools.count():
        room = lanes.room()
        lanes.offer(ticket("b", number))
        if lanes.room() == room:
            break  # it takes nothing more: the stop has begun
    go_on.set()
    stopper.join(HANG_GUARD_SECONDS)
    assert done == ["a1"]
