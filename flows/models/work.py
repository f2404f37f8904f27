"""Who does what in an LKE: persons in charge, review, action items, meetings and handovers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, UniqueConstraint
from sqlmodel import Field

from flows.tables import Table, versioned


class Pic(Table, table=True):
    """The person in charge (PIC) of an area, a sub-component or one item, perhaps with a deputy.

    `scope` is the id of the area, sub-component or item. An item without a row of its own takes the one
    of its sub-component, else that of its area.
    """

    __tablename__ = "pic"
    __table_args__ = (UniqueConstraint("assessment_id", "scope"),)

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessment.id")
    scope: str = Field(max_length=24)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    deputy_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    set_by: int | None = Field(default=None, foreign_key="person.id")
    set_at: datetime
    revision: int = Field(default=1)


class ItemWork(Table, table=True):
    """How far the work on one item is: its review, "tidak berlaku", and examples that are not needed.

    States: "" (not sent), waiting (menunggu reviu), approved (disetujui), returned (perlu perbaikan). The
    history of it stands in `AnswerChange`, like every other change of an item. `waived` are the places
    (from 0) of the instrument's evidence examples that the unit does not need. A `na_reason` without the mark
    came from the year before: somebody is asked whether it still does not apply.
    """

    __tablename__ = "item_work"
    __table_args__ = (
        UniqueConstraint("assessment_id", "item_id"),
        Index("ix_item_work_state", "assessment_id", "state"),
        Index("ix_item_work_fix_by", "fix_by"),
    )

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessment.id")
    item_id: str = Field(max_length=24)
    state: str = Field(default="", max_length=8)
    sent_by: int | None = Field(default=None, foreign_key="person.id")
    sent_at: datetime | None = None
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = None
    reason: str = Field(default="", max_length=800)
    fix_by: date | None = None
    not_applicable: bool = False
    na_reason: str = Field(default="", max_length=800)
    na_by: int | None = Field(default=None, foreign_key="person.id")
    na_at: datetime | None = None
    waived: list[int] = Field(default_factory=list, sa_type=JSON)
    revision: int = Field(default=1)


class Task(Table, table=True):
    """An action item (tugas). States: open (belum), doing (dikerjakan), stuck (ada kendala), done (selesai).

    `source` tells where it came from: item, priority, meeting, message, review, layanan, luar (asked for
    beside the LKE). `promised_on` is the day by which its PIC has promised it ("Selesai pada …"); reminders
    keep to it. `attached` holds a link, or Telegram's file_id, name and kind of what was sent.
    """

    __tablename__ = "task"
    __table_args__ = (
        Index("ix_task_person", "person_id", "state"),
        Index("ix_task_unit", "unit_id", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    assessment_id: int | None = Field(default=None, foreign_key="assessment.id")
    item_id: str | None = Field(default=None, max_length=24)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    title: str = Field(max_length=300)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    due_on: date | None = Field(default=None, index=True)
    promised_on: date | None = Field(default=None, index=True)
    state: str = Field(default="open", max_length=8)
    reason: str = Field(default="", max_length=500)
    helper_id: int | None = Field(default=None, foreign_key="person.id")
    source: str = Field(default="item", max_length=12)
    attached: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    made_by: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime
    done_at: datetime | None = None
    revision: int = Field(default=1)


class TaskChange(Table, table=True):
    """One change of one action item. Never updated."""

    __tablename__ = "task_change"

    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    behalf_id: int | None = Field(default=None, foreign_key="person.id")
    at: datetime
    kind: str = Field(max_length=12)
    before: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    after: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))


class Meeting(Table, table=True):
    """One meeting with its papers (paket rapat), tied to several items. States: open, merged, removed.

    Its decisions are action items (`Task.meeting_id`); the merged PDF is evidence of its own. `held_time` is
    as read on the clock of the unit: "09.00".
    """

    __tablename__ = "meeting"

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    assessment_id: int = Field(foreign_key="assessment.id", index=True)
    title: str = Field(max_length=200)
    held_on: date | None = None
    held_time: str = Field(default="", max_length=12)
    place: str = Field(default="", max_length=160)
    attendees: int | None = None
    leader_present: bool | None = None
    minutes: str = Field(default="", max_length=6000)
    items: list[str] = Field(default_factory=list, sa_type=JSON)
    state: str = Field(default="open", max_length=8)
    evidence_id: int | None = Field(default=None, foreign_key="evidence.id")
    made_by: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime
    revision: int = Field(default=1)


class MeetingPart(Table, table=True):
    """One file of a meeting: kind undangan, daftar_hadir, notula, foto or tindak_lanjut."""

    __tablename__ = "meeting_part"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    kind: str = Field(max_length=16)
    sha256: str = Field(foreign_key="stored_file.sha256", max_length=64)
    file_name: str = Field(max_length=160)
    made_by: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime


class Handover(Table, table=True):
    """One person's work in a unit handed to a successor. States: waiting, accepted, declined, cancelled.

    `content` lists what moves (PIC scopes, task ids, memberships); it moves when the successor accepts.
    """

    __tablename__ = "handover"

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    from_id: int = Field(foreign_key="person.id", index=True)
    to_id: int = Field(foreign_key="person.id", index=True)
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    state: str = Field(default="waiting", max_length=10)
    made_by: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime
    ended_at: datetime | None = None
    revision: int = Field(default=1)


class Endorsement(Table, table=True):
    """The head of the unit (pimpinan) has endorsed (mengesahkan) the self-assessment as it stood then."""

    __tablename__ = "endorsement"

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessment.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    at: datetime
    total: str = Field(max_length=12)
    answered: int
    approved: int
    withdrawn_at: datetime | None = None


class Intake(Table, table=True):
    """Evidence that somebody has sent and that is being examined or waits for a word.

    States: receiving (parts of an album still arrive), examining, ready (asks where it belongs), saved,
    failed, cancelled. `parts` holds one mapping per file: file_id, unique_id, name, mime, size, and after
    the examination sha256, findings, pages, taken_on. `proposal` holds what the bot proposes: items,
    expected, dated_on, title, period. `status_message_id` is the message "Diterima, sedang diperiksa"
    that the job edits.
    """

    __tablename__ = "intake"
    __table_args__ = (Index("ix_intake_album", "chat_id", "album_id"),)

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    assessment_id: int = Field(foreign_key="assessment.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    chat_id: int = Field(sa_type=BigInteger)
    status_message_id: int | None = Field(default=None, sa_type=BigInteger)
    album_id: str = Field(default="", max_length=40)
    item_id: str | None = Field(default=None, max_length=24)
    evidence_id: int | None = Field(default=None, foreign_key="evidence.id")
    caption: str = Field(default="", max_length=1024)
    url: str = Field(default="", max_length=1000)
    parts: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    proposal: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    state: str = Field(default="receiving", max_length=10)
    problem: str = Field(default="", max_length=40)
    created_at: datetime = Field(index=True)
    ended_at: datetime | None = None
    revision: int = Field(default=1)


for table in (Pic, ItemWork, Task, Meeting, Handover, Intake):
    versioned(table)
