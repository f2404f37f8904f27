"""Brings the database to the present schema, one process at a time."""

from pathlib import Path

from sqlalchemy import text

from bot.db import Database

SCRIPTS = Path(__file__).parent.parent / "flows" / "migrations"
_LOCK_KEY = 7_210_090_021
HEAD = "head"


def migrate(db: Database, revision: str = HEAD) -> None:
    """Run the missing migrations in one transaction, under a lock that other processes wait for.

    With an older `revision` (or "base") it goes down to it: meant for tests and rescue.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    scripts = ScriptDirectory.from_config(config)
    with db.engine.begin() as connection:
        if not db.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK_KEY})
        present = _present(connection)
        if revision == HEAD and present == scripts.get_current_head():
            return
        config.attributes["connection"] = connection
        if _is_older(scripts, revision, present):
            command.downgrade(config, revision)
        else:
            command.upgrade(config, revision)


def behind(db: Database) -> str | None:
    """The revision of a database whose tables are not those of this program; None when they are.

    "" stands for a database without tables.
    """
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(SCRIPTS))
    with db.reading() as session:
        present = _present(session.connection())
    return None if present == scripts.get_current_head() else present or ""


def _present(connection: object) -> str | None:
    from alembic.runtime.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()  # type: ignore[arg-type]


def _is_older(scripts: object, revision: str, present: str | None) -> bool:
    if revision == "base":
        return True
    if revision == HEAD or present is None:
        return False
    lineage = [s.revision for s in scripts.walk_revisions("base", present)]  # type: ignore[attr-defined]
    return revision in lineage and revision != present
