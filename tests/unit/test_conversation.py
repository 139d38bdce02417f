"""Talks read like scripts: what a person does, what they see, what is remembered of them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from bot.answers.taps import Tap
from bot.chat.person import Person, Turn
from bot.language.tags import OWN_NAMES, TAGS
from tests.real import NOON, engine
from tests.unit.talker import Talker


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("フライパン", "燃やせないごみ"),
        ("how do I throw away a frying pan", "Non-burnable"),
        ("平底锅怎么扔", "不可燃垃圾"),
        ("平底鍋要怎麼丟", "不可燃垃圾"),
        ("ふらいぱんは どうやって すてますか", "もやせない"),
    ],
)
def test_a_stranger_is_answered_in_their_own_language(text: str, word: str) -> None:
    """Five ways to ask about a frying pan, five languages of the answer, one category."""
    talker = Talker().says(text)
    assert word in talker.seen
    assert talker.person.last_answer == "garbage:frying-pan"


def test_a_new_friend_reads_one_card_with_five_languages() -> None:
    """The first card names each language in its own script, and speaks to those whose language we lack."""
    talker = Talker().does("follow")
    assert [tap for tap in talker.buttons if tap.do == "language"] == [Tap("language", tag) for tag in TAGS]
    for name in [*OWN_NAMES.values(), "Tiếng Việt", "Bahasa Indonesia", "Filipino", "한국어"]:
        assert name in talker.seen


@pytest.mark.parametrize("tag", TAGS)
def test_choosing_a_language_keeps_it(tag: str) -> None:
    """After a choice every reply is in that language, whatever language the question is in."""
    talker = Talker().does("follow").taps("language", tag)
    assert talker.person.language == tag
    talker.says("how do I throw away a frying pan")
    assert engine().knowledge.name("frying-pan", tag).form in talker.seen


def test_writing_in_another_language_offers_the_switch_and_keeps_the_choice() -> None:
    """A stored choice is kept; the other language is one tap away."""
    talker = Talker(Person("U1", language="ja")).says("how do I throw away a frying pan")
    assert "燃やせないごみ" in talker.seen
    assert Tap("language", "en") in talker.buttons


def test_asking_for_a_language_in_words_switches() -> None:
    """Plain words do what the button does."""
    assert Talker(Person("U1", language="ja")).says("English please").person.language == "en"
    assert Talker().says("やさしい日本語").person.language == "ja-simple"


def test_a_language_we_lack_gets_easy_japanese_and_english() -> None:
    """Never silently one of them; every message carries what it says, and the choice is offered."""
    talker = Talker().says("Làm sao để vứt pin")
    assert "やさしい日本語" in talker.seen
    assert "English" in talker.seen
    assert talker.person.language is None


@pytest.mark.parametrize("first", ["배터리는 어떻게 버려요?", "Làm sao để vứt pin"])
def test_a_language_we_lack_is_remembered(first: str) -> None:
    """A sticker, a tap and a number after such a sentence are answered in both languages as well."""
    talker = Talker().says(first)
    assert len(talker.turn.messages) == 1, "the card with both languages is shown once"
    for later in (
        talker.does("sticker"),
        Talker(talker.person).taps("garbage"),
        Talker(talker.person).says("CD"),
    ):
        assert len(later.turn.messages) == 2
        assert "捨（す）てたい" in later.seen or "もやせない" in later.seen
    assert Talker(talker.person).taps("language", "en").person.language == "en"


def test_a_vote_says_which_answer_it_is_about() -> None:
    """Not helpful counts against an answer, not against the bot at large."""
    talker = Talker(Person("U1", language="ja")).taps("helpful", "garbage:frying-pan", "no")
    assert talker.turn.counted[0].topic == "helpful:no:garbage:frying-pan"


def test_asking_when_is_no_failure_to_understand() -> None:
    """Collection days that are not loaded do not count as a question not understood."""
    talker = Talker(Person("U1", language="ja")).says("フライパン").says("いつ").says("ほげほげを捨てたい")
    assert talker.person.unknowns == 1


def test_an_emergency_is_heard_in_a_long_message() -> None:
    """However much is written before it, 119 comes first."""
    talker = Talker(Person("U1", language="ja")).says("あのですね、" * 200 + "子どもが電池を飲み込みました")
    assert talker.turn.counted[0].status == "safety"


def test_the_profile_is_asked_once_and_only_when_nothing_else_tells() -> None:
    """A word in Latin letters by somebody whose LINE speaks Chinese is answered in Chinese."""
    talker = Talker()
    talker.profile = "zh-TW"
    talker.says("CD")
    assert talker.person.hint == "zh-Hant"
    assert "不可燃垃圾" in talker.seen
    talker.profile = "en"
    talker.says("CD")
    assert talker.person.hint == "zh-Hant"


def test_coming_back_after_a_block_is_greeted_without_questions() -> None:
    """Somebody whose language is known is not asked again."""
    talker = Talker(Person("U1", language="en", following=False)).does("follow", unblocked=True)
    assert talker.person.following
    assert "Hello" in talker.seen
    assert Tap("language", "zh-Hans") not in talker.buttons


def test_coming_back_with_a_known_hint_is_not_asked_again() -> None:
    """A language that was plain to see is enough to greet somebody who comes back."""
    talker = Talker(Person("U1", hint="zh-Hans", following=False)).does("follow", unblocked=True)
    assert Tap("language", "en") not in talker.buttons


def test_blocking_forgets_the_thread_of_the_talk() -> None:
    """Nothing is said to somebody who blocked; the choice of language stays for their return."""
    talker = Talker(Person("U1", language="en", last_answer="garbage:pot", offered=("garbage:pot",)))
    talker.does("unfollow")
    assert talker.turn.messages == ()
    assert talker.person == Person("U1", language="en", following=False)


@pytest.mark.parametrize("pick", ["1番", "1", "one", "一", "①", "第一个", "ichi"])
def test_a_number_picks_the_choice(pick: str) -> None:
    """Choices are numbered in the card, and the number may be said in any language."""
    talker = Talker(Person("U1", language="ja")).says("植木鉢")
    offered = talker.person.offered
    assert len(offered) >= 2
    talker.says(pick)
    assert talker.person.last_answer == offered[0]


def test_numbers_mean_nothing_without_choices() -> None:
    """A bare number is not answered with something shown long ago."""
    talker = Talker(Person("U1", language="ja")).says("フライパン").says("1番")
    assert talker.person.last_answer == "garbage:frying-pan"
    assert "どれ" not in talker.seen


def test_when_after_an_answer_means_that_thing() -> None:
    """ "When?" is about the category just shown."""
    talker = Talker(Person("U1", language="en")).says("frying pan").says("when?")
    assert talker.turn.counted[0].topic == "schedule"
    assert "Non-burnable" in talker.seen


def test_two_unknowns_running_put_the_telephone_first() -> None:
    """Somebody who is not understood twice is not sent round a third time."""
    talker = Talker(Person("U1", language="ja")).says("ほげほげを捨てたい")
    first = talker.seen
    talker.says("ふがふがを捨てたい")
    assert talker.person.unknowns == 2
    assert first.index("わかっていること") < first.index("問い合わせ先")
    assert talker.seen.index("問い合わせ先") < talker.seen.index("わかっていること")
    assert Talker(talker.person).says("フライパン").person.unknowns == 0


def test_only_unknown_questions_are_handed_on_for_learning() -> None:
    """What was answered leaves no text behind."""
    talker = Talker(Person("U1", language="ja")).says("ほげほげを捨てたい")
    assert talker.turn.counted[0].asked == "ほげほげを捨てたい"
    assert talker.says("フライパン").turn.counted[0].asked == ""


def test_a_visitor_chooses_a_last_day_and_gets_general_advice_until_then() -> None:
    """Visitors are told about hotels, marked as general, until the day they chose."""
    talker = Talker(Person("U1", language="en")).taps("visit")
    assert any(tap.do == "stay" for tap in talker.buttons)
    talker.taps("stay", picked="2026-11-30")
    assert talker.person.visitor_until == date(2026, 11, 30)
    assert "general advice" in talker.says("frying pan").seen
    later = Talker(talker.person, NOON.replace(month=12, day=1)).says("frying pan")
    assert "general advice" not in later.seen


@pytest.mark.parametrize("day", ["2026-02-30", "2025-01-01", "2099-01-01", "soon", ""])
def test_a_day_that_makes_no_sense_is_asked_again(day: str) -> None:
    """A stay in the past or for years is not noted."""
    talker = Talker(Person("U1", language="en")).taps("stay", day)
    assert talker.person.visitor_until is None
    assert any(tap.do == "stay" for tap in talker.buttons)


@pytest.mark.parametrize("kind", ["sticker", "image", "video", "audio", "file", "location"])
@pytest.mark.parametrize("tag", TAGS)
def test_what_is_not_text_is_answered_kindly(kind: str, tag: str) -> None:
    """Pictures, stickers and voices lead to the menu, in the reader's language."""
    talker = Talker(Person("U1", language=tag)).does(kind)
    assert Tap("garbage") in talker.buttons


