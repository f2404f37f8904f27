"""The evidence window (rentang bukti): from which day to which evidence of a year counts, and changing it.

The unit's own goes before its agency's; without either it runs from 1 January of the year before to the
deadline of submission, or 31 May of the assessment's year.
"""

import re
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, or_, select

from flows import audit, fmt, policy, routes
from flows.errors import BadInput
from flows.evidence import periods
from flows.models import Assessment, Deadline, EvidenceWindow, Unit
from flows.turn import Turn
from knowledge.date_words import month_of

LONGEST_YEARS = 5
USUAL, OF_AGENCY, OF_UNIT = "usual", "agency", "unit"


@dataclass(frozen=True, slots=True)
class Window:
    """The first and last day, and whose it is: usual, agency or unit."""

    first: date
    last: date
    source: str

    def holds(self, day: date) -> bool:
        """Whether a day lies within it."""
        return self.first <= day <= self.last


def of_unit(session: Session, unit: Unit, assessment: Assessment) -> Window:
    """The window that counts for the unit's assessment."""
    found = _rows(session, unit.agency_id, unit.id, assessment.year)
    for owner, source in ((unit.id, OF_UNIT), (None, OF_AGENCY)):
        row = found.get(owner)
        if row is not None:
            return Window(row.first_day, row.last_day, source)
    return Window(date(assessment.year - 1, 1, 1), _submission(session, unit, assessment), USUAL)


def of_agency(session: Session, agency_id: int, year: int) -> Window:
    """The agency's window for a year, the usual one when it has set none."""
    row = _rows(session, agency_id, None, year).get(None)
    if row is not None:
        return Window(row.first_day, row.last_day, OF_AGENCY)
    return Window(date(year - 1, 1, 1), date(year, 5, 31), USUAL)


def _rows(
    session: Session, agency_id: int, unit_id: int | None, year: int
) -> dict[int | None, EvidenceWindow]:
    found = session.exec(
        select(EvidenceWindow).where(
            EvidenceWindow.agency_id == agency_id,
            EvidenceWindow.year == year,
            or_(col(EvidenceWindow.unit_id).is_(None), col(EvidenceWindow.unit_id) == unit_id),
        )
    ).all()
    return {row.unit_id: row for row in found}


def _submission(session: Session, unit: Unit, assessment: Assessment) -> date:
    due_at = session.exec(
        select(Deadline.due_at)
        .where(Deadline.assessment_id == assessment.id, Deadline.scope == "pengajuan")
        .limit(1)
    ).first()
    if due_at is None:
        return date(assessment.year, 5, 31)
    return max(fmt.local(due_at, unit.zone).date(), date(assessment.year, 1, 1))


# changing ------------------------------------------------------------------------------------------


def require(turn: Turn, agency_id: int) -> None:
    """Raise NotAllowed unless the actor may set the window: of the agency, or (0) of the open unit."""
    if agency_id:
        policy.require_admin(turn.actor, agency_id)
    else:
        policy.require(turn.actor, "unit_edit", turn.unit)


def set_to(turn: Turn, agency_id: int, year: int, first: date, last: date) -> None:
    """Set the window of the agency, or (0) of the open unit. Raises NotAllowed, BadInput."""
    require(turn, agency_id)
    back = routes.WINDOW_ASK(agency_id)
    if first >= last:
        raise BadInput("Tanggal awal harus sebelum tanggal akhir. Rentang lama tetap dipakai.", next=back)
    if last.year - first.year > LONGEST_YEARS or abs(last.year - year) > LONGEST_YEARS:
        raise BadInput(
            f"Rentang itu terlalu panjang atau terlalu jauh dari tahun penilaian {year}. "
            "Rentang lama tetap dipakai.",
            next=back,
        )
    row = _claim(turn, agency_id, year)
    if row is None:
        row = EvidenceWindow(
            agency_id=agency_id or turn.unit.agency_id,
            unit_id=None if agency_id else turn.unit.id,
            year=year,
            first_day=first,
            last_day=last,
            set_at=turn.now,
        )
    row.first_day, row.last_day = first, last
    row.set_by, row.set_at = turn.actor.person_id, turn.now
    turn.session.add(row)
    turn.session.flush()
    _record(turn, agency_id, "window.set", year)


def reset(turn: Turn, agency_id: int, year: int) -> bool:
    """Back to the window that counts without one of one's own; whether there was one."""
    require(turn, agency_id)
    row = _claim(turn, agency_id, year)
    if row is None:
        return False
    turn.session.delete(row)
    _record(turn, agency_id, "window.reset", year)
    return True


def _claim(turn: Turn, agency_id: int, year: int) -> EvidenceWindow | None:
    unit_id = None if agency_id else turn.unit.id
    return turn.session.exec(
        select(EvidenceWindow)
        .where(
            EvidenceWindow.agency_id == (agency_id or turn.unit.agency_id),
            col(EvidenceWindow.unit_id).is_(None) if agency_id else EvidenceWindow.unit_id == unit_id,
            EvidenceWindow.year == year,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()


def _record(turn: Turn, agency_id: int, act: str, year: int) -> None:
    unit_id = None if agency_id else turn.unit.id
    audit.record(turn, f"evidence.{act}", f"{agency_id or turn.unit.agency_id}/{year}", unit_id)


# typed ---------------------------------------------------------------------------------------------

_BETWEEN = re.compile(r"\s+(?:sampai|sampe|s\.?d\.?|s/d|hingga|sd|ke|-|–)\s+", re.IGNORECASE)
_MONTH_YEAR = re.compile(r"(?:bulan |bln )?([a-z]+)\.? +((?:19|20)\d\d)", re.IGNORECASE)
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})[ ./-]+([a-z]+|\d{1,2})\.?[ ./-]+((?:19|20)\d\d)", re.IGNORECASE)


def parse(text: str) -> tuple[date, date] | None:
    """The two days meant by "1 jan 2026 sampai 31 mei 2027" or "januari 2026 - mei 2027"; None otherwise."""
    halves = _BETWEEN.split(" ".join(text.lower().split()))
    if len(halves) != 2:
        return None
    first, last = _edge(halves[0], at_end=False), _edge(halves[1], at_end=True)
    return (first, last) if first is not None and last is not None else None


def _edge(text: str, *, at_end: bool) -> date | None:
    text = text.strip(" .,")
    if hit := _DAY_MONTH_YEAR.fullmatch(text):
        month = int(hit[2]) if hit[2].isdecimal() else month_of(hit[2])
        try:
            return date(int(hit[3]), month or 0, int(hit[1]))
        except ValueError:
            return None
    hit = _MONTH_YEAR.fullmatch(text)
    month = month_of(hit[1]) if hit else None
    if hit and month:
        span = periods.span_of(f"{hit[2]}-{month:02}")
    else:
        span = periods.span_of(text.removeprefix("tahun ")) if len(text) <= 10 else None
    if span is None:
        return None
    return span.last if at_end else span.first
