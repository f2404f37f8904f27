"""Announcements (pengumuman): somebody's own words, stored once, sent through the outbox."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import JSON, BigInteger, Index
from sqlmodel import Field

from flows.tables import Table


class Announcement(Table, table=True):
    """One announcement. States: draft, counting, scheduled, sending, stopped, done, cancelled.

    `scope` is "unit" (`unit_id`), "cabang" (that unit and all below it) or "instansi" (all of its agency);
    with a `gate` only those units that missed it, kept in `unit_ids` when they were counted. `audience` is
    who in them: "semua", a role, "area.PW", "telat", "belum.12" (has not read that one), "pilih" (`people`).

    `text` is plain; `html` is the same with its formatting, empty without any. `media` holds kind, file_id,
    name, size and album of a photo or document, which Telegram keeps. `kind` is "rapat" for a meeting,
    "bukti" for evidence that is asked for, "latihan" for an invitation to interview drills. `reached_to` is
    the last person for whom a message was queued, -1 once there is one for everybody. `status_chat_id` and
    `status_message_id` name the message that shows how far the sending is (without a message id the outcome
    comes as a new one).
    """

    __tablename__ = "announcement"
    __table_args__ = (
        Index("ix_announcement_send_at", "send_at"),
        Index("ix_announcement_suggest_at", "suggest_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    scope: str = Field(default="unit", max_length=8, sa_column_kwargs={"server_default": "unit"})
    gate: str = Field(default="", max_length=24, sa_column_kwargs={"server_default": ""})
    unit_ids: list[int] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    created_by: int = Field(foreign_key="person.id", index=True)
    text: str = Field(max_length=4000)
    html: str = Field(default="", sa_column_kwargs={"server_default": ""})
    media: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    kind: str = Field(default="", max_length=8, sa_column_kwargs={"server_default": ""})
    meets_at: datetime | None = None
    audience: str = Field(default="semua", max_length=16)
    people: list[int] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    state: str = Field(default="draft", max_length=10)
    created_at: datetime
    send_at: datetime | None = None
    sent_at: datetime | None = None
    valid_until: datetime | None = None
    recipients: int = 0
    reached_to: int = Field(default=0, sa_column_kwargs={"server_default": sa.text("0")})
    never_opened: int = Field(default=0, sa_column_kwargs={"server_default": sa.text("0")})
    unreachable: int = Field(default=0, sa_column_kwargs={"server_default": sa.text("0")})
    suggest_at: datetime | None = None
    reminded_at: datetime | None = None
    ended_at: datetime | None = None
    status_chat_id: int | None = Field(default=None, sa_type=BigInteger)
    status_message_id: int | None = Field(default=None, sa_type=BigInteger)


class AnnouncementReceipt(Table, table=True):
    """What one receiver said to an announcement: read, or cannot come, with a reason for its author."""

    __tablename__ = "announcement_receipt"

    announcement_id: int = Field(foreign_key="announcement.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)
    read_at: datetime | None = None
    absent_at: datetime | None = None
    reason: str = Field(default="", max_length=300)
