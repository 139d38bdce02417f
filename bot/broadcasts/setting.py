"""What composing a broadcast needs, gathered from the office: voices, time zone, addresses of pictures."""

from __future__ import annotations

from typing import Final

from bot.broadcasts.audience import keys
from bot.broadcasts.compose import Composing, Picture, variants
from bot.broadcasts.model import Broadcast
from bot.broadcasts.office import Office
from bot.store import media

PRACTICE_BASE: Final = "https://practice.invalid"
"""LINE takes https addresses only; in practice nobody opens them."""


def composing(office: Office, broadcast: Broadcast) -> Composing:
    """Return what composing this broadcast needs. Raises StoreError."""
    ids = {one.picture for one in broadcast.variants.values() if one.picture}
    known = office.database.read(lambda connection: media.facts(connection, ids)) if ids else {}
    base = picture_base(office)
    pictures = {
        number: Picture(f"{base}/media/{row['token']}", row["width"], row["height"])
        for number, row in known.items()
        if base
    }
    return Composing(office.voices, office.zone, pictures)


def picture_base(office: Office) -> str | None:
    """Return the address that LINE's users get pictures from; None where there is no https address."""
    if office.public_base and office.public_base.startswith("https://"):
        return office.public_base
    return PRACTICE_BASE if office.practice else None


def composed(office: Office, broadcast: Broadcast) -> dict[str, bytes]:
    """Return the very bytes that are validated, frozen and sent, by variant. Raises StoreError."""
    return variants(broadcast, composing(office, broadcast), keys(broadcast))
