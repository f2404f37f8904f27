"""Requests of strangers for a unit: the admins' queue and their decision."""

from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from flows import audit, outbox, routes
from flows.admin import refusals, service
from flows.errors import BadInput
from flows.models import Person, UnitRequest
from flows.registration.names import clean_name
from flows.turn import Turn

PAGE = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with who asks."""

    request: UnitRequest
    person: Person


def waiting(session: Session, page: int) -> tuple[list[Asked], int]:
    """One page of the queue, oldest first, and how many wait in all."""
    query = (
        select(UnitRequest, Person)
        .join(Person, col(Person.id) == col(UnitRequest.person_id))
        .where(col(UnitRequest.state) == "waiting")
        .order_by(col(UnitRequest.created_at), col(UnitRequest.id))
    )
    rows = session.exec(query.limit(PAGE).offset(page * PAGE)).all()
    return [Asked(request, person) for request, person in rows], count(session)


def count(session: Session) -> int:
    """How many requests wait."""
    return session.exec(select(func.count()).where(col(UnitRequest.state) == "waiting")).one()


def find(session: Session, request_id: int, *, lock: bool = False) -> Asked | None:
    """A request with its asker; None when there is no such request."""
    query = select(UnitRequest).where(UnitRequest.id == request_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    request = session.exec(query).first()
    return None if request is None else Asked(request, session.get_one(Person, request.person_id))


def decide(turn: Turn, request_id: int, accept: bool) -> Asked:
    """Accept: the unit is made at the top and its asker coordinates it. Either way the asker is told.

    Raises NotAllowed for others than admins, Outdated when it was decided already, BadInput when a unit
    of that name exists.
    """
    agency = service.home_agency(turn)
    found = find(turn.session, request_id, lock=True)
    if found is None:
        raise refusals.request_missing(request_id)
    request, person = found.request, found.person
    if request.state != "waiting" or person.deleted_at is not None or person.id is None:
        raise refusals.request_decided(request_id)
    if accept:
        assert agency.id is not None
        again = routes.REQUEST_SHOW(request_id)
        name = clean_name(request.unit_name, again)
        try:
            unit = service.plant(turn, agency.id, None, "satker", name, again)
        except BadInput:
            raise refusals.duplicate_request(name, request_id) from None
        service.make_coordinator(turn, unit, person.id)
        request.unit_id = unit.id
    request.state = "accepted" if accept else "refused"
    request.decided_at, request.decided_by = turn.now, turn.actor.person_id
    turn.session.add(request)
    turn.session.flush()
    turn.forget()
    act = "unit_ask_accept" if accept else "unit_ask_refuse"
    audit.record(turn, act, f"unit_request:{request_id}", request.unit_id)
    if person.telegram_id is not None:
        message = outbox.Message(
            key=f"unit-told:{request_id}",
            chat_id=person.telegram_id,
            person_id=person.id,
            action=routes.REQUEST_TOLD(request_id),
        )
        outbox.add(turn.session, [message], turn.now)
    return found
