"""What is due when, and whose it is: every kind, who is concerned, what ends it, and what asking costs."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from flows.dues import Due, dues_of, units_with_dues
from flows.models import (
    Deadline,
    Evidence,
    EvidenceUse,
    ItemWork,
    Person,
    Pic,
    Task,
    Unit,
)
from tests.support.house import House
from tests.support.lke import assessment_id
from tests.support.proof import prove
from tests.support.talk import Talk

CAMPAIGN = "PW.P.1.a"
DAY = date(2027, 2, 26)


@pytest.fixture
def unit(house: House) -> int:
    return house.unit(zone="WITA")


@pytest.fixture
def boss(house: House, unit: int) -> Talk:
    return house.member(unit, "koordinator", name="Budi Contoh")


def person_id(house: House, talk: Talk) -> int:
    return house.read(lambda s: s.exec(select(Person.id).where(Person.telegram_id == talk.user_id)).one())


def deadline(house: House, unit: int, scope: str, ref: str = "", day: date = DAY) -> None:
    with house.writing() as session:
        session.add(
            Deadline(
                assessment_id=assessment_id(house, unit),
                unit_id=unit,
                scope=scope,
                ref=ref,
                due_at=datetime(day.year, day.month, day.day, 8, tzinfo=UTC),
                set_at=house.clock.now(),
            )
        )


def in_charge(house: House, unit: int, scope: str, pic: Talk | None, deputy: Talk | None = None) -> None:
    with house.writing() as session:
        session.add(
            Pic(
                assessment_id=assessment_id(house, unit),
                scope=scope,
                person_id=person_id(house, pic) if pic else None,
                deputy_id=person_id(house, deputy) if deputy else None,
                set_at=house.clock.now(),
            )
        )


def dues(house: House, unit: int, first: date = DAY, last: date = DAY) -> list[Due]:
    def ask(session: Session) -> list[Due]:
        found = session.get_one(Unit, unit)
        return dues_of(session, house.library, found, first, last, house.clock.now())

    return house.read(ask)


def whys(due: Due) -> dict[int, str]:
    return {each.person_id: each.why for each in due.people}


def test_an_items_date_concerns_its_pic_and_the_deputy_until_it_is_proved(
    house: House, unit: int, boss: Talk
) -> None:
    pic = house.member(unit, "anggota", "PW", name="Dewi Contoh")
    deputy = house.member(unit, "anggota", "PW", name="Tono Contoh")
    in_charge(house, unit, "PW", pic, deputy)  # inherited from the area
    deadline(house, unit, "item", CAMPAIGN)
    (due,) = dues(house, unit)
    assert due.what.endswith("(A.I.5.i.a)")
    assert (due.kind, due.due_on, due.missing) == ("item", DAY, "Jawabannya belum diisi.")
    assert whys(due) == {
        person_id(house, pic): "PIC indikator ini",
        person_id(house, deputy): "pengganti PIC indikator ini",
    }
    prove(house, unit)
    boss.type("/lke").tap_data(f"lke.i:{CAMPAIGN}").tap("A")
    boss.tap_data(f"due.buka:{unit}:item:{CAMPAIGN}")
    assert "A.I.5.i.a" in boss.text
    assert dues(house, unit) == []


def test_without_a_pic_the_ketua_is_told_and_without_a_ketua_the_coordinator(
    house: House, unit: int, boss: Talk
) -> None:
    deadline(house, unit, "item", CAMPAIGN)
    (due,) = dues(house, unit)
    assert whys(due) == {person_id(house, boss): "koordinator unit"}
    ketua = house.member(unit, "ketua", "PW", name="Sari Contoh")
    (due,) = dues(house, unit)
    assert whys(due) == {
        person_id(house, ketua): "ketua pokja Area 5; indikator ini belum punya PIC yang dapat dihubungi"
    }


def test_an_areas_date_concerns_its_ketua_and_those_in_charge_of_what_is_missing(
    house: House, unit: int, boss: Talk
) -> None:
    ketua = house.member(unit, "ketua", "PW", name="Sari Contoh")
    pic = house.member(unit, "anggota", "PW", name="Dewi Contoh")
    house.member(unit, "anggota", "PP", name="Rudi Contoh")
    in_charge(house, unit, "PW", ketua)
    in_charge(house, unit, CAMPAIGN, pic)
    deadline(house, unit, "area", "PW")
    (due,) = dues(house, unit)
    assert due.missing == "22 dari 22 indikator belum lengkap."
    assert whys(due) == {
        person_id(house, ketua): "ketua pokja Area 5",
        person_id(house, pic): "PIC 1 indikator yang belum lengkap",
    }


def test_members_of_a_pokja_without_pic_hear_of_their_areas_date(house: House, unit: int, boss: Talk) -> None:
    member = house.member(unit, "anggota", "PW", name="Dewi Contoh")
    deadline(house, unit, "area", "PW")
    (due,) = dues(house, unit)
    assert whys(due) == {
        person_id(house, boss): "koordinator unit",
        person_id(house, member): "anggota pokja Area 5; 22 indikatornya belum punya PIC",
    }


def test_action_items_go_by_the_day_that_was_promised(house: House, unit: int, boss: Talk) -> None:
    with house.writing() as session:
        session.add(
            Task(
                unit_id=unit,
                title="Siapkan notula",
                person_id=person_id(house, boss),
                due_on=DAY,
                promised_on=DAY + timedelta(days=3),
                made_at=house.clock.now(),
            )
        )
    assert dues(house, unit) == []
    (due,) = dues(house, unit, DAY, DAY + timedelta(days=3))
    assert (due.kind, due.what, due.due_on) == ("task", "Siapkan notula", DAY + timedelta(days=3))
    assert [each.why for each in due.people] == ["PIC tugas ini"]


def test_returned_items_and_evidence_that_ends_are_due(house: House, unit: int, boss: Talk) -> None:
    pic = house.member(unit, "anggota", "PW", name="Dewi Contoh")
    in_charge(house, unit, CAMPAIGN, pic)
    with house.writing() as session:
        session.add(
            ItemWork(
                assessment_id=assessment_id(house, unit),
                item_id=CAMPAIGN,
                state="returned",
                fix_by=DAY,
                reason="Tambahkan tanggal kegiatan",
            )
        )
        kept = Evidence(unit_id=unit, title="SK UPG", valid_until=DAY, made_at=house.clock.now())
        session.add(kept)
        session.flush()
        session.add(
            EvidenceUse(
                evidence_id=kept.id or 0,
                assessment_id=assessment_id(house, unit),
                item_id=CAMPAIGN,
                made_at=house.clock.now(),
            )
        )
    returned, renewal = dues(house, unit)
    assert (returned.kind, returned.missing) == ("returned", "Catatan reviu: Tambahkan tanggal kegiatan")
    assert (renewal.kind, renewal.what) == ("renewal", "bukti SK UPG (A.I.5.i.a)")
    assert whys(returned) == whys(renewal) == {person_id(house, pic): "PIC indikator ini"}


def test_the_tpi_date_is_the_coordinators_and_of_those_with_something_missing(
    house: House, unit: int, boss: Talk
) -> None:
    pic = house.member(unit, "anggota", "PW", name="Dewi Contoh")
    house.member(unit, "anggota", "PP", name="Rudi Contoh")
    in_charge(house, unit, CAMPAIGN, pic)
    deadline(house, unit, "tpi")
    (due,) = dues(house, unit)
    assert due.mandatory
    assert whys(due) == {
        person_id(house, boss): "koordinator unit",
        person_id(house, pic): "PIC 1 indikator yang belum lengkap",
    }


@pytest.mark.db
def test_the_units_of_a_day_come_by_zone_in_portions(house: House) -> None:
    agency = house.agency()
    units = [house.unit(f"Kantor {n}", agency, zone="WITA") for n in range(5)]
    other = house.unit("Kantor WIB", agency)
    for each in (*units, other):
        deadline(house, each, "tpi")
    with house.writing() as session:
        session.add(
            Task(
                unit_id=units[0],
                title="Notula",
                due_on=DAY + timedelta(days=1),
                made_at=house.clock.now(),
            )
        )
        session.get_one(Unit, units[3]).archived_at = house.clock.now()

    def ask(days: list[date], after: int, limit: int) -> list[int]:
        return house.read(lambda s: units_with_dues(s, "WITA", days, after, limit))

    assert ask([DAY], 0, 2) == units[:2]
    assert ask([DAY], units[1], 9) == [units[2], units[4]]
    assert ask([DAY + timedelta(days=1)], 0, 9) == [units[0]]
    assert ask([DAY, DAY + timedelta(days=1)], 0, 1) == [units[0]]
    assert house.read(lambda s: units_with_dues(s, "WIB", [DAY], 0, 9)) == [other]
