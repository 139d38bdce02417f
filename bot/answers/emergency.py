"""Whether a message tells of an emergency: heard before anything else, whatever else was said."""

from __future__ import annotations

from bot.answers.index import Index, in_a_row
from bot.answers.normalise import Units, units
from bot.answers.vocabulary import Means


def heard(text: str, index: Index) -> int | None:
    """Return the number of the emergency of which a message tells, the gravest of several, or None."""
    spoken = units(text)
    if spoken in index.alarms:
        return index.alarms[spoken]
    numbers = alarms(spoken, index) and alarms(_without_harmless(spoken, index), index)
    return min(numbers) if numbers else None


def alarms(spoken: Units, index: Index) -> list[int]:
    """Return the numbers of the emergencies of which words speak, names of things included."""
    joined, said = in_a_row(spoken), set(spoken)
    numbers = [
        number
        for unit in said
        for number, cue in index.cues.get(unit, ())
        if all(part in joined for part in cue)
    ]
    groups = {name for unit in said for name, word in index.alarm_words.get(unit, ()) if word in joined}
    return numbers + [
        number
        for number, needed, unless in index.combined
        if groups.issuperset(needed) and groups.isdisjoint(unless)
    ]


def _without_harmless(spoken: Units, index: Index) -> Units:
    """Leave out what only sounds like an emergency: 消炎スプレー, "no flame"."""
    left: list[str] = []
    start = 0
    while start < len(spoken):
        for end in range(min(len(spoken), start + index.longest), start + 1, -1):
            if _is_harmless(spoken[start:end], index):
                left.append("")
                start = end
                break
        else:
            left.append(spoken[start])
            start += 1
    return tuple(left)


def _is_harmless(run: Units, index: Index) -> bool:
    if run in index.harmless:
        return True
    return any(entry.means is Means.ITEM for entry in index.keys.get(run)) and bool(alarms(run, index))
