"""What pages ask LINE while somebody writes."""

from __future__ import annotations

from typing import Any

from bot.line.asking import STANDS, Asking
from bot.line.port import Allowance, Outcome


def test_the_quota_is_asked_for_once_in_a_while() -> None:
    """Many pages within some seconds cost LINE one call; then it is asked anew."""
    answers, now = iter(range(5, 0, -1)), [100.0]

    class Line:
        def allowance(self) -> Allowance:
            return Allowance(Outcome.ACCEPTED, next(answers))

    line: Any = Line()
    asking = Asking(line, lambda: now[0])
    assert [asking.allowance().left for _ in range(3)] == [5, 5, 5]
    now[0] += STANDS
    assert asking.allowance().left == 4
