"""The city's notices as an answer: what was asked about them, and what stands under each everyday one."""

from __future__ import annotations

from bot.answers.model import Answer, Button, Card, Status
from bot.answers.reader import Reader
from bot.answers.taps import Tap
from bot.language.speech import Speech

NOTICES = "notices:"
"""Begins the ids of everything about notices: `notices:open`, `notices:emergencies`, `notices:why-12`."""

EMERGENCIES = "emergencies"
"""Asks for nothing but emergencies from now on."""

STOP_HERE = f"{NOTICES}stop-here"
"""The id of the answer to "stop" without more: on a guided path it means the path, else everything sent."""

WHY = "why"
"""Asks why a notice came: `why-12` for notice 12, `why` for the latest."""


def notices_tap(what: str) -> Tap:
    """Return the tap that asks for something about notices."""
    return Tap("answer", f"{NOTICES}{what}")


def under_notice(speech: Speech, notice: int) -> tuple[Button, ...]:
    """Return the buttons under an everyday notice: why it came, which ones to get, emergencies only."""
    say = speech.say
    return (
        Button(say("Why did I get this?"), notices_tap(f"{WHY}-{notice}")),
        Button(say("Choose notices"), notices_tap("open")),
        Button(say("Emergencies only"), notices_tap(EMERGENCIES)),
    )


def notices_answer(reader: Reader, what: str) -> Answer:
    """Return that notices are chosen in the chat, where this answer is replaced by what is set there."""
    lead = reader.speech.say("You decide which notices of the city you get here on LINE.")
    return Answer(
        status=Status.MENU,
        language=reader.language,
        answer_id=f"{NOTICES}{what or 'open'}",
        cards=(Card(title=lead, lead=lead),),
        topic="notices",
    )
