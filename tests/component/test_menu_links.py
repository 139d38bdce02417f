"""Each reader sees the menu of their language: noted with the reply, told to LINE afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import pytest

from bot.line.calls import Refused
from bot.richmenus.linking import PAUSES, Linking
from bot.store import menu_links
from bot.store.database import Database
from bot.store.menu_tables import menu_links as table
from tests.component.conftest import MakeBot, served
from tests.component.rows import rows
from tests.component.waiting import until
from tests.emulator_process import Practice
from tests.unit.menus import FakeMenus

MENUS = ("ja", "en", "zh-hans")
ANN, BEN = "U" + "a" * 32, "U" + "b" * 32


@dataclass
class Line(FakeMenus):
    """Menus in three languages are there; `refusing` makes LINE refuse to link; `meanwhile` happens first."""

    names: dict[str, str] = field(
        default_factory=lambda: {f"awamado-{tag}": tag for tag in ("ja", "en", "zh-hans")}
    )
    pictures: dict[str, bytes] = field(default_factory=lambda: dict.fromkeys(("ja", "en", "zh-hans"), b"x"))
    refusing: int = 0
    meanwhile: Callable[[], object] = int

    def link(self, menu: str, user_ids: Sequence[str]) -> None:
        self.meanwhile()
        if self.refusing:
            raise Refused("link", self.refusing)
        super().link(menu, user_ids)


@dataclass
class Setting:
    """A database, a LINE, and a clock that tests move."""

    database: Database
    line: Line = field(default_factory=Line)
    now: int = 1_000_000

    @property
    def linking(self) -> Linking:
        return Linking(self.database, self.line, lambda: self.now)

    def wants(self, user: str, language: str | None) -> None:
        self.database.write(partial(menu_links.want, user_id=user, language=language, now=self.now))


@pytest.fixture
def setting(database: Database) -> Setting:
    return Setting(database)


def test_people_see_the_menu_of_their_language_and_no_other(setting: Setting) -> None:
    """One call a language; then nothing is left to do; back to the default, nothing is kept of anybody."""
    setting.wants(ANN, "en")
    setting.wants(BEN, "zh-Hans")
    assert setting.linking.work() == 2
    assert setting.line.seen == {ANN: "en", BEN: "zh-hans"}
    assert setting.linking.work() == 0
    setting.wants(ANN, "zh-Hans")
    setting.wants(BEN, None)
    assert setting.linking.work() == 2
    assert setting.line.seen == {ANN: "zh-hans"}
    assert [row["user_id"] for row in rows(setting.database, table)] == [ANN]


def test_nothing_is_noted_of_who_sees_the_default_menu(setting: Setting) -> None:
    """Japanese is everybody's: choosing it costs no row and no call."""
    setting.wants(ANN, None)
    assert rows(setting.database, table) == []


def test_a_choice_made_meanwhile_wins(setting: Setting) -> None:
    """Who chose another language while LINE was told is told of again."""
    setting.wants(ANN, "en")
    setting.line.meanwhile = partial(setting.wants, ANN, "zh-Hans")
    setting.linking.work()
    setting.line.meanwhile = int
    setting.linking.work()
    assert setting.line.seen == {ANN: "zh-hans"}


def test_two_workers_at_once_leave_the_last_choice(setting: Setting) -> None:
    """When an earlier choice reaches LINE after a later one, the later one is told again."""
    setting.wants(ANN, "en")

    def overtake() -> None:
        setting.line.meanwhile = int
        setting.wants(ANN, "zh-Hans")
        setting.linking.work()

    setting.line.meanwhile = overtake
    setting.linking.work()
    assert setting.line.seen == {ANN: "en"}
    setting.linking.work()
    assert setting.line.seen == {ANN: "zh-hans"}


def test_what_line_refuses_is_tried_again_and_given_up_in_the_end(setting: Setting) -> None:
    """Later and later; after the last try only a new choice asks LINE again."""
    setting.wants(ANN, "en")
    setting.line.refusing = 500
    for pause in PAUSES:
        assert setting.linking.work() == 0
        assert setting.linking.work() == 0
        setting.now += pause
    setting.linking.work()
    assert [row["try_at"] for row in rows(setting.database, table)] == [None]
    setting.line.refusing = 0
    setting.wants(ANN, "en")
    assert setting.linking.work() == 1


def test_before_the_first_deployment_choices_wait(setting: Setting) -> None:
    """Without menus nothing is lost: the deployment shows them to those who chose before."""
    setting.line.names.clear()
    setting.wants(ANN, "en")
    assert setting.linking.work() == 0
    assert setting.linking.renew({"en": "en", "zh-Hans": "zh-hans"}) == 1
    assert setting.line.seen == {ANN: "en"}


def test_a_new_menu_is_shown_to_those_who_saw_the_old_one(setting: Setting) -> None:
    """All of them, however many calls it takes; a second time there is nobody left."""
    for number in range(3):
        setting.wants(f"U{number:032x}", "en")
    setting.linking.work()
    setting.line.pictures["en-2"] = b"y"
    assert setting.linking.renew({"en": "en-2"}) == 3
    assert set(setting.line.seen.values()) == {"en-2"}
    assert setting.linking.renew({"en": "en-2"}) == 0


def test_a_language_that_is_chosen_in_the_chat_is_noted_with_the_reply(
    make_bot: MakeBot, practice: Practice
) -> None:
    """Whoever chooses Japanese sees the menu of all and leaves no trace."""
    bot = make_bot()
    user, other = practice.person(), practice.person()
    with served(bot.app, practice):
        practice.event(user, type="text", text="lang en")
        practice.event(other, type="text", text="lang ja")
        until(lambda: rows(bot.database, table), "noted")
    assert [(row["user_id"], row["language"]) for row in rows(bot.database, table)] == [(user, "en")]
