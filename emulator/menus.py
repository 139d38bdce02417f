"""LINE's endpoints for rich menus: made, pictured, found by alias, shown to everybody or to some."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, g, request
from werkzeug.exceptions import NotFound

from emulator.front import Answer, Body, line_call, refuse, world
from emulator.people import Person
from emulator.richmenus import MOST
from emulator.rules import limits
from emulator.state import World

blueprint = Blueprint("menus", __name__)

_SIGNS: Final = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
_NOT_FOUND: Final = "richmenu not found"
_NO_PICTURE: Final = "must upload richmenu image before applying it to user"


@line_call(blueprint, "POST", "/v2/bot/richmenu/validate", "richmenu-validate", shape="richmenu")
def validate(_world: World, _body: Body) -> Answer:
    """Say yes: whatever is wrong was refused before this."""
    return Answer()


@line_call(blueprint, "POST", "/v2/bot/richmenu", "richmenu-create", shape="richmenu")
def create(world: World, body: Body) -> Answer:
    """Make a menu; it has no picture yet."""
    with world.lock:
        if len(world.richmenus.by_id) >= MOST:
            return refuse(400, "The maximum number of rich menus has been reached")
        return Answer(body={"richMenuId": world.richmenus.create(body).id})


@line_call(blueprint, "GET", "/v2/bot/richmenu/list", "richmenu-list")
def list_menus(world: World, _body: Body) -> Answer:
    """Tell every menu."""
    with world.lock:
        menus = [{"richMenuId": menu.id, **menu.description} for menu in world.richmenus.by_id.values()]
    return Answer(body={"richmenus": menus})


@line_call(blueprint, "GET", "/v2/bot/richmenu/<menu>", "richmenu")
def one_menu(world: World, _body: Body, menu: str) -> Answer:
    """Tell one menu."""
    found = world.richmenus.by_id.get(menu)
    return Answer(body={"richMenuId": menu, **found.description}) if found else refuse(404, _NOT_FOUND)


@line_call(blueprint, "DELETE", "/v2/bot/richmenu/<menu>", "richmenu-delete")
def delete(world: World, _body: Body, menu: str) -> Answer:
    """Delete a menu; who saw it sees the one for everybody."""
    with world.lock:
        gone = world.richmenus.delete(menu)
        _tell_phones(world)
    return Answer() if gone else refuse(404, _NOT_FOUND)


@line_call(blueprint, "POST", "/v2/bot/richmenu/<menu>/content", "richmenu-picture")
def upload(world: World, _body: Body, menu: str) -> Answer:
    """Give a menu its picture, once: JPEG or PNG, 1 MB at most."""
    raw: bytes = g.raw_body
    if request.mimetype not in _SIGNS:
        return refuse(415, "Content type must be image/jpeg or image/png")
    if len(raw) > limits.RICH_MENU_PICTURE:
        return refuse(413, "Request body is too large")
    if not raw.startswith(_SIGNS[request.mimetype]):
        return refuse(400, "The image is not of the given content type")
    with world.lock:
        found = world.richmenus.by_id.get(menu)
        if found is None:
            return refuse(404, _NOT_FOUND)
        if found.picture:
            return refuse(400, "An image has already been uploaded to the richmenu")
        found.picture, found.kind = raw, request.mimetype
    return Answer()


@blueprint.get("/v2/bot/richmenu/<menu>/content")
def picture(menu: str) -> Response | tuple[dict[str, str], int]:
    """Hand a picture out."""
    practice = world()
    if request.headers.get("Authorization", "") != f"Bearer {practice.token}":
        return {"message": "Authentication failed"}, 401
    found = practice.richmenus.by_id.get(menu)
    if found is None or not found.picture:
        return {"message": "Not found"}, 404
    return Response(found.picture, mimetype=found.kind)


@blueprint.get("/emulator/richmenu/<menu>/picture")
def picture_for_phones(menu: str) -> Response:
    """Hand a picture to the phone page, which has no token."""
    found = world().richmenus.by_id.get(menu)
    if found is None or not found.picture:
        raise NotFound(f"no menu {menu} has a picture")
    return Response(found.picture, mimetype=found.kind, headers={"Cache-Control": "max-age=86400"})


@line_call(blueprint, "POST", "/v2/bot/richmenu/alias", "richmenu-alias", shape="richmenu-alias")
def create_alias(world: World, body: Body) -> Answer:
    """Name a menu."""
    alias, menu = body["richMenuAliasId"], body["richMenuId"]
    with world.lock:
        if alias in world.richmenus.aliases:
            return refuse(400, "conflict richmenu alias id")
        if len(world.richmenus.aliases) >= MOST:
            return refuse(400, "The maximum number of rich menu aliases has been reached")
        return _point(world, alias, menu)


@line_call(
    blueprint, "POST", "/v2/bot/richmenu/alias/<alias>", "richmenu-alias", shape="richmenu-alias-update"
)
def update_alias(world: World, body: Body, alias: str) -> Answer:
    """Let a name mean another menu."""
    with world.lock:
        if alias not in world.richmenus.aliases:
            return refuse(404, "richmenu alias not found")
        return _point(world, alias, body["richMenuId"])


def _point(world: World, alias: str, menu: str) -> Answer:
    if not world.richmenus.ready(menu):
        return refuse(400, _NO_PICTURE if menu in world.richmenus.by_id else _NOT_FOUND)
    world.richmenus.aliases[alias] = menu
    return Answer()


@line_call(blueprint, "GET", "/v2/bot/richmenu/alias/list", "richmenu-list")
def list_aliases(world: World, _body: Body) -> Answer:
    """Tell every alias."""
    with world.lock:
        known = world.richmenus.aliases.items()
        return Answer(
            body={"aliases": [{"richMenuAliasId": name, "richMenuId": menu} for name, menu in known]}
        )


@line_call(blueprint, "GET", "/v2/bot/richmenu/alias/<alias>", "richmenu")
def one_alias(world: World, _body: Body, alias: str) -> Answer:
    """Tell which menu a name means."""
    menu = world.richmenus.aliases.get(alias)
    if menu is None:
        return refuse(404, "richmenu alias not found")
    return Answer(body={"richMenuAliasId": alias, "richMenuId": menu})


@line_call(blueprint, "DELETE", "/v2/bot/richmenu/alias/<alias>", "richmenu-alias-delete")
def delete_alias(world: World, _body: Body, alias: str) -> Answer:
    """Forget a name."""
    with world.lock:
        gone = world.richmenus.aliases.pop(alias, None)
    return Answer() if gone else refuse(404, "richmenu alias not found")


@line_call(blueprint, "GET", "/v2/bot/user/all/richmenu", "richmenu")
def default(world: World, _body: Body) -> Answer:
    """Tell which menu everybody sees."""
    menu = world.richmenus.default
    return Answer(body={"richMenuId": menu}) if menu else refuse(404, "no default richmenu")


@line_call(blueprint, "POST", "/v2/bot/user/all/richmenu/<menu>", "richmenu-default")
def set_default(world: World, _body: Body, menu: str) -> Answer:
    """Show a menu to everybody who was not given one."""
    return _shown_to(world, menu, None)


@line_call(blueprint, "DELETE", "/v2/bot/user/all/richmenu", "richmenu-default")
def clear_default(world: World, _body: Body) -> Answer:
    """Show everybody no menu."""
    with world.lock:
        world.richmenus.default = None
        _tell_phones(world)
    return Answer()


@line_call(blueprint, "GET", "/v2/bot/user/<user_id>/richmenu", "richmenu")
def menu_of(world: World, _body: Body, user_id: str) -> Answer:
    """Tell which menu somebody was given."""
    person = world.people.by_id.get(user_id)
    if person is None or person.menu is None:
        return refuse(404, "the user has no richmenu")
    return Answer(body={"richMenuId": person.menu})


@line_call(blueprint, "POST", "/v2/bot/user/<user_id>/richmenu/<menu>", "richmenu-link")
def link(world: World, _body: Body, user_id: str, menu: str) -> Answer:
    """Show a menu to somebody; who is no friend is passed over without a word."""
    return _shown_to(world, menu, [user_id])


@line_call(blueprint, "DELETE", "/v2/bot/user/<user_id>/richmenu", "richmenu-unlink")
def unlink(world: World, _body: Body, user_id: str) -> Answer:
    """Take somebody's own menu away."""
    return _taken_from(world, [user_id])


