"""Who exists: persons, agencies (instansi), units (unit kerja) as a tree, memberships and the ways in."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field

from flows.tables import Table, versioned


class Person(Table, table=True):
    """A human. Without `telegram_id` they are known by name only and others act for them."""

    __tablename__ = "person"

    id: int | None = Field(default=None, primary_key=True)
    telegram_id: int | None = Field(default=None, sa_type=BigInteger, unique=True)
    name: str = Field(max_length=120)
    zone: str | None = Field(default=None, max_length=4)
    created_at: datetime
    consent_at: datetime | None = None
    unreachable_at: datetime | None = None
    deleted_at: datetime | None = None
    greeted_on: str | None = Field(default=None, max_length=10)


class Agency(Table, table=True):
    """An instansi: ministry, agency or local government. The top of a unit tree.

    `own_review` says whether reviewers may approve what they have filled in themselves: "yes", "no", or
    "auto" (only where the unit has nobody else who could).
    """

    __tablename__ = "agency"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=160)
    is_sample: bool = False
    own_review: str = Field(default="auto", max_length=8, sa_column_kwargs={"server_default": "auto"})
    created_at: datetime


class Unit(Table, table=True):
    """A work unit. `path` holds the ids from the root, "/3/17/", so that a branch is one prefix.

    `code` is the agency's own short name for it, by which tables tell units apart; "" without one.
    `closed_year` is the year of its open LKE while that is read, not changed (`Assessment.archived_at`).
    """

    __tablename__ = "unit"
    __table_args__ = (Index("ix_unit_code", "agency_id", "code"),)

    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    parent_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    path: str = Field(default="/", index=True, max_length=200)
    kind: str = Field(default="satker", max_length=16)
    name: str = Field(max_length=160)
    code: str = Field(default="", max_length=24, sa_column_kwargs={"server_default": ""})
    zone: str = Field(default="WIB", max_length=4)
    created_at: datetime
    archived_at: datetime | None = None
    closed_year: int | None = None
    revision: int = Field(default=1)


class Membership(Table, table=True):
    """One role of one person, in a unit or (role admin) in a whole agency, perhaps for one area only.

    `acting` is "Plt" or "Plh" for somebody who stands in; it counts from `starts_on` to `ends_on`, both
    included.
    """

    __tablename__ = "membership"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    role: str = Field(max_length=16)
    area: str | None = Field(default=None, max_length=8)
    acting: str | None = Field(default=None, max_length=4)
    starts_on: date | None = None
    ends_on: date | None = None
    created_at: datetime
    revoked_at: datetime | None = None


class Invite(Table, table=True):
    """A signed, expiring, revocable way in. `open_until`: until then people join without confirmation.

    `person_id`: the link is for this person alone, who is known by name or has lost their account.
    """

    __tablename__ = "invite"

    id: int | None = Field(default=None, primary_key=True)
    agency_id: int | None = Field(default=None, foreign_key="agency.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    role: str = Field(max_length=16)
    area: str | None = Field(default=None, max_length=8)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    acting: str | None = Field(default=None, max_length=4)
    starts_on: date | None = None
    ends_on: date | None = None
    created_by: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime
    expires_at: datetime
    open_until: datetime | None = None
    revoked_at: datetime | None = None
    uses_left: int | None = None
    uses: int = 0


class JoinRequest(Table, table=True):
    """Somebody followed an invite that needs confirmation."""

    __tablename__ = "join_request"
    __table_args__ = (UniqueConstraint("invite_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    invite_id: int = Field(foreign_key="invite.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    state: str = Field(default="waiting", max_length=12)
    created_at: datetime
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = None


class UnitRequest(Table, table=True):
    """Somebody without an invitation asks the admin to register their unit."""

    __tablename__ = "unit_request"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    unit_name: str = Field(max_length=160)
    state: str = Field(default="waiting", max_length=12, index=True)
    created_at: datetime
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = None
    unit_id: int | None = Field(default=None, foreign_key="unit.id")


class Secret(Table, table=True):
    """Keys that every process shares, such as the one that signs invites."""

    __tablename__ = "secret"

    name: str = Field(primary_key=True, max_length=32)
    value: str = Field(max_length=128)


versioned(Unit)
