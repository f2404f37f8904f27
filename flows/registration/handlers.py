"""Start, links and consent, the first admin, requests to join and to register a unit."""

from datetime import date

from flows import fmt, routes
from flows.errors import FlowError
from flows.faq import brief
from flows.groups import links as group_links
from flows.mine.offer import offer
from flows.models import Agency, Invite, Unit
from flows.registration import binding, joins, links, people, refusals, screens, service, texts, unit_requests
from flows.registration.private import privately
from flows.routes import handles
from flows.screen import Gone, Goto, Screen
from flows.turn import Turn


def _area(turn: Turn, area_id: str | None) -> str:
    """The pokja's name, "" for all areas."""
    area = next((a for a in turn.library.instrument().areas if a.id == area_id), None)
    return texts.pokja(area.no, area.name) if area is not None else ""


def _days(first: date | None, last: date | None) -> str:
    """The days of a stand-in, "" for everybody else."""
    return texts.days(fmt.day_short(first), fmt.day_short(last)) if first and last else ""


def _place(turn: Turn, unit: Unit | None, invite: Invite) -> str:
    if unit is not None:
        return unit.name
    agency = turn.session.get(Agency, invite.agency_id) if invite.agency_id is not None else None
    return agency.name if agency is not None else ""


@handles(routes.START)
def start(turn: Turn) -> Screen | Goto:
    """/start: the menu for those who belong somewhere, the purpose for others, a link's invitation."""
    event = turn.event
    payload = event.text.strip() if event.kind == "command" and event.command == "start" else ""
    if payload and event.private:
        if payload == brief.ASK_PAYLOAD:
            return Goto(routes.ASK_PROMPT())
        if payload == routes.TASK_PAYLOAD:
            return Goto(routes.DRAFT_USE())
        if (topic := brief.topic_of(payload)) is not None:
            return Goto(routes.TOPIC(topic))
        if (of_group := group_links.meant(payload)) is not None:
            return Goto(of_group)
        if not links.well_formed(payload):
            raise refusals.link_bad()
        return Goto(routes.JOIN(payload))
    if payload == group_links.ADD and not event.private:
        return Goto(routes.GROUP_TIE())
    return Goto(routes.HOME()) if turn.actor.memberships or not event.private else _stranger(turn)


@handles(routes.LINK_BAD)
def link_bad(turn: Turn) -> Screen | Goto:
    """What can be done without a usable link."""
    return Goto(routes.HOME()) if turn.actor.memberships or not turn.event.private else _stranger(turn)


def _stranger(turn: Turn) -> Screen:
    person = turn.actor.person
    return screens.welcome_stranger(waiting=joins.any_waiting(turn.session, person))


# links and consent ---------------------------------------------------------------------------------


@handles(routes.JOIN)
def consent(turn: Turn, payload: str) -> Screen | Goto:
    """The invitation, before anything is stored."""
    return _consent(turn, payload)


def _consent(turn: Turn, payload: str) -> Screen | Goto:
    if not turn.event.private:
        raise refusals.not_private()
    found = service.invitation(turn, payload)
    if found.membership is not None:
        return Goto(routes.HOME(), texts.ALREADY)
    if found.request is not None and found.request.state == "waiting" and found.request.id is not None:
        return Goto(routes.JOIN_WAIT(found.request.id))
    service.require_welcome(turn, found)
    days = _days(found.invite.starts_on, found.invite.ends_on)
    return screens.consent(found, _area(turn, found.invite.area), days)


@handles(routes.CLAIM)
def claim(turn: Turn, payload: str) -> Screen | Goto:
    """The first admin's consent."""
    return _consent(turn, payload)


@handles(routes.JOIN_READ)
def read_first(turn: Turn, payload: str) -> Screen:
    """What is stored and why, at length."""
    found = service.invitation(turn, payload)
    service.require_welcome(turn, found)
    return screens.read_first(found)


@handles(routes.JOIN_DECLINE)
def decline(turn: Turn, payload: str) -> Screen:
    """Not joining; works with any link, usable or not."""
    try:
        return screens.declined(service.invitation(turn, payload))
    except FlowError:
        return screens.declined(None)


