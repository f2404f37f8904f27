"""The years of a unit: which there are, closing the present one, and opening a closed one again."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from flows import audit, policy
from flows.admin import service as admin
from flows.admin import tree
from flows.checklist import service as checklist
from flows.checklist.service import Current
from flows.models import UNIT_SIDE, Assessment, TpiRound, Unit
from flows.nextyear import refusals
from flows.review import states
from flows.turn import Turn

WAITING, APPROVED = "waiting", "approved"


@dataclass(frozen=True, slots=True)
class Years:
    """A unit's LKE by year, newest first. `present` is the one it works on, perhaps closed.

    `may_change`: the actor closes and opens years; `may_reopen`: also opens a closed one again, and ends an
    assessors' round by closing. `round`: the number of such a round of the present year, 0 for none.
    """

    unit: Unit
    rows: tuple[Assessment, ...]
    present: Assessment | None
    may_change: bool
    may_reopen: bool
    round: int

    @property
    def may_close(self) -> bool:
        """Whether the actor may close the present year now."""
        present = self.present
        ready = present is not None and present.archived_at is None
        return ready and self.may_change and (not self.round or self.may_reopen)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a year would be closed with: answered of how many, waiting for review, approved.

    `round`: the number of an assessors' round that is still running, 0 for none.
    """

    where: Current
    answered: int
    items: int
    waiting: int
    approved: int
    round: int = 0


def years_of(turn: Turn, unit_id: int) -> Years:
    """The years of a unit (0: the open one). Raises NotAllowed, Missing."""
    unit = turn.unit_by_id(unit_id) if unit_id else turn.unit
    policy.require(turn.actor, "view", unit)
    rows = turn.session.exec(
        select(Assessment)
        .where(Assessment.unit_id == unit.id, Assessment.side == UNIT_SIDE)
        .order_by(col(Assessment.year).desc())
    ).all()
    present = next((row for row in rows if row.closed_at is None), None)
    return Years(
        unit=unit,
        rows=tuple(rows),
        present=present,
        may_change=policy.can(turn.actor, "year", unit),
        may_reopen=unit.agency_id in policy.admin_agencies(turn.actor),
        round=_running(turn.session, present.id) if present is not None else 0,
    )


def where_of(turn: Turn, assessment_id: int) -> Current:
    """The unit's own LKE of whichever year, to be read. Raises Missing, NotAllowed."""
    row = turn.session.get(Assessment, assessment_id)
    if row is None or row.side != UNIT_SIDE:
        raise refusals.unknown()
    unit = turn.unit_by_id(row.unit_id)
    policy.require(turn.actor, "view", unit)
    instrument = turn.library.instruments.get(row.instrument_id)
    if instrument is None:
        raise refusals.unknown()
    return Current(unit, row, instrument)


def held(turn: Turn, assessment_id: int) -> Current:
    """As `where_of` for who closes and opens years, with the unit locked. Raises NotAllowed, Missing."""
    where = where_of(turn, assessment_id)
    policy.require(turn.actor, "year", where.unit)
    unit = turn.session.exec(
        select(Unit)
        .where(Unit.id == where.unit.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    turn.session.refresh(where.assessment)
    return Current(unit, where.assessment, where.instrument)


# closing ---------------------------------------------------------------------------------------------


def standing_of(turn: Turn, assessment_id: int) -> Standing:
    """What the present year would be closed with. Raises NotAllowed, Missing, Outdated, BadInput."""
    where = where_of(turn, assessment_id)
    policy.require(turn.actor, "year", where.unit)
    running = _closable(turn, where)
    answered, items = checklist.counts(turn.session, where.assessment, where.instrument)
    review: Mapping[str, str] = states.states(turn.session, where.assessment)
    found = list(review.values())
    return Standing(where, answered, items, found.count(WAITING), found.count(APPROVED), running)


def close(turn: Turn, assessment_id: int) -> bool:
    """Make the present year an archive, the assessors' worksheet of it too. False when it was one already.

    Raises NotAllowed, Missing, Outdated for a year that rests, BadInput while assessors are at work: a unit
    does not end their round, the agency's admin may.
    """
    where = held(turn, assessment_id)
    if where.assessment.archived_at is not None:
        return False
    _closable(turn, where)
    _mark(turn, where, closed=True)
    where.unit.closed_year = where.assessment.year
    turn.session.add(where.unit)
    turn.session.flush()
    turn.forget()
    audit.record(turn, "year.close", str(where.id), where.unit.id, year=where.assessment.year)
    return True


def _closable(turn: Turn, where: Current) -> int:
    """The assessors' round that closing would end, 0 for none."""
    unit_id = where.unit.id or 0
    if where.assessment.closed_at is not None:
        present = tree.assessment_of(turn.session, where.unit)
        raise refusals.elsewhere(unit_id, present.year if present is not None else where.assessment.year)
    running = _running(turn.session, where.id)
    if running and where.unit.agency_id not in policy.admin_agencies(turn.actor):
        raise refusals.round_running(unit_id, running)
    return running


def _running(session: Session, assessment_id: int | None) -> int:
    """The number of the assessors' round that is not signed yet, 0 for none."""
    query = select(TpiRound.no).where(
        TpiRound.assessment_id == assessment_id, col(TpiRound.closed_at).is_(None)
    )
    return session.exec(query).first() or 0


def _mark(turn: Turn, where: Current, *, closed: bool) -> None:
    """Both sides of the year at once."""
    both = turn.session.exec(
        select(Assessment).where(
            Assessment.unit_id == where.unit.id, Assessment.year == where.assessment.year
        )
    ).all()
    for row in both:
        row.archived_at = turn.now if closed else None
        turn.session.add(row)
    turn.session.flush()


# opening a closed one again --------------------------------------------------------------------------


def reopenable(turn: Turn, assessment_id: int) -> Current:
    """A closed year that the actor may open again. Raises NotAllowed, Missing."""
    where = where_of(turn, assessment_id)
    if where.unit.agency_id not in policy.admin_agencies(turn.actor):
        raise refusals.admin_only(where.unit.id or 0)
    return where


def reopen(turn: Turn, assessment_id: int) -> bool:
    """Let a closed year be changed again; it becomes the one the unit works on, a later one rests.

    False when it is not closed. Raises NotAllowed for everybody but the agency's admin, Missing.
    """
    reopenable(turn, assessment_id)
    where = held(turn, assessment_id)
    if where.assessment.archived_at is None:
        return False
    _mark(turn, where, closed=False)
    admin.open_assessment(turn, where.unit, where.assessment.year, where.assessment.target)
    turn.session.flush()
    turn.forget()
    audit.record(turn, "year.reopen", str(where.id), where.unit.id, year=where.assessment.year)
    return True
