"""Screens of the schedule as one list, and its file."""

from flows import routes, words
from flows.schedule.agenda import ALL, DONE, LKE, MINE, ROUTINE, STAGES, TASKS, Agenda
from flows.schedule.calendar_file import Calendar
from flows.schedule.names import SUBMISSION, TPI
from flows.schedule.texts import agenda as texts
from flows.schedule.texts import dates, duty, plan
from flows.screen import Button, Expect, Media, Screen, grid, rows

MENU = Button(words.TO_MENU, routes.HOME())
FILTERS = (STAGES, LKE, ROUTINE, TASKS, DONE)


def agenda(shown: Agenda) -> Screen:
    """One page; entries open by their number, coordinators set the dates of the unit and its areas."""
    view, page = shown.view, shown.page
    numbers = tuple(Button(str(no), entry.open) for no, entry in enumerate(shown.shown, 1))
    turning = (
        *([Button("‹", _at(view, page - 1))] if page else []),
        *([Button("›", _at(view, page + 1))] if page + 1 < shown.pages else []),
    )
    mine = Button(texts.LABELS[MINE], routes.AGENDA(MINE, 0))
    everything = Button(texts.LABELS[ALL], routes.SCHEDULE())
    file = Button(texts.FILE, routes.CALENDAR(MINE if view == MINE else ALL))
    setting = _setting(shown) if shown.may_set and view == ALL and not page else ()
    work = None
    if not shown.may_set:
        work = Button(dates.FILL, routes.LKE()), Button(dates.PROGRESS, routes.PROGRESS())
    ways: tuple[tuple[Button, ...], ...] = (
        (mine, Button(texts.FILTER, routes.AGENDA(STAGES, 0))),
        (Button(plan.STAGES, routes.STAGES()), Button(duty.DUTIES, routes.DUTIES())),
    )
    if view != ALL:
        ways = (_filters(view), (everything,) if view == MINE else (everything, mine))
    return Screen(
        texts.agenda(shown),
        rows(numbers, turning, *setting, *ways, work, (file, MENU)),
        Expect(text=routes.AGENDA_TYPED(view, page)) if numbers else None,
    )


def _at(view: str, page: int) -> routes.Action:
    return routes.SCHEDULE() if view == ALL and not page else routes.AGENDA(view, page)


def _filters(view: str) -> tuple[Button, ...]:
    """The views of one level; the present one leads back to everything."""
    return tuple(
        Button(f"✓ {texts.LABELS[each]}" if each == view else texts.LABELS[each], _toggle(each, view))
        for each in FILTERS
    )


def _toggle(each: str, view: str) -> routes.Action:
    return routes.SCHEDULE() if each == view else routes.AGENDA(each, 0)


def _setting(shown: Agenda) -> tuple[tuple[Button, ...], ...]:
    """The dates that a coordinator sets most often; the proposal while areas have none."""
    unset = {scope.code for scope in shown.unset}

    def opens(label: str, code: str) -> Button:
        return Button(label, (routes.DEADLINE_ASK if code in unset else routes.DEADLINE)(code))

    areas = [opens(f"Area {area.no}", area.id) for area in shown.where.instrument.areas]
    first = [opens(dates.SET_TPI, TPI), opens(dates.SET_SUBMISSION, SUBMISSION)]
    if any(scope.area is not None for scope in shown.unset):
        first.append(Button(texts.PLAN, routes.PLAN()))
    return (tuple(first), *grid(areas, 3))


def file(found: Calendar) -> Screen:
    """The calendar as a file."""
    media = Media("calendar", found.values, found.file_name, "document")
    back = Button(words.BACK, routes.SCHEDULE())
    return Screen(texts.file(found), rows(back), media=media, keep=True)
