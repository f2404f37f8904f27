"""A unit's data as CSV and JSON, out and back; and the text that people paste into a group."""

import csv
import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from flows.models import (
    Answer,
    Assessment,
    Deadline,
    Evidence,
    EvidenceUse,
    EvidenceVersion,
    ItemWork,
    Pic,
    Task,
)
from flows.workbook import tables
from knowledge.instrument import Instrument
from tests.support.documents import fetch, send_back
from tests.support.house import House
from tests.support.lke import chosen, note_of, open_item, row_of, rows_of
from tests.support.talk import Talk

TEAM, CAMPAIGN, AGENTS = "MP.P.1.a", "PW.P.1.a", "MP.R.1.a"


@pytest.fixture
def unit(house: House) -> int:
    return house.unit("Kantor Layanan Contoh")


@pytest.fixture
def sari(house: House, unit: int) -> Talk:
    return house.member(unit, "koordinator", None, "Sari Contoh").start()


@pytest.fixture
def lke(house: House) -> Instrument:
    return house.library.instrument("lke-2021")


@pytest.fixture
def filled(house: House, unit: int, sari: Talk) -> None:
    """An answer with a narrative that looks like a formula, a PIC, a review, evidence, a task, a deadline."""
    open_item(sari, TEAM).tap("Ya")
    now = house.clock.now()
    with house.writing() as session:
        assessment = session.exec(select(Assessment.id).where(Assessment.unit_id == unit)).one() or 0
        row = session.exec(select(Answer)).one()
        row.note = "=1+1; dua baris\nbaris kedua"
        who = row.answered_by
        session.add(Pic(assessment_id=assessment, scope=TEAM, person_id=who, set_at=now))
        session.add(ItemWork(assessment_id=assessment, item_id=TEAM, state="approved"))
        session.add(Task(unit_id=unit, assessment_id=assessment, title="Notula monev Januari", person_id=who,
                         due_on=now.date() + timedelta(days=3), made_at=now))  # fmt: skip
        session.add(Deadline(assessment_id=assessment, unit_id=unit, scope="area", ref="PW",
                             due_at=now - timedelta(days=1), set_at=now))  # fmt: skip
        for title, restricted in (("SK tim", False), ("Nama pelapor", True)):
            piece = Evidence(unit_id=unit, title=title, restricted=restricted, made_at=now)
            session.add(piece)
            session.flush()
            session.add(EvidenceVersion(evidence_id=piece.id or 0, kind="link", made_at=now,
                                        url="https://contoh.go.id/x"))  # fmt: skip
            session.add(EvidenceUse(evidence_id=piece.id or 0, assessment_id=assessment, item_id=TEAM,
                                    made_at=now))  # fmt: skip


