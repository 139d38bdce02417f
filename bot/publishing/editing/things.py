"""A thing that the city decides on, and what a thing is called in a language."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date

from bot.answers.engine import Engine
from bot.answers.guessing import meanings
from bot.answers.vocabulary import TARGETS
from bot.knowledge.importers.fiscal import fiscal_year, last_day
from bot.knowledge.importers.item_files import ITEMS, NAMES, OVERRIDES, with_own_words, with_rows
from bot.knowledge.importers.items import LABEL, new_id
from bot.knowledge.importers.proposal import remark
from bot.knowledge.importers.refused import Refused
from bot.knowledge.importers.wording import without_brackets
from bot.knowledge.schema import UNLISTED, Item, Name, Override
from bot.publishing.editing.edits import AddThing, SetName
from bot.publishing.editing.words import taken


def add_thing(edit: AddThing, engine: Engine, texts: Mapping[str, str], today: date) -> dict[str, str]:
    """Return the new texts of the files in which a thing comes to stand. Raises Refused."""
    knowledge = engine.knowledge
    if "ja" not in edit.names:
        raise Refused(remark("The Japanese name is missing."))
    if edit.category not in knowledge.categories:
        raise Refused(remark("There is no entry {id} any more.", id=f"category:{edit.category}"))
    for form in (*edit.names.values(), *edit.words.values()):
        _new(form, engine)
    name = thing_id(edit)
    rows = [_name(name, tag, form, edit.reading if tag == "ja" else "") for tag, form in edit.names.items()]
    rows += [
        Name(item=name, language=tag, form=form, kind="alias")
        for tag, form in edit.words.items()
        if form.casefold() != edit.names.get(tag, "").casefold()
    ]
    override = Override(
        item=name,
        category=edit.category,
        evidence="city-item-list",
        sources=edit.sources,
        checked_on=today,
        review_by=last_day(fiscal_year(today)),
    )
    return {
        ITEMS: with_rows(texts[ITEMS], [Item(id=name, kind=UNLISTED)]),
        NAMES: with_rows(texts[NAMES], rows),
        OVERRIDES: with_own_words(texts[OVERRIDES], {name: override}, today),
    }


def thing_id(edit: AddThing) -> str:
    """Return the id that a new thing gets: the same for the same name, every time."""
    return new_id(edit.names["ja"])


def set_name(edit: SetName, engine: Engine, texts: Mapping[str, str]) -> dict[str, str]:
    """Return the new text of the names; what the thing was called stays as another word. Raises Refused."""
    known = engine.knowledge.labels.get((edit.item, edit.language))
    if edit.item not in engine.knowledge.items:
        raise Refused(remark("There is no entry {id} any more.", id=f"garbage:{edit.item}"))
    before = known.form if known else ""
    if before != edit.seen:
        raise Refused(remark("Somebody else changed this meanwhile. It says now: {text}", text=before or "–"))
    if before == edit.form:
        raise Refused(remark("This says nothing new."))
    others = [
        one for one in meanings(engine.index, edit.form) if one.means in TARGETS and one.id != edit.item
    ]
    if others:
        raise Refused(taken(edit.form, others[0], engine))
    return {NAMES: _renamed(texts[NAMES], _name(edit.item, edit.language, edit.form, edit.reading))}


def _renamed(text: str, name: Name) -> str:
    """Return the names in which this one is the name; rows that say the same word are left out."""
    table = csv.DictReader(io.StringIO(text))
    columns = list(table.fieldnames or ())
    rows = []
    for row in table:
        if (row["item"], row["language"]) == (name.item, name.language):
            if row["form"].casefold() == name.form.casefold():
                continue
            row["kind"] = "alias" if row["kind"] == "name" else row["kind"]
        rows.append(row)
    out = io.StringIO()
    kept = csv.DictWriter(out, columns, lineterminator="\n")
    kept.writeheader()
    kept.writerows(rows)
    return with_rows(out.getvalue(), [name])


def _name(item: str, language: str, form: str, reading: str) -> Name:
    short = form if len(form) <= LABEL else without_brackets(form)
    short = short if 0 < len(short) <= LABEL else f"{form[: LABEL - 1]}…"
    return Name(item=item, language=language, form=form, kind="name", reading=reading, short=short)  # type: ignore[arg-type]


def _new(form: str, engine: Engine) -> None:
    """Raise Refused for a name that something has already."""
    known = [one for one in meanings(engine.index, form) if one.means in TARGETS]
    if known:
        raise Refused(taken(form, known[0], engine))
