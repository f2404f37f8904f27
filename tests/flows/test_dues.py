"""What is due when, and whose it is: every kind, who is concerned, what ends it, and what asking costs."""

import re
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, insert
from sqlmodel import Session, col, select

from flows.dues import SOURCES, Due, dues_of, units_with_dues
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


def test_a_stage_is_the_coordinators_until_it_is_marked_done(house: House, unit: int, boss: Talk) -> None:
    house.member(unit, "ketua", "PW", name="Sari Contoh")
    deadline(house, unit, "stage", "desk_evaluasi")
    (due,) = dues(house, unit)
    assert (due.kind, due.what, due.mandatory) == ("stage", "Desk evaluasi TPN", False)
    assert due.missing == "Menganalisis dokumen LKE dan bukti dukung."
    assert whys(due) == {person_id(house, boss): "koordinator unit"}
    boss.type("/menu").tap_data(f"due.buka:{unit}:stage:desk_evaluasi")
    assert boss.text.startswith("Desk evaluasi TPN: Jumat, 26 Februari 2027.")
    boss.tap("Ubah tanggal").tap("Tandai selesai")
    assert dues(house, unit) == []


def test_a_duty_is_its_pics_until_evidence_stands_for_the_period(house: House, unit: int, boss: Talk) -> None:
    pic = house.member(unit, "anggota", "PW", name="Dewi Contoh")
    in_charge(house, unit, CAMPAIGN, pic)
    deadline(house, unit, "duty", "kampanye:2027-TW1")
    (due,) = dues(house, unit)
    assert due.what == "Kampanye antigratifikasi, TW I 2027"
    assert due.missing == "TW I 2027: belum ada bukti (A.I.5.i.a)."
    assert whys(due) == {person_id(house, pic): "PIC indikator yang memerlukan buktinya"}
    boss.type("/menu").tap_data(f"due.buka:{unit}:duty:kampanye~2027-TW1")
    assert boss.text.startswith("Kampanye antigratifikasi, TW I 2027: 39 hari lagi.")
    prove(house, unit)
    with house.writing() as session:
        piece = session.exec(select(Evidence)).first()
        assert piece is not None
        piece.dated_on = date(2027, 2, 3)
    assert dues(house, unit) == []


def test_who_has_left_the_unit_is_concerned_no_more(house: House, unit: int, boss: Talk) -> None:
    pic = house.member(unit, "anggota", "PW", name="Dewi Contoh")
    in_charge(house, unit, CAMPAIGN, pic)
    deadline(house, unit, "item", CAMPAIGN)
    with house.writing() as session:
        held = session.exec(select(Membership).where(Membership.person_id == person_id(house, pic))).one()
        held.revoked_at = house.clock.now()
    (due,) = dues(house, unit)
    assert whys(due) == {person_id(house, boss): "koordinator unit"}


def test_a_pic_without_an_account_brings_in_the_ketua(house: House, unit: int, boss: Talk) -> None:
    pic = house.member(unit, "anggota", "PW", name="Dewi Contoh")
    in_charge(house, unit, CAMPAIGN, pic)
    with house.writing() as session:
        session.get_one(Person, person_id(house, pic)).unreachable_at = house.clock.now()
    deadline(house, unit, "item", CAMPAIGN)
    (due,) = dues(house, unit)
    assert [each.role for each in due.people] == ["pic", "koordinator"]


@pytest.mark.db
@pytest.mark.parametrize("scope", ["stage", "area", "sub", "item", "duty"])
def test_what_this_version_does_not_know_is_left_out(house: House, unit: int, boss: Talk, scope: str) -> None:
    deadline(house, unit, scope, "hantu:2027-01" if scope == "duty" else "hantu")
    assert dues(house, unit) == []
    boss.type("/jadwal")
    assert "Belum ada batas waktu yang diisi." in boss.text


# what asking costs ---------------------------------------------------------------------------------

UNITS = 10_000


@pytest.fixture
def crowd(house: House) -> House:
    """10,000 units with 12 deadlines each; on DAY, 20 of the units have one."""
    agency = house.agency()
    at = house.clock.now()
    with house.writing() as session:
        connection = session.connection()
        connection.execute(
            insert(Unit),
            [
                {"agency_id": agency, "name": f"U{n}", "zone": "WIB", "path": f"/{n}/", "created_at": at}
                | {"kind": "satker", "revision": 1}
                for n in range(UNITS)
            ],
        )
        ids = session.exec(select(Unit.id).order_by(col(Unit.id))).all()
        connection.execute(
            insert(Assessment),
            [
                {"unit_id": unit, "year": 2027, "side": "unit", "target": "WBK", "created_at": at}
                | {"instrument_id": "lke-2021"}
                for unit in ids
            ],
        )
        found = session.exec(select(Assessment.id, Assessment.unit_id)).all()
        start = datetime(2027, 3, 1, 9, tzinfo=UTC)
        for part in range(12):
            connection.execute(
                insert(Deadline),
                [
                    {
                        "assessment_id": assessment,
                        "unit_id": unit,
                        "scope": "item",
                        "ref": f"{part}",
                        "due_at": (
                            datetime(2027, 2, 26, 9, tzinfo=UTC)
                            if part == 0 and unit % 500 == 0
                            else start + timedelta(days=part)
                        ),
                        "set_at": at,
                        "pinned": False,
                        "revision": 1,
                    }
                    for assessment, unit in found
                ],
            )
    return house


def plans(house: House, ask: Callable[[Session], object]) -> list[str]:
    """How the database goes about every query that is asked."""
    seen: list[tuple[str, object]] = []

    def note(_: object, __: object, statement: str, parameters: object, *___: object) -> None:
        seen.append((statement, parameters))

    with house.db.reading() as session:
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", note)
        ask(session)
        event.remove(connection, "before_cursor_execute", note)
        word = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
        return [
            "\n".join(str(row) for row in connection.exec_driver_sql(f"{word} {sql}", args).all())  # type: ignore[arg-type]
            for sql, args in seen
        ]


@pytest.mark.slow
@pytest.mark.db
def test_asking_which_units_have_something_due_reads_only_that_day(crowd: House) -> None:
    def ask(session: Session) -> list[int]:
        return units_with_dues(session, "WIB", [DAY], 0, 1000)

    with crowd.writing() as session:
        session.connection().exec_driver_sql("ANALYZE")
    assert len(crowd.read(ask)) == UNITS // 500
    found = plans(crowd, ask)
    assert len(found) == len(SOURCES)
    indexes = (
        "ix_deadline_due_at",
        "ix_task_",
        "ix_item_work_fix_by",
        "ix_evidence_valid_until",
    )
    for index, plan in zip(indexes, found, strict=True):
        assert index in plan or "rows=1 " in plan, plan
        for table in ("deadline", "unit", "assessment"):
            assert not re.search(rf"SCAN {table}\b|Seq Scan on {table}\b", plan), plan
    started = time.perf_counter()
    for _ in range(20):
        crowd.read(ask)
    assert (time.perf_counter() - started) / 20 < 0.05
