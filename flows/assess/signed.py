"""Which of the assessors' values a reader may see: those in progress, or those of the last signed round.

While a team of assessors is formed for an LKE, its values are the team's own until pengendali teknis has
signed the round. Reads only.
"""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from flows import policy
from flows.checklist import stored
from flows.models import TpiAssignment, TpiRound, Unit
from flows.policy import Actor
from knowledge.answers import Answer


@dataclass(frozen=True, slots=True)
class Values:
    """Values of the assessors by item, with their reasons."""

    answers: dict[str, Answer]
    notes: dict[str, str]


def has_team(session: Session, assessment_id: int) -> bool:
    """Whether assessors are assigned to this LKE."""
    return (
        session.exec(
            select(TpiAssignment.id)
            .where(TpiAssignment.assessment_id == assessment_id, col(TpiAssignment.ended_at).is_(None))
            .limit(1)
        ).first()
        is not None
    )


def rounds_of(session: Session, assessment_id: int) -> list[TpiRound]:
    """The rounds of an LKE in order."""
    return list(
        session.exec(
            select(TpiRound).where(TpiRound.assessment_id == assessment_id).order_by(col(TpiRound.no))
        ).all()
    )


def last_signed(session: Session, assessment_id: int) -> TpiRound | None:
    """The latest round that pengendali teknis has signed; None without one."""
    closed = [each for each in rounds_of(session, assessment_id) if each.closed_at is not None]
    return closed[-1] if closed else None


def sees_progress(session: Session, actor: Actor | None, unit: Unit, assessment_id: int) -> bool:
    """Whether values of a round that is not signed yet may be shown to this reader.

    Assessors see them; everybody of the unit while no team of assessors was ever formed for this LKE.
    """
    if actor is not None and policy.may_assess(actor, unit):
        return True
    ever = select(TpiAssignment.id).where(TpiAssignment.assessment_id == assessment_id).limit(1)
    return session.exec(ever).first() is None and last_signed(session, assessment_id) is None


def values_of(row: TpiRound) -> Values:
    """What was signed in a round."""
    answers: dict[str, Answer] = {}
    notes: dict[str, str] = {}
    for item_id, (choice, inputs, note) in row.values.items():
        answer = stored.known(choice, inputs)
        if answer is not None:
            answers[item_id] = answer
        if note:
            notes[item_id] = note
    return Values(answers, notes)


def packed(answers: dict[str, Answer], notes: dict[str, str]) -> dict[str, list[Any]]:
    """Values as a round keeps them."""
    return {
        item_id: [*stored.columns(answers.get(item_id)), notes.get(item_id, "")]
        for item_id in sorted({*answers, *notes})
    }
