"""What is said when nothing else could be: one sentence, and the telephone of the desk for garbage."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.chat.person import Person
from bot.language.speech import Speech
from bot.line.port import Message


@dataclass(frozen=True, slots=True)
class Sorry:
    """Says sorry in plain text: cards and answers may be what failed. `telephone` gives the desk's number."""

    voices: Mapping[str, Speech]
    telephone: Callable[[], str]

    def __call__(self, person: Person) -> tuple[Message, ...]:
        """Return the message in the person's language; in Japanese and English where that is not known."""
        known = person.language or person.hint
        tags = (known,) if known and known in self.voices else ("ja", "en")
        phone = self.telephone()
        sentences = [
            self.voices[tag].say(
                "Something went wrong on our side. Please ask again, or call {phone}.", phone=phone
            )
            for tag in tags
        ]
        return ({"type": "text", "text": "\n\n".join(sentences)},)
