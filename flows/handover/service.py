"""Who may hand over whose work, to whom, and what moves. Reads, and the steps up to the successor's word."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from flows import audit, outbox, policy, routes
from flows.errors import Missing, NotAllowed, Outdated
from flows.handover import refusals
from flows.models import Assessment, Handover, Membership, Person, Pic, Task, Unit
from flows.people import active, present
from flows.pic import assigning, candidates
from flows.pic.candidates import Candidate
from flows.policy import UNIT_SIDE_ROLES
from flows.tasks import service as tasks
from flows.turn import Turn

LEADING = frozenset({"koordinator", "pimpinan"})
"""Roles that a sekretaris does not hand on for others."""
WAITING, ACCEPTED, DECLINED, CANCELLED = "waiting", "accepted", "declined", "cancelled"


@dataclass(frozen=True, slots=True)
class Content:
    """What moves: rows of PIC, open action items (own ones, and those where the person helps), roles."""

    pics: tuple[tuple[Assessment, Pic], ...]
    tasks: tuple[Task, ...]
    helps: tuple[Task, ...]
    roles: tuple[Membership, ...]

    @property
    def stamp(self) -> dict[str, Any]:
        """The same as ids, as stored in the handover's row."""
        return {
            "pics": [row.id for _, row in self.pics],
            "tasks": [task.id for task in self.tasks],
            "helps": [task.id for task in self.helps],
            "roles": [held.id for held in self.roles],
        }

    @property
    def empty(self) -> bool:
        """Whether there is nothing to hand over."""
        return not (self.pics or self.tasks or self.helps or self.roles)


@dataclass(frozen=True, slots=True)
class Between:
    """One handover in the making or as stored: whose work, to whom, in which unit, and what it is now."""

    unit: Unit
    giver: Person
    successor: Person | None
    content: Content
    row: Handover | None = None


# who may -------------------------------------------------------------------------------------------


def require(turn: Turn, unit: Unit, person_id: int) -> None:
    """Raise NotAllowed unless it is the actor's own work or they may hand over for others."""
    own = person_id == turn.actor.person_id and any(
        held.role in UNIT_SIDE_ROLES for held in turn.actor.roles_in(unit)
    )
    if not own:
        policy.require(turn.actor, "handover", unit)


def may_start(turn: Turn, unit: Unit) -> bool:
    """Whether the actor may hand over for others in the unit."""
    return policy.can(turn.actor, "handover", unit)


def leads_here(turn: Turn, unit: Unit) -> bool:
    """Whether the actor may hand on roles that lead: a koordinator or an admin, not a sekretaris."""
    return turn.actor.has_role("koordinator", unit) or turn.actor.has_role("admin", unit)


def may_hand_over(turn: Turn, unit: Unit, person_id: int, roles: Iterable[Membership]) -> bool:
    """Whether the actor may hand over the work of a person who holds these roles in the unit.

    A sekretaris hands on the work of others, but neither leads nor gains a role by it.
    """
    if person_id == turn.actor.person_id or leads_here(turn, unit):
        return True
    return may_start(turn, unit) and not any(held.role in LEADING for held in roles)


def giver_of(turn: Turn, unit_id: int, person_id: int) -> tuple[Unit, Person]:
    """A person of the unit whose work the actor may hand over. Raises Missing, NotAllowed."""
    unit = turn.unit_by_id(unit_id)
    require(turn, unit, person_id)
    person = turn.session.get(Person, person_id)
    if person is None or not (_roles(turn, unit, person_id) or _holds(turn.session, unit, person_id)):
        raise Missing("Orang ini tidak ada di tim unit ini.", next=routes.TEAM())
    if not may_hand_over(turn, unit, person_id, _roles(turn, unit, person_id)):
        raise refusals.leading_role()
    return unit, person


def _holds(session: Session, unit: Unit, person_id: int) -> bool:
    """Whether a person who may have left still holds work of the unit."""
    return bool(assigning.held_rows(session, unit, person_id) or tasks.own_open(session, unit, person_id))


