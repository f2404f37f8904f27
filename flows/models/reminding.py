"""Reminders: what each person was told, promised and asked for, and how they want to be told."""

from datetime import date, datetime

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from flows.tables import Table, versioned


class Reminder(Table, table=True):
    """One thing that is due and one person who is reminded of it. Written when first told.

    `kind` and `ref` are those of the due thing. `promised_on`: their promise, which reminders keep to.
    `again_on` and `again_at`: they asked to be told again on that day's morning, or at that moment.
    `not_mine_at`: they said it is not theirs; until `again_on` they are left in peace.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("unit_id", "person_id", "kind", "ref"),
        Index("ix_reminder_told", "person_id", "last_told_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    person_id: int = Field(foreign_key="person.id")
    kind: str = Field(max_length=12)
    ref: str = Field(default="", max_length=64)
    due_on: date
    first_told_on: date | None = None
    last_told_on: date | None = None
    times_told: int = 0
    late: bool = False
    opened_at: datetime | None = None
    promised_on: date | None = Field(default=None, index=True)
    again_on: date | None = Field(default=None, index=True)
    again_at: datetime | None = Field(default=None, index=True)
    reason: str = Field(default="", max_length=500)
    stuck_at: datetime | None = None
    not_mine_at: datetime | None = None
    revision: int = Field(default=1)


class Escalation(Table, table=True):
    """Somebody who leads is told of what is overdue, once for each level. The record of it.

    Levels: ketua, koordinator, admin; "henti" says that its reminders have come to an end. `told_on` is the
    day whose digest holds it; None while that digest is still to come.
    """

    __tablename__ = "escalation"
    __table_args__ = (
        UniqueConstraint("unit_id", "kind", "ref", "due_on", "level", "person_id"),
        Index("ix_escalation_told", "person_id", "told_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    kind: str = Field(max_length=12)
    ref: str = Field(default="", max_length=64)
    due_on: date
    level: str = Field(max_length=12)
    person_id: int = Field(foreign_key="person.id")
    made_on: date
    told_on: date | None = Field(default=None, index=True)


class ReminderPref(Table, table=True):
    """How one person wants to be reminded; without a row everything is as usual.

    `slot_minutes`: when their digest comes, in minutes after midnight. `quiet_minutes`: from when on nothing
    comes. `muted`: kinds of things switched off.
    """

    __tablename__ = "reminder_pref"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    slot_minutes: int | None = Field(default=None, index=True)
    quiet_minutes: int | None = None
    away_from: date | None = None
    away_until: date | None = Field(default=None, index=True)
    muted: list[str] = Field(default_factory=list, sa_type=JSON)


class ReminderRound(Table, table=True):
    """The last day whose digests of one zone and hour have been decided."""

    __tablename__ = "reminder_round"

    zone: str = Field(primary_key=True, max_length=4)
    slot_minutes: int = Field(primary_key=True)
    last_day: date


class UnitReminding(Table, table=True):
    """How many days before they are due a unit reminds of things; without a row as usual."""

    __tablename__ = "unit_reminding"

    unit_id: int = Field(primary_key=True, foreign_key="unit.id")
    days_before: list[int] = Field(default_factory=list, sa_type=JSON)
    set_by: int | None = Field(default=None, foreign_key="person.id")
    set_at: datetime


class AgencyReminding(Table, table=True):
    """Whether an agency's admins are told of overdue stages of its units."""

    __tablename__ = "agency_reminding"

    agency_id: int = Field(primary_key=True, foreign_key="agency.id")
    to_admin: bool = False
    set_by: int | None = Field(default=None, foreign_key="person.id")
    set_at: datetime


versioned(Reminder)
