"""`pandu-zi export` and `pandu-zi import`: files of one unit to disk, and back with a trial first."""

import json
from pathlib import Path

import openpyxl
import pytest
from sqlmodel import select
from typer.testing import CliRunner

from bot.__main__ import cli
from flows.models import Answer, Evidence, EvidenceUse, EvidenceVersion, LkeImport
from tests.support.databases import Sqlite
from tests.support.documents import at, edited
from tests.support.house import House
from tests.support.lke import assessment_id, chosen, rows_of


@pytest.fixture
def home(sqlite: Sqlite, library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):  # type: ignore[no-untyped-def]
    """A house whose database the command line uses too; its calendar is today's."""
    house = House(sqlite.new(), library)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", str(house.settings.database_url))
    monkeypatch.setenv("EVIDENCE_DIR", str(house.settings.evidence_folder))
    yield house
    house.close()


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, list(words))
    return result.exit_code, result.output


def test_every_kind_is_written_and_a_wrong_word_names_what_there_is(home: House, tmp_path: Path) -> None:
    unit = home.unit("Kantor Layanan Contoh")
    home.unit("Kantor Lain")
    with home.writing() as session:
        piece = Evidence(unit_id=unit, title="Nama pelapor", restricted=True, made_at=home.clock.now())
        session.add(piece)
        session.flush()
        session.add(EvidenceVersion(evidence_id=piece.id or 0, kind="link", url="https://contoh.go.id/r",
                                    made_at=home.clock.now()))  # fmt: skip
        lke_id = assessment_id(home, unit)
        at_ = home.clock.now()
        session.add(
            EvidenceUse(evidence_id=piece.id or 0, assessment_id=lke_id, item_id="MP.P.1.a", made_at=at_)
        )
    code, said = run("export", "lke", "--unit", "layanan", "--out", str(tmp_path / "a.xlsx"))
    assert (code, said.strip()) == (0, str(tmp_path / "a.xlsx"))
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book["Info"]["B4"].value == "Kantor Layanan Contoh"
    assert "Nama pelapor" not in str([list(sheet.values) for sheet in book.worksheets])
    code, said = run("export", "csv", "--unit", str(unit), "--out", str(tmp_path / "tabel"))
    assert code == 0
    assert sorted(p.name for p in (tmp_path / "tabel").iterdir()) == [
        "batas-waktu.csv", "bukti.csv", "lke.csv", "nilai.csv", "tugas.csv",
    ]  # fmt: skip
    code, said = run("export", "json", "--unit", str(unit), "--out", str(tmp_path / "u.json"))
    assert json.loads((tmp_path / "u.json").read_text())["bukti"] == [
        {"nomor": 1, "terbatas": True, "indikator": ["MP.P.1.a"]}
    ]
    assert run("export", "pdfx", "--unit", str(unit))[0] == 2
    code, said = run("export", "lke", "--unit", "kantor")
    assert code == 2
    assert "cocok dengan beberapa unit" in said
    assert "Kantor Lain" in said


def test_an_import_is_tried_first_and_saved_as_a_person_with_the_right(home: House, tmp_path: Path) -> None:
    unit = home.unit("Kantor Layanan Contoh")
    sari = home.member(unit, "koordinator", None, "Sari Contoh")
    chief = home.member(unit, "pimpinan", None, "Pak Kepala")
    lke = home.library.instrument("lke-2021")
    out = tmp_path / "LKE.xlsx"
    run("export", "lke", "--unit", str(unit), "--out", str(out))
    out.write_bytes(edited(out.read_bytes(), {at(lke, "MP.P.1.a", "K"): "Ya", at(lke, "MP.P.1.b", "K"): "?"}))
    words = ("import", str(out), "--unit", str(unit), "--sebagai")
    code, said = run(*words, str(sari.user_id))
    assert code == 0
    assert "MP.P.1.a  A.I.1.i.a: kosong menjadi Ya" in said
    assert "MP.P.1.b berisi “?”" in said
    assert "1 perubahan akan disimpan, 0 tidak, 1 tidak terbaca." in said
    assert "uji coba" in said
    assert rows_of(home, select(Answer)) == []
    assert rows_of(home, select(LkeImport)) == []
    assert run(*words, str(chief.user_id), "--terapkan")[0] == 2
    assert run(*words[:-1])[0] == 2
    code, said = run(*words, str(sari.user_id), "--terapkan")
    assert "1 perubahan tersimpan." in said
    assert chosen(home, "MP.P.1.a") == "Ya"


def test_without_a_database_the_sentence_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "kosong"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    code, said = run("export", "lke", "--unit", "1")
    assert code == 2
    assert "Basis data belum ada" in said
    assert not (tmp_path / "kosong").exists()
