"""What somebody leaves behind in the work of a team: nothing waits for them or lets them in any more."""

from typing import Any

from sqlmodel import col, delete, or_, select, update

from flows.models import (
    GroupClaim,
    Handover,
    Intake,
    Invite,
    Pic,
    Task,
    TaskChange,
    TpiAssignment,
    TpiFinding,
    TpiNote,
)
from flows.turn import Turn

_OPEN_INTAKES = ("receiving", "examining", "ready", "failed")
_ENDED_TASKS = ("done", "dropped")


def let_go(turn: Turn, person_id: int) -> None:
    """Empty their places as PIC, unassign open tasks, end intakes and handovers, close personal links.

    The history of what they did stays; names in it are the pseudonym.
    """
    _duties(turn, person_id)
    _tasks(turn, person_id)
    _intakes(turn, person_id)
    _handovers(turn, person_id)
    _assessing(turn, person_id)
    turn.session.execute(delete(GroupClaim).where(col(GroupClaim.person_id) == person_id))
    turn.session.execute(
        update(Invite)
        .where(col(Invite.person_id) == person_id, col(Invite.revoked_at).is_(None))
        .values(revoked_at=turn.now)
        .execution_options(synchronize_session=False)
    )
    turn.session.flush()


def _locked(turn: Turn, query: Any) -> Any:
    return turn.session.exec(query.with_for_update().execution_options(populate_existing=True)).all()


def _duties(turn: Turn, person_id: int) -> None:
    query = select(Pic).where(or_(col(Pic.person_id) == person_id, col(Pic.deputy_id) == person_id))
    for row in _locked(turn, query.order_by(col(Pic.id))):
        row.person_id = None if row.person_id == person_id else row.person_id
        row.deputy_id = None if row.deputy_id == person_id else row.deputy_id


def _tasks(turn: Turn, person_id: int) -> None:
    mine = or_(col(Task.person_id) == person_id, col(Task.helper_id) == person_id)
    query = select(Task).where(mine, col(Task.state).not_in(_ENDED_TASKS)).order_by(col(Task.id))
    for task in _locked(turn, query):
        if task.person_id == person_id:
            turn.session.add(
                TaskChange(
                    task_id=task.id or 0,
                    person_id=person_id,
                    at=turn.now,
                    kind="pic",
                    before={"person_id": person_id},
                    after={"person_id": None},
                )
            )
            task.person_id = None
        task.helper_id = None if task.helper_id == person_id else task.helper_id


def _intakes(turn: Turn, person_id: int) -> None:
    """What is undecided goes; what is over no longer says where it was sent and in what words."""
    query = select(Intake).where(Intake.person_id == person_id).order_by(col(Intake.id))
    for row in _locked(turn, query):
        if row.state in _OPEN_INTAKES:
            row.state, row.ended_at = "cancelled", turn.now
        row.chat_id, row.status_message_id, row.album_id = 0, None, ""
        row.caption, row.url, row.parts, row.proposal = "", "", [], {}


def _assessing(turn: Turn, person_id: int) -> None:
    """Assignments end, private notes go; findings not yet given to the unit name them no more."""
    query = select(TpiAssignment).where(
        TpiAssignment.person_id == person_id, col(TpiAssignment.ended_at).is_(None)
    )
    for row in _locked(turn, query.order_by(col(TpiAssignment.id))):
        row.ended_at = turn.now
    turn.session.execute(delete(TpiNote).where(col(TpiNote.person_id) == person_id))
    for finding in _locked(turn, select(TpiFinding).where(TpiFinding.person_id == person_id)):
        finding.person_id = None


def _handovers(turn: Turn, person_id: int) -> None:
    concerned = or_(col(Handover.from_id) == person_id, col(Handover.to_id) == person_id)
    query = select(Handover).where(concerned, col(Handover.state) == "waiting").order_by(col(Handover.id))
    for row in _locked(turn, query):
        row.state, row.ended_at = "cancelled", turn.now
