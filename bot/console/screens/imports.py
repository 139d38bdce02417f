"""Files of clerks: handed in, shown row by row, and published like every other change."""

from __future__ import annotations

import base64
from typing import Any, Final

from flask import Blueprint, render_template, request
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from bot.console.access.roles import Capability
from bot.console.changing import hand_in
from bot.console.forms import Wrong, made, typed
from bot.console.gate import needs
from bot.console.speaking import remark
from bot.console.words import change_kind
from bot.knowledge.importers.kinds import KINDS
from bot.publishing.editing.edits import Import

FILE_BYTES: Final = 8 * 1024 * 1024
"""The largest upload, all files together."""

MOST_FILES: Final = 60
ROW_BY_ROW: Final = ("items", "faq")
"""Kinds of files whose rows do not depend on each other."""

HOLIDAYS: Final = ("", "collected", "skipped", "next-day")
pages = Blueprint("imports", __name__, url_prefix="/content/import")


@pages.get("/")
@needs(Capability.WRITE_CONTENT)
def page() -> str:
    """Ask for files, and what they do not say themselves."""
    return _shown({"kind": request.args.get("kind", "calendar")})


@pages.post("/")
@needs(Capability.WRITE_CONTENT, largest=FILE_BYTES)
def take() -> str | Response | tuple[str, int]:
    """Hand files in; nothing is changed before somebody has seen what they would change."""
    names = ("kind", "year", "source", "source_date", "holidays", "put_out_by")
    values: dict[str, Any] = {name: typed(name) for name in names}
    values |= {name: bool(typed(name)) for name in ("leave_out", "new_areas")}
    try:
        return hand_in(made(Import, _asked(values)))
    except Wrong as wrong:
        return _shown(values, wrong.errors), 422


def _asked(values: dict[str, Any]) -> dict[str, Any]:
    """Return the import that a form asks for. Raises Wrong."""
    errors = {}
    if values["kind"] not in KINDS:
        errors["kind"] = remark("Please choose one.")
    year = values["year"]
    if year and not (year.isascii() and year.isdigit() and 2000 <= int(year) <= 2100):
        errors["year"] = remark("Please write the year like 2026.")
    if values["source"] and not values["source"].startswith(("https://", "http://")):
        errors["source"] = remark("An address begins with https://")
    given = [one for one in request.files.getlist("files") if one.filename]
    files = {_name(one): base64.b64encode(one.read()).decode() for one in given}
    if not files:
        errors["files"] = remark("Please choose a file.")
    elif len(files) > MOST_FILES:
        errors["files"] = remark("Please choose at most {n} files, or one ZIP file.", n=MOST_FILES)
    if errors:
        raise Wrong(errors)
    holidays = values["holidays"] if values["holidays"] in HOLIDAYS else ""
    options = {
        "year": int(year) if year else None,
        "source": values["source"] or None,
        "source_date": values["source_date"] or None,
        "holidays": holidays or None,
        "put_out_by": values["put_out_by"] or None,
        "new_areas": values["new_areas"],
    }
    leave_out = values["leave_out"] and values["kind"] in ROW_BY_ROW
    return {"kind": values["kind"], "files": files, "options": options, "leave_out": leave_out}


def _name(file: FileStorage) -> str:
    """Return the name of an upload without what some browsers put before it."""
    return (file.filename or "").replace("\\", "/").rpartition("/")[2][:120]


def _shown(values: dict[str, Any], errors: dict[str, str] | None = None) -> str:
    return render_template(
        "console/imports.html",
        values=values,
        kinds=[(kind, change_kind(kind)) for kind in KINDS],
        row_by_row=ROW_BY_ROW,
        errors=errors or {},
    )
