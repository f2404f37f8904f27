"""Templates of letters that an agency uses instead of the program's own."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field

from flows.tables import Table, versioned


class LetterTemplate(Table, table=True):
    """A template that an admin has sent. States: reading, refused, ready, active, old.

    At most one of an agency and kind of letter is active. `problems` say what is wrong with it; `fields` and
    `rows` what it uses. `trial_sha256` is the letter that it made of invented facts. Nothing is deleted.
    """

    __tablename__ = "letter_template"
    __table_args__ = (Index("ix_letter_template_use", "agency_id", "code", "state"),)

    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    code: str = Field(max_length=16)
    state: str = Field(default="reading", max_length=8)
    file_name: str = Field(default="", max_length=120)
    sha256: str | None = Field(default=None, foreign_key="stored_file.sha256", max_length=64)
    trial_sha256: str | None = Field(default=None, foreign_key="stored_file.sha256", max_length=64)
    fields: list[str] = Field(default_factory=list, sa_type=JSON)
    rows: list[str] = Field(default_factory=list, sa_type=JSON)
    problems: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    made_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    made_at: datetime
    decided_at: datetime | None = None
    revision: int = Field(default=1)


versioned(LetterTemplate)
