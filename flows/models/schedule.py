"""Deadlines (batas waktu) of an assessment, and what they are made from."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, false
from sqlmodel import Field

from flows.tables import Table, versioned


class Deadline(Table, table=True):
    """One deadline. `ref` says of what within its scope.

    `scope`: "tpi" and "pengajuan" (ref ""), "stage" (id of the stage), "area", "sub" and "item" (id in the
    instrument), "duty" (a recurring duty and its period, "monev:2027-01"). A `pinned` one stays where it is
    when those around it are shifted.
    """

    __tablename__ = "deadline"
    __table_args__ = (UniqueConstraint("assessment_id", "scope", "ref"),)

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessment.id", index=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    scope: str = Field(max_length=12)
    ref: str = Field(default="", max_length=40)
    due_at: datetime = Field(index=True)
    set_by: int | None = Field(default=None, foreign_key="person.id")
    set_at: datetime
    done_at: datetime | None = None
    pinned: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    revision: int = Field(default=1)


class StageOffset(Table, table=True):
    """An agency's template: a stage falls `days_before` days before the submission (negative: after)."""

    __tablename__ = "stage_offset"
    __table_args__ = (UniqueConstraint("agency_id", "stage"),)

    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    stage: str = Field(max_length=24)
    days_before: int
    set_by: int | None = Field(default=None, foreign_key="person.id")
    set_at: datetime
    revision: int = Field(default=1)


class UnitDuty(Table, table=True):
    """That a unit has a recurring duty in its schedule (`active`) or has switched it off, and its day.

    `day` is the day within the period's due month (31 = its last); None is the usual one.
    """

    __tablename__ = "unit_duty"
    __table_args__ = (UniqueConstraint("unit_id", "duty"), Index("ix_unit_duty_active", "active", "unit_id"))

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    duty: str = Field(max_length=24)
    active: bool = True
    day: int | None = None
    set_by: int | None = Field(default=None, foreign_key="person.id")
    set_at: datetime
    revision: int = Field(default=1)


for table in (Deadline, StageOffset, UnitDuty):
    versioned(table)
