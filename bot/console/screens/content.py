"""The contents: looked for, looked at, and what of them is due, unconfirmed or untranslated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from flask import Blueprint, abort, render_template, request

from bot.console.access.roles import Capability
from bot.console.changing import engine, workshop
from bot.console.desk import desk
from bot.console.entries import entry, groups
from bot.console.gate import needs, visit
from bot.console.searching import search
from bot.console.words import category_of, entry_kind, entry_named, evidence_told, field_told
from bot.insights.signals import Kind
from bot.knowledge.coverage import SOON, coverage
from bot.knowledge.loader import stale_translations
from bot.knowledge.model import Problem
from bot.language.tags import OWN_NAMES, TAGS
from bot.publishing.live import LivePlace
from bot.store import signals

MOST: Final = 100
pages = Blueprint("content", __name__, url_prefix="/content")


@dataclass(frozen=True, slots=True)
class Due:
    """An entry whose review is due on a day."""

    answer: str
    kind: str
    name: str
    day: date


@pages.get("/")
@needs(Capability.LOOK)
def page() -> str:
    """Look for entries; without a search, tell where else to go."""
    wanted = request.args.get("search", "").replace("\0", "")[:100]
    hits = search(engine(), wanted) if wanted.strip() else []
    known = engine().knowledge
    return render_template(
        "console/content.html",
        wanted=wanted,
        hits=[(hit, entry_kind(hit.answer.partition(":")[0]), category_of(hit.answer)) for hit in hits],
        numbers={"things": len(known.items), "names": len(known.names), "guides": len(known.guides)},
        version=known.version,
        refused=desk().services.content.health()["refused"],
        may_write=visit().may(Capability.WRITE_CONTENT),
    )


@pages.get("/entry/<kind>/<name>")
@needs(Capability.LOOK)
def one(kind: str, name: str) -> str:
    """Show an entry in all its languages, what it rests on and who uses it."""
    known, today = engine().knowledge, desk().services.clock.today()
    found = entry(known, kind, name, today)
    if found is None:
        abort(404)
    return render_template(
        "console/entry.html",
        entry=found,
        languages=OWN_NAMES,
        tags=TAGS,
        desk_named=known.desks[found.owner].name["ja"] if found.owner in known.desks else found.owner,
        expected=[row for row in known.expected if row.answer == found.answer],
        overdue=found.review_by is not None and found.review_by < today,
        named=entry_named,
        kind_told=entry_kind,
        evidence_told=evidence_told,
        field_told=field_told,
        may_write=visit().may(Capability.WRITE_CONTENT),
    )


@pages.get("/due")
@needs(Capability.LOOK)
def due() -> str:
    """List what is to be looked at again, what nobody confirms, and translations that are too old."""
    known, today = engine().knowledge, desk().services.clock.today()
    report = coverage(known, today)
    places = sorted(_due(report.reviews, today), key=lambda one: (one.day, one.answer))
    return render_template(
        "console/due.html",
        due=places[:MOST],
        more=max(0, len(places) - MOST),
        stale=_stale()[:MOST],
        unconfirmed=[_parted(name.partition(" ")[0]) for name in report.unconfirmed],
        undecided=[f"garbage:{item}" for items in report.undecided.values() for item in items][:MOST],
        today=today,
        named=entry_named,
        kind_told=entry_kind,
    )


@pages.get("/untranslated")
@needs(Capability.LOOK)
def untranslated() -> str:
    """List things without a name in a language, those that readers of it met most first."""
    rows = desk().read(partial(signals.asked, kind=Kind.UNTRANSLATED.value, language="", limit=500))
    asked = {(row.target, row.language): row.n for row in rows}
    labels = engine().knowledge.labels
    missing = [
        (f"garbage:{item}", tag, asked.get((f"garbage:{item}", tag), 0))
        for item in engine().knowledge.items
        for tag in TAGS
        if (item, tag) not in labels
    ]
    missing.sort(key=lambda one: (-one[2], one[0], one[1]))
    return render_template(
        "console/untranslated.html",
        missing=missing[:MOST],
        total=len(missing),
        languages=OWN_NAMES,
        named=entry_named,
        may_write=visit().may(Capability.WRITE_CONTENT),
    )


def _due(reviews: dict[date, list[str]], today: date) -> Iterator[Due]:
    for day, names in reviews.items():
        if day <= today + SOON:
            for name in names:
                answer, kind, label = _parted(name)
                yield Due(answer, kind, label, day)


def _parted(name: str) -> tuple[str, str, str]:
    """Return id, kind and name of an entry that a report names; a rule has no page of its own."""
    kind, _, own = name.partition(":")
    answer = f"garbage:{own}" if kind == "override" else name
    known = groups(engine().knowledge).get(kind, {}).get(own)
    title = getattr(known, "short", None) or getattr(known, "title", None) or getattr(known, "name", None)
    return ("" if kind == "rule" else answer), kind, title["ja"] if title else entry_named(answer)


def _stale() -> list[Problem]:
    at = workshop()
    return stale_translations(at.folder, LivePlace(at.database, at.folder, at.clock).overlay())