@pytest.mark.parametrize("kind", ["leave", "member", "other"])
def test_strange_events_are_counted_and_left_alone(kind: str) -> None:
    """New event types of the platform are no error and no answer."""
    talker = Talker().does(kind)
    assert talker.turn.messages == ()
    assert talker.turn.counted


def test_unsend_forgets_the_message() -> None:
    """A message taken back is named for removal."""
    assert Talker().does("unsend", message_id="m7").turn.forget_message == "m7"


def test_a_group_is_answered_only_when_addressed() -> None:
    """In groups the bot stays out of the talk, and remembers nobody."""
    assert Talker().does("text", chat="group", text="フライパン").turn == Turn()
    turn = Talker().does("text", chat="group", text="フライパン", mentioned=True).turn
    assert "燃やせないごみ" in json.dumps(turn.messages, ensure_ascii=False)
    assert turn.person is None


@pytest.mark.parametrize(
    "data", ["", "v=0&do=answer", "rm -rf", "v=1&do=fly", "v=1&do=answer&on=garbage:gone"]
)
def test_old_and_strange_buttons_lead_to_the_menu(data: str) -> None:
    """A button from a card of last year still does something sensible."""
    assert Tap("garbage") in Talker(Person("U1", language="en")).does("postback", postback=data).buttons


