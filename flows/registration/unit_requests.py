"""A stranger's wish to register a unit: asked, looked at, taken back. Admins decide (flows.admin)."""

from sqlmodel import Session, col, select

from flows import audit, outbox, routes
from flows.models import Membership, Person, UnitRequest
from flows.people import active
from flows.registration import people, refusals
from flows.registration.names import clean_name
from flows.turn import Turn


def waiting_of(session: Session, person: Person | None) -> UnitRequest | None:
    """The person's request that waits for a decision, if any."""
    if person is None:
        return None
    return session.exec(
        select(UnitRequest)
        .where(col(UnitRequest.person_id) == person.id, col(UnitRequest.state) == "waiting")
        .order_by(col(UnitRequest.id).desc())
    ).first()


def require_admin_exists(session: Session) -> None:
    """Raise NotAllowed, honestly, while nobody could decide."""
    if not people.any_admin(session):
        raise refusals.no_admin_yet()


def ask(turn: Turn, typed_name: str) -> UnitRequest:
    """Note the request and tell every admin; one request waits per person.

    Raises BadInput for a name that cannot be one, NotAllowed while there is no admin.
    """
    if not turn.event.private:
        raise refusals.not_private()
    require_admin_exists(turn.session)
    waiting = waiting_of(turn.session, turn.actor.person)
    if waiting is not None:
        return waiting
    name = clean_name(typed_name, routes.UNIT_REQUEST())
    person = people.consenting(turn)
    assert person.id is not None
    request = UnitRequest(person_id=person.id, unit_name=name, created_at=turn.now)
    turn.session.add(request)
    turn.session.flush()
    assert request.id is not None
    audit.record(turn, "unit_ask", f"unit_request:{request.id}")
    outbox.add(turn.session, _news(turn, request.id), turn.now)
    return request


def _news(turn: Turn, request_id: int) -> list[outbox.Message]:
    admins = turn.session.exec(
        select(Person)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(
            col(Membership.role) == "admin",
            active(turn.now),
            col(Person.telegram_id).is_not(None),
        )
        .distinct()
    ).all()
    return [
        outbox.Message(
            key=f"unit-ask:{request_id}:{admin.id}",
            chat_id=admin.telegram_id,
            person_id=admin.id,
            action=routes.REQUEST_ASKED(request_id),
        )
        for admin in admins
        if admin.telegram_id is not None
    ]


def own(turn: Turn, request_id: int, *, lock: bool = False) -> UnitRequest:
    """The actor's own request. Raises Missing for anybody else's."""
    query = select(UnitRequest).where(UnitRequest.id == request_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    request = turn.session.exec(query).first()
    person = turn.actor.person
    if request is None or person is None or request.person_id != person.id:
        raise refusals.request_gone(request_id)
    return request


def withdraw(turn: Turn, request_id: int) -> bool:
    """Take the own request back; False when it was decided already."""
    request = own(turn, request_id, lock=True)
    if request.state != "waiting":
        return False
    request.state, request.decided_at = "withdrawn", turn.now
    turn.session.add(request)
    audit.record(turn, "unit_ask_withdraw", f"unit_request:{request.id}")
    return True
