"""What a button of ours means, and its spelling in LINE's postback data (<= 300 characters)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

VERSION = "1"
"""Raised when old buttons would be misunderstood; taps of another version open the menu."""


@dataclass(frozen=True, slots=True)
class Tap:
    """One press: `do` names the action, `on` its object (answer id, language tag), `value` the choice."""

    do: str
    on: str = ""
    value: str = ""

    def encode(self) -> str:
        """Return the postback data, e.g. `v=1&do=answer&on=garbage%3Afrying-pan`."""
        fields = {"v": VERSION, "do": self.do, "on": self.on, "value": self.value}
        return urlencode({key: text for key, text in fields.items() if text})


def decode(data: str) -> Tap | None:
    """Return the tap that postback data spells, or None for anything that is not ours or too old."""
    fields = dict(parse_qsl(data[:300]))
    if fields.get("v") != VERSION or not fields.get("do"):
        return None
    return Tap(do=fields["do"], on=fields.get("on", ""), value=fields.get("value", ""))
