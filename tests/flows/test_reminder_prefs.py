"""How people want to be reminded: leave, hour, quiet, kinds; and the days before of a unit."""

from datetime import UTC, date, datetime

import pytest

from flows.reminders.leaving import Leave, read
from tests.flows.test_reminders import at, mornings
from tests.support.dues import due, pic, task
from tests.support.house import House
from tests.support.lke import CAMPAIGN
from tests.support.talk import NoSuchButton, Talk

FRIDAY = date(2027, 2, 26)


@pytest.fixture
def unit(house: House) -> int:
    return house.unit(zone="WITA")


@pytest.fixture
def boss(house: House, unit: int) -> Talk:
    return house.member(unit, "koordinator", name="Budi Contoh")


@pytest.fixture
def dewi(house: House, unit: int, boss: Talk) -> Talk:
    made = house.member(unit, "anggota", "PW", "Dewi Contoh")
    pic(house, unit, CAMPAIGN, made)
    return made


TODAY = date(2027, 1, 18)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("cuti sampai 12 Juni", Leave(TODAY, date(2027, 6, 12))),
        ("saya cuti s.d. jumat", Leave(TODAY, date(2027, 1, 22))),
        ("10-14 maret", Leave(date(2027, 3, 10), date(2027, 3, 14))),
        ("cuti 28 sampai 3 april", Leave(date(2027, 3, 28), date(2027, 4, 3))),
        ("dari senin depan sampai 5 februari", Leave(date(2027, 1, 25), date(2027, 2, 5))),
        ("cuti besok", Leave(date(2027, 1, 19), date(2027, 1, 19))),
        ("cuti hari ini", Leave(TODAY, TODAY)),
        ("entah kapan", None),
    ],
)
def test_leave_is_read_as_people_type_it(text: str, meant: Leave | None) -> None:
    assert read(text, TODAY) == meant


@pytest.mark.parametrize("text", ["sampai 31 februari", "20 maret sampai 10 maret", "sampai 1 juni 2029"])
def test_leave_that_cannot_be_is_said_so(text: str) -> None:
    assert isinstance(read(text, TODAY), str)


@pytest.mark.db
def test_leave_is_silence_and_then_one_digest_of_what_gathered(house: House, unit: int, dewi: Talk) -> None:
    due(house, unit, "item", CAMPAIGN, FRIDAY)
    task(house, unit, dewi, "Siapkan notula", date(2027, 3, 2))
    dewi.type("cuti sampai 3 maret")
    assert dewi.text.startswith("Cuti tercatat: 18 Januari 2027 sampai 3 Maret 2027.")
    house.advance(to=at(3, 3, 12))
    assert mornings(dewi) == []
    house.advance(to=at(3, 4))
    (text,) = mornings(dewi)
    assert "Selamat bekerja kembali. Ini yang terkumpul selama cuti Anda sampai 3 Maret 2027." in text
    assert "! Lewat 6 hari: Kampanye publik antigratifikasi" in text
    assert "! Lewat 2 hari: Siapkan notula" in text
    house.advance(to=at(3, 5))
    assert len(mornings(dewi)) == 1


def test_leave_ended_early_is_made_up_for_on_the_next_working_day(
    house: House, unit: int, dewi: Talk
) -> None:
    due(house, unit, "item", CAMPAIGN, FRIDAY)
    dewi.type("/pengaturan").tap("Cara diingatkan").tap("Catat cuti").type("sampai 12 maret")
    house.advance(to=at(2, 22))
    dewi.type("/pengaturan").tap("Cara diingatkan")
    assert "Cuti: 18 Januari 2027 sampai 12 Maret 2027; selama itu tidak ada pengingat." in dewi.text
    dewi.tap("Cuti selesai")
    house.advance(to=at(2, 23))
    assert len(mornings(dewi)) == 1
    assert "Hari ini ada" not in mornings(dewi)[0]
    assert "3 hari lagi batas waktunya" in mornings(dewi)[0]


def test_bare_words_lead_to_leave_and_to_the_places_of_the_menu(house: House, dewi: Talk) -> None:
    dewi.type("Cuti")
    assert dewi.text.startswith("Kapan Anda cuti?")
    dewi.type("sampai 22 januari").type("batal cuti")
    assert dewi.text.startswith("Cuti ditutup.")
    dewi.type("/menu").type("jadwal")
    assert dewi.text.startswith("Belum ada batas waktu yang diisi.")
    dewi.type("/pengingat")
    assert dewi.text.startswith("Tidak ada yang perlu Anda kerjakan dari pengingat saat ini.")
    stranger = house.stranger().start().type("jadwal")
    assert "Belum ada batas waktu" not in stranger.text


def test_a_question_about_leave_is_answered_and_nonsense_is_asked_back(dewi: Talk) -> None:
    dewi.type("/pengaturan").tap("Cara diingatkan").tap("Catat cuti").type("pokoknya lama")
    assert dewi.text.startswith("Tanggal cutinya belum terbaca.")
    dewi.type("apa syarat WBK?")
    assert "WBK" in dewi.text


