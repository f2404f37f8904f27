"""Tugas saya: what waits for the person, and the way to each of it."""

from flows import fmt, policy, routes
from flows.checklist import service as checklist
from flows.mine import screens, service
from flows.pic import service as pic
from flows.registration.private import privately
from flows.routes import handles
from flows.schedule.service import open_unit
from flows.screen import Goto, Screen
from flows.turn import Turn


@handles(routes.MINE)
@privately
def mine(turn: Turn, page: int) -> Screen:
    """Everything that waits for the person in the open unit."""
    where = checklist.current(turn)
    found = service.entries(turn, where)
    page = min(max(0, page), max(0, (len(found) - 1) // screens.PAGE))
    today = fmt.local(turn.now, where.unit.zone).date()
    settle = set(pic.areas_to_settle(turn, where.unit, where.instrument))
    rows = pic.rows_of(turn.session, where.assessment)
    may_take = any(items and area in settle for area, items in pic.without(rows, where.instrument).items())
    others = service.elsewhere(turn, where.unit)
    may_assign = any(policy.can(turn.actor, "assign", where.unit, area) for area in settle)
    works_here = any(held.role in policy.WORKERS for held in turn.actor.roles_in(where.unit))
    return screens.mine(
        where.unit.name, where.id, found, page, today, others, may_take, may_assign, works_here
    )


@handles(routes.MINE_IN)
@privately
def mine_in(turn: Turn, unit_id: int) -> Goto:
    """The same in the unit that a message or another unit's screen names: it becomes the open one."""
    open_unit(turn, unit_id)
    return Goto(routes.MINE(0))
