"""`pandu-zi export`: brief, package and letters of one unit, written from a snapshot."""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from bot import export, export_papers
from flows.models import Assessment, Evidence, EvidenceUse, EvidenceVersion, StoredFile
from flows.papers.letters import LETTERS
from tests.support.house import House


def _export(house: House, kind: str, out: Path, unit: str = "1") -> list[Path]:
    return export.export(house.db, house.edge.store, house.library, kind, unit, out, house.clock.now())


def _evidence(house: House, unit: int, title: str, *, restricted: bool) -> None:
    key = house.edge.store.put(title.encode())
    with house.writing() as session:
        now = house.clock.now()
        assessment = session.exec(select(Assessment).where(Assessment.unit_id == unit)).one()
        session.add(StoredFile(sha256=key, size_bytes=len(title), mime="application/pdf", stored_at=now))
        piece = Evidence(
            unit_id=unit, title=title, restricted=restricted, made_at=now, dated_on=date(2027, 1, 1)
        )
        session.add(piece)
        session.flush()
        about: dict[str, Any] = {"evidence_id": piece.id or 0, "made_at": now}
        session.add(EvidenceVersion(**about, sha256=key, file_name="a.pdf"))
        session.add(EvidenceUse(**about, assessment_id=assessment.id or 0, item_id="MP.P.1.a"))


def test_the_brief_goes_into_a_folder_or_under_a_name(house: House, tmp_path: Path) -> None:
    house.unit("Kantor Layanan Contoh")
    (made,) = _export(house, "brief", tmp_path / "hasil", "layanan")
    assert made.name == "Ringkasan pimpinan Kantor Layanan Contoh.pdf"
    assert made.read_bytes().startswith(b"%PDF")
    assert _export(house, "brief", tmp_path / "b.pdf") == [tmp_path / "b.pdf"]


def test_the_package_leaves_out_what_is_restricted(house: House, tmp_path: Path) -> None:
    unit = house.unit()
    _evidence(house, unit, "Terbuka", restricted=False)
    _evidence(house, unit, "Rahasia", restricted=True)
    (made,) = _export(house, "package", tmp_path)
    with zipfile.ZipFile(made) as archive:
        names = [name.rpartition("/")[2] for name in archive.namelist()]
        assert "Terbuka.pdf" in names
        assert any(name.endswith(".xlsx") and "LKE" in name for name in names), "the workbook comes first"
        assert not any("Rahasia" in name for name in names)
        assert all(b"Rahasia" not in archive.read(name) for name in archive.namelist())


def test_several_zips_are_written_one_after_the_other(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = house.unit()
    for number in range(4):
        _evidence(house, unit, f"{number}" * 3_000, restricted=False)
    monkeypatch.setattr(export_papers._Files.__init__, "__defaults__", (8_000, 8_000))
    made = _export(house, "package", tmp_path / "paket.zip")
    assert len(made) == 3
    assert [path.parent for path in made] == [tmp_path] * 3


@pytest.mark.parametrize("code", sorted(set(LETTERS) - {"evaluasi", "undangan", "notula"}))
def test_letters_are_drafts_that_open(house: House, tmp_path: Path, code: str) -> None:
    house.unit()
    (made,) = _export(house, f"letter-{code}", tmp_path)
    assert made.name.startswith(f"Draf {LETTERS[code].label}")
    with zipfile.ZipFile(io.BytesIO(made.read_bytes())) as archive:
        assert b"{{" not in archive.read("word/document.xml")


def test_what_cannot_be_made_is_one_sentence(house: House, tmp_path: Path) -> None:
    house.unit()
    for kind, why in (("package", "Belum ada bukti"), ("letter-evaluasi", "TPI belum menilai"),
                      ("letter-notula", "Rapat ini sudah tidak ada")):  # fmt: skip
        with pytest.raises(export.Unknown, match=why):
            _export(house, kind, tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert set(export_papers.KINDS) <= set(export.KINDS)
