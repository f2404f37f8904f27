"""Evidence (bukti dukung): the thing, its versions, what it serves, and the bytes kept once."""

from datetime import date, datetime

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from flows.tables import Table, versioned


class StoredFile(Table, table=True):
    """Bytes in the store, kept once however often they were sent; the store's key is the SHA-256 in hex."""

    __tablename__ = "stored_file"

    sha256: str = Field(primary_key=True, max_length=64)
    size_bytes: int
    mime: str = Field(max_length=100)
    stored_at: datetime


class Evidence(Table, table=True):
    """One piece of evidence of a unit: a file or link with versions, serving one or several items.

    `period` is "", a year "2026", a quarter "2026-TW3", a half "2026-S1" or a month "2026-01". `dated_on`
    is the date of the evidence itself, `valid_until` the last day on which it counts, where it names one.
    `restricted` is the class "terbatas": seen by PIC, ketua pokja,
    koordinator and the assigned assessors only. Nothing is deleted: `removed_at` takes it out of sight.
    `shared_id` is what the agency handed down and this unit attached (bukti bersama), `shared_no` the version
    of it that stands here.
    """

    __tablename__ = "evidence"

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    title: str = Field(max_length=200)
    period: str = Field(default="", max_length=10)
    dated_on: date | None = None
    valid_until: date | None = Field(default=None, index=True)
    restricted: bool = False
    shared_id: int | None = Field(default=None, foreign_key="shared_evidence.id", index=True)
    shared_no: int | None = None
    made_by: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime
    removed_by: int | None = Field(default=None, foreign_key="person.id")
    removed_at: datetime | None = None
    revision: int = Field(default=1)


class EvidenceVersion(Table, table=True):
    """One version of a piece of evidence, counted from 1. Never overwritten.

    `kind`: file or link. `findings` are codes of the evidence doctor. `link_state`: "" (not yet looked
    at), open (terbuka), locked (terkunci), unknown (tidak dapat dicek).
    """

    __tablename__ = "evidence_version"
    __table_args__ = (
        UniqueConstraint("evidence_id", "no"),
        Index("ix_evidence_version_sha256", "sha256"),
        Index("ix_evidence_version_link", "link_state", "checked_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    evidence_id: int = Field(foreign_key="evidence.id")
    no: int = 1
    kind: str = Field(default="file", max_length=8)
    sha256: str | None = Field(default=None, foreign_key="stored_file.sha256", max_length=64)
    file_name: str = Field(default="", max_length=160)
    url: str = Field(default="", max_length=1000)
    findings: list[str] = Field(default_factory=list, sa_type=JSON)
    link_state: str = Field(default="", max_length=8)
    checked_at: datetime | None = None
    made_by: int | None = Field(default=None, foreign_key="person.id")
    behalf_id: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime


class EvidenceUse(Table, table=True):
    """That a piece of evidence serves an item. `expected` is the place (from 0) of the instrument's example
    that it is; None for something else ("lainnya"). `verdict`: "" / approved / returned, with the
    reviewer's reason.
    """

    __tablename__ = "evidence_use"
    __table_args__ = (
        UniqueConstraint("assessment_id", "item_id", "evidence_id"),
        Index("ix_evidence_use_evidence", "evidence_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    evidence_id: int = Field(foreign_key="evidence.id")
    assessment_id: int = Field(foreign_key="assessment.id")
    item_id: str = Field(max_length=24)
    expected: int | None = None
    verdict: str = Field(default="", max_length=8)
    reason: str = Field(default="", max_length=400)
    made_by: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime


class EvidenceWindow(Table, table=True):
    """The months from which evidence of a year counts (rentang bukti), for an agency or one unit of it.

    `unit_id` None is the agency's own; the unit's goes before it.
    """

    __tablename__ = "evidence_window"
    __table_args__ = (UniqueConstraint("agency_id", "unit_id", "year"),)

    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    year: int
    first_day: date
    last_day: date
    set_by: int | None = Field(default=None, foreign_key="person.id")
    set_at: datetime


versioned(Evidence)
