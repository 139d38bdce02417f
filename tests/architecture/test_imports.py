"""The one-way rule: the tree keeps every import contract, and every contract is able to fail."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGES, ROOT

CONTRACTS = {
    contract["id"]: contract
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
}
FORBIDDEN = {
    "layers": ("bot/language/tags.py", "import bot.services"),
    "jobs-above-bot": ("bot/insights/__init__.py", "import jobs"),
    "emulator-alone": ("emulator/ledger.py", "import bot.clock"),
    "emulator-unknown": ("bot/line/port.py", "import emulator"),
    "pure-rooms": ("bot/answers/model.py", "import flask"),
    "linebot-home": ("bot/chat/person.py", "import linebot"),
    "sqlalchemy-home": ("bot/chat/person.py", "import sqlalchemy"),
    "apscheduler-home": ("bot/chat/person.py", "import apscheduler"),
    "smtplib-home": ("bot/chat/person.py", "import smtplib"),
    "calamine-home": ("bot/chat/person.py", "import python_calamine"),
    "structlog-home": ("bot/chat/person.py", "import structlog"),
    "environment-home": ("bot/chat/person.py", "import pydantic_settings"),
    "click-home": ("bot/chat/person.py", "import click"),
}
"""One import that must not be, for each contract: the file it is written into, and the line."""


def lint(root: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    """Check contracts of the tree at `root` in a process of its own: the linter imports what it finds."""
    wanted = [part for contract in contracts for part in ("--contract", contract)]
    program = (
        "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command as run; run()"
    )
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache", "--no-logo", *wanted],
        cwd=root,
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def copied_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("tree")
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__", "static")
        )
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def test_the_tree_keeps_every_contract() -> None:
    """Nothing in the tree imports against the rules."""
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_contract_has_its_trespass() -> None:
    """A new contract comes with an import that breaks it."""
    assert FORBIDDEN.keys() == CONTRACTS.keys()


@pytest.mark.parametrize("contract", FORBIDDEN)
def test_a_forbidden_import_breaks_its_contract(contract: str, copied_tree: Path) -> None:
    """Each contract fails when the import that it forbids is written into a copy of the tree."""
    name, line = FORBIDDEN[contract]
    file = copied_tree / name
    before = file.read_text()
    file.write_text(f"{before}\n{line}\n")
    try:
        result = lint(copied_tree, contract)
    finally:
        file.write_text(before)
    assert result.returncode == 1, result.stdout + result.stderr
    assert "1 broken" in result.stdout, result.stdout


def test_a_module_without_a_place_breaks_the_layers(copied_tree: Path) -> None:
    """A new room in bot/ has to be given its place before anything else."""
    room = copied_tree / "bot" / "utils.py"
    room.write_text('"""Everything."""\n')
    try:
        result = lint(copied_tree, "layers")
    finally:
        room.unlink()
    assert result.returncode == 1
    assert "utils" in result.stdout
