"""`pandu-zi check`: says what is wrong, makes nothing, and is content with a machine that is still fresh."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from bot import check
from bot.__main__ import cli
from bot.db import Database
from bot.migrate import migrate
from knowledge.library import DATA


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that is not there yet, named by the environment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path / "data"


def a_database(folder: Path) -> Database:
    return Database(f"sqlite:///{folder / 'pandu.sqlite3'}")


def test_a_fresh_machine_is_in_order_and_stays_fresh(folder: Path) -> None:
    done = CliRunner().invoke(cli, ["check"])
    assert done.exit_code == 0, done.output
    assert "dibuat saat bot pertama kali dijalankan" in done.output
    assert "Semua pemeriksaan baik." in done.output
    assert not folder.exists()


def test_a_migrated_database_is_in_order(folder: Path) -> None:
    db = a_database(folder)
    migrate(db)
    db.close()
    found = check.findings()
    assert found.problems == ()
    assert check.NOT_YET not in found.notes


def test_a_database_without_tables_is_still_to_be_made(folder: Path) -> None:
    db = a_database(folder)
    with db.reading():
        pass
    db.close()
    found = check.findings()
    assert found.problems == ()
    assert found.notes[-1] == check.NOT_YET


def test_tables_of_another_version_are_a_problem(folder: Path) -> None:
    db = a_database(folder)
    migrate(db)
    with db.writing() as session:
        session.connection().execute(text("UPDATE alembic_version SET version_num = '9999'"))
    db.close()
    done = CliRunner().invoke(cli, ["check"])
    assert done.exit_code == 1
    assert "(versi 9999) bukan versi program ini" in done.output


def test_a_file_that_is_no_database_is_a_problem(folder: Path) -> None:
    folder.mkdir()
    (folder / "pandu.sqlite3").write_text("bukan basis data, hanya tulisan yang cukup panjang " * 30)
    (problem,) = check.findings().problems
    assert problem.startswith("Basis data tidak dapat dihubungi (")


def test_the_knowledge_that_is_shipped_has_no_problem() -> None:
    assert check.knowledge(DATA, date(2026, 11, 22)).problems == ()


def test_what_is_wrong_in_a_fact_file_is_a_problem_and_what_is_due_is_not(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(DATA, tmp_path / "data"))
    path = folder / "faq" / "dasar.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('related: ["pengertian-wbk"', 'related: ["pengertian-hilang"', 1), "utf-8")
    found = check.knowledge(folder, date(2031, 1, 1))
    assert [line for line in found.problems if "pengertian-hilang" in line] == [
        'Berkas pengetahuan: dasar.yaml: pengertian-zi: related "pengertian-hilang" tidak ada'
    ]
    assert any(line.startswith("Perlu dilihat: ") and "tinjau ulang" in line for line in found.notes)


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(DATA, tmp_path / "data"))
    (folder / "faq" / "dasar.yaml").write_text("entries: [", encoding="utf-8")
    (problem,) = check.knowledge(folder, date(2026, 11, 22)).problems
    assert problem.startswith("Berkas pengetahuan: dasar.yaml: ")
