"""A question becomes a lasting answer: another word, a new thing, a page; and the question that proves it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from bot.answers.guessing import about, guesses
from bot.console.access.roles import Capability
from bot.console.changing import engine, hand_in
from bot.console.desk import desk
from bot.console.forms import Wrong, by_language, expected, made, paired, typed, written
from bot.console.gate import needs
from bot.console.searching import search
from bot.console.words import category_of, entry_kind, entry_named
from bot.knowledge.rules import in_force
from bot.language.tags import OWN_NAMES, TAGS
from bot.publishing.editing.edits import AddThing, AddWord, SetPage

Shown = str | Response | tuple[str, int]
pages = Blueprint("mending", __name__, url_prefix="/questions/unanswered/answer")


@pages.get("/")
@needs(Capability.WRITE_CONTENT)
def page() -> str:
    """Ask what a question shall lead to: what it likely means, something else, something new."""
    question, _ = _asked()
    wanted = request.args.get("search", "")[:100]
    index = engine().index
    likely = [answer for answer, _ in guesses(index, question)] if question else []
    hits = [hit.answer for hit in search(engine(), wanted)] if wanted else []
    return _shown(
        "mending", likely=_told(likely), hits=_told([one for one in hits if _takes_words(one)]), wanted=wanted
    )


@pages.get("/word")
@needs(Capability.WRITE_CONTENT)
def word() -> str:
    """Ask which word shall lead to an entry from now on."""
    question, language = _asked()
    form = about(engine().index, question) if question else ""
    values = {"form": form, "language": language, "question": question, "question_language": language}
    return _word(request.args.get("target", ""), values)


@pages.post("/word")
@needs(Capability.WRITE_CONTENT)
def take_word() -> Shown:
    """Hand in a word."""
    values: dict[str, Any] = {
        name: typed(name) for name in ("form", "language", "question", "question_language")
    }
    target = typed("target")
    try:
        asked = {"target": target, "form": values["form"], "language": values["language"]}
        return hand_in(made(AddWord, {**asked, "expect": expected()}))
    except Wrong as wrong:
        return _word(target, values, wrong.errors), 422


@pages.get("/thing")
@needs(Capability.WRITE_CONTENT)
def thing() -> str:
    """Ask for a new thing: its Japanese name and its category; everything else may come later."""
    question, language = _asked()
    form = about(engine().index, question) if question else ""
    names = {"ja" if language == "ja-simple" else language: form}
    return _thing({"names": names, "question": question, "question_language": language})


@pages.post("/thing")
@needs(Capability.WRITE_CONTENT)
def take_thing() -> Shown:
    """Hand in a thing."""
    values: dict[str, Any] = {
        name: typed(name)
        for name in ("category", "reading", "source", "source_date", "question", "question_language")
    }
    values["names"] = by_language("names")
    try:
        asked = {name: values[name] for name in ("names", "category", "reading")}
        if values["source"]:
            asked["sources"] = [{"url": values["source"], "date": values["source_date"] or None}]
        if "ja" not in values["names"]:
            made(AddThing, {**asked, "names": {**values["names"], "ja": ""}})
        return hand_in(made(AddThing, {**asked, "expect": expected()}))
    except Wrong as wrong:
        return _thing(values, wrong.errors), 422


@pages.get("/page")
@needs(Capability.WRITE_CONTENT)
def new_page() -> str:
    """Ask for a question of the city with its answer, in as many languages as there are words for it."""
    question, language = _asked()
    return _page(
        {
            "questions": {language: question},
            "answers": {},
            "question": question,
            "question_language": language,
        }
    )


@pages.post("/page")
@needs(Capability.WRITE_CONTENT)
def take_page() -> Shown:
    """Hand in a page."""
    values: dict[str, Any] = {name: typed(name) for name in ("desk", "question", "question_language")}
    values |= {"questions": by_language("questions"), "answers": by_language("answers", written)}
    try:
        asked = paired(values["questions"], values["answers"])
        return hand_in(made(SetPage, {**asked, "desk": values["desk"], "expect": expected()}))
    except Wrong as wrong:
        return _page(values, wrong.errors), 422


def _asked() -> tuple[str, str]:
    """Return the question in the address, and its language."""
    language = request.args.get("language", "")
    return request.args.get("question", "").replace("\0", "")[:120], language if language in TAGS else "ja"


def _told(answers: list[str]) -> list[dict[str, str]]:
    return [
        {
            "answer": answer,
            "name": entry_named(answer),
            "kind": entry_kind(answer.partition(":")[0]),
            "category": category_of(answer),
        }
        for answer in answers
    ]


def _takes_words(answer: str) -> bool:
    return answer.partition(":")[0] in ("garbage", "category", "service", "guide", "path")


def _word(target: str, values: dict[str, Any], errors: dict[str, str] | None = None) -> str:
    named = _told([target])[0]
    return _shown("mending_word", errors, values=values, target=named)


def _thing(values: dict[str, Any], errors: dict[str, str] | None = None) -> str:
    today = desk().services.clock.today()
    kinds = [one for one in engine().knowledge.categories.values() if in_force(one, today)]
    return _shown(
        "mending_thing", errors, values=values, categories=[(one.id, one.short["ja"]) for one in kinds]
    )


def _page(values: dict[str, Any], errors: dict[str, str] | None = None) -> str:
    desks = [(one.id, one.name["ja"]) for one in engine().knowledge.desks.values()]
    chosen = values.get("desk") or engine().knowledge.city.general_desk
    return _shown("mending_page", errors, values={**values, "desk": chosen}, desks=desks)


def _shown(template: str, errors: dict[str, str] | None = None, **values: Any) -> str:
    question, language = _asked()
    return render_template(
        f"console/{template}.html",
        asked=question,
        asked_in=language,
        languages=OWN_NAMES,
        tags=[(tag, OWN_NAMES[tag]) for tag in TAGS],
        errors=errors or {},
        **values,
    )
