"""Announcements for later, for whoever joins later, and for as long as they are true."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select

from flows import outbox
from flows.models import Announcement, Membership, Outbox
from tests.support.house import House
from tests.support.talk import Talk

TEXT = "Bapak/Ibu, mohon bukti dukung Area 5 dilengkapi."
SEEN = f"{TEXT}\n\nKoordinator unit, Kantor Layanan Contoh"
TOMORROW_8 = datetime(2027, 1, 19, 1, 0, tzinfo=UTC)  # 08.00 WIB


@pytest.fixture
def unit(house: House) -> int:
    return house.unit()


@pytest.fixture
def boss(house: House, unit: int) -> Talk:
    return house.member(unit, "koordinator", name="Budi Contoh")


@pytest.fixture
def team(house: House, unit: int) -> list[Talk]:
    return [house.member(unit, "anggota", None, f"Anggota {n}") for n in range(2)]


def scheduled(boss: Talk, when: str = "besok jam 8") -> Talk:
    boss.type("/pengumuman").type(TEXT).tap("Jadwalkan").type(when)
    return boss.tap("Ya, jadwalkan")


@pytest.mark.db
def test_it_is_sent_at_its_moment_once(house: House, boss: Talk, team: list[Talk]) -> None:
    boss.type("/pengumuman").type(TEXT).tap("Jadwalkan")
    assert boss.text.startswith("Kapan dikirim?")
    boss.type("besok jam 8")
    assert boss.text.startswith("Kirim Selasa, 19 Januari 2027, 08.00 WIB (besok)?")
    boss.tap("Ya, jadwalkan")
    assert boss.text.startswith(f"Terjadwal: Selasa, 19 Januari 2027, 08.00 WIB (besok).\n\n{SEEN}")
    house.advance(to=TOMORROW_8 - timedelta(minutes=1))
    assert [t.messages for t in team] == [[], []]
    house.advance(to=TOMORROW_8)
    assert [t.text for t in team] == [SEEN, SEEN]
    house.settle()
    assert boss.text.startswith("✓ Terkirim 2 dari 2.")
    house.advance(hours=3)
    assert [len(t.messages) for t in team] == [1, 1]


@pytest.mark.db
def test_until_then_it_can_be_changed_moved_and_called_off(
    house: House, boss: Talk, team: list[Talk]
) -> None:
    scheduled(boss)
    boss.tap("Ubah isi").type("Isi baru.")
    assert boss.text.startswith("Terjadwal: Selasa, 19 Januari 2027, 08.00 WIB (besok).\n\nIsi baru.")
    boss.tap("Ubah waktu").type("lusa jam 10").tap("Ya, jadwalkan")
    assert boss.text.startswith("Terjadwal: Rabu, 20 Januari 2027, 10.00 WIB (lusa).")
    boss.type("/pengumuman")
    assert "Terjadwal:\n1  Rabu, 20 Januari 2027, 10.00 WIB: Isi baru." in boss.text
    boss.tap("Terjadwal 1").tap("Batalkan jadwal")
    assert boss.text.startswith("Pratinjau, belum terkirim.\n\nIsi baru.")
    house.advance(days=5)
    assert [t.messages for t in team] == [[], []]


def test_a_moment_in_the_unit_s_zone_or_the_one_that_was_typed(house: House) -> None:
    unit = house.unit("Kantor Timur", zone="WIT")
    boss = house.member(unit, "koordinator")
    house.member(unit)
    boss.type("/pengumuman").type(TEXT).tap("Jadwalkan").type("besok jam 8")
    assert "08.00 WIT" in boss.text
    boss.type("besok jam 8 wib")
    assert "10.00 WIT" in boss.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("nanti sore saja", "Tanggalnya belum"),
        ("hari ini jam 7", "Waktu itu sudah lewat."),
        ("31 februari", "31 Februari"),
    ],
)
def test_a_moment_that_cannot_be_is_refused(boss: Talk, team: list[Talk], typed: str, said: str) -> None:
    boss.type("/pengumuman").type(TEXT).tap("Jadwalkan").type(typed)
    assert said in boss.text
    boss.type("besok jam 8")
    assert "Ya, jadwalkan" in boss.labels


@pytest.mark.db
def test_an_author_who_lost_the_role_sends_nothing_later(house: House, boss: Talk, team: list[Talk]) -> None:
    scheduled(boss)
    with house.writing() as session:
        for held in session.exec(select(Membership).where(Membership.role == "koordinator")).all():
            held.revoked_at = house.clock.now()
    house.advance(days=2)
    assert [t.messages for t in team] == [[], []]
    assert boss.text.startswith("Pengumuman terjadwal tidak dikirim.")
    assert house.read(lambda s: s.exec(select(Announcement.state)).one()) == "cancelled"


@pytest.mark.db
def test_who_joins_gets_what_is_current_and_nothing_that_is_over(
    house: House, unit: int, boss: Talk, team: list[Talk]
) -> None:
    boss.type("/pengumuman").type("Kabar lama.").tap("Masa berlaku").tap("3 hari").tap("Kirim sekarang")
    house.send_due()
    boss.type("/pengumuman").type(TEXT).tap("Kirim sekarang")
    house.send_due()
    house.advance(days=5)
    newcomer = joins(house, boss, "Wati Contoh")
    house.send_due()
    assert newcomer.text.startswith("✓ Anda anggota Pokja 1"), "the first step is not pushed away by old news"
    ten_minutes_pass(house)
    received = [m["text"] for m in newcomer.messages if "Koordinator unit," in str(m.get("text"))]
    assert received == [SEEN]
    keys = house.read(lambda s: s.exec(select(Outbox.key).where(col(Outbox.key).like("umum:2:%"))).all())
    assert len([k for k in keys if k.count(":") == 2 and k[7:].isdecimal()]) == 3
    boss.tap_data("umum.status:2")
    assert boss.text.startswith("✓ Terkirim 3 dari 3.")


def ten_minutes_pass(house: House) -> None:
    """By the database's own clock, which paces what is queued."""
    with house.writing() as session:
        for row in session.exec(select(Outbox).where(Outbox.state == "waiting")).all():
            assert 0 < row.due_at - outbox.pace_clock(session) <= 600
            row.due_at = 0.0
    house.send_due()


