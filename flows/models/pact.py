"""The pakta integritas of a unit: who is to sign, signed sheets, and its pencanangan."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from flows.tables import Table, versioned


class PactSheet(Table, table=True):
    """One signed sheet that was sent: a scan, or a PDF with electronic signatures (TTE).

    `state`: reading, ready, failed (`why` says what to do) or removed. Whoever it covers points at it. A
    removed sheet is emptied and stays: its number stands on buttons.
    """

    __tablename__ = "pact_sheet"

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    form: str = Field(default="scan", max_length=4)
    state: str = Field(default="reading", max_length=8)
    why: str = Field(default="", max_length=300)
    sha256: str | None = Field(default=None, foreign_key="stored_file.sha256", max_length=64, index=True)
    file_name: str = Field(default="", max_length=160)
    signed_on: date | None = None
    added_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    added_at: datetime
    revision: int = Field(default=1)


class PactSigner(Table, table=True):
    """Somebody of a unit with what is known of their signature. Without `person_id` a typed name.

    `sheet_id` is the signed sheet that covers them. `willing_at` is a tap in the chat: a promise to sign, no
    signature. `asked_at`: when the bot last asked them. A removed row is emptied and stays.
    """

    __tablename__ = "pact_signer"
    __table_args__ = (UniqueConstraint("unit_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    name: str = Field(default="", max_length=120)
    sheet_id: int | None = Field(default=None, foreign_key="pact_sheet.id", index=True)
    willing_at: datetime | None = None
    asked_at: datetime | None = None
    made_by: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime
    removed_at: datetime | None = None
    revision: int = Field(default=1)


class Launch(Table, table=True):
    """The pencanangan of a unit, once: when it was, when the charter (piagam) was signed, who saw it.

    `published` says where the public can read of it.
    """

    __tablename__ = "launch"
    __table_args__ = (UniqueConstraint("unit_id"),)

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    held_on: date | None = None
    charter_on: date | None = None
    witnesses: str = Field(default="", max_length=300)
    published: str = Field(default="", max_length=500)
    set_by: int | None = Field(default=None, foreign_key="person.id")
    set_at: datetime
    revision: int = Field(default=1)


for table in (PactSheet, PactSigner, Launch):
    versioned(table)
