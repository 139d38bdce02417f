"""Which guide a question about procedures leads to, and what is none of a guide's business."""

from __future__ import annotations

import pytest

from bot.answers.model import Status
from tests.real import ask


@pytest.mark.parametrize(
    ("text", "guide"),
    [
        ("先週徳島に引っ越しました。マイナンバーカードの住所はどこで直せますか。", "move-address"),
        ("マイナンバーカードをなくしました。再発行にはどのくらい日数がかかりますか。", "reissue-express"),
        ("Hello. I married last month. Which papers do I bring to correct my My Number card?", "name-change"),
    ],
)  # fmt: skip
def test_sentences_that_belong_together_are_one_question(text: str, guide: str) -> None:
    """What the first sentence tells decides which guide the second one asks for."""
    answer = ask(text)
    assert guide in {(one or "").removeprefix("guide:") for one in (answer.answer_id, *answer.covers)}
    assert len(answer.cards) == 1


def test_collecting_a_card_is_not_collecting_garbage() -> None:
    """A word of garbage collection does not hide a question that is plainly about the card."""
    assert ask("where do I collect my My Number card").answer_id == "guide:pick-up"


def test_a_polite_ending_is_not_a_broken_card() -> None:
    """「言われました」 holds the sounds of 「われました」 (broke), and yet nothing is broken."""
    answer = ask("マイナンバーカードと言われましたが、そもそも何のことでしょうか")
    assert answer.answer_id == "guide:what-is-it"


@pytest.mark.parametrize(
    "text",
    [
        "student id card lost",
        "iPhone密碼忘了",
        "交通卡丢了怎么挂失",
        "こうべの しやくしょは どこですか",
        "forgot my gmail password",
    ],
)
def test_other_cards_passwords_and_towns_get_no_guide(text: str) -> None:
    """Somebody else's card, password or city hall is never answered as if it were ours."""
    assert ask(text).status is not Status.ANSWERED
