from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect

from bot.store.database import Database
from bot.store.migrate import downgrade, is_current, upgrade
from bot.store.models import metadata


def _differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


def test_the_steps_make_the_tables_that_the_models_describe(database_url: str) -> None:
    """After all migrations there is no difference to the models, and a second run changes nothing."""
    upgrade(database_url)
    upgrade(database_url)
    database = Database(database_url)
    assert database.read(_differences) == []
    assert database.read(is_current)
    database.close()


def test_every_step_can_be_taken_back(database_url: str) -> None:
    """Down to nothing and up again leads to the same tables."""
    upgrade(database_url)
    downgrade(database_url, "base")
    database = Database(database_url)
    left = database.read(lambda connection: inspect(connection).get_table_names())
    assert left == ["alembic_version"]
    assert not database.read(is_current)
    upgrade(database_url)
    assert database.read(_differences) == []
    database.close()
