"""Changes of the content that are made without touching its files, each whole and with its author."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "content_revisions",
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("author", sa.String(80), nullable=False),
        sa.Column("confirmed_by", sa.String(80)),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("summary", sa.String(400), nullable=False),
        sa.Column("files", sa.JSON, nullable=False),
        sa.Column("base", sa.JSON, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("undone_by", sa.String(80)),
        sa.Column("undone_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("number", name="pk_content_revisions"),
    )


def downgrade() -> None:
    op.drop_table("content_revisions")
