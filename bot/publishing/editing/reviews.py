"""An entry that was looked at again and is right as it is: only its dates change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from bot.answers.engine import Engine
from bot.knowledge.importers.fiscal import fiscal_year, last_day
from bot.knowledge.importers.item_files import OVERRIDES, with_own_words
from bot.knowledge.importers.proposal import remark
from bot.knowledge.importers.refused import Refused
from bot.knowledge.importers.yaml_lines import put
from bot.publishing.editing.edits import Reviewed
from bot.publishing.editing.words import file_of

SOON: Final = timedelta(days=90)
"""Who looks so shortly before the end of the fiscal year need not look again before the next one ends."""


def reviewed(edit: Reviewed, engine: Engine, texts: Mapping[str, str], today: date) -> dict[str, str]:
    """Return the new text of the file in which an entry stands. Raises Refused."""
    due = next_review(today)
    if edit.kind == "garbage":
        rows = engine.knowledge.overrides.get(edit.id, ())
        if len(rows) != 1:
            raise Refused(remark("There is no entry {id} any more.", id=f"{edit.kind}:{edit.id}"))
        row = rows[0].model_copy(update={"checked_on": today, "review_by": due})
        return {OVERRIDES: with_own_words(texts[OVERRIDES], {edit.id: row}, today)}
    file = file_of(edit.kind, edit.id, texts)
    text = put(texts[file], edit.id, ("checked_on",), today.isoformat())
    return {file: put(text, edit.id, ("review_by",), due.isoformat())}


def next_review(today: date) -> date:
    """Return the day by which what was looked at today is to be looked at again."""
    due = last_day(fiscal_year(today))
    return due if due - today > SOON else last_day(fiscal_year(today) + 1)
