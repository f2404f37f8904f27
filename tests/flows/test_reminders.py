"""Reminders of deadlines as the team gets them."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import func, select

from bot.heartbeat import tick_once
from flows.models import Answer, Assessment, Deadline, Job, Membership, Unit
from flows.reminders import moments
from flows.reminders.tick import next_due, tick
from tests.support.house import House
from tests.support.talk import Talk

WITA = "WITA"


@pytest.fixture
def unit(house: House) -> int:
    return house.unit(zone=WITA)


@pytest.fixture
def boss(house: House, unit: int) -> Talk:
    return house.member(unit, "koordinator", name="Budi Contoh")


def set_date(boss: Talk, place: str, text: str) -> Talk:
    return boss.type("/jadwal").tap(place).type(text).tap("Simpan")


def reminders(talk: Talk) -> list[str]:
    return [m["text"] for m in talk.messages if "Pengingat berhenti" in m.get("text", "")]


def answer_area(house: House, unit_id: int, area_id: str) -> None:
    instrument = house.library.instrument("lke-2021")
    with house.writing() as session:
        assessment = session.exec(select(Assessment).where(Assessment.unit_id == unit_id)).one()
        for item in instrument.area(area_id).indicators:
            counts = {i.key: 1 for i in item.inputs}
            choice = item.options[0].key if item.options else None
            session.add(
                Answer(
                    assessment_id=assessment.id or 0,
                    item_id=item.id,
                    choice=choice,
                    inputs=counts if choice is None else None,
                )
            )


# reminders -----------------------------------------------------------------------------------------


@pytest.mark.db
def test_the_pokja_and_the_coordinator_are_reminded_three_times(house: House, unit: int, boss: Talk) -> None:
    member = house.member(unit, "anggota", "PW", "Sari Contoh")
    whole = house.member(unit, "anggota", None, "Eka Contoh")
    stranger = house.member(unit, "anggota", "MP", "Dewi Contoh")
    tpi = house.member(unit, "penilai", None, "Agus Contoh")
    set_date(boss, "Area 5", "5 februari jam 15")
    house.advance(to=datetime(2027, 1, 29, 0, 29, tzinfo=UTC))
    assert reminders(member) == []
    house.advance(minutes=2)
    assert reminders(member) == [
        "7 hari lagi batas waktunya: Area 5 Penguatan Pengawasan.\n\n"
        "Jumat, 5 Februari 2027, 15.00 WITA.\nBelum terjawab 22 dari 22 indikator.\n\n"
        "Anda anggota pokja Area 5 di Kantor Layanan Contoh. "
        "Pengingat berhenti begitu semua indikatornya terjawab atau ditandai selesai."
    ]
    house.advance(days=10)
    assert [text.split(" batas")[0] for text in reminders(member)] == ["7 hari lagi", "Besok", "Hari ini"]
    assert len(reminders(whole)) == len(reminders(boss)) == 3
    assert reminders(stranger) == reminders(tpi) == []


def test_reminders_lead_to_the_area_of_the_right_unit(house: House, unit: int, boss: Talk) -> None:
    set_date(boss, "Area 5", "5 februari")
    other = house.unit("Kantor Lain Contoh")
    person = house.read(lambda s: s.exec(select(Membership.person_id)).first())
    with house.writing() as session:
        agency = session.get_one(Unit, other).agency_id
        session.add(
            Membership(
                person_id=person,
                agency_id=agency,
                unit_id=other,
                role="koordinator",
                created_at=house.clock.now(),
            )
        )
    boss.tap_data(f"unit.buka:{other}").type("/jadwal")
    assert "Kantor Lain Contoh" in boss.text
    house.advance(to=datetime(2027, 1, 29, 1, tzinfo=UTC))
    boss.tap("Lihat jadwal")
    assert "Kantor Layanan Contoh" in boss.text


def test_several_areas_due_on_one_day_make_one_message(house: House, unit: int, boss: Talk) -> None:
    for place in ("Area 1", "Area 5"):
        set_date(boss, place, "5 februari")
    house.advance(to=datetime(2027, 1, 29, 1, tzinfo=UTC))
    (text,) = reminders(boss)
    assert text.startswith("7 hari lagi 2 batas waktu: Jumat, 5 Februari 2027.")
    assert "• Area 5 Penguatan Pengawasan, 16.00 WITA\n  Belum terjawab 22 dari 22 indikator." in text


def test_one_person_with_several_roles_gets_one_message(house: House, unit: int, boss: Talk) -> None:
    person = house.read(lambda s: s.exec(select(Membership.person_id)).first())
    with house.writing() as session:
        agency = session.get_one(Unit, unit).agency_id
        session.add(
            Membership(
                person_id=person,
                agency_id=agency,
                unit_id=unit,
                role="ketua",
                area="PW",
                created_at=house.clock.now(),
            )
        )
    set_date(boss, "Area 5", "5 februari")
    house.advance(to=datetime(2027, 1, 29, 1, tzinfo=UTC))
    assert len(reminders(boss)) == 1


def test_members_of_a_finished_area_are_left_in_peace(house: House, unit: int, boss: Talk) -> None:
    member = house.member(unit, "anggota", "PW", "Sari Contoh")
    set_date(boss, "Area 5", "5 februari")
    answer_area(house, unit, "PW")
    house.advance(days=30)
    assert reminders(member) == []
    assert "Semua 22 indikator sudah terjawab." in reminders(boss)[0]


def test_a_deadline_marked_done_reminds_nobody(house: House, unit: int, boss: Talk) -> None:
    set_date(boss, "Area 5", "5 februari")
    boss.type("/jadwal").tap("Area 5").tap("Tandai selesai")
    assert boss.toast == "Ditandai selesai. Pengingatnya berhenti."
    assert "✓ Area 5 Penguatan Pengawasan" in boss.text
    house.advance(days=30)
    assert reminders(boss) == []


def test_a_reopened_deadline_reminds_of_what_is_still_to_come(house: House, boss: Talk) -> None:
    set_date(boss, "Area 5", "5 februari")
    boss.type("/jadwal").tap("Area 5").tap("Tandai selesai")
    house.advance(to=datetime(2027, 2, 1, 1, tzinfo=UTC))
    boss.type("/jadwal").tap("Area 5").tap("Buka kembali")
    house.advance(days=30)
    assert [text.split(" batas")[0] for text in reminders(boss)][-2:] == ["Besok", "Hari ini"]


@pytest.mark.db
def test_a_queued_reminder_is_dropped_when_the_date_has_moved_meanwhile(
    house: House, unit: int, boss: Talk
) -> None:
    set_date(boss, "Area 5", "5 februari")
    house.clock.set_to(datetime(2027, 1, 29, 1, tzinfo=UTC))
    assert tick_once(house.edge) == 1
    boss.type("/jadwal").tap("Area 5").tap("Ubah tanggal").type("12 februari").tap("Simpan")
    house.send_due()
    assert reminders(boss) == []
    house.advance(to=datetime(2027, 2, 5, 1, tzinfo=UTC))
    assert "Jumat, 12 Februari 2027" in reminders(boss)[0]


def test_a_queued_reminder_is_dropped_for_somebody_who_left(house: House, unit: int, boss: Talk) -> None:
    member = house.member(unit, "anggota", "PW", "Sari Contoh")
    set_date(boss, "Area 5", "5 februari")
    house.clock.set_to(datetime(2027, 1, 29, 1, tzinfo=UTC))
    tick_once(house.edge)
    house.runner.run(_jobs_only(house))
    with house.writing() as session:
        for row in session.exec(select(Membership).where(Membership.role == "anggota")).all():
            row.revoked_at = house.clock.now()
            session.add(row)
    house.send_due()
    assert (len(reminders(boss)), reminders(member)) == (1, [])


async def _jobs_only(house: House) -> None:
    while house.worker._do_job():
        pass


def test_clearing_a_date_stops_its_reminders(house: House, boss: Talk) -> None:
    set_date(boss, "Area 5", "5 februari")
    boss.type("/jadwal").tap("Area 5").tap("Hapus tanggal")
    assert boss.text.startswith("Belum ada batas waktu yang diisi.")
    house.advance(days=30)
    assert reminders(boss) == []


def test_a_date_set_late_calls_only_for_reminders_still_to_come(house: House, boss: Talk) -> None:
    boss.type("/jadwal").tap("Area 5").type("lusa")
    assert "H-7" not in boss.text
    assert "• H-1: Selasa, 19 Januari 2027\n• hari H: Rabu, 20 Januari 2027" in boss.text
    boss.tap("Simpan")
    house.send_due()
    assert reminders(boss) == []
    house.advance(days=5)
    assert [text.split(" batas")[0] for text in reminders(boss)] == ["Besok", "Hari ini"]


# the clock -----------------------------------------------------------------------------------------


@pytest.mark.db
def test_ticking_again_adds_nothing(house: House, unit: int, boss: Talk) -> None:
    set_date(boss, "Area 5", "5 februari")
    house.clock.set_to(datetime(2027, 1, 29, 1, tzinfo=UTC))
    assert [tick_once(house.edge) for _ in range(3)] == [1, 0, 0]
    house.send_due()
    house.send_due()
    assert len(reminders(boss)) == 1


@pytest.mark.db
def test_after_downtime_only_the_nearest_reminder_comes(house: House, boss: Talk) -> None:
    set_date(boss, "Area 5", "5 februari")
    house.clock.set_to(datetime(2027, 2, 4, 3, tzinfo=UTC))  # H-7 was missed, H-1 is today
    house.send_due()
    assert [text.split(" batas")[0] for text in reminders(boss)] == ["Besok"]


def test_what_was_missed_is_made_up_for_at_a_decent_hour(house: House, boss: Talk) -> None:
    set_date(boss, "Area 5", "5 februari")
    house.clock.set_to(datetime(2027, 1, 30, 16, tzinfo=UTC))  # midnight in WITA
    house.send_due()
    assert reminders(boss) == []
    house.clock.set_to(datetime(2027, 1, 31, 2, tzinfo=UTC))
    house.send_due()
    assert [text.split(" batas")[0] for text in reminders(boss)] == ["5 hari lagi"]


@pytest.mark.db
def test_the_demo_clock_is_told_each_moment_in_the_units_zone(house: House, boss: Talk) -> None:
    set_date(boss, "Area 5", "5 februari")
    seen, after = [], house.clock.now()
    with house.db.reading() as session:
        for _ in range(4):
            due = next_due(session, after)
            seen.append(due)
            after = due or after
    assert seen == [
        datetime(2027, 1, 29, 0, 30, tzinfo=UTC),
        datetime(2027, 2, 4, 0, 30, tzinfo=UTC),
        datetime(2027, 2, 5, 0, 30, tzinfo=UTC),
        None,
    ]


def test_every_zone_has_its_own_half_past_eight() -> None:
    day = datetime(2027, 2, 5, tzinfo=UTC).date()
    assert [f"{moments.moment_of('H', day, zone):%H.%M}" for zone in ("WIB", "WITA", "WIT")] == [
        "01.30",
        "00.30",
        "23.30",
    ]


def test_a_fan_out_over_many_units_goes_on_in_portions(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.reminders.tick.UNITS_PER_JOB", 2)
    bosses = [house.member(house.unit(f"Unit {n}", zone=WITA), "koordinator") for n in range(5)]
    for boss in bosses:
        set_date(boss, "Area 5", "5 februari")
    house.advance(to=datetime(2027, 1, 29, 1, tzinfo=UTC))
    assert [len(reminders(boss)) for boss in bosses] == [1] * 5
    assert house.read(lambda s: s.exec(select(func.count()).select_from(Job)).one()) == 3


@pytest.mark.db
def test_a_tick_reads_only_what_falls_into_its_week(house: House) -> None:
    due_soon = house.clock.now() + timedelta(days=7, hours=5)
    agency = house.agency()
    with house.writing() as session:
        for n in range(300):
            unit = Unit(agency_id=agency, name=f"Unit {n}", created_at=house.clock.now())
            session.add(unit)
            session.flush()
            assessment = Assessment(
                unit_id=unit.id or 0, year=2027, instrument_id="lke-2021", created_at=house.clock.now()
            )
            session.add(assessment)
            session.flush()
            session.add(
                Deadline(
                    assessment_id=assessment.id or 0,
                    unit_id=unit.id or 0,
                    scope="tpi",
                    due_at=due_soon if n < 3 else due_soon + timedelta(days=30 + n),
                    set_at=house.clock.now() - timedelta(days=1),
                )
            )
    with house.writing() as session:
        assert tick(session, house.clock.now()) == 1
    with house.writing() as session:
        assert tick(session, house.clock.now()) == 0
        (args,) = session.exec(select(Job.args)).all()
        assert args == {"zone": "WIB", "day": 20270125, "kind": "H-7", "after": 0}
