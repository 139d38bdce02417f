"""What the practice LINE takes and refuses, body by body."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.emulator_process import Practice

TABLE = yaml.load((Path(__file__).parent / "bodies.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
REPEATED = re.compile(r"<(\S+) x (\d+)>")


def spelled_out(value: Any) -> Any:
    """Return a table entry with `<あ x 5001>` and `{times, of}` written out."""
    if isinstance(value, str):
        return REPEATED.sub(lambda found: found[1] * int(found[2]), value)
    if isinstance(value, dict):
        return {name: spelled_out(part) for name, part in value.items()}
    if isinstance(value, list):
        entries = []
        for entry in value:
            repeated = isinstance(entry, dict) and set(entry) == {"times", "of"}
            entries += [spelled_out(entry["of"])] * entry["times"] if repeated else [spelled_out(entry)]
        return entries
    return value


def tried(emulator: Practice, case: dict[str, Any]) -> tuple[int, Any]:
    """Send one body of the table; return (status, answer)."""
    body = spelled_out(case["body"] if "body" in case else {"messages": case["messages"]})
    if body.get("to") == "{friend}":
        body["to"] = emulator.person()
    status, answer, _ = emulator.line("POST", f"/v2/bot/message/{case.get('call', 'validate/reply')}", body)
    return status, answer


@pytest.mark.parametrize("case", TABLE["good"], ids=lambda case: case["name"])
def test_good_bodies_are_taken(emulator: Practice, case: dict[str, Any]) -> None:
    """What the documentation allows is accepted."""
    assert tried(emulator, case)[0] == 200


@pytest.mark.parametrize("case", TABLE["bad"], ids=lambda case: case["name"])
def test_bad_bodies_are_refused(emulator: Practice, case: dict[str, Any]) -> None:
    """What the documentation forbids is refused with 400, and the answer says where the trouble is."""
    status, answer = tried(emulator, case)
    places = [detail["property"] for detail in answer.get("details", [])]
    places += re.findall(r"The property, '(\w+)'", answer["message"])
    assert (status, case["at"] in places) == (400, True), answer


def test_the_table_is_whole() -> None:
    """The table holds at least 31 bad and 15 good bodies, each under a name of its own."""
    names = [case["name"] for case in TABLE["good"] + TABLE["bad"]]
    assert (len(TABLE["bad"]) >= 31, len(TABLE["good"]) >= 15, len(set(names))) == (True, True, len(names))


@pytest.mark.parametrize("method", ["reply", "push", "multicast", "narrowcast", "broadcast"])
def test_every_way_of_sending_can_be_validated(emulator: Practice, method: str) -> None:
    """Each validate endpoint takes a good message and refuses a bad one without sending anything."""
    path = f"/v2/bot/message/validate/{method}"
    assert emulator.line("POST", path, {"messages": [{"type": "text", "text": "a"}]})[0] == 200
    assert emulator.line("POST", path, {"messages": [{"type": "text", "text": ""}]})[0] == 400


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'"x"', b"[" * 100_000, b"\xff\xfe"])
def test_what_is_no_json_object_is_refused(emulator: Practice, raw: bytes) -> None:
    """A body that is no JSON object gets LINE's sentence about JSON."""
    status, answer, _ = emulator.line("POST", "/v2/bot/message/push", raw)
    assert (status, answer["message"][:32]) == (400, "The request body could not be pa")


def test_form_data_and_huge_bodies_are_refused(emulator: Practice) -> None:
    """Another content type is 415, more than 2 MB is 413."""
    path, form = "/v2/bot/message/push", {"Content-Type": "application/x-www-form-urlencoded"}
    assert emulator.line("POST", path, b"to=x", headers=form)[0] == 415
    assert emulator.line("POST", path, b" " * (2 * 1024 * 1024 + 1))[0] == 413
