"""What the agency's board shows of each unit, derived from its answers. Safe to empty: it is made again."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field

from flows.tables import Table


class UnitStanding(Table, table=True):
    """One unit as it stood when last computed. Points are in ten-thousandths, so that they sort exactly.

    `short` sums what every missed gate lacks; `missed` holds the ids of those gates, `areas` the share of
    each area (by id, in ten-thousandths), `blank` one letter per indicator in area order ("1": unanswered).
    `carried` answers of the year before count in the total and wait for somebody to confirm them.
    `due_at` is the deadline of the proposal, else of the assessors.
    """

    __tablename__ = "unit_standing"
    __table_args__ = (
        Index("ix_unit_standing_short", "agency_id", "short", "unit_id"),
        Index("ix_unit_standing_active", "agency_id", "active_at", "unit_id"),
        Index("ix_unit_standing_due", "agency_id", "due_at", "unit_id"),
        Index("ix_unit_standing_unit", "agency_id", "unit_id"),
    )

    unit_id: int = Field(primary_key=True, foreign_key="unit.id")
    agency_id: int = Field(foreign_key="agency.id")
    assessment_id: int = Field(foreign_key="assessment.id")
    year: int
    target: str = Field(max_length=4)
    instrument_id: str = Field(max_length=32)
    answered: int
    carried: int = 0
    approved: int
    items: int
    total: int
    short: int
    missed: list[str] = Field(default_factory=list, sa_type=JSON)
    areas: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    blank: str = Field(default="", max_length=200)
    due_at: datetime | None = None
    active_at: datetime | None = None
    computed_at: datetime


class BoardCursor(Table, table=True):
    """One row: up to which audit entry the board is true; `filled` once every unit was there."""

    __tablename__ = "board_cursor"

    id: int = Field(default=1, primary_key=True)
    audit_id: int = 0
    filled: bool = False