def joins(house: House, boss: Talk, name: str) -> Talk:
    """By the link of a pokja, open for two hours."""
    boss.type("/menu").tap_data("undang.pokja")
    boss.tap_data("undang.buka:0:1")
    link = next(word for word in boss.text.split() if "start=" in word)
    newcomer = house.stranger(name)
    newcomer.start(link.partition("start=")[2]).tap("Setuju, bergabung")
    return newcomer


def test_a_day_can_be_typed_until_which_it_is_current(boss: Talk, team: list[Talk]) -> None:
    boss.type("/pengumuman").type(TEXT).tap("Masa berlaku").type("akhir februari")
    assert "Berlaku sampai Minggu, 28 Februari 2027; anggota baru ikut menerimanya." in boss.text
    boss.tap("Masa berlaku").tap("Seperti biasa")
    assert "Berlaku sampai Senin, 1 Februari 2027" in boss.text


@pytest.mark.db
def test_after_a_long_silence_what_is_over_is_not_sent(house: House, boss: Talk, team: list[Talk]) -> None:
    boss.type("/pengumuman").type(TEXT).tap("Masa berlaku").tap("3 hari")
    boss.tap("Jadwalkan").type("besok jam 8").tap("Ya, jadwalkan")
    house.clock.set_to(TOMORROW_8 + timedelta(days=20))  # nobody ticked meanwhile
    house.send_due()
    assert [t.messages for t in team] == [[], []]
    assert boss.text.startswith("Pengumuman terjadwal tidak dikirim.")
