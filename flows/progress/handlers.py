"""Progress per unit, area and component."""

from flows import policy, routes
from flows.checklist import service as checklist
from flows.pic import service as pic
from flows.progress import screens, service, texts
from flows.routes import handles
from flows.screen import Screen
from flows.turn import Turn


@handles(routes.PROGRESS)
def show_unit(turn: Turn) -> Screen:
    """The open unit's progress by area."""
    where = checklist.current(turn)
    return screens.unit(where, service.progress_of(turn.session, where.assessment, where.instrument))


@handles(routes.PROGRESS_AREA)
def show_area(turn: Turn, area_id: str) -> Screen:
    """One area's progress by component, or that of the result part."""
    where = checklist.current(turn)
    shown = service.progress_of(turn.session, where.assessment, where.instrument)
    if area_id == checklist.RESULTS:
        return screens.results(where, shown)
    area = checklist.area_of(where.instrument, area_id)
    unnamed = 0
    if policy.can(turn.actor, "assign", where.unit, area.id):
        unnamed = len(pic.without(pic.rows_of(turn.session, where.assessment), where.instrument)[area.id])
    return screens.area(where, next(a for a in shown.areas if a.area.id == area.id), unnamed)


@handles(routes.PROGRESS_COPY)
def copy(turn: Turn, area_id: str) -> Screen:
    """The same as plain text, for another chat app."""
    where = checklist.current(turn)
    name = where.unit.name
    shown = service.progress_of(turn.session, where.assessment, where.instrument)
    if not area_id:
        return screens.copy(texts.unit_alone(name, where.assessment.year, shown), "")
    if area_id == checklist.RESULTS:
        return screens.copy(texts.results(name, shown), area_id)
    area = checklist.area_of(where.instrument, area_id)
    found = next(a for a in shown.areas if a.area.id == area.id)
    return screens.copy(texts.area(name, found), area.id)
