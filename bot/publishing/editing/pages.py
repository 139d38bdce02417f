"""A question of the city with its answer, and the texts of entries."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bot.answers.engine import Engine
from bot.answers.guessing import meanings
from bot.answers.vocabulary import TARGETS, Means
from bot.knowledge import faq, translations
from bot.knowledge.faq import SHORT, Question
from bot.knowledge.files import ContentReader
from bot.knowledge.importers.faq import as_text, questions_in
from bot.knowledge.importers.fiscal import fiscal_year, last_day
from bot.knowledge.importers.proposal import remark
from bot.knowledge.importers.refused import Refused
from bot.knowledge.importers.wording import fold
from bot.knowledge.importers.yaml_lines import put
from bot.knowledge.loader import model_of, restamped
from bot.language.tags import TAGS
from bot.publishing.editing.edits import SetPage, SetTexts
from bot.publishing.editing.words import file_of, taken


def set_page(edit: SetPage, engine: Engine, texts: Mapping[str, str], today: date) -> dict[str, str]:
    """Return the new text of the city's questions. Raises Refused."""
    rows = questions_in(texts.get(faq.FILE, ""))
    name = page_id(edit)
    before = {tag: row.answer for (one, tag), row in rows.items() if one == name}
    unchanged(edit.seen if edit.id else {}, before)
    if set(edit.questions) != set(edit.answers):
        raise Refused(remark("In each language a page needs both its question and its answer."))
    if "ja" not in edit.questions:
        raise Refused(remark("The Japanese text is missing."))
    if edit.desk not in engine.knowledge.desks:
        raise Refused(remark("There is no entry {id} any more.", id=f"desk:{edit.desk}"))
    for form in edit.questions.values():
        other = [one for one in meanings(engine.index, form) if one.means in TARGETS and one.id != name]
        if other and other[0].means is not Means.GUIDE:
            raise Refused(taken(form, other[0], engine))
    for tag, question in edit.questions.items():
        old = rows.get((name, tag))
        new = _row(name, tag, question, edit, today)
        rows[name, tag] = (
            new.model_copy(update={"aliases": old.aliases, "sources": old.sources}) if old else new
        )
    return {faq.FILE: as_text(rows)}


def page_id(edit: SetPage) -> str:
    """Return the id of a page: for a new one the same for the same question, every time."""
    return edit.id or f"faq-{hashlib.sha256(fold(edit.questions.get('ja', '')).encode()).hexdigest()[:10]}"


def set_texts(edit: SetTexts, texts: Mapping[str, str]) -> dict[str, str]:
    """Return the new text of an entry's file, and of the stamps of its translations. Raises Refused."""
    file = file_of(edit.kind, edit.id, texts)
    text = texts[file]
    reader = _reader(texts)
    now = texts_of(reader, file, edit.id, edit.field)
    if not now:
        raise Refused(remark("There is no entry {id} any more.", id=f"{edit.kind}:{edit.id}"))
    unchanged(edit.seen, {tag: joined(value) for tag, value in now.items()})
    for tag, said in edit.texts.items():
        lines = [line.strip() for line in said.splitlines() if line.strip()]
        value = lines if isinstance(now[tag], list) else "\n".join(lines)
        if not value:
            raise Refused(remark("A text is empty."))
        text = put(text, edit.id, (edit.field, tag), value)
    if text == texts[file]:
        raise Refused(remark("This says nothing new."))
    stamps = restamped(_reader({**texts, file: text}))
    return {file: text, translations.FILE: stamps}


def unchanged(seen: Mapping[str, str], now: Mapping[str, str]) -> None:
    """Raise Refused, with the text of now, where somebody else changed a text meanwhile."""
    for tag, text in now.items():
        if " ".join(seen.get(tag, "").split()) != " ".join(text.split()):
            raise Refused(remark("Somebody else changed this meanwhile. It says now: {text}", text=text))


def joined(value: object) -> str:
    """Return a text as a form shows it: lists a line a sentence."""
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)


def editable(entry: Any) -> dict[str, dict[str, Any]]:
    """Return the fields of an entry that hold a text, or lines, in every language."""
    fields = entry.model_dump()
    return {
        name: value
        for name, value in fields.items()
        if isinstance(value, dict) and set(value) == set(TAGS) and name not in ("said", "cues")
    }


def texts_of(reader: ContentReader, file: str, name: str, field: str) -> dict[str, Any]:
    """Return one field of an entry by language; empty where there is none."""
    found = next((row for row, _ in reader.entries(file, model_of(file)) if row.id == name), None)  # type: ignore[attr-defined]
    return editable(found).get(field, {}) if found else {}


def _row(name: str, tag: str, question: str, edit: SetPage, today: date) -> Question:
    return Question(
        id=name,
        language=tag,  # type: ignore[arg-type]  # one of the tags
        question=question,
        answer=edit.answers[tag],  # type: ignore[index]
        short=question if len(question) <= SHORT else f"{question[: SHORT - 1]}…",
        desk=edit.desk,
        checked_on=today,
        review_by=last_day(fiscal_year(today)),
    )


def _reader(texts: Mapping[str, str]) -> ContentReader:
    """Return a reader of these texts alone."""
    return ContentReader(Path("/nowhere"), {path: text.encode() for path, text in texts.items()})
