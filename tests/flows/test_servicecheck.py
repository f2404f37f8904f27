"""Kesiapan pelayanan publik: answered as people speak, mended by action items, never part of the LKE."""

from typing import Any

import pytest
from sqlmodel import Session, col, select

from flows.models import SERVICE_SIDE, Answer, Assessment, AuditEntry, Person, Task, Unit
from flows.personal.export import collect
from flows.servicecheck.export import tables, unit_data
from knowledge.errors import KnowledgeFileError
from knowledge.library import DATA, Library
from knowledge.service_check import FILE, State, load_service_check, service_check, typed
from tests.support.house import House
from tests.support.lke import rows_of
from tests.support.talk import Talk

NATURE = "Bukan kuesioner atau penilaian Ombudsman RI, dan tidak mengubah nilai LKE."


@pytest.fixture
def unit(house: House) -> int:
    return house.unit()


@pytest.fixture
def rani(house: House, unit: int) -> Talk:
    """Of pokja 6, which keeps the public service."""
    return house.member(unit, "anggota", "PP", "Rani Contoh")


def answers(house: House) -> dict[str, str | None]:
    query = select(Answer).join(Assessment).where(Assessment.side == SERVICE_SIDE)
    return {row.item_id: row.choice for row in rows_of(house, query)}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("sudah", "A"), ("iya sudah ada", "A"), ("a", "A"), ("1", "A"),
        ("sebagian saja", "B"), ("belum semua", "B"), ("sudah tapi belum", "B"), ("2", "B"),
        ("blm", "C"), ("tidak ada", "C"), ("c dong", "C"),
        ("apa itu maklumat?", None), ("kantor kami dekat pasar", None), ("D", None), ("4", None), ("", None),
    ],
)  # fmt: skip
def test_an_answer_is_read_as_people_type_it(text: str, key: str | None) -> None:
    assert typed(text) == key


def test_a_component_is_as_ready_as_its_weakest_answer() -> None:
    check = service_check()
    part = check.instrument.areas[0].indicators
    ids = [question.id for question in part]
    assert check.state(part, dict.fromkeys(ids, "A")) is State.READY
    assert check.state(part, {**dict.fromkeys(ids, "A"), ids[1]: "B"}) is State.NEARLY
    assert check.state(part, dict.fromkeys(ids[1:], "A")) is State.OPEN
    assert check.state(part, {ids[0]: "C"}) is State.NOT_READY
    given = {"OM.BP.5": "C", "OM.SP.2": "B", "OM.KP.1": "C"}
    assert [question.id for question in check.to_mend(given)] == ["OM.KP.1", "OM.SP.2", "OM.BP.5"]


def test_a_question_without_its_rule_or_with_an_unknown_indicator_is_named(
    tmp_path: Any, library: Library
) -> None:
    good = (DATA / FILE).read_text()
    for wrong, said in (
        (good.replace("    rule: UU 25/2009, Pasal 34\n", "", 1), "rule"),
        (good.replace("id: OM.SP.2", "id: OM.SP.1", 1), "lebih dari sekali"),
        (good.replace("lke: [PP.P.5.c]", "lke: [PP.P.9.z]", 1), "OM.TI.4: PP.P.9.z tidak ada di LKE"),
    ):
        (tmp_path / FILE).write_text(wrong)
        with pytest.raises(KnowledgeFileError, match=said):
            load_service_check(tmp_path, library.instrument())
    assert len(load_service_check(DATA, library.instrument()).basis) == 24


