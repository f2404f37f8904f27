"""Whose questions somebody looks after: a coordinator their unit's, an admin their agency's."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import col

from flows import routes
from flows.learning import refusals
from flows.models import Unit, UnmetQuestion
from flows.policy import admin_agencies
from flows.turn import Turn


@dataclass(frozen=True, slots=True)
class Scope:
    """A whole agency, or with `unit_id` one unit of it."""

    agency_id: int
    unit_id: int | None

    @property
    def is_admin(self) -> bool:
        """Whether the whole agency is meant."""
        return self.unit_id is None

    def of_unmet(self) -> ColumnElement[bool]:
        """The condition on unmet questions."""
        if self.unit_id is not None:
            return col(UnmetQuestion.unit_id) == self.unit_id
        return col(UnmetQuestion.agency_id) == self.agency_id


def agency_of(turn: Turn) -> int | None:
    """The agency whose answers hold for the actor here: the open unit's, else the one they administer."""
    unit = turn.open_unit
    if unit is not None:
        return unit.agency_id
    agencies = admin_agencies(turn.actor)
    return agencies[0] if agencies else None


def find(turn: Turn) -> Scope | None:
    """What the actor looks after, by the open unit; None for everybody else."""
    own, unit = admin_agencies(turn.actor), turn.open_unit
    if unit is not None and unit.agency_id in own:
        return Scope(unit.agency_id, None)
    if unit is not None and coordinates(turn, unit):
        return Scope(unit.agency_id, unit.id)
    return Scope(own[0], None) if own else None


def required(turn: Turn) -> Scope:
    """What the actor looks after. Raises NotAllowed for others and in groups."""
    if not turn.event.private:
        raise refusals.private()
    scope = find(turn)
    if scope is None:
        raise refusals.only_team()
    return scope


def over(turn: Turn, agency_id: int) -> Scope:
    """What the actor looks after within this agency, whichever unit is open. Raises NotAllowed, Missing."""
    if not turn.event.private:
        raise refusals.private()
    if agency_id in admin_agencies(turn.actor):
        return Scope(agency_id, None)
    scope = required(turn)
    if scope.agency_id != agency_id:
        raise refusals.entry_gone(routes.TEAM_QUESTIONS(0))
    return scope


def required_admin(turn: Turn) -> Scope:
    """The agency the actor administers. Raises NotAllowed."""
    scope = required(turn)
    if not scope.is_admin:
        raise refusals.only_admin()
    return scope


def coordinates(turn: Turn, unit: Unit) -> bool:
    """Whether the actor coordinates the unit."""
    return turn.actor.has_role("koordinator", unit)
