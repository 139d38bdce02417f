"""What sending needs: orders, their texts, batches and recipients, the dispatcher's lease, an audit."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_OUTCOMES = ("accepted", "refused", "unsure", "cancelled")


def upgrade() -> None:
    _orders()
    _batches()
    lease = op.create_table(
        "send_lease",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("owner", sa.String(40)),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_send_lease"),
        sa.CheckConstraint("id = 1", name="only_one"),
    )
    op.bulk_insert(lease, [{"id": 1, "owner": None, "epoch": 0, "until": 0, "seen_at": 0}])
    op.create_table(
        "send_audit",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("order_id", sa.Integer, nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("by_whom", sa.String(80), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_send_audit"),
    )
    op.create_index("ix_send_audit_order_id", "send_audit", ["order_id"])
    if op.get_context().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION send_audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$"
        )
        op.execute(
            "CREATE TRIGGER send_audit_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON send_audit "
            "FOR EACH STATEMENT EXECUTE FUNCTION send_audit_is_kept()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER send_audit_kept_{change.lower()} BEFORE {change} ON send_audit "
            "BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END"
        )


def _orders() -> None:
    op.create_table(
        "send_orders",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("audience", sa.JSON, nullable=False),
        sa.Column("unit", sa.String(30)),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column("not_after", sa.BigInteger),
        sa.Column("hold_until", sa.BigInteger),
        sa.Column("planned_at", sa.BigInteger),
        sa.Column("planned_through", sa.String(64), nullable=False),
        sa.Column("recipients", sa.Integer, nullable=False),
        sa.Column("skipped", sa.Integer, nullable=False),
        *(sa.Column(outcome, sa.Integer, nullable=False) for outcome in _OUTCOMES),
        sa.Column("stop_requested", sa.Boolean, nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_send_orders"),
        sa.UniqueConstraint("key", name="uq_send_orders_key"),
    )
    op.create_index("ix_send_orders_status_due_at", "send_orders", ["status", "due_at"])
    op.create_table(
        "send_variants",
        sa.Column("order_id", sa.Integer, nullable=False),
        sa.Column("variant", sa.String(40), nullable=False),
        sa.Column("messages", sa.LargeBinary, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("order_id", "variant", name="pk_send_variants"),
    )


def _batches() -> None:
    op.create_table(
        "send_batches",
        sa.Column("order_id", sa.Integer, nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("variant", sa.String(40), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("retry_key", sa.String(36), nullable=False),
        sa.Column("try_at", sa.BigInteger),
        sa.Column("first_tried_at", sa.BigInteger),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("doubtful", sa.Boolean, nullable=False),
        sa.Column("epoch", sa.Integer),
        sa.Column("request_id", sa.String(64), nullable=False),
        sa.Column("status_code", sa.Integer, nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("order_id", "n", name="pk_send_batches"),
    )
    still_open = sa.text("try_at IS NOT NULL")
    op.create_index(
        "ix_send_batches_open",
        "send_batches",
        ["order_id", "try_at", "n"],
        sqlite_where=still_open,
        postgresql_where=still_open,
    )
    op.create_table(
        "send_recipients",
        sa.Column("order_id", sa.Integer, nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("packed", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("order_id", "n", name="pk_send_recipients"),
    )


def downgrade() -> None:
    tables = ("send_audit", "send_lease", "send_recipients", "send_batches", "send_variants", "send_orders")
    for table in tables:
        op.drop_table(table)
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION send_audit_is_kept()")
