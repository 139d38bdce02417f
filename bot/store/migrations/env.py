"""Alembic's entry: runs the steps on the connection that `bot.store.migrate` opened."""

from alembic import context

import bot.store.learning_tables
import bot.store.staff_tables  # noqa: F401  # their tables belong to the same metadata
from bot.store.models import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by copying it
)
with context.begin_transaction():
    context.run_migrations()
