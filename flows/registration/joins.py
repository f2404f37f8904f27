"""Requests to join: asked through a link that needs confirmation, decided by those who lead the unit."""

from dataclasses import dataclass

from sqlalchemy import and_, or_, update
from sqlmodel import Session, col, func, select

from flows import audit, outbox, policy, routes
from flows.models import Invite, JoinRequest, Person, Unit, UnitRequest
from flows.policy import Actor, admin_agencies
from flows.registration import people, refusals
from flows.turn import Turn

PAGE = 8


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request with who asks for what."""

    request: JoinRequest
    invite: Invite
    person: Person
    unit: Unit | None


def request_of(session: Session, person_id: int | None, invite: Invite) -> JoinRequest | None:
    """The person's request through this invite, whatever became of it."""
    if person_id is None:
        return None
    return session.exec(
        select(JoinRequest).where(JoinRequest.invite_id == invite.id, JoinRequest.person_id == person_id)
    ).first()


def ask(turn: Turn, invite: Invite, unit: Unit | None, person_id: int) -> JoinRequest:
    """Note the request (an old, settled one waits again) and tell those who decide."""
    assert invite.id is not None
    assert invite.agency_id is not None
    request = request_of(turn.session, person_id, invite)
    if request is None:
        request = JoinRequest(
            invite_id=invite.id, unit_id=invite.unit_id, person_id=person_id, created_at=turn.now
        )
    request.state, request.created_at = "waiting", turn.now
    request.decided_at = request.decided_by = None
    turn.session.add(request)
    turn.session.flush()
    assert request.id is not None
    audit.record(turn, "join_ask", f"join:{request.id}", invite.unit_id, invite=invite.id, role=invite.role)
    stamp = int(turn.now.timestamp())
    messages = [
        outbox.Message(
            key=f"join:{request.id}:{stamp}:{person.id}",
            chat_id=person.telegram_id,
            person_id=person.id,
            action=routes.JOIN_ASKED(request.id),
        )
        for person in people.deciders(turn.session, unit, invite.agency_id, turn.now)
        if person.telegram_id is not None
    ]
    outbox.add(turn.session, messages, turn.now)
    return request


def settle_without_decision(turn: Turn, request: JoinRequest) -> None:
    """The link was opened meanwhile and the person came in by it."""
    request.state, request.decided_at = "accepted", turn.now
    turn.session.add(request)


def may_decide(actor: Actor, invite: Invite, unit: Unit | None) -> bool:
    """Whether the actor leads the unit (or the agency, for a further admin)."""
    if unit is not None:
        return policy.can(actor, "team", unit)
    return invite.agency_id is not None and invite.agency_id in admin_agencies(actor)


def find(session: Session, request_id: int, *, lock: bool = False) -> Waiting | None:
    """A request with its parts; None when there is no such request."""
    query = select(JoinRequest).where(JoinRequest.id == request_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    request = session.exec(query).first()
    if request is None:
        return None
    unit = session.get(Unit, request.unit_id) if request.unit_id is not None else None
    invite = session.get_one(Invite, request.invite_id)
    return Waiting(request, invite, session.get_one(Person, request.person_id), unit)


def decide(turn: Turn, request_id: int, accept: bool) -> Waiting:
    """Take the person in or not, and let them know.

    Raises Missing for requests that are not the actor's to see, Outdated when it was decided already.
    """
    waiting = find(turn.session, request_id, lock=True)
    if waiting is None or not may_decide(turn.actor, waiting.invite, waiting.unit):
        raise refusals.request_gone(request_id)
    request, invite = waiting.request, waiting.invite
    if request.state != "waiting" or waiting.person.deleted_at is not None:
        raise refusals.request_decided(request.id)
    if accept and waiting.unit is not None and waiting.unit.archived_at is not None:
        raise refusals.unit_archived(waiting.unit.id)
    if accept and people.on_the_other_side(turn.session, request.person_id, invite, turn.now):
        raise refusals.asker_judges(request_id)
    request.state = "accepted" if accept else "refused"
    request.decided_at, request.decided_by = turn.now, turn.actor.person_id
    turn.session.add(request)
    if accept:
        people.enrol(turn, request.person_id, invite)
    else:
        _give_back(turn.session, invite)
    audit.record(turn, "join_accept" if accept else "join_refuse", f"join:{request.id}", request.unit_id)
    _tell(turn, waiting)
    return waiting


def _give_back(session: Session, invite: Invite) -> None:
    held = session.exec(
        select(Invite)
        .where(Invite.id == invite.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    held.uses -= 1
    if held.uses_left is not None:
        held.uses_left += 1


def _tell(turn: Turn, waiting: Waiting) -> None:
    request, person = waiting.request, waiting.person
    if person.telegram_id is None or request.id is None:
        return
    message = outbox.Message(
        key=f"join-told:{request.id}:{int(turn.now.timestamp())}",
        chat_id=person.telegram_id,
        person_id=person.id,
        action=routes.JOIN_TOLD(request.id),
    )
    outbox.add(turn.session, [message], turn.now)


def queue_for(turn: Turn, page: int) -> tuple[list[Waiting], int]:
    """What waits for the actor, oldest first: the open unit's and, for admins, further admins' requests."""
    unit = turn.open_unit
    mine = []
    if unit is not None and policy.can(turn.actor, "team", unit):
        mine.append(col(JoinRequest.unit_id) == unit.id)
    agencies = admin_agencies(turn.actor)
    if agencies:
        mine.append(and_(col(JoinRequest.unit_id).is_(None), col(Invite.agency_id).in_(agencies)))
    if not mine:
        return [], 0
    query = (
        select(JoinRequest, Invite, Person)
        .join(Invite, col(Invite.id) == col(JoinRequest.invite_id))
        .join(Person, col(Person.id) == col(JoinRequest.person_id))
        .where(col(JoinRequest.state) == "waiting", or_(*mine))
    )
    ids = query.with_only_columns(col(JoinRequest.id)).subquery()
    total = turn.session.exec(select(func.count()).select_from(ids)).one()
    rows = turn.session.exec(
        query.order_by(col(JoinRequest.created_at), col(JoinRequest.id)).limit(PAGE).offset(page * PAGE)
    ).all()
    return [Waiting(r, i, p, unit if r.unit_id is not None else None) for r, i, p in rows], total


def any_waiting(session: Session, person: Person | None) -> bool:
    """Whether the person waits to be taken in somewhere."""
    if person is None:
        return False
    query = select(JoinRequest.id).where(
        col(JoinRequest.person_id) == person.id, col(JoinRequest.state) == "waiting"
    )
    return session.exec(query.limit(1)).first() is not None


def withdraw_all(turn: Turn, person_id: int) -> None:
    """The person's waiting requests, to join or for a unit, are taken back."""
    for table in (JoinRequest, UnitRequest):
        turn.session.execute(
            update(table)
            .where(col(table.person_id) == person_id, col(table.state) == "waiting")
            .values(state="withdrawn", decided_at=turn.now)
            .execution_options(synchronize_session=False)
        )


def waiting_count(session: Session, unit: Unit) -> int:
    """How many people wait to be taken into the unit."""
    return session.exec(
        select(func.count()).where(col(JoinRequest.unit_id) == unit.id, col(JoinRequest.state) == "waiting")
    ).one()