@pytest.mark.parametrize("tag", TAGS)
def test_every_button_that_is_shown_leads_somewhere(tag: str) -> None:
    """Pressing every button of every card reached from the menu answers, in every language."""
    start = Talker(Person("U1", language=tag)).says("電池")
    waiting, pressed = list(start.buttons), set()
    for text in ("フライパン", "ペットボトル", "menu", "ほげほげを捨てたい", "粗大ごみ", "火事です"):
        waiting += Talker(Person("U1", language=tag)).says(text).buttons
    while waiting:
        tap = waiting.pop()
        if tap in pressed:
            continue
        pressed.add(tap)
        talker = Talker(Person("U1", language=tag, last_answer="garbage:frying-pan"))
        talker.taps(tap.do, tap.on, tap.value)
        assert talker.turn.messages, tap
        waiting += [other for other in talker.buttons if other.do != "language" or other.on == tag]
    assert {tap.do for tap in pressed} >= {"answer", "when", "garbage", "menu", "language", "helpful", "none"}


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\u0000", "\ud800", "😀" * 50, "あ" * 5000, "\u202eフライパン", "フライパン\n" * 200,
        "<script>alert(1)</script>", "{0}{phone}%s", "\u200b" * 40, "電池、" * 60, "a" * 5000,
    ],
)  # fmt: skip
def test_anything_typed_is_answered_within_lines_limits(text: str) -> None:
    """Empty, huge, hostile: always one to five messages, never an error."""
    talker = Talker(Person("U1", language="ja")).says(text)
    assert 1 <= len(talker.turn.messages) <= 5


def test_the_same_event_gives_the_same_turn() -> None:
    """A redelivered event is decided the same way: nothing depends on anything but its input."""
    one, two = Talker(replace(Person("U1"), language="en")), Talker(replace(Person("U1"), language="en"))
    assert one.says("frying pan").turn == two.says("frying pan").turn