@handles(routes.JOIN_YES)
def join(turn: Turn, payload: str) -> Goto:
    """Consent given."""
    joined = service.join(turn, payload)
    if joined.bound:
        return Goto(routes.HOME(), texts.BOUND)
    membership = joined.membership
    if membership is None:
        assert joined.request is not None
        assert joined.request.id is not None
        return Goto(routes.JOIN_WAIT(joined.request.id))
    if membership.unit_id is None:
        return Goto(routes.ADMIN(), texts.JOINED_ADMIN)
    if membership.role == "koordinator":
        return Goto(routes.UNIT_CHECK(membership.unit_id), texts.JOINED)
    assert membership.id is not None
    return Goto(routes.WELCOME(membership.id), texts.JOINED)


@handles(routes.WELCOME)
@privately
def welcome(turn: Turn, membership_id: int) -> Screen | Goto:
    """Pokja, who leads, the first step."""
    membership, unit = service.own_membership(turn, membership_id)
    if unit is None:
        return Goto(routes.ADMIN())
    heads = people.heads(turn.session, unit, membership.area, turn.now)
    coordinators = people.holders(turn.session, "koordinator", turn.now, unit_id=unit.id)
    offered = offer(turn, unit, membership.area) if membership.area else None
    if offered is not None and turn.open_unit is not unit:
        turn.state.unit_id = unit.id  # what is offered is taken in this unit
        turn.forget()
    return screens.welcome(
        membership,
        unit.name,
        _area(turn, membership.area),
        [p.name for p in heads],
        [p.name for p in coordinators],
        _days(membership.starts_on, membership.ends_on),
        offered,
    )


# requests to join ----------------------------------------------------------------------------------


@handles(routes.JOIN_WAIT)
@privately
def wait(turn: Turn, request_id: int) -> Screen | Goto:
    """One's own request."""
    found = joins.find(turn.session, request_id)
    person = turn.actor.person
    if found is None or person is None or found.request.person_id != person.id:
        raise refusals.request_gone(request_id)
    if found.request.state == "waiting":
        return screens.waiting(_place(turn, found.unit, found.invite), request_id)
    return _told(turn, found)


@handles(routes.JOIN_TOLD)
@privately
def told(turn: Turn, request_id: int) -> Screen | Gone:
    """The person hears the decision."""
    found = joins.find(turn.session, request_id)
    person = turn.actor.person
    if found is None or person is None or found.request.person_id != person.id:
        return Gone()
    return Gone() if found.request.state == "waiting" else _told(turn, found)


def _told(turn: Turn, found: joins.Waiting) -> Screen:
    invite, unit = found.invite, found.unit
    accepted = found.request.state == "accepted"
    place = _place(turn, unit, invite)
    held = people.standing(turn.session, found.request.person_id, invite, turn.now)
    if accepted and held is not None:
        text = texts.told_accepted(texts.role_at(invite.role, _area(turn, invite.area), invite.acting), place)
    else:
        accepted, text = False, texts.told_refused(place)
    unit_id = unit.id if unit is not None else None
    return screens.decided(text, accepted, unit_id, invite.role == "koordinator", held.id if held else None)


@handles(routes.JOIN_ASKED)
@privately
def asked(turn: Turn, request_id: int) -> Screen | Gone:
    """Those who decide hear of a request, as long as it waits."""
    found = joins.find(turn.session, request_id)
    if found is None or found.request.state != "waiting":
        return Gone()
    if not joins.may_decide(turn.actor, found.invite, found.unit):
        return Gone()
    return screens.asked(
        texts.asked(
            found.person.name,
            texts.role_at(found.invite.role, _area(turn, found.invite.area), found.invite.acting),
            _place(turn, found.unit, found.invite),
            fmt.ago(found.request.created_at, turn.now, turn.zone_name),
        ),
        request_id,
    )


