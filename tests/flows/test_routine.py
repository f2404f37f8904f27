"""Recurring duties (tugas rutin): switched on, dates, evidence slots, done, and the calendar written on."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from bot.heartbeat import tick_once
from flows.calendar import next_due
from flows.dues import dues_of
from flows.models import (
    Assessment,
    Deadline,
    Evidence,
    EvidenceUse,
    EvidenceVersion,
    ItemWork,
    Job,
    Unit,
    UnitDuty,
)
from flows.schedule import duty_tick
from tests.support.house import House
from tests.support.lke import assessment_id
from tests.support.talk import NoSuchButton, Talk


@pytest.fixture
def unit(house: House) -> int:
    return house.unit(zone="WITA")


@pytest.fixture
def boss(house: House, unit: int) -> Talk:
    return house.member(unit, "koordinator", name="Budi Contoh")


def dates(house: House) -> dict[str, date]:
    found = house.read(lambda s: s.exec(select(Deadline.ref, Deadline.due_at)).all())
    return {ref: due_at.date() for ref, due_at in sorted(found)}


def evidence(house: House, unit: int, item: str, *, period: str = "", day: date | None = None) -> int:
    with house.writing() as session:
        at = house.clock.now()
        piece = Evidence(unit_id=unit, title="Kampanye", period=period, dated_on=day, made_at=at)
        session.add(piece)
        session.flush()
        session.add(EvidenceVersion(evidence_id=piece.id or 0, no=1, file_name="a.pdf", made_at=at))
        session.add(
            EvidenceUse(
                evidence_id=piece.id or 0,
                assessment_id=assessment_id(house, unit),
                item_id=item,
                made_at=at,
            )
        )
        return piece.id or 0


@pytest.mark.db
def test_a_duty_that_is_switched_on_puts_its_dates_into_the_schedule(house: House, boss: Talk) -> None:
    boss.type("/jadwal").tap("Tugas rutin")
    assert boss.text.startswith("0 dari 9 tugas rutin dinyalakan.")
    boss.tap("3")
    assert boss.text.startswith("Kampanye antigratifikasi: belum dinyalakan.")
    assert "Tiap triwulan, tanggal 20 di bulan terakhirnya." in boss.text
    assert "Praktik, bukan ketentuan." in boss.text
    assert "Bila dinyalakan, berikutnya Jumat, 19 Maret 2027." in boss.text
    tapped = boss.data_of("Nyalakan")
    boss.tap("Nyalakan")
    assert boss.toast == "Dinyalakan; tanggalnya ada di jadwal."
    assert dates(house) == {"kampanye:2027-TW1": date(2027, 3, 19)}
    boss.tap_data(tapped)
    assert dates(house) == {"kampanye:2027-TW1": date(2027, 3, 19)}
    boss.type("/jadwal")
    assert "1  Kampanye antigratifikasi, TW I 2027\n    Jumat, 19 Maret 2027, 16.00 WITA · 60 hari lagi" in (
        boss.text
    )


def test_slots_say_what_is_there_for_each_period(house: House, unit: int, boss: Talk) -> None:
    evidence(house, unit, "PW.P.1.a", period="2026-TW3")
    evidence(house, unit, "PW.P.1.a", day=date(2026, 5, 4))
    boss.type("/menu").tap_data("rutin.lihat:kampanye")
    assert (
        "Bukti tiap periode\n! TW I 2026: belum ada\n✓ TW II 2026: 1 bukti\n✓ TW III 2026: 1 bukti\n"
        "! TW IV 2026: belum ada\n○ TW I 2027: belum ada, masih berjalan"
    ) in boss.text


def test_evidence_of_the_period_ends_the_duty(house: House, unit: int, boss: Talk) -> None:
    boss.type("/menu").tap_data("rutin.lihat:kampanye").tap("Nyalakan")
    boss.type("/jadwal")
    assert "Kampanye antigratifikasi, TW I 2027" in boss.text
    evidence(house, unit, "PW.P.1.a", period="2027-TW1")
    boss.type("/jadwal")
    assert boss.text.startswith("Semua batas waktu yang diisi sudah selesai.")
    boss.tap("Saring").tap("Selesai")
    assert "✓ 1  Kampanye antigratifikasi, TW I 2027" in boss.text


def test_a_period_can_be_marked_done_without_evidence(house: House, boss: Talk) -> None:
    boss.type("/menu").tap_data("rutin.lihat:lhkpn").tap("Nyalakan")
    assert dates(house) == {"lhkpn:2026": date(2027, 3, 31)}
    boss.tap("Tanggal terdekat")
    assert boss.text.startswith("Lapor LHKPN, Tahun 2026: 72 hari lagi.")
    with pytest.raises(NoSuchButton):
        boss.tap("Hapus tanggal")
    boss.tap("Tandai selesai")
    boss.type("/jadwal")
    assert boss.text.startswith("Semua batas waktu yang diisi sudah selesai.")


def test_the_units_own_day_moves_the_dates_to_come(house: House, boss: Talk) -> None:
    boss.type("/menu").tap_data("rutin.lihat:monev").tap("Nyalakan").tap("Ubah hari")
    assert boss.text.startswith("Monev ZI bersama pimpinan: tanggal berapa?")
    boss.type("tgl 25")
    assert boss.text.startswith("Hari tersimpan.")
    assert dates(house) == {
        "monev:2027-01": date(2027, 1, 25),
        "monev:2027-02": date(2027, 2, 25),
        "monev:2027-03": date(2027, 3, 24),
        "monev:2027-04": date(2027, 4, 23),
    }
    boss.tap("Ubah hari").type("tanggal 45")
    assert "Tanggal itu belum terbaca. Ketik angka 1 sampai 31, atau akhir bulan." in boss.text
    boss.tap("Hari semula")
    assert dates(house)["monev:2027-01"] == date(2027, 1, 29)


def test_switching_off_takes_away_what_is_to_come_and_keeps_what_is_done(house: House, boss: Talk) -> None:
    boss.type("/menu").tap_data("rutin.lihat:monev").tap("Nyalakan").tap("Tanggal terdekat")
    boss.tap("Tandai selesai").tap_data("rutin.lihat:monev").tap("Matikan")
    assert dates(house) == {"monev:2027-01": date(2027, 1, 29)}
    assert "belum dinyalakan" in boss.text


def test_members_read_duties_and_cannot_switch_them(house: House, unit: int, boss: Talk) -> None:
    member = house.member(unit, "anggota", "PW", name="Dewi Contoh")
    member.type("/jadwal").tap("Tugas rutin").tap("3")
    assert "Nyalakan" not in member.labels
    for forged in (f"rutin.j:{unit}:kampanye:1:0", f"rutin.hs:{unit}:kampanye:0", "rutin.hari:kampanye"):
        member.tap_data(forged)
        assert "Batas waktu diatur koordinator unit." in member.text
    assert dates(house) == {}


def test_two_coordinators_switching_at_once_leave_one_state(house: House, unit: int, boss: Talk) -> None:
    other = house.member(unit, "koordinator", name="Sari Contoh")
    for each in (boss, other):
        each.type("/menu").tap_data("rutin.lihat:kampanye")
    stale = other.data_of("Nyalakan").replace(":1:0", ":0:0")
    boss.tap("Nyalakan")
    other.tap_data(stale)
    assert "Tugas rutin ini baru saja diubah. Ini keadaan terbaru." in other.text
    assert house.read(lambda s: s.exec(select(UnitDuty.active)).one()) is True


# the calendar written on ---------------------------------------------------------------------------


@pytest.mark.db
def test_the_weeks_go_by_and_dates_of_new_periods_appear_once(house: House, boss: Talk) -> None:
    boss.type("/menu").tap_data("rutin.lihat:kampanye").tap("Nyalakan")
    house.advance(to=datetime(2027, 4, 5, 3, tzinfo=UTC))
    assert dates(house) == {
        "kampanye:2027-TW1": date(2027, 3, 19),
        "kampanye:2027-TW2": date(2027, 6, 18),
    }
    before = house.read(lambda s: s.exec(select(Job.key).where(Job.kind == duty_tick.FILL)).all())
    tick_once(house.edge)
    house.send_due()
    assert house.read(lambda s: s.exec(select(Job.key).where(Job.kind == duty_tick.FILL)).all()) == before


def test_a_unit_without_duties_wakes_nobody(house: House, unit: int) -> None:
    assert house.read(lambda s: duty_tick.next_due(s, house.clock.now())) is None
    with house.writing() as session:
        assert duty_tick.tick(session, house.clock.now()) == 0


def test_the_demo_clock_stops_where_the_week_begins_first(house: House, boss: Talk) -> None:
    boss.type("/menu").tap_data("rutin.lihat:kampanye").tap("Nyalakan")
    monday_in_wit = datetime(2027, 1, 24, 15, 5, tzinfo=UTC)
    assert house.read(lambda s: duty_tick.next_due(s, house.clock.now())) == monday_in_wit
    assert house.read(lambda s: next_due(s, house.clock.now())) <= monday_in_wit


def test_many_units_are_filled_in_portions(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duty_tick, "UNITS_PER_JOB", 2)
    agency = house.agency()
    units = [house.unit(f"Kantor {n}", agency) for n in range(5)]
    with house.writing() as session:
        for each in units:
            session.add(UnitDuty(unit_id=each, duty="monev", set_at=house.clock.now()))
    house.send_due()
    house.settle()
    found = house.read(
        lambda s: s.exec(select(Deadline.unit_id).where(Deadline.ref == "monev:2027-01")).all()
    )
    assert sorted(found) == units


def test_a_closed_year_gets_no_more_dates(house: House, unit: int, boss: Talk) -> None:
    boss.type("/menu").tap_data("rutin.lihat:kampanye").tap("Nyalakan")
    with house.writing() as session:
        session.exec(select(Assessment)).one().closed_at = house.clock.now()
    house.advance(to=house.clock.now() + timedelta(days=90))
    assert list(dates(house)) == ["kampanye:2027-TW1"]


# what ends a duty ----------------------------------------------------------------------------------


def survey(talk: Talk, kind: str, period: str, index: str = "3,5") -> None:
    talk.type("/kesiapan").tap("Survei").tap("Tambah survei").tap(kind).type(period).type(index)


@pytest.mark.db
def test_surveys_in_the_register_end_the_quarterly_survey(house: House, boss: Talk) -> None:
    boss.type("/menu").tap_data("rutin.lihat:survei").tap("Nyalakan")
    assert "Selesai juga begitu SPAK dan SPKP periodenya tercatat di daftar survei." in boss.text
    survey(boss, "SPKP", "tw 1 2027")
    survey(boss, "SPAK", "semester 1 2027")  # of a longer period: not the survey of this quarter
    boss.type("/menu").tap_data("rutin.lihat:survei")
    assert "○ TW I 2027: SPKP tercatat, SPAK belum, masih berjalan" in boss.text
    boss.type("/jadwal")
    assert "Survei SPAK dan SPKP, TW I 2027" in boss.text
    survey(boss, "SPAK", "januari 2027")
    boss.type("/jadwal")
    assert boss.text.startswith("Semua batas waktu yang diisi sudah selesai.")
    boss.tap_data("rutin.lihat:survei")
    assert "✓ TW I 2027: SPAK dan SPKP tercatat" in boss.text
    boss.tap("Daftar survei")
    assert "SPAK" in boss.text


@pytest.mark.parametrize(
    ("duty", "item", "day", "period"),
    [
        ("monev", "MP.P.3.b", date(2027, 1, 12), "2027-01"),
        ("survei", "PP.P.4.a", date(2027, 2, 1), "2027-TW1"),
        ("kampanye", "PW.P.1.a", date(2027, 3, 1), "2027-TW1"),
        ("pengaduan", "PW.P.3.b", date(2027, 4, 6), "2027-TW1"),
        ("capaian", "AK.P.1.c", date(2027, 4, 20), "2027-TW1"),  # a few days late
        ("kinerja", "SDM.P.4.c", date(2027, 2, 3), "2027-01"),
        ("lhkpn", "PW.R.3.a", date(2027, 2, 20), "2026"),
        ("lhkan", "PW.R.3.b", date(2027, 4, 2), "2026"),
        ("lkjip", "AK.P.2.f", date(2027, 1, 28), "2026"),
    ],
)
def test_a_paper_dated_when_it_is_made_ends_each_duty(
    house: House, unit: int, boss: Talk, duty: str, item: str, day: date, period: str
) -> None:
    boss.type("/menu").tap_data(f"rutin.lihat:{duty}").tap("Nyalakan")
    house.advance(to=datetime(2027, 4, 25, 2, tzinfo=UTC))
    before = open_periods(house, unit, duty)
    assert period in before
    evidence(house, unit, item, day=day)
    assert open_periods(house, unit, duty) == before - {period}


def test_a_duty_whose_indicator_does_not_apply_asks_for_nothing(house: House, unit: int, boss: Talk) -> None:
    boss.type("/menu").tap_data("rutin.lihat:kampanye").tap("Nyalakan")
    with house.writing() as session:
        where = assessment_id(house, unit)
        session.add(ItemWork(assessment_id=where, item_id="PW.P.1.a", not_applicable=True))
    assert open_periods(house, unit, "kampanye") == set()


def open_periods(house: House, unit: int, duty: str) -> set[str]:
    """The periods of a duty that people are still reminded of."""

    def ask(session: Session) -> set[str]:
        found = session.get_one(Unit, unit)
        first, last = date(2027, 1, 1), date(2028, 12, 31)
        dues = dues_of(session, house.library, found, first, last, house.clock.now())
        return {due.ref.partition(":")[2] for due in dues if due.ref.startswith(f"{duty}:")}

    found: set[str] = house.read(ask)
    return found
