"""Pictures that notices can show: looked at, added, never changed."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.broadcasts import pictures
from bot.broadcasts.refused import Refused
from bot.console.access.roles import Capability
from bot.console.gate import FORM_BYTES, needs, visit
from bot.console.screens.broadcasts.at_hand import me, office, said
from bot.console.speaking import remark

Shown = str | Response | tuple[str, int]
pages = Blueprint("media", __name__, url_prefix="/pictures")


@pages.get("/")
@needs(Capability.LOOK)
def page() -> str:
    """Show the pictures there are."""
    return _page()


@pages.post("/")
@needs(Capability.WRITE_BROADCASTS, largest=pictures.LARGEST + FORM_BYTES)
def take() -> Shown:
    """Keep a picture."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return _page(remark("Please choose a picture.")), 422
    name = request.form.get("name", "").strip() or file.filename
    try:
        pictures.add(office(), me(), file.read(), name)
    except Refused as refusal:
        return _page(said(refusal.remark)), 422
    flash(remark("The picture is there. Choose it in the broadcast, and say what it shows."), "done")
    return redirect(url_for(".page"), 303)


def _page(problem: str = "") -> str:
    return render_template(
        "console/broadcasts/media.html",
        found=pictures.listing(office()),
        writes=visit().may(Capability.WRITE_BROADCASTS),
        errors={"file": problem} if problem else {},
    )
