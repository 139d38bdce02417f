"""Texts of entries and names of things, changed by hand in one or all languages."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from bot.console.access.roles import Capability
from bot.console.changing import engine, hand_in
from bot.console.desk import desk
from bot.console.entries import Entry, entry
from bot.console.forms import Wrong, by_language, made, paired, typed, written
from bot.console.gate import needs
from bot.console.speaking import remark
from bot.console.words import entry_kind, field_told
from bot.language.tags import OWN_NAMES, TAGS
from bot.publishing.editing.edits import DropExpect, DropWord, Reviewed, SetName, SetPage, SetTexts

Shown = str | Response | tuple[str, int]
pages = Blueprint("editing", __name__, url_prefix="/content/edit")


@pages.get("/texts/<kind>/<name>/<field>")
@needs(Capability.WRITE_CONTENT)
def texts(kind: str, name: str, field: str) -> str:
    """Ask for the texts of one field."""
    found, now = _field(kind, name, field)
    return _texts(found, field, now, now)


@pages.post("/texts/<kind>/<name>/<field>")
@needs(Capability.WRITE_CONTENT)
def take_texts(kind: str, name: str, field: str) -> Shown:
    """Hand in the texts that were changed."""
    found, _ = _field(kind, name, field)
    given, seen = by_language("texts", written), _seen()
    try:
        missing = {f"texts-{tag}": remark("Please fill this in.") for tag in TAGS if tag not in given}
        if missing:
            raise Wrong(missing)
        changed = {tag: text for tag, text in given.items() if text != seen.get(tag)}
        if not changed:
            raise Wrong({"texts-ja": remark("Nothing is changed yet.")})
        return hand_in(
            made(SetTexts, {"kind": kind, "id": name, "field": field, "texts": changed, "seen": seen})
        )
    except Wrong as wrong:
        return _texts(found, field, given, seen, wrong.errors), 422


@pages.get("/name/<name>/<language>")
@needs(Capability.WRITE_CONTENT)
def name(name: str, language: str) -> str:
    """Ask what a thing is called in a language."""
    known = _called(name, language)
    return _name(name, language, {"form": known, "reading": "", "seen": known})


@pages.post("/name/<name>/<language>")
@needs(Capability.WRITE_CONTENT)
def take_name(name: str, language: str) -> Shown:
    """Hand in a name."""
    _called(name, language)
    values = {one: typed(one) for one in ("form", "reading", "seen")}
    try:
        return hand_in(made(SetName, {**values, "item": name, "language": language}))
    except Wrong as wrong:
        return _name(name, language, values, wrong.errors), 422


@pages.get("/page/<name>")
@needs(Capability.WRITE_CONTENT)
def page(name: str) -> str:
    """Ask for a question of the city with its answer, as it is now."""
    guide = engine().knowledge.guides.get(name)
    if guide is None or not name.startswith("faq-"):
        abort(404)
    tags = guide.written_in or list(TAGS)
    answers = {tag: guide.lead[tag] for tag in tags}
    return _page(
        {"questions": {tag: guide.title[tag] for tag in tags}, "answers": answers, "desk": guide.desk},
        answers,
    )


@pages.post("/page/<name>")
@needs(Capability.WRITE_CONTENT)
def take_page(name: str) -> Shown:
    """Hand in a page that was there before."""
    values: dict[str, Any] = {"desk": typed("desk")}
    values |= {"questions": by_language("questions"), "answers": by_language("answers", written)}
    seen = _seen()
    asked = paired(values["questions"], values["answers"])
    try:
        return hand_in(made(SetPage, {**values, **asked, "id": name, "seen": seen}))
    except Wrong as wrong:
        return _page(values, seen, wrong.errors), 422


@pages.get("/less/<name>")
@needs(Capability.WRITE_CONTENT)
def less(name: str) -> str:
    """Ask which word shall not stand for a thing any more."""
    found = entry(engine().knowledge, "garbage", name, desk().services.clock.today())
    if found is None:
        abort(404)
    words = [(tag, OWN_NAMES[tag], found.words[tag]) for tag in TAGS]
    return render_template("console/edit_less.html", entry=found, words=words)


@pages.post("/less/<name>")
@needs(Capability.WRITE_CONTENT)
def take_less(name: str) -> Response:
    """Hand in a word to be left out. Aborts with 400 for a made-up form."""
    language, _, form = request.form.get("word", "").partition("|")
    try:
        return hand_in(made(DropWord, {"item": name, "language": language, "form": form}))
    except Wrong:
        abort(400)


@pages.post("/reviewed")
@needs(Capability.WRITE_CONTENT)
def looked_at() -> Response:
    """Hand in that an entry is right as it is. Aborts with 400 for a made-up form."""
    try:
        return hand_in(made(Reviewed, {one: typed(one) for one in ("kind", "id")}))
    except Wrong:
        abort(400)


@pages.post("/untried")
@needs(Capability.WRITE_CONTENT)
def untried() -> Response:
    """Hand in a question that need not lead anywhere any more. Aborts with 400 for a made-up form."""
    try:
        return hand_in(made(DropExpect, {one: typed(one) for one in ("question", "language", "target")}))
    except Wrong:
        abort(400)


def _field(kind: str, name: str, field: str) -> tuple[Entry, dict[str, str]]:
    """Return an entry and the texts of one of its fields. Aborts with 404."""
    found = entry(engine().knowledge, kind, name, desk().services.clock.today())
    if found is None or field not in found.texts or name.startswith("faq-"):
        abort(404)
    return found, dict(found.texts[field])


def _called(name: str, language: str) -> str:
    knowledge = engine().knowledge
    if name not in knowledge.items or language not in TAGS:
        abort(404)
    known = knowledge.labels.get((name, language))
    return known.form if known else ""


def _seen() -> dict[str, str]:
    """Return the texts as they were when the form was opened. Aborts with 400 for a made-up form."""
    try:
        found = json.loads(request.form.get("seen", ""))
    except ValueError:
        abort(400)
    if not isinstance(found, dict):
        abort(400)
    return {str(tag): str(text) for tag, text in found.items()}


def _texts(
    found: Entry,
    field: str,
    values: dict[str, str],
    seen: dict[str, str],
    errors: dict[str, str] | None = None,
) -> str:
    return render_template(
        "console/edit_texts.html",
        entry=found,
        field=field_told(field),
        values=values,
        seen=json.dumps(seen, ensure_ascii=False),
        lines=any("\n" in text for text in seen.values()),
        tags=[(tag, OWN_NAMES[tag]) for tag in TAGS],
        kind_told=entry_kind,
        errors=errors or {},
    )


def _name(name: str, language: str, values: dict[str, str], errors: dict[str, str] | None = None) -> str:
    return render_template(
        "console/edit_name.html",
        item=name,
        called=engine().knowledge.name(name, "ja").form,
        tag=language,
        language_named=OWN_NAMES[language],
        values=values,
        errors=errors or {},
    )


def _page(values: dict[str, Any], seen: dict[str, str], errors: dict[str, str] | None = None) -> str:
    return render_template(
        "console/mending_page.html",
        asked="",
        asked_in="ja",
        languages=OWN_NAMES,
        tags=[(tag, OWN_NAMES[tag]) for tag in TAGS],
        values=values,
        seen=json.dumps(seen, ensure_ascii=False),
        desks=[(one.id, one.name["ja"]) for one in engine().knowledge.desks.values()],
        errors=errors or {},
    )
