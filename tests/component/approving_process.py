"""`python -m tests.component.approving_process URL NUMBER POINT`: approves a broadcast and kills itself.

At `frozen` the order and its texts are written but not committed; at `scheduled` all of it is.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from bot.broadcasts import drafts, review
from bot.store.database import Database
from tests.component.broadcasting import APPROVER, opened
from tests.component.sending import now


def main() -> None:
    """Approve; what is not killed leaves with 0."""
    url, number, point = sys.argv[1:]
    office = opened(Database(url), now)
    real = review.scheduled

    def frozen(*args: Any) -> int | None:
        made = real(*args)
        if point == "frozen":
            os.kill(os.getpid(), signal.SIGKILL)
        return made

    review.scheduled = frozen
    waiting = drafts.load(office, int(number))
    review.approve(office, APPROVER, waiting.id, waiting.version)
    if point == "scheduled":
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
