"""What the editor's form says: each field becomes a change of the broadcast, or a sentence what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from bot.broadcasts.model import Audience, Broadcast, Kind, Variant
from bot.console.speaking import remark
from bot.language.tags import TAGS
from bot.store.moments import micros

Form = MultiDict[str, str]
LONGEST_TITLE: Final = 120
EXPLAIN: Final = "explain:"
"""What the name of a field begins with that says why a difference is right."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a form asks for: `changes` by field of a broadcast, and `errors` by field of the form."""

    changes: Mapping[str, Any]
    errors: Mapping[str, str]


def read(form: Form, now: Broadcast, zone: ZoneInfo) -> Given:
    """Return what a form says about a broadcast. A moment that does not exist is an error, not a change."""
    errors: dict[str, str] = {}
    changes: dict[str, Any] = {
        "title": " ".join(form.get("title", "").split())[:LONGEST_TITLE] or now.title,
        "kind": Kind.EMERGENCY if form.get("kind") == Kind.EMERGENCY else Kind.INFORMATION,
        "topic": form.get("topic") or None,
        "audience": _audience(form),
        "variants": _variants(form, now),
        "fallback": {tag: form[f"fallback-{tag}"] for tag in TAGS if form.get(f"fallback-{tag}")},
        "explained": _explained(form, now),
        "hold_minutes": _minutes(form.get("hold_minutes", ""), now.hold_minutes, errors),
        "quiet_ok": bool(form.get("quiet_ok")),
        "public": bool(form.get("public")),
        "plain": bool(form.get("plain")),
        "replaces": form.get("replaces", type=int),
    }
    for name, field in (("due_at", "due"), ("valid_until", "valid")):
        try:
            changes[name] = _moment(form, field, zone)
        except ValueError as problem:
            errors[f"{field}_day"] = str(problem)
    return Given(changes, errors)


def parts(at: int | None, zone: ZoneInfo) -> tuple[str, str]:
    """Return a moment as a form shows it: day and time of the city's clock; two empty texts for none."""
    if at is None:
        return "", ""
    local = datetime.fromtimestamp(at / 1_000_000, zone)
    return f"{local:%Y-%m-%d}", f"{local:%H:%M}"


def _audience(form: Form) -> Audience:
    """Return whom it is for. All ticked, as none ticked, is everybody: also those who will come later."""
    return Audience(
        languages=_some(form, "language") if form.get("languages") == "some" else None,
        areas=_some(form, "area") if form.get("areas") == "some" else None,
        unknown=bool(form.get("unknown")),
    )


def _some(form: Form, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form.getlist(name)))


def _variants(form: Form, now: Broadcast) -> dict[str, Variant]:
    """Return each language's text. One without a field in the form stays as it was."""
    found = dict(now.variants)
    picture = form.get("picture", type=int)
    for tag in TAGS:
        if f"text-{tag}" not in form:
            continue
        found[tag] = Variant(
            language=tag,
            text=form[f"text-{tag}"].replace("\r\n", "\n"),
            picture=picture,
            alt=form.get(f"alt-{tag}", "").strip(),
            link=form.get(f"link-{tag}", "").strip(),
            link_label=form.get(f"link_label-{tag}", "").strip(),
            made_from=now.variants[tag].made_from if tag in now.variants else "",
        )
    return found


def _explained(form: Form, now: Broadcast) -> dict[str, str]:
    """Return the reasons given: those whose field is there are as it says, others stay."""
    given = {name.removeprefix(EXPLAIN): form[name].strip() for name in form if name.startswith(EXPLAIN)}
    return {hint: reason for hint, reason in {**now.explained, **given}.items() if reason}


def _minutes(text: str, before: int, errors: dict[str, str]) -> int:
    if text.isdecimal() and int(text) <= 24 * 60:
        return int(text)
    if text:
        errors["hold_minutes"] = remark("Please give minutes from 0 to 1440.")
    return before


def _moment(form: Form, field: str, zone: ZoneInfo) -> int | None:
    """Return the moment of two fields, day and time; None for neither. Raises ValueError with a sentence."""
    day, clock = form.get(f"{field}_day", "").strip(), form.get(f"{field}_time", "").strip()
    if not day and not clock:
        return None
    if not day or not clock:
        raise ValueError(remark("Please give both: a day and a time."))
    try:
        local = datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), tzinfo=zone)
    except ValueError:
        raise ValueError(remark("{day} {time} does not exist.", day=day, time=clock)) from None
    return micros(local)
