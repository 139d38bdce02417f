"""`python -m tests.component.delivery_process URL LINE TOKEN POINT NTH`: sends until it kills itself.

It dies by SIGKILL when it passes the named point for the NTH time; with `-` as the point it only sends.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import Counter
from dataclasses import replace

from bot.clock import Clock
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.tools import Tools
from bot.line.multicast import Multicast
from bot.store import broadcast_audience
from bot.store.database import Database
from bot.store.moments import SECOND
from tests.component.sending import QUICK, everybody

SHORT = replace(QUICK, ttl=SECOND // 2)
"""A lease that is over soon, so that the successor need not wait."""


AUDIENCES = {
    "everybody": everybody,
    "broadcast": broadcast_audience.audience,
    "staff": broadcast_audience.colleagues,
}


def main() -> None:
    """Run until killed."""
    url, line, token, point, nth = sys.argv[1:]
    passed = Counter[str]()
    counting = threading.Lock()

    def passing(name: str) -> None:
        with counting:
            passed[name] += 1
            if name == point and passed[name] == int(nth):
                os.kill(os.getpid(), signal.SIGKILL)

    tools = Tools(Database(url), Multicast(line, token), Clock(), "killed", AUDIENCES, SHORT, passing)
    dispatcher = Dispatcher(tools)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while True:
        dispatcher.work()


if __name__ == "__main__":
    main()
