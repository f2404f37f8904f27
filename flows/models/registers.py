"""Registers from the field: complaint counts, agents of change, innovations, reports of wealth."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, UniqueConstraint
from sqlmodel import Field

from flows.tables import Table, versioned


class RegisterEntry(Table, table=True):
    """One line of one register of one unit. Its fields by kind are in `flows.registers.kinds`.

    `slot` is the month ("202705") or year ("2027") of kinds that count by period, each at most once; else
    None. `content` holds counts as numbers, days as ISO text. A removed line is emptied and stays: its number
    stands on buttons.
    """

    __tablename__ = "register_entry"
    __table_args__ = (
        UniqueConstraint("unit_id", "kind", "slot"),
        Index("ix_register_entry_unit_kind", "unit_id", "kind"),
    )

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    kind: str = Field(max_length=8)
    slot: str | None = Field(default=None, max_length=6)
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    added_by: int | None = Field(default=None, foreign_key="person.id")
    added_at: datetime
    changed_by: int | None = Field(default=None, foreign_key="person.id")
    changed_at: datetime
    removed_at: datetime | None = None
    revision: int = Field(default=1)


class RegisterImport(Table, table=True):
    """A table of register lines that somebody sent. States: waiting, ready, failed, applied, cancelled.

    `lines` and `problems` are emptied when it ends; `counts` then tells what was done.
    """

    __tablename__ = "register_import"

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    kind: str = Field(max_length=8)
    person_id: int = Field(foreign_key="person.id", index=True)
    chat_id: int = Field(sa_type=BigInteger)
    file_name: str = Field(max_length=120)
    state: str = Field(default="waiting", max_length=10)
    lines: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    problems: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    counts: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    created_at: datetime
    ended_at: datetime | None = None


versioned(RegisterEntry)
