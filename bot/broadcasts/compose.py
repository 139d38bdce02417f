"""A broadcast as the JSON that LINE gets: preview, validation, frozen content and delivery all use this."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from typing import Final

from bot.answers.menu import language_buttons
from bot.answers.model import Button
from bot.answers.notices import under_notice
from bot.broadcasts.model import Broadcast, Kind, Variant
from bot.delivery.order import frozen
from bot.language.choose import LACKING
from bot.language.speech import Speech
from bot.language.tags import TAGS
from bot.messages import looks
from bot.messages.actions import quick_reply
from bot.messages.limits import LABEL, Json, clean, headline, shorten
from bot.store import orders
from bot.store.moments import moment

UNKNOWN: Final = "unknown"
"""Key of what readers get whose language nobody knows."""

KEYS: Final = (*TAGS, LACKING, UNKNOWN)
"""Keys of the variants that an order can have: a language of ours, one that we lack, an unknown one."""

_LACKED: Final = ("ja-simple", "en")
"""What somebody reads whose language we lack: both, never silently one of them."""

_CHINESE: Final = ("zh-Hans", "zh-Hant")
_ASPECT: Final = (1, 3)
"""LINE shows no picture that is more than three times as high as wide, or as wide as high."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Where LINE's users get a picture, and its size in pixels."""

    address: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Composing:
    """What composing needs beside the broadcast: the readers' voices, the city's time zone, the pictures."""

    voices: Mapping[str, Speech]
    zone: tzinfo
    pictures: Mapping[int, Picture] = field(default_factory=dict)


def messages(broadcast: Broadcast, variant: Variant, composing: Composing) -> tuple[Json, ...]:
    """Return the messages of one variant: plain text first, then a card for picture and link."""
    speech = composing.voices[variant.language]
    found: list[Json] = [{"type": "text", "text": _text(broadcast, variant, speech, composing.zone)}]
    card = _card(variant, composing.pictures.get(variant.picture or 0), speech)
    if card:
        found.append(card)
    quick = quick_reply(under_notice(speech, broadcast.id))
    if quick and broadcast.kind is not Kind.EMERGENCY:
        found[-1]["quickReply"] = quick
    return tuple(found)


def for_key(broadcast: Broadcast, key: str, composing: Composing) -> tuple[Json, ...]:
    """Return what readers get by the key of their variant; nothing when nothing is written for them."""
    if key in TAGS:
        language = broadcast.language_for(key)
        return messages(broadcast, broadcast.variants[language], composing) if language else ()
    if key == LACKING:
        return _several(broadcast, _LACKED, composing)
    if broadcast.kind is Kind.EMERGENCY:
        both = _several(broadcast, _LACKED, composing)
        chinese = _chinese_line(broadcast)
        return (*both, *chinese) if both else ()
    japanese = for_key(broadcast, "ja", composing) or _several(broadcast, TAGS, composing)[:1]
    *_, stop = under_notice(composing.voices["ja"], broadcast.id)
    return _with_languages(japanese, stop)


def variants(broadcast: Broadcast, composing: Composing, keys: tuple[str, ...] = KEYS) -> dict[str, bytes]:
    """Return the frozen messages by key of variant, without keys for which nothing is written."""
    composed = {key: for_key(broadcast, key, composing) for key in keys}
    return {key: frozen(found) for key, found in composed.items() if found}


def content_hash(composed: Mapping[str, bytes]) -> str:
    """Return the hash that approval stands for; an order of these variants has the same."""
    return orders.content_hash({key: hashlib.sha256(one).hexdigest() for key, one in composed.items()})


def _text(broadcast: Broadcast, variant: Variant, speech: Speech, zone: tzinfo) -> str:
    say, lines = speech.say, [clean(variant.text)]
    if broadcast.corrects:
        lines.insert(0, say("Correction"))
    elif broadcast.replaces:
        lines.append(say("This replaces our earlier notice."))
    if broadcast.valid_until and not broadcast.template:
        until = moment(broadcast.valid_until).astimezone(zone)
        day, time = speech.date(until.date()), speech.time(f"{until:%H:%M}")
        lines.append(say("Valid until {day}, {time}.", day=day, time=time))
    return "\n".join(lines)


def _card(variant: Variant, picture: Picture | None, speech: Speech) -> Json | None:
    """Return picture and link as one card; its alternative text is what the picture shows."""
    link = clean(variant.link)
    label = shorten(clean(variant.link_label) or speech.say("More"), LABEL)
    if not picture and not link:
        return None
    alt = clean(variant.alt) or label
    press = {"type": "uri", "label": label, "uri": link}
    blocks: Json = {}
    if picture:
        blocks["hero"] = _hero(picture)
    if clean(variant.alt) or not link:
        words = {"type": "text", "text": alt, "wrap": True, "size": "md", "color": looks.INK}
        blocks["body"] = {"type": "box", "layout": "vertical", "contents": [words]}
    if link:
        button = {"type": "button", "style": "primary", "color": looks.INDIGO, "action": press}
        blocks["footer"] = {"type": "box", "layout": "vertical", "contents": [button]}
    contents = {"type": "bubble", "size": "mega", **blocks}
    return {"type": "flex", "altText": headline(alt), "contents": contents}


def _hero(picture: Picture) -> Json:
    low, high = _ASPECT
    wide = min(max(picture.width, picture.height * low // high), picture.height * high)
    return {
        "type": "image",
        "url": picture.address,
        "size": "full",
        "aspectRatio": f"{wide}:{picture.height}",
        "aspectMode": "fit",
    }


def _several(broadcast: Broadcast, tags: tuple[str, ...], composing: Composing) -> tuple[Json, ...]:
    """Return the messages of several languages, each text once; of one card the first language's."""
    languages = dict.fromkeys(filter(None, map(broadcast.language_for, tags)))
    composed = [messages(broadcast, broadcast.variants[one], composing) for one in languages]
    shown = [*(one[0] for one in composed), *(composed[0][1:] if composed else ())]
    plain = [{name: part for name, part in one.items() if name != "quickReply"} for one in shown]
    if composed and "quickReply" in composed[0][-1]:
        plain[-1]["quickReply"] = composed[0][-1]["quickReply"]
    return tuple(plain)


def _chinese_line(broadcast: Broadcast) -> Iterator[Json]:
    """Yield the first line of both Chinese texts as one message."""
    first = [
        headline(clean(broadcast.variants[tag].text).partition("\n")[0], 200)
        for tag in _CHINESE
        if tag in broadcast.texts()
    ]
    if first:
        yield {"type": "text", "text": "\n".join(dict.fromkeys(first))}


def _with_languages(composed: tuple[Json, ...], stop: Button) -> tuple[Json, ...]:
    """Offer the languages below the last message, where LINE shows buttons, and the way to stop."""
    quick = quick_reply((*language_buttons(), stop))
    if not composed or not quick:
        return composed
    return (*composed[:-1], {**composed[-1], "quickReply": quick})


def previewed(broadcast: Broadcast, language: str, composing: Composing) -> tuple[Json, ...]:
    """Return what a variant looks like while it is written: also without a text."""
    variant = broadcast.variants.get(language) or Variant(language, "")
    return messages(broadcast, replace(variant, text=variant.text or "…"), composing)
