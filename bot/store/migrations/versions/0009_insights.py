"""LINE's figures, figures entered by hand, campaigns and their scans, hours of questions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "line_days",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("followers", sa.BigInteger),
        sa.Column("reaches", sa.BigInteger),
        sa.Column("blocks", sa.BigInteger),
        sa.Column("asked_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_line_days"),
    )
    op.create_index("ix_line_days_asked_at", "line_days", ["asked_at"])
    op.create_table(
        "line_demographics",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("available", sa.Boolean, nullable=False),
        sa.Column("groups", sa.JSON, nullable=False),
        sa.Column("asked_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_line_demographics"),
    )
    op.create_table(
        "kpi_figures",
        sa.Column("series", sa.String(60), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("value", sa.Float, nullable=False),
        sa.Column("entered_by", sa.String(80), nullable=False),
        sa.Column("entered_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("series", "day", name="pk_kpi_figures"),
    )
    op.create_table(
        "campaigns",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("place", sa.String(120), nullable=False),
        sa.Column("created_by", sa.String(80), nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("closed_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("name", name="pk_campaigns"),
    )
    op.create_table(
        "campaign_days",
        sa.Column("campaign", sa.String(40), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("scans", sa.BigInteger, nullable=False),
        sa.Column("follows", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("campaign", "day", name="pk_campaign_days"),
        sa.ForeignKeyConstraint(["campaign"], ["campaigns.name"], name="fk_campaign_days_campaign"),
    )
    op.create_table(
        "campaign_scans",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("campaign", sa.String(40), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_campaign_scans"),
    )
    op.create_index("ix_campaign_scans_at", "campaign_scans", ["at"])
    op.create_table(
        "unit_statistics",
        sa.Column("unit", sa.String(30), nullable=False),
        sa.Column("first_day", sa.Date, nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
        sa.Column("told", sa.JSON, nullable=False),
        sa.Column("asked_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("unit", name="pk_unit_statistics"),
    )
    op.create_table(
        "question_times",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("slot", sa.Integer, nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("n", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("day", "slot", "language", "status", name="pk_question_times"),
    )
    op.create_table(
        "question_answers",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("answer", sa.String(128), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("n", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("day", "answer", "status", name="pk_question_answers"),
    )


def downgrade() -> None:
    for table in (
        "question_answers",
        "question_times",
        "unit_statistics",
        "campaign_scans",
        "campaign_days",
        "campaigns",
        "kpi_figures",
        "line_demographics",
        "line_days",
    ):
        op.drop_table(table)
