"""The evidence window, periods, and the slots of indicators that recur."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from flows import routes
from flows.evidence import periods, slots, window
from flows.evidence.service import Piece
from flows.evidence.window import Window
from flows.models import Assessment, Deadline, Evidence, EvidenceVersion, Intake, Unit
from knowledge.dates import Problem
from knowledge.recurrence import Recurrence
from tests.support import pictures
from tests.support.house import House
from tests.support.talk import Talk

TODAY = date(2027, 1, 18)
USUAL = Window(date(2026, 1, 1), date(2027, 5, 31), window.USUAL)
CAMPAIGN = "PW.P.1.a"


@pytest.fixture
def unit(house: House) -> int:
    return house.unit()


@pytest.fixture
def budi(house: House, unit: int) -> Talk:
    return house.member(unit, "koordinator", None, "Budi Contoh")


def of_unit(house: House, unit: int) -> Window:
    def ask(session: object) -> Window:
        row = session.get_one(Unit, unit)  # type: ignore[attr-defined]
        found = session.exec(select(Assessment).where(Assessment.unit_id == unit)).one()  # type: ignore[attr-defined]
        return window.of_unit(session, row, found)  # type: ignore[arg-type]

    made: Window = house.read(ask)
    return made


# periods -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("tw 3 2026", "2026-TW3"),
        ("TW III", "2026-TW3"),
        ("triwulan 1", "2027-TW1"),
        ("semester ii 2026", "2026-S2"),
        ("jan 2027", "2027-01"),
        ("desember", "2026-12"),
        ("satu tahun 2026", "2026"),
        ("halo", None),
        ("tw 5 2026", None),
        ("2026 2027", None),
    ],
)
def test_periods_as_typed(typed: str, code: str | None) -> None:
    assert periods.parse(typed, TODAY) == code


def test_codes_are_read_back_and_strange_ones_are_none() -> None:
    span = periods.span_of("2026-TW3")
    assert span is not None
    assert (span.first, span.last, span.name) == (date(2026, 7, 1), date(2026, 9, 30), "TW III 2026")
    for code in ("", "2026-TW5", "2026-13", "abc", "2026-S3", "26", "2026-TW3-1"):
        assert periods.span_of(code) is None


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("14 jan", date(2027, 1, 14)),
        ("tanggal 14 jan", date(2027, 1, 14)),
        ("kemarin", date(2027, 1, 17)),
        ("14/8/2026", date(2026, 8, 14)),
        ("20 desember", date(2026, 12, 20)),
        ("halo", None),
    ],
)
def test_days_lie_in_the_past(typed: str, day: date | None) -> None:
    assert periods.read_day(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["31 februari 2026", "5 maret 2027"])
def test_days_that_cannot_be_get_a_sentence(typed: str) -> None:
    assert isinstance(periods.read_day(typed, TODAY), Problem)


# slots ---------------------------------------------------------------------------------------------


def piece(period: str = "", day: date | None = None) -> Piece:
    at = datetime(2027, 1, 18, tzinfo=UTC)
    evidence = Evidence(id=1, unit_id=1, title="x", period=period, dated_on=day, made_at=at)
    return Piece(evidence, EvidenceVersion(evidence_id=1, made_at=at))


def test_slots_run_from_the_window_to_today() -> None:
    made = slots.of(Recurrence("X", "quarter", "kampanye"), [piece(day=date(2026, 8, 14))], USUAL, TODAY)
    assert [slot.span.code for slot in made] == [f"2026-TW{n}" for n in (1, 2, 3, 4)] + ["2027-TW1"]
    assert [slot.missing for slot in made] == [True, True, False, True, False]
    assert made[-1].running


def test_a_longer_period_fills_what_it_covers_and_a_shorter_one_its_slot() -> None:
    monthly = slots.of(Recurrence("X", "month", "monev"), [piece("2026-TW1")], USUAL, TODAY)
    assert [slot.span.code for slot in monthly if slot.pieces] == ["2026-01", "2026-02", "2026-03"]
    quarterly = slots.of(Recurrence("X", "quarter", "survei"), [piece("2026-05")], USUAL, TODAY)
    assert [slot.span.code for slot in quarterly if slot.pieces] == ["2026-TW2"]


def test_a_window_that_begins_within_a_quarter_begins_with_the_next() -> None:
    span = Window(date(2026, 2, 1), date(2027, 5, 31), window.OF_UNIT)
    made = slots.of(Recurrence("X", "quarter", "survei"), [], span, TODAY)
    assert made[0].span.code == "2026-TW2"


# the window ----------------------------------------------------------------------------------------


@pytest.mark.db
def test_the_usual_window_follows_the_submission(house: House, unit: int) -> None:
    assert of_unit(house, unit) == USUAL
    with house.writing() as session:
        assessment = session.exec(select(Assessment).where(Assessment.unit_id == unit)).one()
        due = datetime(2027, 4, 16, 9, 0, tzinfo=UTC)
        session.add(
            Deadline(
                assessment_id=assessment.id or 0,
                unit_id=unit,
                scope="pengajuan",
                due_at=due,
                set_at=house.clock.now(),
            )
        )
    assert of_unit(house, unit).last == date(2027, 4, 16)


@pytest.mark.db
def test_the_units_own_window_goes_before_the_agencys(house: House) -> None:
    agency = house.agency()
    unit = house.unit(agency_id=agency)
    ani = house.admin(agency)
    ani.type("/menu").tap_data(routes.WINDOW_ASK(agency).pack()).type("1 jan 2026 sampai 30 april 2027")
    assert "Januari 2026 sampai April 2027" in ani.text
    assert of_unit(house, unit) == Window(date(2026, 1, 1), date(2027, 4, 30), window.OF_AGENCY)
    budi = house.member(unit, "koordinator", None, "Budi Contoh")
    budi.type("/bukti").tap("Rentang bukti")
    assert "ditetapkan instansi" in budi.text
    budi.tap("Ubah rentang").type("juli 2025 - mei 2027")
    assert "Juli 2025 sampai Mei 2027" in budi.text
    assert of_unit(house, unit).source == window.OF_UNIT
    budi.tap("Pakai yang biasa")
    assert of_unit(house, unit).source == window.OF_AGENCY


def test_what_is_no_window_is_said_and_changes_nothing(house: House, unit: int, budi: Talk) -> None:
    budi.type("/menu").tap_data(routes.WINDOW_ASK(0).pack())
    for typed, said in (
        ("besok sampai lusa", "belum terbaca"),
        ("mei 2027 sampai januari 2026", "Tanggal awal harus sebelum"),
        ("januari 2010 sampai mei 2027", "terlalu panjang"),
    ):
        budi.type(typed)
        assert said in budi.text
    assert of_unit(house, unit) == USUAL


def test_only_who_edits_the_unit_sets_its_window(house: House, unit: int, budi: Talk) -> None:
    dewi = house.member(unit, "anggota", "PW", "Dewi Contoh")
    for action in (routes.WINDOW_ASK(0), routes.WINDOW_SAVE(0), routes.WINDOW_RESET(0), routes.WINDOW(1)):
        dewi.type("/menu").tap_data(action.pack())
        assert dewi.toast
    budi.type("/menu").tap_data(routes.WINDOW_ASK(1).pack())
    assert budi.toast


# outside the window it is a question ---------------------------------------------------------------


def test_a_date_outside_the_window_asks_for_the_period(house: House, unit: int) -> None:
    dewi = house.member(unit, "anggota", "PW", "Dewi Contoh")
    dewi.type("/menu").tap_data(routes.EVIDENCE_ADD(CAMPAIGN).pack())
    dewi.send_file("sk.pdf", pictures.pdf(), caption="sosialisasi gratifikasi 14 agustus 2025")
    house.settle()
    assert (
        "Dokumen ini bertanggal 14 Agustus 2025. Rentang bukti unit: Januari 2026 sampai Mei 2027."
        in dewi.text
    )
    assert "Untuk periode mana?" in dewi.text
    assert {"TW III 2025", "Satu tahun 2025", "Satu tahun 2026", "Periode lain"} <= set(dewi.labels)
    dewi.type("2026")
    assert "untuk Tahun 2026" in dewi.text
    dewi.tap("Benar, simpan")
    evidence = house.read(lambda s: s.exec(select(Evidence)).one())
    assert (str(evidence.dated_on), evidence.period) == ("2025-08-14", "2026")


def test_a_piece_outside_stays_and_is_marked(house: House, unit: int) -> None:
    dewi = house.member(unit, "anggota", "PW", "Dewi Contoh")
    dewi.type("/menu").tap_data(routes.EVIDENCE_ADD(CAMPAIGN).pack())
    dewi.send_file("sk.pdf", pictures.pdf(), caption="sosialisasi gratifikasi 14 agustus 2025")
    house.settle()
    dewi.tap("TW III 2025").tap("Benar, simpan")
    assert house.read(lambda s: s.exec(select(Intake)).one()).state == "saved"
    dewi.tap_data(routes.EVIDENCE_ITEM(CAMPAIGN).pack())
    assert "di luar rentang bukti" in dewi.text
    dewi.tap("1").tap("Ubah data").tap("Periode").tap("Satu tahun 2026")
    assert "di luar rentang" not in dewi.text
