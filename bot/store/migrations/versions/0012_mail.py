"""Staff are told by mail too: their addresses, and the outbox."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("staff", sa.Column("mail", sa.String(254)))
    op.create_table(
        "staff_mails",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("to_whom", sa.Integer, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("try_at", sa.BigInteger),
        sa.Column("sent_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_staff_mails"),
        sa.ForeignKeyConstraint(["to_whom"], ["staff.id"], name="fk_staff_mails_staff", ondelete="CASCADE"),
    )
    op.create_index("ix_staff_mails_try_at", "staff_mails", ["try_at"])


def downgrade() -> None:
    op.drop_table("staff_mails")
    op.drop_column("staff", "mail")
