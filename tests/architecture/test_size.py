"""Files and functions stay small enough to read at one sitting, and say what they are."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGES, name_of, python_files

FILE_LINES = 300
FUNCTION_LINES = 45


def long_functions(source: str) -> Iterator[tuple[str, int]]:
    """Yield (name, lines) of each function longer than allowed."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield node.name, lines


@pytest.mark.parametrize("path", python_files(), ids=name_of)
def test_files_and_functions_are_short(path: Path) -> None:
    """A file has at most 300 lines and a function at most 45."""
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= FILE_LINES
    assert not list(long_functions(source))


def test_a_long_function_is_noticed() -> None:
    """A function of 46 lines is too long, one of 45 is not."""
    body = "    x = 1\n"
    assert list(long_functions("def f():\n" + body * 45)) == [("f", 46)]
    assert not list(long_functions("def f():\n" + body * 44))


def test_every_room_says_what_lives_there() -> None:
    """Each package has an __init__.py with a docstring."""
    folders = {path.parent for path in python_files(*PACKAGES)}
    silent = [
        name_of(folder)
        for folder in folders
        if not (folder / "__init__.py").is_file()
        or not ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8")))
    ]
    assert not silent
