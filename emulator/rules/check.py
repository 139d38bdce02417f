"""The check: a request body against the shapes, answered in the form LINE gives its errors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

import jsonschema_rs

from emulator.rules import actions, flex, limits, menus, objects
from emulator.rules.words import BOOLEAN, KEYWORDS, WORD, Schema, a_list, closed

Body = dict[str, Any]

_MESSAGES = a_list("message", most=limits.MESSAGES)
_UNIT: Final[Schema] = {"type": "string", "pattern": "^[A-Za-z0-9_]{1,30}$"}
_UNITS: Final[Schema] = {"type": "array", "maxItems": 1, "items": _UNIT}
REQUESTS: Final[dict[str, Schema]] = {
    "reply": closed({"replyToken!": WORD, "messages!": _MESSAGES, "notificationDisabled": BOOLEAN}),
    "push": closed(
        {
            "to!": WORD,
            "messages!": _MESSAGES,
            "notificationDisabled": BOOLEAN,
            "customAggregationUnits": _UNITS,
        }
    ),
    "multicast": closed(
        {
            "to!": a_list(WORD, most=limits.RECIPIENTS),
            "messages!": _MESSAGES,
            "notificationDisabled": BOOLEAN,
            "customAggregationUnits": _UNITS,
        }
    ),
    "broadcast": closed({"messages!": _MESSAGES, "notificationDisabled": BOOLEAN}),
    "validate": closed({"messages!": _MESSAGES}),
    "loading": closed(
        {
            "chatId!": {"type": "string", "pattern": "^U[0-9a-f]{32}$"},
            "loadingSeconds": {
                "type": "integer",
                "minimum": limits.LOADING_SECONDS[0],
                "maximum": limits.LOADING_SECONDS[1],
                "multipleOf": limits.LOADING_STEP,
            },
        }
    ),
    "webhook-endpoint": closed(
        {"endpoint!": {"type": "string", "utf16": limits.WEBHOOK_URL, "schemes": ["https", "http"]}}
    ),
    "webhook-test": closed(
        {"endpoint": {"type": "string", "utf16": limits.WEBHOOK_URL, "schemes": ["https", "http"]}}
    ),
    **menus.REQUESTS,
}
"""Kind of call to the shape of its body."""


def definitions() -> dict[str, Schema]:
    """Return all definitions that the request shapes point to."""
    return objects.definitions() | actions.definitions() | flex.definitions() | menus.DEFINITIONS


@cache
def _validator(kind: str) -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for({**REQUESTS[kind], "$defs": definitions()}, keywords=KEYWORDS)


def refusal(kind: str, body: Any, size: int) -> Body | None:
    """Return LINE's error body for a call of this kind, or None for a body that LINE takes.

    `size` is the number of bytes the body came in; a small one cannot hold an oversized bubble.
    """
    validator = _validator(kind)
    if not validator.is_valid(body):
        return _as_line_says(list(validator.iter_errors(body)))
    if kind == "richmenu" and body["size"]["width"] < limits.RICH_MENU_RATIO * body["size"]["height"]:
        return {"message": "The aspect ratio of the rich menu is too small"}
    if size > limits.BUBBLE_BYTES:
        return _oversized(body.get("messages", []))
    return None


def unreadable() -> Body:
    """Return LINE's error body for something that is no JSON object."""
    return {"message": "The request body could not be parsed as JSON (line: -, column: -)"}


def _as_line_says(errors: list[jsonschema_rs.ValidationError]) -> Body:
    """Return one error body for all that is wrong; inside a Flex container in LINE's other form."""
    first = errors[0].instance_path
    if errors[0].kind.name == "type" and len(first) <= 1:
        if not first:
            return unreadable()
        return {"message": f"The property, '{first[0]}', in the request body is invalid (line: -, column: -)"}
    inside_flex = [error for error in errors if _flex_path(error) is not None]
    if inside_flex:
        where = inside_flex[0].instance_path[1]
        details = [
            {"message": words, "property": "".join(f"/{part}" for part in path[3:]) or "/"}
            for error in inside_flex
            if error.instance_path[1] == where
            for words, path in _findings(error)
        ]
        return {
            "message": f"A message (messages[{where}]) in the request body is invalid",
            "details": details,
        }
    details = [
        {"message": words, "property": _dotted(path)} for error in errors for words, path in _findings(error)
    ]
    return {"message": f"The request body has {len(details)} error(s)", "details": details}


def _flex_path(error: jsonschema_rs.ValidationError) -> list[str | int] | None:
    """Return the path below a Flex Message's container, or None for an error elsewhere."""
    path = error.instance_path
    inside = len(path) >= 3 and path[0] == "messages" and path[2] == "contents"
    return path[3:] if inside else None


def _findings(error: jsonschema_rs.ValidationError) -> Iterator[tuple[str, list[str | int]]]:
    """Yield (LINE's words, path) for one schema error; each unknown field is one finding."""
    kind, path = error.kind, error.instance_path
    match kind.name:
        case "required":
            yield "May not be empty", [*path, kind.as_dict()["property"]]
        case "additionalProperties":
            for name in kind.as_dict()["unexpected"]:
                yield "unknown field", [*path, name]
        case "enum":
            yield f"Must be one of the following values: [{', '.join(kind.as_dict()['options'])}]", path
        case "minLength":
            yield "May not be empty", path
        case "minItems" | "maxItems":
            yield _size(error), path
        case name if name in KEYWORDS:
            yield error.message, path
        case _:
            yield "invalid property", path


def _size(error: jsonschema_rs.ValidationError) -> str:
    """Return LINE's words for a list of the wrong length."""
    limit = error.kind.as_dict()["limit"]
    return f"Size must be {'at least' if error.kind.name == 'minItems' else 'at most'} {limit}"


def _dotted(path: list[str | int]) -> str:
    """Return a path as LINE writes it: `messages[0].quickReply.items[2]`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def _oversized(messages: list[Body]) -> Body | None:
    """Return LINE's error body for the first Flex container that is too many bytes of JSON, or None."""
    for number, message in enumerate(messages):
        container = message.get("contents")
        if message["type"] != "flex" or container is None:
            continue
        heading = f"A message (messages[{number}]) in the request body is invalid"
        if container["type"] == "carousel" and _json_bytes(container) > limits.CAROUSEL_BYTES:
            return {"message": heading, "details": [{"message": "size is too large", "property": "/"}]}
        for place, bubble in enumerate(container.get("contents", [container])):
            if _json_bytes(bubble) > limits.BUBBLE_BYTES:
                where = f"/contents/{place}" if container["type"] == "carousel" else "/"
                return {"message": heading, "details": [{"message": "size is too large", "property": where}]}
    return None


def _json_bytes(value: Any) -> int:
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass"))
