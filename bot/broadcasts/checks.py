"""What to look at in a broadcast, and what stands in its way: one list for the editor and for handing in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from bot.broadcasts import shelf
from bot.broadcasts.audience import keys
from bot.broadcasts.compose import UNKNOWN, Composing, messages
from bot.broadcasts.model import Audience, Broadcast, Kind, Variant
from bot.broadcasts.office import Office
from bot.broadcasts.setting import composing, picture_base
from bot.broadcasts.writing import MOST_CHARACTERS, ORIGINAL, Hint, line_length
from bot.broadcasts.writing import hints as of_texts
from bot.knowledge.importers.proposal import remark
from bot.language.choose import LACKING
from bot.language.tags import OWN_NAMES, TAGS
from bot.messages.actions import opens

_FIRST: Final = ("ja-simple", "en")


def hints(office: Office, broadcast: Broadcast) -> tuple[Hint, ...]:
    """Return everything to look at, what blocks first. Raises StoreError."""
    day = _day(office, broadcast)
    found = [
        *of_texts(broadcast.texts(), day, explained=broadcast.explained),
        *_unwritten(broadcast),
        *_plain(broadcast),
        *(hint for one in broadcast.variants.values() for hint in _variant(office, broadcast, one)),
        *_composed(broadcast, composing(office, broadcast)),
    ]
    once = {hint.id: hint for hint in found}
    return tuple(sorted(once.values(), key=lambda hint: not hint.blocks))


def blocking(office: Office, broadcast: Broadcast) -> tuple[Hint, ...]:
    """Return what has to be mended or explained before it can be handed in."""
    return tuple(hint for hint in hints(office, broadcast) if hint.blocks)


def stale(broadcast: Broadcast, tag: str) -> bool:
    """Return whether the Japanese text changed after this one was written."""
    one, japanese = broadcast.variants.get(tag), broadcast.variants.get(ORIGINAL)
    if tag == ORIGINAL or one is None or japanese is None or not one.text.strip():
        return False
    return one.made_from != shelf.short_hash(japanese.text)


def _day(office: Office, broadcast: Broadcast) -> date:
    """Return the day on which it is read."""
    return office.local(broadcast.due_at or office.now()).date()


def _unwritten(broadcast: Broadcast) -> Iterator[Hint]:
    """Nobody is left without a text silently."""
    wanted = keys(broadcast)
    for tag in wanted:
        if tag in TAGS and broadcast.language_for(tag) is None:
            words = remark(
                "No text in {language}: write one, or choose which text its readers get.",
                language=OWN_NAMES[tag],
            )
            yield Hint(f"unwritten:{tag}", tag, True, words)
    both = LACKING in wanted or (UNKNOWN in wanted and broadcast.kind is Kind.EMERGENCY)
    if both and not any(map(broadcast.language_for, _FIRST)):
        words = remark("Readers of other languages get easy Japanese and English: write one of them.")
        yield Hint("unwritten:other", "ja-simple", True, words)
    if not broadcast.texts():
        yield Hint("empty", ORIGINAL, True, remark("Nothing is written yet."))


def _plain(broadcast: Broadcast) -> Iterator[Hint]:
    """LINE's own broadcast call knows neither languages nor areas, and reaches everybody."""
    everybody = Audience() == broadcast.audience and broadcast.corrects is None
    if broadcast.plain and not (everybody and len(broadcast.texts()) == 1):
        words = remark(
            "LINE's own broadcast goes to every friend with one text: no other audience or language."
        )
        yield Hint("plain", ORIGINAL, True, words)


def _variant(office: Office, broadcast: Broadcast, one: Variant) -> Iterator[Hint]:
    tag = one.language
    if stale(broadcast, tag):
        words = remark("The Japanese changed after this text was written: is it still right?")
        emergency = broadcast.kind is Kind.EMERGENCY and f"stale:{tag}" not in broadcast.explained
        yield Hint(f"stale:{tag}", tag, emergency, words, explainable=True)
    if one.link:
        yield from _link(office, tag, one.link)
    elif one.link_label:
        yield Hint(f"label:{tag}", tag, False, remark("A label without a link is not shown."))
    if one.picture and not one.alt:
        words = remark("Say in words what the picture shows: some readers cannot see it.")
        yield Hint(f"alt:{tag}", tag, True, words)
    if one.picture and picture_base(office) is None:
        words = remark("Pictures need PUBLIC_BASE_URL with https: LINE shows no other address.")
        yield Hint(f"picture:{tag}", tag, True, words)


def _link(office: Office, tag: str, link: str) -> Iterator[Hint]:
    host = urlsplit(link).hostname if opens(link) and link.startswith("https:") else None
    if host is None:
        yield Hint(f"link:{tag}", tag, True, remark("A link starts with https:// and holds no spaces."))
    elif host not in office.knowledge.city.link_hosts:
        words = remark("{host} is not among the hosts that this city links to.", host=host)
        yield Hint(f"host:{tag}", tag, True, words, explainable=False)


def _composed(broadcast: Broadcast, how: Composing) -> Iterator[Hint]:
    """What the texts become together with the lines that are added must fit as well."""
    for tag in broadcast.texts():
        length = line_length(messages(broadcast, broadcast.variants[tag], how)[0]["text"])
        if length > MOST_CHARACTERS:
            words = remark("{n} characters; LINE takes {most}.", n=length, most=MOST_CHARACTERS)
            yield Hint(f"long:{tag}", tag, True, words)
