"""The endorsement of the open unit's LKE."""

from flows import fmt, policy, routes
from flows.endorse import screens, service, texts
from flows.models import Assessment, Endorsement, Person, Unit
from flows.registration.private import privately
from flows.routes import handles
from flows.screen import Gone, Goto, Screen
from flows.turn import Turn


@handles(routes.ENDORSE)
@privately
def show(turn: Turn) -> Screen:
    """How the endorsement stands."""
    found = service.state(turn)
    when = fmt.ago(found.row.at, turn.now, turn.zone_name) if found.row is not None else ""
    return screens.state(found, when)


@handles(routes.ENDORSE_ASK)
@privately
def ask(turn: Turn, assessment_id: int) -> Screen | Goto:
    """Before it is endorsed."""
    found = service.state(turn)
    policy.require(turn.actor, "endorse", found.where.unit)
    if found.where.id != assessment_id or (found.row is not None and not found.changed):
        return Goto(routes.ENDORSE())
    return screens.ask(found)


@handles(routes.ENDORSE_DO)
@privately
def endorse(turn: Turn, assessment_id: int, seen: int) -> Goto:
    """Endorse."""
    service.endorse(turn, assessment_id, seen)
    return Goto(routes.ENDORSE(), texts.DONE)


@handles(routes.ENDORSE_WITHDRAW_ASK)
@privately
def withdraw_ask(turn: Turn, endorsement_id: int) -> Screen:
    """Before it is taken back."""
    _, where = service.find(turn, endorsement_id)
    policy.require(turn.actor, "endorse", where.unit)
    return screens.withdraw_ask(where.unit.name, endorsement_id)


@handles(routes.ENDORSE_WITHDRAW)
@privately
def withdraw(turn: Turn, endorsement_id: int) -> Goto:
    """Take it back."""
    service.withdraw(turn, endorsement_id)
    return Goto(routes.ENDORSE(), texts.WITHDRAWN)


@handles(routes.ENDORSE_TOLD)
@privately
def told(turn: Turn, endorsement_id: int) -> Screen | Gone:
    """The coordinators hear of it."""
    row = turn.session.get(Endorsement, endorsement_id)
    assessment = turn.session.get(Assessment, row.assessment_id) if row is not None else None
    unit = turn.session.get(Unit, assessment.unit_id) if assessment is not None else None
    if row is None or assessment is None or unit is None:
        return Gone()
    if not turn.actor.has_role("koordinator", unit):
        return Gone()
    by = turn.session.get(Person, row.person_id) if row.person_id is not None else None
    instrument = turn.library.instrument(assessment.instrument_id)
    items = len(instrument.area_order) + len(instrument.results)
    text = texts.told(
        by.name if by is not None else texts.HEAD,
        unit.name,
        assessment.year,
        screens.said_then(row, items),
        row.withdrawn_at is not None,
    )
    return screens.told(text, unit.id or 0)
