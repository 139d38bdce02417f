"""Content is changed while people ask, and every fourth change is a mistake."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import urllib3

from tests.component.waiting import until
from tests.component.web import Web
from tests.emulator_process import Practice, start_emulator
from tests.small import content as small_content

SWAPS = int(os.environ.get("SWAPS", "3"))
"""How often content changes; `SWAPS=20` shows it at length."""

BROKEN = set(range(2, SWAPS + 1, 4))
"""Which versions cannot be used: the second, then every fourth."""

PER_SECOND = 100
MARK = re.compile(r"版(\d+)")


@pytest.fixture
def own_practice() -> Iterator[Practice]:
    practice = start_emulator()
    yield practice
    practice.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the content in version 0."""
    shutil.copytree(small_content(), tmp_path / "content")
    _write(tmp_path / "content", 0)
    return tmp_path / "content"


@pytest.fixture
def web(free_port: int, sqlite_store_url: str, own_practice: Practice, folder: Path) -> Iterator[Web]:
    web = Web(free_port, sqlite_store_url, own_practice, CONTENT_DIR=str(folder))
    own_practice.put("/emulator/webhook", {"url": f"{web.address}/webhook", "redelivery": True})
    web.start()
    yield web
    web.kill()


def _write(folder: Path, version: int) -> None:
    """Write a version's number into two files: an answer made of both must show the same number twice."""
    names = (small_content() / "garbage/names.csv").read_text(encoding="utf-8")
    names = names.replace("frying-pan,ja,フライパン,name,", f"frying-pan,ja,フライパン版{version},name,")
    names += f"frying-pan,ja,フライパン{version},alias,,\nfrying-pan,ja,フライパン,alias,ふらいぱん,\n"
    categories = (small_content() / "garbage/categories.yaml").read_text(encoding="utf-8")
    marked = '    ja: "燃やせないごみ"\n'
    assert marked in categories
    categories = categories.replace(marked, f'    ja: "燃やせない版{version}"\n')
    if version in BROKEN:
        categories = categories.replace("  kind: regular\n", "  kind: sometimes\n", 1)
    # Both files become visible at one moment, as a clerk's upload or a checkout should.
    for file, text in (("names.csv", names), ("categories.yaml", categories)):
        (folder / "garbage" / f"{file}.new").write_text(text, encoding="utf-8")
    for file in ("names.csv", "categories.yaml"):
        (folder / "garbage" / f"{file}.new").replace(folder / "garbage" / file)


def _health(web: Web) -> dict[str, Any]:
    answer = urllib3.request("GET", f"{web.address}/healthz", retries=False)
    assert answer.status == 200
    health: dict[str, Any] = json.loads(answer.data)["content"]
    return health


def _numbers(reply: dict[str, Any]) -> set[str]:
    return set(MARK.findall(json.dumps(reply["body"], ensure_ascii=False)))


def test_content_changes_under_load_without_an_error_or_a_mixture(
    web: Web, own_practice: Practice, folder: Path
) -> None:
    """Whatever is changed and broken, every question is answered, each from one version only."""
    web.wait_ready(own_practice)
    person = own_practice.person()
    own_practice.event(person, type="text", text="フライパン")
    own_practice.ledger("reply")

    def live(version: int) -> bool:
        last = own_practice.get("/emulator/ledger?kind=reply")["last"]
        own_practice.event(person, type="text", text="フライパン")
        newer = own_practice.ledger("reply", after=last, count=1)
        return any(_numbers(reply) == {str(version)} for reply in newer)

    burst = own_practice.post(
        "/emulator/burst",
        {
            "events": PER_SECOND * 6 * SWAPS,
            "per_second": PER_SECOND,
            "people": 40,
            "texts": ["フライパン"],
            "seed": 1,
        },
    )["burst"]
    kept = 0
    for version in range(1, SWAPS + 1):
        _write(folder, version)
        if version in BROKEN:
            until(lambda: not _health(web)["ok"], "the broken version being noticed")
            refused = " ".join(_health(web)["refused"])
            assert re.search(r"garbage/categories\.yaml:\d+: kind", refused), refused
        else:
            until(lambda number=version: live(number), f"version {version} going live")
            kept = version
        assert live(kept)
    assert _health(web)["ok"] == (SWAPS not in BROKEN)
    fate = own_practice.get(f"/emulator/burst/{burst}")
    assert fate["failed"] == []
    replies = own_practice.get("/emulator/ledger?kind=reply")["entries"]
    assert all(reply["accepted"] for reply in replies)
    assert all(len(_numbers(reply)) == 1 for reply in replies)
