"""Choosing notices in the chat: topics and how often, stopping and undoing in one tap, why one came."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.answers.notice import Notice
from bot.answers.notices import under_notice
from bot.answers.taps import Tap
from bot.chat.person import Person
from bot.language.tags import TAGS
from bot.messages.limits import QUICK_LABEL, graphemes
from bot.notices.wish import Choice, Often
from bot.reminders.wish import Slot, Wish
from tests.real import NOON, voices
from tests.unit.talker import Talker

HERE = Person("U1", language="en", area="C")
REMINDED = replace(HERE, wish=Wish(Slot.EVENING, date(2026, 11, 24)))
WEEKLY = replace(HERE, notices=Choice(Often.WEEKLY, ("events",)))


def notice(number: int = 7, **fields: object) -> Notice:
    """Return a notice of an hour ago, valid for two days more."""
    given: dict[str, object] = {
        "emergency": False,
        "topic": "garbage",
        "texts": {tag: f"Notice {number} in {tag}" for tag in TAGS},
        "as_of": NOON - timedelta(hours=1),
        "valid_until": NOON + timedelta(days=2),
        **fields,
    }
    return Notice(id=number, **given)  # type: ignore[arg-type]


def offers(talker: Talker, what: str) -> bool:
    """Return whether a button asks for something about notices."""
    return Tap("answer", f"notices:{what}") in talker.buttons


def chose(talker: Talker) -> Choice:
    """Return what is remembered."""
    assert talker.person.notices is not None
    return talker.person.notices


@pytest.mark.parametrize(
    "said", ["notices", "お知らせ", "おしらせを えらぶ", "通知设置", "通知設定", "news and topics"]
)
def test_words_open_the_notices(said: str) -> None:
    """Whatever the language of the word, what one gets is shown and can be changed."""
    talker = Talker(HERE).says(said)
    assert all(offers(talker, what) for what in ("choose", "weekly", "emergencies"))
    assert "every notice about your topics" in talker.seen


@pytest.mark.parametrize("said", ["stop messages", "通知を止めて", "おしらせは いらない", "退订", "別再傳了"])
def test_words_stop_everything_and_one_tap_undoes_it(said: str) -> None:
    """Whoever wants nothing more gets emergencies only, without reminders, until they undo it."""
    talker = Talker(replace(WEEKLY, wish=REMINDED.wish)).says(said)
    assert chose(talker) == Choice(Often.EMERGENCIES, ("events",))
    assert talker.person.wish
    assert not talker.person.wish.active
    assert "reminders of collection days are off too" in talker.seen
    undo = next(tap for tap in talker.buttons if tap.on.startswith("notices:back"))
    talker.taps(undo.do, undo.on)
    assert chose(talker) == WEEKLY.notices
    assert talker.person.wish == REMINDED.wish


@pytest.mark.parametrize("said", ["stop", "やめて", "停止"])
def test_stop_on_a_guided_path_leaves_the_path(said: str) -> None:
    """There it means the questions; a little later it means all that is sent."""
    talker = Talker(HERE).says("I want a My Number card")
    assert talker.person.path
    talker.says(said)
    assert talker.person.path is None
    assert talker.person.notices is None
    assert chose(talker.says(said)).often is Often.EMERGENCIES


def test_the_button_under_a_notice_leaves_reminders_alone() -> None:
    """Emergencies only is about the city's notices; reminders were asked for and say how to stop them."""
    talker = Talker(REMINDED).taps("answer", "notices:emergencies")
    assert chose(talker).often is Often.EMERGENCIES
    assert talker.person.wish == REMINDED.wish
    assert "stay on" in talker.seen
    assert Tap("answer", "remind:stop") in talker.buttons
    assert offers(talker.taps("answer", "notices:back-every"), "emergencies")
    assert chose(talker).often is Often.EVERY


@pytest.mark.parametrize("tag", TAGS)
def test_an_everyday_notice_has_its_buttons_in_every_language(tag: str) -> None:
    """Each says in 20 characters what it does, and the chat understands it."""
    buttons = under_notice(voices()[tag], 7)
    assert all(graphemes(button.label) <= QUICK_LABEL for button in buttons)
    for button in buttons:
        assert button.tap
        talker = Talker(replace(HERE, language=tag)).taps(button.tap.do, button.tap.on)
        assert talker.turn.counted[0].topic == "notices"


