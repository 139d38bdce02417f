"""Processes that run together start in order, are heard, and never outlive one another."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.processes import Crew, Part, Stopped


@pytest.fixture
def crew(tmp_path: Path) -> Iterator[Crew]:
    crew = Crew(tmp_path, {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONSAFEPATH": ""})
    yield crew
    crew.stop()


def module(folder: Path, name: str, body: str) -> Part:
    """Write a module and return the part that runs it."""
    (folder / f"{name}.py").write_text(textwrap.dedent(body))
    return Part(name, (name,))


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_part_is_ready_when_its_address_answers(crew: Crew, free_port: int) -> None:
    """Waiting ends with the first 200 and not before somebody listens."""
    part = Part(
        "web", ("http.server", "--bind", "127.0.0.1", str(free_port)), f"http://127.0.0.1:{free_port}/"
    )
    crew.start(part)
    crew.wait_ready(part)


def test_a_part_that_dies_is_named_with_its_exit_code(crew: Crew, tmp_path: Path) -> None:
    """Whoever waits for readiness hears at once who died and how."""
    part = module(tmp_path, "worker", "raise SystemExit(3)")
    crew.start(part)
    with pytest.raises(Stopped, match="worker ended with exit code 3"):
        crew.wait_ready(Part("web", (), "http://127.0.0.1:1/"))


def test_what_a_part_says_is_heard_under_its_name(
    crew: Crew, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both outputs of a part arrive line by line, with its name in front; odd bytes do no harm."""
    part = module(
        tmp_path,
        "choir",
        """
        import os, sys
        os.write(1, "こんにちは\\n".encode()); os.write(2, b"\\xff bytes\\n")
        """,
    )
    crew.once(part)
    crew.stop()
    said = capsys.readouterr().out
    assert "   choir | こんにちは\n" in said
    assert "   choir | \ufffd bytes\n" in said


def test_a_failed_preparation_stops_everything(crew: Crew, tmp_path: Path) -> None:
    """A migration that fails is the end of the start."""
    crew.once(module(tmp_path, "fine", ""))
    with pytest.raises(Stopped, match="broken ended with exit code 1"):
        crew.once(module(tmp_path, "broken", "raise SystemExit(1)"))


def test_a_wish_to_stop_is_no_failure(crew: Crew) -> None:
    """Somebody's Ctrl-C ends the waiting without a sentence about an error."""
    crew.ended.put(None)
    with pytest.raises(Stopped) as stopped:
        crew.wait()
    assert stopped.value.sentence == ""


def test_stopping_takes_the_children_of_a_part_too(tmp_path: Path) -> None:
    """A server's own worker processes do not stay behind, even when they ignore the kind request."""
    program = """
        import os, pathlib, signal, time
        if os.fork() == 0:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            pathlib.Path("child").write_text(str(os.getpid()))
            pathlib.Path("ready").touch()
        signal.pause()
    """
    crew = Crew(tmp_path, dict(os.environ))
    crew.start(module(tmp_path, "server", program))
    for _ in range(2000):
        if (tmp_path / "ready").exists():
            break
        crew._listen(0.01)
    child = int((tmp_path / "child").read_text())
    crew.stop()
    status = subprocess.run(["ps", "-o", "stat=", "-p", str(child)], capture_output=True, text=True).stdout
    assert not alive(child) or status.startswith("Z")


def test_settings_problems_are_sentences_and_exit_code_1(tmp_path: Path) -> None:
    """Half a LINE account does not start; the sentence goes to standard error, without a trace."""
    environment = {**os.environ, "LINE_CHANNEL_SECRET": "s" * 32, "LINE_CHANNEL_ACCESS_TOKEN": ""}
    result = subprocess.run(
        [sys.executable, "-m", "bot", "run"], env=environment, capture_output=True, text=True
    )
    assert result.returncode == 1
    assert "LINE_CHANNEL_ACCESS_TOKEN is missing" in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_an_unknown_word_is_exit_code_2() -> None:
    """A command that does not exist is a matter of usage."""
    result = subprocess.run([sys.executable, "-m", "bot", "dance"], capture_output=True, text=True)
    assert result.returncode == 2
    assert "No such command" in result.stderr


def test_units_are_complete_and_need_no_terminal() -> None:
    """Three units are printed, each with what systemd needs to start it."""
    result = subprocess.run(
        [sys.executable, "-m", "bot", "run", "--print-systemd"], capture_output=True, text=True, check=True
    )
    assert result.stdout.count("[Service]") == 3
    for needed in (
        "awamado-migrate.service",
        "awamado-web.service",
        "awamado-worker.service",
        sys.executable,
    ):
        assert needed in result.stdout
    assert "{" not in result.stdout
