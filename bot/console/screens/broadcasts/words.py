"""What things about a broadcast are called: its states, kinds, languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from bot.console.speaking import remark
from bot.lifecycle import Order

_STATES: Final[Mapping[Order, tuple[str, Callable[[], str]]]] = MappingProxyType(
    {
        Order.DRAFT: ("", lambda: remark("Draft")),
        Order.IN_REVIEW: ("waits", lambda: remark("Waits for approval")),
        Order.SCHEDULED: ("set", lambda: remark("Scheduled")),
        Order.SENDING: ("set", lambda: remark("Being sent")),
        Order.HELD: ("off", lambda: remark("On hold")),
        Order.SENT: ("done", lambda: remark("Sent out")),
        Order.SENT_IN_PART: ("off", lambda: remark("Sent in part")),
        Order.STOPPED: ("off", lambda: remark("Stopped")),
        Order.CANCELLED: ("", lambda: remark("Cancelled")),
        Order.DISCARDED: ("", lambda: remark("Discarded")),
    }
)
"""State -> (the look of its tag, its name)."""

_LANGUAGES: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "ja": lambda: remark("Japanese"),
        "ja-simple": lambda: remark("Easy Japanese"),
        "en": lambda: remark("English"),
        "zh-Hans": lambda: remark("Chinese (simplified)"),
        "zh-Hant": lambda: remark("Chinese (traditional)"),
    }
)


def state_name(state: str) -> str:
    """Return what a state is called."""
    return _STATES[Order(state)][1]()


def state_look(state: str) -> str:
    """Return the class of a state's tag."""
    return _STATES[Order(state)][0]


def language_name(tag: str) -> str:
    """Return what a readers' language is called; one without a name is called by its tag."""
    told = _LANGUAGES.get(tag)
    return told() if told else tag


def variant_name(variant: str) -> str:
    """Return what the readers of a variant are called: of a language, of one we lack, of an unknown one."""
    names = {"other": remark("Languages we lack"), "unknown": remark("Language not known")}
    return names.get(variant) or language_name(variant)


def html_lang(tag: str) -> str:
    """Return a readers' language as HTML names it."""
    return "ja" if tag == "ja-simple" else tag


HAPPENED: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "begun": lambda: remark("began to write it"),
        "changed": lambda: remark("changed it"),
        "submitted": lambda: remark("handed it in"),
        "approved": lambda: remark("approved it"),
        "sent-back": lambda: remark("sent it back"),
        "taken-back": lambda: remark("took it back"),
        "rescheduled": lambda: remark("chose another time"),
        "discarded": lambda: remark("discarded it"),
        "stopped": lambda: remark("stopped it"),
        "held": lambda: remark("put it on hold"),
        "resumed": lambda: remark("let it go on"),
        "being-corrected": lambda: remark("began a correction"),
        "approval-fell": lambda: remark("lost the right to approve, so it became a draft again"),
        "tested": lambda: remark("sent a test"),
        "batch-marked": lambda: remark("said of a batch whether it arrived"),
        "suggested": lambda: remark("suggested a wording"),
        "suggestion-accepted": lambda: remark("took over a suggested wording"),
        "suggestion-declined": lambda: remark("left a suggested wording aside"),
        "refused-by-line": lambda: remark("would refuse these messages"),
    }
)
"""What is done to a broadcast -> its words, as the rest of a sentence about whoever did it."""


def happened(action: str) -> str:
    """Return what somebody did to a broadcast; an action without words is named."""
    told = HAPPENED.get(action)
    return told() if told else action


_HELD: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "held": lambda: remark("Somebody put it on hold."),
        "quota_reached": lambda: remark("LINE's messages of this month are used up."),
        "quota_short": lambda: remark("LINE's messages of this month are not enough for it."),
        "unauthorised": lambda: remark("LINE refuses the channel token. Tell whoever runs the service."),
        "refused_twice": lambda: remark("LINE refused the messages twice."),
        "count_mismatch": lambda: remark("The numbers do not add up. Tell whoever runs the service."),
        "content_changed": lambda: remark("The texts are not those that were approved."),
        "variant_missing": lambda: remark("A text is missing for some of the readers."),
        "earlier_order_still_open": lambda: remark("What it corrects is still being sent."),
    }
)
"""First word of the reason that delivery gives -> what staff read."""


def held_told(note: str) -> str:
    """Return why a broadcast waits; a reason without words is named as it is."""
    told = _HELD.get(note.partition(" ")[0])
    return told() if told else remark("On hold: {reason}", reason=note)
