"""Groups of units: which chat belongs to which unit, its topics, and what the bot keeps there."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field

from flows.tables import Table, versioned


class LinkedGroup(Table, table=True):
    """The one group of a unit. A chat belongs to one unit at most.

    States: active, removed (the bot is not in it any more), muted (it may not write there); `changes` counts
    them. `title` is what the chat was called when the bot last heard from there: coordinators and admins
    tell groups apart by it. `recap` and `board` switch the weekly summary and the pinned scoreboard, `scores`
    lets both show the unit's score. `board_seen` is the last change of the LKE that the scoreboard was
    queued for, `board_at` the earliest next look, `board_no` how often it was queued.
    """

    __tablename__ = "linked_group"
    # The keys of queued messages name the link: the id of one that has ended must not come back.
    __table_args__ = (Index("ix_linked_group_board", "board", "board_at"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", unique=True)
    chat_id: int = Field(sa_type=BigInteger, unique=True)
    title: str = Field(default="", max_length=128)
    linked_by: int | None = Field(default=None, foreign_key="person.id")
    linked_at: datetime
    state: str = Field(default="active", max_length=8)
    changes: int = 0
    recap: bool = True
    scores: bool = False
    board: bool = True
    board_message_id: int | None = Field(default=None, sa_type=BigInteger)
    board_pinned: bool = False
    board_told: bool = False
    board_no: int = 0
    board_seen: int = 0
    board_day: date | None = None
    board_at: datetime = Field(index=True)
    revision: int = Field(default=1)


class GroupTopic(Table, table=True):
    """A forum topic that the bot has heard of in a linked group."""

    __tablename__ = "group_topic"

    group_id: int = Field(foreign_key="linked_group.id", primary_key=True)
    thread_id: int = Field(primary_key=True, sa_type=BigInteger)
    name: str = Field(max_length=128)


class GroupPlace(Table, table=True):
    """Where in a linked group the news of an area go; `area` "" is for what belongs to no area."""

    __tablename__ = "group_place"

    group_id: int = Field(foreign_key="linked_group.id", primary_key=True)
    area: str = Field(primary_key=True, max_length=8)
    thread_id: int = Field(sa_type=BigInteger)
    set_by: int | None = Field(default=None, foreign_key="person.id")


class GroupClaim(Table, table=True):
    """Somebody typed /tautkan in a chat: their proof that they are in it, kept for a day."""

    __tablename__ = "group_claim"
    __table_args__ = (UniqueConstraint("chat_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    chat_id: int = Field(sa_type=BigInteger)
    person_id: int = Field(foreign_key="person.id", index=True)
    title: str = Field(default="", max_length=128)
    at: datetime = Field(index=True)


versioned(LinkedGroup)
