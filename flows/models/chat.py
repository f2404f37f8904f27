"""What a conversation needs to go on: its state, half-typed texts, updates already carried out."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, String
from sqlmodel import Field

from flows.tables import Table


class ChatState(Table, table=True):
    """All conversation state there is, for one person in one chat. Actions are stored packed."""

    __tablename__ = "chat_state"

    chat_id: int = Field(primary_key=True, sa_type=BigInteger)
    telegram_id: int = Field(primary_key=True, sa_type=BigInteger)
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    prompt_text: str | None = Field(default=None, max_length=240)
    prompt_file: str | None = Field(default=None, max_length=240)
    prompt_only: bool = False
    last_item: str | None = Field(default=None, max_length=24)
    last_topic: str | None = Field(default=None, max_length=48)
    last_topic_at: datetime | None = None


class Draft(Table, table=True):
    """A typed text that waits for a decision ("penjelasan atau pertanyaan?"). One per person and chat."""

    __tablename__ = "draft"

    chat_id: int = Field(primary_key=True, sa_type=BigInteger)
    telegram_id: int = Field(primary_key=True, sa_type=BigInteger)
    text: str
    action: str = Field(default="", max_length=240)
    at: datetime


class SeenUpdate(Table, table=True):
    """An update carried out: a redelivery shows `shown` again and does nothing twice."""

    __tablename__ = "seen_update"

    bot_id: int = Field(primary_key=True, sa_type=BigInteger)
    update_id: int = Field(primary_key=True, sa_type=BigInteger)
    shown: str = Field(sa_column=Column(String(240), nullable=False))
    replied: bool = False
    at: datetime = Field(index=True)


class UnmetQuestion(Table, table=True):
    """A question the bot could not answer or that people marked down. Text without the asker.

    `key` is the text as the matcher reads it; likenesses share the head named in `grouped_with` (empty for
    the head itself). States: open, answered (an agency entry was written, `entry_id`), ignored.
    """

    __tablename__ = "unmet_question"

    id: int | None = Field(default=None, primary_key=True)
    agency_id: int | None = Field(default=None, foreign_key="agency.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    text: str = Field(max_length=400)
    key: str = Field(default="", max_length=400)
    topic: str | None = Field(default=None, max_length=48)
    kind: str = Field(max_length=12)
    at: datetime
    times: int = 1
    reason: str = Field(default="", max_length=800)
    grouped_with: int | None = Field(default=None, foreign_key="unmet_question.id")
    state: str = Field(default="open", max_length=8)
    entry_id: int | None = Field(default=None, foreign_key="agency_entry.id", index=True)
