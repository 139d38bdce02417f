"""Broadcasts as they are kept: rows become what the use cases speak of, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from typing import Any, Final

from bot.broadcasts.model import Approval, Audience, Broadcast, Check, Kind, Variant
from bot.lifecycle import Order
from bot.store.broadcasts import Row

_SAME: Final = (
    "id", "title", "version", "author", "created_at", "changed_at", "template", "topic", "fallback",
    "explained", "due_at", "hold_minutes", "quiet_ok", "valid_until", "replaces", "corrects", "series",
    "public", "plain", "order_id", "submitted_at", "submitted_by", "content_hash", "check_note",
)  # fmt: skip
_VARIANT: Final = ("language", "text", "picture", "alt", "link", "link_label", "made_from")


def read(found: tuple[Row, Sequence[Row]]) -> Broadcast:
    """Return the broadcast of a row and its variants' rows."""
    row, variants = found
    approved = row["approved_by"] is not None
    return Broadcast(
        **{name: row[name] for name in _SAME},
        kind=Kind(row["kind"]),
        status=Order(row["status"]),
        hands=tuple(row["hands"]),
        values=row["blanks"],
        audience=_audience(row["audience"]),
        variants={one["language"]: Variant(**{name: one[name] for name in _VARIANT}) for one in variants},
        check=Check(row["checked"] or Check.WAITING),
        approval=Approval(row["approved_by"], row["approved_at"]) if approved else None,
    )


def columns(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return changed fields (no variants) as columns."""
    named = {"values": "blanks"}
    return {named.get(name, name): _value(value) for name, value in changes.items()}


def variant_row(variant: Variant) -> dict[str, Any]:
    """Return a variant as columns."""
    return asdict(variant)


def short_hash(text: str) -> str:
    """Return what stands for a Japanese text beside the translations made from it."""
    return sha256(text.strip().encode("utf-8", "surrogatepass")).hexdigest()[:12] if text.strip() else ""


def _value(value: Any) -> Any:
    match value:
        case Audience():
            return asdict(value)
        case Kind() | Order() | Check():
            return value.value
        case Mapping():
            return dict(value)
        case tuple():
            return list(value)
        case _:
            return value


def _audience(kept: Mapping[str, Any]) -> Audience:
    languages, areas = (None if kept[name] is None else tuple(kept[name]) for name in ("languages", "areas"))
    return Audience(languages, areas, kept["unknown"])
