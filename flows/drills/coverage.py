"""What those who lead are told of drills: in which areas people have drilled, and never who or how well.

A number is shown as a band and only when it hides everybody: at least `SMALLEST` people have drilled, and at
least `SPARE` more people of the team may or may not be among them.
"""

from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from flows import policy
from flows.checklist import service as checklist
from flows.drills import service
from flows.drills.opening import Opening, opening_of
from flows.models import DrillCard, DrillEnrolment, Membership, Unit
from flows.people import active
from flows.policy import UNIT_SIDE_ROLES
from flows.turn import Turn
from knowledge.drills import GENERAL
from knowledge.instrument import Area

SMALLEST, SPARE = 5, 2
BANDS = (SMALLEST, 10, 20, 40, 80)


@dataclass(frozen=True, slots=True)
class Coverage:
    """By area (None: what everybody should know), the band that may be told: "at least so many", or None."""

    unit: Unit
    opening: Opening
    team: int
    lines: tuple[tuple[Area | None, int | None], ...]


def coverage(turn: Turn, unit_id: int) -> Coverage:
    """Of one unit in the weeks before its evaluation. Raises Missing, NotAllowed."""
    unit = turn.unit_by_id(unit_id)
    policy.require(turn.actor, "coverage", unit)
    opening = opening_of(turn.session, unit, service.today_of(turn, unit))
    where = checklist.assessment_of(turn.session, unit).instrument_id
    areas: list[Area | None] = [None, *turn.library.instrument(where).areas]
    team = _team(turn, unit)
    counted = _counted(turn.session, turn, unit, opening)
    lines = tuple((area, band(counted.get(area.id if area else GENERAL, 0), team)) for area in areas)
    return Coverage(unit, opening, team, lines)


def band(count: int, team: int) -> int | None:
    """The largest band that the count reaches and that leaves `SPARE` people open; None for none."""
    return max((each for each in BANDS if each <= min(count, team - SPARE)), default=None)


def _team(turn: Turn, unit: Unit) -> int:
    return turn.session.exec(
        select(func.count(func.distinct(col(Membership.person_id)))).where(
            Membership.unit_id == unit.id,
            col(Membership.role).in_(UNIT_SIDE_ROLES),
            active(turn.now),
        )
    ).one()


def _counted(session: Session, turn: Turn, unit: Unit, opening: Opening) -> dict[str, int]:
    """People who take part now and have answered something of the area since it opened."""
    if opening.opens_on is None:
        return {}
    found = session.exec(
        select(DrillCard.area, func.count(func.distinct(col(DrillCard.person_id))))
        .join(DrillEnrolment, col(DrillEnrolment.person_id) == col(DrillCard.person_id))
        .join(Membership, col(Membership.person_id) == col(DrillCard.person_id))
        .where(
            DrillEnrolment.unit_id == unit.id,
            col(DrillEnrolment.ended_at).is_(None),
            Membership.unit_id == unit.id,
            col(Membership.role).in_(UNIT_SIDE_ROLES),
            active(turn.now),
            DrillCard.last_on >= opening.opens_on,
        )
        .group_by(col(DrillCard.area))
    ).all()
    return dict(found)
