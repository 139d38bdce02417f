"""`python -m bot ask`: one object a line, in order, without environment, database or network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from bot.commands import ask
from tests.real import ROOT, engine, knowledge

FIELDS = [
    "question", "language", "status", "answer_id", "category", "categories", "facts", "confidence", "choices",
    "text",
]  # fmt: skip


def _ask(*arguments: str, typed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    bare = {"PATH": os.environ["PATH"]}
    command = [sys.executable, "-m", "bot", "ask", *arguments]
    return subprocess.run(command, input=typed, capture_output=True, cwd=ROOT, env=bare, check=False)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Return what runs the command with the content that this process has loaded: for what options do."""
    monkeypatch.setattr(ask, "load", lambda _: knowledge())
    monkeypatch.setattr(ask, "engine_for", lambda *_: engine())
    return lambda *arguments: CliRunner().invoke(ask.command, arguments)


def test_each_line_gives_one_object_in_order() -> None:
    """Empty lines and unreadable bytes included; nothing but JSON on standard output."""
    lines = ["フライパン", "", "電池", "\u0000", "今日の天気"]
    typed = "\n".join(lines).encode() + b"\n\xff\xfe\n"
    done = _ask("--json", typed=typed)
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert done.returncode == 0
    assert [answer["question"] for answer in answers] == [*lines, "\ufffd\ufffd"]
    assert all(list(answer) == FIELDS for answer in answers)


def test_the_language_option_is_the_language_of_the_reply(asked: Callable[..., Result]) -> None:
    """A stored choice decides, whatever the question is written in."""
    (line,) = asked("--json", "--lang", "zh-Hant", "how do I throw away a frying pan").stdout.splitlines()
    answer = json.loads(line)
    assert (answer["language"], answer["category"]) == ("zh-Hant", "non-burnable")
    assert "不可燃垃圾" in answer["text"]


def test_the_day_decides_between_old_and_new_rules(asked: Callable[..., Result]) -> None:
    """`--today` answers as of that day."""
    done = [asked("--json", "--today", day, "ペットボトル") for day in ("2026-03-31", "2026-04-01")]
    assert [json.loads(one.stdout)["category"] for one in done] == ["cans-bottles-pet", "pet-bottles"]


def test_why_tells_on_standard_error_what_matched(asked: Callable[..., Result]) -> None:
    """The reasons never mix with the answer."""
    done = asked("--json", "--why", "フライパン")
    assert "garbage:frying-pan" in done.stderr
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.parametrize("wrong", [["--lang", "fr", "x"], ["--today", "2026-02-30", "x"]])
def test_a_wrong_option_is_said_in_one_sentence(wrong: list[str]) -> None:
    """Exit code 2 and no trace."""
    done = _ask(*wrong)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
