"""One event with everything a handler may look at. Handlers get nothing from anywhere else."""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import and_, bindparam, or_
from sqlmodel import Session, col, select

from flows import fmt, people
from flows.errors import Missing, NotAllowed
from flows.events import Event, Sender
from flows.models import ChatState, Membership, Person, Unit
from flows.policy import Actor, oversees
from flows.routes import Action
from knowledge.library import Library

_NO_UNIT = "Bagian ini perlu unit kerja. Mintalah tautan undangan ke koordinator unit, atau daftarkan unit."
_OPEN_ONE = "Bagian ini perlu unit kerja. Buka dulu unitnya lewat Papan unit."


@dataclass(slots=True)
class Turn:
    """One event inside the caller's transaction.

    `now` is the calendar's aware UTC time. `resumes` is set when a text was passed on to Ask while a
    prompt stays open: the answer offers the way back to it. `once` is a secret made in this event, for its
    reply alone: neither a button nor a row holds it.
    """

    session: Session
    event: Event
    state: ChatState
    now: datetime
    library: Library
    bot_username: str = ""
    default_zone: str = "WIB"
    resumes: Action | None = None
    serves_api: bool = False
    once: str = ""
    _actor: Actor | None = field(default=None, repr=False)
    _unit: Unit | None = field(default=None, repr=False)

    @property
    def actor(self) -> Actor:
        """The person and their roles, read once per event (call `forget` after changing them)."""
        if self._actor is None:
            self._actor, _ = _load_actor(self.session, self.event, self.now)
        return self._actor

    def forget(self) -> None:
        """Read roles and the open unit anew when next asked."""
        self._actor = None
        self._unit = None

    @property
    def open_unit(self) -> Unit | None:
        """The unit this chat works on: the chosen one, or the only one; None without any."""
        if self._unit is None:
            self._unit = self._find_unit()
        return self._unit

    @property
    def unit(self) -> Unit:
        """The open unit. Raises NotAllowed, with the way in, for people without one."""
        unit = self.open_unit
        if unit is None:
            raise NotAllowed(_OPEN_ONE if oversees(self.actor) else _NO_UNIT)
        return unit

    def _find_unit(self) -> Unit | None:
        actor = self.actor
        chosen = self.session.get(Unit, self.state.unit_id) if self.state.unit_id else None
        if chosen is not None and chosen.archived_at is None and actor.roles_in(chosen):
            return chosen
        own = [m.unit_id for m in actor.memberships if m.unit_id is not None]
        for unit_id in dict.fromkeys(own):
            unit = self.session.get(Unit, unit_id)
            if unit is not None and unit.archived_at is None:
                self.state.unit_id = unit.id
                return unit
        return None

    def unit_by_id(self, unit_id: int) -> Unit:
        """A unit that the actor belongs to or administers. Raises Missing otherwise, existing or not."""
        unit = self.session.get(Unit, unit_id)
        if unit is None or not self.actor.roles_in(unit):
            raise Missing("Unit ini tidak ada dalam daftar Anda.", unit_id=unit_id)
        return unit

    @property
    def zone_name(self) -> str:
        """WIB, WITA or WIT: the person's own choice, else the unit's."""
        person = self.actor.person
        if person is not None and person.zone:
            return person.zone
        unit = self.open_unit
        return unit.zone if unit is not None else self.default_zone

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which this person reads times."""
        return fmt.ZONES[self.zone_name]

    @property
    def today(self) -> date:
        """The calendar day in the person's zone."""
        return self.now.astimezone(self.zone).date()


_STATE = select(ChatState).where(
    col(ChatState.chat_id) == bindparam("chat_id"), col(ChatState.telegram_id) == bindparam("telegram_id")
)
_ACTOR = (
    select(Person, Membership, Unit, ChatState)
    .outerjoin(
        Membership,
        and_(
            col(Membership.person_id) == col(Person.id),
            col(Membership.revoked_at).is_(None),
            or_(col(Membership.starts_on).is_(None), col(Membership.starts_on) <= bindparam("day")),
            or_(col(Membership.ends_on).is_(None), col(Membership.ends_on) >= bindparam("day")),
        ),
    )
    .outerjoin(Unit, col(Unit.id) == col(Membership.unit_id))
    .outerjoin(
        ChatState,
        and_(
            col(ChatState.telegram_id) == col(Person.telegram_id),
            col(ChatState.chat_id) == bindparam("chat_id"),
        ),
    )
    .where(col(Person.telegram_id) == bindparam("telegram_id"))
    .order_by(col(Membership.id))
)
"""Built once, since every event asks them; the same condition as `people.active`."""


def begin(session: Session, event: Event, now: datetime) -> tuple[ChatState, Actor]:
    """Where the conversation stands, and who acts with the roles of this moment: one query for both."""
    actor, state = _load_actor(session, event, now)
    return state or load_state(session, event), actor


def _load_actor(session: Session, event: Event, now: datetime) -> tuple[Actor, ChatState | None]:
    """Who acts, and the state of this chat where the person is known and has one."""
    key = {"telegram_id": event.sender.telegram_id, "chat_id": event.chat_id, "day": people.role_day(now)}
    found = session.execute(_ACTOR, key).all()
    if not found:
        return Actor(None), None
    state: ChatState | None = found[0][3]
    if found[0][0].deleted_at is not None:
        return Actor(None), state
    units = tuple(row[2] for row in found if row[2] is not None)
    return Actor(found[0][0], tuple(row[1] for row in found if row[1] is not None), units), state


def actor_of(session: Session, person: Person, now: datetime) -> Actor:
    """A known person with the roles they hold at this moment, oldest first."""
    memberships = session.exec(
        select(Membership)
        .where(Membership.person_id == person.id, people.active(now))
        .order_by(col(Membership.id))
    ).all()
    return Actor(person, tuple(memberships))


def turn_as(session: Session, person: Person, now: datetime, library: Library, unit_id: int | None) -> Turn:
    """As if this person acted now, perhaps with that unit open: for work that goes on in a job."""
    account = person.telegram_id or 0
    event = Event(update_id=0, kind="other", chat_id=account, sender=Sender(account, person.name))
    state = ChatState(chat_id=account, telegram_id=account, unit_id=unit_id)
    turn = Turn(session=session, event=event, state=state, now=now, library=library)
    turn._actor = actor_of(session, person, now)
    return turn


def load_state(session: Session, event: Event) -> ChatState:
    """This person's conversation state in this chat, made on first use."""
    key = {"chat_id": event.chat_id, "telegram_id": event.sender.telegram_id}
    state: ChatState | None = session.execute(_STATE, key).scalar()
    if state is None:
        state = ChatState(chat_id=event.chat_id, telegram_id=event.sender.telegram_id)
        session.add(state)
    return state
