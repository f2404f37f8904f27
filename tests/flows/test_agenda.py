"""/jadwal as one list: nearest first, views, pages, what is mine; parts of the LKE; the calendar file."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from sqlmodel import col, select

from flows.models import Deadline, Evidence, Person, Pic, Task
from tests.support.house import House
from tests.support.lke import CAMPAIGN, assessment_id
from tests.support.proof import prove
from tests.support.talk import NoSuchButton, Talk


@pytest.fixture
def unit(house: House) -> int:
    return house.unit()


@pytest.fixture
def boss(house: House, unit: int) -> Talk:
    return house.member(unit, "koordinator", name="Budi Contoh")


def person_id(house: House, talk: Talk) -> int:
    return house.read(lambda s: s.exec(select(Person.id).where(Person.telegram_id == talk.user_id)).one())


def add_tasks(house: House, unit: int, who: Talk, days: list[date]) -> None:
    with house.writing() as session:
        for n, day in enumerate(days, 1):
            session.add(
                Task(
                    unit_id=unit,
                    title=f"Tugas {n}",
                    person_id=person_id(house, who),
                    due_on=day,
                    made_at=house.clock.now(),
                )
            )


TODAY = date(2027, 1, 18)


def test_late_things_stand_above_today_and_the_nearest_below(house: House, unit: int, boss: Talk) -> None:
    add_tasks(house, unit, boss, [TODAY - timedelta(days=3), TODAY, TODAY + timedelta(days=5)])
    boss.type("/jadwal")
    assert boss.text.startswith("Batas waktu terdekat: Tugas 2, hari ini.")
    assert (
        "! 1  Tugas 1\n    Jumat, 15 Januari 2027 · lewat 3 hari · Anda\n"
        "── hari ini, Senin, 18 Januari 2027 ──\n"
        "! 2  Tugas 2\n    Senin, 18 Januari 2027 · hari ini · Anda\n"
        "3  Tugas 3\n    Sabtu, 23 Januari 2027 · 5 hari lagi · Anda"
    ) in boss.text
    boss.type("3")
    assert "Tugas 3" in boss.text
    assert "23 Januari 2027" in boss.text


def test_pages_go_on_and_back_and_a_number_means_what_stood_there(
    house: House, unit: int, boss: Talk
) -> None:
    add_tasks(house, unit, boss, [TODAY + timedelta(days=n) for n in range(1, 15)])
    boss.type("/jadwal")
    assert "halaman 1 dari 3" in boss.text
    boss.tap("›")
    assert "1  Tugas 7\n" in boss.text
    assert "hari ini, Senin" not in boss.text
    boss.tap("›")
    assert "halaman 3 dari 3" in boss.text
    assert "2  Tugas 14\n" in boss.text
    assert "Belum diisi:" in boss.text
    boss.type("2")
    assert "Tugas 14" in boss.text
    boss.tap_data("jadwal.daftar::99")
    assert "halaman 3 dari 3" in boss.text


def test_views_show_one_level_and_what_is_mine(house: House, unit: int, boss: Talk) -> None:
    member = house.member(unit, "anggota", "PW", name="Dewi Contoh")
    add_tasks(house, unit, member, [TODAY + timedelta(days=2)])
    boss.type("/jadwal").tap("Atur TPI").type("16 april").tap("Simpan").tap("Nanti saja")
    boss.tap("Area 5").type("26 februari").tap("Simpan")
    boss.tap("Saring")
    assert "tahap: 1" in boss.text
    assert "1  Penilaian TPI" in boss.text
    assert "1  Tugas 1" not in boss.text
    boss.tap("LKE")
    assert "1  Area 5 Penguatan Pengawasan" in boss.text
    boss.tap("Tugas")
    assert "1  Tugas 1" in boss.text
    boss.tap("Tugas")  # tapped again: everything
    assert "3  Penilaian TPI" in boss.text
    boss.tap("Milik saya")
    assert "milik Anda: 2" in boss.text  # no ketua in Area 5: the coordinator stands in
    member.type("/jadwal").tap("Milik saya")
    assert "milik Anda: 2" in member.text
    assert "Penilaian TPI" not in member.text.split("\n", 1)[1]
    member.tap("Semua")
    assert "3  Penilaian TPI" in member.text


def test_a_view_that_does_not_exist_shows_everything(boss: Talk) -> None:
    boss.type("/jadwal").tap_data("jadwal.daftar:ngawur:-5")
    assert boss.text.startswith("Belum ada batas waktu yang diisi.")


# parts of the LKE ----------------------------------------------------------------------------------


@pytest.mark.db
def test_a_ketua_sets_the_date_of_an_indicator_of_the_own_area_only(
    house: House, unit: int, boss: Talk
) -> None:
    ketua = house.member(unit, "ketua", "PW", name="Sari Contoh")
    ketua.type("/lke").tap_data(f"lke.i:{CAMPAIGN}").tap("Batas waktu")
    assert ketua.text.startswith("Kampanye publik antigratifikasi (A.I.5.i.a): belum diisi.")
    ketua.tap("Isi tanggal").type("akhir februari").tap("Pakai 26 Feb 2027").tap("Simpan")
    assert "Batas waktu: Jumat, 26 Februari 2027, 39 hari lagi" in ketua.text
    ketua.tap("Batas waktu").tap("Hapus tanggal")
    assert house.read(lambda s: s.exec(select(Deadline)).all()) == []
    for forged in ("jadwal.atur:MP.P.1.a", "jadwal.atur:PW", "jadwal.atur:tpi", "jadwal.atur:H.1.a"):
        ketua.tap_data(forged)
        assert "Batas waktu" in ketua.text
        assert "diatur" in ketua.text


def test_a_member_sees_whose_date_it_is_and_an_items_own_goes_before_its_areas(
    house: House, unit: int, boss: Talk
) -> None:
    member = house.member(unit, "anggota", "PW", name="Dewi Contoh")
    boss.type("/jadwal").tap("Area 5").type("26 februari").tap("Simpan")
    member.type("/lke").tap_data(f"lke.i:{CAMPAIGN}")
    assert "Batas waktu: Jumat, 26 Februari 2027, 39 hari lagi (dari area)" in member.text
    boss.tap_data("jadwal.atur:PW.P.1").type("19 februari").tap("Simpan")
    assert "Pengendalian Gratifikasi" in boss.text  # back at the sub-component
    member.tap_data(f"lke.i:{CAMPAIGN}")
    assert "19 Februari 2027, 32 hari lagi (dari komponen)" in member.text
    member.tap("Batas waktu")
    assert "belum diisi" in member.text
    with pytest.raises(NoSuchButton):
        member.tap("Isi tanggal")


def test_the_parts_of_an_area_go_along_with_it(house: House, boss: Talk) -> None:
    boss.type("/jadwal").tap("Area 5").type("26 februari").tap("Simpan")
    boss.tap_data(f"jadwal.atur:{CAMPAIGN}").type("19 februari").tap("Simpan")
    boss.type("/jadwal").tap("Area 5").tap("Ubah tanggal").type("5 maret")
    assert "• Kampanye publik antigratifikasi (A.I.5.i.a): 19 Februari 2027 → 26 Februari 2027" in boss.text
    boss.tap("Simpan, geser")
    days = house.read(lambda s: s.exec(select(Deadline.due_at).order_by(Deadline.ref)).all())
    assert [day.date() for day in days] == [date(2027, 3, 5), date(2027, 2, 26)]


def test_evidence_with_an_end_is_in_the_schedule_and_can_be_renewed(
    house: House, unit: int, boss: Talk
) -> None:
    prove(house, unit)
    piece = house.read(lambda s: s.exec(select(Evidence.id).order_by(col(Evidence.id))).first())
    boss.type("/menu").tap_data(f"bukti.sah:{piece}")
    assert boss.text.startswith("Sampai kapan bukti ini berlaku?")
    boss.type("kemarin")
    assert "Kemarin sudah lewat." in boss.text
    boss.type("akhir maret")
    assert "Berlaku sampai: Rabu, 31 Maret 2027" in boss.text
    boss.type("/jadwal")
    assert "Rabu, 31 Maret 2027 · 72 hari lagi" in boss.text
    boss.tap("1")
    assert "Berlaku sampai" in boss.text
    boss.tap("Ubah data").tap("Masa berlaku").tap("Tanpa batas")
    boss.type("/jadwal")
    assert "31 Maret" not in boss.text


def test_evidence_from_before_the_window_is_to_be_renewed_by_the_items_date(
    house: House, unit: int, boss: Talk
) -> None:
    prove(house, unit)
    with house.writing() as session:
        for piece in session.exec(select(Evidence)).all():
            piece.dated_on = date(2025, 3, 1)
    boss.type("/jadwal")
    assert boss.text.startswith("Belum ada batas waktu yang diisi.")
    boss.tap("Area 5").type("26 februari").tap("Simpan").tap("Saring").tap("LKE")
    shown = boss.text
    assert "bukti " in shown
    assert "26 Februari 2027" in shown


# the file ------------------------------------------------------------------------------------------


def last_file(talk: Talk) -> Any:  # its values are unions of thirty types
    document = next(m["document"] for m in reversed(talk.messages) if "document" in m)
    data = talk.house.standin.store.content(document["file_id"])
    return Calendar.from_ical(data or b"")


def test_the_file_has_stable_names_and_times_of_the_zone_and_no_alarms(house: House) -> None:
    unit = house.unit("Kantor Timur", zone="WIT")
    boss = house.member(unit, "koordinator", name="Rina Contoh")
    member = house.member(unit, "anggota", "PW", name="Dewi Contoh")
    add_tasks(house, unit, member, [TODAY + timedelta(days=2)])
    boss.type("/jadwal").tap("Atur TPI").type("16 april jam 10").tap("Simpan").tap("Nanti saja")
    boss.tap("Berkas kalender")
    assert boss.text.startswith("Berkas kalender seluruh unit: 2 tanggal.")
    found = last_file(boss)
    assert str(found["x-wr-timezone"]) == "Asia/Jayapura"
    tpi, task = sorted(found.walk("vevent"), key=lambda each: str(each["uid"]), reverse=True)
    assert task["dtstart"].dt == TODAY + timedelta(days=2)
    assert tpi["dtstart"].dt == datetime(2027, 4, 16, 1, tzinfo=UTC)
    assert str(tpi["uid"]) == f"{assessment_id(house, unit)}-tpi-unit@pandu-zi"
    assert found.walk("valarm") == []
    boss.type("/jadwal").tap("Atur TPI").tap("Ubah tanggal").type("23 april").tap("Simpan")
    boss.type("/jadwal").tap("Berkas kalender")
    (again,) = [each for each in last_file(boss).walk("vevent") if "tpi" in str(each["uid"])]
    assert str(again["uid"]) == str(tpi["uid"])
    assert int(str(again["sequence"])) > int(str(tpi["sequence"]))
    member.type("/jadwal").tap("Milik saya").tap("Berkas kalender")
    assert [str(each["summary"]) for each in last_file(member).walk("vevent")] == ["Batas: Tugas 1"]


def test_nothing_foreign_and_nothing_done_is_in_the_file(house: House, unit: int, boss: Talk) -> None:
    other = house.unit("Kantor Lain Contoh")
    foreign = house.member(other, "koordinator", name="Eka Contoh")
    add_tasks(house, other, foreign, [TODAY])
    boss.type("/jadwal").tap("Area 5").type("26 februari").tap("Simpan").tap("Area 5").tap("Tandai selesai")
    boss.tap("Berkas kalender")
    assert boss.text.startswith("Berkas kalender seluruh unit: belum ada tanggal.")
    assert last_file(boss).walk("vevent") == []


def test_a_pic_is_told_what_is_mine(house: House, unit: int, boss: Talk) -> None:
    pic = house.member(unit, "anggota", "PW", name="Dewi Contoh")
    with house.writing() as session:
        session.add(
            Pic(
                assessment_id=assessment_id(house, unit),
                scope=CAMPAIGN,
                person_id=person_id(house, pic),
                set_at=house.clock.now(),
            )
        )
    boss.type("/menu").tap_data(f"jadwal.atur:{CAMPAIGN}").type("19 februari").tap("Simpan")
    pic.type("/jadwal")
    assert "19 Februari 2027, 16.00 WIB · 32 hari lagi · Anda" in pic.text
