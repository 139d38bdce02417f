"""The reader's area: said by letter, town or place; kept, changed, forgotten; never in a group."""

from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace

import pytest

from bot.answers.engine import Engine
from bot.answers.model import Status
from bot.answers.taps import Tap
from bot.chat.conversation import Conversation
from bot.chat.person import Person
from bot.knowledge.collection import Town
from bot.knowledge.shapes import read_shapes
from tests.real import NOON, voices
from tests.sample_city import HOLE, NORTH, ask_city, city
from tests.unit.talker import Talker


class _Live:
    """The made-up city, as it stands."""

    def __init__(self, **how: bool) -> None:
        self.current = city(**how)


def talker(person: Person | None = None, **how: bool) -> Talker:
    """Return somebody who talks to the made-up city."""
    one = Talker(person or Person("U1", language="en"))
    one._talk = Conversation(_Live(**how), voices(), lambda: NOON)
    return one


@pytest.mark.parametrize(
    "text",
    [
        "N", "n", "Ｎ", "Nです", "N地区", "N地区です", "area n", "Area N", "I'm in N", "it's N", "N please",
        "我在N区", "我住在N區", "うちはN地区です", "Nちく", "n desu",
    ],
)  # fmt: skip
def test_the_letter_is_said_once(text: str) -> None:
    """However the letter is said, it is kept."""
    assert talker().says(text).person.area == "N"


def test_what_was_asked_is_answered_right_after_choosing() -> None:
    """Somebody who wanted the plastic day gets it with their area, typed or tapped."""
    asked = talker().says("when is plastic?")
    assert asked.turn.counted[0].topic == "schedule"
    taps = [tap for tap in asked.buttons if tap.on.startswith("area:N")]
    assert taps == [Tap("answer", "area:N>schedule:plastic-packaging")]
    for chosen in (asked.says("N"), talker().says("when is plastic?").taps("answer", taps[0].on)):
        assert chosen.person.area == "N"
        assert "Wed, Nov 25, tomorrow" in chosen.seen
        assert "I keep it until you change it" in chosen.seen


def test_the_button_of_a_thing_leads_back_to_the_thing() -> None:
    """The way over the area ends where it began, with the date."""
    one = talker().says("frying pan")
    one.taps("answer", next(tap.on for tap in one.buttons if tap.on.startswith("area:choose")))
    one.says("area n")
    assert one.person.area == "N"
    assert one.person.last_answer == "garbage:frying-pan"
    assert "Fri, Nov 27, in 3 days" in one.seen


def test_an_area_is_changed_and_forgotten() -> None:
    """By words and by buttons."""
    one = talker(Person("U1", language="en", area="N")).says("change my area")
    assert Tap("answer", "area:forget") in one.buttons
    assert one.taps("answer", "area:S").person.area == "S"
    for words in ("forget my area", "地区を消して", "ちくを けして", "删除我的地区", "刪除我的地區"):
        assert talker(Person("U1", language="en", area="N")).says(words).person.area is None
    assert talker(Person("U1", language="en", area="N")).taps("answer", "area:forget").person.area is None


@pytest.mark.parametrize(
    "words", ["my area", "which area am I in?", "地区を変えたい", "ちくを かえる", "更改地区", "更改地區"]
)
def test_asking_for_ones_area_shows_the_letters(words: str) -> None:
    """Whoever does not know is told where the letter is printed."""
    one = talker().says(words)
    assert {"area:N", "area:S"} <= {tap.on for tap in one.buttons}
    assert "家庭ごみ収集日程表" in one.seen


def test_an_area_that_no_longer_exists_is_asked_for_again() -> None:
    """A new calendar without one's area does not leave a reader with somebody else's days."""
    one = talker(Person("U1", language="en", area="Z")).says("today?")
    assert "have changed" in one.seen
    assert one.says("S").person.area == "S"


