"""The blanks of a template as a form, and what stands in them: typed values become every language at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template
from werkzeug.datastructures import MultiDict

from bot.broadcasts import filling
from bot.broadcasts.model import Broadcast
from bot.console import speaking
from bot.console.screens.broadcasts.at_hand import office, said
from bot.knowledge.notices import Blank, Notice
from bot.language.tags import TAGS

WORDS = ("place", "name", "text")
"""Kinds of blanks that are words, and so differ by language."""

Values = Mapping[str, Any]


def read(form: MultiDict[str, str], notice: Notice) -> dict[str, Any]:
    """Return what stands in the blanks of a form, as `bot.broadcasts.filling` takes it, none empty."""
    found = {blank.id: _value(form, blank) for blank in notice.blanks}
    return {name: value for name, value in found.items() if value}


def at_first(notice: Notice) -> dict[str, Any]:
    """Return what stands in the blanks at first: the present moment where a notice says as of when it is."""
    now = f"{office().local(office().now()):%Y-%m-%dT%H:%M}"
    return {blank.id: now for blank in notice.blanks if blank.kind == "moment" and blank.id == "as_of"}


def rendered(notice: Notice, values: Values) -> tuple[dict[str, str], dict[str, str]]:
    """Return the text of every language, and what is wrong by field; with mistakes there are no texts."""
    at = office()
    fields = {blank.id: f"b-{blank.id}-day" for blank in notice.blanks if blank.kind == "moment"}
    found = filling.wrong(notice, values, at.knowledge)
    errors = {fields.get(one.blank, f"b-{one.blank}"): said(one.remark) for one in found}
    if errors:
        return {}, errors
    return {tag: filling.render(notice, at.voices[tag], values, at.knowledge) for tag in TAGS}, {}


def form(
    notice: Notice,
    values: Values,
    texts: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    of: Broadcast | None = None,
) -> str:
    """Return the page of a template's blanks; `of` is the broadcast that was made from it already."""
    tag, known = speaking.speech().tag, office().knowledge
    return render_template(
        "console/broadcasts/blanks.html",
        notice=notice,
        title=getattr(notice.title, tag),
        label=lambda blank: getattr(blank.label, tag),
        values=values,
        texts=texts or {},
        errors=errors or {},
        of=of,
        tag=tag,
        tags=TAGS,
        words=WORDS,
        areas=[(area.id, area.short[tag]) for area in known.calendar.areas.values()],
        whole=known.city.name[tag],
        categories=[(one.id, one.short[tag]) for one in known.categories.values() if one.valid_until is None],
        day_and_time=_parted,
    )


def _value(form: MultiDict[str, str], blank: Blank) -> Any:
    name = f"b-{blank.id}"
    if blank.kind == "categories":
        chosen = form.getlist(name)
        return {"categories": chosen} if chosen else None
    if blank.kind in WORDS:
        if blank.kind == "place" and form.get(f"{name}-city"):
            return {"city": True}
        if blank.kind == "place" and (areas := form.getlist(f"{name}-areas")):
            return {"areas": areas}
        parts = {key: form.get(f"{name}-{key}", "").strip() for key in (*TAGS, "reading")}
        return {key: text for key, text in parts.items() if text}
    if blank.kind == "moment":
        day, clock = form.get(f"{name}-day", "").strip(), form.get(f"{name}-time", "").strip()
        return f"{day}T{clock}" if day or clock else ""
    return form.get(name, "").strip()


def _parted(value: object) -> tuple[str, str]:
    day, _, clock = str(value or "").partition("T")
    return day, clock
