"""Names with a slip in them: what was typed is nearly, and hardly anything but, a name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.answers.found import COMPOUND, HEAD_ELSEWHERE, Found, Named, risky
from bot.answers.index import Index, spell
from bot.answers.match import SAME_SOUND, Near
from bot.answers.normalise import is_han, is_kana, is_katakana
from bot.answers.spot import Stretch, weight
from bot.answers.vocabulary import ORDINARY, Means

_FAR_BEHIND = 0.2

_AROUND = frozenset({Means.FILLER, Means.DISCARD, Means.INTENT})
"""Words that stand around a name without being part of it."""

_ONE_SLIP = 0.8
"""How surely a long name is meant that was typed with one slip."""

_LONG = 4
_LONG_HAN = 3
_LONG_LATIN = 5
"""So long must a name be for a slip in it to leave no doubt."""

_FEW = 6
"""In a remark of so few units words of talk may be part of a name: spray can, Rubbish bin."""

_SHORT = 6
"""Unexplained text of more weight than this is a sentence about something, not a name with a slip."""

_PARTS = 3
"""So many unknown words of a remark are looked up by themselves, the longest first."""

LookUp = Callable[[int, int], list[Near]]
"""The names nearest to a run of units of a remark, looked up once."""


def slipped(remark: Named, found: list[Found], look_up: LookUp, index: Index) -> list[Found]:
    """Return the one thing whose long name was typed with a single slip, and nothing else with it.

    That explains more than a shorter name found within; but a danger that was named stays named.
    """
    if remark.rest == 0:
        return []
    for start, stop in _wholes(remark, bool(found)):
        if _all_known(remark, start, stop):
            continue
        close = [one for one in look_up(start, stop) if one.slips == 1 and one.entry.means is Means.ITEM]
        close = [one for one in close if one.likeness >= SAME_SOUND] or close
        close = [one for one in close if one.natural] or close
        typed = spell(remark.text[start:stop])
        if len(close) == 1 and _is_plain(remark, close[0], typed):
            slip = Found((close[0].entry,), _ONE_SLIP, f"{typed} ~ {close[0].spelling} (1)")
            named_danger = any(risky(one.entries, index) for one in found)
            return [slip] if not named_danger or risky(slip.entries, index) else []
    return []


def _wholes(remark: Named, known: bool) -> Iterator[tuple[int, int]]:
    """Yield what may be one mistyped name: a remark without the talk around it, and a short one with it."""
    content = [one for one in remark.stretches if not (one.entries and _is_talk(one))]
    if content:
        start, stop = content[0].start, content[-1].stop
        yield (start if known else _word_start(remark, start)), stop
        if len(remark.text) <= _FEW and stop - start < len(remark.text):
            yield 0, len(remark.text)


def _all_known(remark: Named, start: int, stop: int) -> bool:
    """True for a run of known words, which is typed as it was meant."""
    within = (one for one in remark.stretches if start < one.stop and one.start < stop)
    return all(one.entries for one in within)


def _is_talk(one: Stretch) -> bool:
    """True for words around a name; everyday words may be part of one."""
    ids = {entry.id for entry in one.entries}
    return one.means <= _AROUND and (ORDINARY not in ids or Means.FILLER.value in ids)


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
    core = [one for one in remark.stretches if not one.entries or one.about]
    if not core or all(one.about for one in core):
        return []
    begin = core[0].start if known else _word_start(remark, core[0].start)
    wholes = [(begin, core[-1].stop), *_wholes(remark, known)]
    unknown = [(one.start, one.stop) for one in core if not one.entries]
    parts = sorted(unknown, key=lambda one: one[0] - one[1])[:_PARTS]
    best: dict[tuple[str, str], Found] = {}
    for start, stop in dict.fromkeys((*wholes, *parts)):
        alone = (start, stop) in wholes or weight(remark.text[start:stop]) >= remark.rest
        if not (alone or remark.discard or remark.rest <= _SHORT):
            continue
        typed = spell(remark.text[start:stop])
        for near in () if _all_known(remark, start, stop) else look_up(start, stop):
            if not alone and len(typed) <= _LONG and any(map(is_han, typed)) and not near.natural:
                continue
            key = (near.entry.means, near.entry.id)
            score = _near_score(remark, near, typed) if alone else min(near.likeness - 0.12, HEAD_ELSEWHERE)
            score = min(score, COMPOUND) if known else score
            if key not in best or best[key].score < score:
                best[key] = Found((near.entry,), score, f"{typed} ~ {near.spelling} ({near.slips})")
    ranked = sorted(best.values(), key=lambda one: (-one.score, one.entries[0].id))[:6]
    return [one for one in ranked if ranked[0].score - one.score <= _FAR_BEHIND]


def _near_score(remark: Named, near: Near, query: str) -> float:
    slip = near.slips <= 1 and _is_plain(remark, near, query)
    return _ONE_SLIP if slip else min(0.74, near.likeness - 0.12)


def _is_plain(remark: Named, near: Near, query: str) -> bool:
    """One slip in a long name leaves little doubt, or of voicing in a short one in katakana.

    Another last character makes another thing: 阿波舞节 (a feast) is no 阿波舞衣 (a dress). A first one may
    be left out because the thing is another: 热水壶 and 电热水壶.
    """
    if near.likeness >= SAME_SOUND:
        return len(query) >= _LONG or is_katakana(remark.raw)
    if not near.natural and is_han(query[-1]) and query[-1] != near.spelling[-1]:
        return False
    if is_han(query[0]) and near.spelling[1:] == query:
        return False
    short = _LONG_HAN if all(map(is_han, query)) else _LONG_LATIN if query.isascii() else _LONG
    return len(query) >= short
