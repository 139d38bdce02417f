"""What questions tell, which of them need no answer, and changes of the content in the making."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "question_signals",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("question", sa.String(200), nullable=False),
        sa.Column("target", sa.String(200), nullable=False),
        sa.Column("n", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint(
            "day", "language", "kind", "question", "target", name="pk_question_signals"
        ),
    )
    op.create_table(
        "dismissed_questions",
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("core", sa.String(200), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("by_whom", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("language", "core", name="pk_dismissed_questions"),
    )
    op.create_table(
        "content_proposals",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("author", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("about", sa.String(200), nullable=False),
        sa.Column("asked", sa.LargeBinary),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("looked_at", sa.BigInteger, nullable=False),
        sa.Column("seen", sa.JSON(none_as_null=True)),
        sa.Column("files", sa.JSON(none_as_null=True)),
        sa.Column("report", sa.JSON(none_as_null=True)),
        sa.Column("revision", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="pk_content_proposals"),
    )
    op.create_index("ix_content_proposals_state", "content_proposals", ["state"])


def downgrade() -> None:
    for table in ("content_proposals", "dismissed_questions", "question_signals"):
        op.drop_table(table)
