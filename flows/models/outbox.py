"""Durable work: messages to send, jobs to carry out, the pace of sending, and the demo's clock.

Two clocks meet here. `due_at`, `lease_until` and the gate run on the database's own clock in seconds
since 1970 (pace); nothing in this module is compared with the calendar clock.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, false, text
from sqlmodel import Field

from flows.tables import Table


class Outbox(Table, table=True):
    """One message for one chat. It holds an `action` rendered when sent, or a frozen `text`.

    States: waiting, leased, sent, dropped (no longer true), failed. Messages of one `slot` of a chat are one
    message there, edited; `pin` pins it. `thread_id` and `reply_to` are the topic and the quoted message.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_claim", "state", "lane", "due_at", "id"),
        Index("ix_outbox_announcement", "announcement_id", "state", "error"),
        Index("ix_outbox_slot", "slot", "chat_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=120)
    chat_id: int = Field(sa_type=BigInteger, index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    action: str | None = Field(default=None, max_length=120)
    text: str | None = None
    announcement_id: int | None = Field(default=None, foreign_key="announcement.id")
    slot: str | None = Field(default=None, max_length=64)
    lane: int = 1
    state: str = Field(default="waiting", max_length=10)
    due_at: float = 0.0
    lease_until: float | None = None
    owner: str | None = Field(default=None, max_length=40)
    tries: int = 0
    error: str | None = Field(default=None, max_length=60)
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    thread_id: int | None = Field(default=None, sa_type=BigInteger)
    reply_to: int | None = Field(default=None, sa_type=BigInteger)
    pin: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    created_at: datetime
    sent_at: datetime | None = Field(default=None, index=True)


class Job(Table, table=True):
    """One piece of long work (a fan-out, a file, an import). States: waiting, leased, done, failed."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_claim", "state", "due_at", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=120)
    kind: str = Field(max_length=24)
    args: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    state: str = Field(default="waiting", max_length=10)
    due_at: float = 0.0
    lease_until: float | None = None
    owner: str | None = Field(default=None, max_length=40)
    tries: int = 0
    error: str | None = Field(default=None, max_length=60)
    created_at: datetime
    done_at: datetime | None = None


class Gate(Table, table=True):
    """One row per bot: the next free moment to send. Locking it is the only coordination of senders.

    Row 0 is no bot's: it holds what the pace clock last showed (`flows.pace`).
    """

    __tablename__ = "gate"

    bot_id: int = Field(primary_key=True, sa_type=BigInteger)
    next_at: float = 0.0
    seen_at: float = Field(default=0.0, sa_column_kwargs={"server_default": text("0")})


class ChatPace(Table, table=True):
    """The next moment a chat may receive (one a second in private, twenty a minute in groups)."""

    __tablename__ = "chat_pace"

    chat_id: int = Field(primary_key=True, sa_type=BigInteger)
    next_at: float = 0.0
    limited_at: float = 0.0


class DemoClock(Table, table=True):
    """The calendar's offset from real time, in seconds. Only the demo has a row."""

    __tablename__ = "demo_clock"

    id: int = Field(default=1, primary_key=True)
    offset_seconds: float = 0.0
