"""Roles, and what each may do: one row a capability."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Role(StrEnum):
    """What somebody is to the console. Each may do what those before it may."""

    VIEWER = "viewer"
    WRITER = "writer"
    APPROVER = "approver"
    ADMIN = "admin"


class Capability(StrEnum):
    """Something that can be done here; every page names the one that it needs."""

    LOOK = "look"
    OWN_ACCOUNT = "own-account"
    ENTER_FIGURES = "enter-figures"
    WRITE_BROADCASTS = "write-broadcasts"
    APPROVE_BROADCASTS = "approve-broadcasts"
    SUSPEND_COLLECTIONS = "suspend-collections"
    READ_RECORD = "read-record"
    MANAGE_STAFF = "manage-staff"
    WRITE_CONTENT = "write-content"
    CONFIRM_CONTENT = "confirm-content"


_EVERYBODY = frozenset(Role)
_WRITERS = frozenset({Role.WRITER, Role.APPROVER, Role.ADMIN})
_APPROVERS = frozenset({Role.APPROVER, Role.ADMIN})
_ADMINS = frozenset({Role.ADMIN})

ALLOWED: Final[Mapping[Capability, frozenset[Role]]] = MappingProxyType(
    {
        Capability.LOOK: _EVERYBODY,
        Capability.OWN_ACCOUNT: _EVERYBODY,
        Capability.ENTER_FIGURES: _WRITERS,
        Capability.WRITE_BROADCASTS: _WRITERS,
        Capability.APPROVE_BROADCASTS: _APPROVERS,
        Capability.SUSPEND_COLLECTIONS: _APPROVERS,
        Capability.READ_RECORD: _ADMINS,
        Capability.MANAGE_STAFF: _ADMINS,
        Capability.WRITE_CONTENT: _EVERYBODY - {Role.VIEWER},
        Capability.CONFIRM_CONTENT: _EVERYBODY - {Role.VIEWER, Role.WRITER},
    }
)
"""Who may do what. What is not here, nobody may."""


def may(role: str, capability: Capability) -> bool:
    """Return True when a role may do something; a role that we do not know may do nothing."""
    return role in ALLOWED.get(capability, frozenset())
