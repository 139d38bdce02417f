"""The control API below /emulator/: what tests, trainers and the phone page say to the practice itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from flask import Blueprint, current_app, request
from werkzeug.exceptions import BadRequest, NotFound

from emulator.burst import TEXTS, Bursts, make_friends
from emulator.faults import Fault
from emulator.front import world
from emulator.orders import body_of, seconds_to_wait
from emulator.people import Person, new_user_id
from emulator.webhook import Deliveries

blueprint = Blueprint("control", __name__, url_prefix="/emulator")


@blueprint.get("/state")
def state() -> dict[str, Any]:
    """Everything at a glance."""
    practice = world()
    with practice.lock:
        return {
            "clock": practice.clock.as_json(),
            "webhook": practice.webhook.as_json(),
            "account": practice.account.as_json(),
            "faults": {kind: fault.as_json() for kind, fault in practice.faults.by_kind.items()},
            "latency": practice.latency,
            "people": [person.as_json() for person in practice.people.phones()],
        }


@blueprint.put("/webhook")
def set_webhook() -> dict[str, Any]:
    """Change where webhooks go and when they are sent again."""
    return _change(world().webhook, body_of("webhook"))


@blueprint.put("/account")
def set_account() -> dict[str, Any]:
    """Change the account's name, id, verification or quota."""
    return _change(world().account, body_of("account"))


def _change(settings: Any, changes: dict[str, Any]) -> dict[str, Any]:
    with world().lock:
        for name, value in changes.items():
            setattr(settings, name, value)
        return asdict(settings)


@blueprint.get("/clock")
def clock() -> dict[str, Any]:
    """What time it is here."""
    return world().clock.as_json()


@blueprint.put("/clock")
def set_clock() -> dict[str, Any]:
    """Set the clock to a moment, move it on, or return to real time."""
    body, practice = body_of("clock"), world()
    with practice.lock:
        if "now" in body:
            practice.clock.set(_moment(body["now"]))
        elif "advance_seconds" in body:
            practice.clock.advance(body["advance_seconds"])
        else:
            practice.clock.reset()
        return practice.clock.as_json()


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadRequest(f"now: {text} is not a date and time in ISO 8601") from error
    if moment.tzinfo is None:
        raise BadRequest("now: say the offset too, as in 2026-11-24T08:00:00+09:00")
    return moment


@blueprint.put("/faults")
def set_faults() -> dict[str, Any]:
    """Switch faults on for the kinds of call that are named; the others stay as they are."""
    body, practice = body_of("faults"), world()
    with practice.lock:
        practice.faults.by_kind.update({kind: Fault(**fault) for kind, fault in body.items()})
        return {kind: fault.as_json() for kind, fault in practice.faults.by_kind.items()}


@blueprint.delete("/faults")
def clear_faults() -> dict[str, Any]:
    """Switch all faults off and let go of the calls that hang."""
    with world().lock:
        world().faults.clear()
    return {}


@blueprint.put("/latency")
def set_latency() -> dict[str, Any]:
    """Say how many milliseconds pass before each kind of call is answered."""
    body = body_of("latency")
    with world().lock:
        world().latency = body
    return body


@blueprint.post("/reset")
def reset() -> dict[str, Any]:
    """Forget everything but the webhook settings."""
    bursts: Bursts = current_app.extensions["bursts"]
    deliveries: Deliveries = current_app.extensions["deliveries"]
    bursts.forget()
    deliveries.forget()
    world().reset()
    return {}


@blueprint.get("/ledger")
def ledger() -> dict[str, Any]:
    """The entries after `after`, of one `kind` or all; with `wait`, as soon as there is one."""
    practice, kind = world(), request.args.get("kind")
    after = request.args.get("after", 0, int)
    newer = _once_there(kind or "ledger", lambda: practice.ledger.since(after, kind))
    return {"entries": newer, "last": practice.ledger.last}


def _once_there(topic: str, look: Callable[[], list[dict[str, Any]]]) -> list[dict[str, Any]]:
    practice, seconds = world(), seconds_to_wait()
    if seconds:
        practice.wait_until(topic, lambda: bool(look()), seconds)
    with practice.lock:
        return look()


@blueprint.post("/people")
def add_person() -> tuple[dict[str, Any], int]:
    """Add one person; a friend from the start is one without a follow event."""
    body, practice = {"following": True, **body_of("person")}, world()
    following = body.pop("following")
    with practice.lock:
        user_id = body.pop("user_id", None) or new_user_id()
        if user_id in practice.people.by_id:
            raise BadRequest(f"user_id: {user_id} is taken")
        person = practice.people.add(Person(user_id, body.pop("name"), body.pop("language", None), **body))
        if following:
            practice.people.follow(person, practice.clock.seconds())
        return person.as_json(), 201


@blueprint.post("/people/bulk")
def add_many() -> dict[str, Any]:
    """Add many people at once; they have no phone and no timeline."""
    body = body_of("bulk")
    made = make_friends(
        world(), body["count"], body.get("languages", ["ja"]), following=body.get("following", True)
    )
    return {"count": len(made)}


@blueprint.post("/history")
def replay() -> dict[str, Any]:
    """Count friends and blocks of days gone by, so that the statistics have a past."""
    days = body_of("history")["days"]
    try:
        moved = [(date.fromisoformat(one.pop("date")), one) for one in days]
    except ValueError as error:
        raise BadRequest(f"days: {error}") from error
    with world().lock:
        for day, counts in moved:
            world().people.replay(day, **{"added": 0, "blocked": 0, "unblocked": 0, **counts})
    return {"days": len(moved)}


@blueprint.post("/burst")
def start_burst() -> tuple[dict[str, Any], int]:
    """Let many friends write at once."""
    bursts: Bursts = current_app.extensions["bursts"]
    return {"burst": bursts.start(**{"people": 50, "texts": list(TEXTS), **body_of("burst")})}, 202


@blueprint.get("/burst/<name>")
def burst(name: str) -> dict[str, Any]:
    """How a burst went so far; with `wait`, as soon as it is done."""
    bursts: Bursts = current_app.extensions["bursts"]
    found = bursts.by_id.get(name)
    if found is None:
        raise NotFound(f"no burst is called {name}")
    world().wait_until(name, lambda: found.done or found.stopped, seconds_to_wait())
    with world().lock:
        return found.as_json()
