"""Fixtures: knowledge loaded once, a fresh migrated database and house per test."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from knowledge.library import Library, load_library
from tests.support.databases import Postgres, Sqlite, postgres_server
from tests.support.house import House

TOGETHER = {
    "tests/flows/test_permissions.py",
    "tests/flows/test_workbook_formulas.py",
    "tests/soak/test_crash.py",
    "tests/soak/test_year.py",
    "tests/test_gallery.py",
}
"""Files whose tests share what takes long to make: one worker does them all."""


class Together(LoadScopeScheduling):  # type: ignore[misc]  # published without types
    """Every test by itself, but for the files above."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        return file if file in TOGETHER else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """With `--dist loadgroup`; other ways of sharing the tests out stay as they are."""
    return Together(config, log) if config.getoption("dist") == "loadgroup" else None


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