def csv_of(data: bytes, name: str = "lke.csv") -> list[dict[str, str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read(name).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def rewritten(rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys(), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


@pytest.mark.usefixtures("filled")
def test_json_holds_everything_of_the_unit_that_its_reader_may_see(
    house: House, unit: int, sari: Talk
) -> None:
    _, data = fetch(house, sari, "Data JSON")
    unit_data: dict[str, Any] = json.loads(data)
    assert unit_data["sifat"] == "Penilaian mandiri, bukan dokumen resmi"
    assert unit_data["diekspor"] == "2027-01-18T09:00+07:00"
    first = unit_data["lke"][0]
    assert (first["id"], first["nomor"], first["jawaban"]) == (TEAM, "A.I.1.i.a", {"pilihan": "Ya"})
    assert (first["pic"], first["reviu"], first["penjelasan"][:5]) == ("Sari Contoh", "approved", "=1+1;")
    assert len(unit_data["lke"]) == 113
    assert [task["tugas"] for task in unit_data["tugas"]] == ["Notula monev Januari"]
    assert unit_data["batas_waktu"][0]["rujukan"] == "PW"
    assert [proof.get("judul") for proof in unit_data["bukti"]] == ["SK tim", "Nama pelapor"]
    assert unit_data["nilai"]["total"] == "0.25"
    assert len(unit_data["nilai"]["syarat"]["WBK"]) == 12
    chief = house.member(unit, "pimpinan", None, "Pak Kepala").start()
    _, theirs = fetch(house, chief, "Data JSON")
    assert [proof.get("judul") for proof in json.loads(theirs)["bukti"]] == ["SK tim", None]


@pytest.mark.usefixtures("filled")
def test_csv_opens_in_excel_and_calculates_nothing(house: House, sari: Talk) -> None:
    _, data = fetch(house, sari, "Data CSV")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["lke.csv", "bukti.csv", "tugas.csv", "batas-waktu.csv", "nilai.csv"]
        assert archive.read("lke.csv").startswith(b"\xef\xbb\xbfid;nomor;judul;jawaban")
    rows = csv_of(data)
    assert rows[0]["penjelasan"] == "'=1+1; dua baris\nbaris kedua"
    assert rows[0]["jawaban"] == "Ya"
    for value in ("=1", "+1", "-1", "@a", "\t=1", " =1", "'=1", "biasa"):
        assert tables.unsafe(tables.safe(value)) == value
        assert tables.safe(value)[0] not in "=+-@\t" or value == "biasa"


@pytest.mark.db
def test_an_edited_csv_comes_back_with_every_bad_line_named(
    house: House, sari: Talk, lke: Instrument
) -> None:
    open_item(sari, CAMPAIGN).tap("B")
    _, data = fetch(house, sari, "Data CSV")
    rows = csv_of(data)
    by_id = {row["id"]: row for row in rows}
    by_id[TEAM]["jawaban"] = "ya"
    by_id[TEAM]["penjelasan"] = "'=bukan rumus"
    by_id[AGENTS]["jawaban"] = "agen=4, perubahan=3"
    by_id["MP.R.1.b"]["jawaban"] = "9 dari 2"
    by_id["MP.P.1.b"]["jawaban"] = "Z"
    by_id["H.1.a"]["jawaban"] = "3,62"
    by_id[CAMPAIGN]["jawaban"] = ""  # a table has no memory: nothing there says nothing
    rows.append({**rows[0], "id": "XX.1"})
    rows.append(dict(by_id[TEAM]))
    sari.type("/dokumen").tap("Kirim kembali LKE")
    send_back(house, sari, rewritten(rows), "lke.csv")
    assert sari.text.startswith("4 perubahan dari berkas Anda.")
    assert "4 tidak terbaca, jadi dilewati:" in sari.text
    assert "• baris 3 (A.I.1.i.b): berisi “Z”" in sari.text
    assert "id tidak dikenal" in sari.text
    assert "id muncul dua kali" in sari.text
    sari.tap("Simpan 4 perubahan")
    assert chosen(house, TEAM) == "Ya"
    assert note_of(house, TEAM) == "=bukan rumus"
    assert row_of(house, AGENTS).inputs == {"agen": 4, "perubahan": 3}  # type: ignore[union-attr]
    assert row_of(house, "H.1.a").inputs == {"indeks": "3.62"}  # type: ignore[union-attr]
    assert chosen(house, CAMPAIGN) == "B"


def test_an_edited_json_comes_back_and_a_strange_one_is_refused(house: House, sari: Talk) -> None:
    name, data = fetch(house, sari, "Data JSON")
    document = json.loads(data)
    document["lke"][0]["jawaban"] = {"pilihan": "Tidak"}
    document["lke"][1]["jawaban"] = {"pilihan": "Q"}
    document["lke"].append("bukan objek")
    send_back(house, sari, json.dumps(document).encode(), name)
    assert sari.text.startswith("1 perubahan dari berkas Anda.")
    assert "butir ke-2 (A.I.1.i.b)" in sari.text
    sari.tap("Simpan 1 perubahan")
    assert chosen(house, TEAM) == "Tidak"
    for strange in (b"{}", b"[1]", b"{", b"\xff\xfe"):
        sari.type("/dokumen").tap("Kirim kembali LKE")
        send_back(house, sari, strange, "data.json")
        assert "bukan dari bot ini" in sari.text
    sari.type("/dokumen").tap("Kirim kembali LKE")
    send_back(house, sari, b"a;b\r\n1;2\r\n", "lke.csv")
    assert "Kolom jawabannya tidak ditemukan" in sari.text
    assert len(rows_of(house, select(Answer))) == 1


@pytest.mark.usefixtures("filled")
def test_the_recap_is_plain_text_without_names_of_people(house: House, sari: Talk) -> None:
    sari.type("/menu").tap("Unduh dokumen").tap("Salin teks rekap")
    lines = sari.text.split("\n")
    assert lines[0] == "Siap tempel di grup; ketuk teksnya untuk menyalin."
    assert lines[2:6] == [
        "Rekap ZI, Senin 18 Januari 2027",
        "Kantor Layanan Contoh · target WBK",
        "",
        "Area 1   1 dari 16 indikator disetujui",
    ]
    assert "Area 5   0 dari 22 indikator disetujui, 22 lewat batas waktu" in lines
    assert "Yang perlu minggu ini: Notula monev Januari" in lines
    assert "Sari" not in sari.text
    assert lines[-1].startswith("Rincian: t.me/")
