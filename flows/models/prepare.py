"""Before an evaluation: a person's interview drills, which are theirs alone, and a unit's counter walks."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from flows.tables import Table, versioned


class DrillEnrolment(Table, table=True):
    """That a person takes part in a unit's drills, by their own choice; ended by `ended_at`.

    `remind`: they asked to be reminded. `told` counts the reminders since their last drill, `told_on` is
    the day of the last one and `drilled_on` that of the last drill.
    """

    __tablename__ = "drill_enrolment"
    __table_args__ = (UniqueConstraint("person_id", "unit_id"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    unit_id: int = Field(foreign_key="unit.id", index=True)
    remind: bool = False
    joined_at: datetime
    ended_at: datetime | None = None
    told: int = 0
    told_on: date | None = None
    drilled_on: date | None = None
    revision: int = Field(default=1)


class DrillCard(Table, table=True):
    """One question as one person knows it: its box from 1, and the day from which it is due again."""

    __tablename__ = "drill_card"

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    card: str = Field(primary_key=True, max_length=40)
    area: str = Field(default="", max_length=8)
    box: int
    due_on: date
    seen_times: int = 0
    right_times: int = 0
    last_on: date


class DrillRound(Table, table=True):
    """One drill: its questions in order, what was chosen (-1: nothing yet) and whether it was right (1)."""

    __tablename__ = "drill_round"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    unit_id: int = Field(foreign_key="unit.id")
    cards: list[str] = Field(default_factory=list, sa_type=JSON)
    picks: list[int] = Field(default_factory=list, sa_type=JSON)
    marks: list[int] = Field(default_factory=list, sa_type=JSON)
    begun_on: date
    begun_at: datetime
    ended_at: datetime | None = None
    revision: int = Field(default=1)


class Walk(Table, table=True):
    """One walk of a unit's people along what assessors see. At most one of a unit is open."""

    __tablename__ = "walk"
    __table_args__ = (Index("ix_walk_unit", "unit_id", "ended_at"),)

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    begun_by: int | None = Field(default=None, foreign_key="person.id")
    begun_at: datetime
    ended_by: int | None = Field(default=None, foreign_key="person.id")
    ended_at: datetime | None = None
    revision: int = Field(default=1)


class WalkMark(Table, table=True):
    """What was found at one point: ada, belum, rusak, or lewat (does not concern the unit)."""

    __tablename__ = "walk_mark"
    __table_args__ = (UniqueConstraint("walk_id", "point"),)

    id: int | None = Field(default=None, primary_key=True)
    walk_id: int = Field(foreign_key="walk.id")
    point: str = Field(max_length=20)
    state: str = Field(default="", max_length=8)
    note: str = Field(default="", max_length=300)
    set_by: int | None = Field(default=None, foreign_key="person.id")
    set_at: datetime
    task_id: int | None = Field(default=None, foreign_key="task.id")
    revision: int = Field(default=1)


class WalkPhoto(Table, table=True):
    """A photo taken at a point. Telegram keeps it until it is made evidence (`intake_id`).

    `file` is what an `Intake` notes of a sent file; emptied when the photo is removed.
    """

    __tablename__ = "walk_photo"
    __table_args__ = (Index("ix_walk_photo_point", "walk_id", "point"),)

    id: int | None = Field(default=None, primary_key=True)
    walk_id: int = Field(foreign_key="walk.id")
    point: str = Field(max_length=20)
    file: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    taken_by: int | None = Field(default=None, foreign_key="person.id")
    taken_at: datetime
    intake_id: int | None = Field(default=None, foreign_key="intake.id")
    removed_at: datetime | None = None


for table in (DrillEnrolment, DrillRound, Walk, WalkMark):
    versioned(table)
