"""What people chose about the city's notices, and how far the import of followers is."""

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
    op.create_table(
        "follower_imports",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("started_at", sa.BigInteger, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("goes_on", sa.String(1000)),
        sa.Column("seen", sa.Integer, nullable=False),
        sa.Column("added", sa.Integer, nullable=False),
        sa.Column("ended_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_follower_imports"),
    )


def downgrade() -> None:
    op.drop_table("follower_imports")
    op.drop_table("person_topics")
