"""Writing down what came of a stage: only what fits to the results that are there already."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import col, select

from flows import audit, fmt, routes
from flows.errors import BadInput
from flows.models import UNIT_SIDE, Assessment, Deadline, StageResult, Unit
from flows.season import refusals
from flows.season.service import STAGE, Way, checked_year, editable, lock_unit, made_entry, rows_of, step_of
from flows.turn import Turn
from knowledge.after import OBJECTION, Step, after

MAX_NOTE = 1000


def set_result(turn: Turn, unit_id: int, year: int, stage_id: str, result: str, revision: int) -> None:
    """Note down what came of a stage ("" takes it back); its day is today until said otherwise.

    A repeated tap changes nothing. Raises NotAllowed, Missing, Outdated, BadInput for a stage that comes
    after an end, or an objection against nothing.
    """
    unit, step, again = _claimed(turn, unit_id, year, stage_id)
    if result and result not in step.results:
        raise refusals.stage_unknown(unit_id, year)
    rows = rows_of(turn.session, unit_id, year)
    row = rows.get(step.id)
    if (row.result if row else "") == result:
        return
    _check(rows, step, result, again)
    row = _row(turn, unit_id, year, step, row, revision, again)
    row.result = result
    row.decided_on = (row.decided_on or fmt.local(turn.now, unit.zone).date()) if result else None
    _kept(turn, unit, year, step, row, "result", result=result)


def allowed(way: Way, step: Step) -> tuple[str, ...]:
    """The results that may be noted down for the stage now, the present one among them."""
    return tuple(each for each in step.results if _refused(way.rows, step, each, routes.HOME()) is None)


def _check(rows: Mapping[str, StageResult], step: Step, result: str, again: routes.Action) -> None:
    refused = _refused(rows, step, result, again)
    if refused is not None:
        raise refused


def _refused(
    rows: Mapping[str, StageResult], step: Step, result: str, again: routes.Action
) -> BadInput | None:
    """Why a result cannot be noted down; None when it can."""
    before = {id: row.result for id, row in rows.items() if row.result}
    ended = after().ended_at(before)
    if result and step.id == OBJECTION and not after().happens(step, before):
        return refusals.objection_without_ground(again)
    if result and step.id != OBJECTION and ended is not None and ended.no < step.no:
        return refusals.after_an_end(ended.short, again)
    # What is noted down already for later stages stays true only while this one lets the unit go on.
    results = {**before, step.id: result}
    ended, last = after().ended_at(results), after().furthest(results)
    if ended is not None and last is not None and last.no > ended.no and last.id != OBJECTION:
        return refusals.later_known(last.short, again)
    return None


def set_day(turn: Turn, unit_id: int, year: int, stage_id: str, day: date, revision: int) -> None:
    """The day on which the result was told. Raises as `set_result`, BadInput for a day to come."""
    unit, step, again = _claimed(turn, unit_id, year, stage_id)
    if day > fmt.local(turn.now, unit.zone).date():
        raise refusals.day_ahead(routes.SEASON_DAY(unit_id, year, step.id))
    found = rows_of(turn.session, unit_id, year).get(step.id)
    row = _row(turn, unit_id, year, step, found, revision, again)
    row.decided_on = day
    _kept(turn, unit, year, step, row, "day", day=day.isoformat())


def set_note(turn: Turn, unit_id: int, year: int, stage_id: str, text: str, revision: int) -> None:
    """A note on the stage, in place of the old one. Raises as `set_result`, BadInput for too long a text."""
    unit, step, again = _claimed(turn, unit_id, year, stage_id)
    text = text.strip()
    prompt = routes.SEASON_NOTE(unit_id, year, step.id)
    if not text:
        raise refusals.empty(prompt)
    if len(text) > MAX_NOTE:
        raise refusals.too_long(len(text), MAX_NOTE, prompt)
    found = rows_of(turn.session, unit_id, year).get(step.id)
    row = _row(turn, unit_id, year, step, found, revision, again)
    row.note = text
    _kept(turn, unit, year, step, row, "note")


def _claimed(turn: Turn, unit_id: int, year: int, stage_id: str) -> tuple[Unit, Step, routes.Action]:
    unit = editable(turn, unit_id)
    step = step_of(unit_id, checked_year(turn, year), stage_id)
    lock_unit(turn.session, unit_id)
    return unit, step, routes.SEASON_STAGE(unit_id, year, step.id)


def _row(
    turn: Turn,
    unit_id: int,
    year: int,
    step: Step,
    row: StageResult | None,
    revision: int,
    again: routes.Action,
) -> StageResult:
    if (row.revision if row else 0) != revision:
        raise refusals.changed(again)
    if row is None:
        row = StageResult(unit_id=unit_id, year=year, stage=step.id, set_at=turn.now)
    row.set_by, row.set_at = turn.actor.person_id, turn.now
    turn.session.add(row)
    return row


def _kept(
    turn: Turn, unit: Unit, year: int, step: Step, row: StageResult, what: str, **facts: int | str
) -> None:
    turn.session.flush()
    results = {id: r.result for id, r in rows_of(turn.session, unit.id or 0, year).items() if r.result}
    entry = made_entry(turn.session, unit, year)
    last = after().furthest(results)
    entry.stage, entry.result = (last.id, results[last.id]) if last is not None else ("", "")
    ended = after().ended_at(results)
    entry.ended = ended is not None
    over = {step.id, *(later.id for later in after().steps[ended.no :])} if ended is not None else {step.id}
    if results.get(step.id):
        _close_days(turn, unit, year, over)
    turn.session.flush()
    audit.record(turn, f"season.{what}", f"{year}:{step.id}", unit.id, revision=row.revision, **facts)


def _close_days(turn: Turn, unit: Unit, year: int, stages: set[str]) -> None:
    """The unit's schedule reminds no longer of stages that have a result, or will not come."""
    rows = turn.session.exec(
        select(Deadline)
        .join(Assessment, col(Assessment.id) == col(Deadline.assessment_id))
        .where(
            Assessment.unit_id == unit.id,
            Assessment.year == year,
            Assessment.side == UNIT_SIDE,
            Deadline.scope == STAGE,
            col(Deadline.ref).in_(stages),
            col(Deadline.done_at).is_(None),
        )
        .order_by(col(Deadline.id))
        .with_for_update(of=Deadline)
        .execution_options(populate_existing=True)
    ).all()
    for row in rows:
        row.done_at = turn.now
        audit.record(turn, "deadline.done", row.ref, unit.id)
