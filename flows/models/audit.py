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


class AuditSeal(Table, table=True):
    """A link of the chain over the audit trail: what stood from `first_id` to `last_id` when it was sealed.

    `digest` is the SHA-256 of the digest before it and of those entries. A trigger refuses changes here too.
    """

    __tablename__ = "audit_seal"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    first_id: int
    last_id: int
    entries: int
    digest: str = Field(max_length=64)
    at: datetime
