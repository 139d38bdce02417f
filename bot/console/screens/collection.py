"""Collections that fall out or are moved: what is planned, one more with its answer beside it, ending one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Final, get_args

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from bot.console import speaking
from bot.console.access.roles import Capability
from bot.console.desk import desk
from bot.console.gate import needs, visit
from bot.console.speaking import remark
from bot.knowledge.collection import Reason
from bot.knowledge.importers.proposal import Proposal
from bot.knowledge.model import Knowledge
from bot.knowledge.told import told
from bot.publishing.history import Change as Published
from bot.publishing.history import Overtaken
from bot.publishing.live import LivePlace
from bot.publishing.previews import Preview, previews
from bot.publishing.suspending import Suspension, resume, suspend, suspended
from bot.publishing.trial import tried
from bot.store import audit

Shown = str | Response | tuple[str, int]
_SUMMARY: Final = 400
pages = Blueprint("collection", __name__, url_prefix="/collection")


@dataclass(frozen=True, slots=True)
class Tried:
    """What a change would do: sentences about it, the answers afterwards, and what is wrong with it."""

    proposal: Proposal | None
    effects: tuple[str, ...]
    answers: tuple[Preview, ...]
    problems: tuple[str, ...]


@pages.get("/")
@needs(Capability.LOOK)
def page() -> str:
    """List what falls out or is moved from today on."""
    knowledge, today = desk().services.content.current.knowledge, desk().services.clock.today()
    coming = [one for one in knowledge.calendar.changes if max(one.last, one.to or one.last) >= today]
    coming.sort(key=lambda change: change.first)
    return render_template("console/collection.html", changes=coming, **_names(knowledge))


@pages.get("/change")
@needs(Capability.SUSPEND_COLLECTIONS, fresh=True)
def change() -> str:
    """Ask what falls out; with an answer, show what it would do and what people would read."""
    asked = _asked(request.args) if request.args else None
    found = _preview(asked) if asked else None
    return _form(request.args, found, dated=asked is not None or not request.args)


@pages.post("/change")
@needs(Capability.SUSPEND_COLLECTIONS, fresh=True)
def take_change() -> Shown:
    """Let collections fall out or move them; chat, calendar and reminders follow."""
    asked = _asked(request.form)
    if asked is None:
        return _form(request.form, None, dated=False), 422
    found = _try(partial(_suspended, asked=asked))
    if found.problems or not _publish(found):
        return _form(request.form, found), 422
    flash(remark("It is done. Answers, calendars and reminders follow within seconds."), "done")
    return redirect(url_for(".page"), 303)


@pages.get("/end/<name>")
@needs(Capability.SUSPEND_COLLECTIONS, fresh=True)
def end(name: str) -> str:
    """Ask whether a collection shall take place after all."""
    proposal = resume(desk().services.content.current.knowledge, name)
    if proposal.rejected:
        abort(404)
    return render_template(
        "console/confirm.html",
        title=remark("Let it take place after all"),
        text=" ".join(told(speaking.speech(), effect) for effect in proposal.effects),
        button_text=remark("Let it take place"),
        way_back=url_for(".page"),
    )


@pages.post("/end/<name>")
@needs(Capability.SUSPEND_COLLECTIONS, fresh=True)
def take_end(name: str) -> Shown:
    """Take a change away."""
    found = _try(partial(_resumed, name=name))
    if not found.problems and _publish(found):
        flash(
            remark("It takes place after all. Answers, calendars and reminders follow within seconds."),
            "done",
        )
    else:
        flash(remark("Somebody else has changed this meanwhile. Please look again."), "problem")
    return redirect(url_for(".page"), 303)


def _asked(given: MultiDict[str, str]) -> Suspension | None:
    """Return what the form asks for; None when a day in it is missing or does not exist."""
    try:
        first = date.fromisoformat(given.get("first", ""))
        last = date.fromisoformat(given["last"]) if given.get("last") else first
        to = date.fromisoformat(given["to"]) if given.get("to") else None
    except ValueError:
        return None
    reasons: dict[str, Reason] = {reason: reason for reason in get_args(Reason)}
    if given.get("reason") not in reasons:
        abort(400)
    areas, categories = tuple(given.getlist("area")), tuple(given.getlist("category"))
    return Suspension(first, last, areas, categories, reasons[given["reason"]], to)


def _suspended(knowledge: Knowledge, _texts: object, asked: Suspension) -> Proposal:
    return suspend(knowledge, asked, desk().services.clock.today())


def _resumed(knowledge: Knowledge, _texts: object, name: str) -> Proposal:
    return resume(knowledge, name)


def _preview(asked: Suspension) -> Tried:
    """Return what a suspension would do and what people would read, from the content in force alone."""
    services, say = desk().services, partial(told, speaking.speech())
    engine, today = services.content.current, services.clock.today()
    proposal = suspend(engine.knowledge, asked, today)
    if proposal.rejected:
        return Tried(None, (), (), tuple(say(row.remark) for row in proposal.rejected if row.remark))
    calendar = suspended(engine.knowledge, asked, today)
    after = engine.over(replace(engine.knowledge, calendar=calendar))
    now = engine.local(services.clock.now())
    answers = tuple(previews(after, services.voices["ja"], proposal.previews, now))
    return Tried(proposal, tuple(map(say, proposal.effects)), answers, ())


def _try(propose: partial[Proposal]) -> Tried:
    """Try a change out on everything there is, as it will be loaded."""
    services, say = desk().services, partial(told, speaking.speech())
    place = LivePlace(services.database, services.settings.content_dir, services.clock)
    trial = tried(services.settings.content_dir, place.overlay(), propose)
    problems = [say(row.remark) for row in trial.proposal.rejected if row.remark]
    problems += [str(problem) for problem in trial.problems]
    return Tried(trial.proposal, tuple(map(say, trial.proposal.effects)), (), tuple(problems))


def _publish(found: Tried) -> bool:
    """Put a change live; False when somebody else was faster."""
    assert found.proposal is not None
    at, who = desk(), visit().account.name
    place = LivePlace(at.services.database, at.services.settings.content_dir, at.services.clock)
    summary = " ".join(found.effects)[:_SUMMARY]
    try:
        number = place.publish(Published("collection", summary, who, None, found.proposal.files))
    except Overtaken:
        return False
    at.write(lambda c: audit.note(c, at.at(), who, "collection-changed", f"#{number}", summary=summary[:200]))
    return True


def _form(given: Mapping[str, str], found: Tried | None, dated: bool = True) -> str:
    knowledge = desk().services.content.current.knowledge
    today = desk().services.clock.today()
    errors = {} if dated else {"first": remark("Please choose a day that exists.")}
    if found and found.problems:
        errors = {"first": " ".join(found.problems)}
    return render_template(
        "console/collection_change.html",
        given=given,
        found=found,
        today=today.isoformat(),
        errors=errors,
        **_names(knowledge),
    )


def _names(knowledge: Knowledge) -> dict[str, object]:
    """Return what areas, categories and reasons are called, and which there are to choose from."""
    tag = speaking.speech().tag
    calendar = knowledge.calendar
    collected = {one for area in calendar.areas for one in calendar.categories(area)}
    return {
        "areas": {area.id: area.short[tag] for area in calendar.areas.values()},
        "categories": {
            one.id: one.short[tag] for one in knowledge.categories.values() if one.id in collected
        },
        "reasons": {reason: reason_name(reason) for reason in get_args(Reason)},
        "day": speaking.day,
        "named": lambda names, ids: " ".join(names.get(one, one) for one in ids),
    }


def reason_name(reason: str) -> str:
    """Return why a collection falls out, as staff choose it."""
    names = {
        "holiday": remark("public holiday"),
        "year-end": remark("year-end and New Year"),
        "typhoon": remark("typhoon"),
        "heavy-rain": remark("heavy rain"),
        "snow": remark("snow"),
        "earthquake": remark("earthquake"),
        "roadworks": remark("roadworks"),
        "event": remark("an event"),
        "breakdown": remark("a breakdown"),
    }
    return names.get(reason) or remark("another reason")
