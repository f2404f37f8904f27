"""Announcements (pengumuman): the coordinator's own words, stored once, sent through the outbox."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field

from flows.tables import Table


class Announcement(Table, table=True):
    """One announcement to one unit. States: draft, sending, done, cancelled.

    `status_chat_id` and `status_message_id` name the message where sending was confirmed: the outcome
    replaces it (without a message id it comes as a new message).
    """

    __tablename__ = "announcement"

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    created_by: int = Field(foreign_key="person.id")
    text: str = Field(max_length=4000)
    audience: str = Field(default="semua", max_length=16)
    state: str = Field(default="draft", max_length=10)
    created_at: datetime
    sent_at: datetime | None = None
    recipients: int = 0
    status_chat_id: int | None = Field(default=None, sa_type=BigInteger)
    status_message_id: int | None = Field(default=None, sa_type=BigInteger)
