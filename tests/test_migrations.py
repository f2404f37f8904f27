"""The schema comes from migrations, up and down, on both databases, and equals the models."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

import flows.models  # noqa: F401
from bot.db import Database
from bot.migrate import SCRIPTS, head, migrate
from flows.tables import metadata


@pytest.mark.db
def test_up_down_up(database_url: str) -> None:
    db = Database(database_url)
    try:
        migrate(db, "base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        migrate(db)
        migrate(db)
        assert set(metadata.tables) <= set(inspect(db.engine).get_table_names())
    finally:
        db.close()


@pytest.mark.db
def test_the_migrated_schema_equals_the_models(database_url: str) -> None:
    db = Database(database_url)
    try:
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, metadata) == []
    finally:
        db.close()


@pytest.mark.db
def test_the_audit_trail_refuses_changes(database_url: str) -> None:
    db = Database(database_url)
    try:
        insert = "INSERT INTO audit_entry (at, act, subject) VALUES ('2027-01-01 00:00:00', 'uji', '')"
        with db.writing() as session:
            session.execute(text(insert))
        for statement in ("UPDATE audit_entry SET act = 'lain'", "DELETE FROM audit_entry"):
            with pytest.raises(DBAPIError), db.writing() as session:
                session.execute(text(statement))
    finally:
        db.close()


def test_the_newest_revision_is_the_one_alembic_names() -> None:
    assert head() == ScriptDirectory(str(SCRIPTS)).get_current_head()
