"""The page on the architecture draws the lifecycle that the code keeps."""

from __future__ import annotations

import re

from bot.lifecycle import INBOX_STEPS
from tests.architecture.tree import ROOT

ROW = re.compile(r"^\| `([a-z]+)` \| `([a-z]+)` \| [^|]+ \|$", re.MULTILINE)


def test_the_table_of_events_is_the_one_in_the_code() -> None:
    """docs/architecture.md names each allowed step of an event once, and no other."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    told = ROW.findall(page.partition("### Where an event may go")[2].partition("\n## ")[0])
    assert sorted(told) == sorted((old.value, new.value) for old in INBOX_STEPS for new in INBOX_STEPS[old])
