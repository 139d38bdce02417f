"""What the control API takes: the shape of every body, and reading one before anything happens."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import jsonschema_rs
from flask import request
from werkzeug.exceptions import BadRequest

from emulator.events import ORDERS
from emulator.faults import MODES
from emulator.rules.words import BOOLEAN, NUMBER_FROM_0, NUMBER_FROM_1, WORD, Schema, a_list, closed, one_of

LONGEST_WAIT: Final = 30.0
"""Seconds a call with `wait` is held at most."""

_WORD_OR_NULL: Final[Schema] = {"type": ["string", "null"], "minLength": 1}
_DAY: Final[Schema] = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_SECONDS: Final[Schema] = {"type": "number", "minimum": 0}
_PACE: Final[Schema] = {"type": ["number", "null"], "exclusiveMinimum": 0}
_COUNT_OR_NULL: Final[Schema] = {"type": ["integer", "null"], "minimum": 0}
_QUOTA: Final[Schema] = {
    "oneOf": [
        closed({"type!": {"const": "none"}}),
        closed({"type!": {"const": "limited"}, "value!": NUMBER_FROM_0}),
    ]
}

SHAPES: Final[dict[str, Schema]] = {
    "webhook": closed(
        {"url": _WORD_OR_NULL, "redelivery": BOOLEAN, "redelivery_after": a_list(_SECONDS, least=0)}
    ),
    "account": closed(
        {
            "name": WORD,
            "basic_id": WORD,
            "verified": BOOLEAN,
            "quota": _QUOTA,
            "unready_days": a_list(_DAY, least=0),
        }
    ),
    "history": closed(
        {
            "days!": a_list(
                closed(
                    {
                        "date!": _DAY,
                        "added": NUMBER_FROM_0,
                        "blocked": NUMBER_FROM_0,
                        "unblocked": NUMBER_FROM_0,
                    }
                )
            )
        }
    ),
    "clock": closed(
        {"now": WORD, "advance_seconds": {"type": "number"}, "reset": {"const": True}},
        minProperties=1,
        maxProperties=1,
    ),
    "person": closed(
        {
            "user_id": {"type": "string", "pattern": "^U[0-9a-f]{32}$"},
            "name!": WORD,
            "language": _WORD_OR_NULL,
            "consented": BOOLEAN,
            "following": BOOLEAN,
            "phone": BOOLEAN,
        }
    ),
    "bulk": closed({"count!": NUMBER_FROM_1, "languages": a_list(_WORD_OR_NULL), "following": BOOLEAN}),
    "event": ORDERS,
    "send": closed({"events!": {"type": "array"}}),
    "burst": closed(
        {
            "events!": NUMBER_FROM_1,
            "per_second": _PACE,
            "people": NUMBER_FROM_1,
            "texts": a_list(WORD),
            "seed": {"type": "integer"},
        }
    ),
    "faults": {
        "type": "object",
        "additionalProperties": closed(
            {
                "mode!": one_of(*MODES),
                "times": _COUNT_OR_NULL,
                "probability": {"type": "number", "minimum": 0, "maximum": 1},
                "seed": {"type": "integer"},
                "delay_ms": _COUNT_OR_NULL,
            }
        ),
    },
    "latency": {"type": "object", "additionalProperties": NUMBER_FROM_0},
}
"""Name of a control body to its JSON Schema."""


@cache
def _validator(shape: str) -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(SHAPES[shape])


def body_of(shape: str) -> dict[str, Any]:
    """Return the request's JSON body, checked against `SHAPES`; BadRequest says what is wrong."""
    if not request.is_json:
        raise BadRequest("send JSON with the content type application/json")
    body: dict[str, Any] = request.get_json()
    for error in _validator(shape).iter_errors(body):
        where = "/".join(str(part) for part in error.instance_path)
        raise BadRequest(f"{where}: {error.message}" if where else error.message)
    return body


def seconds_to_wait() -> float:
    """Return how long the caller is willing to wait (`?wait=`), within reason."""
    return min(request.args.get("wait", 0.0, float), LONGEST_WAIT)
