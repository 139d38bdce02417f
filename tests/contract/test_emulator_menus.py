"""Rich menus of the practice LINE keep LINE's rules, and our own calls get along with them."""

from __future__ import annotations

from typing import Any

import pytest

from bot.line.calls import Calls, Refused
from bot.line.menus import MenuApi
from bot.richmenus.deploying import Deployment
from tests.emulator_process import Practice
from tests.unit.menus import designs

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100
AREA = {
    "bounds": {"x": 0, "y": 0, "width": 2500, "height": 1686},
    "action": {"type": "postback", "label": "a", "data": "v=1&do=menu"},
}
MENU: dict[str, Any] = {
    "size": {"width": 2500, "height": 1686},
    "selected": True,
    "name": "m",
    "chatBarText": "Menu",
    "areas": [AREA],
}
SWITCH = {"type": "richmenuswitch", "richMenuAliasId": "a", "data": "x"}
BAD = {
    "no area": {"areas": []},
    "21 areas": {"areas": [AREA] * 21},
    "bar of 15": {"chatBarText": "a" * 15},
    "name of 301": {"name": "a" * 301},
    "too wide": {"size": {"width": 2501, "height": 1686}},
    "too narrow": {"size": {"width": 799, "height": 400}},
    "too high": {"size": {"width": 2500, "height": 1725}},
    "too low": {"size": {"width": 800, "height": 249}},
    "label of 21": {"areas": [{**AREA, "action": {**AREA["action"], "label": "a" * 21}}]},  # type: ignore[dict-item]
    "alias of capitals": {"areas": [{**AREA, "action": {**SWITCH, "richMenuAliasId": "A"}}]},
    "camera": {"areas": [{**AREA, "action": {"type": "camera", "label": "a"}}]},
    "unknown field": {"color": "red"},
}


@pytest.fixture
def menus(emulator: Practice) -> MenuApi:
    return MenuApi(Calls(emulator.base_url, emulator.base_url, emulator.token))


def ready(menus: MenuApi) -> str:
    """Return a menu with its picture."""
    menu = menus.create(MENU)
    menus.upload(menu, PNG)
    return menu


def refused(work: Any, *values: Any) -> int:
    """Return the status with which LINE refuses a call."""
    with pytest.raises(Refused) as refusal:
        work(*values)
    return refusal.value.status


@pytest.mark.parametrize("name", BAD)
def test_a_menu_against_the_rules_is_refused(emulator: Practice, name: str) -> None:
    """Validation and creation refuse it alike."""
    body = {**MENU, **BAD[name]}
    for path in ("/v2/bot/richmenu/validate", "/v2/bot/richmenu"):
        assert emulator.line("POST", path, body)[0] == 400


def test_a_menu_by_the_rules_is_taken(emulator: Practice) -> None:
    """A switch to another menu by its alias is an action of menus alone."""
    switching = {**MENU, "areas": [{**AREA, "action": SWITCH}]}
    assert emulator.line("POST", "/v2/bot/richmenu/validate", switching)[0] == 200
    assert emulator.line("POST", "/v2/bot/richmenu", MENU)[0] == 200


def test_a_picture_is_checked_and_never_replaced(emulator: Practice, menus: MenuApi) -> None:
    """JPEG or PNG of 1 MB at most, once."""
    menu = menus.create(MENU)
    path = f"/v2/bot/richmenu/{menu}/content"

    def upload(body: bytes, kind: str) -> int:
        return emulator.line("POST", path, body, {"Content-Type": kind})[0]

    assert not menus.has_picture(menu)
    assert upload(PNG, "image/gif") == 415
    assert upload(PNG, "image/jpeg") == 400
    assert upload(PNG + b"0" * 1024 * 1024, "image/png") == 413
    assert upload(PNG, "image/png") == 200
    assert upload(PNG, "image/png") == 400
    assert menus.has_picture(menu)


def test_a_menu_without_a_picture_is_shown_to_nobody(emulator: Practice, menus: MenuApi) -> None:
    """No alias, no default, no link before the picture is there; nothing at all with an unknown menu."""
    menu, user = menus.create(MENU), emulator.person()
    assert refused(menus.point, "a", menu, True) == 400
    assert refused(menus.set_default, menu) == 400
    assert refused(menus.link, menu, [user]) == 400
    assert refused(menus.link, "richmenu-none", [user]) == 404


def test_aliases_are_made_led_elsewhere_and_deleted(menus: MenuApi) -> None:
    """An alias that is there cannot be made again; one that is gone cannot be led elsewhere."""
    one, other = ready(menus), ready(menus)
    menus.point("a", one, True)
    assert refused(menus.point, "a", other, True) == 400
    menus.point("a", other, False)
    assert menus.aliases() == {"a": other}
    menus.delete_alias("a")
    menus.delete_alias("a")
    assert refused(menus.point, "a", one, False) == 404


def test_a_person_sees_their_own_menu_before_everybodys(emulator: Practice, menus: MenuApi) -> None:
    """Own menu, else the default, else none; after a block, or without that menu, the default again."""
    everybodys, own = ready(menus), ready(menus)
    user, other, stranger = emulator.person(), emulator.person(), emulator.person(following=False)

    def seen(who: str) -> str | None:
        menu = emulator.get(f"/emulator/people/{who}/timeline")["rich_menu"]
        return menu and str(menu["id"])

    assert seen(user) is None
    menus.set_default(everybodys)
    menus.link(own, [user])
    menus.link(own, [other, stranger])
    assert (seen(user), seen(other), seen(stranger)) == (own, own, everybodys)
    menus.unlink([other])
    assert (seen(user), seen(other)) == (own, everybodys)
    menus.link(own, [other])
    emulator.event(other, wait=False, type="unfollow")
    emulator.event(other, wait=False, type="follow")
    assert (seen(user), seen(other)) == (own, everybodys)
    menus.delete(own)
    menus.delete(own)
    assert seen(user) == everybodys


def test_our_menus_are_deployed_once(emulator: Practice, menus: MenuApi) -> None:
    """Through all of LINE's calls: a second deployment changes nothing, a new one leaves nothing behind."""
    for mark, changes in (("one", True), ("one", False), ("two", True)):
        wanted = [
            type(one)(one.tag, one.name, {**MENU, "name": one.name}, PNG + one.picture)
            for one in designs(mark)
        ]
        assert bool(Deployment(menus, wanted, lambda _: 0).run()) is changes
        assert {menu.name for menu in menus.menus()} == {one.name for one in wanted}


def test_an_unreachable_line_is_named_without_user_ids() -> None:
    """The sentence tells what was tried; nobody's id is in it."""
    lost = MenuApi(Calls("http://127.0.0.1:9", "http://127.0.0.1:9", "token"))
    with pytest.raises(Refused, match="LINE did not answer") as refusal:
        lost.unlink(["U" + "a" * 32])
    assert "a" * 32 not in str(refusal.value)
