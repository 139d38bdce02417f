"""Wordings that an approver suggests and the writer takes or leaves."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.broadcasts import suggesting
from bot.broadcasts.model import Broadcast
from bot.broadcasts.refused import Refused
from bot.console.access.roles import Capability
from bot.console.gate import needs
from bot.console.screens.broadcasts.at_hand import found, me, office, said
from bot.console.screens.broadcasts.editor import ADDRESS, MOST
from bot.console.screens.broadcasts.words import html_lang, language_name
from bot.console.speaking import remark

Shown = str | Response | tuple[str, int]
pages = Blueprint("suggesting", __name__)


@pages.get(f"{ADDRESS}/suggest/<language>")
@needs(Capability.APPROVE_BROADCASTS)
def page(number: int, language: str) -> Shown:
    """Ask for another wording of one text."""
    return _page(found(number), language)


@pages.post(f"{ADDRESS}/suggest/<language>")
@needs(Capability.APPROVE_BROADCASTS)
def take(number: int, language: str) -> Shown:
    """Keep a suggestion, which the writer takes or leaves."""
    text = request.form.get("text", "").replace("\r\n", "\n").strip()
    try:
        suggesting.suggest(office(), me(), number, language, text)
    except Refused as refusal:
        return _page(found(number), language, said(refusal.remark)), 422
    flash(remark("The writer sees your suggestion."), "done")
    return redirect(url_for("console.broadcasts.detail.page", number=number), 303)


@pages.post(f"{ADDRESS}/suggestions/<int(max={MOST}):suggestion>")
@needs(Capability.WRITE_BROADCASTS)
def decide(number: int, suggestion: int) -> Shown:
    """Take over the wording that an approver suggested, or leave it."""
    decided = suggesting.accept if request.form.get("accept") == "yes" else suggesting.decline
    try:
        decided(office(), me(), suggestion)
    except Refused as refusal:
        flash(said(refusal.remark), "problem")
    return redirect(url_for("console.broadcasts.editor.page", number=number), 303)


def _page(one: Broadcast, language: str, problem: str = "") -> str:
    text = one.texts().get(language)
    if text is None:
        abort(404)
    return render_template(
        "console/broadcasts/suggest.html",
        one=one,
        text=request.form.get("text", text),
        original=one.texts().get("ja", ""),
        tag=language,
        lang=html_lang(language),
        name=language_name(language),
        errors={"text": problem} if problem else {},
    )
