"""Worksheets (LKE in Excel) that people sent: what was read, until they decide."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index
from sqlmodel import Field

from flows.tables import Table


class LkeImport(Table, table=True):
    """One file. States: waiting (being read), ready, failed, applied, cancelled.

    `cells` holds what was read and what was decided about it, `doubts` the cells to ask about. Both are
    emptied when the import ends: what was taken is in the answers then.
    """

    __tablename__ = "lke_import"
    __table_args__ = (Index("ix_lke_import_state", "state", "created_at"),)

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessment.id", index=True)
    unit_id: int = Field(foreign_key="unit.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    chat_id: int = Field(sa_type=BigInteger)
    file_name: str = Field(max_length=120)
    sha256: str = Field(default="", max_length=64)
    state: str = Field(default="waiting", max_length=10)
    cells: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    doubts: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    created_at: datetime
    applied_at: datetime | None = None
