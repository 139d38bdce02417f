"""A small talk for tests of everything around it: it repeats what was said."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.person import Counted, Person, Turn
from bot.line.inbound import Inbound


class Parrot:
    """Repeats texts, remembers a language, asks for a profile once, and counts."""

    def needs_profile(self, event: Inbound, person: Person) -> bool:
        return event.text == "profile?" and not person.asked_profile

    def __call__(self, event: Inbound, person: Person, profile: str | None) -> Turn:
        match event.kind:
            case "unfollow":
                return Turn(person=replace(person, following=False))
            case "unsend":
                return Turn(forget_message=event.message_id)
        if event.kind == "postback":
            return Turn(({"type": "text", "text": f"picked {event.picked}"},))
        if event.text == "break":
            raise KeyError(event.text)
        if event.text == "unspeakable":  # no JSON can say it
            return Turn(({"type": "text", "text": object()},))
        if event.text == "unkeepable":  # no database can keep it
            return Turn(({"type": "text", "text": "kept"},), replace(person, last_answer=object()))  # type: ignore[arg-type]
        if event.text.startswith("lang "):
            person = replace(person, language=event.text.removeprefix("lang "))
        unknown = event.text.endswith("??")
        return Turn(
            messages=({"type": "text", "text": f"{profile or person.language or '-'}: {event.text}"},),
            person=replace(person, last_answer=event.text[:20], offered=("a", "b")),
            counted=(
                Counted("parrot", "ja", "unknown" if unknown else "answered", event.text if unknown else ""),
            ),
        )
