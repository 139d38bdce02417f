"""What a button of ours means, and its spelling in LINE's postback data (<= 300 characters)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode

VERSION = "1"
"""Raised when old buttons would be misunderstood; taps of another version open the menu."""

LONGEST: Final = 300
"""Characters that LINE carries."""

_SIGNS = re.compile(r"[%&+=;#\s]")


@dataclass(frozen=True, slots=True)
class Tap:
    """One press: `do` names the action, `on` its object (answer id, language tag), `value` the choice.

    `asked` is the masked question that the button was shown for: the button itself carries it, so that
    nothing has to be remembered of anybody to learn what their question meant.
    """

    do: str
    on: str = ""
    value: str = ""
    asked: str = ""

    def encode(self) -> str:
        """Return the postback data, e.g. `v=1&do=answer&on=garbage%3Afrying-pan`.

        A question that does not fit any more is left out.
        """
        fields = {"v": VERSION, "do": self.do, "on": self.on, "value": self.value}
        data = urlencode({key: text for key, text in fields.items() if text})
        whole = f"{data}&asked={_SIGNS.sub(lambda sign: quote(sign[0]), self.asked)}" if self.asked else data
        return whole if len(whole) <= LONGEST else data


def decode(data: str) -> Tap | None:
    """Return the tap that postback data spells, or None for anything that is not ours or too old."""
    fields = dict(parse_qsl(data[:LONGEST]))
    if fields.get("v") != VERSION or not fields.get("do"):
        return None
    return Tap(
        do=fields["do"], on=fields.get("on", ""), value=fields.get("value", ""), asked=fields.get("asked", "")
    )
