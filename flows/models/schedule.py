"""Deadlines (batas waktu) of an assessment."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from flows.tables import Table, versioned


class Deadline(Table, table=True):
    """One deadline. `scope`: "tpi", "pengajuan" or "area"; `area` is "" except for scope "area"."""

    __tablename__ = "deadline"
    __table_args__ = (UniqueConstraint("assessment_id", "scope", "area"),)

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessment.id", index=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    scope: str = Field(max_length=12)
    area: str = Field(default="", max_length=8)
    due_at: datetime = Field(index=True)
    set_by: int | None = Field(default=None, foreign_key="person.id")
    set_at: datetime
    done_at: datetime | None = None
    revision: int = Field(default=1)


versioned(Deadline)
