"""Opening the next year: one transaction under the unit's lock, so that a second tap finds it done."""

from sqlmodel import select

from flows import audit
from flows.admin import service as admin
from flows.admin import tree
from flows.checklist import changes, stored
from flows.checklist import service as checklist
from flows.checklist.service import Current
from flows.models import Answer, AnswerChange, Assessment, EvidenceUse, ItemWork, Pic
from flows.nextyear import plan as planning
from flows.nextyear import refusals, years
from flows.nextyear.plan import Plan
from flows.pic import candidates
from flows.pic import service as pics
from flows.review import states
from flows.schedule import duties
from flows.turn import Turn
from knowledge.duties import duty_of


def open_next(turn: Turn, assessment_id: int) -> bool:
    """Open the year after a closed one and take along what the preview showed.

    Nothing that stands in the new year already is touched, so that it can be repeated. False when the unit
    works on that year by now. Raises NotAllowed, Missing, Outdated, BadInput.
    """
    where = years.held(turn, assessment_id)
    present = tree.assessment_of(turn.session, where.unit)
    if present is not None and present.year == where.assessment.year + 1:
        return False
    planning.check(turn, where)
    plan = planning.made_of(turn, where)
    opened = admin.open_assessment(turn, where.unit, plan.year, where.assessment.target)
    new = Current(where.unit, opened, plan.instrument)
    facts = _taken_along(turn, plan, new) if opened.archived_at is None else {}
    turn.session.flush()
    turn.forget()
    audit.record(turn, "year.open", f"{where.id}:{opened.id}", where.unit.id, year=plan.year, **facts)
    return True


def _taken_along(turn: Turn, plan: Plan, new: Current) -> dict[str, int]:
    """What came along, counted."""
    return {
        "answers": _answers(turn, plan, new),
        "off": _off(turn, plan, new),
        "evidence": _evidence(turn, plan, new),
        "pics": _pics(turn, plan, new),
        "duties": _duties(turn, new),
    }


def _answers(turn: Turn, plan: Plan, new: Current) -> int:
    """Answers and narratives; an answer stays "carried" until somebody of the area has looked at it."""
    there = checklist.answers_of(turn.session, new.assessment)
    made = 0
    for each in plan.taken:
        if each.item.id in there:
            continue
        row, answered = each.row, checklist.known_answer(each.row) is not None
        turn.session.add(
            Answer(
                assessment_id=new.id,
                item_id=each.item.id,
                choice=row.choice,
                inputs=dict(row.inputs) if row.inputs is not None else None,
                note=row.note,
                source=stored.CARRIED if answered else "chat",
                answered_at=turn.now if answered else None,
                note_by=row.note_by,
                note_at=row.note_at,
            )
        )
        if answered:
            _note(turn, plan, new, each.item.id, row)
            made += 1
    return made


def _off(turn: Turn, plan: Plan, new: Current) -> int:
    """The reasons why items did not apply: whoever fills them in is asked whether that is still so."""
    works = states.works(turn.session, new.assessment)
    rows = checklist.answers_of(turn.session, new.assessment)
    made = 0
    for item, reason in plan.off:
        if item.id in works or checklist.known_answer(rows.get(item.id)) is not None:
            continue
        if item.id not in rows:
            turn.session.add(Answer(assessment_id=new.id, item_id=item.id))
        turn.session.add(ItemWork(assessment_id=new.id, item_id=item.id, na_reason=reason))
        made += 1
    return made


def _note(turn: Turn, plan: Plan, new: Current, item_id: str, row: Answer) -> None:
    """A line in the item's history; the audit trail has one entry for all of them."""
    after = {"choice": row.choice, "inputs": row.inputs, "year": plan.before.assessment.year, "rev": 1}
    turn.session.add(
        AnswerChange(
            assessment_id=new.id,
            item_id=item_id,
            person_id=turn.actor.person_id,
            at=turn.now,
            kind=changes.CARRY,
            after=after,
        )
    )


def _evidence(turn: Turn, plan: Plan, new: Current) -> int:
    """The valid pieces serve the same items; the pieces stay one, so that nothing is kept twice."""
    found = turn.session.exec(select(EvidenceUse).where(EvidenceUse.assessment_id == new.id)).all()
    there = {(use.evidence_id, use.item_id) for use in found}
    made = set()
    for proof in plan.valid:
        for use in proof.uses:
            if use.verdict == "returned" or (use.evidence_id, use.item_id) in there:
                continue
            turn.session.add(
                EvidenceUse(
                    evidence_id=use.evidence_id,
                    assessment_id=new.id,
                    item_id=use.item_id,
                    expected=use.expected,
                    made_by=turn.actor.person_id,
                    made_at=turn.now,
                )
            )
            made.add(use.evidence_id)
    return len(made)


def _pics(turn: Turn, plan: Plan, new: Current) -> int:
    there = pics.rows_of(turn.session, new.assessment)
    here = {each.id for each in candidates.team(turn.session, new.unit, turn.now)}
    made = 0
    for row in plan.pics:
        if row.scope in there:
            continue
        turn.session.add(
            Pic(
                assessment_id=new.id,
                scope=row.scope,
                person_id=row.person_id if row.person_id in here else None,
                deputy_id=row.deputy_id if row.deputy_id in here else None,
                set_by=turn.actor.person_id,
                set_at=turn.now,
            )
        )
        made += 1
    return made


def _duties(turn: Turn, new: Current) -> int:
    """Dates for the duties the unit keeps, by the same machinery that makes them every week."""
    made = 0
    for row in duties.rows_of(turn.session, new.unit.id or 0).values():
        duty = duty_of(new.instrument, row.duty)
        if row.active and duty is not None:
            made += duties.fill(turn.session, new, duty, row.day, turn.now)
    return made


def opened_of(turn: Turn, unit_id: int) -> tuple[Current, Assessment | None]:
    """The unit's present year and the closed one before it. Raises NotAllowed, Missing."""
    found = years.years_of(turn, unit_id)
    if found.present is None:
        raise refusals.unknown()
    where = years.where_of(turn, found.present.id or 0)
    before = next((row for row in found.rows if row.year == found.present.year - 1), None)
    return where, before
