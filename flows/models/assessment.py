"""What a unit answers: one assessment (unit, year), its answers and every change of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from flows.tables import Table, versioned

UNIT_SIDE, ASSESSOR_SIDE, SERVICE_SIDE = "unit", "tpi", "layanan"


class Assessment(Table, table=True):
    """One unit's LKE of one year. The year fixes the instrument.

    `side` says whose truth it is: the unit's self-assessment, or the assessors' ("tpi"). Both have answers,
    history and a score of their own and never touch. "layanan" is no LKE: the unit's check of its public
    service in that year, with an instrument of its own and no score.

    `closed_at`: the unit works on another year. `archived_at`: the year is over (tahun ditutup); nothing of
    it is changed any more, also while no other year is open.
    """

    __tablename__ = "assessment"
    __table_args__ = (UniqueConstraint("unit_id", "year", "side"),)

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    year: int
    side: str = Field(default=UNIT_SIDE, max_length=8)
    target: str = Field(default="WBK", max_length=4)
    instrument_id: str = Field(max_length=32)
    created_at: datetime
    closed_at: datetime | None = None
    archived_at: datetime | None = None


class Answer(Table, table=True):
    """The present answer to one indicator or result item, with its narrative (Penjelasan).

    `choice` for options, `inputs` for ratio inputs or a survey index; both empty: only a narrative. `source`:
    chat, excel, or carried (from the year before); the last two until somebody says that it is right.
    """

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("assessment_id", "item_id"),)

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessment.id")
    item_id: str = Field(max_length=24)
    choice: str | None = Field(default=None, max_length=8)
    inputs: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    note: str = Field(default="", max_length=4000)
    source: str = Field(default="chat", max_length=16)
    answered_by: int | None = Field(default=None, foreign_key="person.id")
    answered_at: datetime | None = None
    note_by: int | None = Field(default=None, foreign_key="person.id")
    note_at: datetime | None = None
    revision: int = Field(default=1)


class AnswerChange(Table, table=True):
    """One change of one item: who, when, from what to what. Never updated.

    `behalf_id`: the change was made for this person ("atas nama").
    """

    __tablename__ = "answer_change"
    __table_args__ = (Index("ix_answer_change_item", "assessment_id", "item_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessment.id")
    item_id: str = Field(max_length=24)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    behalf_id: int | None = Field(default=None, foreign_key="person.id")
    at: datetime
    kind: str = Field(max_length=12)
    before: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    after: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))


versioned(Answer)
