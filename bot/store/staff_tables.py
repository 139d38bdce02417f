"""The tables of the staff: accounts, sessions, tries to sign in, mails, and the record of what was done."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.store.models import metadata

staff = Table(
    "staff",
    metadata,
    Column("id", Integer, nullable=False, autoincrement=True),
    Column("name", String(80), nullable=False),
    # The name as it is compared: width, case and spaces make no other person.
    Column("folded", String(80), nullable=False),
    Column("role", String(12), nullable=False),
    Column("password", String(200), nullable=False),
    # Until when a one-time password may be used; NULL says that it is a password of the person's own.
    Column("password_until", BigInteger),
    # Leads to the secret of one-time codes only together with the service's own key; NULL: not set up.
    Column("totp_salt", String(64)),
    # The time step of the last code that was accepted: no code is good twice.
    Column("totp_step", BigInteger, nullable=False),
    Column("disabled_at", BigInteger),
    Column("language", String(8), nullable=False),
    Column("text_size", String(8), nullable=False),
    Column("line_user_id", String(64)),
    # A digest of the code that links a LINE account, while one is offered.
    Column("link_code", String(64)),
    Column("link_until", BigInteger),
    # Where they are told by mail; NULL: nowhere.
    Column("mail", String(254)),
    Column("created_at", BigInteger, nullable=False),
    Column("signed_in_at", BigInteger),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("folded", name="uq_staff_folded"),
    UniqueConstraint("line_user_id", name="uq_staff_line_user_id"),
)

staff_sessions = Table(
    "staff_sessions",
    metadata,
    Column("id", Integer, nullable=False, autoincrement=True),
    # A digest of what the browser holds: a copy of this table opens no door.
    Column("token", String(64), nullable=False),
    Column("staff_id", Integer, nullable=False),
    Column("stage", String(8), nullable=False),
    # The salt of one-time codes that are being set up.
    Column("pending", String(64)),
    Column("created_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("fresh_at", BigInteger, nullable=False),
    Column("ends_at", BigInteger, nullable=False),
    Column("browser", String(80), nullable=False),
    PrimaryKeyConstraint("id"),
    ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_staff_sessions_staff", ondelete="CASCADE"),
    UniqueConstraint("token", name="uq_staff_sessions_token"),
)
Index(None, staff_sessions.c.staff_id)

staff_recovery_codes = Table(
    "staff_recovery_codes",
    metadata,
    Column("staff_id", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    PrimaryKeyConstraint("staff_id", "digest"),
    ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_staff_recovery_staff", ondelete="CASCADE"),
)

staff_attempts = Table(
    "staff_attempts",
    metadata,
    Column("key", String(64), nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("n", Integer, nullable=False),
    PrimaryKeyConstraint("key"),
)

# The outbox. The address is looked up when a mail leaves: a copy here would outlive the one that was removed.
staff_mails = Table(
    "staff_mails",
    metadata,
    Column("id", Integer, nullable=False, autoincrement=True),
    Column("to_whom", Integer, nullable=False),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False),
    # From when on it is to be sent; NULL: it was, or that was given up.
    Column("try_at", BigInteger),
    Column("sent_at", BigInteger),
    PrimaryKeyConstraint("id"),
    ForeignKeyConstraint(["to_whom"], ["staff.id"], name="fk_staff_mails_staff", ondelete="CASCADE"),
)
Index(None, staff_mails.c.try_at)

# Append-only: triggers refuse changes and deletions.
audit_log = Table(
    "audit_log",
    metadata,
    Column("id", Integer, nullable=False, autoincrement=True),
    Column("at", BigInteger, nullable=False),
    Column("actor", String(80), nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject", String(120), nullable=False),
    Column("details", JSON, nullable=False),
    PrimaryKeyConstraint("id"),
)
Index(None, audit_log.c.actor, audit_log.c.id)
Index(None, audit_log.c.action, audit_log.c.id)
