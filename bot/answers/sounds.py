"""How Chinese characters sound: another one of the same sound is the commonest slip of a Chinese keyboard."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import regex

from bot.answers.normalise import fold_han

_ALIKE = ((regex.compile("^([zcs])h"), r"\1"), (regex.compile("ng$"), "n"))
"""Sounds that many people do not tell apart."""


@cache
def sounds() -> Mapping[str, str]:
    """Return the sound of each character of everyday Chinese (GB 2312), as it is compared, without tones."""
    return dict(_sounds())


def _sounds() -> Iterator[tuple[str, str]]:
    for char, readings in _table().items():
        try:
            char.encode("gb2312")
        except UnicodeEncodeError:
            continue
        sound = "".join(one for one in unicodedata.normalize("NFD", readings[0]) if one.isascii())
        for pattern, folded in _ALIKE:
            sound = pattern.sub(folded, sound)
        yield fold_han(char), sound


def _table() -> Mapping[str, list[str]]:
    """Return the readings of each character; the library's own file: importing it costs 55 MB for phrases."""
    spec = find_spec("pypinyin")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("pypinyin")
    table = json.loads(Path(spec.origin).with_name("pinyin_dict.json").read_text(encoding="utf-8"))
    return {chr(int(code)): readings.split(",") for code, readings in table.items()}
