"""The one schema of `content/`: what each file may say. Unknown keys and missing languages are errors."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from bot.knowledge.broadcasting import Broadcasting
from bot.knowledge.collection import Reminders
from bot.knowledge.fields import (
    Cues,
    Evidence,
    FactId,
    Lines,
    Slug,
    Source,
    Sourced,
    Strict,
    Telephone,
    Text,
    Words,
    address_in,
    time_zone,
)
from bot.knowledge.kpi import Kpi
from bot.knowledge.topics import Topic


class Category(Sourced):
    """One way of getting rid of things, with the words on its bag and sign."""

    id: Slug
    kind: Literal["regular", "application", "drop-off", "not-collected"]
    colour: str = Field(pattern=r"^#[0-9a-f]{6}$")
    emoji: str
    valid_from: date | None = None
    valid_until: date | None = None
    replaced_by: list[Slug] = []
    examples: list[Slug] = Field(default=[], max_length=12)
    sign: str
    name: Text
    short: Text
    how: Lines
    caution: Lines | None = None
    said: Words


class Rule(Sourced):
    """How this city treats a kind of thing, within its dates. The first rule that fits decides.

    Without a category it says that nobody confirms how the city treats this kind.
    """

    id: Slug
    kinds: list[Slug]
    materials: list[Slug] = []
    category: Slug | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    note: Slug | None = None


class Note(Sourced):
    """How to put out certain things where the category's own steps do not suffice.

    `lead` replaces the sentence that names the category, where that would mislead.
    """

    id: Slug
    lead: Text | None = None
    how: Lines
    caution: Lines | None = None


class Hazard(Sourced):
    """What makes a thing dangerous. `forbid` stands before everything else in the answer."""

    id: Slug
    danger: bool
    forbid: Text


UNLISTED = "unlisted"
"""The kind of things that stand only in the city's own list: no rule knows what they are made of."""


class Item(Strict):
    """What an everyday thing is, in any city. `variants` makes it a question: which of these is it?

    `asks` are the conditions that decide how it is put out, where the word alone does not tell.
    """

    id: Slug
    kind: Slug
    materials: list[Slug] = []
    hazards: list[Slug] = []
    parts: list[Slug] = []
    variants: list[Slug] = []
    asks: list[Slug] = []


class Case(Strict):
    """One answer to a condition, and what the thing then is; what is left out stays as it was.

    With `materials` it is offered only for things that come in one of them. `thing` is what an unknown
    thing in this case is taken for, where that is safer than not knowing.
    """

    id: Slug
    short: Text
    thing: Slug | None = None
    said: Words = {}
    kind: Slug | None = None
    materials: list[Slug] = []
    hazards: list[Slug] = []
    parts: list[Slug] = []


class Condition(Strict):
    """A question whose answer changes how a thing is put out: clean or dirty, wood or plastic."""

    id: Slug
    ask: Text
    cases: list[Case] = Field(min_length=2)


class Name(Strict):
    """One thing people call an item. Each item has exactly one form of kind `name` per language.

    A form of kind `shared` is the everyday word for several things: each of them lists it, and it asks which.
    """

    item: Slug
    language: Literal["ja", "ja-simple", "en", "zh-Hans", "zh-Hant"]
    form: str = Field(min_length=1, max_length=80)
    kind: Literal["name", "alias", "shared"]
    reading: str = ""
    short: str = ""


class Override(Strict):
    """The city's own word for a single item. It always wins over the rules.

    `remark` is what the city's list says beside it, in Japanese, shown as it is.
    """

    item: Slug
    category: Slug
    valid_from: date | None = None
    valid_until: date | None = None
    note: Slug | None = None
    evidence: Evidence
    facts: list[FactId] = []
    sources: list[Source] = []
    checked_on: date
    review_by: date
    remark: str = Field(default="", max_length=400)

    @model_validator(mode="after")
    def _rests_on_something(self) -> Self:
        if not self.facts and self.evidence != "city-item-list":
            raise ValueError("facts is missing: only a row of the city's item list rests on itself")
        return self


class Ordinary(Strict):
    """A word of everyday talk that names no thing: it explains nothing, and casts no doubt either."""

    language: Literal["ja", "en", "zh"]
    form: str = Field(min_length=1, max_length=60)


class ItemFacts(Strict):
    """Which fact rows were consulted for an item that has no word of the city's own."""

    item: Slug
    facts: list[FactId] = Field(min_length=1)


class Hours(Strict):
    """Opening hours that a source confirms. Days are RFC 5545 codes, times local `HH:MM`."""

    days: list[Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"]]
    opens: str = Field(pattern=r"^\d{2}:\d{2}$")
    closes: str = Field(pattern=r"^\d{2}:\d{2}$")


class Desk(Sourced):
    """An office a reader can call or visit. `hours` null means: no source confirms them."""

    id: Slug
    name: Text
    sign: str
    phone: Telephone
    place: Text | None = None
    address: str | None = None
    hours: list[Hours] | None = None


class Service(Sourced):
    """A page of its own that is about no single thing: bulky waste, drop-off points, put-out time."""

    id: Slug
    title: Text
    short: Text
    lead: Text
    sure: Lines
    unsure: Lines | None = None
    do_now: Lines | None = None
    show: str | None = None
    desk: Slug
    category: Slug | None = None
    said: Words
    link: str | None = None


class Safety(Sourced):
    """An emergency around garbage: 119 first, never a category."""

    id: Slug
    title: Text
    lead: Text
    steps: Lines
    call: Telephone
    cues: Cues


class City(Strict):
    """What this city decides for itself: names, where links may lead, how long things are kept."""

    id: Slug
    name: Text
    timezone: Annotated[str, AfterValidator(time_zone)]
    link_hosts: list[str]
    map_url: Annotated[str, AfterValidator(address_in)]
    general_desk: Slug
    garbage_desk: Slug
    visitor_days: int = Field(ge=1, le=90)
    keep_event_ids_days: int = Field(ge=1)
    keep_unanswered_days: int = Field(ge=1)
    keep_recipients_days: int = Field(default=30, ge=1)
    reminders: Reminders = Reminders()
    office_hours: list[Hours] = []
    kpi: Kpi = Kpi()
    broadcasts: Broadcasting = Broadcasting()
    topics: list[Topic] = Field(default=[], max_length=8)


class Said(Strict):
    """A meaning and the words that carry it."""

    id: str = Field(pattern=r"^[a-zA-Z0-9-]+$")
    said: Words


class Misheard(Strict):
    """Words that dictation writes for the name of a thing: 髪 for 紙. They only ever ask back."""

    meant: Slug
    heard: list[str] = Field(min_length=1)


class Phrases(Strict):
    """How people talk: words without meaning of their own, and words that steer the answer.

    Between two things, `containing` says that the second holds the first (みかんが入っていたネット), and
    `contained` that the first holds the second (bag of oranges): the holder is meant. `alarms` are words that
    cues of emergencies name together: `{sharp}+{pierce}`; what is `harmless` only sounds like one.
    """

    fillers: Words
    discard: Words
    modifiers: Words
    joiners: Words
    containing: Words
    contained: Words
    swollen: Words
    intents: list[Said]
    guards: list[Said]
    misheard: list[Misheard] = []
    alarms: dict[Slug, list[str]] = {}
    harmless: Words = {}
    numbers: list[list[str]]


class Welcome(Strict):
    """What a new friend reads before any language is known: one line in each language we lack."""

    hello: Text
    others: dict[str, str]
