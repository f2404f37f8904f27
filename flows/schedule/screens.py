"""Screens of the schedule: data in, `Screen` out."""

from collections.abc import Sequence
from datetime import datetime

from flows import routes, words
from flows.days import due_day
from flows.schedule.names import AREA, DUTY, ITEM, STAGE, SUB, Scope, stage_of_code
from flows.schedule.planning import Shift
from flows.schedule.service import Detail, Line, minutes_of
from flows.schedule.texts import dates as texts
from flows.schedule.texts import plan as plan_texts
from flows.screen import Button, Expect, Screen, rows
from knowledge.workdays import workdays

BACK = Button(words.BACK, routes.SCHEDULE())


def detail(view: Detail) -> Screen:
    """One deadline with what those who may set it can do about it."""
    line, deadline = view.line, view.line.deadline
    code, unit_id = line.scope.code, line.unit.id or 0
    work = Button(*_work(line.scope))
    if not line.may_set:
        return Screen(texts.detail(view), rows((work, BACK)))
    if deadline is None:
        set_it = Button(texts.SET_DATE, routes.DEADLINE_ASK(code))
        return Screen(texts.detail(view), rows((set_it, work), BACK))
    change = Button(texts.CHANGE, routes.DEADLINE_ASK(code))
    done = (
        Button(texts.MARK_DONE, routes.DEADLINE_DONE(unit_id, code, deadline.revision))
        if deadline.done_at is None
        else Button(texts.REOPEN, routes.DEADLINE_REOPEN(unit_id, code, deadline.revision))
    )
    pin = Button(
        texts.UNPIN if deadline.pinned else texts.PIN,
        routes.DEADLINE_PIN(unit_id, code, int(not deadline.pinned), deadline.revision),
    )
    clear = Button(texts.CLEAR, routes.DEADLINE_CLEAR(unit_id, code, deadline.revision))
    kept = line.scope.kind == DUTY
    return Screen(texts.detail(view), rows((done, change), pin if kept else (pin, clear), (work, BACK)))


def _work(scope: Scope) -> tuple[str, routes.Action]:
    """Where the work behind a date is done."""
    code = scope.code
    places = {AREA: routes.LKE_AREA, SUB: routes.LKE_SUB, ITEM: routes.LKE_ITEM}
    if scope.kind in places:
        return (texts.FILL if scope.kind == AREA else texts.OPEN, places[scope.kind](code))
    if scope.kind == STAGE:
        return texts.STAGE_OF, routes.STAGE(code)
    if scope.kind == DUTY:
        return texts.DUTY_OF, routes.DUTY(code.partition("~")[0])
    return texts.STAGE_OF, routes.STAGE(stage_of_code(code))


def ask(line: Line) -> Screen:
    """The prompt for a date."""
    suggestion = line.suggestion
    accept = None
    if suggestion is not None and line.deadline is None:
        accept = Button(texts.use(due_day(suggestion, line.zone)), _check(line, suggestion))
    return Screen(texts.ask(line), rows(accept, Button(texts.LATER, routes.SCHEDULE())), _typed(line))


def check(shift: Shift, others: Sequence[Line], now: datetime) -> Screen:
    """The date in full and what goes along, to be saved or corrected."""
    line, due_at = shift.line, shift.due_at
    minutes = minutes_of(due_at)
    one = (line.unit.id or 0, line.scope.code, minutes, line.revision)
    change = Button(texts.CHANGE, routes.DEADLINE_ASK(line.scope.code))
    cancel = Button(texts.CANCEL, routes.SCHEDULE())
    along = plan_texts.shift(shift, now)
    better = _working_day_before(line, due_at, now)
    said = texts.check(line, due_at, others, now, shift.days_before, along, shifts=bool(shift.moves))
    if not shift.moves:
        return Screen(
            said,
            rows((Button(texts.SAVE, routes.DEADLINE_SET(*one)), change), better, cancel),
            Expect(text=routes.DEADLINE_YES(*one)),
        )
    all_of_them = (line.unit.id or 0, line.scope.code, minutes, shift.stamp)
    return Screen(
        said,
        rows(
            (
                Button(plan_texts.SHIFT, routes.DEADLINE_SHIFT(*all_of_them)),
                Button(plan_texts.ONLY_THIS, routes.DEADLINE_SET(*one)),
            ),
            better,
            (change, cancel),
        ),
        Expect(text=routes.DEADLINE_SHIFT_TYPED(*all_of_them)),
    )


def _working_day_before(line: Line, due_at: datetime, now: datetime) -> Button | None:
    day = due_day(due_at, line.zone)
    before = workdays().on_or_before(day)
    moved = due_at - (day - before)
    if before == day or moved <= now:
        return None
    return Button(texts.use(before), _check(line, moved))


def problem(line: Line, sentence: str, suggestion: datetime | None) -> Screen:
    """What was typed cannot be a deadline; perhaps this was meant. The prompt stays."""
    accept = None
    if suggestion is not None:
        accept = Button(texts.use(due_day(suggestion, line.zone)), _check(line, suggestion))
    return Screen(
        texts.problem(line, sentence), rows(accept, Button(texts.CANCEL, routes.SCHEDULE())), _typed(line)
    )


def _check(line: Line, due_at: datetime) -> routes.Action:
    return routes.DEADLINE_CHECK(line.scope.code, minutes_of(due_at))


def _typed(line: Line) -> Expect:
    return Expect(text=routes.DEADLINE_TYPED(line.scope.code))
