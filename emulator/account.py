"""LINE's endpoints that tell: profile, account, quota, followers, and the webhook's own settings."""

from __future__ import annotations

from flask import Blueprint, current_app, request

from emulator.clock import iso
from emulator.front import Answer, Body, line_call, refuse
from emulator.rules import limits
from emulator.state import BOT_USER_ID, World
from emulator.webhook import Deliveries

blueprint = Blueprint("account", __name__)

_DEFAULT_PAGE = 300


@line_call(blueprint, "GET", "/v2/bot/profile/<user_id>", "profile")
def profile(world: World, _body: Body, user_id: str) -> Answer:
    """Tell who a friend, or a person who wrote, is; the language only with consent."""
    with world.lock:
        person = world.people.by_id.get(user_id)
        known = person and not person.blocked and (person.following or person.wrote_at is not None)
        if person is None or not known:
            return refuse(404, "Not found")
        body = {"userId": person.user_id, "displayName": person.name}
        if person.consented and person.language:
            body["language"] = person.language
    return Answer(body=body)


@line_call(blueprint, "GET", "/v2/bot/info", "info")
def info(world: World, _body: Body) -> Answer:
    """Tell what account this token belongs to."""
    account = world.account
    return Answer(
        body={
            "userId": BOT_USER_ID,
            "basicId": account.basic_id,
            "displayName": account.name,
            "chatMode": "bot",
            "markAsReadMode": "auto",
        }
    )


@line_call(blueprint, "GET", "/v2/bot/message/quota", "quota")
def quota(world: World, _body: Body) -> Answer:
    """Tell the monthly limit: `none`, or `limited` with a value."""
    return Answer(body=world.account.quota)


@line_call(blueprint, "GET", "/v2/bot/message/quota/consumption", "quota")
def consumption(world: World, _body: Body) -> Answer:
    """Tell how many messages were counted this month."""
    return Answer(body={"totalUsage": world.used_this_month()})


@line_call(blueprint, "GET", "/v2/bot/followers/ids", "followers")
def followers(world: World, _body: Body) -> Answer:
    """List the friends page by page; for verified accounts only."""
    limit, start = request.args.get("limit", str(_DEFAULT_PAGE)), request.args.get("start", "n0")
    if not world.account.verified:
        return refuse(403, "Access to this API is not available for your account")
    if not limit.isdecimal() or not 1 <= int(limit) <= limits.FOLLOWERS_PAGE:
        return refuse(400, "The value for the 'limit' parameter is invalid")
    if not start.startswith("n") or not start[1:].isdecimal():
        return refuse(400, "The value for the 'start' parameter is invalid")
    first, size = int(start[1:]), int(limit)
    with world.lock:
        friends = world.people.friends()
    body: Body = {"userIds": friends[first : first + size]}
    if first + size < len(friends):
        body["next"] = f"n{first + size}"
    return Answer(body=body)


@line_call(blueprint, "GET", "/v2/bot/channel/webhook/endpoint", "webhook-endpoint")
def webhook_endpoint(world: World, _body: Body) -> Answer:
    """Tell where webhooks go."""
    if world.webhook.url is None:
        return refuse(404, "Webhook endpoint not found")
    return Answer(body={"endpoint": world.webhook.url, "active": True})


@line_call(blueprint, "PUT", "/v2/bot/channel/webhook/endpoint", "webhook-endpoint", shape="webhook-endpoint")
def set_webhook_endpoint(world: World, body: Body) -> Answer:
    """Send webhooks somewhere else from now on (LINE takes https only; the practice takes http too)."""
    with world.lock:
        world.webhook.url = body["endpoint"]
    return Answer()


@line_call(blueprint, "POST", "/v2/bot/channel/webhook/test", "webhook-test", shape="webhook-test")
def test_webhook(world: World, body: Body) -> Answer:
    """Send an empty webhook and tell how it went."""
    deliveries: Deliveries = current_app.extensions["deliveries"]
    if not body.get("endpoint") and world.webhook.url is None:
        return refuse(404, "Webhook endpoint not found")
    attempt = deliveries.post([], url=body.get("endpoint"))
    return Answer(
        body={
            "success": attempt.acknowledged,
            "timestamp": iso(world.clock.seconds()),
            "statusCode": attempt.status or 0,
            "reason": "OK" if attempt.acknowledged else (attempt.reason or "").upper(),
            "detail": str(attempt.status or attempt.reason),
        }
    )
