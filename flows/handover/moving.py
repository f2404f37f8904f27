"""The successor accepts: everything moves in the caller's transaction, and the history says so."""

from sqlmodel import col, select

from flows import audit, routes
from flows.errors import Missing, NotAllowed
from flows.handover import refusals, service
from flows.handover.service import Between
from flows.models import Handover, Membership, Person, Task, TaskChange
from flows.people import active, present
from flows.pic import assigning
from flows.policy import WORKERS
from flows.registration import people
from flows.tasks import service as tasks
from flows.team import service as team
from flows.turn import Turn

DECREES = ("tim", "ap")
"""Decrees that may have to be renewed: of the team, of the agents of change."""


def accept(turn: Turn, handover_id: int, revision: int) -> bool:
    """Move everything the giver holds now to the successor. True when it is done.

    The successor accepts; for one without an account, whoever may hand over does. False when the giver has
    been given more since the successor was asked: nothing moves, and the row keeps the new list for the next
    word. Raises NotAllowed, also when the successor has left the unit, and Outdated when it has ended.
    """
    at = service.find(turn, handover_id, lock=True)
    _require_word(turn, at, handover_id)
    row = service.still_waiting(at, revision)
    _hold(turn, at)
    for assessment_id in sorted({a.id or 0 for a, _ in at.content.pics}):
        assigning.lock(turn.session, assessment_id)
    if not _on_the_team(turn, at):
        raise refusals.successor_left(handover_id)
    at = service.find(turn, handover_id)
    if any(set(ids) - set(row.content.get(what, ())) for what, ids in at.content.stamp.items()):
        row.content = at.content.stamp
        turn.session.add(row)
        turn.session.flush()
        return False
    _move(turn, at, row)
    service.end(turn, row, service.ACCEPTED)
    turn.forget()
    leads = people.holders(turn.session, "koordinator", turn.now, unit_id=at.unit.id)
    maker = turn.session.get(Person, row.made_by) if row.made_by is not None else None
    service.tell(turn, row, [p for p in (at.giver, maker, *leads) if p is not None])
    return True


def _require_word(turn: Turn, at: Between, handover_id: int) -> None:
    assert at.successor is not None
    if at.successor.telegram_id is None:
        if not service.may_start(turn, at.unit):
            raise refusals.absent_successor()
    elif at.successor.id != turn.actor.person_id:
        raise NotAllowed(
            "Serah terima ini hanya diterima penerusnya.", next=routes.HANDOVER_SHOW(handover_id)
        )


def _hold(turn: Turn, at: Between) -> None:
    """Hold the roles and action items that move, so that nobody changes them meanwhile."""
    for held in at.content.roles:
        team.is_last(turn.session, held, lock=True)
    ids = [at.giver.id, at.successor.id if at.successor is not None else None]
    turn.session.exec(
        select(Membership)
        .where(col(Membership.unit_id) == at.unit.id, col(Membership.person_id).in_(ids))
        .order_by(col(Membership.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    ids_of_tasks = sorted({task.id or 0 for task in (*at.content.tasks, *at.content.helps)})
    turn.session.exec(
        select(Task)
        .where(col(Task.id).in_(ids_of_tasks))
        .order_by(col(Task.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def _on_the_team(turn: Turn, at: Between) -> bool:
    assert at.successor is not None
    if at.successor.deleted_at is not None:
        return False
    found = turn.session.exec(
        select(Membership.id)
        .where(
            col(Membership.unit_id) == at.unit.id,
            col(Membership.person_id) == at.successor.id,
            col(Membership.role).in_(WORKERS),
            active(turn.now),
        )
        .limit(1)
    ).first()
    return found is not None


def _move(turn: Turn, at: Between, row: Handover) -> None:
    giver, successor = row.from_id, row.to_id
    for _, held in at.content.pics:
        leading = successor if held.person_id == giver else held.person_id
        deputy = successor if held.deputy_id == giver else held.deputy_id
        after = (leading, None if deputy == leading else deputy)
        assigning.change(turn, at.unit, held, after, by=row.made_by, handover=row.id or 0)
    for task in at.content.tasks:
        task.person_id = successor
        if task.helper_id == successor:
            task.helper_id = None
        _noted(turn, task, row)
    for task in at.content.helps:
        task.helper_id = successor if task.person_id != successor else None
        _noted(turn, task, row)
    for role in at.content.roles:
        _hand_role(turn, at, role, successor)
    turn.session.flush()


def _noted(turn: Turn, task: Task, row: Handover) -> None:
    turn.session.add(task)
    turn.session.add(
        TaskChange(
            task_id=task.id or 0,
            person_id=turn.actor.person_id,
            at=turn.now,
            kind="handover",
            before={"person_id": row.from_id},
            after={"person_id": row.to_id, "handover": row.id},
        )
    )


def _hand_role(turn: Turn, at: Between, role: Membership, successor: int) -> None:
    """The successor's role first, so that the unit is never without a coordinator."""
    mine = turn.session.exec(
        select(Membership).where(
            col(Membership.unit_id) == at.unit.id,
            col(Membership.person_id) == successor,
            col(Membership.role) == role.role,
            present(turn.now),
        )
    ).all()
    if not any(held.area in {None, role.area} and held.acting == role.acting for held in mine):
        turn.session.add(
            Membership(
                person_id=successor,
                agency_id=role.agency_id,
                unit_id=role.unit_id,
                role=role.role,
                area=role.area,
                acting=role.acting,
                starts_on=role.starts_on,
                ends_on=role.ends_on,
                created_at=turn.now,
            )
        )
        turn.session.flush()
    role.revoked_at = turn.now
    turn.session.add(role)
    audit.record(
        turn, "handover.role", f"member:{role.id}", at.unit.id, role=role.role, area=role.area, to=successor
    )


# decrees -------------------------------------------------------------------------------------------


def decree(turn: Turn, handover_id: int, which: str, title: str) -> bool:
    """Note as an action item of the actor that a decree must be renewed. False when it is noted already.

    Raises NotAllowed, Missing for what is no decree, Outdated before the handover is accepted.
    """
    at = service.find(turn, handover_id, lock=True)
    row = at.row
    assert row is not None
    if which not in DECREES or row.state != service.ACCEPTED:
        raise Missing("Pilihan ini tidak tersedia.", next=routes.HANDOVER_SHOW(handover_id))
    noted = list(row.content.get("decrees", []))
    if which in noted:
        return False
    row.content = {**row.content, "decrees": [*noted, which]}
    turn.session.add(row)
    task = tasks.create(turn, at.unit, title, person_id=turn.actor.person_id, source="handover")
    audit.record(turn, "handover.decree", f"task:{task.id}", at.unit.id, which=which)
    return True
