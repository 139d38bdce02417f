"""The words of the record: what each deed is called, and the kinds that it can be filtered by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from bot.console.screens.broadcasts.words import HAPPENED
from bot.console.speaking import remark, remark_n, role_name
from bot.store.audit import CLI, NOBODY, Entry

KINDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "sign-in": ("signed-in", "signed-out", "recovery-code-used", "session-ended"),
        "failure": ("sign-in-failed", "password-failed", "code-failed"),
        "account": (
            "password-changed",
            "authenticator-set-up",
            "recovery-codes-made",
            "line-linked",
            "line-unlinked",
            "mail-set",
            "mail-removed",
        ),
        "figures": (
            "figures-entered",
            "figure-removed",
            "campaign-added",
            "campaign-ended",
            "campaign-reopened",
        ),
        "broadcast": (
            *(f"broadcast-{action}" for action in HAPPENED),
            "picture-added",
            "series-begun",
            "series-ended",
        ),
        "staff": ("staff-added", "staff-reset", "staff-disabled", "staff-role-changed"),
        "content": (
            "collection-changed",
            "content-proposed",
            "content-published",
            "content-dropped",
            "content-undone",
            "question-dismissed",
            "question-reopened",
        ),
    }
)
"""Kind -> its actions; each action is of one kind."""

_KIND_NAMES: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "sign-in": lambda: remark("Signing in and out"),
        "failure": lambda: remark("Failed tries"),
        "account": lambda: remark("Own account"),
        "figures": lambda: remark("Figures and campaigns"),
        "broadcast": lambda: remark("Broadcasts"),
        "content": lambda: remark("Content"),
        "staff": lambda: remark("Staff accounts"),
    }
)
_ACTIONS: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "signed-in": lambda: remark("signed in"),
        "signed-out": lambda: remark("signed out"),
        "recovery-code-used": lambda: remark("used a recovery code"),
        "session-ended": lambda: remark("signed out another browser"),
        "sign-in-failed": lambda: remark("failed to sign in"),
        "password-failed": lambda: remark("gave a wrong password"),
        "code-failed": lambda: remark("gave a wrong code"),
        "password-changed": lambda: remark("changed the password"),
        "authenticator-set-up": lambda: remark("set up an authenticator"),
        "recovery-codes-made": lambda: remark("made recovery codes"),
        "line-linked": lambda: remark("linked a LINE account"),
        "line-unlinked": lambda: remark("unlinked the LINE account"),
        "mail-set": lambda: remark("set the own mail address"),
        "mail-removed": lambda: remark("removed the own mail address"),
        "figures-entered": lambda: remark("entered figures"),
        "figure-removed": lambda: remark("removed a figure"),
        "campaign-added": lambda: remark("made a campaign"),
        "campaign-ended": lambda: remark("ended a campaign"),
        "campaign-reopened": lambda: remark("reopened a campaign"),
        **{f"broadcast-{action}": told for action, told in HAPPENED.items()},
        "picture-added": lambda: remark("added a picture"),
        "series-begun": lambda: remark("began a series"),
        "series-ended": lambda: remark("ended a series"),
        "collection-changed": lambda: remark("suspended or moved a collection"),
        "staff-added": lambda: remark("added an account"),
        "staff-reset": lambda: remark("made a new one-time password"),
        "staff-disabled": lambda: remark("disabled an account"),
        "staff-role-changed": lambda: remark("changed a role"),
        "content-proposed": lambda: remark("asked for a change of the contents"),
        "content-published": lambda: remark("published a change of the contents"),
        "content-dropped": lambda: remark("dropped a change of the contents"),
        "content-undone": lambda: remark("undid a change of the contents"),
        "question-dismissed": lambda: remark("found a question not worth an answer"),
        "question-reopened": lambda: remark("took a question into the list again"),
    }
)


def kind_name(kind: str) -> str:
    """Return what a kind of deed is called."""
    return _KIND_NAMES[kind]()


def action_told(action: str) -> str:
    """Return what somebody did, as the rest of a sentence about them; an action without words is named."""
    told = _ACTIONS.get(action)
    return told() if told else action


def actor_told(actor: str) -> str:
    """Return who did it."""
    if actor == CLI:
        return remark("the command line")
    return remark("somebody unknown") if actor == NOBODY else actor


def details_told(entry: Entry) -> str:
    """Return what else is known of a deed, in a few words."""
    details = entry.details
    if entry.action == "staff-role-changed":
        return f"{role_name(details['before'])} → {role_name(details['after'])}"
    if entry.action == "figures-entered":
        return remark_n("{n} figure", "{n} figures", details["count"])
    if entry.action == "staff-added":
        return role_name(details["role"])
    return str(details.get("address", ""))
