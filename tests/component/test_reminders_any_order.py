"""Whatever people, clerks and clocks do in whatever order: never twice, never late, never wrong for long."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.reminders.truth import changed, truth
from bot.store.database import Connection, Database
from bot.store.models import people, reminders, send_orders, send_variants
from tests.component.reminding import THURSDAY, Got, World, change
from tests.component.rows import rows
from tests.real import JST

USERS = tuple(f"U{number:032x}" for number in (1, 2, 3))
DAY = timedelta(days=1)

SAID = (
    "evening",
    "morning",
    "stop",
    "pause-month",
    "pause-2026-11-26",
    "resume",
    "all",
    "only-paper",
    "only-pet-bottles",
)
ACTS = st.one_of(
    st.tuples(st.just("taps"), st.sampled_from(USERS), st.sampled_from(SAID)),
    st.tuples(st.just("moves"), st.sampled_from(USERS), st.sampled_from(["C", "D", None])),
    st.tuples(st.just("follows"), st.sampled_from(USERS), st.booleans()),
    st.tuples(st.just("passes"), st.sampled_from([1, 2, 5, 30, 120, 600, 24 * 60]), st.none()),
    st.tuples(st.just("jumps"), st.sampled_from([-25, 25, -1]), st.none()),
    st.tuples(st.just("clock"), st.sampled_from(["19:58", "20:02", "21:57", "06:29", "06:33", "08:14", "08:31"]), st.none()),
    st.tuples(
        st.just("changes"),
        st.sets(st.sampled_from(["paper", "pet-bottles", "all-off", "to-friday"]), max_size=2),
        st.none(),
    ),
)  # fmt: skip
CHANGES = {
    "paper": change(THURSDAY, id="paper", categories=["paper"]),
    "pet-bottles": change(THURSDAY, id="pet", categories=["pet-bottles"], reason="breakdown"),
    "all-off": change(THURSDAY + DAY, id="all", areas=["C"]),
    "to-friday": change(THURSDAY, id="move", categories=["paper"], to=THURSDAY + DAY),
}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(acts=st.lists(ACTS, min_size=8, max_size=24))
@example(
    acts=[
        ("clock", "19:58", None),
        ("taps", USERS[0], "morning"),
        ("passes", 5, None),
        ("clock", "06:33", None),
    ]
)
def test_whatever_happens(database: Database, acts: list[tuple[str, object, object]]) -> None:
    """Each message leaves in its time and says what is promised; nobody is reminded of a day twice."""
    _empty(database)
    world = World(database, now=datetime(2026, 11, 25, 19, 50, tzinfo=JST))
    for number, user in enumerate(USERS):
        world.moves(user, "CCD"[number], language=("en", "ja", "zh-Hant")[number])
        world.taps(user, ("evening", "morning", "evening")[number])
    for act in acts:
        seen = len(world.got)
        _act(world, *act)
        world.tick()
        for got in world.got[seen:]:
            _in_its_time(got)
            _true(world, got)
    for user in USERS:
        days = world.reminded(user)
        assert len(days) == len(set(days)), "reminded twice of a day"
    _told_the_end(world)


def _act(world: World, what: str, one: object, other: object) -> None:
    match what:
        case "taps":
            world.taps(str(one), str(other))
        case "moves":
            world.moves(str(one), other)  # type: ignore[arg-type]
        case "follows":
            world.moves(str(one), _area(world, str(one)), following=other)
        case "passes":
            world.now += timedelta(minutes=one)  # type: ignore[arg-type]
        case "jumps":
            world.now += timedelta(hours=one)  # type: ignore[arg-type]
        case "clock":
            world.now = datetime.combine(world.now.date(), time.fromisoformat(str(one)), tzinfo=JST)
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


def _told_the_end(world: World) -> None:
    """By day and in time, everybody who was reminded of a day to come knows what is true of it."""
    if not time(6, 31) <= world.now.time() < time(21, 55):
        return
    world.now += timedelta(minutes=3)
    world.tick()
    world.now += timedelta(minutes=3)
    world.tick()
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
