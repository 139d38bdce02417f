"""The web as it is deployed, in a process group of its own, for tests that kill it or change its files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress

from tests.component.program import program
from tests.component.waiting import until
from tests.emulator_process import Practice


class Web:
    """One gunicorn with the real application and small content. `settings`: more environment variables."""

    def __init__(self, port: int, store_url: str, practice: Practice, **settings: str) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self._environment = {
            **os.environ,
            "PORT": str(port),
            "DATABASE_URL": store_url,
            "SECRET_KEY": "k" * 32,
            "LINE_CHANNEL_SECRET": practice.secret,
            "LINE_CHANNEL_ACCESS_TOKEN": practice.token,
            "LINE_API_BASE": practice.base_url,
            "LINE_DATA_API_BASE": practice.base_url,
            "LOG_LEVEL": "ERROR",
            "CONTENT_DIR": str(program() / "content"),
            **settings,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; `wait_ready` tells when it serves."""
        command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "bot.wsgi:app"]
        self._process = subprocess.Popen(
            command, cwd=program(), env=self._environment, start_new_session=True
        )

    def wait_ready(self, practice: Practice) -> None:
        """Wait for the first 200; a web that ended instead said why on standard error."""

        def ready() -> bool:
            assert self._process
            assert self._process.poll() is None, "the web ended"
            return bool(practice.post("/emulator/webhook/send", {"events": []})["status"] == 200)

        until(ready, "the web")

    def stop(self) -> None:
        """Ask the master to stop, as a platform does, and see it gone."""
        assert self._process
        self._process.terminate()
        self._process.wait()

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End the whole group, master and workers, and see it gone."""
        assert self._process
        with suppress(ProcessLookupError):  # it may have ended by itself
            os.killpg(self._process.pid, how)
        self._process.wait()
