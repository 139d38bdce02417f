"""Words that name several things: meant so, or only spelled alike once folded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from bot.answers.normalise import Units, units
from bot.answers.vocabulary import bare
from bot.knowledge.model import Knowledge


@dataclass(frozen=True, slots=True)
class Clash:
    """One spelling and the things it names. `shared`: the content says so itself."""

    spelling: str
    items: tuple[str, ...]
    shared: bool


def several(knowledge: Knowledge) -> Iterator[Clash]:
    """Yield every folded spelling that names more than one thing, in order."""
    owners: dict[Units, dict[str, bool]] = defaultdict(dict)
    written: dict[Units, str] = {}
    for name in knowledge.names:
        for key in {units(name.form), units(bare(name.form))} - {()}:
            owners[key][name.item] = owners[key].get(name.item, False) or name.kind == "shared"
            written.setdefault(key, name.form)
    for key, items in sorted(owners.items()):
        if len(items) > 1:
            yield Clash(written[key], tuple(sorted(items)), all(items.values()))
