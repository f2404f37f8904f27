"""After the submission: an agency's shortlist of a year, results stage by stage, notes of the LHE."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from flows.tables import Table, versioned


class SeasonRound(Table, table=True):
    """One agency's proposals of one year: the quota with its letter, and what its units are shown.

    `opened_at`: units see "Setelah pengajuan" though their day of submission is still to come.
    `announced_at`: when the picks were last told to the units.
    """

    __tablename__ = "season_round"
    __table_args__ = (UniqueConstraint("agency_id", "year"),)

    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    year: int
    quota: int | None = None
    letter: str = Field(default="", max_length=200)
    opened_at: datetime | None = None
    announced_at: datetime | None = None
    set_by: int | None = Field(default=None, foreign_key="person.id")
    set_at: datetime
    revision: int = Field(default=1)


class SeasonUnit(Table, table=True):
    """One unit in one year: the agency's pick ("", WBK or WBBM), what of it was told, how far it came.

    `stage` and `result` repeat the last stage that has a result (`StageResult`), so that a list of thousands
    of units is one query.
    """

    __tablename__ = "season_unit"
    __table_args__ = (
        UniqueConstraint("unit_id", "year"),
        Index("ix_season_unit_stage", "agency_id", "year", "stage", "unit_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    unit_id: int = Field(foreign_key="unit.id")
    year: int
    pick: str = Field(default="", max_length=4)
    told: str = Field(default="", max_length=4)
    picked_by: int | None = Field(default=None, foreign_key="person.id")
    picked_at: datetime | None = None
    stage: str = Field(default="", max_length=24)
    result: str = Field(default="", max_length=12)
    ended: bool = False
    revision: int = Field(default=1)


class StageResult(Table, table=True):
    """What came of one stage after the submission, as the unit or its agency has noted it down."""

    __tablename__ = "stage_result"
    __table_args__ = (UniqueConstraint("unit_id", "year", "stage"),)

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    year: int
    stage: str = Field(max_length=24)
    result: str = Field(default="", max_length=12)
    decided_on: date | None = None
    note: str = Field(default="", max_length=1000)
    set_by: int | None = Field(default=None, foreign_key="person.id")
    set_at: datetime
    revision: int = Field(default=1)


class LheNote(Table, table=True):
    """One note of a year's result report (LHE). `task_id`: the action item that it became in a later year."""

    __tablename__ = "lhe_note"
    __table_args__ = (Index("ix_lhe_note_year", "unit_id", "year"),)

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    year: int
    item_id: str | None = Field(default=None, max_length=24)
    text: str = Field(max_length=1000)
    task_id: int | None = Field(default=None, foreign_key="task.id")
    made_by: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime
    removed_at: datetime | None = None
    revision: int = Field(default=1)


for table in (SeasonRound, SeasonUnit, StageResult, LheNote):
    versioned(table)
