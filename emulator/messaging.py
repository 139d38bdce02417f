"""LINE's endpoints that send: reply, push, multicast, broadcast, the waiting animation, validation."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, g, request

from emulator.clock import JST
from emulator.faults import QUOTA_REACHED
from emulator.front import Answer, Body, line_call, refuse
from emulator.people import Person
from emulator.state import World
from emulator.tokens import Accepted

blueprint = Blueprint("messaging", __name__)

_GROUPS = ("C", "R")


@line_call(blueprint, "POST", "/v2/bot/message/reply", "reply", shape="reply")
def reply(world: World, body: Body) -> Answer:
    """Answer an event: one use, one minute, not counted against the quota."""
    if "X-Line-Retry-Key" in request.headers:
        return refuse(400, "The retry key cannot be used with this endpoint")
    with world.lock:
        grant = world.reply_tokens.spend(body["replyToken"], world.clock.seconds())
        if grant is None:
            return refuse(400, "Invalid reply token")
        person = world.people.by_id.get(grant.user_id or "")
        readers = [person] if person and not person.blocked else []
        sent = world.deliver(readers, body["messages"])
    return Answer(body={"sentMessages": sent}, facts={"recipients": len(readers)})


@line_call(blueprint, "POST", "/v2/bot/message/push", "push", shape="push")
def push(world: World, body: Body) -> Answer:
    """Send to one person or group; a person who blocks gets nothing and the answer is 200 all the same."""
    return _once(world, body, _push)


@line_call(blueprint, "POST", "/v2/bot/message/multicast", "multicast", shape="multicast")
def multicast(world: World, body: Body) -> Answer:
    """Send to up to 500 people; unknown and blocking ones are skipped without a word."""
    return _once(world, body, _multicast)


@line_call(blueprint, "POST", "/v2/bot/message/broadcast", "broadcast", shape="broadcast")
def broadcast(world: World, body: Body) -> Answer:
    """Send to every friend."""
    return _once(world, body, _broadcast)


def _push(world: World, body: Body) -> Answer:
    """Deliver a push. Called under the lock."""
    to = body["to"]
    person = world.people.by_id.get(to)
    if person is None and not to.startswith(_GROUPS):
        return refuse(400, "Failed to send messages")
    readers = _reachable(world, [to])
    if not world.count(1 if to.startswith(_GROUPS) else len(readers)):
        return refuse(429, QUOTA_REACHED)
    _count_units(world, body, len(readers))
    return Answer(
        body={"sentMessages": world.deliver(readers, body["messages"])}, facts={"recipients": len(readers)}
    )


def _multicast(world: World, body: Body) -> Answer:
    """Deliver a multicast. Called under the lock."""
    readers = _reachable(world, dict.fromkeys(body["to"]))
    if not world.count(len(readers)):
        return refuse(429, QUOTA_REACHED)
    world.deliver(readers, body["messages"])
    _count_units(world, body, len(readers))
    return Answer(facts={"recipients": len(readers)})


def _broadcast(world: World, body: Body) -> Answer:
    """Deliver to everybody. Called under the lock."""
    return _multicast(world, {**body, "to": list(world.people.by_id)})


def _count_units(world: World, body: Body, readers: int) -> None:
    today = world.clock.now().astimezone(JST).date()
    world.units.count(body.get("customAggregationUnits", ()), today, readers, body["messages"])


def _reachable(world: World, user_ids: Any) -> list[Person]:
    now, people = world.clock.seconds(), world.people.by_id
    found = (people.get(user_id) for user_id in user_ids)
    return [person for person in found if person and person.reachable(now)]


def _once(world: World, body: Body, send: Any) -> Answer:
    """Send under the call's retry key, if it has one: accepted once in 24 hours, 409 after that."""
    key = request.headers.get("X-Line-Retry-Key")
    if key is not None and not _is_uuid(key):
        return refuse(400, "Invalid retry key")
    with world.lock:
        now = world.clock.seconds()
        earlier = world.retry_keys.earlier(key.lower(), now) if key else None
        if earlier:
            refused = refuse(409, "The retry key is already accepted", **earlier.answer)
            refused.headers["x-line-accepted-request-id"] = earlier.request_id
            return refused
        answer: Answer = send(world, body)
        if key and answer.status == 200:
            world.retry_keys.remember(key.lower(), Accepted(g.request_id, now, answer.body))
    return answer


def _is_uuid(key: str) -> bool:
    try:
        return str(uuid.UUID(key)) == key.lower()
    except ValueError:
        return False


@line_call(blueprint, "POST", "/v2/bot/chat/loading/start", "loading", shape="loading")
def loading(world: World, body: Body) -> Answer:
    """Show the waiting animation in a one-to-one chat; 202 whether or not anybody sees it."""
    with world.lock:
        person = world.people.by_id.get(body["chatId"])
        if person and person.following:
            world.show_loading(person, body.get("loadingSeconds", 20))
    return Answer(202, facts={"recipients": 1 if person else 0})


def _validate(_world: World, _body: Body) -> Answer:
    """Say yes: whatever is wrong with the messages was refused before this."""
    return Answer()


for _method in ("reply", "push", "multicast", "narrowcast", "broadcast"):
    line_call(blueprint, "POST", f"/v2/bot/message/validate/{_method}", "validate", shape="validate")(
        _validate
    )
