"""Meetings of a unit and their papers: reading, making, changing. Files arrive in `receiving`."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from flows import audit, fmt, policy, routes
from flows.checklist import service as checklist
from flows.checklist.service import Current
from flows.errors import BadInput, Missing, Outdated
from flows.evidence import saving
from flows.meetings import typed
from flows.meetings.proposing import HADIR, KINDS, LANJUT, NOTULA
from flows.models import (
    Announcement,
    Assessment,
    Evidence,
    Job,
    Meeting,
    MeetingPart,
    Person,
    StoredFile,
    Task,
    Unit,
)
from flows.tasks import service as tasks
from flows.turn import Turn
from knowledge.answers import Item
from knowledge.instrument import Indicator, ResultItem

OPEN, MERGED, REMOVED = "open", "merged", "removed"
MERGE_JOB = "meeting.pdf"
PAGE = 8
MAX_TITLE, MAX_PLACE, MAX_MINUTES = 200, 160, 6000
MAX_FILES = 40

_GONE = "Rapat ini sudah tidak ada dalam daftar Anda. Ini keadaan terbaru."
_CHANGED = (
    "Paket rapat ini baru saja diubah orang lain, jadi perubahan Anda belum disimpan. Ini keadaan terbaru."
)
_CLOSED = "Rapat ini termasuk LKE tahun lain, jadi paketnya tidak diubah lagi. Isinya tetap dapat dibaca."


@dataclass(frozen=True, slots=True)
class View:
    """A meeting with all that its screens need. `files` are oldest first, `decided` are its action items.

    `version`: of the PDF that stands as evidence (0 for none); `merging`: one is being made now. `may_work`:
    the actor may change it, which ends with the year of its LKE.
    """

    meeting: Meeting
    current: Current
    files: tuple[MeetingPart, ...]
    decided: tuple[tuple[Task, Person | None], ...]
    evidence: Evidence | None
    version: int
    merging: bool
    may_work: bool

    @property
    def id(self) -> int:
        """Id of the meeting."""
        assert self.meeting.id is not None
        return self.meeting.id

    @property
    def unit(self) -> Unit:
        """Whose meeting it is."""
        return self.current.unit

    @property
    def items(self) -> tuple[Item, ...]:
        """The items that it serves, in the order of the worksheet's ids."""
        nodes = (self.current.instrument.by_id.get(i) for i in self.meeting.items)
        return tuple(node for node in nodes if isinstance(node, Indicator | ResultItem))

    @property
    def there(self) -> frozenset[str]:
        """The kinds of papers that are there, as files or as typed."""
        found = {part.kind for part in self.files}
        found |= {HADIR} if self.meeting.attendees is not None else set()
        found |= {NOTULA} if self.meeting.minutes else set()
        found |= {LANJUT} if self.decided else set()
        return frozenset(found & set(KINDS))

    def of(self, kind: str) -> list[MeetingPart]:
        """The files of a kind."""
        return [part for part in self.files if part.kind == kind]


# reading -------------------------------------------------------------------------------------------


def listed(session: Session, unit: Unit, page: int) -> tuple[list[tuple[Meeting, int]], int]:
    """One page of the unit's meetings, newest first, each with how many kinds of papers it has."""
    where = (Meeting.unit_id == unit.id, Meeting.state != REMOVED)
    total = session.exec(select(func.count()).select_from(Meeting).where(*where)).one()
    found = session.exec(
        select(Meeting)
        .where(*where)
        .order_by(col(Meeting.held_on).is_(None).desc(), col(Meeting.held_on).desc(), col(Meeting.id).desc())
        .limit(PAGE)
        .offset(page * PAGE)
    ).all()
    ids = [row.id or 0 for row in found]
    kinds: dict[int, set[str]] = {
        row.id or 0: {HADIR} if row.attendees is not None else set() for row in found
    }
    for row in found:
        if row.minutes:
            kinds[row.id or 0].add(NOTULA)
    for meeting_id, kind in session.exec(
        select(MeetingPart.meeting_id, MeetingPart.kind)
        .where(col(MeetingPart.meeting_id).in_(ids))
        .distinct()
    ):
        kinds[meeting_id].add(kind)
    for held in session.exec(
        select(Task.meeting_id).where(col(Task.meeting_id).in_(ids), Task.state != tasks.DROPPED).distinct()
    ):
        kinds[held or 0].add(LANJUT)
    return [(row, len(kinds[row.id or 0] & set(KINDS))) for row in found], total


