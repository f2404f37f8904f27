"""Those who lead: what somebody says stands in the way or is not theirs, and what is decided about it."""

from flows import policy, routes
from flows.models import Person
from flows.registration.private import privately
from flows.reminders import reading, screens, service, texts
from flows.routes import handles
from flows.schedule.names import DUTY
from flows.schedule.service import open_unit
from flows.screen import Gone, Goto, Screen
from flows.turn import Turn
from knowledge.duties import duties

_QUEUED = "other"


@handles(routes.REMINDER_TOLD)
@privately
def told(turn: Turn, reminder_id: int, revision: int) -> Screen | Gone | Goto:
    """What those who lead are told, as long as it stands."""
    view = service.of_somebody(turn, reminder_id)
    said = view.row.stuck_at or view.row.not_mine_at
    if view.due is None or said is None or view.row.revision < revision:
        if turn.event.kind != _QUEUED:
            return Goto(routes.HOME(), texts.GONE)
        return Gone()
    return screens.told_to_lead(view, service.name_of(turn, view))


@handles(routes.REMINDER_REASSIGN)
@privately
def reassign(turn: Turn, reminder_id: int) -> Goto:
    """To where its PIC is named, in its unit."""
    view = service.of_somebody(turn, reminder_id)
    policy.require(turn.actor, "assign", open_unit(turn, view.unit.id or 0))
    kind, ref = view.row.kind, view.row.ref
    if kind == "task":
        return Goto(routes.TASK_PEOPLE(int(ref), "pic", 0))
    if kind == DUTY:
        known = {duty.id: duty.items[0] for duty in duties(turn.library.instrument())}
        return Goto(routes.PIC(known[ref.partition(":")[0]], 0, 0)) if view.due else Goto(routes.DUTIES())
    if kind in {"item", "returned", "sub", "area"}:
        return Goto(routes.PIC(ref, 0, 0))
    return Goto(routes.SCHEDULE())


@handles(routes.REMINDER_STAYS)
@privately
def stays(turn: Turn, reminder_id: int, revision: int) -> Goto:
    """It is theirs all the same: they are told, and reminded as usual again."""
    name = service.stays(turn, reminder_id, revision)
    return Goto(routes.HOME(), texts.STAYS_SAID.format(name))


@handles(routes.REMINDER_DECIDED)
@privately
def decided(turn: Turn, reminder_id: int, lead_id: int) -> Screen | Gone | Goto:
    """Who said that it is not theirs reads the decision, as long as it is still to be done."""
    view = reading.find(turn, reminder_id)
    if view.due is None or view.row.not_mine_at is not None:
        return Gone() if turn.event.kind == _QUEUED else Goto(routes.REMINDERS(0))
    lead = turn.session.get(Person, lead_id)
    return screens.stays_told(view, lead.name if lead is not None else "")
