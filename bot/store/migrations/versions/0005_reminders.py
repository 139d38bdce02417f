"""What each person wants to be reminded of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reminders",
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("slot", sa.String(8), nullable=False),
        sa.Column("categories", sa.JSON(none_as_null=True)),
        sa.Column("paused_until", sa.Date),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ended_told", sa.Date),
        sa.Column("asked_at", sa.BigInteger, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_reminders"),
    )


def downgrade() -> None:
    op.drop_table("reminders")
