"""The control API's part for single people: what they do, what their phone shows, what is sent raw."""

from __future__ import annotations

import threading
from typing import Any, Final

from flask import Blueprint, current_app, request
from werkzeug.exceptions import NotFound

from emulator.events import Event, build
from emulator.front import world
from emulator.orders import body_of, seconds_to_wait
from emulator.people import Person
from emulator.state import BOT_USER_ID, World
from emulator.webhook import DEADLINE_SECONDS, Deliveries

blueprint = Blueprint("phones", __name__, url_prefix="/emulator")

Order = dict[str, Any]

_PROBE_SECONDS: Final = 0.5
_WORDS: Final = ("text", "title", "fileName")


def _person_called(user_id: str) -> Person:
    person = world().people.by_id.get(user_id)
    if person is None:
        raise NotFound(f"nobody here is called {user_id}")
    return person


def act(practice: World, person: Person, order: Order) -> Event:
    """Let a person do something: it changes who they are, shows on their phone, and becomes an event."""
    if order["type"] == "raw":
        event: Event = order["event"]
        return event
    with practice.lock:
        now, message_id = practice.clock.seconds(), practice.new_message_id()
        event = build(order, person, int(now * 1000), message_id, (BOT_USER_ID, practice.account.name))
        match order["type"]:
            case "follow":
                practice.people.follow(person, now)
            case "unfollow":
                practice.people.unfollow(person, now)
            case _:
                person.wrote_at = now
        practice.show(person, **{"from": "person"}, **_bubble(order, event, message_id))
    return event


def _bubble(order: Order, event: Event, message_id: str) -> dict[str, Any]:
    """Return what a person sees of their own doing."""
    kind, message = event["type"], event.get("message")
    match kind:
        case "message":
            text = next((event["message"][name] for name in _WORDS if event["message"].get(name)), "")
        case "postback":
            text = order.get("displayText", "")
        case _:
            text = ""
    shown_id = order["messageId"] if kind == "unsend" else message_id
    return {"kind": kind, "message": message, "text": text, "message_id": shown_id}


@blueprint.post("/people/<user_id>/events")
def add_event(user_id: str) -> dict[str, Any]:
    """Let a person do something; with `wait=1`, tell how the first delivery went."""
    order, practice = body_of("event"), world()
    deliveries: Deliveries = current_app.extensions["deliveries"]
    with practice.lock:
        person = _person_called(user_id)
        event = act(practice, person, order)
    attempt = deliveries.send(event)
    if not seconds_to_wait():
        return {"event": event, "delivery": None}
    return {"event": event, "delivery": attempt.result(timeout=10 * DEADLINE_SECONDS).as_json()}


@blueprint.get("/people/<user_id>/timeline")
def timeline(user_id: str) -> dict[str, Any]:
    """Show what is newer than `after` on a phone; with `wait`, as soon as something changes there."""
    practice, after = world(), request.args.get("after", 0, int)

    def look() -> dict[str, Any]:
        person = _person_called(user_id)
        menu = practice.richmenus.shown(person.menu)
        return {
            "items": [item for item in person.items if item["seq"] > after],
            "loading": person.loading_until > practice.clock.seconds(),
            "rich_menu": menu.for_phones() if menu else None,
        }

    with practice.lock:
        seen = look()
    seconds = seconds_to_wait()
    if seconds and not seen["items"]:
        practice.wait_until(user_id, lambda: look() != seen, seconds)
        with practice.lock:
            seen = look()
    return seen


@blueprint.post("/webhook/send")
def send_exactly() -> dict[str, Any]:
    """Sign and POST exactly these events in one request, once."""
    deliveries: Deliveries = current_app.extensions["deliveries"]
    return deliveries.post(body_of("send")["events"]).as_json()


def follow_when_ready(practice: World, deliveries: Deliveries) -> None:
    """Let every phone follow the account as soon as the webhook answers for the first time."""

    def run() -> None:
        gate = threading.Event()
        while not deliveries.answers():
            gate.wait(_PROBE_SECONDS)
        for person in practice.people.phones():
            deliveries.send(act(practice, person, {"type": "follow"}))

    threading.Thread(target=run, name="follow", daemon=True).start()
