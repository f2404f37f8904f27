"""Links and what they lead to: the signing key, reading a link, joining, the first admin."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from flows import audit
from flows.models import Agency, Invite, JoinRequest, Membership, Person, Secret, Unit
from flows.people import active, role_day
from flows.policy import AGENCY_GIVEN
from flows.registration import binding, joins, links, people, refusals
from flows.registration.names import clean_name
from flows.routes import AGENCY_NAME
from flows.turn import Turn

KEY_NAME = "invite"
INVITE_DAYS = 7
WHOLE_UNIT = frozenset({"koordinator", "sekretaris", "pimpinan"})
"""Roles of the unit's own people that span all areas."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """A genuine link with what it offers and how far this person has come with it."""

    payload: str
    invite: Invite
    unit: Unit | None
    agency: Agency | None
    membership: Membership | None
    request: JoinRequest | None
    subject: Person | None = None
    """Whom a personal link is for; None for all other links."""

    @property
    def is_claim(self) -> bool:
        """Whether it makes the first admin of a new agency."""
        return is_claim(self.invite)


@dataclass(frozen=True, slots=True)
class Joined:
    """What became of joining: a membership, a request that waits, or an account bound to a person."""

    membership: Membership | None
    request: JoinRequest | None
    unit: Unit | None
    bound: bool = False


def is_claim(invite: Invite) -> bool:
    """Whether the invite is the one-time link of the first admin."""
    return invite.role == "admin" and invite.agency_id is None


def signing_key(session: Session) -> bytes:
    """The key that signs invite links, made once for all processes."""
    row = session.get(Secret, KEY_NAME)
    if row is None:
        insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
        statement = insert(Secret).values(name=KEY_NAME, value=secrets.token_hex(32))
        session.connection().execute(statement.on_conflict_do_nothing(index_elements=["name"]))
        row = session.exec(select(Secret).where(Secret.name == KEY_NAME)).one()
    return bytes.fromhex(row.value)


def payload_of(session: Session, invite: Invite) -> str:
    """The signed payload of an invite that has its id."""
    assert invite.id is not None
    return links.make(signing_key(session), invite.id)


