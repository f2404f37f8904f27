"""The score over time, recomputed by replaying every recorded change. Reads only.

An answer counts from the moment of its change. An answer without recorded changes counts from when it was
given (or from the opening of the assessment where that is unknown), and so does what stood before the first
recorded change. A survey counts from when it was entered, with its present index: the register keeps no
earlier ones. The last point is therefore always the present score.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from sqlmodel import Session, col, select

from flows import fmt
from flows.checklist import stored
from flows.checklist.changes import IMPORT
from flows.checklist.service import Current, known_answer
from flows.models import Answer, AnswerChange, Deadline, Survey
from flows.readiness import register, service
from flows.readiness.register import period_of
from flows.turn import Turn
from knowledge import answers as forms

ANSWER_KEYS = ("choice", "inputs")
MOST_MARKS = 6


@dataclass(frozen=True, slots=True)
class Point:
    """The total and the number of gates met at the end of a day."""

    day: date
    total: Fraction
    met: int


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened on a day: `kind` "excel", "survei", "tenggat" or "syarat", and its name."""

    day: date
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class History:
    """Points oldest first, one for each day with a change, and the latest events, oldest first."""

    now: service.Standing
    points: tuple[Point, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class _Moment:
    at: datetime
    item_id: str
    answer: forms.Answer | None
    imported: bool = False


def history(turn: Turn) -> History:
    """The open unit's score day by day, in the unit's zone."""
    return history_of(turn.session, service.standing(turn), turn.now)


def history_of(session: Session, now: service.Standing, at: datetime) -> History:
    """As `history`, for an assessment that the caller may read."""
    where = now.where
    zone = where.unit.zone
    surveys = register.surveys_of(session, where.unit)
    days = _by_day(_moments(session, where), surveys, zone)
    points = tuple(_points(now, days, surveys, zone))
    imports = [day for day, moments in days.items() if any(m.imported for m in moments)]
    marks = [Mark(day, "excel", "") for day in imports]
    marks += [*_survey_marks(now, surveys, zone), *_deadline_marks(session, where, zone, at)]
    reached = next((p for p in points if p.met == len(now.ready().gates)), None)
    if reached is not None:
        marks.append(Mark(reached.day, "syarat", now.target))
    marks.sort(key=lambda m: (m.day, m.kind, m.name))
    return History(now, points, tuple(marks[-MOST_MARKS:]))


def _moments(session: Session, where: Current) -> list[_Moment]:
    """Every change of an answer, oldest first."""
    changes = session.exec(
        select(AnswerChange).where(AnswerChange.assessment_id == where.id).order_by(col(AnswerChange.id))
    ).all()
    found: list[_Moment] = []
    replayed: set[str] = set()
    opened = where.assessment.created_at
    for change in changes:
        after = change.after or {}
        if not any(key in after for key in ANSWER_KEYS):
            continue
        if change.item_id not in replayed:
            replayed.add(change.item_id)
            before = change.before or {}
            found.append(_Moment(min(opened, change.at), change.item_id, _answer(before)))
        imported = change.kind == IMPORT
        found.append(_Moment(change.at, change.item_id, _answer(after), imported))
    rows = session.exec(select(Answer).where(Answer.assessment_id == where.id)).all()
    found += [
        _Moment(row.answered_at or opened, row.item_id, answer)
        for row in rows
        if row.item_id not in replayed and (answer := known_answer(row)) is not None
    ]
    return sorted(found, key=lambda m: m.at)  # stable: changes of one moment keep their order


def _answer(facts: Mapping[str, object]) -> forms.Answer | None:
    choice, inputs = facts.get("choice"), facts.get("inputs")
    return stored.known(
        choice if isinstance(choice, str) else None, inputs if isinstance(inputs, dict) else None
    )


def _by_day(moments: Sequence[_Moment], surveys: Sequence[Survey], zone: str) -> dict[date, list[_Moment]]:
    days: dict[date, list[_Moment]] = {}
    for moment in moments:
        days.setdefault(fmt.local(moment.at, zone).date(), []).append(moment)
    for survey in surveys:
        days.setdefault(fmt.local(survey.added_at, zone).date(), [])
    return dict(sorted(days.items()))


def _points(
    now: service.Standing, days: Mapping[date, list[_Moment]], surveys: Sequence[Survey], zone: str
) -> Iterator[Point]:
    typed: dict[str, forms.Answer] = {}
    for day, moments in days.items():
        for moment in moments:
            if moment.answer is None:
                typed.pop(moment.item_id, None)
            else:
                typed[moment.item_id] = moment.answer
        entered = [each for each in surveys if fmt.local(each.added_at, zone).date() <= day]
        then = service.made_of(now.where, typed, entered)
        if typed or then.fed:
            yield Point(day, then.score.total, then.ready().met_count)


def _survey_marks(now: service.Standing, surveys: Sequence[Survey], zone: str) -> Iterator[Mark]:
    at = now.where.assessment
    for survey in surveys:
        if survey.kind in register.FEEDS and register.counts_for(survey, at.year, at.archived_at):
            day = fmt.local(survey.added_at, zone).date()
            yield Mark(day, "survei", f"{survey.kind} {period_of(survey).name}")


def _deadline_marks(session: Session, where: Current, zone: str, at: datetime) -> Iterator[Mark]:
    found = session.exec(
        select(Deadline).where(
            Deadline.assessment_id == where.id, col(Deadline.scope).in_(("tpi", "pengajuan"))
        )
    ).all()
    for deadline in found:
        if deadline.due_at <= at:
            yield Mark(fmt.local(deadline.due_at, zone).date(), "tenggat", deadline.scope)
