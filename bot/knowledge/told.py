"""Remarks become sentences in the language of whoever reads them."""

from __future__ import annotations

import datetime as dt

from babel.dates import format_skeleton

from bot.knowledge.importers.proposal import Remark
from bot.language.speech import Speech


def told(voice: Speech, remark: Remark) -> str:
    """Return a remark as a sentence of the staff's language; remarks and dates in it are told too.

    A sentence that no catalog has yet is told in English, as it was written.
    """
    values = {name: _value(voice, value) for name, value in remark.values.items()}
    if remark.plural:
        text = voice.catalog.ngettext(remark.text, remark.plural, int(str(remark.values["n"])))
    else:
        text = voice.catalog.gettext(remark.text)
    return text.format_map(values)


def _value(voice: Speech, value: object) -> object:
    match value:
        case Remark():
            return told(voice, value)
        case dt.date():
            return format_skeleton("yMMMEd", value, locale=voice.tag)
        case list() | tuple():
            return voice.list(str(_value(voice, one)) for one in value)
        case _:
            return value
