"""Another word for something that there is: a name of a thing, or what people say when they mean a page."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Final

from bot.answers.engine import Engine
from bot.answers.guessing import meanings
from bot.answers.resolve import answer_id
from bot.answers.vocabulary import TARGETS, Entry, Means
from bot.knowledge import faq
from bot.knowledge.importers.faq import as_text, questions_in
from bot.knowledge.importers.item_files import NAMES, rows_text, with_rows
from bot.knowledge.importers.proposal import Remark, remark
from bot.knowledge.importers.refused import Refused
from bot.knowledge.importers.yaml_lines import add, holds
from bot.knowledge.model import Knowledge
from bot.knowledge.procedures import Guide, Path
from bot.knowledge.schema import Category, Name, Service
from bot.publishing.editing.edits import AddWord, DropWord

FILES: Final[Mapping[str, tuple[str, ...]]] = {
    "service": ("garbage/services.yaml",),
    "category": ("garbage/categories.yaml",),
    "path": ("paths.yaml",),
    "guide": ("guides/",),
    "note": ("garbage/notes.yaml",),
    "hazard": ("garbage/hazards.yaml",),
    "desk": ("desks.yaml",),
    "safety": ("safety.yaml",),
}
"""Kind of entry -> the file, or the folder of files, in which such entries stand."""


def add_word(edit: AddWord, engine: Engine, texts: Mapping[str, str]) -> dict[str, str]:
    """Return the new text of the file in which the word comes to stand. Raises Refused."""
    kind, name = parted(edit.target)
    if label(engine.knowledge, edit.target) is None:
        raise Refused(remark("There is no entry {id} any more.", id=edit.target))
    free(edit.form, edit.target, engine)
    if kind == "garbage":
        row = Name(item=name, language=edit.language, form=edit.form, kind="alias")
        return {NAMES: with_rows(texts[NAMES], [row])}
    if kind == "guide" and (name, "ja") in (rows := questions_in(texts.get(faq.FILE, ""))):
        key = (name, edit.language if (name, edit.language) in rows else "ja")
        rows[key] = rows[key].model_copy(update={"aliases": [*rows[key].aliases, edit.form]})
        return {faq.FILE: as_text(rows)}
    file = file_of(kind, name, texts)
    return {file: add(texts[file], name, ("said", edit.language), edit.form)}


def drop_word(edit: DropWord, texts: Mapping[str, str]) -> dict[str, str]:
    """Return the names without a word. Raises Refused."""
    lines = list(csv.reader(io.StringIO(texts[NAMES])))
    key = [edit.item, edit.language, edit.form]
    at = next((n for n, row in enumerate(lines) if row[:3] == key and row[3] != "name"), None)
    if at is None:
        raise Refused(remark("{form} is no other word of this thing any more.", form=edit.form))
    del lines[at]
    return {NAMES: rows_text(lines)}


def parted(answer: str) -> tuple[str, str]:
    """Return kind and entry of an answer id, without the case of a thing or the step of a path."""
    kind, _, name = answer.partition(":")
    return kind, name.partition("/")[0].partition("@")[0]


def file_of(kind: str, name: str, texts: Mapping[str, str]) -> str:
    """Return the file in which an entry stands. Raises Refused."""
    for place in FILES.get(kind, ()):
        for path in [
            path for path in texts if path == place or (place[-1] == "/" and path.startswith(place))
        ]:
            if holds(texts[path], name):
                return path
    raise Refused(remark("There is no entry {id} any more.", id=f"{kind}:{name}"))


def label(knowledge: Knowledge, answer: str) -> str | None:
    """Return what an answer is called in Japanese; None for one that is not there."""
    kind, name = parted(answer)
    if kind == "garbage":
        return knowledge.name(name, "ja").form if name in knowledge.items else None
    groups: Mapping[str, Mapping[str, Category | Service | Guide | Path]] = {
        "category": knowledge.categories,
        "service": knowledge.services,
        "guide": knowledge.guides,
        "path": knowledge.paths,
    }
    found = groups.get(kind, {}).get(name)
    return found.short["ja"] if found else None


def free(form: str, target: str, engine: Engine) -> None:
    """Raise Refused for a word that means something else already, or this very thing."""
    known = [one for one in meanings(engine.index, form) if one.means in TARGETS]
    others = [one for one in known if answer_id(one) != target]
    if others:
        raise Refused(taken(form, others[0], engine))
    if known:
        raise Refused(remark("{form} is known already and means just this.", form=form))


def taken(form: str, other: Entry, engine: Engine) -> Remark:
    """Return the sentence that a word stands for something else already."""
    name = label(engine.knowledge, answer_id(other)) or other.id
    if other.means is Means.ITEM and other.id in engine.index.dangerous:
        return remark("{form} means {thing}, which is dangerous: it cannot mean something else too.",
                      form=form, thing=name)  # fmt: skip
    return remark("{form} means {thing} already.", form=form, thing=name)
