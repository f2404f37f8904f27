"""Deadlines (batas waktu) of an assessment."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from flows.tables import Table, versioned


class Deadline(Table, table=True):
    """One deadline. `ref` says of what within its scope.

    `scope`: "tpi" and "pengajuan" (ref ""), "stage" (id of the stage), "area", "sub" and "item" (id in the
    instrument), "duty" (a recurring duty and its period, "monev:2027-01").
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
    revision: int = Field(default=1)


versioned(Deadline)
