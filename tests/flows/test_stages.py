"""The unit's year: template dates, shifts with their preview, pinned dates, proposals, the template."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from flows.models import Deadline, UnitDuty
from tests.support.house import House
from tests.support.talk import NoSuchButton, Talk


@pytest.fixture
def unit(house: House) -> int:
    return house.unit()


@pytest.fixture
def boss(house: House, unit: int) -> Talk:
    return house.member(unit, "koordinator", name="Budi Contoh")


def dates(house: House) -> dict[str, date]:
    """Every deadline by its reference, as the day in WIB (all are set for 16.00)."""
    found = house.read(lambda s: s.exec(select(Deadline.scope, Deadline.ref, Deadline.due_at)).all())
    return {ref or scope: due_at.date() for scope, ref, due_at in found}


def set_tpi(boss: Talk, text: str = "16 april") -> Talk:
    return boss.type("/jadwal").tap("Atur TPI").type(text)


# the proposal --------------------------------------------------------------------------------------


@pytest.mark.db
def test_the_tpi_date_leads_to_a_proposal_that_one_tap_takes(house: House, boss: Talk) -> None:
    set_tpi(boss).type("ya")
    assert boss.text == (
        "Tersimpan: Penilaian TPI, Jumat, 16 April 2027, 16.00 WIB.\n\n"
        "Usulan jadwal dari tanggal TPI: Jumat, 16 April 2027.\n\n"
        "• Batas bukti per area: Jumat, 26 Februari 2027 (Area 1, 2, 3, 4, 5, 6)\n"
        "• Monev ZI bersama pimpinan: tiap bulan, Jumat terakhir; berikutnya Jumat, 29 Januari 2027\n\n"
        "Belum tersimpan. Yang jatuh pada hari libur maju ke hari kerja sebelumnya; "
        "setiap tanggal tetap dapat diubah satu per satu."
    )
    assert boss.labels == ["Pakai usulan", "Atur sendiri", "Nanti saja"]
    used = boss.data_of("Pakai usulan")
    boss.tap("Pakai usulan")
    assert boss.toast == "Tersimpan: batas 6 area dan 1 tugas rutin."
    found = dates(house)
    assert {found[a] for a in ("MP", "TL", "SDM", "AK", "PW", "PP")} == {date(2027, 2, 26)}
    assert {ref: day for ref, day in found.items() if ref.startswith("monev")} == {
        "monev:2027-01": date(2027, 1, 29),
        "monev:2027-02": date(2027, 2, 26),
        "monev:2027-03": date(2027, 3, 24),
    }
    boss.tap_data(used)  # a second tap on the same button
    assert boss.toast == "Usulan ini sudah tersimpan."
    assert dates(house) == found


def test_a_proposal_can_be_left_for_later_or_set_by_oneself(house: House, boss: Talk) -> None:
    set_tpi(boss).tap("Simpan").tap("Nanti saja")
    assert boss.toast == "Baik, dikosongkan dulu. Bisa diisi kapan saja."
    assert dates(house) == {"tpi": date(2027, 4, 16)}
    boss.tap("Usulan jadwal").tap("Atur sendiri").tap("Area 5").type("1 maret").tap("Simpan")
    boss.tap("Usulan jadwal")
    assert "(Area 1, 2, 3, 4, 6)" in boss.text


def test_a_proposal_from_before_another_change_is_refused_kindly(house: House, unit: int, boss: Talk) -> None:
    other = house.member(unit, "koordinator", name="Sari Contoh")
    set_tpi(boss).tap("Simpan")
    other.type("/jadwal").tap("Area 5").type("1 maret").tap("Simpan")
    boss.tap("Pakai usulan")
    assert "Jadwal baru saja berubah, jadi belum ada yang disimpan. Ini keadaan terbaru." in boss.text
    assert "(Area 1, 2, 3, 4, 6)" in boss.text
    assert dates(house) == {"tpi": date(2027, 4, 16), "PW": date(2027, 3, 1)}


def test_with_the_tpi_near_the_areas_get_the_working_day_halfway_or_none(house: House, boss: Talk) -> None:
    set_tpi(boss, "12 februari").tap("Simpan")
    assert "Batas bukti per area: Jumat, 29 Januari 2027" in boss.text
    boss.type("/jadwal").tap("Atur TPI").tap("Ubah tanggal").type("22 januari").tap("Simpan")
    assert "Batas bukti per area" not in boss.text


# stages --------------------------------------------------------------------------------------------


def test_the_year_is_shown_with_template_dates_that_one_tap_takes(house: House, boss: Talk) -> None:
    boss.type("/jadwal").tap("Tahapan")
    assert boss.text.startswith("Tahapan ZI 2027: berikutnya Pembangunan ZI di unit, 43 hari lagi.")
    assert "pengajuan Senin, 31 Mei 2027 (tanggal umum; dapat berubah, periksa surat Kementerian PANRB)" in (
        boss.text
    )
    assert "✓ 1  Pencanangan · perkiraan 2 Maret 2026" in boss.text
    assert "○ 7  Evaluasi Tim Penilai Internal · perkiraan 16 April 2027" in boss.text
    assert dates(house) == {}
    boss.tap("Pakai perkiraan")
    assert boss.toast == "10 tahap diberi tanggal."
    found = dates(house)
    assert found["desk_evaluasi"] == date(2027, 8, 13)
    assert "tpi" not in found
    assert "pengajuan" not in found
    with pytest.raises(NoSuchButton):
        boss.tap("Pakai perkiraan")


def test_a_stage_says_who_and_what_with_its_rule_and_the_guidance_of_the_facts(boss: Talk) -> None:
    boss.type("/jadwal").tap("Tahapan").tap("3")
    text = boss.text
    assert text.startswith("Pembangunan ZI di unit: perkiraan Selasa, 2 Maret 2027.")
    assert "Siapa: Kepala unit, tim kerja, dan seluruh pegawai." in text
    assert "Dasar: PermenPANRB 90/2021; SE MenPANRB 15/2022." in text
    assert "• Menyusun rencana aksi berdasarkan program kerja yang disepakati" in text
    assert "Tugas lainnya tidak dirinci di sumber yang dibaca, jadi tidak ditebak." in text
    assert "• Komitmen pimpinan dan pegawai: Pimpinan memberi contoh" in text
    boss.tap("Tugas tim")
    assert "rencana dan program kerja" in boss.text


def test_what_is_only_remembered_is_marked_as_uncertain(boss: Talk) -> None:
    boss.type("/jadwal").tap("Tahapan").tap("6")
    assert "! Keterangan tahap ini dari praktik dan belum dapat dipastikan; tanyakan ke TPI." in boss.text
    assert "Jarak waktunya praktik, bukan ketentuan." in boss.text


def test_members_read_the_year_and_cannot_set_it(house: House, unit: int, boss: Talk) -> None:
    member = house.member(unit, "anggota", "PW", name="Dewi Contoh")
    member.type("/jadwal").tap("Tahapan")
    assert "Pakai perkiraan" not in member.labels
    member.tap("10")
    assert "Isi tanggal" not in member.labels
    for forged in (f"tahap.pakai:{unit}:0", f"jadwal.pakai:{unit}:0", "jadwal.usul", "jadwal.atur:panel"):
        member.tap_data(forged)
        assert "Batas waktu diatur koordinator unit." in member.text
    assert dates(house) == {}


# shifting ------------------------------------------------------------------------------------------


@pytest.mark.db
def test_moving_the_tpi_takes_along_what_depends_on_it_after_a_preview(house: House, boss: Talk) -> None:
    set_tpi(boss).tap("Simpan").tap("Pakai usulan").tap("Tahapan").tap("Pakai perkiraan")
    before = dates(house)
    boss.type("/jadwal").tap("Atur TPI").tap("Ubah tanggal").type("23 april")
    assert boss.text.startswith("Penilaian TPI: Jumat, 23 April 2027, 16.00 WIB.")
    assert "Ikut bergeser: 10" in boss.text
    assert "• Penilaian mandiri unit: 2 April 2027 → 9 April 2027" in boss.text
    assert "   pengingat: 24/3, 1/4, 2/4 → 2/4, 8/4, 9/4" in boss.text
    assert "• Area 5 Penguatan Pengawasan: 26 Februari 2027 → 5 Maret 2027" in boss.text
    assert "Desk evaluasi" not in boss.text
    assert dates(house) == before
    boss.tap("Simpan, geser")
    assert boss.toast == "Tersimpan: Penilaian TPI; 10 tanggal lain ikut bergeser."
    after = dates(house)
    assert after["tpi"] == date(2027, 4, 23)
    assert after["PW"] == date(2027, 3, 5)
    assert after["pembangunan"] == date(2027, 3, 5)  # Nyepi and Idul Fitri take the days around the 9th
    assert after["desk_evaluasi"] == before["desk_evaluasi"]
    assert after["monev:2027-02"] == before["monev:2027-02"]


def test_a_preview_counts_with_the_units_own_days(house: House, boss: Talk) -> None:
    set_tpi(boss).type("ya").tap("Pakai usulan")
    boss.type("/menu").tap_data("pantau.jarak")
    boss.tap("H-14").tap("H-1")
    assert "Jarak pengingat: H-14, H-7, dan hari H" in boss.text
    boss.type("/jadwal").tap_data("jadwal.lihat:tpi")
    assert (
        "Pengingat pukul 08.30 WIB:\n• H-14: Jumat, 2 April 2027\n• H-7: Jumat, 9 April 2027\n"
        "• hari H: Jumat, 16 April 2027" in boss.text
    )
    boss.tap("Ubah tanggal").type("23 april")
    assert "• H-14: Jumat, 9 April 2027" in boss.text
    assert "   pengingat: 12/2, 19/2, 26/2 → 19/2, 26/2, 5/3" in boss.text


def test_a_pinned_date_a_done_one_and_a_past_one_stay(house: House, boss: Talk) -> None:
    set_tpi(boss).tap("Simpan").tap("Pakai usulan")
    boss.type("/jadwal").tap("Area 1").tap("Kunci tanggal")
    assert boss.toast == "Tanggal dikunci: tidak ikut bergeser."
    assert "Dikunci: tidak ikut bergeser bila tanggal lain diubah." in boss.text
    boss.type("/jadwal").tap("Area 2").tap("Tandai selesai")
    boss.type("/jadwal").tap("Atur TPI").tap("Ubah tanggal").type("30 april")
    assert "• Area 1 Manajemen Perubahan: 26 Februari 2027 (dikunci)" in boss.text
    assert "• Area 2 Penataan Tatalaksana: 26 Februari 2027 (sudah selesai)" in boss.text
    boss.type("ya")
    found = dates(house)
    assert (found["MP"], found["TL"], found["PW"]) == (
        date(2027, 2, 26),
        date(2027, 2, 26),
        date(2027, 3, 5),  # the 12th is joint leave
    )
    boss.type("/jadwal").tap("Area 1").tap("Lepas kunci")
    assert boss.toast == "Kunci dilepas: ikut bergeser lagi."


def test_only_this_one_can_be_moved_by_tap_or_by_word(house: House, boss: Talk) -> None:
    set_tpi(boss).tap("Simpan").tap("Pakai usulan")
    boss.type("/jadwal").tap("Atur TPI").tap("Ubah tanggal").type("23 april").tap("Hanya ini")
    assert dates(house)["PW"] == date(2027, 2, 26)
    boss.type("/jadwal").tap("Atur TPI").tap("Ubah tanggal").type("30 april").type("hanya ini")
    assert dates(house)["tpi"] == date(2027, 4, 30)
    assert dates(house)["PW"] == date(2027, 2, 26)


def test_a_preview_that_has_become_stale_is_refused_and_shown_anew(
    house: House, unit: int, boss: Talk
) -> None:
    other = house.member(unit, "koordinator", name="Sari Contoh")
    set_tpi(boss).tap("Simpan").tap("Pakai usulan")
    boss.type("/jadwal").tap("Atur TPI").tap("Ubah tanggal").type("23 april")
    other.type("/jadwal").tap("Area 5").tap("Kunci tanggal")
    boss.tap("Simpan, geser")
    assert "Jadwal baru saja berubah, jadi belum ada yang disimpan. Ini keadaan terbaru." in boss.text
    assert "• Area 5 Penguatan Pengawasan: 26 Februari 2027 (dikunci)" in boss.text
    assert dates(house)["tpi"] == date(2027, 4, 16)
    tapped = boss.data_of("Simpan, geser")
    boss.tap("Simpan, geser")
    assert dates(house)["tpi"] == date(2027, 4, 23)
    moved = dates(house)
    boss.tap_data(tapped)
    assert dates(house) == moved


def test_a_shift_that_would_fall_into_the_past_leaves_that_date(house: House, boss: Talk) -> None:
    set_tpi(boss).tap("Simpan").tap("Pakai usulan")
    boss.type("/jadwal").tap("Atur TPI").tap("Ubah tanggal").type("1 maret")
    assert (
        "• Area 5 Penguatan Pengawasan: 26 Februari 2027 (akan jatuh di hari yang sudah lewat)" in boss.text
    )
    assert boss.labels == ["Simpan", "Ubah tanggal", "Batal"]
    boss.tap("Simpan")
    assert dates(house)["PW"] == date(2027, 2, 26)


def test_moving_the_submission_takes_the_whole_year_along(house: House, boss: Talk) -> None:
    boss.type("/jadwal").tap("Atur pengusulan").tap("Pakai 31 Mei 2027").tap("Simpan")
    boss.type("/jadwal").tap("Tahapan").tap("Pakai perkiraan")
    boss.type("/jadwal").tap("Atur pengusulan").tap("Ubah tanggal").type("31 juli").tap("Simpan, geser")
    found = dates(house)
    assert found["pengajuan"] == date(2027, 7, 31)
    assert found["desk_evaluasi"] == date(2027, 10, 13)
    assert found["survei"] == date(2027, 5, 31)  # 1 June is a holiday


# the agency's template -----------------------------------------------------------------------------


def test_an_admin_changes_the_template_and_units_see_it(house: House, unit: int, boss: Talk) -> None:
    admin = house.admin(1)
    admin.type("/menu").tap("Kelola instansi").tap("Templat tahapan")
    assert admin.text.startswith("Templat tahapan instansi, dihitung dari pengajuan 31 Mei 2027.")
    admin.tap("7").type("50 hari")
    assert "7  Evaluasi Tim Penilai Internal · 50 hari sebelum · 9 April 2027 · diubah instansi" in admin.text
    set_tpi(boss, "belum tahu").tap("Usulan jadwal")
    assert boss.text.startswith(
        "Usulan jadwal dari tanggal TPI: Jumat, 9 April 2027 (perkiraan, tanggal TPI belum diisi)."
    )


def test_a_distance_that_turns_the_order_round_is_refused(house: House, unit: int) -> None:
    admin = house.admin(1)
    admin.type("/menu").tap_data("tahap.il:1:evaluasi_tpi").type("80 hari sebelum")
    assert "Dengan jarak itu urutan tahap menjadi terbalik" in admin.text
    admin.type("50 hari sebelum")
    assert "7  Evaluasi Tim Penilai Internal · 50 hari sebelum · 9 April 2027 · diubah instansi" in admin.text
    admin.tap("7").type("ngawur sekali")
    assert "Jarak itu belum terbaca." in admin.text
    admin.tap("Jarak semula")
    assert "45 hari sebelum · 16 April 2027" in admin.text


def test_the_agencys_template_shows_in_its_units_year_only(house: House, unit: int, boss: Talk) -> None:
    admin = house.admin(1)
    foreign_agency = house.agency("Instansi Lain")
    foreign = house.member(house.unit("Kantor Lain", foreign_agency), "koordinator", name="Eka Contoh")
    admin.type("/menu").tap_data("tahap.il:1:pra_evaluasi").type("6 minggu sesudah")
    boss.type("/jadwal").tap("Tahapan")
    assert "Pra-evaluasi TPN (seleksi administrasi) · perkiraan 12 Juli 2027" in boss.text
    foreign.type("/jadwal").tap("Tahapan")
    assert "Pra-evaluasi TPN (seleksi administrasi) · perkiraan 5 Juli 2027" in foreign.text
    foreign.tap_data("tahap.is:1:pra_evaluasi:1")
    assert "Bagian ini hanya untuk admin instansi." in foreign.text


def test_a_unit_that_follows_the_wit_clock_keeps_its_days(house: House) -> None:
    unit = house.unit("Kantor Timur", zone="WIT")
    boss = house.member(unit, "koordinator", name="Rina Contoh")
    set_tpi(boss).tap("Simpan").tap("Pakai usulan")
    due = house.read(lambda s: s.exec(select(Deadline.due_at).where(Deadline.ref == "PW")).one())
    assert due == datetime(2027, 2, 26, 7, tzinfo=UTC)
    assert house.read(lambda s: s.exec(select(UnitDuty.duty)).all()) == ["monev"]
