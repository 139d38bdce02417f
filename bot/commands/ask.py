"""`python -m bot ask`: the answer engine on the command line, without environment, database or network."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot.answers.engine import Engine
from bot.answers.model import Answer, Question
from bot.clock import Clock
from bot.knowledge.loader import load
from bot.knowledge.model import ContentRefused, Knowledge
from bot.language.choose import LACKING, of_sentence, of_word, reply_language
from bot.language.speech import load_voices
from bot.language.tags import TAGS
from bot.messages.text import flatten
from bot.pantry import engine_for

ROOT = Path(__file__).resolve().parents[2]


@click.command("ask")
@click.argument("questions", nargs=-1)
@click.option(
    "--lang", type=click.Choice(TAGS), help="The reader's language; without it, the question's own."
)
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Answer as of this day (noon, city time).")
@click.option(
    "--now", "moment", type=click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]), help="... and time."
)
@click.option("--area", help="The reader's collection area: its id or letter.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, in order.")
@click.option("--why", is_flag=True, help="Print on standard error which step matched what.")
def command(
    questions: tuple[str, ...],
    lang: str | None,
    today: datetime | None,
    moment: datetime | None,
    area: str | None,
    as_json: bool,
    why: bool,
) -> None:
    """Answer questions given as arguments, or one a line on standard input.

    \b
    Examples:
      python -m bot ask フライパン "how do I throw away a frying pan"
      python -m bot ask --lang zh-Hant --json < questions.txt
    """
    try:
        knowledge = load(Path(os.environ.get("CONTENT_DIR") or ROOT / "content"))
    except ContentRefused as refused:
        raise click.ClickException(f"the content cannot be used:\n{refused}") from None
    voices = load_voices(ROOT / "locales")
    engine = engine_for(knowledge, voices)
    area = area and _area(knowledge, area)
    now = _moment(moment, today, ZoneInfo(knowledge.city.timezone))
    for text in questions or _lines():
        language = lang or spoken(engine, text)
        answer = engine.answer(Question(text=text, language=language, now=now, area=area))
        shown = flatten(answer, voices[answer.language])
        click.echo(json.dumps(_record(text, answer, shown), ensure_ascii=False) if as_json else shown + "\n")
        if why:
            click.echo("\n".join(f"  {line}" for line in answer.trace), err=True)


def _area(knowledge: Knowledge, named: str) -> str:
    """Return the id of an area by its id or letter, in any case. Raises BadParameter where there is none."""
    for area in knowledge.calendar.areas.values():
        if named.casefold() in (area.id.casefold(), area.letter.casefold()):
            return area.id
    known = ", ".join(knowledge.calendar.areas) or "none is loaded"
    raise click.BadParameter(f"there is no area {named!r}; areas: {known}", param_hint="--area")


def spoken(engine: Engine, text: str) -> str:
    """Return the language to answer a stranger in; easy Japanese where we lack their language."""
    language = reply_language(None, of_sentence(text), None, None, of_word(text, engine.spoken_in(text)))
    return "ja-simple" if language == LACKING else language


def _moment(moment: datetime | None, today: datetime | None, zone: ZoneInfo) -> datetime:
    if moment:
        return moment.replace(tzinfo=zone)
    if today:
        return datetime.combine(today.date(), time(12), tzinfo=zone)
    return Clock().now()


def _lines() -> Iterator[str]:
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace").rstrip("\r\n")


def _record(text: str, answer: Answer, shown: str) -> Mapping[str, object]:
    return {
        "question": text,
        "language": answer.language,
        "status": answer.status.value,
        "answer_id": answer.answer_id,
        "category": answer.category,
        "categories": list(answer.categories),
        "facts": list(answer.facts),
        "confidence": round(answer.confidence, 3),
        "choices": [
            {"label": one.label, "answer_id": one.answer_id, "category": one.category}
            for one in answer.choices
        ],
        "text": shown,
    }
