"""What an agency brings in and hands down: tables of units and people, and evidence for all its units."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, UniqueConstraint
from sqlmodel import Field

from flows.tables import Table, versioned


class BulkImport(Table, table=True):
    """A table of units and people that an admin sent.

    States: waiting (being read), ready, applying, applied, stopped, failed, cancelled. What was read lies in
    `BulkPart`, a portion each, and goes portion by portion as it is applied. `counts` tells how many lines
    are new, changed, the same and wrong, by sheet; `problems` what is wrong, by line; `same` the ranges of
    lines that change nothing. `made` tells which unit became of which line. `done` of `total` portions are
    applied.
    """

    __tablename__ = "bulk_import"
    __table_args__ = (Index("ix_bulk_import_agency", "agency_id", "state"),)

    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    chat_id: int = Field(sa_type=BigInteger)
    file_name: str = Field(max_length=120)
    state: str = Field(default="waiting", max_length=10)
    failure: str = Field(default="", max_length=300)
    counts: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    problems: list[list[Any]] = Field(default_factory=list, sa_type=JSON)
    same: list[list[Any]] = Field(default_factory=list, sa_type=JSON)
    made: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    done: int = 0
    total: int = 0
    created_at: datetime
    ended_at: datetime | None = None


class BulkPart(Table, table=True):
    """One portion of an import that is still to be applied: lines as they were read and found right."""

    __tablename__ = "bulk_part"
    __table_args__ = (UniqueConstraint("import_id", "no"),)

    id: int | None = Field(default=None, primary_key=True)
    import_id: int = Field(foreign_key="bulk_import.id")
    no: int
    lines: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)


class SharedEvidence(Table, table=True):
    """Evidence that an agency hands down to its units: sent once, attached by each unit to its own items.

    `items` are the items that it fits, by instrument-independent id; `branch_id` narrows it to a unit and
    those below. States: reading, ready (its facts are asked for), active, withdrawn, failed, cancelled.
    `period` and `dated_on` as in `Evidence`.
    """

    __tablename__ = "shared_evidence"
    __table_args__ = (Index("ix_shared_evidence_agency", "agency_id", "state"),)

    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    branch_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    title: str = Field(default="", max_length=200)
    items: list[str] = Field(default_factory=list, sa_type=JSON)
    period: str = Field(default="", max_length=10)
    dated_on: date | None = None
    state: str = Field(default="reading", max_length=10)
    why: str = Field(default="", max_length=300)
    made_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    made_at: datetime
    published_at: datetime | None = None
    withdrawn_at: datetime | None = None
    revision: int = Field(default=1)


class SharedVersion(Table, table=True):
    """One version of shared evidence, counted from 1; never overwritten. `kind`: file or link.

    States: reading, ready, failed. The newest that is ready counts.
    """

    __tablename__ = "shared_version"
    __table_args__ = (UniqueConstraint("shared_id", "no"), Index("ix_shared_version_sha256", "sha256"))

    id: int | None = Field(default=None, primary_key=True)
    shared_id: int = Field(foreign_key="shared_evidence.id")
    no: int = 1
    kind: str = Field(default="file", max_length=8)
    sha256: str | None = Field(default=None, foreign_key="stored_file.sha256", max_length=64)
    file_name: str = Field(default="", max_length=160)
    url: str = Field(default="", max_length=1000)
    findings: list[str] = Field(default_factory=list, sa_type=JSON)
    link_state: str = Field(default="", max_length=8)
    checked_at: datetime | None = None
    state: str = Field(default="reading", max_length=8)
    made_by: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime


versioned(SharedEvidence)
