"""Beginning a broadcast: from a blank sheet, or from a reviewed template whose blanks are filled in once."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.broadcasts import drafts, starting
from bot.broadcasts.model import Kind, Variant
from bot.broadcasts.refused import Refused
from bot.console import speaking
from bot.console.access.roles import Capability
from bot.console.gate import needs
from bot.console.screens.broadcasts import filled
from bot.console.screens.broadcasts.at_hand import found, me, office, said
from bot.console.screens.broadcasts.editor import ADDRESS
from bot.console.speaking import remark
from bot.knowledge.notices import Notice
from bot.language.tags import TAGS
from bot.lifecycle import Order

Shown = str | Response | tuple[str, int]
pages = Blueprint("new", __name__, url_prefix="/new")
blanks = Blueprint("blanks", __name__)


@pages.get("/")
@needs(Capability.WRITE_BROADCASTS)
def page() -> str:
    """Offer the templates and a blank sheet."""
    return render_template("console/broadcasts/new.html", notices=_offered(), tag=speaking.speech().tag)


@pages.post("/")
@needs(Capability.WRITE_BROADCASTS)
def take() -> Shown:
    """Begin with a blank sheet."""
    kind = Kind.EMERGENCY if request.form.get("kind") == Kind.EMERGENCY else Kind.INFORMATION
    title = request.form.get("title", "").strip()
    try:
        made = drafts.create(office(), me(), title, kind)
    except Refused as refusal:
        errors = {"title": said(refusal.remark)}
        return render_template(
            "console/broadcasts/new.html", notices=_offered(), tag=speaking.speech().tag, errors=errors
        ), 422
    return redirect(url_for("console.broadcasts.editor.page", number=made.id), 303)


@pages.get("/<template>")
@needs(Capability.WRITE_BROADCASTS)
def fill(template: str) -> str:
    """Show the blanks of a template."""
    notice = _notice(template)
    return filled.form(notice, filled.at_first(notice))


@pages.post("/<template>")
@needs(Capability.WRITE_BROADCASTS)
def take_fill(template: str) -> Shown:
    """Show all languages, or begin the draft with them."""
    notice = _notice(template)
    values = filled.read(request.form, notice)
    texts, errors = filled.rendered(notice, values)
    if errors or request.form.get("then") == "look":
        return filled.form(notice, values, texts, errors), 422 if errors else 200
    try:
        made = starting.begin(office(), me(), notice.id, values)
    except Refused as refusal:
        return filled.form(notice, values, texts, {"blanks": said(refusal.remark)}), 422
    return redirect(url_for("console.broadcasts.editor.page", number=made.id), 303)


@blanks.get(f"{ADDRESS}/blanks", endpoint="page")
@needs(Capability.WRITE_BROADCASTS)
def page_of(number: int) -> str:
    """Show what was filled into the template."""
    one = found(number)
    return filled.form(_notice(one.template or ""), one.values, one.texts(), of=one)


@blanks.post(f"{ADDRESS}/blanks")
@needs(Capability.WRITE_BROADCASTS)
def take_blanks(number: int) -> Shown:
    """Write all texts anew from the template."""
    one = found(number)
    if one.status is not Order.DRAFT:
        return redirect(url_for("console.broadcasts.detail.page", number=number), 303)
    notice = _notice(one.template or "")
    values = filled.read(request.form, notice)
    texts, errors = filled.rendered(notice, values)
    if errors or request.form.get("then") == "look":
        return filled.form(notice, values, texts, errors, one), 422 if errors else 200
    variants = {tag: _with_text(one.variants.get(tag), tag, texts[tag]) for tag in TAGS}
    try:
        drafts.save(office(), me(), number, one.version, {"values": values, "variants": variants})
    except Refused as refusal:
        return filled.form(notice, values, texts, {"blanks": said(refusal.remark)}, one), 422
    flash(remark("All languages are written anew."), "done")
    return redirect(url_for("console.broadcasts.editor.page", number=number), 303)


def _with_text(before: Variant | None, tag: str, text: str) -> Variant:
    if before is None:
        return Variant(tag, text)
    return Variant(tag, text, before.picture, before.alt, before.link, before.link_label, before.made_from)


def _offered() -> list[Notice]:
    """Return the templates for residents, emergencies first."""
    notices = [one for one in office().knowledge.notices.values() if not one.staff_only]
    return sorted(notices, key=lambda one: one.kind != "emergency")


def _notice(name: str) -> Notice:
    notice = office().knowledge.notices.get(name)
    if notice is None:
        abort(404)
    return notice