def test_topics_are_ticked_one_by_one() -> None:
    """A tick says what a press leads to, so an old card does no harm."""
    talker = Talker(HERE).taps("answer", "notices:choose")
    assert offers(talker, "off-garbage")
    for _ in range(2):
        talker.taps("answer", "notices:off-garbage")
        assert chose(talker).off == ("garbage",)
    assert offers(talker, "on-garbage")
    talker.taps("answer", "notices:on-garbage")
    assert chose(talker) == Choice(None, ())


def test_a_topic_that_is_gone_changes_nothing() -> None:
    """A button of last year's card shows this year's topics."""
    talker = Talker(HERE).taps("answer", "notices:off-no-such-topic")
    assert talker.person.notices is None
    assert offers(talker, "off-garbage")


def test_visitors_get_emergencies_until_they_choose_a_topic() -> None:
    """That is what they were told; a topic that they switch on is a wish for notices."""
    visitor = replace(HERE, visitor_until=date(2026, 11, 30))
    talker = Talker(visitor).says("notices")
    assert "You get emergencies only" in talker.seen
    assert chose(talker.taps("answer", "notices:on-events")).often is Often.EVERY


def test_who_says_that_they_visit_gets_what_they_are_told() -> None:
    """ "Emergency messages only" is true from then on, also for somebody who had chosen more before."""
    talker = Talker(replace(HERE, notices=Choice(Often.EVERY, ("events",))))
    talker.taps("stay", picked="2026-11-30")
    assert "emergency messages only" in talker.seen
    assert "You get emergencies only" in talker.says("notices").seen
    assert chose(talker).off == ("events",)


def test_a_notice_for_a_language_we_lack_names_none() -> None:
    """No empty list of languages is shown."""
    talker = Talker(HERE, notices=(notice(languages=frozenset({"other"})),)).taps("answer", "notices:why-7")
    assert "these languages" not in talker.seen


def test_a_group_has_no_notices_of_its_own() -> None:
    """A group hears that notices are one person's matter."""
    talker = Talker().does("text", chat="group", text="stop messages", mentioned=True)
    assert "in a one-to-one chat" in talker.seen


def test_why_names_notice_area_topic_and_the_way_out() -> None:
    """Somebody who asks learns which notice it was, for whom, and what they can change."""
    here = notice(areas=frozenset({"C"}), languages=frozenset({"en", "ja"}))
    talker = Talker(HERE, notices=(notice(8, topic="library"), here)).taps("answer", "notices:why-7")
    for said in ("Notice 7 in en", "日本語 and English", "area C", "“Garbage”, which is on", "11:00 am"):
        assert said.casefold() in talker.seen.casefold()
    assert offers(talker, "emergencies")
    assert Tap("answer", "area:choose") in talker.buttons


@pytest.mark.parametrize("said", ["why did I get this?", "なぜ届いたの", "为什么收到这个"])
def test_why_without_a_button_means_the_latest_notice_for_them(said: str) -> None:
    """A notice for other people, or of a topic that is off, is not theirs."""
    others = notice(9, areas=frozenset({"D"}))
    talker = Talker(WEEKLY, notices=(others, notice(8, topic="events"), notice(7))).says(said)
    assert "Notice 7" in talker.seen


def test_why_is_honest_about_a_notice_it_no_longer_knows() -> None:
    """Then only the rule is told, and nothing is made up."""
    talker = Talker(HERE).taps("answer", "notices:why-7")
    assert "I do not know of a recent notice" in talker.seen
    assert "by language, area and topic" in talker.seen


def test_an_emergency_says_that_it_reaches_everybody() -> None:
    """No topic is named as the reason."""
    talker = Talker(HERE, notices=(notice(emergency=True),)).taps("answer", "notices:why-7")
    assert "It is an emergency" in talker.seen
    assert "Its topic" not in talker.seen