def find(turn: Turn, meeting_id: int, *, lock: bool = False, anywhere: bool = False) -> View:
    """A meeting of the open unit (`anywhere`: of any unit of the actor). Raises Missing otherwise."""
    if lock:
        row = turn.session.get(Meeting, meeting_id, with_for_update=True, populate_existing=True)
    else:
        row = turn.session.get(Meeting, meeting_id)
    if row is None or row.state == REMOVED:
        raise Missing(_GONE, next=routes.MEETINGS(0), meeting_id=meeting_id)
    unit = turn.unit_by_id(row.unit_id)
    policy.require(turn.actor, "view", unit)
    if not anywhere and unit.id != turn.unit.id:
        raise Missing(f"Rapat ini milik {unit.name}. Buka unit itu lebih dulu.", next=routes.UNITS(0))
    assessment = turn.session.get_one(Assessment, row.assessment_id)
    evidence = turn.session.get(Evidence, row.evidence_id) if row.evidence_id else None
    if evidence is not None and evidence.removed_at is not None:
        evidence = None
    newest = saving.newest(turn.session, evidence.id or 0) if evidence is not None else None
    return View(
        meeting=row,
        current=Current(unit, assessment, turn.library.instrument(assessment.instrument_id)),
        files=tuple(files_of(turn.session, meeting_id)),
        decided=tuple(decided(turn.session, meeting_id)),
        evidence=evidence,
        version=newest.no if newest is not None else 0,
        merging=merging(turn.session, meeting_id),
        may_work=policy.can(turn.actor, "task", unit)
        and checklist.assessment_of(turn.session, unit).id == assessment.id,
    )


def files_of(session: Session, meeting_id: int) -> list[MeetingPart]:
    """The meeting's files by kind, oldest first."""
    found = session.exec(
        select(MeetingPart).where(MeetingPart.meeting_id == meeting_id).order_by(col(MeetingPart.id))
    ).all()
    return sorted(found, key=lambda part: KINDS.index(part.kind) if part.kind in KINDS else len(KINDS))


def decided(session: Session, meeting_id: int) -> list[tuple[Task, Person | None]]:
    """The action items of the meeting as they stand now, in the order of writing."""
    found = session.exec(
        select(Task, Person)
        .outerjoin(Person, col(Person.id) == col(Task.person_id))
        .where(Task.meeting_id == meeting_id, Task.state != tasks.DROPPED)
        .order_by(col(Task.id))
    ).all()
    return [(task, person) for task, person in found]


def merging(session: Session, meeting_id: int) -> bool:
    """Whether a PDF of it is being made or waits to be made."""
    return (
        session.exec(
            select(Job.id)
            .where(
                col(Job.key).like(f"{MERGE_JOB}:{meeting_id}:%"), col(Job.state).in_(("waiting", "leased"))
            )
            .limit(1)
        ).first()
        is not None
    )


def workable(turn: Turn, meeting_id: int, *, lock: bool = False) -> View:
    """A meeting of the open LKE that the actor may work on. Raises NotAllowed, Missing, Outdated."""
    view = find(turn, meeting_id, lock=lock)
    policy.require(turn.actor, "task", view.unit)
    if not view.may_work:
        raise Outdated(_CLOSED, next=routes.MEETING(meeting_id), meeting_id=meeting_id)
    return view


def claim(turn: Turn, meeting_id: int, seen: int | None = None) -> View:
    """A meeting to be changed by the actor, locked. Raises Outdated, NotAllowed, Missing."""
    view = workable(turn, meeting_id, lock=True)
    if seen is not None and view.meeting.revision != seen:
        raise Outdated(_CHANGED, next=routes.MEETING(meeting_id), meeting_id=meeting_id)
    return view


def file_of(turn: Turn, part_id: int, *, lock: bool = False) -> tuple[View, MeetingPart, StoredFile]:
    """One file of a meeting of the open unit; `lock`: to be changed. Raises Missing, NotAllowed, Outdated."""
    part = turn.session.get(MeetingPart, part_id)
    if part is None:
        raise Missing(
            "Berkas ini sudah tidak ada dalam paketnya. Ini keadaan terbaru.", next=routes.MEETINGS(0)
        )
    view = claim(turn, part.meeting_id) if lock else find(turn, part.meeting_id)
    return view, part, turn.session.get_one(StoredFile, part.sha256)


# making and changing -------------------------------------------------------------------------------


def create(turn: Turn, said: typed.Said) -> Meeting:
    """Note a meeting of the open unit. Raises NotAllowed, BadInput."""
    where = checklist.current(turn)
    policy.require(turn.actor, "task", where.unit)
    _check(said, routes.MEETING_NEW())
    row = Meeting(
        unit_id=where.unit.id or 0,
        assessment_id=where.id,
        title=said.title,
        held_on=said.day,
        held_time=said.time,
        place=said.place,
        made_by=turn.actor.person_id,
        made_at=turn.now,
    )
    turn.session.add(row)
    turn.session.flush()
    audit.record(turn, "meeting.make", f"meeting:{row.id}", row.unit_id)
    return row


def speaks_of_one(text: str) -> bool:
    """Whether an announcement speaks of a meeting."""
    return typed.names_one(text)


