"""Only bot/clock.py asks the machine what time it is; all else is given the time, so tests can set it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, name_of, python_files

ASKING = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
    ("time", "time"), ("time", "time_ns"), ("time", "localtime"), ("time", "gmtime"),
}  # fmt: skip


def asks_for_the_time(source: str) -> list[int]:
    """Return the lines that ask for the present moment or day."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            owner = (
                node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            )
            if (owner, node.attr) in ASKING:
                lines.append(node.lineno)
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            lines += [node.lineno for name in node.names if ("time", name.name) in ASKING]
    return lines


@pytest.mark.parametrize(
    "path", [p for p in python_files("bot", "jobs") if p.name != "clock.py"], ids=name_of
)
def test_only_the_clock_asks_for_the_time(path: Path) -> None:
    """Bot and jobs take the time from the clock they are given."""
    assert not asks_for_the_time(path.read_text(encoding="utf-8"))


def test_asking_for_the_time_is_noticed() -> None:
    """Every way of asking is seen, also the ones in bot/clock.py itself."""
    for line in ("datetime.now(UTC)", "datetime.datetime.now()", "date.today()", "time.time()"):
        assert asks_for_the_time(f"x = {line}") == [1]
    assert asks_for_the_time("from time import time") == [1]
    assert asks_for_the_time((ROOT / "bot/clock.py").read_text())
