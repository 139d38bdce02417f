"""Whatever people, clerks and clocks do in whatever order: never twice, never late, never wrong for long."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.reminders.truth import changed, truth
from bot.store.database import Connection, Database
from bot.store.models import people, reminders, send_orders, send_variants
from tests.component.reminding import THURSDAY, Got, World, change
from tests.component.rows import rows
from tests.real import JST

USERS = tuple(f"U{number:032x}" for number in (1, 2, 3))
DAY = timedelta(days=1)

SAID = ("evening", "morning", "stop", "pause-2026-11-26", "resume", "all", "only-paper", "only-pet-bottles")
ACTS = st.one_of(
    st.tuples(st.just("taps"), st.sampled_from(USERS), st.sampled_from(SAID)),
    st.tuples(st.just("moves"), st.sampled_from(USERS), st.sampled_from(["C", "D"])),
    st.tuples(st.just("follows"), st.sampled_from(USERS), st.booleans()),
    st.tuples(st.just("jumps"), st.sampled_from([-25, 25]), st.none()),
    st.tuples(
        st.just("changes"),
        st.sets(st.sampled_from(["paper", "pet-bottles", "all-off", "to-friday"]), max_size=2),
        st.none(),
    ),
)
CLOCK = ("19:58", "20:02", "20:05", "21:57", "22:01", "06:29", "06:33", "06:36", "08:14", "08:31")
"""A day's moments around which something happens; the first four and "22:01" belong to the evening before."""
DAYS = st.lists(st.lists(ACTS, max_size=2), min_size=2 * len(CLOCK), max_size=2 * len(CLOCK))
CHANGES = {
    "paper": change(THURSDAY, id="paper", categories=["paper"]),
    "pet-bottles": change(THURSDAY, id="pet", categories=["pet-bottles"], reason="breakdown"),
    "all-off": change(THURSDAY + DAY, id="all", areas=["C"]),
    "to-friday": change(THURSDAY, id="move", categories=["paper"], to=THURSDAY + DAY),
}


@settings(
    max_examples=12,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(days=DAYS)
def test_whatever_happens(database: Database, days: list[list[tuple[str, object, object]]]) -> None:
    """Each message leaves in its time and says what is promised; nobody is reminded of a day twice."""
    _empty(database)
    world = World(database, now=datetime(2026, 11, 25, 19, 50, tzinfo=JST))
    for number, user in enumerate(USERS):
        world.moves(user, "CCD"[number], language=("en", "ja", "zh-Hant")[number])
        world.taps(user, ("evening", "morning", "evening")[number])
    for number, acts in enumerate(days):
        _come_to(world, CLOCK[number % len(CLOCK)])
        for act in acts:
            _act(world, *act)
            _watched(world)
    for user in USERS:
        reminded = world.reminded(user)
        assert len(reminded) == len(set(reminded)), "reminded twice of a day"
    _all_told(world)


def _come_to(world: World, clock: str) -> None:
    """Let time pass to the next such moment."""
    then = datetime.combine(world.now.date(), time.fromisoformat(clock), tzinfo=JST)
    world.now = then if then > world.now else then + DAY
    _watched(world)


def _watched(world: World) -> None:
    """Do what is due, and check every message that leaves."""
    seen = len(world.got)
    world.tick()
    for got in world.got[seen:]:
        _in_its_time(got)
        _true(world, got)


def _act(world: World, what: str, one: object, other: object) -> None:
    match what:
        case "taps":
            world.taps(str(one), str(other))
        case "moves":
            world.moves(str(one), other)  # type: ignore[arg-type]
        case "follows":
            world.moves(str(one), _area(world, str(one)), following=other)
        case "jumps":
            world.now += timedelta(hours=one)  # type: ignore[arg-type]
        case "changes":
            world.changes = tuple(CHANGES[name] for name in sorted(one))  # type: ignore[call-overload]


def _area(world: World, user: str) -> str | None:
    return next(row["area"] for row in rows(world.database, people) if row["user_id"] == user)


def _in_its_time(got: Got) -> None:
    """The evening before until 22:00, the morning before the put-out time, corrections by day."""
    day, slot = date.fromisoformat(got.order.audience["day"]), got.order.audience["slot"]
    clock = got.at.time()
    assert got.at < datetime.combine(day, time(8, 30), tzinfo=JST), "after the put-out time"
    assert time(6, 30) <= clock < time(22), "in the night"
    if got.order.audience["mode"] == "first":
        wanted = (day - DAY, time(20)) if slot == "evening" else (day, time(6, 30))
        assert got.at.date() == wanted[0]
        assert clock >= wanted[1]
    if slot == "morning":
        assert clock <= time(8, 30)


def _true(world: World, got: Got) -> None:
    """What is said is what the city promises at that moment, for what this person is told of."""
    noted = got.order.audience
    known = truth(world.known.calendar, noted["area"], date.fromisoformat(noted["day"]))
    assert noted["told"] == dict(known.promised)


def _all_told(world: World) -> None:
    """In the morning before the put-out time everybody who was reminded of a day knows what is true of it."""
    for clock in ("08:05", "08:08", "08:11"):
        _come_to(world, clock)
    for first in [one for one in world.got if one.order.audience["mode"] != "correction"]:
        noted = first.order.audience
        day = date.fromisoformat(noted["day"])
        after = [
            one
            for one in world.got
            if one.user == first.user and one.order.audience.get("order") == first.order.id
        ]
        last = after[-1].order.audience["told"] if after else noted["told"]
        bits = int(first.variant.partition(":")[2], 16)
        mine = [one for place, one in enumerate(noted["categories"]) if bits >> place & 1]
        now = truth(world.known.calendar, noted["area"], day).promised
        every = len(mine) == len(noted["categories"])
        in_time = world.now < datetime.combine(day, time(8, 20), tzinfo=JST)
        follows = next(
            row["following"] for row in rows(world.database, people) if row["user_id"] == first.user
        )
        if in_time and follows:
            assert not changed(noted["told"], last, now, mine, every), "somebody believes what is not so"


def _empty(database: Database) -> None:
    def work(connection: Connection) -> None:
        for table in (people, reminders, send_variants, send_orders):
            connection.execute(table.delete())

    database.write(work)