def of_news(turn: Turn, announcement_id: int) -> Meeting:
    """The package of the meeting that an announcement speaks of: the one there is, else a new one.

    Raises NotAllowed, Missing.
    """
    row = turn.session.get(Announcement, announcement_id, with_for_update=True)
    if row is None:
        raise Missing("Pengumuman ini tidak ada dalam daftar Anda.", next=routes.ANNOUNCE_LIST(0))
    unit = turn.unit_by_id(row.unit_id)
    policy.require(turn.actor, "announce", unit)
    if unit.id != turn.unit.id:
        raise Missing(f"Rapat ini milik {unit.name}. Buka unit itu lebih dulu.", next=routes.UNITS(0))
    said = typed.of_news(row.text, fmt.local(row.sent_at or turn.now, unit.zone).date())
    if said is None:
        raise Missing(
            "Pengumuman ini tidak menyebut rapat. Catat rapatnya di sini.", next=routes.MEETING_NEW()
        )
    same = turn.session.exec(
        select(Meeting).where(
            Meeting.unit_id == unit.id,
            Meeting.title == said.title[:MAX_TITLE],
            Meeting.held_on == said.day,
            Meeting.state != REMOVED,
        )
    ).first()
    return same or create(turn, said)


def edit(turn: Turn, meeting_id: int, said: typed.Said, seen: int) -> View:
    """Say anew what, when and where; what was not said stays. Raises as `claim`, and BadInput."""
    view = claim(turn, meeting_id, seen)
    _check(said, routes.MEETING_EDIT(meeting_id))
    row = view.meeting
    row.title = said.title
    if said.day is not None:
        row.held_on, row.held_time = said.day, said.time
    row.place = said.place or row.place
    return saved(turn, view, "edit")


def _check(said: typed.Said, next: routes.Action) -> None:
    if not said.title:
        raise BadInput("Tulis nama rapatnya, misalnya: rapat monev januari.", next=next)
    for what, text, limit in (("Nama rapat", said.title, MAX_TITLE), ("Tempat", said.place, MAX_PLACE)):
        if len(text) > limit:
            raise BadInput(
                f"{what} ini {len(text)} huruf, sedangkan paling banyak {limit}, jadi belum disimpan. "
                "Ringkas, lalu kirim lagi.",
                next=next,
            )


def remove(turn: Turn, meeting_id: int, seen: int) -> None:
    """Take a meeting out of the list. Its PDF stays evidence, its action items stay."""
    view = claim(turn, meeting_id, seen)
    view.meeting.state = REMOVED
    saved(turn, view, "remove")


def set_attendance(turn: Turn, meeting_id: int, said: typed.Attendance, seen: int | None) -> View:
    """How many were there and whether the pimpinan was; what was not said stays."""
    view = claim(turn, meeting_id, seen)
    row = view.meeting
    row.attendees = said.people if said.people is not None else row.attendees
    row.leader_present = said.leader if said.leader is not None else row.leader_present
    return saved(turn, view, "attend")


def set_minutes(turn: Turn, meeting_id: int, text: str, anew: bool, seen: int) -> View:
    """Write the notula, below what is there or in its place. Raises BadInput when it gets too long."""
    view = claim(turn, meeting_id, seen)
    row, here = view.meeting, routes.MEETING_MINUTES(meeting_id, int(anew))
    text = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if not text:
        raise BadInput("Tulis notulanya dulu, atau kirim berkasnya.", next=here)
    whole = text if anew or not row.minutes else f"{row.minutes}\n{text}"
    if len(whole) > MAX_MINUTES:
        raise BadInput(
            f"Notula ini menjadi {len(whole)} huruf, sedangkan paling banyak {MAX_MINUTES}, jadi belum "
            "disimpan. Ringkas, atau kirim notulanya sebagai berkas.",
            next=here,
        )
    row.minutes = whole
    return saved(turn, view, "minutes")


# files ---------------------------------------------------------------------------------------------


def set_kind(turn: Turn, part_id: int, kind: str) -> View:
    """Say which paper a file is."""
    view, part, _ = file_of(turn, part_id, lock=True)
    if kind not in KINDS:
        raise Outdated(_CHANGED, next=routes.MEETING(view.id))
    part.kind = kind
    turn.session.add(part)
    return saved(turn, view, "file_kind")


def drop_file(turn: Turn, part_id: int) -> View:
    """Take a file out of the package; a PDF made with it stays as it is."""
    view, part, _ = file_of(turn, part_id, lock=True)
    turn.session.delete(part)
    return saved(turn, view, "file_drop")


def saved(turn: Turn, view: View, act: str) -> View:
    """Write what was changed about a meeting, with its line in the audit trail."""
    turn.session.add(view.meeting)
    turn.session.flush()
    audit.record(turn, f"meeting.{act}", f"meeting:{view.id}", view.unit.id, revision=view.meeting.revision)
    return view


def day_said(day: date | None, time: str, zone: str) -> str:
    """When it is or was, in full: "Jumat, 29 Januari 2027, 09.00 WIB"; "" without a day."""
    if day is None:
        return ""
    return f"{fmt.day_long(day)}{f', {time} {zone}' if time else ''}"
