"""Deadlines as a coordinator sets them."""

from datetime import UTC, datetime

import pytest
from sqlmodel import func, select

from flows.models import Deadline
from tests.support.house import House
from tests.support.talk import NoSuchButton, Talk

WITA = "WITA"


@pytest.fixture
def unit(house: House) -> int:
    return house.unit(zone=WITA)


@pytest.fixture
def boss(house: House, unit: int) -> Talk:
    return house.member(unit, "koordinator", name="Budi Contoh")


def set_date(boss: Talk, place: str, text: str) -> Talk:
    return boss.type("/jadwal").tap(place).type(text).tap("Simpan")


@pytest.mark.db
def test_a_coordinator_types_a_date_sees_it_in_full_and_saves_it(house: House, boss: Talk) -> None:
    boss.type("/jadwal")
    assert boss.text.startswith("Belum ada batas waktu yang diisi.")
    assert "umumnya 31 Mei; dapat berubah, periksa surat Kementerian PANRB" in boss.text
    boss.tap("Atur TPI")
    assert boss.text.startswith("Kapan TPI meminta LKE lengkap?")
    boss.type("16 april")
    assert boss.text.startswith("Penilaian TPI: Jumat, 16 April 2027, 16.00 WITA.")
    assert "88 hari lagi. Belum tersimpan." in boss.text
    assert "Pengingat pukul 08.30 WITA:\n• H-7: Jumat, 9 April 2027\n• H-1: Kamis, 15 April 2027" in boss.text
    boss.tap("Simpan")
    assert boss.toast == "Tersimpan: Penilaian TPI, Jumat, 16 April 2027, 16.00 WITA."
    assert boss.text.startswith("Batas waktu terdekat: Penilaian TPI, 88 hari lagi.")
    saved = house.read(lambda s: s.exec(select(Deadline.scope, Deadline.due_at)).one())
    assert tuple(saved) == ("tpi", datetime(2027, 4, 16, 8, tzinfo=UTC))


def test_typing_works_at_every_step_of_setting_a_date(boss: Talk) -> None:
    boss.type("/jadwal").tap("Area 5").type("jumat depan jam 9")
    assert boss.text.startswith("Area 5 Penguatan Pengawasan: Jumat, 29 Januari 2027, 09.00 WITA.")
    boss.type("senin minggu depan")
    assert boss.text.startswith("Area 5 Penguatan Pengawasan: Senin, 25 Januari 2027, 16.00 WITA.")
    boss.type("ya")
    assert "Tersimpan: Area 5, Senin, 25 Januari 2027, 16.00 WITA." in boss.text


def test_a_zone_that_is_typed_is_converted_to_the_units(boss: Talk) -> None:
    boss.type("/jadwal").tap("Area 1").type("26 februari jam 9 WIB")
    assert "Jumat, 26 Februari 2027, 10.00 WITA" in boss.text


def test_the_customary_submission_date_is_one_tap(house: House, boss: Talk) -> None:
    boss.type("/jadwal").tap("Atur pengusulan").tap("Pakai 31 Mei 2027").tap("Simpan")
    assert house.read(lambda s: s.exec(select(Deadline.scope)).one()) == "pengajuan"


def test_a_date_that_does_not_exist_is_refused_with_the_one_perhaps_meant(boss: Talk) -> None:
    boss.type("/jadwal").tap("Area 1").type("31 Februari")
    assert boss.text.startswith("Tanggal 31 Februari tidak ada. Maksudnya 28 Februari 2027?")
    boss.tap("Pakai 28 Feb 2027")
    assert "Minggu, 28 Februari 2027" in boss.text
    assert "! Hari itu Minggu, bukan hari kerja umum." in boss.text


