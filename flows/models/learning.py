"""What the team teaches the bot: questions handed to a coordinator, and the agency's own answers."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, UniqueConstraint
from sqlmodel import Field

from flows.tables import Table


class TeamQuestion(Table, table=True):
    """A question handed to the coordinators of a unit. States: open, answered, closed, withdrawn.

    `asker_id` is emptied when the asker has their data deleted; `named` tells whether the coordinators may
    see who asked.
    """

    __tablename__ = "team_question"

    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    unit_id: int = Field(foreign_key="unit.id", index=True)
    asker_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    named: bool = False
    text: str = Field(max_length=1000)
    state: str = Field(default="open", max_length=10)
    asked_at: datetime
    answer: str = Field(default="", max_length=3000)
    answered_by: int | None = Field(default=None, foreign_key="person.id")
    answered_at: datetime | None = None


class AgencyEntry(Table, table=True):
    """An answer that an agency gives to its own people. States: draft, active, retired; no row is removed.

    `revision` counts the changes of the whole agency, so that the greatest one tells whether anything has
    changed. `question_id` is the team's question it came from.
    """

    __tablename__ = "agency_entry"
    __table_args__ = (UniqueConstraint("agency_id", "revision"),)

    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    question_id: int | None = Field(default=None, foreign_key="team_question.id", index=True)
    questions: list[str] = Field(default_factory=list, sa_type=JSON)
    short: str = Field(max_length=700)
    detail: str = Field(default="", max_length=2600)
    rule: str = Field(default="", max_length=300)
    state: str = Field(default="draft", max_length=8)
    revision: int
    made_by: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime
    changed_by: int | None = Field(default=None, foreign_key="person.id")
    changed_at: datetime


class EntryImport(Table, table=True):
    """A file of agency entries that an admin sent. States: waiting, ready, failed, applied, cancelled.

    `lines` holds what was read and `problems` what was wrong, both emptied when the import ends; `counts`
    then tells what was done.
    """

    __tablename__ = "entry_import"

    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    chat_id: int = Field(sa_type=BigInteger)
    file_name: str = Field(max_length=120)
    state: str = Field(default="waiting", max_length=10)
    lines: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    problems: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    counts: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    created_at: datetime
    ended_at: datetime | None = None
