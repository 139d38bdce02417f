"""What people chose about the city's notices: topics switched off, how often."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "person_topics",
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("often", sa.String(12)),
        sa.Column("off", sa.String(400), nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_person_topics"),
    )


def downgrade() -> None:
    op.drop_table("person_topics")