def test_a_past_date_is_refused_and_the_old_one_stays(house: House, boss: Talk) -> None:
    set_date(boss, "Area 1", "16 april")
    boss.type("/jadwal").tap("Area 1").tap("Ubah tanggal").type("16 april 2026")
    assert "16 April 2026 sudah lewat. Maksudnya 16 April 2027?" in boss.text
    assert "Tanggal yang lama tetap tersimpan." in boss.text
    boss.type("hari ini jam 7 pagi")
    assert "sudah lewat, jadi belum disimpan" in boss.text
    assert house.read(lambda s: s.exec(select(Deadline.due_at)).one()) == datetime(2027, 4, 16, 8, tzinfo=UTC)


def test_a_question_at_the_prompt_is_answered_and_the_prompt_stays(boss: Talk) -> None:
    boss.type("/jadwal").tap("Area 1").type("apa syarat WBK?")
    assert "WBK" in boss.text
    boss.type("16 april")
    assert boss.text.startswith("Area 1 Manajemen Perubahan: Jumat, 16 April 2027")


def test_belum_tahu_leaves_the_date_open(boss: Talk) -> None:
    boss.type("/jadwal").tap("Area 1").type("belum tahu")
    assert "Baik, dikosongkan dulu." in boss.text


def test_a_date_after_the_tpi_date_is_pointed_out(boss: Talk) -> None:
    set_date(boss, "Atur TPI", "16 april")
    boss.type("/jadwal").tap("Area 1").type("20 april")
    assert "! Tanggal ini sesudah Penilaian TPI (16 April 2027)." in boss.text


def test_members_read_the_schedule_and_cannot_set_it(house: House, unit: int, boss: Talk) -> None:
    set_date(boss, "Area 5", "16 april")
    member = house.member(unit, "anggota", "PW", "Sari Contoh").type("/jadwal")
    assert "Area 5 Penguatan Pengawasan\nJumat, 16 April 2027, 16.00 WITA · 88 hari lagi" in member.text
    with pytest.raises(NoSuchButton):
        member.tap("Area 5")
    minutes = int(datetime(2027, 5, 1, tzinfo=UTC).timestamp() // 60)
    for forged in ("jadwal.atur:PW", f"jadwal.s:{unit}:PW:{minutes}:1", f"jadwal.h:{unit}:PW:1"):
        member.tap_data(forged)
        assert "Batas waktu diatur koordinator unit." in member.text
    assert house.read(lambda s: s.exec(select(Deadline.revision)).one()) == 1


def test_another_units_deadlines_cannot_be_touched_by_a_forged_button(
    house: House, unit: int, boss: Talk
) -> None:
    other = house.unit("Kantor Lain Contoh")
    minutes = int(datetime(2027, 5, 1, tzinfo=UTC).timestamp() // 60)
    boss.type("/jadwal").tap_data(f"jadwal.s:{other}:PW:{minutes}:0")
    assert "Unit ini tidak ada dalam daftar Anda." in boss.text
    boss.type("/jadwal").tap_data(f"jadwal.s:{unit}:XX:{minutes}:0").tap_data(f"jadwal.cek:PW:{10**17}")
    assert house.read(lambda s: s.exec(select(func.count()).select_from(Deadline)).one()) == 0


@pytest.mark.db
def test_two_coordinators_on_one_date_the_second_sees_the_firsts(house: House, unit: int, boss: Talk) -> None:
    other = house.member(unit, "koordinator", name="Ani Contoh")
    boss.type("/jadwal").tap("Area 5").type("16 april")
    other.type("/jadwal").tap("Area 5").type("23 april")
    boss.tap("Simpan")
    other.tap("Simpan")
    assert "Batas waktu ini baru saja diubah. Ini keadaan terbaru." in other.text
    assert "Jumat, 16 April 2027" in other.text
    assert house.read(lambda s: s.exec(select(Deadline.due_at)).one()) == datetime(2027, 4, 16, 8, tzinfo=UTC)


def test_a_repeated_tap_on_save_saves_once(house: House, boss: Talk) -> None:
    boss.type("/jadwal").tap("Area 5").type("16 april")
    data = boss.data_of("Simpan")
    boss.tap("Simpan").tap_data(data)
    assert boss.text.startswith("Batas waktu terdekat: Area 5")
    assert house.read(lambda s: s.exec(select(Deadline.revision)).one()) == 1
