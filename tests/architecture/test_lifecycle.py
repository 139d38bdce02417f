"""The page on the architecture draws the lifecycle that the code keeps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest

from bot.lifecycle import BATCH_STEPS, INBOX_STEPS, ORDER_STEPS
from tests.architecture.tree import ROOT

ROW = re.compile(r"^\| `([a-z_]+)` \| `([a-z_]+)` \| [^|]+ \|$", re.MULTILINE)
TABLES = {"an event": INBOX_STEPS, "a send order": ORDER_STEPS, "a batch": BATCH_STEPS}


@pytest.mark.parametrize("what", TABLES)
def test_the_tables_on_the_page_are_those_in_the_code(what: str) -> None:
    """docs/architecture.md names each allowed step once, and no other."""
    steps: Mapping[Any, frozenset[Any]] = TABLES[what]
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    told = ROW.findall(re.split("\n##", page.partition(f"### Where {what} may go")[2])[0])
    assert sorted(told) == sorted((old.value, new.value) for old in steps for new in steps[old])
