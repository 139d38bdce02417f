"""The emulator's shapes against LINE's own description of its API."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from emulator.rules.check import REQUESTS, definitions
from tests.contract.line_limits import SAID_IN, committed, official_rows

OFFICIAL = Path(__file__).resolve().parents[3] / "shared" / "line-openapi" / "messaging-api.yml"
SHAPES = definitions() | {f"request.{kind}": shape for kind, shape in REQUESTS.items()}


@pytest.mark.skipif(not OFFICIAL.is_file(), reason="LINE's OpenAPI files are not beside this repository")
def test_the_table_says_what_line_says() -> None:
    """Every required field, name and limit in LINE's file is in the committed table, and nothing else."""
    table = [tuple(row.values()) for row in committed()]
    assert table == official_rows(OFFICIAL)


@pytest.mark.parametrize("schema", SAID_IN)
def test_the_emulator_is_as_strict_as_line(schema: str) -> None:
    """Each row of the table holds in every definition the emulator has of that object."""
    rows = [row for row in committed() if row["schema"] == schema]
    loose = [(name, row) for name in SAID_IN[schema] for row in rows if not holds(SHAPES[name], row)]
    assert rows
    assert not loose


@pytest.mark.parametrize("schema", SAID_IN)
def test_the_emulator_invents_no_field(schema: str) -> None:
    """No field is taken that LINE does not have."""
    known = {row["property"] for row in committed() if row["schema"] == schema}
    for name in SAID_IN[schema]:
        assert set(SHAPES[name]["properties"]) <= known


def test_every_definition_is_compared() -> None:
    """Each closed object of the emulator is one of those in the table, so none goes unchecked."""
    compared = {name for names in SAID_IN.values() for name in names}
    closed = {name for name, shape in SHAPES.items() if shape.get("additionalProperties") is False}
    assert closed == compared


def holds(shape: dict[str, Any], row: dict[str, str]) -> bool:
    """Return whether a definition is at least as strict as one row."""
    field, rule, value = row["property"], row["rule"], row["value"]
    if rule == "required":
        return field in shape["required"]
    known = shape["properties"].get(field)
    if rule == "exists" or known is None:
        return known is not None
    known = SHAPES[known["$ref"].removeprefix("#/$defs/")] if "$ref" in known else known
    match rule:
        case "enum":
            return "|".join(sorted(known.get("enum", ()))) == value
        case "pattern":
            return bool(known.get("pattern"))
        case "maxLength":
            return any(known.get(limit, float("inf")) <= int(value) for limit in ("utf16", "graphemes"))
        case "maxItems" | "maximum":
            return bool(known.get(rule, float("inf")) <= int(value))
        case _:
            return bool(known.get(rule, 0) >= int(value))
