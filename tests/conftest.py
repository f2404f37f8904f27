"""Fixtures: knowledge loaded once, a fresh migrated database and house per test."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from knowledge.library import Library, load_library
from tests.support.databases import Postgres, Sqlite, postgres_server
from tests.support.house import House


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests marked `db` run on SQLite and on PostgreSQL; all others on SQLite."""
    if "database_kind" in metafunc.fixturenames:
        both = metafunc.definition.get_closest_marker("db") is not None
        metafunc.parametrize("database_kind", ["sqlite", "postgres"] if both else ["sqlite"])


@pytest.fixture(scope="session")
def library() -> Library:
    """Everything the bot knows."""
    return load_library()


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Sqlite:
    """The maker of SQLite databases."""
    return Sqlite(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The maker of PostgreSQL databases; one server per worker."""
    # Not below pytest's own folder: that is closed to the system user the server runs as.
    with TemporaryDirectory(prefix="pandu-pg-", ignore_cleanup_errors=True) as folder:
        for url in postgres_server(Path(folder)):
            maker = Postgres(url)
            yield maker
            maker.close()


@pytest.fixture
def database_url(database_kind: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """A fresh migrated database."""
    if database_kind == "postgres":
        maker: Postgres = request.getfixturevalue("postgres")
        url = maker.new()
        yield url
        maker.drop(url)
    else:
        small: Sqlite = request.getfixturevalue("sqlite")
        yield small.new()


@pytest.fixture
def house(database_url: str, library: Library) -> Iterator[House]:
    """A bot with an empty database; make units and people with it."""
    made = House(database_url, library)
    yield made
    made.close()
