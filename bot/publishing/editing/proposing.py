"""An edit becomes a proposal, with the question that must lead to it from then on."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import date

from bot.answers.engine import Engine
from bot.knowledge import expected
from bot.knowledge.expected import Expectation
from bot.knowledge.importers import kinds
from bot.knowledge.importers.options import Options
from bot.knowledge.importers.proposal import Outcome, Proposal, Remark, Row, remark
from bot.knowledge.importers.refused import Refused
from bot.knowledge.model import Knowledge
from bot.publishing.editing.edits import (
    AddThing,
    AddWord,
    DropExpect,
    DropWord,
    Edit,
    Expect,
    Import,
    Reviewed,
    SetName,
    SetPage,
    SetTexts,
)
from bot.publishing.editing.pages import page_id, set_page, set_texts
from bot.publishing.editing.reviews import next_review, reviewed
from bot.publishing.editing.things import add_thing, set_name, thing_id
from bot.publishing.editing.words import add_word, drop_word, label, parted


def propose(edit: Edit, engine: Engine, texts: Mapping[str, str], today: date) -> Proposal:
    """Return what an edit would change; what cannot be done is its one rejected row."""
    if isinstance(edit, Import):
        uploads = {name: base64.b64decode(data) for name, data in edit.files.items()}
        options = Options(today=today, **edit.options)  # type: ignore[arg-type]
        return kinds.propose(edit.kind, uploads, engine.knowledge, texts, options)
    try:
        files, effect = _edited(edit, engine, texts, today)
        expect = getattr(edit, "expect", None)
        told = [effect]
        if expect:
            files |= _expecting(expect, target(edit), texts, today)
            told.append(
                remark("From now on every change is tried with “{question}”.", question=expect.question)
            )
    except Refused as refused:
        return Proposal({}, (Row("", Outcome.REJECTED, about(edit), refused.reason),))
    return Proposal(files, (Row("", Outcome.CHANGED, about(edit)),), tuple(told))


def target(edit: Edit) -> str:
    """Return the id of the answer that an edit is about; empty for an import."""
    match edit:
        case AddWord():
            return edit.target
        case AddThing():
            return f"garbage:{thing_id(edit)}"
        case SetPage():
            return f"guide:{page_id(edit)}"
        case SetName() | DropWord():
            return f"garbage:{edit.item}"
        case DropExpect():
            return edit.target
        case SetTexts() | Reviewed():
            return f"{edit.kind}:{edit.id}"
        case Import():
            return ""


def about(edit: Edit) -> str:
    """Return what an edit is about, as it was typed."""
    match edit:
        case AddWord() | SetName() | DropWord():
            return edit.form
        case DropExpect():
            return edit.question
        case AddThing():
            return edit.names["ja"]
        case SetPage():
            return edit.questions["ja"]
        case SetTexts():
            return f"{edit.kind}:{edit.id} {edit.field}"
        case Reviewed():
            return f"{edit.kind}:{edit.id}"
        case Import():
            return ", ".join(edit.files)


def shown(edit: Edit) -> list[tuple[str, str]]:
    """Return questions with their languages whose answers show what an edit does."""
    if expect := getattr(edit, "expect", None):
        return [(expect.question, expect.language)]
    match edit:
        case AddWord() | SetName() | DropWord():
            return [(edit.form, edit.language)]
        case AddThing():
            return [(form, tag) for tag, form in edit.names.items()]
        case DropExpect():
            return [(edit.question, edit.language)]
        case SetPage():
            return [(question, tag) for tag, question in edit.questions.items()]
        case _:
            return []


def told_with(edit: SetTexts, knowledge: Knowledge) -> str:
    """Return the id of an answer that tells the texts of an entry; empty where no answer does by itself."""
    if edit.kind in ("guide", "service", "category", "path"):
        return f"{edit.kind}:{edit.id}"
    for item in knowledge.items.values():
        own = any(row.note == edit.id for row in knowledge.overrides.get(item.id, ()))
        if (edit.kind == "note" and own) or (edit.kind == "hazard" and edit.id in item.hazards):
            return f"garbage:{item.id}"
    return ""


def _edited(
    edit: Edit, engine: Engine, texts: Mapping[str, str], today: date
) -> tuple[dict[str, str], Remark]:
    """Return the new texts of an edit, and what it means in a sentence. Raises Refused."""
    match edit:
        case AddWord():
            name = label(engine.knowledge, edit.target) or edit.target
            return add_word(edit, engine, texts), remark(
                "“{form}” leads to “{thing}”.", form=edit.form, thing=name
            )
        case AddThing():
            files = add_thing(edit, engine, texts, today)
            category = engine.knowledge.categories[edit.category].short["ja"]
            return files, remark("“{thing}” is new: {category}.", thing=edit.names["ja"], category=category)
        case SetPage():
            return set_page(edit, engine, texts, today), remark("“{question}” is told as written here.",
                                                                question=edit.questions["ja"])  # fmt: skip
        case Reviewed():
            told = remark("It is right as it is; to be looked at again by {day}.", day=next_review(today))
            return reviewed(edit, engine, texts, today), told
        case Import():
            raise TypeError("an import makes its own proposal")
        case _:
            return _changed(edit, engine, texts)


def _changed(
    edit: SetName | DropWord | DropExpect | SetTexts, engine: Engine, texts: Mapping[str, str]
) -> tuple[dict[str, str], Remark]:
    """Return the same for an edit of what there was."""
    match edit:
        case SetName():
            name = label(engine.knowledge, target(edit)) or edit.item
            return set_name(edit, engine, texts), remark(
                "“{thing}” is called “{form}”.", thing=name, form=edit.form
            )
        case DropWord():
            name = label(engine.knowledge, target(edit)) or edit.item
            return drop_word(edit, texts), remark(
                "“{form}” does not stand for “{thing}” any more.", form=edit.form, thing=name
            )
        case DropExpect():
            key = (edit.question, edit.language)
            left = expected.with_rows(texts.get(expected.FILE, ""), (), without=key)
            told = remark("Changes are not tried with “{question}” any more.", question=edit.question)
            return {expected.FILE: left}, told
        case SetTexts():
            return set_texts(edit, texts), remark("The texts are told as written here.")


def _expecting(expect: Expect, answer: str, texts: Mapping[str, str], today: date) -> dict[str, str]:
    """Return the questions that must lead somewhere, with this one."""
    kind, name = parted(answer)
    row = Expectation(
        question=expect.question, language=expect.language, answer=f"{kind}:{name}", added_on=today
    )
    return {expected.FILE: expected.with_rows(texts.get(expected.FILE, ""), [row])}
