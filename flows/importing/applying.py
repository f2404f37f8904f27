"""Writing an import into the answers: in one transaction, with history, over nobody's head."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select

from flows.checklist import changes, stored
from flows.checklist.service import Current, item_of
from flows.importing import service
from flows.importing.plan import EXCEL, Plan, plan_of
from flows.importing.service import View
from flows.models import Answer, AnswerChange
from flows.review import states
from flows.turn import Turn
from knowledge.answers import Answer as Known

KEEP_PRESENT, TAKE_EXCEL = 0, 1
"""What becomes of items that differ and were not decided one by one."""

Row = dict[str, Any]


def apply(turn: Turn, import_id: int, differing: int, stamp: int) -> dict[str, int]:
    """Write what was agreed to; returns counts of answers, notes and of those somebody filled meanwhile.

    Raises Outdated when an item that differs changed since the screen with `stamp` was drawn.
    """
    found = service.ready(turn, import_id)
    present = _locked(turn, found)
    plan = plan_of(found.row, found.instrument, present)
    if plan.stamp != stamp:
        raise service.moved(found)
    answers, notes = _wanted(plan, take_excel=differing == TAKE_EXCEL)
    late = _insert(turn, found, present, answers, notes)
    written = _update(turn, found, present, answers, notes)
    facts = {
        "answers": len(answers) - len(late & answers.keys()),
        "notes": len(notes) - len(late & notes.keys()),
        "late": len(late),
    }
    turn.session.add_all(written)
    where = Current(found.unit, found.assessment, found.instrument)
    changed = ({*answers, *notes}) - late
    places = [changes.Place(where, item_of(found.instrument, item_id)) for item_id in changed]
    states.touched_all(turn, places, answered=answers)
    service.finish(turn, found, facts)
    return facts


def _locked(turn: Turn, found: View) -> dict[str, Answer]:
    rows = turn.session.exec(
        select(Answer)
        .where(Answer.assessment_id == found.row.assessment_id)
        .order_by(col(Answer.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    return {row.item_id: row for row in rows}


def _wanted(plan: Plan, *, take_excel: bool) -> tuple[dict[str, Known], dict[str, str]]:
    answers, notes = dict(plan.new_answers), dict(plan.new_notes)
    for each in plan.differing:
        if each.decided == EXCEL or (take_excel and not each.decided):
            if each.in_answer and each.excel is not None:
                answers[each.item.id] = each.excel
            if each.excel_note and each.excel_note != each.now_note:
                notes[each.item.id] = each.excel_note
    return answers, notes


def _insert(
    turn: Turn, found: View, present: dict[str, Answer], answers: dict[str, Known], notes: dict[str, str]
) -> set[str]:
    """Rows for items without one. Returns the items for which somebody was quicker: theirs stays."""
    fresh = [item_id for item_id in {**answers, **notes} if item_id not in present]
    rows = [_row(turn, found, item_id, answers.get(item_id), notes.get(item_id, "")) for item_id in fresh]
    if not rows:
        return set()
    session = turn.session
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = (
        insert(Answer)
        .values(rows)
        .on_conflict_do_nothing(index_elements=["assessment_id", "item_id"])
        .returning(col(Answer.item_id))
    )
    made = set(session.connection().execute(statement).scalars())
    for row in rows:
        if row["item_id"] not in made:
            continue
        if row["answered_by"] is not None:
            after = {"choice": row["choice"], "inputs": row["inputs"], "rev": 1}
            session.add(_change(turn, found, row["item_id"], changes.IMPORT, None, after))
        if row["note"]:
            session.add(
                _change(
                    turn, found, row["item_id"], changes.IMPORT_NOTE, None, {"note": row["note"], "rev": 1}
                )
            )
    return set(fresh) - made


def _row(turn: Turn, found: View, item_id: str, answer: Known | None, note: str) -> Row:
    choice, inputs = stored.columns(answer)
    person, now = turn.actor.person_id, turn.now
    return {
        "assessment_id": found.row.assessment_id,
        "item_id": item_id,
        "choice": choice,
        "inputs": inputs,
        "note": note,
        "source": changes.FROM_EXCEL if answer is not None else "chat",
        "answered_by": person if answer is not None else None,
        "answered_at": now if answer is not None else None,
        "note_by": person if note else None,
        "note_at": now if note else None,
        "revision": 1,
    }


def _update(
    turn: Turn, found: View, present: dict[str, Answer], answers: dict[str, Known], notes: dict[str, str]
) -> list[AnswerChange]:
    """Items that have a row already. Returns their history."""
    before: dict[str, tuple[Row | None, Row | None]] = {}
    for item_id, row in present.items():
        answer, note = answers.get(item_id), notes.get(item_id)
        was_answer, was_note = None, None
        if answer is not None:
            was_answer = {"choice": row.choice, "inputs": row.inputs}
            row.choice, row.inputs = stored.columns(answer)
            row.source, row.answered_by, row.answered_at = changes.FROM_EXCEL, turn.actor.person_id, turn.now
        if note is not None:
            was_note = {"note": row.note}
            row.note, row.note_by, row.note_at = note, turn.actor.person_id, turn.now
        if was_answer is not None or was_note is not None:
            before[item_id] = (was_answer, was_note)
            turn.session.add(row)
    turn.session.flush()
    history: list[AnswerChange] = []
    for item_id, (was_answer, was_note) in before.items():
        row = present[item_id]
        if was_answer is not None:
            after = {"choice": row.choice, "inputs": row.inputs, "rev": row.revision}
            history.append(_change(turn, found, item_id, changes.IMPORT, was_answer, after))
        if was_note is not None:
            after = {"note": row.note, "rev": row.revision}
            history.append(_change(turn, found, item_id, changes.IMPORT_NOTE, was_note, after))
    return history


def _change(turn: Turn, found: View, item_id: str, kind: str, before: Row | None, after: Row) -> AnswerChange:
    return AnswerChange(
        assessment_id=found.row.assessment_id,
        item_id=item_id,
        person_id=turn.actor.person_id,
        at=turn.now,
        kind=kind,
        before=before,
        after=after,
    )
