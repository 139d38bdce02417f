"""Pictures of notices: looked at before they are kept, and kept without what a camera wrote beside them."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Final

from bot.broadcasts.office import Office, Officer, must_write
from bot.broadcasts.refused import Refused
from bot.broadcasts.setting import picture_base
from bot.knowledge.importers.proposal import remark
from bot.messages.limits import clean
from bot.store import audit, media
from bot.store.broadcasts import Row
from bot.store.database import Connection

if TYPE_CHECKING:
    from PIL import Image

LARGEST: Final = 10_000_000
"""Bytes that a picture may have."""

MOST_PIXELS: Final = 40_000_000
"""More than any camera of a phone makes, and less than what fills the memory of the service."""

PREVIEW: Final = (1_024, 1_024)
PREVIEW_BYTES: Final = 1_000_000
_TYPES: Final = {"JPEG": "image/jpeg", "PNG": "image/png"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture as it is kept."""

    data: bytes
    type: str
    width: int
    height: int


def add(office: Office, staff: Officer, data: bytes, name: str) -> int:
    """Keep a picture; return its id. The same picture is kept once.

    Refuses what is no JPEG or PNG, more than 10 MB, or could not be shown because we have no https address.
    """
    must_write(staff)
    if picture_base(office) is None:
        raise Refused(remark("Pictures need PUBLIC_BASE_URL with https: LINE shows no other address."))
    if len(data) > LARGEST:
        raise Refused(remark("The picture is larger than 10 MB."))
    whole, small = _drawn(data)
    now = office.now()
    row = {
        "token": secrets.token_urlsafe(24), "sha": hashlib.sha256(whole.data).hexdigest(), "type": whole.type,
        "size": len(whole.data), "width": whole.width, "height": whole.height, "original": whole.data,
        "preview": small.data, "preview_type": small.type, "name": clean(name)[:120], "by_whom": staff.name,
        "created_at": now,
    }  # fmt: skip

    def work(connection: Connection) -> int:
        made = media.add(connection, row)
        audit.note(connection, now, staff.name, "picture-added", f"picture {made}")
        return made

    return office.database.write(work)


def listing(office: Office) -> list[Row]:
    """Return what is known of the latest pictures, without their bytes. Raises StoreError."""
    return list(office.database.read(media.latest))


def shown(office: Office, picture: int) -> Row:
    """Return what is known of one picture. Refuses an unknown one."""
    found = office.database.read(partial(media.facts, ids=[picture])).get(picture)
    if found is None:
        raise Refused(remark("There is no such picture."))
    return found


def _drawn(data: bytes) -> tuple[Drawn, Drawn]:
    """Return a picture and its preview, drawn anew: upright, and without place and time of the camera."""
    from PIL import Image, ImageOps, UnidentifiedImageError  # for who sends a picture, not at every start

    no_picture = remark("This is no picture in JPEG or PNG.")
    try:
        with Image.open(BytesIO(data), formats=tuple(_TYPES)) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Refused(remark("The picture has more than 40 million pixels."))
            kind = str(opened.format)
            upright = ImageOps.exif_transpose(opened)
            whole = _saved(upright, kind)
            upright.thumbnail(PREVIEW)
            small = _saved(upright, kind)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        raise Refused(no_picture) from None
    if len(whole.data) > LARGEST:
        raise Refused(remark("The picture is larger than 10 MB."))
    return whole, small if len(small.data) <= PREVIEW_BYTES else _saved(upright, "JPEG")


def _saved(picture: Image.Image, kind: str) -> Drawn:
    """Return a picture in a format, its colours as every phone shows them."""
    modes = ("RGB", "L") if kind == "JPEG" else ("RGB", "RGBA", "L", "LA", "P", "1")
    plain = picture if picture.mode in modes else picture.convert("RGB")
    file = BytesIO()
    plain.save(file, kind, **({"quality": 88} if kind == "JPEG" else {"optimize": True}))
    return Drawn(file.getvalue(), _TYPES[kind], plain.width, plain.height)
