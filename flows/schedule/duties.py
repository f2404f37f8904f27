"""Recurring duties of a unit: which are kept, on which day, and the dates that come from them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from flows import audit, fmt, policy, routes
from flows.checklist import service as checklist
from flows.checklist.service import Current
from flows.days import DEFAULT_TIME, at
from flows.errors import Missing, Outdated
from flows.evidence import service as evidence
from flows.evidence import window
from flows.evidence.periods import Span, between
from flows.models import Deadline, Evidence, UnitDuty
from flows.readiness.feeds import surveys_of
from flows.schedule import proof, service
from flows.schedule.names import DUTY
from flows.turn import Turn
from knowledge.answers import Item
from knowledge.duties import Duty, Period, duties, duty_of
from knowledge.workdays import workdays

HORIZON = timedelta(days=100)
"""How far ahead dates are made; of what comes rarer the next one is made however far it is."""
FARTHEST = timedelta(days=800)

_UNKNOWN = "Tugas rutin itu tidak ada dalam LKE unit Anda. Ini daftarnya."
_STALE = "Tugas rutin ini baru saja diubah. Ini keadaan terbaru."


@dataclass(frozen=True, slots=True)
class Kept:
    """A duty as the unit keeps it: its row, whether it is on, and the next date."""

    duty: Duty
    row: UnitDuty | None
    next: Period | None

    @property
    def active(self) -> bool:
        """Whether it makes dates."""
        return self.row is not None and self.row.active

    @property
    def day(self) -> int | None:
        """The unit's own day; None for the usual one."""
        return self.row.day if self.row is not None else None

    @property
    def revision(self) -> int:
        """0 while the unit has said nothing about it."""
        return self.row.revision if self.row is not None else 0


@dataclass(frozen=True, slots=True)
class Slot:
    """One period with what proves it: pieces of evidence, and the kinds of its surveys in the register."""

    span: Span
    due_on: date
    pieces: int
    surveys: tuple[str, ...]
    missing: tuple[str, ...]
    today: date

    @property
    def proved(self) -> bool:
        """Whether nothing is left to do."""
        return self.pieces > 0 or (bool(self.surveys) and not self.missing)


@dataclass(frozen=True, slots=True)
class View:
    """A duty with its proof: `slots` are the periods of the window that have begun, oldest first."""

    where: Current
    kept: Kept
    items: tuple[Item, ...]
    slots: tuple[Slot, ...]
    coming: tuple[Deadline, ...]
    may_set: bool


def rows_of(session: Session, unit_id: int) -> dict[str, UnitDuty]:
    """What the unit has said about duties, by duty."""
    found = session.exec(select(UnitDuty).where(UnitDuty.unit_id == unit_id)).all()
    return {row.duty: row for row in found}


def listed(turn: Turn) -> tuple[Current, list[Kept], bool]:
    """Every duty of the open unit's instrument, and whether the actor may change them."""
    where = checklist.current(turn)
    today = fmt.local(turn.now, where.unit.zone).date()
    rows = rows_of(turn.session, where.unit.id or 0)
    kept = [_kept(duty, rows.get(duty.id), today) for duty in duties(where.instrument)]
    return where, kept, policy.can(turn.actor, "schedule", where.unit)


def _kept(duty: Duty, row: UnitDuty | None, today: date) -> Kept:
    day = row.day if row is not None else None
    coming = duty.coming(today, today + FARTHEST, workdays().on_or_before, day)
    return Kept(duty, row, next(coming, None))


def view(turn: Turn, duty_id: str) -> View:
    """One duty of the open unit. Raises Missing, NotAllowed."""
    where = checklist.current(turn)
    duty = _duty(where, duty_id)
    today = fmt.local(turn.now, where.unit.zone).date()
    row = rows_of(turn.session, where.unit.id or 0).get(duty.id)
    items = tuple(checklist.item_of(where.instrument, item_id) for item_id in duty.items)
    sight = evidence.sight_of(turn, where.unit, where)
    pieces = {
        piece.id: piece
        for item in items
        for piece in evidence.of_item(turn.session, where.assessment, item, sight).uses
    }
    coming = turn.session.exec(
        select(Deadline)
        .where(
            Deadline.assessment_id == where.id,
            Deadline.scope == DUTY,
            col(Deadline.ref).startswith(f"{duty.id}:", autoescape=True),
            col(Deadline.done_at).is_(None),
        )
        .order_by(col(Deadline.due_at))
    ).all()
    return View(
        where,
        _kept(duty, row, today),
        items,
        _slots(turn.session, where, duty, row, [each.evidence for each in pieces.values()], today),
        tuple(coming),
        policy.can(turn.actor, "schedule", where.unit),
    )


def _slots(
    session: Session,
    where: Current,
    duty: Duty,
    row: UnitDuty | None,
    evidence: Sequence[Evidence],
    today: date,
) -> tuple[Slot, ...]:
    rows = surveys_of(session, where.unit) if duty.surveys else ()
    seen = window.of_unit(session, where.unit, where.assessment)
    found = []
    for span in between(seen.first, min(seen.last, today), duty.every):
        there = proof.recorded(duty, rows, span)
        found.append(
            Slot(
                span=span,
                due_on=duty.due_on(span.last, workdays().on_or_before, row.day if row is not None else None),
                pieces=sum(proof.stands(duty, each, span) for each in evidence),
                surveys=there,
                missing=tuple(kind for kind in duty.surveys if kind not in there),
                today=today,
            )
        )
    return tuple(found)


def _duty(where: Current, duty_id: str) -> Duty:
    duty = duty_of(where.instrument, duty_id)
    if duty is None:
        raise Missing(_UNKNOWN, next=routes.DUTIES())
    return duty


# changing ------------------------------------------------------------------------------------------