def test_in_a_group_nothing_is_kept() -> None:
    """A tap in a group is answered for all; nobody is remembered, nor told so."""
    one = talker()
    one.taps("answer", "area:N>schedule:all", chat="group")
    assert one.turn.person is None
    assert "ペットボトル" in one.seen
    assert "覚えておきます" not in one.seen


def test_an_area_inside_a_question_is_answered_but_not_kept() -> None:
    """ "When is plastic in area N?" is asked for somebody else, perhaps; one tap makes it mine."""
    one = talker(Person("U1", language="ja")).says("N地区のプラはいつ")
    assert one.person.area is None
    assert "11月25日（水）・明日" in one.seen
    assert Tap("answer", "area:N") in one.buttons


@pytest.mark.parametrize(
    "text",
    [
        "港町",
        "みなとちょう",
        "minatocho",
        "Minato-cho",
        "港町です",
        "I live in Minato",
        "港町2丁目",
        "徳島市港町",
        "我住在港町",
    ],
)
def test_a_town_tells_its_area(text: str) -> None:
    """Kanji, kana, romaji, a part of the name, a number behind it."""
    one = talker().says("my area").says(text)
    assert one.person.area == "N"


def test_a_town_in_two_areas_gives_choices() -> None:
    """Its parts are offered; nothing is guessed."""
    answer = ask_city("川端町", offered=("area:N",), area=None)
    assert answer.status is Status.CHOICES
    assert [(one.label, one.answer_id) for one in answer.choices] == [
        ("川端町東", "area:N/川端町東"),
        ("川端町西", "area:S/川端町西"),
    ]
    one = talker().says("when is plastic?").says("かわばた")
    assert one.says("1").person.area == "N"
    assert "Wed, Nov 25" in one.seen


@pytest.mark.parametrize("part", ["2丁目", "二丁目です", "にちょうめ", "2-chome", "２ちょうめ"])
def test_the_part_of_the_town_is_enough_after_the_question(part: str) -> None:
    """Who was asked which part it is says the part alone; another part or none is not guessed at."""
    towns = tuple(
        Town(town="港町", part=f"{n}丁目", area=area) for n, area in ((1, "N"), (2, "S"), (12, "N"))
    )
    one = talker()
    bot = city()
    bot = Engine(replace(bot.knowledge, towns=towns), voices(), bot.index)
    live = SimpleNamespace(current=bot)
    one._talk = Conversation(live, voices(), lambda: NOON)
    one.says("when is plastic?").says("港町")
    if part == "にちょうめ":
        assert one.says(part).person.area is None
        return
    assert one.says(part).person.area == "S"
    assert "These dates are not available" in one.seen, "it goes on with what was asked before"


def test_a_part_means_nothing_before_a_town_was_named() -> None:
    """Many towns have a second part."""
    assert talker().says("my area").says("2丁目").person.area is None


def test_a_whole_name_is_enough() -> None:
    """The part of a town that lies in two areas decides."""
    assert talker().says("川端町西").person.area == "S"


def test_towns_alike_in_one_area_need_no_question() -> None:
    """Half a name that only fits towns of one area is that area."""
    assert talker().says("my area").says("かわかみ").person.area == "S"


def test_an_unknown_town_is_told_and_the_letters_offered() -> None:
    """The way on is the letter, and what was asked before is not lost."""
    one = talker().says("when is plastic?").says("I live in Atlantis")
    assert "I do not know this town" in one.seen
    assert "area:N>schedule:plastic-packaging" in {tap.on for tap in one.buttons}


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("フライパンを すてたいです", "garbage"), ("電池です", "garbage"),
        ("カードを あたらしく したいです", "my-number"), ("沖浜東です", "area"),
    ],
)  # fmt: skip
def test_polite_words_do_not_make_a_town_of_a_question(text: str, topic: str) -> None:
    """「…です」 says where somebody lives only when it says nothing else, although the area was asked for."""
    asked = Talker(Person("U1", language="ja")).says("燃やせるごみの日はいつ？")
    assert asked.says(text).turn.counted[0].topic.startswith(topic)


