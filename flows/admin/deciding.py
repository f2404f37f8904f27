"""Admins look at requests for units and decide; askers hear the outcome."""

from flows import fmt, policy, routes
from flows.admin import refusals, requests, screens, service, texts
from flows.models import Agency, Unit
from flows.policy import admin_agencies
from flows.registration.private import privately
from flows.routes import handles
from flows.screen import Gone, Goto, Screen
from flows.turn import Turn

PAGE = requests.PAGE


def _request_text(turn: Turn, found: requests.Asked, agency: Agency) -> str:
    when = fmt.ago(found.request.created_at, turn.now, turn.zone_name)
    return texts.request(found.request.unit_name, found.person.name, when, agency.name)


@handles(routes.REQUESTS)
@privately
def queue(turn: Turn, page: int) -> Screen:
    """Requests that wait."""
    service.home_agency(turn)
    page = min(max(0, page), max(0, (requests.count(turn.session) - 1) // PAGE))
    found, total = requests.waiting(turn.session, page)
    lines = [
        f"{number}  {fmt.esc(fmt.cut(each.request.unit_name, 90))} · {fmt.esc(fmt.cut(each.person.name, 40))}"
        for number, each in enumerate(found, start=page * PAGE + 1)
    ]
    return screens.queue([each.request.id or 0 for each in found], lines, total, page)


@handles(routes.REQUEST_SHOW)
@privately
def request(turn: Turn, request_id: int) -> Screen:
    """One request."""
    agency = service.home_agency(turn)
    found = requests.find(turn.session, request_id)
    if found is None:
        raise refusals.request_missing(request_id)
    if found.request.state != "waiting":
        raise refusals.request_decided(request_id)
    return screens.request(_request_text(turn, found, agency), request_id)


@handles(routes.REQUEST_ASKED)
@privately
def request_asked(turn: Turn, request_id: int) -> Screen | Gone:
    """An admin hears of a request, as long as it waits."""
    found = requests.find(turn.session, request_id)
    if found is None or found.request.state != "waiting" or not admin_agencies(turn.actor):
        return Gone()
    return screens.request(_request_text(turn, found, service.home_agency(turn)), request_id)


@handles(routes.REQUEST_DECIDE)
@privately
def request_decide(turn: Turn, request_id: int, accept: int) -> Goto:
    """Accept or refuse."""
    found = requests.decide(turn, request_id, bool(accept))
    if accept and found.request.unit_id is not None:
        return Goto(routes.UNIT_EDIT(found.request.unit_id), texts.MADE_FROM_REQUEST)
    return Goto(routes.REQUESTS(0), texts.REFUSED)


@handles(routes.REQUEST_TOLD)
@privately
def request_told(turn: Turn, request_id: int) -> Screen | Gone:
    """The asker hears the decision."""
    found = requests.find(turn.session, request_id)
    person = turn.actor.person
    if found is None or person is None or found.person.id != person.id:
        return Gone()
    state, unit_id = found.request.state, found.request.unit_id
    if state == "refused":
        return screens.told(texts.told_refused(found.request.unit_name), None)
    unit = turn.session.get(Unit, unit_id) if unit_id is not None else None
    if state != "accepted" or unit is None or not policy.can(turn.actor, "unit_edit", unit):
        return Gone()
    return screens.told(texts.told_accepted(unit.name), unit_id)
