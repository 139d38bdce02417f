"""A practice LINE for tests: its own process on a free port, spoken to over HTTP."""

from __future__ import annotations

import json
import select
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import urllib3

ROOT = Path(__file__).resolve().parents[1]
HANG_GUARD_SECONDS = 60.0
LONGEST_WAIT = 25


class Practice:
    """One running emulator. `get`, `put`, `post` and `delete` speak JSON and fail on an error status."""

    def __init__(self, process: subprocess.Popen[str], base_url: str, secret: str, token: str) -> None:
        self.base_url = base_url
        self.secret = secret
        self.token = token
        self._process = process
        self._http = urllib3.PoolManager(maxsize=8, retries=False, timeout=HANG_GUARD_SECONDS)

    def get(self, path: str) -> Any:
        """Return the JSON at a path such as `/emulator/state`."""
        return self._call("GET", path)

    def put(self, path: str, body: Any) -> Any:
        """PUT a JSON body; return the answer."""
        return self._call("PUT", path, body)

    def post(self, path: str, body: Any = None) -> Any:
        """POST a JSON body; return the answer."""
        return self._call("POST", path, {} if body is None else body)

    def delete(self, path: str) -> Any:
        """DELETE a path; return the answer."""
        return self._call("DELETE", path)

    def line(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> tuple[int, Any, dict[str, str]]:
        """Call LINE's API with the channel's token, whatever comes of it: (status, JSON, headers)."""
        sent = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            **(headers or {}),
        }
        raw = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        answer = self._http.request(method, self.base_url + path, body=raw, headers=sent)
        lower = {name.lower(): value for name, value in answer.headers.items()}
        return answer.status, json.loads(answer.data or b"null"), lower

    def event(self, user_id: str, wait: bool = True, **order: Any) -> Any:
        """Let a person do something: `event(user_id, type="text", text="電池")`."""
        return self.post(f"/emulator/people/{user_id}/events{'?wait=1' if wait else ''}", order)

    def person(self, **fields: Any) -> str:
        """Add a person, a friend unless told otherwise; return the user id."""
        user_id: str = self.post("/emulator/people", {"name": "Test", **fields})["user_id"]
        return user_id

    def ledger(self, kind: str, *, after: int = 0, count: int = 1) -> list[dict[str, Any]]:
        """Return the entries of a kind once there are `count` of them; fail when they do not come."""
        entries: list[dict[str, Any]] = []
        while len(entries) < count:
            last = entries[-1]["seq"] if entries else after
            newer = self.get(f"/emulator/ledger?kind={kind}&after={last}&wait={LONGEST_WAIT}")["entries"]
            assert newer, f"{len(entries)} of {count} entries of kind {kind} came"
            entries += newer
        return entries

    def reset(self) -> None:
        """Forget everything but the webhook settings."""
        self.post("/emulator/reset")

    def stop(self) -> None:
        """End the process at once."""
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(HANG_GUARD_SECONDS)
        finally:
            self._process.kill()

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        answer = self._http.request(method, self.base_url + path, json=body)
        assert answer.status < 300, f"{method} {path} answered {answer.status}: {answer.data.decode()}"
        return json.loads(answer.data)


def start_emulator(
    *,
    webhook_url: str | None = None,
    secret: str = "practice-channel-secret",
    token: str = "practice-channel-token",
    follow: bool = False,
    port: int = 0,
) -> Practice:
    """Start an emulator (on a free port unless told otherwise) and return it when it takes connections."""
    command = [sys.executable, "-m", "emulator", "--quiet", "--port", str(port)]
    command += ["--secret", secret, "--token", token]
    command += ["--webhook-url", webhook_url] if webhook_url else []
    command += ["--follow"] if follow else []
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    spoke, _, _ = select.select([process.stdout], [], [], HANG_GUARD_SECONDS)
    said = process.stdout.readline() if spoke else ""
    if " on http" not in said:
        process.kill()
        raise RuntimeError("the emulator did not start; its own words are above")
    return Practice(process, said.split(" on ")[1].strip(), secret, token)