def switch(turn: Turn, unit_id: int, duty_id: str, active: bool, revision: int) -> bool:
    """Keep the duty, or keep it no more; whether that changed anything. Raises NotAllowed, Outdated.

    Switching it off takes away the dates still to come that are not done.
    """
    where, duty = _claimed(turn, unit_id, duty_id)
    row = _locked(turn.session, unit_id, duty_id)
    if (row.active if row is not None else False) == active:
        return False
    if (row.revision if row is not None else 0) != revision:
        raise Outdated(_STALE, next=routes.DUTY(duty_id))
    row = row or _new(turn, unit_id, duty_id)
    row.active, row.set_by, row.set_at = active, turn.actor.person_id, turn.now
    turn.session.add(row)
    turn.session.flush()
    if active:
        fill(turn.session, where, duty, row.day, turn.now)
    else:
        for each in _open_rows(turn.session, where, duty, turn.now):
            turn.session.delete(each)
    turn.session.flush()
    audit.record(turn, "duty.on" if active else "duty.off", duty_id, unit_id=unit_id)
    return True


def set_day(turn: Turn, unit_id: int, duty_id: str, day: int | None, revision: int) -> bool:
    """Set the unit's own day, or (None) go back to the usual one; dates still to come go along.

    Whether that changed anything. Raises NotAllowed, Outdated.
    """
    where, duty = _claimed(turn, unit_id, duty_id)
    row = _locked(turn.session, unit_id, duty_id)
    if (row.day if row is not None else None) == day:
        return False
    if (row.revision if row is not None else 0) != revision:
        raise Outdated(_STALE, next=routes.DUTY(duty_id))
    if row is None:
        row = _new(turn, unit_id, duty_id)
        row.active = False
    row.day, row.set_by, row.set_at = day, turn.actor.person_id, turn.now
    turn.session.add(row)
    for each in _open_rows(turn.session, where, duty, turn.now):
        period = duty.period(each.ref.partition(":")[2], workdays().on_or_before, day)
        if period is None or each.pinned:
            continue
        due_at = at(period.due_on, DEFAULT_TIME, where.unit.zone)
        if due_at > turn.now:
            each.due_at, each.set_by, each.set_at = due_at, turn.actor.person_id, turn.now
    turn.session.flush()
    if row.active:
        fill(turn.session, where, duty, day, turn.now)
    audit.record(turn, "duty.day", duty_id, unit_id=unit_id, day=day)
    return True


def propose(turn: Turn) -> list[Kept]:
    """The duties among the proposed ones that the unit has said nothing about."""
    _, kept, _ = listed(turn)
    return [each for each in kept if each.duty.proposed and each.row is None]


def accept(turn: Turn, unit_id: int) -> int:
    """Keep every proposed duty that nothing was said about. Returns how many."""
    found = propose(turn)
    return sum(switch(turn, unit_id, each.duty.id, active=True, revision=0) for each in found)


def _claimed(turn: Turn, unit_id: int, duty_id: str) -> tuple[Current, Duty]:
    unit = service.open_unit(turn, unit_id)
    policy.require(turn.actor, "schedule", unit)
    service.locked_assessment(turn.session, unit)
    where = checklist.current(turn)
    return where, _duty(where, duty_id)


def _locked(session: Session, unit_id: int, duty_id: str) -> UnitDuty | None:
    return session.exec(
        select(UnitDuty)
        .where(UnitDuty.unit_id == unit_id, UnitDuty.duty == duty_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()


def _new(turn: Turn, unit_id: int, duty_id: str) -> UnitDuty:
    return UnitDuty(unit_id=unit_id, duty=duty_id, set_by=turn.actor.person_id, set_at=turn.now)


def _open_rows(session: Session, where: Current, duty: Duty, now: datetime) -> Sequence[Deadline]:
    return session.exec(
        select(Deadline)
        .where(
            Deadline.assessment_id == where.id,
            Deadline.scope == DUTY,
            col(Deadline.ref).startswith(f"{duty.id}:", autoescape=True),
            col(Deadline.done_at).is_(None),
            Deadline.due_at > now,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
        .order_by(col(Deadline.id))
    ).all()


# the dates -----------------------------------------------------------------------------------------


def periods_ahead(duty: Duty, own_day: int | None, zone: str, now: datetime) -> list[Period]:
    """The periods whose date is to stand in the schedule now: within the horizon, and always the next."""
    today = fmt.local(now, zone).date()
    found: list[Period] = []
    for period in duty.coming(today, today + FARTHEST, workdays().on_or_before, own_day):
        if at(period.due_on, DEFAULT_TIME, zone) <= now:
            continue
        if found and period.due_on > today + HORIZON:
            break
        found.append(period)
    return found


def fill(session: Session, where: Current, duty: Duty, own_day: int | None, now: datetime) -> int:
    """Make the dates that are to stand there. Those that stand already, done or moved, are left alone."""
    zone = where.unit.zone
    return insert_new(
        session,
        (
            {
                "assessment_id": where.id,
                "unit_id": where.unit.id or 0,
                "scope": DUTY,
                "ref": f"{duty.id}:{period.code}",
                "due_at": at(period.due_on, DEFAULT_TIME, zone),
                "set_at": now,
                "pinned": False,
                "revision": 1,
            }
            for period in periods_ahead(duty, own_day, zone, now)
        ),
    )


def insert_new(session: Session, rows: Iterable[dict[str, object]]) -> int:
    """Insert deadlines of which there is none yet. Returns how many were new."""
    wanted = list(rows)
    if not wanted:
        return 0
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = (
        insert(Deadline)
        .values(wanted)
        .on_conflict_do_nothing(index_elements=["assessment_id", "scope", "ref"])
        .returning(col(Deadline.id))
    )
    return len(session.connection().execute(statement).all())
