"""Alembic's entry: runs the steps on the connection that `bot.store.migrate` opened."""

from alembic import context

from bot.store import (
    broadcast_tables,
    insight_tables,
    learning_tables,
    menu_tables,
    staff_tables,
    topic_tables,
)
from bot.store.models import metadata

for tables in (broadcast_tables, insight_tables, learning_tables, menu_tables, staff_tables, topic_tables):
    assert tables.metadata is metadata, "alembic compares with all tables"

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by copying it
)
with context.begin_transaction():
    context.run_migrations()
