"""What the LINE client makes of what it cannot even send."""

import pytest

from bot.line.port import Outcome
from bot.line.sdk import LineApi


@pytest.mark.parametrize("token", ["トークン", "abc\u200bdef", "a\nb"])
def test_a_token_that_no_header_can_carry_is_no_error(token: str) -> None:
    """Nobody knows the outcome, and nothing is raised: the reader's event must come to an end."""
    line = LineApi("http://127.0.0.1:9", token)
    assert line.reply("reply-token", [{"type": "text", "text": "a"}]).outcome is Outcome.UNKNOWN
    assert line.profile_language("U1") is None