def test_a_thing_is_a_thing_even_when_the_area_was_asked_for() -> None:
    """Nobody has to answer the question first."""
    assert talker().says("my area").says("frying pan").person.last_answer == "garbage:frying-pan"


@pytest.mark.parametrize(
    ("latitude", "longitude", "area"),
    [
        (34.101, 134.501, "N"),
        (34.001, 134.499, "S"),
        (34.05, 134.5, None),
        (34.15, 134.5, None),
        (0.0, 0.0, None),
        (90.0, 0.0, None),
    ],
)
def test_a_place_lies_in_the_area_of_the_town_it_is_in(
    latitude: float, longitude: float, area: str | None
) -> None:
    """Only near the middle of a town; elsewhere the letters are offered."""
    one = talker().does("location", latitude=latitude, longitude=longitude)
    assert one.person.area == area
    assert area or "area:N" in {tap.on for tap in one.buttons}


@pytest.mark.parametrize(
    ("latitude", "longitude", "area"),
    [(34.10, 134.50, "N"), (34.12, 134.46, None), (34.00, 134.50, None), (34.05, 134.70, None)],
)
def test_drawn_areas_decide_where_there_are_any(latitude: float, longitude: float, area: str | None) -> None:
    """Inside the outline, but not in its hole."""
    assert talker(drawn=True).does("location", latitude=latitude, longitude=longitude).person.area == area


def test_without_places_a_location_leads_to_the_letters() -> None:
    """Where nothing is drawn and no town has coordinates a place tells nothing."""
    one = talker(towns=False).does("location", latitude=34.1, longitude=134.5)
    assert one.person.area is None
    assert "area:S" in {tap.on for tap in one.buttons}


def test_a_visitor_who_chooses_dates_of_stay_has_no_area() -> None:
    """A stay forgets the area of before."""
    one = talker(Person("U1", language="en", area="N")).taps("stay", "2026-11-30")
    assert one.person.area is None


BEYOND = ((200, 0), (1, 1), (2, 2), (200, 0))
"""A ring that leaves the globe."""


def _drawn(**changes: object) -> str:
    feature = {
        "type": "Feature", "properties": {"area": "N"},
        "geometry": {"type": "Polygon", "coordinates": [NORTH, HOLE]}, **changes,
    }  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


def test_a_drawing_is_read() -> None:
    """A polygon with a hole, and several in one."""
    shapes, problems = read_shapes(_drawn(), {"N"})
    assert problems == []
    assert (shapes[0].holds(34.1, 134.5), shapes[0].holds(34.12, 134.46)) == (True, False)
    several = _drawn(geometry={"type": "MultiPolygon", "coordinates": [[NORTH], [HOLE]]})
    assert len(read_shapes(several, {"N"})[0]) == 2


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "is not JSON"),
        ("[]", "valid dictionary"),
        (_drawn(properties={"area": "Z"}), "area 'Z' does not exist"),
        (_drawn(properties={}), "Field required"),
        (_drawn(geometry={"type": "Point", "coordinates": [1, 2]}), "Polygon"),
        (_drawn(geometry={"type": "Polygon", "coordinates": [NORTH[:-1]]}), "end where it begins"),
        (_drawn(geometry={"type": "Polygon", "coordinates": [NORTH[:2]]}), "at least 4"),
        (_drawn(geometry={"type": "Polygon", "coordinates": [BEYOND]}), "less than or equal"),
    ],
)  # fmt: skip
def test_a_spoilt_drawing_is_named(text: str, problem: str) -> None:
    """Every fault is said in a sentence, and nothing is drawn."""
    assert any(problem in said for said in read_shapes(text, {"N"})[1])


def test_forgetting_nothing_is_fine() -> None:
    """Whoever has no area can still ask to have it forgotten."""
    one = talker(replace(Person("U1", language="en"), area=None)).says("forget my area")
    assert one.person.area is None
    assert one.turn.messages
