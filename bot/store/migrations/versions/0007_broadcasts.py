"""Broadcasts: what is written, what was said about it, series, and pictures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "broadcasts",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("order_id", sa.Integer),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("author", sa.String(80), nullable=False),
        sa.Column("hands", sa.JSON, nullable=False),
        sa.Column("template", sa.String(60)),
        sa.Column("blanks", sa.JSON, nullable=False),
        sa.Column("topic", sa.String(40)),
        sa.Column("audience", sa.JSON, nullable=False),
        sa.Column("fallback", sa.JSON, nullable=False),
        sa.Column("explained", sa.JSON, nullable=False),
        sa.Column("due_at", sa.BigInteger),
        sa.Column("hold_minutes", sa.Integer, nullable=False),
        sa.Column("quiet_ok", sa.Boolean, nullable=False),
        sa.Column("valid_until", sa.BigInteger),
        sa.Column("replaces", sa.Integer),
        sa.Column("corrects", sa.Integer),
        sa.Column("series", sa.Integer),
        sa.Column("public", sa.Boolean, nullable=False),
        sa.Column("plain", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("submitted_at", sa.BigInteger),
        sa.Column("submitted_by", sa.String(80)),
        sa.Column("content_hash", sa.String(64)),
        sa.Column("checked", sa.String(12)),
        sa.Column("check_note", sa.String(200), nullable=False),
        sa.Column("approved_by", sa.String(80)),
        sa.Column("approved_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_broadcasts"),
    )
    op.create_index("ix_broadcasts_order_id", "broadcasts", ["order_id"])
    op.create_index("ix_broadcasts_status_due_at", "broadcasts", ["status", "due_at"])
    op.create_index("ix_broadcasts_valid_until", "broadcasts", ["valid_until"])
    op.create_table(
        "broadcast_variants",
        sa.Column("broadcast_id", sa.Integer, nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("picture", sa.Integer),
        sa.Column("alt", sa.String(1500), nullable=False),
        sa.Column("link", sa.String(1000), nullable=False),
        sa.Column("link_label", sa.String(80), nullable=False),
        sa.Column("made_from", sa.String(12), nullable=False),
        sa.PrimaryKeyConstraint("broadcast_id", "language", name="pk_broadcast_variants"),
        sa.ForeignKeyConstraint(["broadcast_id"], ["broadcasts.id"], name="fk_broadcast_variants_broadcast", ondelete="CASCADE"),
    )
    op.create_table(
        "broadcast_notes",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("broadcast_id", sa.Integer, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("by_whom", sa.String(80), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("note", sa.String(1000), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_broadcast_notes"),
    )
    op.create_index("ix_broadcast_notes_broadcast_id", "broadcast_notes", ["broadcast_id"])
    op.create_table(
        "broadcast_suggestions",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("broadcast_id", sa.Integer, nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("by_whom", sa.String(80), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("decided_by", sa.String(80)),
        sa.Column("decided_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_broadcast_suggestions"),
    )
    op.create_index("ix_broadcast_suggestions_broadcast_id", "broadcast_suggestions", ["broadcast_id"])
    op.create_table(
        "broadcast_series",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("source", sa.Integer, nullable=False),
        sa.Column("rule", sa.JSON, nullable=False),
        sa.Column("author", sa.String(80), nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("through", sa.Date),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_broadcast_series"),
    )
    op.create_table(
        "media",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("token", sa.String(43), nullable=False),
        sa.Column("sha", sa.String(64), nullable=False),
        sa.Column("type", sa.String(20), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sa.Column("original", sa.LargeBinary, nullable=False),
        sa.Column("preview", sa.LargeBinary, nullable=False),
        sa.Column("preview_type", sa.String(20), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("by_whom", sa.String(80), nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_media"),
        sa.UniqueConstraint("sha", name="uq_media_sha"),
        sa.UniqueConstraint("token", name="uq_media_token"),
    )


def downgrade() -> None:
    for table in (
        "media",
        "broadcast_series",
        "broadcast_suggestions",
        "broadcast_notes",
        "broadcast_variants",
        "broadcasts",
    ):
        op.drop_table(table)
