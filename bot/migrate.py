"""Brings the database to the present schema, one process at a time.

Alembic is imported only when there is something to migrate: it would cost half of an ordinary start.
"""

import re
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from bot.db import Database

SCRIPTS = Path(__file__).parent.parent / "flows" / "migrations"
_LOCK_KEY = 7_210_090_021
HEAD = "head"
_NAMES = re.compile(r'^(down_)?revision = (?:"(\w+)"|None)', re.MULTILINE)


def migrate(db: Database, revision: str = HEAD) -> None:
    """Run the missing migrations in one transaction, under a lock that other processes wait for.

    With an older `revision` (or "base") it goes down to it: meant for tests and rescue.
    """
    with db.engine.begin() as connection:
        if not db.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK_KEY})
        present = _present(connection)
        if revision == HEAD and present == head():
            return
        _run(connection, revision, present)


def behind(db: Database) -> str | None:
    """The revision of a database whose tables are not those of this program; None when they are.

    "" stands for a database without tables.
    """
    with db.reading() as session:
        present = _present(session.connection())
    return None if present == head() else present or ""


def head() -> str:
    """The newest revision: the one that no script builds on. Raises ValueError unless there is one."""
    made, built_on = _scripts()
    (newest,) = made - built_on
    return newest


def revisions() -> set[str]:
    """Every revision that this program knows."""
    return _scripts()[0]


def _scripts() -> tuple[set[str], set[str]]:
    """The revisions that the scripts make, and those that they build on."""
    made: set[str] = set()
    built_on: set[str] = set()
    for path in (SCRIPTS / "versions").glob("*.py"):
        for down, name in _NAMES.findall(path.read_text(encoding="utf-8")):
            (built_on if down else made).add(name)
    return made, built_on


def _present(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(found) if found is not None else None


def _run(connection: Connection, revision: str, present: str | None) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    lineage: list[str] = []
    if present is not None:
        scripts = ScriptDirectory.from_config(config)
        lineage = [s.revision for s in scripts.walk_revisions("base", present) if s.revision != present]
    if revision == "base" or revision in lineage:
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)
