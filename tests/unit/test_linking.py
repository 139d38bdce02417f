"""A code in the chat: heard when it stands alone, answered in the reader's language, not counted."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.chat.linking import LinkingTalk, code_in
from bot.chat.person import Person, Turn
from bot.language.tags import TAGS
from bot.line.inbound import Inbound
from tests.real import voices

OTHER = Turn(({"type": "text", "text": "other"},))


class Other:
    """The talk behind it."""

    def needs_profile(self, event: Inbound, person: Person) -> bool:
        return True

    def __call__(self, event: Inbound, person: Person, profile: str | None) -> Turn:
        return OTHER


def said(text: str, chat: str = "user", user: str | None = "U1") -> Inbound:
    return Inbound("e", "text", user, chat, "r", datetime(2026, 11, 24, tzinfo=UTC), text=text)  # type: ignore[arg-type]


def talk(good: bool = True) -> tuple[LinkingTalk, list[tuple[str, str]]]:
    asked: list[tuple[str, str]] = []

    def link(code: str, user_id: str) -> bool:
        asked.append((code, user_id))
        return good

    return LinkingTalk(Other(), link, voices()), asked


@pytest.mark.parametrize(
    "text", ["LINK 123456", "link123456", " Link: 123456 ", "ＬＩＮＫ　１２３４５６", "LINK\n123456"]
)
def test_a_code_is_heard_however_it_is_typed(text: str) -> None:
    """Capitals, width and spaces do not count."""
    linking, asked = talk()
    turn = linking(said(text), Person("U1"), None)
    assert asked == [("123456", "U1")]
    assert turn != OTHER
    assert not linking.needs_profile(said(text), Person("U1"))


@pytest.mark.parametrize(
    "text", ["LINK 12345", "LINK 1234567", "123456", "my link 123456", "リンク", "link", ""]
)
def test_everything_else_is_the_other_talks(text: str) -> None:
    """Only a whole message with six digits is a code."""
    linking, asked = talk()
    assert linking(said(text), Person("U1"), None) == OTHER
    assert linking.needs_profile(said(text), Person("U1"))
    assert asked == []


def test_codes_are_private() -> None:
    """In a group, or from somebody LINE does not name, a code is not heard."""
    linking, asked = talk()
    assert linking(said("LINK 123456", "group"), Person(""), None) == OTHER
    assert linking(said("LINK 123456", user=None), Person(""), None) == OTHER
    assert code_in(Inbound("e", "postback", "U1", "user", "r", datetime.now(UTC))) is None
    assert asked == []


def test_the_answer_is_in_the_language_of_the_chat() -> None:
    """Five languages, two sentences each; the person stays as they were and no question is counted."""
    answers = set()
    for tag in TAGS:
        for good in (True, False):
            linking, _ = talk(good)
            person = Person("U1", language=tag)
            turn = linking(said("LINK 123456"), person, None)
            answers.add(turn.messages[0]["text"])
            assert turn.person == person
            (one,) = turn.counted
            assert (one.topic, one.language, one.status) == ("event:staff-link", tag, "none")
    assert len(answers) == 2 * len(TAGS)
