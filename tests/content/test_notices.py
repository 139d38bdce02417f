"""Every template of a notice says the same facts in every language, the most important ones first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

import pytest

from bot.broadcasts.figures import differing
from bot.broadcasts.filling import Values, render, wrong
from bot.broadcasts.writing import MOST_CHARACTERS, hints, line_length
from bot.knowledge.coverage import coverage
from bot.knowledge.notices import Notice
from bot.language.speech import PLACEHOLDER
from bot.language.tags import TAGS
from tests.notices import samples
from tests.real import knowledge, voices

NOTICES = list(knowledge().notices.values())
DAY = date(2026, 11, 24)
EXPECTED = {
    "typhoon", "heavy-rain", "weather-warning", "evacuation", "evacuation-site", "earthquake", "tsunami",
    "heat", "missing-person", "missing-found", "infection", "crime-warning", "suspicious-calls",
    "water-off", "power-cut", "all-clear", "collection-suspended", "collection-resumed", "event", "library",
    "application-deadline", "new-calendar", "staff-test",
}  # fmt: skip
PREVIEW = 30
"""Full-width characters that a locked phone shows of a message."""


def _texts(notice: Notice, values: Values) -> dict[str, str]:
    return {tag: render(notice, voices()[tag], values, knowledge()) for tag in TAGS}


def _every_choice(notice: Notice) -> Iterator[Values]:
    """Yield sample values with each choice of each blank once, and once without what is optional."""
    whole = samples(notice)
    yield {blank.id: whole[blank.id] for blank in notice.blanks if not blank.optional}
    for blank in notice.blanks:
        for choice in blank.choices:
            yield {**whole, blank.id: choice.id}
    yield whole


def _beginning(text: str) -> str:
    """Return what the first PREVIEW full-width characters of a text show."""
    width, shown = 0.0, ""
    for character in text:
        width += 1 if unicodedata.east_asian_width(character) in "WFA" else 0.5
        if width > PREVIEW:
            break
        shown += character
    return shown


def test_the_templates_that_a_city_needs_are_there() -> None:
    """Emergencies and everyday notices: none is missing."""
    assert set(knowledge().notices) == EXPECTED


@pytest.mark.parametrize("notice", NOTICES, ids=lambda one: one.id)
def test_a_filled_template_can_be_sent_as_it_is(notice: Notice) -> None:
    """Whatever is chosen: the same facts in every language, nothing left open, nothing that blocks."""
    for values in _every_choice(notice):
        assert wrong(notice, values, knowledge()) == ()
        texts = _texts(notice, values)
        for tag, text in texts.items():
            assert not PLACEHOLDER.search(text), text
            assert differing(texts["ja"], text) == ((), ()), f"{tag}: {text}"
            assert line_length(text) <= MOST_CHARACTERS / 5
        noted = hints(texts, DAY, live=not notice.staff_only)
        assert [hint.id for hint in noted if hint.blocks or hint.id.startswith("today")] == []
        assert [str(hint.remark) for hint in noted if hint.language == "ja-simple"] == []


@pytest.mark.parametrize("notice", NOTICES, ids=lambda one: one.id)
def test_the_preview_on_a_locked_phone_says_what_and_where_or_when(notice: Notice) -> None:
    """The first thirty full-width characters name the matter and begin to say where or when."""
    values = samples(notice)
    located = {"place", "name", "day", "moment"}
    for tag in TAGS:
        first = notice.text[tag][0]
        heading = re.split(r"[】\]]", render(notice, voices()[tag], values, knowledge()))[0]
        beginning = _beginning(render(notice, voices()[tag], values, knowledge()))
        assert heading in beginning, f"{tag}: {heading}"
        shown = [
            blank.id
            for blank in notice.blanks
            if blank.kind in located
            and f"{{{blank.id}}}" in first
            and _alone(notice, tag, blank.id, values)[:3] in beginning
        ]
        assert shown, f"{tag}: {beginning}"


def _alone(notice: Notice, tag: str, blank: str, values: Values) -> str:
    """Return how a language spells one blank."""
    lines = {one: ["{" + blank + "}"] for one in TAGS}
    return render(notice.model_copy(update={"text": lines}), voices()[tag], values, knowledge())


def test_texts_hold_no_number_of_their_own() -> None:
    """Numbers, days and places of a notice come from its blanks; nothing is known beforehand."""
    found = {
        (notice.id, tag, line)
        for notice in NOTICES
        for tag in TAGS
        for line in notice.text[tag]
        if re.search(r"\d", line)
    }
    assert found == set()


@pytest.mark.parametrize("notice", NOTICES, ids=lambda one: one.id)
def test_every_language_says_as_of_when(notice: Notice) -> None:
    """A reader hours later sees how old a notice is."""
    for tag in TAGS:
        assert "{as_of}" in "\n".join(notice.text[tag])


def test_what_the_city_has_to_read_first_is_listed() -> None:
    """Words that are our own stand in the coverage report until the city has confirmed them."""
    listed = coverage(knowledge(), DAY).unconfirmed
    assert "notice:typhoon" in listed
    assert "notice:event" not in listed


def test_emergencies_leave_at_once() -> None:
    """What is urgent waits two minutes at most, and ends by itself within two days."""
    for notice in NOTICES:
        if notice.kind == "emergency" and notice.id != "infection":
            assert notice.hold_minutes <= 2
            assert notice.valid_hours <= 48


def test_chinese_is_written_in_the_script_of_its_readers() -> None:
    """No simplified character in the traditional texts, and no traditional one in the simplified."""
    from opencc import OpenCC

    simplify, traditional = OpenCC("t2s"), OpenCC("s2t")
    for notice in NOTICES:
        hans, hant = ("\n".join(notice.text[tag]) for tag in ("zh-Hans", "zh-Hant"))
        hans, hant = (re.sub(r"「[^」]*」", "", text) for text in (hans, hant))
        assert simplify.convert(hans) == hans
        assert simplify.convert(traditional.convert(hant)) == simplify.convert(hant)
        assert simplify.convert(hant) != hant
