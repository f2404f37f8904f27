"""What stands beside the answers: the survey register, conditions of proposal, how hard an indicator is."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from flows.tables import Table, versioned


class Survey(Table, table=True):
    """One survey of one unit. `part` of the `year`: "" all of it, "S1", "S2", "T1" to "T4", "M01" to "M12".

    `index_10k` is the index from 0 to 4 in ten-thousandths (3.52 is 35200). Respondents are a number only.
    """

    __tablename__ = "survey"
    __table_args__ = (UniqueConstraint("unit_id", "kind", "year", "part"),)

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    kind: str = Field(max_length=8)
    year: int
    part: str = Field(default="", max_length=4)
    index_10k: int | None = None
    respondents: int | None = None
    report: str = Field(default="", max_length=500)
    published: str = Field(default="", max_length=500)
    follow_up: str = Field(default="", max_length=1000)
    added_by: int | None = Field(default=None, foreign_key="person.id")
    added_at: datetime
    changed_by: int | None = Field(default=None, foreign_key="person.id")
    changed_at: datetime
    revision: int = Field(default=1)


class EligibilityAnswer(Table, table=True):
    """One answered condition of proposal. `unit_id` 0 stands for the whole agency, `year` 0 for every year.

    `value`: "ya", "wbk" (enough for WBK only) or "tidak"; for the line "jenis" of an agency "pemda" or "kl".
    """

    __tablename__ = "eligibility_answer"
    __table_args__ = (UniqueConstraint("agency_id", "unit_id", "year", "line_id"),)

    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    unit_id: int = 0
    year: int = 0
    line_id: str = Field(max_length=32)
    value: str = Field(max_length=8)
    answered_by: int | None = Field(default=None, foreign_key="person.id")
    answered_at: datetime


class IndicatorMark(Table, table=True):
    """How hard a coordinator finds it to improve an item this year: "mudah", "sedang", "berat", "tidak"."""

    __tablename__ = "indicator_mark"
    __table_args__ = (UniqueConstraint("assessment_id", "item_id"),)

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessment.id")
    item_id: str = Field(max_length=24)
    mark: str = Field(max_length=8)
    marked_by: int | None = Field(default=None, foreign_key="person.id")
    marked_at: datetime


versioned(Survey)
