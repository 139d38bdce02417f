"""What a talk needs: events that came in, people, counts, unanswered questions, and the database's identity."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_WAITS = ("within_100ms", "within_300ms", "within_1s", "within_3s", "within_10s", "slower")


def upgrade() -> None:
    op.create_table(
        "inbox",
        sa.Column("event_id", sa.String(80), nullable=False),
        sa.Column("person", sa.String(64)),
        sa.Column("message_id", sa.String(64)),
        sa.Column("reply_token", sa.String(256)),
        sa.Column("body", sa.LargeBinary),
        sa.Column("reply", sa.LargeBinary),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("sent_at", sa.BigInteger, nullable=False),
        sa.Column("received_at", sa.BigInteger, nullable=False),
        sa.Column("token_at", sa.BigInteger, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("owner", sa.String(40)),
        sa.Column("lease_until", sa.BigInteger),
        sa.PrimaryKeyConstraint("event_id", name="pk_inbox"),
    )
    still_open = sa.text("lease_until IS NOT NULL")
    op.create_index(
        "ix_inbox_open", "inbox", ["person", "sent_at"], sqlite_where=still_open, postgresql_where=still_open
    )
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"])
    op.create_table(
        "people",
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("language", sa.String(16)),
        sa.Column("hint", sa.String(16)),
        sa.Column("asked_profile", sa.Boolean, nullable=False),
        sa.Column("following", sa.Boolean, nullable=False),
        sa.Column("visitor_until", sa.Date),
        sa.Column("resident", sa.Boolean, nullable=False),
        sa.Column("area", sa.String(64)),
        sa.Column("last_answer", sa.String(200)),
        sa.Column("offered", sa.JSON, nullable=False),
        sa.Column("unknowns", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_people"),
    )
    op.create_table(
        "question_counts",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("topic", sa.String(128), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("n", sa.BigInteger, nullable=False),
        *(sa.Column(wait, sa.BigInteger, nullable=False) for wait in _WAITS),
        sa.PrimaryKeyConstraint("day", "topic", "language", "status", name="pk_question_counts"),
    )
    op.create_table(
        "unanswered",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("question", sa.String(200), nullable=False),
        sa.Column("n", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("day", "language", "question", name="pk_unanswered"),
    )
    op.create_table(
        "identity",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("mode", sa.String(12), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_identity"),
        sa.CheckConstraint("id = 1", name="only_one"),
    )


def downgrade() -> None:
    for table in ("identity", "unanswered", "question_counts", "people", "inbox"):
        op.drop_table(table)
