"""Notes of a result report (LHE): typing them, and making action items of them."""

from flows import policy, routes
from flows.models import Person, Task
from flows.registration.private import privately
from flows.routes import handles
from flows.screen import Goto, Screen
from flows.season import carrying, lhe, screens_lhe, service, texts_lhe
from flows.turn import Turn


@handles(routes.LHE)
@privately
def listing(turn: Turn, unit_id: int, year: int, number: int) -> Screen:
    """A year's notes."""
    return screens_lhe.listing(lhe.page(turn, unit_id, year, number))


@handles(routes.LHE_ADD)
@privately
def ask(turn: Turn, unit_id: int, year: int) -> Screen:
    """Prompt for notes."""
    unit = service.editable(turn, unit_id)
    year = service.checked_year(turn, year) if year else service.first_year(turn, unit)
    return screens_lhe.ask(unit, year)


@handles(routes.LHE_ADD_SAVE)
@privately
def save(turn: Turn, unit_id: int, year: int) -> Goto:
    """The typed lines are notes."""
    count, named, unknown = lhe.add(turn, unit_id, year, turn.event.text)
    return Goto(routes.LHE(unit_id, year, 0), texts_lhe.added(count, named, unknown))


@handles(routes.LHE_NOTE)
@privately
def note(turn: Turn, note_id: int) -> Screen:
    """One note."""
    one, unit = lhe.one(turn, note_id)
    item = lhe.item_of(lhe.instrument_of(turn, unit, one.year), one)
    task = turn.session.get(Task, one.task_id) if one.task_id else None
    by = turn.session.get(Person, one.made_by) if one.made_by else None
    return screens_lhe.note(
        one,
        unit,
        item,
        task,
        by,
        may_edit=policy.can(turn.actor, "season", unit),
        is_open=turn.open_unit is not None and turn.open_unit.id == unit.id,
    )


@handles(routes.LHE_EDIT)
@privately
def ask_edit(turn: Turn, note_id: int) -> Screen:
    """Prompt for other words."""
    one, unit = lhe.one(turn, note_id)
    policy.require(turn.actor, "season", unit)
    return screens_lhe.edit(one, lhe.item_of(lhe.instrument_of(turn, unit, one.year), one))


@handles(routes.LHE_EDIT_SAVE)
@privately
def save_edit(turn: Turn, note_id: int, revision: int) -> Goto:
    """The typed text is the note."""
    lhe.edit(turn, note_id, turn.event.text, revision)
    return Goto(routes.LHE_NOTE(note_id), texts_lhe.EDITED)


@handles(routes.LHE_REMOVE)
@privately
def remove(turn: Turn, note_id: int, revision: int) -> Goto:
    """Out of the list."""
    unit_id, year = lhe.remove(turn, note_id, revision)
    return Goto(routes.LHE(unit_id, year, 0), texts_lhe.REMOVED)


@handles(routes.LHE_CARRY)
@privately
def preview(turn: Turn, unit_id: int, year: int) -> Screen:
    """What would become action items."""
    return screens_lhe.carry(carrying.plan(turn, unit_id, year))


@handles(routes.LHE_CARRY_DO)
@privately
def carry(turn: Turn, unit_id: int, year: int, stamp: int) -> Goto:
    """Make them."""
    count = carrying.carry(turn, unit_id, year, stamp)
    return Goto(routes.LHE(unit_id, year, 0), texts_lhe.carried(count))
