"""The tables of figures: LINE's own, those entered by hand, campaigns, hours of questions."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
)

from bot.store.models import metadata

# What LINE told of each day; a day without a row was not asked for yet.
line_days = Table(
    "line_days",
    metadata,
    Column("day", Date, nullable=False),
    # ready, unready or out_of_service, as LINE says.
    Column("status", String(16), nullable=False),
    # All NULL unless ready, and where LINE hides them.
    Column("followers", BigInteger),
    Column("reaches", BigInteger),
    Column("blocks", BigInteger),
    Column("asked_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("day"),
)
Index(None, line_days.c.asked_at)

line_demographics = Table(
    "line_demographics",
    metadata,
    # The day on which LINE was asked; its shares are about three days old then.
    Column("day", Date, nullable=False),
    Column("available", Boolean, nullable=False),
    # Group -> list of {name, percentage}, as LINE says.
    Column("groups", JSON, nullable=False),
    Column("asked_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("day"),
)

# Figures that only people know: other accounts, earlier years, further goals.
kpi_figures = Table(
    "kpi_figures",
    metadata,
    Column("series", String(60), nullable=False),
    Column("day", Date, nullable=False),
    Column("value", Float, nullable=False),
    Column("entered_by", String(80), nullable=False),
    Column("entered_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("series", "day"),
)

campaigns = Table(
    "campaigns",
    metadata,
    Column("name", String(40), nullable=False),
    # Where it hangs or stands, in the words of staff.
    Column("place", String(120), nullable=False),
    Column("created_by", String(80), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("closed_at", BigInteger),
    PrimaryKeyConstraint("name"),
)

campaign_days = Table(
    "campaign_days",
    metadata,
    Column("campaign", String(40), nullable=False),
    Column("day", Date, nullable=False),
    Column("scans", BigInteger, nullable=False),
    # Follows that came soon after a scan: an estimate.
    Column("follows", BigInteger, nullable=False),
    PrimaryKeyConstraint("campaign", "day"),
    ForeignKeyConstraint(["campaign"], ["campaigns.name"], name="fk_campaign_days_campaign"),
)

# The last scans, without whose: each may explain one follow, then it is gone.
campaign_scans = Table(
    "campaign_scans",
    metadata,
    Column("id", Integer, nullable=False, autoincrement=True),
    Column("campaign", String(40), nullable=False),
    Column("at", BigInteger, nullable=False),
    PrimaryKeyConstraint("id"),
)
Index(None, campaign_scans.c.at)

# What LINE tells of a send order, by its aggregation unit; numbers below 20 are NULL there.
unit_statistics = Table(
    "unit_statistics",
    metadata,
    Column("unit", String(30), nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("told", JSON, nullable=False),
    Column("asked_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("unit"),
)

# Questions by half hour of the day in JST: 0 is from midnight on, 47 the last.
question_times = Table(
    "question_times",
    metadata,
    Column("day", Date, nullable=False),
    Column("slot", Integer, nullable=False),
    Column("language", String(16), nullable=False),
    Column("status", String(16), nullable=False),
    Column("n", BigInteger, nullable=False),
    PrimaryKeyConstraint("day", "slot", "language", "status"),
)

question_answers = Table(
    "question_answers",
    metadata,
    Column("day", Date, nullable=False),
    # The id of the answer: what was asked about, not what was written.
    Column("answer", String(128), nullable=False),
    Column("status", String(16), nullable=False),
    Column("n", BigInteger, nullable=False),
    PrimaryKeyConstraint("day", "answer", "status"),
)
