"""Personal links: an account is bound to a person known by name, or takes the place of a lost one."""

from datetime import datetime

from sqlmodel import Session, col, delete, select, update

from flows import audit, joined, outbox, policy, routes
from flows.models import (
    Announcement,
    BulkImport,
    ChatState,
    Draft,
    Intake,
    Invite,
    LkeImport,
    Membership,
    Outbox,
    Person,
    Unit,
)
from flows.people import present
from flows.policy import Actor, admin_agencies
from flows.registration import joins, refusals
from flows.turn import Turn, actor_of

FREED = "Akun lepas"
"""What stands where the name of somebody stood who had only asked for something, under another account."""


def may_vouch(session: Session, actor: Actor, person_id: int, now: datetime) -> bool:
    """Whether the actor may say who this person is: they could give each role that the person holds.

    So nobody gains, through somebody else's account, what they could not have given.
    """
    held = session.exec(select(Membership).where(Membership.person_id == person_id, present(now))).all()
    for membership in held:
        if membership.unit_id is None:
            if membership.agency_id not in admin_agencies(actor):
                return False
        elif not policy.may_give(actor, membership.role, session.get_one(Unit, membership.unit_id)):
            return False
    return bool(held)


def meant(session: Session, invite: Invite) -> Person | None:
    """The person a personal link is for; None for all other links."""
    return session.get(Person, invite.person_id) if invite.person_id is not None else None


def require_bindable(turn: Turn, invite: Invite) -> None:
    """Raise unless the account behind the event may become the person's.

    Missing when the maker may not vouch any more, NotAllowed for an account that is somebody else's already.
    """
    person = meant(turn.session, invite)
    maker = turn.session.get(Person, invite.created_by) if invite.created_by is not None else None
    if person is None or person.deleted_at is not None or maker is None or maker.deleted_at is not None:
        raise refusals.link_revoked(invite.id)
    if not may_vouch(turn.session, actor_of(turn.session, maker, turn.now), person.id or 0, turn.now):
        raise refusals.link_revoked(invite.id)
    own = turn.actor.person
    if own is not None and own.id != person.id and _has_roles(turn.session, own):
        raise refusals.account_taken(own.name)


def _has_roles(session: Session, person: Person) -> bool:
    query = select(Membership.id).where(Membership.person_id == person.id).limit(1)
    return session.exec(query).first() is not None


def bind(turn: Turn, invite: Invite) -> Person:
    """The account behind the event becomes the person's; an account they had before is let go at once.

    Raises as `require_bindable`. The invite is held by the caller.
    """
    require_bindable(turn, invite)
    session, account = turn.session, turn.event.sender.telegram_id
    person = session.exec(
        select(Person)
        .where(Person.id == invite.person_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if person.telegram_id == account:
        return person
    own = turn.actor.person
    if own is not None:
        _free(turn, own)
    old = person.telegram_id
    person.telegram_id = account
    person.consent_at = turn.now
    person.unreachable_at = None
    session.add(person)
    session.flush()
    if old is not None:
        _leave(turn, person, old, account)
    turn.state.unit_id = invite.unit_id
    turn.forget()
    if old is None:
        joined.tell(session, person.id or 0, invite.unit_id, turn.now)
    act = "account_bind" if old is None else "account_replace"
    audit.record(turn, act, f"person:{person.id}", invite.unit_id, invite=invite.id)
    _tell_maker(turn, invite, person)
    return person


def _free(turn: Turn, own: Person) -> None:
    """The account belonged to somebody who had only asked for something: they are let go."""
    joins.withdraw_all(turn, own.id or 0)
    own.telegram_id, own.name, own.deleted_at = None, FREED, turn.now
    turn.session.add(own)
    turn.session.flush()


def _leave(turn: Turn, person: Person, old: int, account: int) -> None:
    """Nothing of the person goes to the old account any more, but the news that it was replaced."""
    session, quiet = turn.session, {"synchronize_session": False}
    session.execute(delete(Draft).where(col(Draft.telegram_id) == old).execution_options(**quiet))
    session.execute(delete(ChatState).where(col(ChatState.telegram_id) == old).execution_options(**quiet))
    session.execute(
        update(Outbox)
        .where(col(Outbox.chat_id) == old, col(Outbox.state).in_(("waiting", "leased")))
        .values(chat_id=account, message_id=None)
        .execution_options(**quiet)
    )
    session.execute(
        update(Intake)
        .where(col(Intake.chat_id) == old)
        .values(chat_id=account, status_message_id=None)
        .execution_options(**quiet)
    )
    session.execute(
        update(LkeImport)
        .where(col(LkeImport.chat_id) == old)
        .values(chat_id=account)
        .execution_options(**quiet)
    )
    session.execute(
        update(BulkImport)
        .where(col(BulkImport.chat_id) == old)
        .values(chat_id=account)
        .execution_options(**quiet)
    )
    session.execute(
        update(Announcement)
        .where(col(Announcement.status_chat_id) == old)
        .values(status_chat_id=account, status_message_id=None)
        .execution_options(**quiet)
    )
    stamp = int(turn.now.timestamp())
    news = outbox.Message(key=f"akun-lepas:{person.id}:{stamp}", chat_id=old, action=routes.ACCOUNT_LEFT())
    outbox.add(session, [news], turn.now)


def _tell_maker(turn: Turn, invite: Invite, person: Person) -> None:
    maker = turn.session.get(Person, invite.created_by) if invite.created_by is not None else None
    if maker is None or maker.telegram_id is None or maker.id == person.id or invite.id is None:
        return
    news = outbox.Message(
        key=f"akun-kabar:{invite.id}",
        chat_id=maker.telegram_id,
        person_id=maker.id,
        action=routes.ACCOUNT_TOLD(invite.id),
    )
    outbox.add(turn.session, [news], turn.now)