@handles(routes.JOIN_REQUESTS)
@privately
def queue(turn: Turn, page: int) -> Screen:
    """Those who wait for the actor's decision."""
    page = max(0, page)
    found, total = joins.queue_for(turn, page)
    if not found and page:
        page = 0
        found, total = joins.queue_for(turn, page)
    lines = [
        f"{number}  {fmt.esc(each.person.name)} · "
        f"{fmt.esc(texts.role_at(each.invite.role, _area(turn, each.invite.area), each.invite.acting))}, "
        f"{fmt.ago(each.request.created_at, turn.now, turn.zone_name)}"
        for number, each in enumerate(found, start=page * joins.PAGE + 1)
    ]
    return screens.queue(found, lines, total, page, has_team=turn.open_unit is not None)


@handles(routes.JOIN_DECIDE)
@privately
def decide(turn: Turn, request_id: int, accept: int) -> Goto:
    """Take the person in, or not."""
    waiting = joins.decide(turn, request_id, bool(accept))
    toast = texts.accepted_toast if accept else texts.refused_toast
    return Goto(routes.JOIN_REQUESTS(0), toast(waiting.person.name))


# personal links ------------------------------------------------------------------------------------


@handles(routes.ACCOUNT_TOLD)
@privately
def account_told(turn: Turn, invite_id: int) -> Screen | Gone:
    """Who made a personal link hears that it was used."""
    invite = turn.session.get(Invite, invite_id)
    person = binding.meant(turn.session, invite) if invite is not None else None
    if invite is None or person is None or invite.created_by != turn.actor.person_id or not invite.uses:
        return Gone()
    unit = turn.session.get(Unit, invite.unit_id) if invite.unit_id is not None else None
    return screens.account_told(texts.account_told(person.name, _place(turn, unit, invite)))


@handles(routes.ACCOUNT_LEFT)
@privately
def account_left(turn: Turn) -> Screen | Gone:
    """An account learns that it was replaced."""
    return screens.account_left() if turn.actor.person is None else Gone()


# the first admin -----------------------------------------------------------------------------------


@handles(routes.AGENCY_NAME)
@privately
def agency_name(turn: Turn, payload: str) -> Screen | Goto:
    """Ask for the agency's name."""
    found = service.invitation(turn, payload)
    if not found.is_claim:
        return Goto(routes.JOIN(payload))
    return screens.agency_name(payload)


@handles(routes.AGENCY_NAME_SAVE)
@privately
def agency_made(turn: Turn, payload: str) -> Goto:
    """The typed name makes the agency and its first admin."""
    service.claim(turn, payload, turn.event.text)
    return Goto(routes.ADMIN(), texts.AGENCY_MADE)


# a wish for a unit ---------------------------------------------------------------------------------


@handles(routes.UNIT_REQUEST)
def unit_request(turn: Turn) -> Screen | Goto:
    """Ask for the unit's name, or show the request that waits already."""
    if not turn.event.private:
        raise refusals.not_private()
    if not people.any_admin(turn.session):
        return screens.no_admin()
    waiting = unit_requests.waiting_of(turn.session, turn.actor.person)
    if waiting is not None and waiting.id is not None:
        return Goto(routes.REQUEST_MINE(waiting.id))
    return screens.unit_request()


@handles(routes.UNIT_REQUEST_SAVE)
@privately
def unit_request_save(turn: Turn) -> Goto:
    """The typed name becomes a request."""
    request = unit_requests.ask(turn, turn.event.text)
    assert request.id is not None
    return Goto(routes.REQUEST_MINE(request.id))


@handles(routes.REQUEST_MINE)
@privately
def request_mine(turn: Turn, request_id: int) -> Screen:
    """One's own request for a unit."""
    return screens.request_mine(unit_requests.own(turn, request_id))


@handles(routes.REQUEST_WITHDRAW)
@privately
def request_withdraw(turn: Turn, request_id: int) -> Goto:
    """Take one's own request back."""
    done = unit_requests.withdraw(turn, request_id)
    return Goto(routes.REQUEST_MINE(request_id), texts.WITHDRAWN if done else texts.WITHDRAW_LATE)
