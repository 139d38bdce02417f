"""Writing a broadcast: every language, whom it is for, when it goes out; saved while one types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from bot.broadcasts import audience, drafts, pictures, review
from bot.broadcasts.model import Broadcast
from bot.broadcasts.refused import Conflict, Refused
from bot.console import speaking
from bot.console.access.roles import Capability
from bot.console.gate import needs
from bot.console.screens.broadcasts import form, view
from bot.console.screens.broadcasts.at_hand import found, goes_out, me, office, open_suggestions, said, zone
from bot.console.screens.broadcasts.words import html_lang, language_name, variant_name
from bot.console.speaking import remark
from bot.language.tags import TAGS
from bot.lifecycle import Order

Shown = str | Response | tuple[str, int]
MOST: Final = 2**31 - 1
"""The highest number that an address may hold."""

ADDRESS: Final = f"/<int(max={MOST}):number>"
"""The address of one broadcast."""

pages = Blueprint("editor", __name__)


@pages.get(f"{ADDRESS}/edit")
@needs(Capability.WRITE_BROADCASTS)
def page(number: int) -> Shown:
    """Show the writing desk; what is no draft any more is only looked at."""
    one = found(number)
    if one.status is not Order.DRAFT:
        return redirect(url_for("console.broadcasts.detail.page", number=number))
    return _desk(one)


@pages.post(f"{ADDRESS}/edit")
@needs(Capability.WRITE_BROADCASTS)
def take(number: int) -> Shown:
    """Save what was written and go where the button leads. Nothing that was typed is lost."""
    before = found(number)
    given = form.read(request.form, before, zone())
    version = request.form.get("version", type=int) or 0
    try:
        saved = drafts.save(office(), me(), number, version, given.changes)
    except Conflict as conflict:
        return _both(conflict, given), 409
    except Refused as refusal:
        return _desk(before, {"editor": said(refusal.remark)}, request.form), 422
    if given.errors:
        return _desk(saved, given.errors, request.form), 422
    match request.form.get("then"):
        case "check":
            return redirect(url_for("console.broadcasts.checking.page", number=number), 303)
        case "try":
            return redirect(url_for("console.broadcasts.trying.page", number=number), 303)
    return redirect(url_for(".page", number=number), 303)


def _desk(
    one: Broadcast, errors: Mapping[str, str] | None = None, typed: MultiDict[str, str] | None = None
) -> str:
    """Return the writing desk; `typed` moments that were wrong stand there as they were typed."""
    at, tag = office(), speaking.speech().tag

    def moment(value: int | None, field: str) -> tuple[str, str]:
        if typed is not None and errors and f"{field}_day" in errors:
            return typed.get(f"{field}_day", ""), typed.get(f"{field}_time", "")
        return form.parts(value, zone())

    return render_template(
        "console/broadcasts/edit.html",
        **view.texts(one),
        errors=errors or {},
        reach=view.reach(one),
        due=moment(one.due_at, "due"),
        valid=moment(one.valid_until, "valid"),
        due_told=view.due_told(one),
        quiet=(at.rules.quiet_from, at.rules.quiet_until),
        topics=[("", remark("(choose)")), *view.topic_names().items()],
        areas=[(area.id, area.short[tag]) for area in at.knowledge.calendar.areas.values()],
        languages=[(each, variant_name(each)) for each in audience.LANGUAGES],
        fallbacks={each: _fallbacks(one, each) for each in TAGS},
        replaced=[("", remark("none")), *_sent_before(one)],
        pictures=[
            ("", remark("no picture")),
            *((str(each["id"]), each["name"]) for each in pictures.listing(at)),
        ],
        suggestions=open_suggestions(one),
        comment=_comment(one),
    )


def _fallbacks(one: Broadcast, tag: str) -> list[tuple[str, str]]:
    written = [(other, language_name(other)) for other in TAGS if other != tag and one.texts().get(other)]
    return [("", remark("(choose)")), *written]


def _comment(one: Broadcast) -> object:
    """Return why it was sent back, as long as it has not been handed in again."""
    past = [entry for entry in review.history(office(), one.id) if entry.action in ("sent-back", "submitted")]
    return past[-1] if past and past[-1].action == "sent-back" else None


def _sent_before(one: Broadcast) -> list[tuple[str, str]]:
    """Return the notices that this one may replace: sent and still valid."""
    at = office()
    sent = drafts.listing(at, drafts.Filter((Order.SENT, Order.SENT_IN_PART))).found
    valid = [each for each in sent if each.valid_until is None or each.valid_until > at.now()]
    today = at.local(at.now()).date()
    return [
        (str(each.id), f"{each.title}、{speaking.when(goes_out(each) or each.changed_at, today)}")
        for each in valid
        if each.id != one.id
    ]


def _both(conflict: Conflict, given: form.Given) -> str:
    """Return the page with both versions: nothing of either is lost."""
    fields = list(_differing(conflict.theirs, request.form))
    shown = {field for field, *_ in fields} | {"csrf_token", "version", "then"}
    mine = replace(conflict.theirs, **given.changes)
    saved, typed = dict(view.facts(conflict.theirs)), dict(view.facts(mine))
    return render_template(
        "console/broadcasts/conflict.html",
        theirs=conflict.theirs,
        by=conflict.by,
        reason=said(conflict.remark),
        both=fields,
        facts=[(name, saved.get(name, "–"), told) for name, told in typed.items() if saved.get(name) != told],
        others=[(name, value) for name, value in request.form.items(multi=True) if name not in shown],
    )


def _differing(theirs: Broadcast, mine: MultiDict[str, str]) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield each text that differs: field, label, what is saved, what was typed, language."""
    if (title := mine.get("title", "")) != theirs.title:
        yield "title", remark("Title (only staff see it)"), theirs.title, title, speaking.speech().tag
    for tag in TAGS:
        saved, typed = theirs.texts().get(tag, ""), mine.get(f"text-{tag}", "").replace("\r\n", "\n")
        if saved.strip() != typed.strip():
            label = remark("Text in {language}", language=language_name(tag))
            yield f"text-{tag}", label, saved, typed, html_lang(tag)
