"""The step of a guided path that a person may go back to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("people") as people:
        people.add_column(sa.Column("path", sa.String(200)))


def downgrade() -> None:
    with op.batch_alter_table("people") as people:
        people.drop_column("path")
