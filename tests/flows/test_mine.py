"""Tugas saya: what waits, in which order, in which unit, and where its buttons lead."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from flows import routes
from flows.models import (
    Assessment,
    Deadline,
    Evidence,
    EvidenceUse,
    ItemWork,
    Membership,
    Person,
    Pic,
    Task,
    Unit,
)
from tests.support.house import House
from tests.support.lke import CAMPAIGN, assessment_id, open_item
from tests.support.talk import Talk

SECOND, THIRD = "PW.P.1.b", "PW.P.2.a"


@pytest.fixture
def unit(house: House) -> int:
    """A unit."""
    return house.unit()


@pytest.fixture
def dewi(house: House, unit: int) -> Talk:
    """Member of area 5."""
    return house.member(unit, "anggota", "PW", "Dewi Contoh")


def person_of(house: House, talk: Talk) -> int:
    found = house.read(lambda s: s.exec(select(Person.id).where(Person.telegram_id == talk.user_id)).one())
    return int(found)


def in_charge(house: House, unit: int, talk: Talk, *scopes: str, deputy: int | None = None) -> None:
    """Named behind the scenes."""
    at, person = assessment_id(house, unit), person_of(house, talk)
    with house.writing() as session:
        for scope in scopes:
            session.add(
                Pic(
                    assessment_id=at,
                    scope=scope,
                    person_id=person,
                    deputy_id=deputy,
                    set_at=house.clock.now(),
                )
            )


def work(house: House, unit: int, item_id: str, state: str, **more: Any) -> None:
    """How far an item is."""
    with house.writing() as session:
        session.add(
            ItemWork(assessment_id=assessment_id_in(session, unit), item_id=item_id, state=state, **more)
        )


def assessment_id_in(session: Any, unit: int) -> int:
    return int(session.exec(select(Assessment.id).where(Assessment.unit_id == unit)).one())


def due(house: House, unit: int, area: str, days: int) -> None:
    with house.writing() as session:
        session.add(
            Deadline(
                assessment_id=assessment_id_in(session, unit),
                unit_id=unit,
                scope="area" if area else "tpi",
                ref=area,
                due_at=house.clock.now() + timedelta(days=days),
                set_at=house.clock.now(),
            )
        )


def a_task(house: House, unit: int, talk: Talk, title: str, **more: Any) -> None:
    person = person_of(house, talk)
    with house.writing() as session:
        session.add(Task(unit_id=unit, title=title, person_id=person, made_at=house.clock.now(), **more))


def order_of(text: str, *marks: str) -> list[str]:
    """The marks in the order in which they stand."""
    return sorted(marks, key=text.index)


def test_nothing_waits_and_the_screen_says_what_can_be_taken(dewi: Talk) -> None:
    dewi.type("/tugas")
    assert dewi.text.startswith("Tidak ada yang menunggu Anda.")
    assert dewi.labels == ["Ambil indikator", "Semua tugas", "Ke menu"]


def test_items_in_charge_say_what_they_lack(house: House, unit: int, dewi: Talk) -> None:
    in_charge(house, unit, dewi, CAMPAIGN)
    due(house, unit, "PW", 39)
    dewi.type("/menu").tap("Tugas saya (1)")
    assert dewi.text.startswith("1 hal menunggu Anda\n\nKantor Layanan Contoh")
    assert "1  A.I.5.i.a" in dewi.text
    assert "batas 26 Februari 2027 (39 hari lagi) · kurang jawaban, penjelasan, " in dewi.text
    assert "poin" in dewi.text
    assert "PIC: Anda" in dewi.tap("1").text


def test_asking_in_ones_own_words_shows_the_same_list(house: House, unit: int, dewi: Talk) -> None:
    dewi.type("tugas saya apa")
    assert "belum terjawab" in dewi.text  # nothing waits yet: what the unit still lacks is named instead
    in_charge(house, unit, dewi, CAMPAIGN)
    for question in ("tugas saya apa", "min pr ku apa aja"):
        assert dewi.type(question).text.startswith("1 hal menunggu Anda"), question


def test_what_is_inherited_counts_and_what_is_sent_does_not(house: House, unit: int, dewi: Talk) -> None:
    in_charge(house, unit, dewi, "PW.P.1")
    dewi.type("/tugas")
    assert dewi.text.startswith("2 hal menunggu Anda")
    work(house, unit, CAMPAIGN, "waiting", sent_by=person_of(house, dewi))
    assert dewi.type("/tugas").text.startswith("1 hal menunggu Anda")
    work(house, unit, SECOND, "approved")
    assert dewi.type("/tugas").text.startswith("Tidak ada yang menunggu Anda.")


def test_the_order_is_the_day_then_the_points(house: House, unit: int, dewi: Talk) -> None:
    in_charge(house, unit, dewi, CAMPAIGN, THIRD)
    due(house, unit, "PW", 30)
    work(
        house, unit, CAMPAIGN, "returned", reason="tanggal kegiatan belum terlihat", fix_by=date(2027, 1, 20)
    )
    a_task(house, unit, dewi, "Minta notula monev", due_on=date(2027, 1, 25))
    a_task(house, unit, dewi, "Foto spanduk", due_on=date(2027, 1, 10), promised_on=date(2027, 1, 30))
    a_task(house, unit, dewi, "Tanpa tanggal", state="stuck")
    a_task(house, unit, dewi, "Sudah selesai", state="done")
    dewi.type("/tugas")
    assert dewi.text.startswith("5 hal menunggu Anda")
    wanted = ["A.I.5.i.a", "Minta notula", "Foto spanduk", "A.I.5.ii.a", "Tanpa tanggal"]
    assert order_of(dewi.text, *sorted(wanted)) == wanted
    assert "↩ Perlu perbaikan: A.I.5.i.a" in dewi.text
    assert "“tanggal kegiatan belum terlihat”" in dewi.text
    assert "dijanjikan 30 Januari 2027" in dewi.text
    assert "ada kendala" in dewi.text
    assert "Sudah selesai" not in dewi.text


def test_what_is_worth_more_comes_first_on_the_same_day(house: House, unit: int, dewi: Talk) -> None:
    in_charge(house, unit, dewi, "PW")
    dewi.type("/tugas")
    assert dewi.text.startswith("22 hal menunggu Anda")
    points = [
        float(line.rsplit(" · ", 1)[1].removesuffix(" poin").replace(",", "."))
        for line in dewi.text.split("\n")
        if line.endswith(" poin")
    ]
    assert len(points) == 8
    assert points == sorted(points, reverse=True)
    dewi.tap("›").tap("›")
    assert "22  " in dewi.text
    assert "›" not in dewi.labels
    dewi.tap_data(routes.MINE(99).pack())
    assert "22  " in dewi.text, "a page beyond the last is the last"


def test_past_days_are_marked(house: House, unit: int, dewi: Talk) -> None:
    in_charge(house, unit, dewi, CAMPAIGN)
    due(house, unit, "", 3)
    house.clock.set_to(house.clock.now() + timedelta(days=5))
    dewi.type("/tugas")
    assert "1  ! A.I.5.i.a" in dewi.text
    assert "lewat 2 hari" in dewi.text


def test_complete_work_only_has_to_be_sent(house: House, unit: int, dewi: Talk) -> None:
    in_charge(house, unit, dewi, CAMPAIGN)
    open_item(dewi, CAMPAIGN).tap("A")
    with house.writing() as session:
        at = assessment_id_in(session, unit)
        session.flush()
        thing = Evidence(unit_id=unit, title="Foto", made_at=house.clock.now())
        session.add(thing)
        session.flush()
        session.add(
            EvidenceUse(
                evidence_id=thing.id or 0,
                assessment_id=at,
                item_id=CAMPAIGN,
                expected=0,
                made_at=house.clock.now(),
            )
        )
        session.add(ItemWork(assessment_id=at, item_id=CAMPAIGN, waived=[1, 2, 3, 4, 5]))
    dewi.type("/tugas")
    assert "kurang penjelasan" in dewi.text
    assert "poin" not in dewi.text, "A is the best there is"
    assert "bukti" not in dewi.text


def test_a_ketua_sees_what_waits_for_review_but_not_the_own_work(house: House, unit: int, dewi: Talk) -> None:
    sari = house.member(unit, "ketua", "PW", "Sari Contoh")
    house.member(unit, "koordinator", None, "Budi Contoh")
    work(house, unit, CAMPAIGN, "waiting", sent_by=person_of(house, dewi), sent_at=house.clock.now())
    work(house, unit, SECOND, "waiting", sent_by=person_of(house, sari), sent_at=house.clock.now())
    work(house, unit, "MP.P.1.a", "waiting", sent_by=person_of(house, dewi), sent_at=house.clock.now())
    sari.type("/tugas")
    assert sari.text.startswith("1 hal menunggu Anda")
    assert "Reviu: A.I.5.i.a" in sari.text
    assert sari.data_of("1").startswith("reviu.lihat:")


def test_what_does_not_apply_waits_for_nobody(house: House, unit: int, dewi: Talk) -> None:
    in_charge(house, unit, dewi, CAMPAIGN)
    work(house, unit, CAMPAIGN, "", not_applicable=True)
    assert dewi.type("/tugas").text.startswith("Tidak ada yang menunggu Anda.")


def test_a_deputy_acts_only_where_the_pic_cannot(house: House, unit: int, dewi: Talk) -> None:
    andi = house.member(unit, "anggota", "PW", "Andi Contoh")
    in_charge(house, unit, dewi, CAMPAIGN, deputy=person_of(house, andi))
    assert andi.type("/tugas").text.startswith("Tidak ada yang menunggu Anda.")
    with house.writing() as session:
        session.get_one(Person, person_of(house, dewi)).telegram_id = None
    assert andi.type("/tugas").text.startswith("1 hal menunggu Anda")


def test_other_units_are_counted_and_opened(house: House, unit: int, dewi: Talk) -> None:
    other = house.unit("Kantor Pratama Contoh")
    with house.writing() as session:
        session.add(
            Membership(
                person_id=person_of(house, dewi),
                agency_id=session.get_one(Unit, other).agency_id,
                unit_id=other,
                role="anggota",
                area="MP",
                created_at=house.clock.now(),
            )
        )
    in_charge(house, other, dewi, "MP.P.1.a")
    dewi.type("/tugas")
    assert dewi.text.startswith("Tidak ada yang menunggu Anda.\n\nKantor Layanan Contoh")
    assert "Di unit lain: Kantor Pratama Contoh 1 hal." in dewi.text
    dewi.tap("Kantor Pratama Contoh (1)")
    assert dewi.text.startswith("1 hal menunggu Anda\n\nKantor Pratama Contoh")


def test_a_unit_of_others_is_not_opened(house: House, unit: int, dewi: Talk) -> None:
    other = house.unit("Unit Lain")
    dewi.type("/tugas").tap_data(routes.MINE_IN(other).pack())
    assert "tidak ada dalam daftar Anda" in dewi.text


def test_readers_have_no_work_here(house: House, unit: int) -> None:
    rina = house.member(unit, "penilai", None, "Rina Contoh")
    rina.type("/menu")
    assert not any(label.startswith("Tugas saya") for label in rina.labels)
    assert rina.type("/tugas").text.startswith("Tidak ada yang menunggu Anda.")
    assert rina.labels == ["Ke menu"]
