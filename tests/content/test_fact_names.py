"""Every name that the facts give a thing leads to that thing's category, in every language."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.real import ask

TOO_BROAD = {
    "かみぱっく": "the reading of two kinds of carton",
    "さっちゅうざい": "an insecticide need not be a spray can",
    "せいかんざい": "a deodorant need not be a spray can",
    "ほうこうざい": "an air freshener need not be a spray can",
    "だっしゅうざい": "a deodoriser need not be a spray can",
    "paper cartons (milk etc.)": "an explanation, not a name",
    "烫金/铝箔纸": "kitchen foil has the same name",
    "燙金/鋁箔紙": "kitchen foil has the same name",
}
"""Names of the fact rows that mean more than their row; they are asked back or not known."""


def test_every_name_leads_to_its_category() -> None:
    """Names, readings and aliases of all fact rows, as written."""
    with (Path(__file__).parent / "fact_names.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["name"] not in TOO_BROAD]
    assert len(rows) > 1000
    lost = []
    for row in rows:
        answer = ask(row["name"], row["language"])
        if row["category"] not in (answer.category, *answer.categories):
            lost.append((row["fact"], row["language"], row["name"], answer.answer_id))
    assert lost == []
