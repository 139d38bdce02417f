"""Changes that staff ask for in the console: kept, checked beside the work, published, taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from bot.answers.engine import Engine
from bot.answers.model import Question
from bot.clock import Clock
from bot.knowledge.importers.proposal import Remark, remark
from bot.knowledge.loader import fingerprint, load
from bot.knowledge.model import ContentRefused, Knowledge
from bot.language.speech import Speech
from bot.publishing import reports
from bot.publishing.editing import proposing
from bot.publishing.editing.edits import EDIT, Edit, Import, SetTexts
from bot.publishing.history import Change
from bot.publishing.live import LivePlace
from bot.publishing.reports import unpacked
from bot.publishing.trial import Trial, tried
from bot.publishing.weighing import weigh
from bot.store import audit, proposals
from bot.store.database import Connection, Database
from bot.store.moments import micros
from bot.store.proposals import Decided, Kept, State

SUMMARY: Final = 400
"""Longest summary of a change, in characters."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What changes are made with. `engine` returns the one in force, `build` makes one over other content.

    `tell` says a remark in the language in which revisions are summed up.
    """

    database: Database
    folder: Path
    clock: Clock
    engine: Callable[[], Engine]
    build: Callable[[Knowledge], Engine]
    voices: Mapping[str, Speech]
    tell: Callable[[Remark], str]


class SamePerson(Exception):
    """A change that needs a second person's eye was to be published by whoever asked for it."""


def submit(workshop: Workshop, edit: Edit, author: str) -> int:
    """Keep what somebody asks for and return its number; `check` is to follow. Raises StoreError."""
    kind = edit.kind if isinstance(edit, Import) else edit.what
    about = proposing.about(edit)
    now = micros(workshop.clock.now())
    asked = EDIT.dump_json(edit)

    def work(connection: Connection) -> int:
        number = proposals.add(connection, author, kind, about, asked, now)
        audit.note(connection, now, author, "content-proposed", f"#{number}", kind=kind)
        return number

    return workshop.database.write(work)


def check(workshop: Workshop, number: int) -> None:
    """Try a proposal out as a whole and keep what was found. Takes seconds. Raises StoreError."""
    data = workshop.database.read(partial(proposals.asked, number=number))
    if data is None:
        return
    place = LivePlace(workshop.database, workshop.folder, workshop.clock)
    try:
        before = _in_force(workshop, place)
        now = workshop.clock.now().astimezone(before.local(workshop.clock.now()).tzinfo)
        edit = EDIT.validate_json(data)
        trial = _tried(workshop, place, edit, before, now.date())
        state, report = _found(workshop, trial, before, edit, now)
        texts = trial.proposal.files if state is State.READY else None
    except ContentRefused as refused:
        state, texts = State.REFUSED, None
        report = {"problems": [str(problem) for problem in refused.problems[:20]]}
    keep = partial(proposals.found, number=number, state=state, report=report, seen=place.seen, texts=texts)
    workshop.database.write(keep)


def needs_second(kept: Kept) -> bool:
    """Return whether somebody else than its author has to publish a proposal."""
    return bool((kept.report or {}).get("concerns"))


def publish(workshop: Workshop, kept: Kept, by: str) -> int:
    """Put a proposal into force and return the number of its revision.

    Raises SamePerson; Decided where it is not ready any more; Overtaken where the content is another one than
    it was checked over.
    """
    second = by if by != kept.author else None
    if needs_second(kept) and second is None:
        raise SamePerson
    if kept.state != State.READY or kept.seen is None:
        raise Decided
    files = workshop.database.read(partial(proposals.files, number=kept.id))
    at = micros(workshop.clock.now())

    def beside(connection: Connection, revision: int) -> None:
        proposals.close(connection, kept.id, State.READY, State.PUBLISHED, revision)
        audit.note(connection, at, by, "content-published", f"#{kept.id}", revision=revision)

    highest, active = kept.seen
    place = LivePlace(workshop.database, workshop.folder, workshop.clock, (highest, active), beside)
    effects = (kept.report or {}).get("effects", ())
    summary = " ".join(workshop.tell(unpacked(effect)) for effect in effects) or kept.about
    return place.publish(Change(kept.kind, summary[:SUMMARY], kept.author, second, files))


def discard(workshop: Workshop, kept: Kept, by: str) -> None:
    """Drop a proposal. Raises Decided."""
    at = micros(workshop.clock.now())

    def work(connection: Connection) -> None:
        proposals.close(connection, kept.id, State(kept.state), State.DISCARDED)
        audit.note(connection, at, by, "content-dropped", f"#{kept.id}")

    workshop.database.write(work)


def failed(workshop: Workshop, number: int) -> None:
    """Note that a check broke off, so that nobody waits for it."""
    told = reports.packed(remark("The check broke off; please try it again."))
    report = {"astray": [told]}
    workshop.database.write(partial(proposals.found, number=number, state=State.REFUSED, report=report))


def _in_force(workshop: Workshop, place: LivePlace) -> Engine:
    """Return the engine of what is in force: the one that answers people, or where it lags, another."""
    engine, overlay = workshop.engine(), place.overlay()
    if engine.knowledge.version == fingerprint(workshop.folder, overlay):
        return engine
    return workshop.build(load(workshop.folder, overlay))


def _tried(workshop: Workshop, place: LivePlace, edit: Edit, before: Engine, today: date) -> Trial:
    def proposed(_knowledge: Knowledge, texts: Mapping[str, str]) -> Any:
        return proposing.propose(edit, before, texts, today)

    leave_out = isinstance(edit, Import) and edit.leave_out
    return tried(workshop.folder, place.overlay(), proposed, leave_out, before.knowledge)


def _found(
    workshop: Workshop, trial: Trial, before: Engine, edit: Edit, now: datetime
) -> tuple[State, dict[str, Any]]:
    """Return whether a change that was tried may be published, and everything to be told about it."""
    report = reports.of_proposal(trial.proposal)
    report["problems"] = [str(problem) for problem in trial.problems[:20]]
    if trial.after is None or not trial.changes:
        report["nothing"] = trial.after is not None
        return State.REFUSED, report
    new = workshop.build(trial.after)
    weighed = weigh(before.knowledge, trial.after, lambda: before, new, now)
    report["concerns"] = reports.of_concerns(weighed.concerns)
    report["astray"] = [reports.packed(one) for one in weighed.astray]
    shown = [(Question(text=text, language=tag, now=now), "") for text, tag in proposing.shown(edit)]
    shown += [
        (Question(text=text, language="ja", now=now, area=area), "") for text, area in trial.proposal.previews
    ]
    if isinstance(edit, SetTexts):
        entry = proposing.told_with(edit, trial.after)
        shown += [(Question(text="", language=tag, now=now), entry) for tag in edit.texts if entry]
    report["previews"] = [reports.phone(new, workshop.voices, *one) for one in shown]
    return (State.REFUSED if weighed.astray else State.READY), report