@pytest.mark.db
def test_another_hour_is_kept_to(house: House, unit: int, dewi: Talk) -> None:
    due(house, unit, "item", CAMPAIGN, FRIDAY)
    dewi.type("/pengaturan").tap("Cara diingatkan").tap("13.00")
    assert "Ringkasan: pukul 13.00 WITA" in dewi.text
    house.advance(to=datetime(2027, 2, 19, 4, 59, tzinfo=UTC))
    assert mornings(dewi) == []
    house.advance(minutes=2)
    assert len(mornings(dewi)) == 1
    dewi.tap("Pilihan lain").tap("Ingatkan lagi").tap("1 jam lagi")
    house.advance(hours=1)
    assert len(mornings(dewi)) == 2


def test_quiet_hours_hold_back_what_was_asked_for(house: House, unit: int, dewi: Talk) -> None:
    due(house, unit, "item", CAMPAIGN, FRIDAY)
    dewi.type("/pengaturan").tap("Cara diingatkan").tap("Tenang 16.00")
    house.advance(to=at(2, 19, 7, 30))  # 15.30
    dewi.tap("Pilihan lain").tap("Ingatkan lagi").tap("1 jam lagi")
    assert dewi.toast == "Baik, diingatkan lagi Senin, 22 Februari 2027."


def test_a_kind_switched_off_is_silent_and_mandatory_ones_are_not(
    house: House, unit: int, boss: Talk, dewi: Talk
) -> None:
    due(house, unit, "item", CAMPAIGN, FRIDAY)
    due(house, unit, "tpi", "", FRIDAY)
    due(house, unit, "stage", "desk_evaluasi", FRIDAY)
    for each in (boss, dewi):
        each.type("/pengaturan").tap("Cara diingatkan").tap("Indikator dan bukti")
        each.tap("Tahap penilaian")
        assert "○ mati: Indikator dan bukti" in each.text
    house.advance(to=at(2, 19))
    assert [text.split("\n")[0] for text in mornings(dewi)] == ["7 hari lagi batas waktunya: Penilaian TPI."]
    assert [text.split("\n")[0] for text in mornings(boss)] == ["7 hari lagi batas waktunya: Penilaian TPI."]
    dewi.type("/pengaturan").tap("Cara diingatkan").tap("Indikator dan bukti")
    house.advance(to=at(2, 25))
    assert "Kampanye" in mornings(dewi)[-1]


def test_forged_choices_are_refused(dewi: Talk) -> None:
    dewi.type("/menu")
    for forged in ("atur.jam:3", "atur.tenang:99", "atur.jenis:apa:1", "pantau.as:1:1"):
        dewi.tap_data(forged)
        assert "tidak tersedia" in dewi.text or "hanya untuk admin" in dewi.text


@pytest.mark.db
def test_a_unit_may_remind_earlier_and_oftener(house: House, unit: int, boss: Talk, dewi: Talk) -> None:
    due(house, unit, "item", CAMPAIGN, FRIDAY)
    boss.type("/menu").tap("Pantau pengingat").tap("Jarak pengingat")
    for label in ("H-14", "H-3", "H-1"):
        boss.tap(label)
    assert boss.text.startswith("Jarak pengingat tersimpan.") or boss.toast
    assert "Jarak pengingat: H-14, H-7, H-3, dan hari H" in boss.text
    house.advance(to=at(2, 27))
    assert [text.split(" batas")[0] for text in mornings(dewi)] == [
        "14 hari lagi",
        "7 hari lagi",
        "3 hari lagi",
        "Hari ini",
    ]
    boss.type("/menu").tap("Pantau pengingat").tap("Jarak pengingat").tap("Seperti biasa")
    assert "Jarak pengingat: H-7, H-1, dan hari H" in boss.text


def test_only_coordinators_follow_up_and_set_days(house: House, unit: int, dewi: Talk) -> None:
    dewi.type("/menu")
    with pytest.raises(NoSuchButton):
        dewi.tap("Pantau pengingat")
    for forged in (
        "pantau:0",
        "pantau.orang:1:0",
        "pantau.jarak",
        f"pantau.js:{unit}:30:1",
        f"pantau.ju:{unit}",
    ):
        dewi.tap_data(forged)
        assert "Batas waktu diatur koordinator unit." in dewi.text


def test_who_changes_the_hour_in_the_middle_of_the_day_misses_nothing_and_gets_nothing_twice(
    house: House, unit: int, dewi: Talk
) -> None:
    due(house, unit, "item", CAMPAIGN, FRIDAY)
    dewi.type("/pengaturan").tap("Cara diingatkan").tap("13.00")
    house.advance(to=at(2, 19, 2))
    assert mornings(dewi) == []
    dewi.tap("08.30")
    house.send_due()
    assert len(mornings(dewi)) == 1
    dewi.type("/pengaturan").tap("WIT").tap("Cara diingatkan").tap("13.00")
    house.advance(to=at(2, 19, 10))
    assert len(mornings(dewi)) == 1
