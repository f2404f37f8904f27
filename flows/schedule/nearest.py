"""By when an item of the LKE is to be done. Reads only; other features may use it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select
from sqlmodel import Session

from flows.checklist.service import Current
from flows.days import due_day
from flows.models import Deadline
from flows.pic.service import scopes
from flows.schedule.names import OF_ITEMS, SUBMISSION, TPI
from flows.tables import metadata
from knowledge.answers import Item


@dataclass(frozen=True, slots=True)
class Nearest:
    """The day that counts for an item, and whose it is: item, sub, area, tpi or pengajuan."""

    day: date
    level: str


_TABLE = metadata.tables[Deadline.__tablename__]
_OPEN = select(_TABLE.c.ref, _TABLE.c.scope, _TABLE.c.due_at).where(
    _TABLE.c.assessment_id == bindparam("assessment"),
    _TABLE.c.done_at.is_(None),
    _TABLE.c.scope.in_(OF_ITEMS),
    _TABLE.c.ref.in_(("", bindparam("item"), bindparam("sub"), bindparam("area"))),
)


def of_item(session: Session, where: Current, item: Item) -> Nearest | None:
    """The open date nearest to the item; None without any. One query."""
    levels = {scope: level for level, scope in scopes(item)}
    found = session.execute(_OPEN, {"assessment": where.id, **dict(scopes(item))})
    days = {levels.get(ref, scope): due_day(due_at, where.unit.zone) for ref, scope, due_at in found}
    for level in (*levels.values(), TPI, SUBMISSION):
        if level in days:
            return Nearest(days[level], level)
    return None
