"""How far the work on an item is (`ItemWork`): reading it, claiming it, and what a change does to it."""

from collections.abc import Iterable

from sqlalchemy import bindparam
from sqlalchemy import select as select_columns
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from flows.checklist.record import Place, log
from flows.models import Assessment, ItemWork
from flows.tables import metadata
from flows.turn import Turn

NONE, WAITING, APPROVED, RETURNED = "", "waiting", "approved", "returned"
REOPEN, NA_OFF = "reopen", "na_off"


def works(session: Session, assessment: Assessment) -> dict[str, ItemWork]:
    """Every row of an assessment by item id. One query."""
    found = session.exec(select(ItemWork).where(ItemWork.assessment_id == assessment.id)).all()
    return {row.item_id: row for row in found}


def states(session: Session, assessment: Assessment) -> dict[str, str]:
    """The review state of every item that has one, by item id: waiting, approved or returned. One query."""
    found = session.exec(
        select(ItemWork.item_id, ItemWork.state).where(
            ItemWork.assessment_id == assessment.id, ItemWork.state != NONE
        )
    ).all()
    return dict(found)


def approved_count(session: Session, assessment: Assessment, item_ids: Iterable[str]) -> int:
    """How many of these items are approved. One query."""
    now = states(session, assessment)
    return sum(now.get(item_id) == APPROVED for item_id in item_ids)


def state_of(session: Session, assessment: Assessment, item_id: str) -> str:
    """The review state of one item: "" (not sent), waiting, approved or returned."""
    row = work_of(session, assessment.id or 0, item_id)
    return row.state if row is not None else NONE


def work_of(session: Session, assessment_id: int, item_id: str) -> ItemWork | None:
    """The item's row as it stands; None while there is none."""
    return session.exec(
        select(ItemWork).where(ItemWork.assessment_id == assessment_id, ItemWork.item_id == item_id)
    ).first()


def claim(turn: Turn, assessment_id: int, item_id: str) -> ItemWork:
    """The item's row, made if need be and locked until the transaction ends.

    Whoever also changes the item's answer claims that first, so that two people never wait for each other.
    """
    row = _locked(turn, assessment_id, item_id)
    if row is None:
        _insert(turn.session, assessment_id, item_id)
        row = _locked(turn, assessment_id, item_id)
    if row is None:
        raise RuntimeError("the row that was just made is gone")
    return row


_LOCKED = (
    select(ItemWork)
    .where(col(ItemWork.assessment_id) == bindparam("assessment"), col(ItemWork.item_id) == bindparam("item"))
    .with_for_update()
    .execution_options(populate_existing=True)
)


_TABLE = metadata.tables[ItemWork.__tablename__]
_STATE = (
    select_columns(_TABLE.c.state, _TABLE.c.not_applicable, _TABLE.c.na_reason)
    .where(_TABLE.c.assessment_id == bindparam("assessment"), _TABLE.c.item_id == bindparam("item"))
    .with_for_update()
)


def _locked(turn: Turn, assessment_id: int, item_id: str) -> ItemWork | None:
    key = {"assessment": assessment_id, "item": item_id}
    found: ItemWork | None = turn.session.execute(_LOCKED, key).scalar()
    return found


def _insert(session: Session, assessment_id: int, item_id: str) -> None:
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    session.connection().execute(
        insert(ItemWork)
        .values(
            assessment_id=assessment_id,
            item_id=item_id,
            state=NONE,
            reason="",
            not_applicable=False,
            na_reason="",
            waived=[],
            revision=0,
        )
        .on_conflict_do_nothing(index_elements=["assessment_id", "item_id"])
    )


def touched(turn: Turn, at: Place, *, answered: bool = False) -> bool:
    """The answer, Penjelasan or evidence of an item has changed: an approval or a wait for one is over.

    `answered`: the item has an answer again, which ends "tidak berlaku". Returns whether a review was undone;
    the item's screen says so as long as it is not sent again.
    """
    key = {"assessment": at.current.id, "item": at.item.id}
    turn.session.flush()
    found = turn.session.execute(_STATE, key).first()
    over = found is not None and (
        found.state in (WAITING, APPROVED) or (answered and (found.not_applicable or found.na_reason))
    )
    if not over:
        return False  # as nearly always: then no row is loaded
    row = _locked(turn, at.current.id, at.item.id)
    if row is None:
        return False
    undone = row.state in (WAITING, APPROVED)
    if answered and row.na_reason and not row.not_applicable:
        row.na_reason = ""  # what was asked since the year before is answered
        turn.session.add(row)
    if not undone and not (answered and row.not_applicable):
        return False
    was, na_reason = row.state, row.na_reason
    lifted = answered and row.not_applicable
    if undone:
        row.state = NONE
    if lifted:
        row.not_applicable, row.na_reason, row.na_by, row.na_at = False, "", None, None
    turn.session.add(row)
    turn.session.flush()
    if undone:
        log(turn, at, REOPEN, {"state": was}, {"state": NONE, "rev": row.revision})
    if lifted:
        log(turn, at, NA_OFF, {"reason": na_reason}, {"rev": row.revision})
    return undone


def touched_all(turn: Turn, places: Iterable[Place], *, answered: Iterable[str] = ()) -> None:
    """As `touched`, for many items of one assessment. `answered`: ids that have an answer again."""
    wanted, ids = {at.item.id: at for at in places}, frozenset(answered)
    if not wanted:
        return
    assessment = next(iter(wanted.values())).current.assessment
    present = works(turn.session, assessment)
    for item_id in sorted(wanted.keys() & present.keys()):
        touched(turn, wanted[item_id], answered=item_id in ids)
