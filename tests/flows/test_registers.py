"""Registers from the field: typed as people type, confirmed, and taken into the LKE only by a tap."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, col, select

from bot.outbound import visible
from flows import routes
from flows.models import AuditEntry, Person, RegisterEntry, RegisterImport, Unit
from flows.registers import clocks, table, typed
from flows.registers.export import own_data
from flows.registers.kinds import KINDS, LAPOR, LHKAN, LHKPN
from flows.registers.typed import Counts, Unusable
from flows.screen import MAX_TEXT
from flows.step import NOTICE_ROOM
from flows.workbook.kinds import csv_zip, of_operator
from knowledge.library import Library
from tests.support.gallery import tap
from tests.support.house import House
from tests.support.lke import history_of, note_of, row_of, rows_of
from tests.support.talk import Talk

TODAY = date(2027, 6, 14)


@pytest.fixture
def unit(house: House) -> int:
    return house.unit()


@pytest.fixture
def sari(house: House, unit: int) -> Talk:
    """Leads pokja 5, which keeps the complaints."""
    return house.member(unit, "ketua", "PW", "Sari Contoh")


def lines(house: House, kind: str) -> list[RegisterEntry]:
    query = select(RegisterEntry).where(RegisterEntry.kind == kind, col(RegisterEntry.removed_at).is_(None))
    return rows_of(house, query.order_by(col(RegisterEntry.id)))


def opened(talk: Talk, label: str) -> Talk:
    return talk.type("/menu").tap("Register").tap(label)


# typed counts --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "slot", "values"),
    [
        ("mei: 12 selesai 3 proses 1 belum", "202705", {"selesai": 12, "proses": 3, "belum": 1}),
        ("Mei 2026: selesai 12, proses 3, belum ditindaklanjuti 1", "202605",
         {"selesai": 12, "proses": 3, "belum": 1}),
        ("agustus selesai 4", "202608", {"selesai": 4}),
        ("bulan lalu 7 laporan tuntas, 2 masih diproses", "202705", {"selesai": 7, "proses": 2}),
        ("05/2027 tiga selesai dan nol proses, blm 1", "202705", {"selesai": 3, "proses": 0, "belum": 1}),
        ("jan pengawasan 2 tidak berkadar pengawasan 5 aspirasi 1 permintaan informasi 3", "202701",
         {"pengawasan": 2, "biasa": 5, "aspirasi": 1, "informasi": 3}),
        ("selesai 2", "", {"selesai": 2}),
    ],
)  # fmt: skip
def test_counts_are_read_as_people_type_them(text: str, slot: str, values: dict[str, int]) -> None:
    assert typed.counts(KINDS[LAPOR], text, TODAY) == Counts(slot, values)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("mei: 12 selesai 3", "belum jelas"),
        ("mei: 3 belum selesai", "Belum selesai"),
        ("mei: selesai 80%", "bilangan bulat"),
        ("mei: selesai -2", "bilangan bulat"),
        ("mei: selesai 123456", "terlalu besar"),
        ("mei: 12", "belum jelas"),
    ],
)
def test_what_is_doubtful_is_asked_back(text: str, word: str) -> None:
    found = typed.counts(KINDS[LAPOR], text, TODAY)
    assert isinstance(found, Unusable)
    assert word in found.sentence
    assert "mei: 12 selesai 3 proses 1 belum" in found.sentence


def test_every_example_is_read_whole() -> None:
    for code in (LAPOR, LHKPN, LHKAN):
        kind = KINDS[code]
        found = typed.counts(kind, kind.example, TODAY)
        assert isinstance(found, Counts)
        assert found.slot
        assert typed.fault(kind, typed.filled(kind, found.values)) == ""


# SP4N-LAPOR! ---------------------------------------------------------------------------------------


@pytest.mark.db
def test_a_month_is_typed_confirmed_corrected_and_taken_into_the_lke(house: House, sari: Talk) -> None:
    opened(sari, "SP4N-LAPOR!")
    assert "Belum ada catatan." in sari.text
    sari.type("desember: 12 selesai 3 proses 1 belum")
    assert sari.text == (
        "Rekap SP4N-LAPOR! Desember 2026. Simpan angka ini?\n\nSelesai: 12\nProses: 3\n"
        "Belum ditindaklanjuti: 1\n\nDesember 2026: 16 laporan; 12 selesai (75%), 3 proses, "
        "1 belum ditindaklanjuti."
    )
    assert lines(house, LAPOR) == []
    sari.type("14 selesai, 1 proses")  # corrects before it is saved
    assert "16 laporan; 14 selesai" not in sari.text
    assert "Selesai: 14" in sari.text
    sari.tap("Simpan")
    [row] = lines(house, LAPOR)
    assert (row.slot, row.content) == ("202612", {"selesai": 14, "proses": 1, "belum": 0})
    sari.type("nov 2026: 5 selesai 5 proses").tap("Simpan")
    assert "Tren: selesai 93,3%, naik dari 50% (November 2026); laporan masuk 15, sebelumnya 10." in sari.text

    sari.tap("Ambil ke LKE A.II.5.ii.a")
    assert "Di LKE sekarang: kosong." in sari.text
    assert "19 dari 25" in sari.text
    assert "Jumlah pengaduan yang masih diproses: 6" in sari.text
    assert row_of(house, "PW.R.2.a") is None  # nothing is taken silently
    sari.tap("Ambil ke LKE")
    assert sari.toast == "Tersimpan: 19 dari 25"
    answer = row_of(house, "PW.R.2.a")
    assert answer is not None
    assert answer.inputs == {"wajib": 25, "proses": 6, "selesai": 19}
    assert [change.kind for change in history_of(house, "PW.R.2.a")] == ["answer"]
    acts = [e.act for e in rows_of(house, select(AuditEntry).order_by(col(AuditEntry.id)))]
    assert acts == ["register.tambah", "register.tambah", "lke.answer"]
    sari.tap("Isi dari register")
    assert "✓ Isian LKE sudah sama dengan register." in sari.text
    assert "Ambil ke LKE" not in sari.labels


@pytest.mark.db
def test_a_month_that_stands_is_shown_beside_the_new_counts(house: House, unit: int, sari: Talk) -> None:
    opened(sari, "SP4N-LAPOR!").type("des: 2 selesai 1 proses").tap("Simpan")
    sari.type("des: 3 selesai 0 proses aspirasi 1 informasi 1")
    assert "Selesai: 2 menjadi 3" in sari.text
    assert "Belum ditindaklanjuti: 0 (tetap)" in sari.text
    assert "! Menurut jenis 2 laporan, menurut status 3." in sari.text
    late = sari.data_of("Simpan")
    budi = house.member(unit, "koordinator", None, "Budi Contoh")
    opened(budi, "SP4N-LAPOR!").type("des: 9 selesai").tap("Simpan")
    sari.tap_data(late)
    assert sari.text.startswith("Catatan ini baru saja diubah.")
    assert lines(house, LAPOR)[0].content["selesai"] == 9


def test_a_button_or_a_further_message_leads_to_the_same_counts(house: House, sari: Talk) -> None:
    opened(sari, "SP4N-LAPOR!").tap("Tambah catatan").tap("November 2026")
    assert "Ketik jumlahnya dalam satu pesan" in sari.text
    sari.type("selesai 4 proses 1").tap("Simpan").tap("November 2026").tap("Proses")
    sari.type("banyak")
    assert sari.text.startswith("Ketik jumlahnya saja, bilangan bulat")
    sari.type("0")
    assert "Proses: 0" in sari.text
    sari.tap("Hapus").tap("Ya, hapus")
    assert "Belum ada catatan." in sari.text
    assert lines(house, LAPOR) == []
    sari.type("nov: 1 selesai").tap("Simpan")  # the month is free again
    assert lines(house, LAPOR)[0].content["selesai"] == 1


def test_a_recap_may_be_typed_anywhere(house: House, unit: int, sari: Talk) -> None:
    sari.type("/lke").type("rekap lapor des: 12 selesai 3 proses 1 belum").tap("Simpan")
    assert lines(house, LAPOR)[0].content == {"selesai": 12, "proses": 3, "belum": 1}
    sari.type("/menu").type("rekap pengaduan yang sudah selesai berapa persen di 2026?")
    assert "Simpan" not in sari.labels
    rina = house.member(unit, "penilai", None, "Rina Contoh")
    rina.type("/menu").type("rekap lapor nov: 1 selesai")
    assert "Simpan" not in rina.labels
    tamu = house.stranger()
    tamu.start().type("rekap lapor nov: 1 selesai")
    assert len(lines(house, LAPOR)) == 1


def test_wrong_counts_are_refused_in_one_sentence(house: House, sari: Talk) -> None:
    opened(sari, "SP4N-LAPOR!").type("12 selesai 3 proses")
    assert sari.text.startswith("Bulannya belum disebut, jadi belum ada yang disimpan.")
    sari.type("mei 2027: 3 selesai")
    assert sari.text.startswith("Mei 2027 belum mulai")
    sari.type("des: aspirasi 3")
    assert sari.text.startswith("Yang belum disebut: selesai, proses, belum ditindaklanjuti.")
    sari.type("apa itu sp4n lapor?")
    assert "Sistem Pengelolaan Pengaduan" in sari.text
    assert lines(house, LAPOR) == []


def test_what_is_past_the_clocks_is_told_with_its_doubt(house: House, library: Library, sari: Talk) -> None:
    fact = library.faq[clocks.FACT]
    for days in clocks.DAYS.values():
        assert f"{days} hari kerja" in fact.short
    assert fact.rule
    opened(sari, "SP4N-LAPOR!")
    for text in ("agustus 2026: 5 selesai 2 proses 1 belum", "des: 1 proses pengawasan 1", "jan: 1 belum"):
        sari.type(text).tap("Simpan")
    assert "! Agustus 2026: 3 laporan belum selesai, sudah 9" in sari.text
    assert "batasnya 60 hari kerja" in sari.text
    assert "! Desember" not in sari.text
    assert "PermenPANRB 62/2018, sudah diganti PermenPANRB 5/2025" in sari.text
    assert (fact.caution or "") in sari.text
    sari.tap("Batas LAPOR!")
    assert "LAPOR!" in sari.text
    sari.type("register")
    assert "! Rekap SP4N-LAPOR!: 1 bulan punya laporan" in sari.text


@pytest.mark.parametrize(
    ("counts", "limit", "certain"),
    [
        ({"proses": 1}, 14, False),
        ({"proses": 1, "informasi": 4}, 5, True),
        ({"proses": 1, "biasa": 1, "pengawasan": 1}, 14, False),
        ({"proses": 1, "biasa": 1, "aspirasi": 1}, 14, False),
        ({"proses": 1, "aspirasi": 3}, 0, False),
        ({"selesai": 9}, 0, False),
    ],
)
def test_only_what_is_late_for_certain_is_called_late(
    counts: dict[str, int], limit: int, certain: bool
) -> None:
    found = clocks.late("202704", counts, TODAY)
    assert (found.limit if found else 0, found.certain if found else False) == (limit, certain)


def test_the_recap_is_text_to_copy(house: House, sari: Talk) -> None:
    opened(sari, "SP4N-LAPOR!")
    for month in ("juli", "agustus", "september", "oktober", "november"):
        sari.type(f"{month} 2026: 4 selesai 1 proses").tap("Simpan")
    sari.tap("Salin teks")
    assert "• November 2026: 5 laporan; 4 selesai (80%), 1 proses, 0 belum ditindaklanjuti" in sari.text
    assert "Tren: selesai 80%, tetap seperti 80% (Oktober 2026)" in sari.text


def test_aspirations_among_complaints_are_pointed_out(house: House, sari: Talk) -> None:
    opened(sari, "SP4N-LAPOR!").type("des: 5 selesai biasa 0 tidak berkadar 3 aspirasi 2")
    sari.type("des: 5 selesai tidak berkadar 3 aspirasi 2").tap("Simpan").tap("Ambil ke LKE A.II.5.ii.a")
    assert "! Di dalamnya ada 2 aspirasi atau permintaan informasi" in sari.text


# a table -------------------------------------------------------------------------------------------

CSV = (
    "Bulan;Selesai;Proses;Belum ditindaklanjuti;Aspirasi\r\n"
    "Oktober 2026;7;2;1;0\r\nNovember 2026;tujuh;2;1;\r\nentah;1;1;1;\r\n10/2026;1;;;\r\nMei 2027;1;0;0;0\r\n"
)


@pytest.mark.db
def test_a_table_is_tried_out_line_by_line_before_it_is_saved(house: House, sari: Talk) -> None:
    opened(sari, "SP4N-LAPOR!").tap("Impor tabel")
    assert "bulan; selesai; proses; belum ditindaklanjuti" in sari.text
    sari.send_file("rekap.csv", CSV.encode(), "text/csv")
    assert sari.text.startswith("Diterima, sedang dibaca: rekap.csv")
    house.send_due()
    assert "Baru 2, mengganti 0, sudah sama 0. Belum ada yang disimpan." in sari.text
    assert "! baris 4: “entah” tidak terbaca sebagai bulan" in sari.text
    assert "! baris 5: Oktober 2026 sudah ada di baris 2" in sari.text
    assert "! baris 6: Mei 2027 belum mulai" in sari.text
    assert lines(house, LAPOR) == []
    sari.tap("Simpan ke register")
    assert [row.slot for row in lines(house, LAPOR)] == ["202610", "202611"]
    assert lines(house, LAPOR)[0].content == {"selesai": 7, "proses": 2, "belum": 1, "aspirasi": 0}


def test_a_table_without_a_heading_or_of_another_kind_is_refused(house: House, sari: Talk) -> None:
    opened(sari, "SP4N-LAPOR!").tap("Impor tabel").send_file("foto.jpg", b"x", "image/jpeg")
    assert sari.text.startswith("Berkas ini bukan tabel .csv atau .xlsx")
    sari.send_file("a.csv", b"a;b\r\n1;2\r\n", "text/csv")
    house.send_due()
    assert "Baris judulnya tidak ditemukan." in sari.text
    sari.tap("Kirim berkas lain").send_file("a.xlsx", b"PK rusak")
    house.send_due()
    assert "rusak, terkunci, atau bukan Excel" in sari.text


def test_a_register_that_moved_is_tried_out_again(house: House, sari: Talk) -> None:
    opened(sari, "SP4N-LAPOR!").tap("Impor tabel").send_file("r.csv", CSV.encode(), "text/csv")
    house.send_due()
    save = sari.data_of("Simpan ke register")
    opened(sari, "SP4N-LAPOR!").type("okt 2026: 1 selesai").tap("Simpan").tap_data(save)
    assert sari.text.startswith("Register berubah sejak hasil ini dihitung")
    assert "Baru 1, mengganti 1" in sari.text
    sari.tap("Simpan ke register")
    assert lines(house, LAPOR)[0].content["selesai"] == 7


# agents of change ----------------------------------------------------------------------------------


@pytest.mark.db
def test_agents_and_their_changes_fill_both_indicators(house: House, unit: int) -> None:
    dewi = house.member(unit, "anggota", "MP", "Dewi Contoh")
    opened(dewi, "Agen perubahan").tap("Tambah catatan").type("Kepala Seksi Layanan <b>")
    dewi.type("Antrean daring").type("menunggu 2 jam").type("menunggu 20 menit").type("12 maret 2026")
    dewi.tap("Ya, sudah").type("drive.google.com/antrean")
    assert dewi.text == (
        "Tersimpan.\n\nKepala Seksi Layanan <b> · Agen perubahan\n\nPerubahan: Antrean daring\n"
        "Sebelum: menunggu 2 jam\nSesudah: menunggu 20 menit\nMulai berjalan: 12 Maret 2026\n"
        "Masuk sistem: sudah\nTautan bukti: https://drive.google.com/antrean"
    )
    dewi.tap("‹ Daftar").tap("Tambah catatan").type("kepala seksi layanan <b>").type("Loket ramah anak")
    for _ in range(5):
        dewi.type("lewati")
    dewi.tap("‹ Daftar").tap("Tambah catatan").type("Pranata komputer").tap("‹ Kembali").tap("‹ Daftar")
    dewi.tap("Ambil ke LKE A.II.1.i.a")
    assert "2 dari 2" in dewi.text
    assert "! 1 perubahan belum bertanggal" in dewi.text
    dewi.tap("Ambil ke LKE")
    answer = row_of(house, "MP.R.1.a")
    assert answer is not None
    assert answer.inputs == {"agen": 2, "perubahan": 2}
    dewi.tap("Lanjut ›").tap("Isi dari register").tap("Ambil ke LKE")
    answer = row_of(house, "MP.R.1.b")
    assert answer is not None
    assert answer.inputs == {"perubahan": 2, "terintegrasi": 1}


# innovations ---------------------------------------------------------------------------------------


@pytest.mark.db
def test_innovations_become_a_narrative_that_joins_or_replaces(house: House, unit: int) -> None:
    tono = house.member(unit, "ketua", "PP", "Tono Contoh")
    opened(tono, "Inovasi").tap("Tambah catatan").type("SIANTAR").type("Antrean panjang.").type("2 jam")
    tono.type("20 menit").type("300 orang sebulan").type("waktu tunggu turun 83%").type("lewati").type("2")
    tono.tap("‹ Daftar").tap("Ambil ke LKE A.I.6.ii.f")
    told = (
        "1. SIANTAR. Masalah: Antrean panjang. Sebelum: 2 jam. Sesudah: 20 menit. "
        "Pengguna: 300 orang sebulan. Dampak: waktu tunggu turun 83%."
    )
    assert told in tono.text
    tono.tap("Jadikan penjelasan")
    assert note_of(house, "PP.P.2.f") == told
    tono.tap("Isi dari register").tap("Tambah di bawah")
    assert note_of(house, "PP.P.2.f") == f"{told}\n{told}"
    tono.tap("Isi dari register").tap("Ganti penjelasan")
    assert note_of(house, "PP.P.2.f") == told
    assert [c.kind for c in history_of(house, "PP.P.2.f")] == ["note"] * 3


def test_eased_services_need_the_number_of_services(house: House, unit: int) -> None:
    tono = house.member(unit, "ketua", "PP", "Tono Contoh")
    opened(tono, "Inovasi").tap("Tambah catatan").type("SIANTAR")
    for _ in range(6):
        tono.tap("Lewati")
    tono.type("4").tap("‹ Daftar").tap("Ambil ke LKE A.II.6.i.b")
    assert "Menurut register, 4 layanan dipermudah." in tono.text
    assert "Ambil ke LKE" not in tono.labels
    tono.tap("Buka indikator").type("1 dari 8").tap("Isi dari register").tap("Ambil ke LKE")
    answer = row_of(house, "PP.R.1.b")
    assert answer is not None
    assert answer.inputs == {"terdaftar": 8, "dipermudah": 4}


# reports of wealth ---------------------------------------------------------------------------------


@pytest.mark.db
def test_reports_of_wealth_are_counts_that_fill_their_indicators(house: House, sari: Talk) -> None:
    opened(sari, "LHKPN").type("2027: kepala 1, pejabat 3, lainnya 2, sudah 7")
    assert sari.text.startswith("Sudah lapor 7, melebihi yang wajib lapor (6).")
    sari.type("kepala 1, pejabat 3, lainnya 2, sudah lapor 6, tepat waktu 5").tap("Simpan")
    assert "Tahun lapor 2027: 6 dari 6 sudah lapor (100%), 5 tepat waktu" in sari.text
    sari.tap("Ambil ke LKE A.II.5.iii.a").tap("Ambil ke LKE")
    answer = row_of(house, "PW.R.3.a")
    assert answer is not None
    assert answer.inputs == {"kepala": 1, "pejabat": 3, "lainnya": 2, "sudah": 6}
    opened(sari, "LHKAN").type("2026: administrator 2 pengawas 5 pelaksana 40 sudah 45").tap("Simpan")
    sari.tap("Ambil ke LKE A.II.5.iii.b").tap("Ambil ke LKE")
    answer = row_of(house, "PW.R.3.b")
    assert answer is not None
    assert answer.inputs == {"administrator": 2, "pengawas": 5, "fungsional_pelaksana": 40, "sudah": 45}


# who may -------------------------------------------------------------------------------------------


@pytest.mark.db
def test_others_read_and_a_foreign_unit_finds_nothing(house: House, unit: int, sari: Talk) -> None:
    opened(sari, "SP4N-LAPOR!").type("des: 12 selesai").tap("Simpan")
    [row] = lines(house, LAPOR)
    rina = house.member(unit, "penilai", None, "Rina Contoh")
    opened(rina, "SP4N-LAPOR!")
    assert "12 laporan; 12 selesai" in rina.text
    assert "Register ini diisi pokja Area 5 atau pokja Area 6 dan koordinator unit." in rina.text
    assert "Tambah catatan" not in rina.labels
    rina.tap("Ambil ke LKE A.II.5.ii.a")
    assert "Ambil ke LKE" not in rina.labels
    rina.tap_data(routes.REGISTER_DELETE(row.id or 0, row.revision).pack())
    assert rina.text.startswith("Bagian ini diisi pokja area lain.")

    tono = house.member(unit, "ketua", "PP", "Tono Contoh")
    opened(tono, "SP4N-LAPOR!")
    assert "Tambah catatan" in tono.labels
    tono.tap("Ambil ke LKE A.II.5.ii.a")
    assert "Yang mengambilnya ke LKE adalah pokja area ini atau koordinator unit." in tono.text
    assert "Ambil ke LKE" not in tono.labels

    other = house.unit("Kantor Lain", house.agency("Instansi Lain"))
    eka = house.member(other, "koordinator", None, "Eka Contoh")
    eka.type("/menu")
    for action in (
        routes.REGISTER(row.id or 0),
        routes.REGISTER_FIELD(row.id or 0, "selesai", 0),
        routes.REGISTER_DELETE(row.id or 0, row.revision),
        routes.REGISTER_FIELD_SET(row.id or 0, "aspirasi", 0, row.revision, ""),
    ):
        eka.tap_data(action.pack())
        assert eka.text.startswith("Catatan ini tidak ada dalam register unit Anda."), action
    eka.tap_data(routes.REGISTER_PUT(unit, LAPOR, "202612", "1.1.1.-.-.-.-", 1).pack())
    assert eka.text.startswith("Tombol ini dari unit lain")
    eka.tap_data(routes.REGISTER_FILE_ASK(unit, LAPOR).pack())
    assert eka.text.startswith("Tombol ini dari unit lain")
    assert lines(house, LAPOR)[0].content == {"selesai": 12, "proses": 0, "belum": 0}


def test_forged_buttons_change_nothing(house: House, unit: int, sari: Talk) -> None:
    sari.type("/menu")
    for data in (
        routes.REGISTER_LIST("x", 0),
        routes.REGISTER_NEW(unit, "x"),
        routes.REGISTER_SLOT(unit, LAPOR, "209913"),
        routes.REGISTER_CHECK(unit, LAPOR, "202612", "1.2"),
        routes.REGISTER_PUT(unit, LAPOR, "202612", "99999.1.1.-.-.-.-", 0),
        routes.REGISTER_PUT(unit, LAPOR, "2026", "1.1.1.-.-.-.-", 0),
        routes.REGISTER_PUT(unit, LAPOR, "202612", "-.-.-.-.-.-.-", 0),
        routes.REGISTER_SLOT(unit, "agen", "2027"),
        routes.REGISTER_PUT(unit, "inovasi", "2027", "5", 0),
        routes.REGISTER_TAKE("MP.P.1.a", 0),
        routes.REGISTER_TAKE("MP.R.1.a", -5),
        routes.REGISTER_IMPORT(77),
        routes.REGISTER(77),
    ):
        sari.tap_data(data.pack())
        assert sari.text
    assert lines(house, LAPOR) == []


def test_the_longest_button_fits() -> None:
    for kind in KINDS.values():
        code = typed.code_of(kind, {field.key: kind.largest for field in kind.counts})
        slot = "202712" if kind.slots == "bulan" else "2027"
        assert len(routes.REGISTER_PUT(999_999, kind.code, slot, code, 99).pack().encode()) <= 64


# what leaves ---------------------------------------------------------------------------------------


def test_the_unit_takes_its_registers_along_and_brings_them_back(house: House, unit: int, sari: Talk) -> None:
    opened(sari, "SP4N-LAPOR!").type("des: 12 selesai 3 proses").tap("Simpan")
    opened(sari, "LHKPN").type("2026: kepala 1 pejabat 0 lainnya 0 sudah 1").tap("Simpan")

    def exported(session: Session) -> dict[str, bytes]:
        given = of_operator(session, house.library, session.get_one(Unit, unit), house.clock.now())
        with zipfile.ZipFile(io.BytesIO(csv_zip(given).data)) as archive:
            return {name: archive.read(name) for name in archive.namelist() if "register" in name}

    files = house.read(exported)
    assert list(files) == ["register-lapor.csv", "register-lhkpn.csv"]
    assert files["register-lapor.csv"].decode("utf-8-sig").splitlines()[1] == "2026-12;12;3;0;;;;"
    for name, data in files.items():
        kind = KINDS[name.removeprefix("register-").removesuffix(".csv")]
        read = table.read(data, name, kind, house.clock.now().date())
        assert (read.failure, read.problems) == ("", [])
        assert [line.values for line in read.lines] == [row.content for row in lines(house, kind.code)]


def test_a_person_takes_along_what_they_wrote_and_leaves_the_lines(
    house: House, unit: int, sari: Talk
) -> None:
    opened(sari, "SP4N-LAPOR!").type("des: 12 selesai").tap("Simpan").tap("Impor tabel")
    sari.send_file("r.csv", CSV.encode(), "text/csv")
    house.send_due()

    def kept(session: Session) -> dict[str, Any]:
        person = session.exec(select(Person).where(Person.telegram_id == sari.user_id)).one()
        return own_data(session, person.id or 0, lambda at: at.isoformat() if at else None)

    mine = house.read(kept)
    assert [(row["register"], row["periode"]) for row in mine["register_dicatat"]] == [("lapor", "2026-12")]
    assert [row["berkas"] for row in mine["impor_register"]] == ["r.csv"]
    sari.type("/privasi").tap("Hapus data saya").tap("Ya, hapus")
    assert len(lines(house, LAPOR)) == 1
    assert rows_of(house, select(RegisterImport)) == []


def test_the_same_table_in_excel_is_read_too() -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("Rekap pengaduan",),
        ("Bulan", "Tahun", "Jumlah selesai", "Proses", "Belum"),
        ("Maret", 2027, 4, 1, 0),
        (date(2027, 4, 1), None, 3.0, None, 1),
        ("Mei", 2027, 2.5, 0, 0),
    ):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    found = table.read(out.getvalue(), "rekap.xlsx", KINDS[LAPOR], TODAY)
    assert [(line.slot, line.values) for line in found.lines] == [
        ("202703", {"selesai": 4, "proses": 1, "belum": 0}),
        ("202704", {"selesai": 3, "proses": 0, "belum": 1}),
    ]
    assert [(each.at, each.why) for each in found.problems] == [
        (5, "kolom selesai berisi “2,5”, bukan bilangan bulat")
    ]


def test_the_fullest_register_fits_a_message(house: House, unit: int) -> None:
    budi = house.member(unit, "koordinator", None, "Budi Contoh")
    with house.writing() as session:
        for code, slots in ((LAPOR, [f"2025{n:02}" for n in range(1, 13)]), ("agen", 14), ("inovasi", 14)):
            kind = KINDS[code]
            for place in range(14) if isinstance(slots, int) else slots:
                content: dict[str, Any] = {}
                for each in kind.fields:
                    text = {"day": "2026-09-12", "yes": "ya"}.get(
                        each.form, f"<{place}> " + "w " * each.limit
                    )
                    content[each.key] = kind.largest if each.form == "count" else text[: each.limit]
                slot = str(place) if kind.slots else None
                at = house.clock.now()
                session.add(
                    RegisterEntry(
                        unit_id=unit, kind=code, slot=slot, content=content, added_at=at, changed_at=at
                    )
                )
    budi.type("/menu")
    rows = rows_of(house, select(RegisterEntry))
    actions = [routes.REGISTER_TAKE(item, 0) for kind in KINDS.values() for item in kind.feeds]
    actions += [routes.REGISTER(row.id or 0) for row in rows]
    actions += [routes.REGISTER_FIELD(row.id or 0, KINDS[row.kind].fields[-1].key, 0) for row in rows]
    actions += [routes.REGISTER_DELETE_ASK(row.id or 0) for row in rows]
    for code in KINDS:
        actions += [routes.REGISTER_LIST(code, 0), routes.REGISTER_LIST(code, 1), routes.REGISTER_COPY(code)]
    for action in actions:
        screen = tap(house, budi.user_id, action).screen
        assert screen is not None
        assert len(visible(screen.text)) <= MAX_TEXT - NOTICE_ROOM, action
