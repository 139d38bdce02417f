"""Sample values for the blanks of any notice, as a clerk would fill them in."""

from __future__ import annotations

from bot.broadcasts.filling import Value
from bot.knowledge.notices import Blank, Notice
from bot.language.tags import TAGS

PLACE = {"ja": "国府町", "reading": "こくふちょう", "en": "Kokufu-cho", "ja-simple": "国府町（こくふちょう）"}
NAME = {
    "ja": "みどり公園",
    "reading": "みどりこうえん",
    "en": "Midori Park",
    "ja-simple": "みどり公園（こうえん）",
}
SAMPLES: dict[str, Value] = {
    "place": PLACE,
    "name": NAME,
    "text": dict.fromkeys(TAGS, "……"),
    "categories": {"categories": ["burnable", "cans-bottles"]},
    "moment": "2026-11-24T15:30",
    "day": "2026-11-25",
    "time": "09:00",
    "number": "12",
    "phone": "088-621-5111",
    "link": "https://www.city.tokushima.tokushima.jp/notice",
}


def sample(blank: Blank) -> Value:
    """Return something that may stand in a blank: of a choice the first."""
    return blank.choices[0].id if blank.kind == "choice" else SAMPLES[blank.kind]


def samples(notice: Notice) -> dict[str, Value]:
    """Return a value for every blank of a notice."""
    return {blank.id: sample(blank) for blank in notice.blanks}
