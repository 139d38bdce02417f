"""What staff can ask for, as it is kept until it is published."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field, TypeAdapter

from bot.knowledge.expected import AnswerId
from bot.knowledge.fields import Slug, Source, Strict

Tag = Literal["ja", "ja-simple", "en", "zh-Hans", "zh-Hant"]
Word = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^;\n\r\x00]+$")]
Asked = Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\n\r\x00]+$")]
Seen = dict[str, str]
"""Texts as they were when somebody began to change them, by language."""


class Expect(Strict):
    """A question that must lead to what the change is about, from then on."""

    question: Asked
    language: Tag


class AddWord(Strict):
    """Another word for something that there is: a thing, a guide, a page, a category."""

    what: Literal["word"] = "word"
    target: AnswerId
    language: Tag
    form: Word
    expect: Expect | None = None


class AddThing(Strict):
    """A thing that the city decides on. `names` by language, Japanese at least; `words` are further ones."""

    what: Literal["thing"] = "thing"
    names: dict[Tag, Word]
    category: Slug
    reading: str = Field(default="", max_length=80)
    words: dict[Tag, Word] = {}
    sources: list[Source] = Field(default=[], max_length=1)
    expect: Expect | None = None


class SetPage(Strict):
    """A question of the city with its answer. Without `id` it is a new one; `seen` are the answers before."""

    what: Literal["page"] = "page"
    id: Slug | None = None
    questions: dict[Tag, Asked]
    answers: dict[Tag, Annotated[str, Field(min_length=1, max_length=1000)]]
    desk: Slug
    seen: Seen = {}
    expect: Expect | None = None


class SetName(Strict):
    """What a thing is called in a language; `seen` is what it was called."""

    what: Literal["name"] = "name"
    item: Slug
    language: Tag
    form: Word
    reading: str = Field(default="", max_length=80)
    seen: str = ""


class SetTexts(Strict):
    """The texts of one field of an entry; lists have a line a sentence. Languages left out stay."""

    what: Literal["texts"] = "texts"
    kind: str = Field(max_length=20)
    id: Slug
    field: Slug
    texts: dict[Tag, Annotated[str, Field(min_length=1, max_length=4000)]]
    seen: Seen


class Reviewed(Strict):
    """An entry that was looked at and is right as it is; `garbage` for the city's word on a thing."""

    what: Literal["reviewed"] = "reviewed"
    kind: str = Field(max_length=20)
    id: Slug


class DropWord(Strict):
    """A word that shall not stand for a thing any more; its name always does."""

    what: Literal["unword"] = "unword"
    item: Slug
    language: Tag
    form: Word


class DropExpect(Strict):
    """A question that need not lead anywhere any more."""

    what: Literal["unexpect"] = "unexpect"
    question: Asked
    language: Tag
    target: AnswerId


class Import(Strict):
    """A clerk's files. `files`: name -> base64; `options` as `knowledge.importers.options` has them."""

    what: Literal["import"] = "import"
    kind: str = Field(max_length=20)
    files: dict[str, str]
    options: dict[str, str | int | bool | dict[str, str] | None] = {}
    leave_out: bool = False


Edit = Annotated[
    AddWord | AddThing | SetPage | SetName | SetTexts | Reviewed | DropWord | DropExpect | Import,
    Field(discriminator="what"),
]
EDIT: Final[TypeAdapter[Edit]] = TypeAdapter(Edit)
"""Reads an edit from JSON, and writes it."""
