"""The tree of units as it stands, and the year a unit works for. Reads only."""

from datetime import date

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from flows.models import UNIT_SIDE, Assessment, Unit

SEASON_TURN = (6, 30)
"""After this day a new unit prepares for the evaluation of the next calendar year."""


def default_year(today: date) -> int:
    """The evaluation year a unit set up today works for."""
    return today.year + 1 if (today.month, today.day) > SEASON_TURN else today.year


def years_offered(today: date, current: int | None) -> tuple[int, ...]:
    """Three evaluation years to choose from, the present one among them."""
    first = default_year(today) - 1
    offered = {first, first + 1, first + 2} | ({current} if current is not None else set())
    return tuple(sorted(offered))


def assessment_of(session: Session, unit: Unit) -> Assessment | None:
    """The assessment the unit works on: the open one, the newest year first."""
    return session.exec(
        select(Assessment)
        .where(
            Assessment.unit_id == unit.id, Assessment.side == UNIT_SIDE, col(Assessment.closed_at).is_(None)
        )
        .order_by(col(Assessment.year).desc())
    ).first()


def children(session: Session, agency_id: int, parent_id: int | None, limit: int, offset: int) -> list[Unit]:
    """Units right below a parent (None: at the top): those in use first, by name."""
    return list(
        session.exec(
            below_of(agency_id, parent_id)
            .order_by(col(Unit.archived_at).is_not(None), func.lower(col(Unit.name)), col(Unit.id))
            .limit(limit)
            .offset(offset)
        ).all()
    )


def count_children(session: Session, agency_id: int, parent_id: int | None) -> int:
    """How many units, archived ones too, are right below a parent."""
    below = below_of(agency_id, parent_id).with_only_columns(col(Unit.id)).subquery()
    return session.exec(select(func.count()).select_from(below)).one()


def count_units(session: Session, agency_id: int) -> int:
    """How many units of the agency are in use."""
    return session.exec(
        select(func.count()).where(col(Unit.agency_id) == agency_id, col(Unit.archived_at).is_(None))
    ).one()


def child_counts(session: Session, unit_ids: list[int]) -> dict[int, int]:
    """The number of units in use right below each of these."""
    if not unit_ids:
        return {}
    found = session.exec(
        select(col(Unit.parent_id), func.count())
        .where(col(Unit.parent_id).in_(unit_ids), col(Unit.archived_at).is_(None))
        .group_by(col(Unit.parent_id))
    ).all()
    return {parent: count for parent, count in found if parent is not None}


def below_of(agency_id: int, parent_id: int | None) -> SelectOfScalar[Unit]:
    here = col(Unit.parent_id).is_(None) if parent_id is None else col(Unit.parent_id) == parent_id
    return select(Unit).where(col(Unit.agency_id) == agency_id, here)


def possible_parents(session: Session, unit: Unit, limit: int, offset: int) -> tuple[list[Unit], int]:
    """Units that this one could hang below, by name, and how many there are."""
    query = select(Unit).where(
        col(Unit.agency_id) == unit.agency_id,
        col(Unit.archived_at).is_(None),
        ~col(Unit.path).startswith(unit.path, autoescape=True),
    )
    ids = query.with_only_columns(col(Unit.id)).subquery()
    total = session.exec(select(func.count()).select_from(ids)).one()
    ordered = query.order_by(func.lower(col(Unit.name)), col(Unit.id)).limit(limit).offset(offset)
    return list(session.exec(ordered).all()), total


def name_taken(
    session: Session, agency_id: int, parent_id: int | None, name: str, but: int | None = None
) -> bool:
    """Whether a unit in use of that name (letter case aside) is right below the parent."""
    query = below_of(agency_id, parent_id).where(col(Unit.archived_at).is_(None))
    same = name.casefold()
    found = session.execute(query.with_only_columns(col(Unit.id), col(Unit.name))).all()
    return any(other.casefold() == same and id != but for id, other in found)
