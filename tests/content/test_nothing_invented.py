"""No telephone number, fee or address stands in the content that no fact row holds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.knowledge.loader import content_files
from tests.real import CONTENT

KNOWN = {
    tuple(line.split(" ", 1))
    for line in (Path(__file__).parent / "known_numbers.txt").read_text().splitlines()
}
"""Every telephone number and amount of money in the facts (committed, so that it can be checked anywhere)."""

PHONE = re.compile(r"(?<![\d:-])0\d{1,4}-\d{2,6}(?:-\d{2,4})?(?![\d-])")
YEN = re.compile(r"(\d[\d,]*) ?(?:円|（えん）|yen|日元|日圓|日币|日幣)")


def _found(text: str) -> Iterator[tuple[str, str]]:
    plain = unicodedata.normalize("NFKC", text)
    yield from (("phone", phone) for phone in PHONE.findall(plain))
    yield from (("yen", amount.replace(",", "")) for amount in YEN.findall(plain.replace("円(えん)", "円")))


@pytest.mark.parametrize(
    "path", [path for path in content_files(CONTENT) if path.suffix == ".yaml"], ids=lambda path: path.name
)
def test_every_number_stands_in_a_fact(path: Path) -> None:
    """A telephone number or a fee that readers see was read somewhere, not made up."""
    unknown = set(_found(path.read_text(encoding="utf-8"))) - KNOWN - {("phone", "119")}
    assert unknown == set()


def test_the_check_sees_numbers() -> None:
    """A made-up number in any writing would be found."""
    text = "０８８-９９９-９９９９ 1,234円 1,234円（えん） 1,234 yen 1234日元"
    assert list(_found(text)) == [("phone", "088-999-9999"), *[("yen", "1234")] * 4]
