"""Screens of the schedule: data in, `Screen` out."""

from collections.abc import Sequence
from datetime import datetime

from flows import routes, words
from flows.days import due_day
from flows.schedule import texts
from flows.schedule.names import SUBMISSION, TPI, short_title
from flows.schedule.service import Detail, Line, minutes_of
from flows.screen import Button, Expect, Screen, grid, rows

MENU = Button(words.TO_MENU, routes.HOME())
BACK = Button(words.BACK, routes.SCHEDULE())


def schedule(lines: Sequence[Line]) -> Screen:
    """The unit's deadlines; coordinators open one by its button."""
    if not lines[0].may_set:
        work = Button(texts.FILL, routes.LKE()), Button(texts.PROGRESS, routes.PROGRESS())
        return Screen(texts.schedule(lines), rows(work, MENU))
    buttons = {
        line.scope.kind if line.scope.area is None else line.scope.code: _opens(line) for line in lines
    }
    areas = [_opens(line) for line in lines if line.scope.area is not None]
    return Screen(texts.schedule(lines), rows((buttons[TPI], buttons[SUBMISSION]), *grid(areas, 3), MENU))


def _opens(line: Line) -> Button:
    label = {TPI: texts.SET_TPI, SUBMISSION: texts.SET_SUBMISSION}.get(
        line.scope.kind, short_title(line.scope)
    )
    show = routes.DEADLINE if line.deadline is not None else routes.DEADLINE_ASK
    return Button(label, show(line.scope.code))


def detail(view: Detail) -> Screen:
    """One deadline with what a coordinator may do about it."""
    line, deadline = view.line, view.line.deadline
    code, unit_id = line.scope.code, line.unit.id or 0
    if not line.may_set:
        fill = Button(texts.FILL, routes.LKE_AREA(code) if line.scope.area else routes.LKE())
        return Screen(texts.detail(view), rows((fill, BACK)))
    if deadline is None:
        return Screen(texts.detail(view), rows((Button(texts.SET_DATE, routes.DEADLINE_ASK(code)), BACK)))
    change = Button(texts.CHANGE, routes.DEADLINE_ASK(code))
    done = (
        Button(texts.MARK_DONE, routes.DEADLINE_DONE(unit_id, code, deadline.revision))
        if deadline.done_at is None
        else Button(texts.REOPEN, routes.DEADLINE_REOPEN(unit_id, code, deadline.revision))
    )
    clear = Button(texts.CLEAR, routes.DEADLINE_CLEAR(unit_id, code, deadline.revision))
    return Screen(texts.detail(view), rows((done, change), (clear, BACK)))


def ask(line: Line) -> Screen:
    """The prompt for a date."""
    suggestion = line.suggestion
    accept = None
    if suggestion is not None and line.deadline is None:
        accept = Button(texts.use(due_day(suggestion, line.zone)), _check(line, suggestion))
    return Screen(texts.ask(line), rows(accept, Button(texts.LATER, routes.SCHEDULE())), _typed(line))


def check(line: Line, due_at: datetime, others: Sequence[Line], now: datetime) -> Screen:
    """The date in full, to be saved or corrected."""
    args = (line.unit.id or 0, line.scope.code, minutes_of(due_at), line.revision)
    return Screen(
        texts.check(line, due_at, others, now),
        rows(
            (
                Button(texts.SAVE, routes.DEADLINE_SET(*args)),
                Button(texts.CHANGE, routes.DEADLINE_ASK(args[1])),
            ),
            Button(texts.CANCEL, routes.SCHEDULE()),
        ),
        Expect(text=routes.DEADLINE_YES(*args)),
    )


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