@pytest.mark.db
def test_the_check_is_answered_mended_and_never_counts_in_the_lke(
    house: House, unit: int, rani: Talk
) -> None:
    before = rani.type("/progres").text
    rani.type("kesiapan ombudsman")
    assert rani.text.startswith("Kesiapan pelayanan publik: belum diisi")
    assert NATURE in rani.text
    rani.type("apa peran ombudsman dalam zi?").tap("Cek kesiapan layanan")
    assert "Peraturan Ombudsman 61/2025" in rani.text

    rani.tap("Lanjutkan")
    assert "Standar pelayanan · 1 dari 5" in rani.text
    assert "Dasar: UU 25/2009, Pasal 15 huruf a dan Pasal 20" in rani.text
    assert "dicocokkan" not in rani.text
    rani.tap("Sudah")
    assert rani.toast == "Tersimpan: sudah."
    assert "1.2  Komponen lengkap" in rani.text  # goes on by itself
    assert "! Nomor pasal masih perlu dicocokkan dengan naskah undang-undangnya." in rani.text
    rani.type("belum semua").type("apa itu maklumat pelayanan?")  # a question is answered, the place is kept
    assert answers(house) == {"OM.SP.1": "A", "OM.SP.2": "B"}
    rani.type("blm")
    assert "1.4  " in rani.text
    rani.type("sudah").type("sudah")
    assert "Standar pelayanan: belum siap" in rani.text
    assert "3  ! Maklumat pelayanan: belum" in rani.text
    assert "Diisi pokja Area 6, atau koordinator unit." in rani.text

    rani.tap("3").tap("Beri catatan").type("Masih menunggu tanda tangan <pimpinan>")
    assert "“Masih menunggu tanda tangan <pimpinan>”" in rani.text
    rani.tap("Jadikan tugas")
    assert rani.toast == "Tugas tercatat. Ketuk Ubah untuk PIC dan batas waktunya."
    [task] = rows_of(house, select(Task))
    assert (task.source, task.item_id) == ("layanan", "OM.SP.3")
    rani.tap("Buka pertanyaan")
    assert "Tugas: Rani Contoh" in rani.text
    assert "Jadikan tugas" not in rani.labels
    rani.tap("Riwayat")
    assert "Dijawab belum" in rani.text
    rani.tap("‹ Kembali").tap("Komponen 1").tap("Semua komponen").tap("Benahi dulu (2)")
    assert "1  ! Tetapkan maklumat pelayanan, lalu pajang di ruang layanan dan situs resmi" in rani.text
    assert "belum · wajib · UU 25/2009, Pasal 15 huruf b · ada tugasnya" in rani.text
    rani.tap("1").tap("Sudah")
    assert rani.toast == "Tersimpan: sudah."
    assert "Jawaban: sudah · oleh Anda" in rani.text
    rani.tap("Kosongkan")
    assert "Jawaban: belum ada" in rani.text
    rani.tap("Komponen 1").tap("Semua komponen").tap("Salin teks")
    assert "1. Standar pelayanan: belum lengkap (4 dari 5 terjawab)" in rani.text

    assert rani.type("/progres").text == before
    acts = {entry.act for entry in rows_of(house, select(AuditEntry).where(col(AuditEntry.unit_id) == unit))}
    assert {"layanan.answer", "layanan.note", "layanan.clear", "layanan.tugas"} <= acts
    assert not any(act.startswith("lke.") for act in acts)

    def kept(session: Session) -> tuple[Any, Any]:
        person = session.exec(select(Person).where(Person.name == "Rani Contoh")).one()
        own = collect(session, person, person.telegram_id or 0, "WIB")["jawaban_terakhir"]
        return own, unit_data(session, session.get_one(Unit, unit), 2027, lambda at: None)

    own, data = house.read(kept)
    assert own[0]["bagian"] == "kesiapan pelayanan publik"
    assert data["hasil"] == "belum lengkap"
    [(name, heads, rows)] = tables(data)
    assert (name, len(rows)) == ("kesiapan-layanan.csv", 5)
    assert dict(zip(heads, rows[1], strict=True))["jawaban"] == "sebagian"


@pytest.mark.db
def test_others_read_the_other_answer_is_shown_and_a_closed_year_rests(
    house: House, unit: int, rani: Talk
) -> None:
    budi = house.member(unit, "koordinator", None, "Budi Contoh")
    hadi = house.member(unit, "pimpinan", None, "Hadi Contoh")
    sari = house.member(unit, "ketua", "PW", "Sari Contoh")
    rani.type("cek ombudsman").tap("1").tap("1")
    late = rani.data_of("Belum")
    budi.type("kesiapan layanan").tap("Lanjutkan").tap("Sudah")
    rani.tap_data(late)
    assert rani.text.startswith("Baru saja diubah orang lain")
    assert "sudah · oleh Budi Contoh" in rani.text
    rani.tap("Sebagian")
    assert answers(house) == {"OM.SP.1": "B"}

    for reader in (hadi, sari):  # pokja 5 shares in the complaints only
        reader.type("kesiapan ombudsman").tap("1").tap("1")
        assert "Sudah" not in reader.labels
        reader.type("sudah")
        assert "dijawab pokjanya atau koordinator unit" in reader.text
    sari.type("kesiapan ombudsman").tap("Lanjutkan")
    assert "Pengelolaan pengaduan · 1 dari 6" in sari.text
    sari.tap("Sebagian")
    assert answers(house)["OM.PD.1"] == "B"

    budi.type("/tahun").tap("Tutup tahun 2027").tap("Ya, tutup")
    rani.type("kesiapan ombudsman")
    assert "Tahun 2027 sudah ditutup: hanya dibaca." in rani.text
    rani.tap("1").tap("1").type("sudah")
    assert "LKE 2027 sudah ditutup" in rani.text
    assert answers(house)["OM.SP.1"] == "B"
