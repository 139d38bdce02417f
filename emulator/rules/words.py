"""The vocabulary the shape tables are written in: JSON Schema fragments and five keywords of our own."""

from __future__ import annotations

import re
from typing import Any, Final

import regex

from emulator.rules import limits

Schema = dict[str, Any]

BOOLEAN: Final[Schema] = {"type": "boolean"}
NUMBER_FROM_0: Final[Schema] = {"type": "integer", "minimum": 0}
NUMBER_FROM_1: Final[Schema] = {"type": "integer", "minimum": 1}
WORD: Final[Schema] = {"type": "string", "minLength": 1}
ANY_TEXT: Final[Schema] = {"type": "string"}
COLOUR: Final[Schema] = {"type": "string", "pattern": "^#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})$"}
RGB: Final[Schema] = {"type": "string", "pattern": "^#[0-9A-Fa-f]{6}$"}
HTTPS: Final[Schema] = {"type": "string", "minLength": 1, "utf16": limits.URL, "schemes": ["https"]}
LINK: Final[Schema] = {
    "type": "string",
    "minLength": 1,
    "utf16": limits.LINK,
    "schemes": ["http", "https", "line", "tel"],
}
ALIAS: Final[Schema] = {
    "type": "string",
    "minLength": 1,
    "utf16": limits.RICH_MENU_ALIAS,
    "pattern": "^[a-z0-9_-]+$",
}


def text(most: int, least: int = 1) -> Schema:
    """Return a string of `least` to `most` UTF-16 code units."""
    return {"type": "string", "minLength": least, "utf16": most}


def graphemes(most: int) -> Schema:
    """Return a string of 1 to `most` grapheme clusters: one flag or one emoji family counts once."""
    return {"type": "string", "minLength": 1, "graphemes": most}


def one_of(*words: str) -> Schema:
    """Return a string out of a fixed list."""
    return {"type": "string", "enum": list(words)}


def a_list(of: str | Schema, least: int = 1, most: int | None = None) -> Schema:
    """Return a list of `least` to `most` entries; `of` is a definition's name or a fragment."""
    bounds: Schema = {"type": "array", "minItems": least, "items": ref(of) if isinstance(of, str) else of}
    return bounds if most is None else {**bounds, "maxItems": most}


def ref(name: str) -> Schema:
    """Return a pointer to the definition called `name`."""
    return {"$ref": f"#/$defs/{name}"}


def closed(fields: dict[str, Schema], **more: Any) -> Schema:
    """Return an object that has these fields and no others. A name that ends in `!` is required."""
    return {
        "type": "object",
        "properties": {name.rstrip("!"): field for name, field in fields.items()},
        "required": [name.rstrip("!") for name in fields if name.endswith("!")],
        "additionalProperties": False,
        **more,
    }


def by_type(variants: dict[str, str]) -> Schema:
    """Return an object whose `type` decides which definition it must match ({type: definition})."""
    return {
        "type": "object",
        "required": ["type"],
        "properties": {"type": one_of(*variants)},
        "allOf": [
            {
                "if": {"required": ["type"], "properties": {"type": {"const": word}}},
                "then": ref(name),
            }
            for word, name in variants.items()
        ],
    }


def utf16_length(value: str) -> int:
    """Return the length as LINE counts text: UTF-16 code units, so 🍎 is 2."""
    return len(value) + sum(1 for letter in value if letter > "\uffff")


def grapheme_length(value: str) -> int:
    """Return the number of grapheme clusters, as a person would count letters."""
    return len(regex.findall(r"\X", value))


class _Keyword:
    """A keyword of our own: raises ValueError with LINE's wording when the value breaks it."""

    def __init__(self, parent_schema: dict[str, Any], value: Any, _schema_path: list[str | int]) -> None:
        self.value = value
        self.least = parent_schema.get("minLength", 0)


class Utf16(_Keyword):
    """`utf16: n`: at most n UTF-16 code units."""

    def validate(self, instance: Any) -> None:
        """Raise for a string that is too long."""
        if isinstance(instance, str) and len(instance) * 2 > self.value < utf16_length(instance):
            raise ValueError(f"Length must be between {self.least} and {self.value}")


class Graphemes(_Keyword):
    """`graphemes: n`: at most n grapheme clusters."""

    def validate(self, instance: Any) -> None:
        """Raise for a string that is too long."""
        if isinstance(instance, str) and len(instance) > self.value < grapheme_length(instance):
            raise ValueError(f"Length must be between {self.least} and {self.value}")


_PRINTABLE = re.compile(r"[!-~]+")


class Schemes(_Keyword):
    """`schemes: [...]`: a percent-encoded address with one of these schemes."""

    def validate(self, instance: Any) -> None:
        """Raise for another scheme, or for letters that an address must carry percent-encoded."""
        if not isinstance(instance, str):
            return
        scheme, colon, rest = instance.partition(":")
        if not colon or scheme.lower() not in self.value:
            raise ValueError("invalid uri scheme")
        beyond = rest if scheme.lower() == "tel" else rest.removeprefix("//")
        if not beyond or (beyond == rest and scheme.lower() != "tel") or not _PRINTABLE.fullmatch(rest):
            raise ValueError("invalid uri")


_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")


class Placeholders(_Keyword):
    """`placeholders: true`: every `{name}` in a textV2 has its entry in `substitution`."""

    def validate(self, instance: Any) -> None:
        """Raise for the first name that has no entry."""
        if not isinstance(instance, dict) or not isinstance(instance.get("text"), str):
            return
        known = instance.get("substitution") or {}
        for found in _PLACEHOLDER.finditer(instance["text"]):
            if found[1] is not None and found[1] not in known:
                raise ValueError("A placeholder in the text is not in the substitution")


class Alike(_Keyword):
    """`alike: field`: all objects of a list have the same value there (a list counts by its length)."""

    def validate(self, instance: Any) -> None:
        """Raise when two entries differ."""
        entries = [entry.get(self.value) for entry in instance if isinstance(entry, dict)]
        if len({len(entry) if isinstance(entry, list) else str(entry) for entry in entries}) > 1:
            raise ValueError(f"The {self.value} must be consistent in all entries")


KEYWORDS: Final[dict[str, type[Any]]] = {
    "utf16": Utf16,
    "graphemes": Graphemes,
    "schemes": Schemes,
    "placeholders": Placeholders,
    "alike": Alike,
}