@line_call(blueprint, "POST", "/v2/bot/richmenu/bulk/link", "richmenu-link", shape="richmenu-link")
def link_many(world: World, body: Body) -> Answer:
    """Show a menu to up to 500 people."""
    answer = _shown_to(world, body["richMenuId"], body["userIds"])
    return Answer(202) if answer.status == 200 else answer


@line_call(blueprint, "POST", "/v2/bot/richmenu/bulk/unlink", "richmenu-unlink", shape="richmenu-unlink")
def unlink_many(world: World, body: Body) -> Answer:
    """Take the own menus of up to 500 people away."""
    _taken_from(world, body["userIds"])
    return Answer(202)


def _shown_to(world: World, menu: str, user_ids: list[str] | None) -> Answer:
    with world.lock:
        if menu not in world.richmenus.by_id:
            return refuse(404, _NOT_FOUND)
        if not world.richmenus.ready(menu):
            return refuse(400, _NO_PICTURE)
        if user_ids is None:
            world.richmenus.default = menu
        for person in _friends(world, user_ids or []):
            person.menu = menu
        _tell_phones(world)
    return Answer()


def _taken_from(world: World, user_ids: list[str]) -> Answer:
    with world.lock:
        for person in _friends(world, user_ids):
            person.menu = None
        _tell_phones(world)
    return Answer()


def _friends(world: World, user_ids: list[str]) -> list[Person]:
    found = (world.people.by_id.get(user_id) for user_id in user_ids)
    return [person for person in found if person and person.following]


def _tell_phones(world: World) -> None:
    """Wake the phones that wait for news: what they show may be another menu."""
    world.tell(*(person.user_id for person in world.people.phones()))
