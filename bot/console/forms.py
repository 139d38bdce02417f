"""What people typed becomes an edit, or sentences beside the fields that say what is wrong."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any, TypeVar

from flask import request
from pydantic import BaseModel, ValidationError

from bot.console.speaking import remark
from bot.insights.masking import mask
from bot.language.tags import TAGS

E = TypeVar("E", bound=BaseModel)


class Wrong(Exception):
    """A form cannot be taken: which field, and why, in the reader's language."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(", ".join(errors))
        self.errors = dict(errors)


def typed(name: str) -> str:
    """Return what was typed into a field, on one line."""
    return " ".join(request.form.get(name, "").replace("\0", " ").split())


def written(name: str) -> str:
    """Return what was written into a field of several lines."""
    text = request.form.get(name, "").replace("\0", " ").replace("\r\n", "\n")
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()


def by_language(name: str, read: Any = typed) -> dict[str, str]:
    """Return what was typed into the fields `name-ja`, `name-en`, …; empty ones are left out."""
    found = {tag: read(f"{name}-{tag}") for tag in TAGS}
    return {tag: text for tag, text in found.items() if text}


def paired(questions: Mapping[str, str], answers: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return questions and answers for the same languages, Japanese always: what is missing is empty."""
    tags = ["ja", *(tag for tag in TAGS[1:] if tag in questions or tag in answers)]
    return {
        "questions": {tag: questions.get(tag, "") for tag in tags},
        "answers": {tag: answers.get(tag, "") for tag in tags},
    }


def made(model: type[E], values: Mapping[str, object]) -> E:
    """Return an edit. Raises Wrong with a sentence a field."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise Wrong({_field(one["loc"]): _told(one) for one in error.errors(include_input=False)}) from None


def expected() -> dict[str, str] | None:
    """Return the question that must lead to the answer from then on; None without one. Raises Wrong."""
    question = typed("question")
    if not question:
        return None
    masked = mask(question)
    if masked != " ".join(unicodedata.normalize("NFKC", question).split()):
        told = remark("This holds something personal. Without it, it would be: {text}", text=masked)
        raise Wrong({"question": told})
    return {"question": question, "language": typed("question_language")}


def _field(place: tuple[int | str, ...]) -> str:
    """Return the name of the field that a place in an edit was typed into."""
    parts = [str(part) for part in place if part != "expect"]
    if parts[:1] == ["sources"]:
        return "source_date" if parts[-1] == "date" else "source"
    return "-".join(parts) or "form"


def _told(error: Mapping[str, Any]) -> str:
    match error["type"]:
        case "string_too_long":
            return remark("Please use at most {n} signs.", n=error["ctx"]["max_length"])
        case "string_too_short" | "missing":
            return remark("Please fill this in.")
        case _:
            return remark("This cannot be used as it is.")
