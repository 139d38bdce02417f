"""Whether a message tells of an emergency: an accident, a fire, something swallowed."""

from __future__ import annotations

from bot.answers.index import Index, in_a_row
from bot.answers.normalise import Units, units
from bot.answers.vocabulary import Means
from bot.knowledge.model import Knowledge
from bot.knowledge.schema import Safety


def emergency(text: str, index: Index, knowledge: Knowledge) -> Safety | None:
    """Return the emergency that a message tells of, the gravest first; None for any other message."""
    spoken = units(text)
    if spoken in index.alarms:
        return knowledge.safety[index.alarms[spoken]]
    numbers = alarms_of(spoken, index) and alarms_of(_without_alarming_names(spoken, index), index)
    return knowledge.safety[min(numbers)] if numbers else None


def alarms_of(spoken: Units, index: Index) -> list[int]:
    """Return the numbers of the emergencies of which words speak: their places in the content."""
    joined = in_a_row(spoken)
    numbers = [
        number
        for unit in set(spoken)
        for number, cue in index.cues.get(unit, ())
        if all(part in joined for part in cue)
    ]
    heard = {name for name, words in index.alarm_words.items() if any(word in joined for word in words)}
    return numbers + [number for number, groups in index.combined if heard.issuperset(groups)]


def _without_alarming_names(spoken: Units, index: Index) -> Units:
    """Leave out names of things that only sound like an emergency, such as 消炎スプレー."""
    left: list[str] = []
    start = 0
    while start < len(spoken):
        for end in range(min(len(spoken), start + index.longest), start + 1, -1):
            run = spoken[start:end]
            if _names_thing(run, index) and alarms_of(run, index):
                left.append("")
                start = end
                break
        else:
            left.append(spoken[start])
            start += 1
    return tuple(left)


def _names_thing(run: Units, index: Index) -> bool:
    return any(entry.means is Means.ITEM for entry in index.keys.get(run, ()))
