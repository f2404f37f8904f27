"""Endorsing the self-assessment, taking it back, and what has changed since. Nothing is deleted."""

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from sqlmodel import Session, col, func, select

from flows import audit, outbox, policy, routes
from flows.checklist import service as checklist
from flows.checklist.service import Current
from flows.errors import Missing, Outdated
from flows.models import AnswerChange, Assessment, Endorsement, ItemWork, Person, Survey
from flows.readiness import service as readiness
from flows.registration import people
from flows.turn import Turn

_CHANGED = "LKE berubah sejak layar tadi, jadi belum disahkan. Ini keadaan terbaru."
_OTHER = "Tombol ini dari LKE unit atau tahun lain, jadi belum ada yang disahkan."
_TALK = ("advice", "ask", "reply")
"""Kinds of history that change nothing of the LKE."""
_GONE = "Pengesahan ini sudah tidak berlaku. Ini keadaan terbaru."


@dataclass(frozen=True, slots=True)
class Facts:
    """What is endorsed: the total, how many items are answered and approved of how many."""

    total: str
    answered: int
    approved: int
    items: int


@dataclass(frozen=True, slots=True)
class State:
    """How the endorsement of an assessment stands. `seen` is the newest change of the LKE."""

    where: Current
    now: Facts
    row: Endorsement | None
    by: Person | None
    items_changed: int
    surveys_changed: int
    seen: int
    may_endorse: bool

    @property
    def changed(self) -> bool:
        """Whether the LKE has changed since it was endorsed."""
        return bool(self.items_changed or self.surveys_changed)


def state(turn: Turn) -> State:
    """The endorsement of the open unit's LKE. Raises NotAllowed, Missing."""
    where = checklist.current(turn)
    row = latest(turn.session, where.assessment)
    items, surveys = changed_since(turn.session, where, row.at) if row is not None else (0, 0)
    return State(
        where=where,
        now=_facts(turn.session, where),
        row=row,
        by=turn.session.get(Person, row.person_id) if row is not None and row.person_id else None,
        items_changed=items,
        surveys_changed=surveys,
        seen=newest_change(turn.session, where.assessment),
        may_endorse=policy.can(turn.actor, "endorse", where.unit),
    )


def latest(session: Session, assessment: Assessment) -> Endorsement | None:
    """The endorsement that stands; None when there is none or it was taken back."""
    row = session.exec(
        select(Endorsement)
        .where(Endorsement.assessment_id == assessment.id)
        .order_by(col(Endorsement.id).desc())
        .limit(1)
    ).first()
    return row if row is not None and row.withdrawn_at is None else None


def newest_change(session: Session, assessment: Assessment) -> int:
    """Id of the newest change of the LKE; 0 without any."""
    query = select(func.max(AnswerChange.id)).where(
        AnswerChange.assessment_id == assessment.id, col(AnswerChange.kind).not_in(_TALK)
    )
    return session.exec(query).one() or 0


def changed_since(session: Session, where: Current, at: datetime) -> tuple[int, int]:
    """How many items and surveys have changed since that moment."""
    items = session.exec(
        select(func.count(func.distinct(AnswerChange.item_id))).where(
            AnswerChange.assessment_id == where.id,
            AnswerChange.at > at,
            col(AnswerChange.kind).not_in(_TALK),
        )
    ).one()
    surveys = session.exec(
        select(func.count()).where(Survey.unit_id == where.unit.id, Survey.changed_at > at)
    ).one()
    return items, surveys


def _facts(session: Session, where: Current) -> Facts:
    total = readiness.standing_of(session, where).score.total
    exact = Decimal(total.numerator) / Decimal(total.denominator)
    answered, items = checklist.counts(session, where.assessment, where.instrument)
    approved = session.exec(
        select(func.count()).where(ItemWork.assessment_id == where.id, ItemWork.state == "approved")
    ).one()
    return Facts(str(exact.quantize(Decimal("0.01"), ROUND_HALF_UP)), answered, approved, items)


def endorse(turn: Turn, assessment_id: int, seen: int) -> Endorsement:
    """Endorse the LKE as the pimpinan saw it. A second tap changes nothing.

    Raises NotAllowed, Outdated when the LKE is another one or has changed since the screen.
    """
    where = checklist.current(turn)
    policy.require(turn.actor, "endorse", where.unit)
    if where.id != assessment_id:
        raise Outdated(_OTHER, next=routes.ENDORSE(), assessment_id=assessment_id)
    turn.session.exec(select(Assessment.id).where(Assessment.id == where.id).with_for_update()).one()
    present = latest(turn.session, where.assessment)
    if present is not None and not any(changed_since(turn.session, where, present.at)):
        return present
    if newest_change(turn.session, where.assessment) != seen:
        raise Outdated(_CHANGED, next=routes.ENDORSE_ASK(assessment_id))
    facts = _facts(turn.session, where)
    row = Endorsement(
        assessment_id=where.id,
        person_id=turn.actor.person_id,
        at=turn.now,
        total=facts.total,
        answered=facts.answered,
        approved=facts.approved,
    )
    turn.session.add(row)
    turn.session.flush()
    audit.record(turn, "endorse", f"endorsement:{row.id}", where.unit.id, assessment=where.id)
    _tell(turn, where, row)
    return row


def withdraw(turn: Turn, endorsement_id: int) -> Endorsement:
    """Take the endorsement back; it stays in the record. Raises NotAllowed, Missing, Outdated."""
    row, where = find(turn, endorsement_id, lock=True)
    policy.require(turn.actor, "endorse", where.unit)
    present = latest(turn.session, where.assessment)
    if present is None or present.id != row.id:
        raise Outdated(_GONE, next=routes.ENDORSE())
    row.withdrawn_at = turn.now
    turn.session.add(row)
    turn.session.flush()
    audit.record(turn, "endorse_withdraw", f"endorsement:{row.id}", where.unit.id, assessment=where.id)
    _tell(turn, where, row)
    return row


def find(turn: Turn, endorsement_id: int, *, lock: bool = False) -> tuple[Endorsement, Current]:
    """An endorsement of the open unit's LKE. Raises Missing for all others, NotAllowed."""
    where = checklist.current(turn)
    query = select(Endorsement).where(Endorsement.id == endorsement_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    row = turn.session.exec(query).first()
    if row is None or row.assessment_id != where.id:
        raise Missing(_GONE, next=routes.ENDORSE(), endorsement_id=endorsement_id)
    return row, where


def _tell(turn: Turn, where: Current, row: Endorsement) -> None:
    """The unit's coordinators hear of it."""
    what = "sah" if row.withdrawn_at is None else "tarik"
    messages = [
        outbox.Message(
            key=f"{what}:{row.id}:{person.id}",
            chat_id=person.telegram_id,
            person_id=person.id,
            action=routes.ENDORSE_TOLD(row.id or 0),
        )
        for person in people.holders(turn.session, "koordinator", turn.now, unit_id=where.unit.id)
        if person.telegram_id is not None and person.id != turn.actor.person_id
    ]
    outbox.add(turn.session, messages, turn.now)
