"""The audit trail: append-only, person ids and codes, never names or texts."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from flows.tables import Table


class AuditEntry(Table, table=True):
    """One thing that was done. A database trigger refuses updates and deletes."""

    __tablename__ = "audit_entry"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    unit_id: int | None = Field(default=None, index=True)
    person_id: int | None = Field(default=None, index=True)
    act: str = Field(max_length=32)
    subject: str = Field(default="", max_length=64)
    facts: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))