def givers(turn: Turn, unit: Unit) -> list[Candidate]:
    """The unit's people whose work can be handed over, the actor first."""
    found = turn.session.exec(
        select(Membership, Person)
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(
            col(Membership.unit_id) == unit.id,
            col(Membership.role).in_(UNIT_SIDE_ROLES),
            active(turn.now),
            col(Person.deleted_at).is_(None),
        )
        .order_by(col(Membership.id))
    ).all()
    roles: dict[int, list[Membership]] = {}
    persons: dict[int, Person] = {}
    for held, person in found:
        roles.setdefault(held.person_id, []).append(held)
        persons[held.person_id] = person
    me = turn.actor.person_id
    made = [
        Candidate(persons[person_id], tuple(held))
        for person_id, held in roles.items()
        if may_hand_over(turn, unit, person_id, held)
    ]
    return sorted(made, key=lambda each: (each.id != me, each.person.name.casefold(), each.id))


def successors(turn: Turn, unit: Unit, giver: Person) -> list[Candidate]:
    """Who may take over: everybody who works in the unit but the giver."""
    own = [held.area for held in _roles(turn, unit, giver.id or 0) if held.area]
    found = candidates.team(turn.session, unit, turn.now, own[0] if own else "")
    me = turn.actor.person_id
    not_oneself = giver.id != me and not leads_here(turn, unit)
    return [each for each in found if each.id != giver.id and not (not_oneself and each.id == me)]


# what moves ----------------------------------------------------------------------------------------


def content_of(turn: Turn, unit: Unit, person_id: int) -> Content:
    """What the person holds in the unit now."""
    return Content(
        pics=tuple(assigning.held_rows(turn.session, unit, person_id)),
        tasks=tuple(tasks.own_open(turn.session, unit, person_id)),
        helps=tuple(
            turn.session.exec(
                select(Task)
                .where(
                    Task.unit_id == unit.id, Task.helper_id == person_id, col(Task.state).in_(tasks.UNDONE)
                )
                .order_by(col(Task.id))
            ).all()
        ),
        roles=tuple(_roles(turn, unit, person_id)),
    )


def _roles(turn: Turn, unit: Unit, person_id: int) -> list[Membership]:
    return list(
        turn.session.exec(
            select(Membership)
            .where(
                col(Membership.unit_id) == unit.id,
                col(Membership.person_id) == person_id,
                col(Membership.role).in_(UNIT_SIDE_ROLES),
                present(turn.now),
            )
            .order_by(col(Membership.id))
        ).all()
    )


def between(turn: Turn, unit_id: int, person_id: int, successor_id: int) -> Between:
    """A handover before it is sent. Raises Missing, NotAllowed, BadInput where it cannot be."""
    unit, giver = giver_of(turn, unit_id, person_id)
    own = person_id == turn.actor.person_id
    if successor_id == turn.actor.person_id and not own and not leads_here(turn, unit):
        raise refusals.to_oneself()
    chosen = next((c for c in successors(turn, unit, giver) if c.id == successor_id), None)
    if chosen is None:
        raise refusals.no_successor(unit_id, person_id)
    found = Between(unit, giver, chosen.person, content_of(turn, unit, person_id))
    if found.content.empty:
        raise refusals.nothing()
    return found


# the row -------------------------------------------------------------------------------------------


def waiting_of(session: Session, unit: Unit, person_id: int) -> Handover | None:
    """The handover of the person's work that waits for its successor."""
    return session.exec(
        select(Handover)
        .where(Handover.unit_id == unit.id, Handover.from_id == person_id, Handover.state == WAITING)
        .order_by(col(Handover.id).desc())
        .limit(1)
    ).first()


