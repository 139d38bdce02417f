"""Who sees the menu of which language."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "menu_links",
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("language", sa.String(16)),
        sa.Column("menu", sa.String(100)),
        sa.Column("try_at", sa.BigInteger),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_menu_links"),
    )
    op.create_index("ix_menu_links_try_at", "menu_links", ["try_at"])


def downgrade() -> None:
    op.drop_table("menu_links")