def invitation(turn: Turn, payload: str, *, lock: bool = False) -> Invitation:
    """What the link offers.

    With `lock` the invite's row is held, so that its last use goes to one person only. Raises Missing
    when the link is forged, expired, revoked, used up, or its unit archived.
    """
    session = turn.session
    invite_id = links.verify(signing_key(session), payload)
    if invite_id is None:
        raise refusals.link_bad()
    query = select(Invite).where(Invite.id == invite_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    invite = session.exec(query).first()
    if invite is None:
        raise refusals.link_bad()
    person = turn.actor.person
    person_id = person.id if person is not None else None
    personal = invite.person_id is not None
    membership = None if personal else people.standing(session, person_id, invite, turn.now)
    request = joins.request_of(session, person_id, invite)
    unit = _unit_of(session, invite)
    if personal and person_id == invite.person_id:
        return Invitation(payload, invite, _unit_of(session, invite), None, None, None, person)
    if membership is None and (request is None or request.state != "waiting"):
        _check_usable(turn, invite, unit)
    agency = session.get(Agency, invite.agency_id) if invite.agency_id is not None else None
    subject = binding.meant(session, invite)
    return Invitation(payload, invite, unit, agency, membership, request, subject)


def _unit_of(session: Session, invite: Invite) -> Unit | None:
    return session.get(Unit, invite.unit_id) if invite.unit_id is not None else None


def _check_usable(turn: Turn, invite: Invite, unit: Unit | None) -> None:
    if is_claim(invite) and people.any_admin(turn.session):
        raise refusals.already_claimed()
    if invite.revoked_at is not None:
        raise refusals.link_revoked(invite.id)
    if invite.uses_left is not None and invite.uses_left <= 0:
        raise refusals.link_used_up(invite.id)
    is_past = invite.ends_on is not None and invite.ends_on < role_day(turn.now)
    if invite.expires_at <= turn.now or is_past:
        raise refusals.link_expired(invite.id)
    if unit is not None and unit.archived_at is not None:
        raise refusals.unit_archived(unit.id)


def join(turn: Turn, payload: str) -> Joined:
    """Consent given: take the person in, or ask those who decide. Joining twice changes nothing.

    Raises Missing for a link that does not work any more, NotAllowed outside a private chat and as
    `require_welcome` does.
    """
    if not turn.event.private:
        raise refusals.not_private()
    found = invitation(turn, payload, lock=True)
    if found.is_claim:
        raise refusals.link_bad()
    if found.membership is not None:
        return Joined(found.membership, None, found.unit)
    require_welcome(turn, found)
    if found.subject is not None:
        bound = found.subject.telegram_id == turn.event.sender.telegram_id
        binding.bind(turn, found.invite)
        if not bound:
            _spend(found.invite)
        return Joined(None, None, found.unit, bound=True)
    if found.request is not None and found.request.state == "waiting" and not _at_once(turn, found):
        return Joined(None, found.request, found.unit)
    person = people.consenting(turn)
    assert person.id is not None
    invite = found.invite
    if _at_once(turn, found):
        membership = people.enrol(turn, person.id, invite)
        if found.request is not None and found.request.state == "waiting":
            joins.settle_without_decision(turn, found.request)
        else:
            _spend(invite)
        audit.record(
            turn, "join", f"member:{membership.id}", invite.unit_id, invite=invite.id, role=invite.role
        )
        if invite.unit_id is not None:
            turn.state.unit_id = invite.unit_id
            turn.forget()
        return Joined(membership, None, found.unit)
    request = joins.ask(turn, invite, found.unit, person.id)
    _spend(invite)
    return Joined(None, request, found.unit)


def require_welcome(turn: Turn, found: Invitation) -> None:
    """Raise unless the link may let this very person in: asked before they read on, and again when they join.

    NotAllowed for whom those who decide have refused, and for whoever would judge their own unit; Missing
    for an assessor's link whose maker is no admin any more.
    """
    invite, request, person = found.invite, found.request, turn.actor.person
    if found.membership is not None:
        return
    if found.subject is not None:
        binding.require_bindable(turn, invite)
        return
    if request is not None and request.state == "refused":
        raise refusals.request_refused_before(request.id, found.unit.name if found.unit else None)
    if person is not None and person.id is not None:
        _require_other_unit(turn, person.id, invite)
    if _agency_sends(invite) and not made_by_admin(turn, invite):
        raise refusals.maker_gone(invite.id)


def _agency_sends(invite: Invite) -> bool:
    """Whether the invite is to a role that only admins give, within the tree of units."""
    return invite.role in AGENCY_GIVEN and invite.unit_id is not None


def _require_other_unit(turn: Turn, person_id: int, invite: Invite) -> None:
    if people.on_the_other_side(turn.session, person_id, invite, turn.now):
        refusal = refusals.own_unit if invite.role == "penilai" else refusals.judged_unit
        raise refusal(invite.unit_id)


def _spend(invite: Invite) -> None:
    """A use is taken when somebody joins or asks to; a refusal gives it back."""
    invite.uses += 1
    if invite.uses_left is not None:
        invite.uses_left -= 1


def _at_once(turn: Turn, found: Invitation) -> bool:
    """Whether the invite lets this person in without confirmation now.

    An open link does, except for somebody who was removed before; so does a link to a role for the whole
    unit from somebody who is an admin of the agency at this moment. Links to roles that only admins give
    always do: the admin has made them for one person, and the team has no say in who judges it.
    """
    invite, person = found.invite, turn.actor.person
    if _agency_sends(invite):
        return True
    if person is not None and person.id is not None and people.was_revoked(turn.session, person.id, invite):
        return False
    if invite.open_until is not None and invite.open_until > turn.now:
        return True
    return invite.role in WHOLE_UNIT and made_by_admin(turn, invite)


def made_by_admin(turn: Turn, invite: Invite) -> bool:
    """Whether the link's maker is an admin of its agency at this moment."""
    return (
        turn.session.exec(
            select(Membership.id).where(
                col(Membership.person_id) == invite.created_by,
                col(Membership.agency_id) == invite.agency_id,
                col(Membership.role) == "admin",
                active(turn.now),
            )
        ).first()
        is not None
    )


# the first admin -----------------------------------------------------------------------------------


def ensure_claim(session: Session, now: datetime) -> str | None:
    """The payload of the first admin's one-time link, made or renewed; None once there is an admin."""
    _hold_claims(session)
    if people.any_admin(session):
        return None
    invite = session.exec(_claims()).first()
    if invite is None:
        invite = Invite(role="admin", created_at=now, expires_at=now, uses_left=1)
    invite.expires_at = now + timedelta(days=INVITE_DAYS)
    session.add(invite)
    session.flush()
    return payload_of(session, invite)


def claim(turn: Turn, payload: str, typed_name: str) -> Agency:
    """Make the agency and its first admin. Happens once, however many try at the same moment.

    Raises Missing for a link that does not work (any more), BadInput for a name that cannot be one.
    """
    if not turn.event.private:
        raise refusals.not_private()
    _hold_claims(turn.session)
    found = invitation(turn, payload, lock=True)
    if not found.is_claim:
        raise refusals.link_bad()
    name = clean_name(typed_name, AGENCY_NAME(payload))
    person = people.consenting(turn)
    agency = Agency(name=name, created_at=turn.now)
    turn.session.add(agency)
    turn.session.flush()
    assert agency.id is not None
    assert person.id is not None
    admin = Membership(person_id=person.id, agency_id=agency.id, role="admin", created_at=turn.now)
    turn.session.add(admin)
    _spend(found.invite)
    for other in turn.session.exec(_claims()).all():
        other.revoked_at = turn.now
    turn.session.flush()
    turn.forget()
    audit.record(turn, "claim", f"agency:{agency.id}")
    return agency


def _claims() -> SelectOfScalar[Invite]:
    return (
        select(Invite)
        .where(
            col(Invite.role) == "admin",
            col(Invite.agency_id).is_(None),
            col(Invite.revoked_at).is_(None),
            col(Invite.uses_left) > 0,
        )
        .order_by(col(Invite.id))
    )


def _hold_claims(session: Session) -> None:
    """One at a time: the key's row serves as the lock of everything about the first admin."""
    signing_key(session)
    session.exec(select(Secret).where(Secret.name == KEY_NAME).with_for_update()).one()


# a welcome -----------------------------------------------------------------------------------------


def own_membership(turn: Turn, membership_id: int) -> tuple[Membership, Unit | None]:
    """A present membership of the actor with its unit. Raises Missing for anybody else's."""
    for membership in turn.actor.memberships:
        if membership.id == membership_id:
            unit = turn.session.get(Unit, membership.unit_id) if membership.unit_id is not None else None
            return membership, unit
    raise refusals.request_gone(membership_id)