def find(turn: Turn, handover_id: int, *, lock: bool = False) -> Between:
    """A handover that concerns the actor: giver, successor, who made it, or who leads the unit.

    Raises Missing for all others, whether it exists or not.
    """
    query = select(Handover).where(Handover.id == handover_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    row = turn.session.exec(query).first()
    unit = turn.session.get(Unit, row.unit_id) if row is not None else None
    me = turn.actor.person_id
    concerned = row is not None and me in {row.from_id, row.to_id, row.made_by}
    if row is None or unit is None or not (concerned or policy.can(turn.actor, "handover", unit)):
        raise Missing("Serah terima ini tidak ada dalam daftar Anda.", next=routes.HOME())
    return Between(
        unit,
        turn.session.get_one(Person, row.from_id),
        turn.session.get_one(Person, row.to_id),
        content_of(turn, unit, row.from_id),
        row,
    )


def send(turn: Turn, unit_id: int, person_id: int, successor_id: int) -> Handover:
    """Ask the successor; a repeated tap finds the one that waits.

    Somebody without an account is not asked: `moving.accept` follows at once, by those who may hand over for
    others. Raises as `between` does, Outdated when the work waits for another successor.
    """
    at = between(turn, unit_id, person_id, successor_id)
    assert at.successor is not None
    turn.session.exec(select(Unit.id).where(Unit.id == at.unit.id).with_for_update()).one()
    present_row = waiting_of(turn.session, at.unit, person_id)
    if present_row is not None:
        if present_row.to_id == successor_id:
            return present_row
        raise Outdated(
            "Pekerjaan ini sudah menunggu jawaban penerus lain. Batalkan dahulu bila ingin mengganti.",
            next=routes.HANDOVER_SHOW(present_row.id or 0),
        )
    if at.successor.telegram_id is None:
        if not may_start(turn, at.unit):
            raise refusals.absent_successor()
        if any(held.role in LEADING for held in at.content.roles):
            raise refusals.absent_leader()
    row = Handover(
        unit_id=unit_id,
        from_id=person_id,
        to_id=successor_id,
        content=at.content.stamp,
        made_by=turn.actor.person_id,
        made_at=turn.now,
    )
    turn.session.add(row)
    turn.session.flush()
    audit.record(turn, "handover.send", f"handover:{row.id}", unit_id, giver=person_id, to=successor_id)
    if at.successor.telegram_id is not None and successor_id != turn.actor.person_id:
        tell(turn, row, [at.successor], asked=True)
    return row


def cancel(turn: Turn, handover_id: int, revision: int) -> Handover:
    """Take a handover back that waits. Raises Outdated when it has ended, NotAllowed."""
    at = find(turn, handover_id, lock=True)
    require(turn, at.unit, at.giver.id or 0)
    row = still_waiting(at, revision)
    end(turn, row, CANCELLED)
    return row


def decline(turn: Turn, handover_id: int, revision: int) -> Handover:
    """The successor does not take over. Raises NotAllowed for others, Outdated."""
    at = find(turn, handover_id, lock=True)
    if at.successor is None or at.successor.id != turn.actor.person_id:
        raise NotAllowed("Serah terima ini hanya dijawab penerusnya.", next=routes.HANDOVER_SHOW(handover_id))
    row = still_waiting(at, revision)
    end(turn, row, DECLINED)
    tell(turn, row, [p for p in (at.giver, maker_of(turn, row)) if p is not None])
    return row


def maker_of(turn: Turn, row: Handover) -> Person | None:
    """Who started the handover."""
    return turn.session.get(Person, row.made_by) if row.made_by is not None else None


def still_waiting(at: Between, revision: int) -> Handover:
    """The row, when it still waits as the actor saw it. Raises Outdated."""
    row = at.row
    assert row is not None
    if row.state != WAITING:
        raise refusals.ended(row)
    if row.revision != revision:
        raise Outdated(
            "Isinya berubah sejak pesan itu. Ini yang terbaru.", next=routes.HANDOVER_SHOW(row.id or 0)
        )
    return row


def end(turn: Turn, row: Handover, state: str) -> None:
    """Close a handover."""
    row.state, row.ended_at = state, turn.now
    turn.session.add(row)
    turn.session.flush()
    audit.record(
        turn, f"handover.{state}", f"handover:{row.id}", row.unit_id, giver=row.from_id, to=row.to_id
    )


def tell(turn: Turn, row: Handover, people: list[Person], *, asked: bool = False) -> None:
    """Write to those concerned who did not just act themselves and can be written to."""
    action = routes.HANDOVER_ASKED(row.id or 0) if asked else routes.HANDOVER_TOLD(row.id or 0)
    kind = "asked" if asked else row.state
    messages = {
        person.id: outbox.Message(
            key=f"handover:{row.id}:{kind}:{person.id}",
            chat_id=person.telegram_id,
            person_id=person.id,
            action=action,
        )
        for person in people
        if person.telegram_id is not None and person.id != turn.actor.person_id
    }
    outbox.add(turn.session, messages.values(), turn.now)
