"""Names with a slip in them: what was typed is nearly, and hardly anything but, a name."""

from __future__ import annotations

from collections.abc import Callable

from bot.answers.found import COMPOUND, HEAD_ELSEWHERE, Found, Named, risky
from bot.answers.index import Index, spell
from bot.answers.match import SAME_SOUND, Near
from bot.answers.normalise import is_han, is_kana, units
from bot.answers.spot import weight
from bot.answers.vocabulary import Means

_FAR_BEHIND = 0.2

_AROUND = frozenset({Means.FILLER, Means.DISCARD, Means.INTENT})
"""Words that stand around a name without being part of it."""

_ONE_SLIP = 0.8
"""How surely a long name is meant that was typed with one slip."""

_LONG = 4
_LONG_HAN = 3
_LONG_LATIN = 5
"""So long must a name be for a slip in it to leave no doubt."""

_SHORT = 6
"""Unexplained text of more weight than this is a sentence about something, not a name with a slip."""

LookUp = Callable[[str], list[Near]]
"""The names nearest to what was typed, looked up once a remark."""


def slipped(remark: Named, found: list[Found], look_up: LookUp, index: Index) -> list[Found]:
    """Return the one thing whose long name was typed with a single slip, and nothing else with it.

    That explains more than a shorter name found within; but a danger that was named stays named.
    """
    core = [one for one in remark.stretches if not one.means or not one.means <= _AROUND]
    if not core or remark.rest == 0:
        return []
    start, stop = core[0].start, core[-1].stop
    typed = spell(remark.text[start if found else _word_start(remark, start) : stop])
    close = [one for one in look_up(typed) if one.slips == 1 and one.entry.means is Means.ITEM]
    close = [one for one in close if one.likeness >= SAME_SOUND] or close
    if len(close) != 1 or not _is_plain(close[0], typed):
        return []
    slip = Found((close[0].entry,), _ONE_SLIP, f"{typed} ~ {close[0].spelling} (1)")
    named_danger = any(risky(one.entries, index) for one in found)
    return [slip] if not named_danger or risky(slip.entries, index) else []


def _word_start(remark: Named, start: int) -> int:
    """Return where a run of kana begins whose first letters were taken for a particle: は in はらまぎ."""
    before = next((one for one in remark.stretches if one.stop == start), None)
    short = before and before.means == {Means.FILLER} and before.stop - before.start == 1
    if before and short and start not in remark.breaks and is_kana(remark.text[start]):
        return before.start
    return start


def near_names(remark: Named, known: bool, look_up: LookUp) -> list[Found]:
    """Return names spelled like the part of the remark that carries its meaning.

    Where a thing is `known` by its name, others that are spelled alike are only offered beside it.
    """
    text, rest = remark.text, remark.rest
    core = [one for one in remark.stretches if not one.entries or one.about]
    if not core or all(one.about for one in core):
        return []
    begin = core[0].start if known else _word_start(remark, core[0].start)
    whole = spell(text[begin : core[-1].stop])
    parts = [spell(text[one.start : one.stop]) for one in core if not one.entries]
    best: dict[tuple[str, str], Found] = {}
    for query in dict.fromkeys((whole, *parts)):
        alone = query == whole or weight(units(query)) >= rest
        if not (alone or remark.discard or rest <= _SHORT):
            continue
        for near in look_up(query):
            key = (near.entry.means, near.entry.id)
            score = _near_score(near, query) if alone else min(near.likeness - 0.12, HEAD_ELSEWHERE)
            score = min(score, COMPOUND) if known else score
            if key not in best or best[key].score < score:
                best[key] = Found((near.entry,), score, f"{query} ~ {near.spelling} ({near.slips})")
    ranked = sorted(best.values(), key=lambda one: (-one.score, one.entries[0].id))[:6]
    return [one for one in ranked if ranked[0].score - one.score <= _FAR_BEHIND]


def _near_score(near: Near, query: str) -> float:
    return _ONE_SLIP if near.slips <= 1 and _is_plain(near, query) else min(0.74, near.likeness - 0.12)


def _is_plain(near: Near, query: str) -> bool:
    """One slip in a long name leaves little doubt, or in a short one that sounds the same without voicing."""
    if near.likeness >= SAME_SOUND:
        return True
    short = _LONG_HAN if all(map(is_han, query)) else _LONG_LATIN if query.isascii() else _LONG
    return len(query) >= short
