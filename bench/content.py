"""Content as large as a big city's: a copy of `content/` in a temporary folder, with made-up things added."""

from __future__ import annotations

import csv
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

from bot.answers.index import bare
from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge
from bot.language.tags import TAGS

THINGS = 2_000
FORMS = 20_000
SEED = 2026


def blow_up(content: Path, target: Path) -> Path:
    """Copy `content` to `target` and add things until there are 2,000 with 20,000 names; return `target`.

    A made-up name is two real ones run together, so that it shares its letters with what people ask for:
    that is harder for a matcher than nonsense would be. The same seed gives the same content.
    """
    known = load(content)
    shutil.copytree(content, target)
    models = [item for item in known.items.values() if not item.variants and item.id not in known.overrides]
    ids = [f"made-up-{number}" for number in range(THINGS - len(known.items))]
    with (target / "garbage" / "items.csv").open("a", encoding="utf-8", newline="") as file:
        for number, name in enumerate(ids):
            model = models[number % len(models)]
            csv.writer(file).writerow([name, model.kind, ";".join(model.materials), "", "", ""])
    with (target / "garbage" / "names.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(_names(known, ids))
    return target


def _names(known: Knowledge, ids: list[str]) -> Iterator[list[str]]:
    """Yield rows of names.csv: each thing's name in every language first, then aliases in turn."""
    dice = random.Random(SEED)
    forms = {tag: [bare(one.form) for one in known.names if one.language == tag] for tag in TAGS}
    taken: set[tuple[str, str]] = {(one.language, one.form.casefold()) for one in known.names}
    wanted = FORMS - len(known.names)
    for number in range(wanted):
        turn, place = divmod(number, len(ids))
        tag = TAGS[turn % len(TAGS)]
        form = _new_form(dice, forms[tag], tag, taken)
        kind, short = ("name", f"{place + 1}") if turn < len(TAGS) else ("alias", "")
        yield [ids[place], tag, form, kind, "", short]


def _new_form(dice: random.Random, forms: list[str], tag: str, taken: set[tuple[str, str]]) -> str:
    """Return a form that nothing in this language is called yet, at most 80 characters long."""
    while True:
        form = (" " if tag == "en" else "").join(dice.sample(forms, 2))
        if len(form) <= 80 and (tag, form.casefold()) not in taken:
            taken.add((tag, form.casefold()))
            return form
