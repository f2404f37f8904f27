"""The internal assessors (TPI): who judges a unit, in which round, with which findings and private notes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from flows.tables import Table, versioned


class TpiAssignment(Table, table=True):
    """An assessor is assigned to judge one unit in one year; `assessment_id` is the unit's own worksheet.

    `tier`: anggota, ketua or pengendali (pengendali teknis). `areas` are area ids ("H" for the results);
    empty means all of them. The right itself is the person's membership `penilai` of the unit.
    """

    __tablename__ = "tpi_assignment"
    __table_args__ = (UniqueConstraint("assessment_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessment.id")
    unit_id: int = Field(foreign_key="unit.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    tier: str = Field(default="anggota", max_length=10)
    areas: list[str] = Field(default_factory=list, sa_type=JSON)
    made_by: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime
    ended_at: datetime | None = None
    revision: int = Field(default=1)


class TpiRound(Table, table=True):
    """A round (putaran) of assessment. Running until the ketua has signed, closed once pengendali teknis has.

    `cutoff_on` is the last day whose entries of the unit count in it. `values` holds what was signed, by
    item: [choice, inputs, reason]; `total` is its score as shown then. Never changed once closed.
    """

    __tablename__ = "tpi_round"
    __table_args__ = (UniqueConstraint("assessment_id", "no"),)

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessment.id")
    no: int = 1
    cutoff_on: date | None = None
    opened_by: int | None = Field(default=None, foreign_key="person.id")
    opened_at: datetime
    led_by: int | None = Field(default=None, foreign_key="person.id")
    led_at: datetime | None = None
    closed_by: int | None = Field(default=None, foreign_key="person.id")
    closed_at: datetime | None = None
    values: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    total: str = Field(default="", max_length=12)
    revision: int = Field(default=1)


class TpiFinding(Table, table=True):
    """What assessors ask a unit to explain or mend on an item (catatan TPI), and its tanggapan.

    States: draft (seen by assessors alone until its round is signed), open (waits for the unit), answered
    (tanggapan was given), done (settled), dropped. From "open" on the unit's side is the action item
    `task_id`: its PIC and day count then, not `person_id` and `due_on`.
    """

    __tablename__ = "tpi_finding"
    __table_args__ = (Index("ix_tpi_finding_state", "assessment_id", "state"),)

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessment.id")
    unit_id: int = Field(foreign_key="unit.id", index=True)
    round_id: int = Field(foreign_key="tpi_round.id", index=True)
    item_id: str = Field(max_length=24)
    text: str = Field(max_length=800)
    state: str = Field(default="draft", max_length=8)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    due_on: date | None = None
    task_id: int | None = Field(default=None, foreign_key="task.id", index=True)
    made_by: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime
    answer: str = Field(default="", max_length=1000)
    answered_by: int | None = Field(default=None, foreign_key="person.id")
    answered_at: datetime | None = None
    remark: str = Field(default="", max_length=800)
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = None
    revision: int = Field(default=1)


class TpiNote(Table, table=True):
    """An assessor's own note on an item, read by the unit's assessors alone."""

    __tablename__ = "tpi_note"
    __table_args__ = (UniqueConstraint("assessment_id", "item_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessment.id")
    item_id: str = Field(max_length=24)
    person_id: int = Field(foreign_key="person.id", index=True)
    text: str = Field(max_length=1000)
    at: datetime


for table in (TpiAssignment, TpiRound, TpiFinding):
    versioned(table)
