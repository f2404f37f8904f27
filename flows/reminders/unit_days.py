"""How many days before something is due a unit is reminded: its own choice, else the usual. Reads only."""

from collections.abc import Collection, Mapping

from sqlmodel import Session, col, select

from flows.models import Unit, UnitReminding
from flows.reminders import moments


def days_before_of(session: Session, unit_ids: Collection[int]) -> Mapping[int, tuple[int, ...]]:
    """The days before of those units that have their own."""
    rows = session.exec(select(UnitReminding).where(col(UnitReminding.unit_id).in_(unit_ids))).all()
    return {row.unit_id: tuple(row.days_before) for row in rows}


def days_before(session: Session, unit: Unit) -> tuple[int, ...]:
    """The days before of one unit."""
    row = session.get(UnitReminding, unit.id)
    return tuple(row.days_before) if row is not None else moments.DAYS_BEFORE
