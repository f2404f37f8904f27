"""One PDF of a meeting's papers: asked for by a tap, drawn in a job, kept as evidence with versions."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from flows import fmt, outbox, routes
from flows.checklist import service as checklist
from flows.errors import BadInput, FlowError, NotAllowed, Outdated
from flows.events import Event, Sender
from flows.evidence import binding, examining, remaking, saving
from flows.evidence import service as evidence_service
from flows.meetings import deciding, paper, service
from flows.meetings.proposing import FOTO, HADIR, KINDS, LANJUT, NOTULA, UNDANGAN, example_of
from flows.meetings.service import MERGE_JOB, MERGED, View
from flows.models import ChatState, Evidence, EvidenceVersion, Job, Meeting, Person, StoredFile
from flows.outbox import JobTurn
from flows.pic import service as pic
from flows.ports import FileDamaged, Files, FileUnavailable
from flows.tasks import service as tasks
from flows.turn import Turn
from knowledge.answers import Item
from knowledge.library import Library

NAMES = {
    UNDANGAN: "Undangan",
    HADIR: "Daftar hadir",
    NOTULA: "Notula",
    FOTO: "Foto",
    LANJUT: "Tindak lanjut",
}
STATES = {
    tasks.OPEN: "belum",
    tasks.DOING: "dikerjakan",
    tasks.STUCK: "ada kendala",
    tasks.DONE: "selesai",
}
MAX_BYTES = 45 * 1024 * 1024
"""Larger files cannot be sent back to people."""
MAX_READ_BYTES = 120 * 1024 * 1024
"""So much of the files is held in memory at once; what comes behind stays a file of its own."""
FAILED, SAME = 0, -1

_EMPTY = "Belum ada isi yang bisa digabung. Kirim undangan, daftar hadir, foto, atau tulis notulanya dulu."
_NO_ITEM = "Pilih dulu untuk indikator mana paket ini dipakai. Isinya tetap tersimpan."
_NOT_THEIRS = (
    "Indikator paket ini diisi pokja lain, jadi PDF-nya belum digabung. Minta anggota pokja itu atau "
    "koordinator unit menggabungnya."
)
_BUSY = "PDF-nya sedang disusun. Sebentar lagi saya kirim."


# asking for it -------------------------------------------------------------------------------------


def merge(turn: Turn, meeting_id: int, seen: int) -> None:
    """Queue the making of the PDF as the meeting stands now. Raises as `claim`, BadInput, NotAllowed."""
    view = service.claim(turn, meeting_id, seen)
    here = routes.MEETING(meeting_id)
    if view.merging:
        raise Outdated(_BUSY, next=here)
    if not view.there:
        raise BadInput(_EMPTY, next=routes.MEETING_ADD(meeting_id))
    if not view.items:
        raise BadInput(_NO_ITEM, next=routes.MEETING_ITEMS(meeting_id, 0))
    if not may_merge(turn, view):
        raise NotAllowed(_NOT_THEIRS, next=here)
    key = f"{MERGE_JOB}:{meeting_id}:{_next_round(turn.session, meeting_id)}"
    outbox.add_job(turn.session, MERGE_JOB, key, {**_content(turn, view), "key": key}, turn.now)


def may_merge(turn: Turn, view: View) -> bool:
    """Whether the PDF can be made now, by this actor: who fills in one of the items that it serves."""
    if not (view.may_work and view.there) or view.merging:
        return False
    if not any(deciding.may_choose(turn, view, item) for item in view.items):
        return False
    if view.evidence is None:
        return True
    uses = evidence_service.uses_of(turn.session, view.evidence)
    return evidence_service.may_change(turn, view.unit, uses, view.current.instrument)


def _next_round(session: Session, meeting_id: int) -> int:
    keys = session.exec(select(Job.key).where(col(Job.key).like(f"{MERGE_JOB}:{meeting_id}:%"))).all()
    return 1 + max((int(key.rpartition(":")[2]) for key in keys), default=0)


def _content(turn: Turn, view: View) -> dict[str, Any]:
    """All that the PDF says, as data: the job reads no rows."""
    row, zone = view.meeting, view.unit.zone
    today = fmt.local(turn.now, zone).date()
    stored = turn.session.exec(
        select(StoredFile).where(col(StoredFile.sha256).in_([part.sha256 for part in view.files]))
    ).all()
    mimes = {each.sha256: each.mime for each in stored}
    return {
        "meeting_id": view.id,
        "person_id": turn.actor.person_id,
        "title": row.title,
        "unit": view.unit.name,
        "day": fmt.day_short(row.held_on) if row.held_on else "",
        "place": row.place,
        "as_of": fmt.day_short(today),
        "facts": _facts(view),
        "items": [(item.number, item.title) for item in view.items],
        "minutes": row.minutes,
        "matrix": [matrix_line(task, person) for task, person in view.decided],
        "files": [
            {"kind": part.kind, "name": part.file_name, "sha256": part.sha256, "mime": mimes[part.sha256]}
            for part in view.files
        ],
        "tally": tally(view),
    }


def _facts(view: View) -> list[tuple[str, str]]:
    row = view.meeting
    when = service.day_said(row.held_on, row.held_time, view.unit.zone)
    people = f"{row.attendees} orang" if row.attendees is not None else "belum dicatat"
    leader = {None: "belum dicatat", True: "hadir", False: "tidak hadir"}[row.leader_present]
    return [
        ("Hari, tanggal", when or "belum dicatat"),
        ("Tempat", row.place or "belum dicatat"),
        ("Jumlah hadir", people),
        ("Pimpinan", leader),
    ]


def matrix_line(task: Any, person: Person | None) -> tuple[str, str, str, str]:
    """One line of the follow-up matrix: what, who, by when, how it stands now."""
    day = task.promised_on or task.due_on
    state = STATES.get(task.state, task.state)
    if task.state == tasks.STUCK and task.reason:
        state = f"{state}: {task.reason}"
    return task.title, person.name if person else "Belum ada PIC", fmt.day_short(day) if day else "-", state


def tally(view: View) -> str:
    """ "3 tugas, 1 selesai"; "" without any."""
    if not view.decided:
        return ""
    done = sum(task.state == tasks.DONE for task, _ in view.decided)
    return f"{len(view.decided)} tugas, {done} selesai"


# drawing it ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Made:
    """The PDF in the store; `key` "" when it could not be made."""

    key: str = ""
    size: int = 0


def prepare(args: dict[str, Any], files: Files, _library: Library) -> Made:
    """Draw the PDF and keep it. What cannot be read any more is left out and named on the cover."""
    scans: list[paper.Scan] = []
    shots: list[bytes] = []
    attached: list[paper.Attached] = []
    apart: list[str] = []
    taken = 0
    for part in args["files"]:
        heading, named = (
            NAMES.get(part["kind"], "Berkas"),
            f"{NAMES.get(part['kind'], 'Berkas')}: {part['name']}",
        )
        try:
            data = files.store.get(part["sha256"])
        except (FileUnavailable, FileDamaged):
            apart.append(named)
            continue
        taken += len(data)
        if taken > MAX_READ_BYTES:
            apart.append(named)
            continue
        if part["mime"].startswith("image/"):
            if part["kind"] == FOTO:
                shots.append(data)
            else:
                scans.append(paper.Scan(heading, data))
        elif part["mime"] == "application/pdf":
            attached.append(paper.Attached(named, data))
        else:
            apart.append(named)
    named_footer = (("Kegiatan", args["title"]), ("Tanggal", args["day"]), ("Tempat", args["place"]))
    content = paper.Content(
        title=args["title"],
        unit=args["unit"],
        footer=" · ".join(f"{name}: {fmt.cut(value, 60)}" for name, value in named_footer if value),
        as_of=args["as_of"],
        facts=[(name, said) for name, said in args["facts"]],
        items=[(number, title) for number, title in args["items"]],
        contents=_contents(args),
        minutes=args["minutes"],
        matrix=[(a, b, c, d) for a, b, c, d in args["matrix"]],
        scans=scans,
        photos=shots,
        attached=attached,
        apart=apart,
    )
    try:
        data = paper.made(content)
    except (paper.Unmade, RuntimeError):
        return Made()
    return Made(files.store.put(data), len(data)) if len(data) <= MAX_BYTES else Made()


def _contents(args: dict[str, Any]) -> list[tuple[str, str]]:
    """For every kind of paper what there is of it."""
    lines = []
    for kind in KINDS:
        count = sum(part["kind"] == kind for part in args["files"])
        said = [f"{count} {'foto' if kind == FOTO else 'berkas'}"] if count else []
        if kind == NOTULA and args["minutes"]:
            said.insert(0, "tertulis")
        if kind == LANJUT and args["tally"]:
            said.insert(0, args["tally"])
        lines.append((NAMES[kind], ", ".join(said) or "belum ada"))
    return lines


# keeping it ----------------------------------------------------------------------------------------


@outbox.carries_out(MERGE_JOB, prepare=prepare)
def keep(job: JobTurn) -> None:
    """Make evidence of the PDF, or a new version of the meeting's, with the roles of this moment; say so."""
    session, args = job.session, job.args
    made: Made = job.prepared
    row = session.get(Meeting, int(args["meeting_id"]), with_for_update=True, populate_existing=True)
    person = session.get(Person, int(args["person_id"]))
    if row is None or row.state == service.REMOVED or person is None or person.telegram_id is None:
        return
    turn = _turn(job, person, row)
    number = FAILED
    if made.key:
        examining.note_stored(session, {made.key: (made.size, "application/pdf")}, job.now)
        try:
            with session.begin_nested():
                number = _as_evidence(turn, row, made)
        except FlowError:
            number = FAILED
    _forget(session, str(args["key"]))
    message = outbox.Message(
        key=f"{args['key']}:kabar",
        chat_id=person.telegram_id,
        person_id=person.id,
        action=routes.MEETING_MERGED(row.id or 0, number),
        lane=outbox.LANE_REPLY,
    )
    outbox.add(session, [message], job.now)


def _turn(job: JobTurn, person: Person, row: Meeting) -> Turn:
    """As if the one who asked acted now, in the meeting's unit."""
    account = person.telegram_id or 0
    event = Event(update_id=0, kind="other", chat_id=account, sender=Sender(account, person.name))
    state = ChatState(chat_id=account, telegram_id=account, unit_id=row.unit_id)
    return Turn(session=job.session, event=event, state=state, now=job.now, library=job.library)


def _as_evidence(turn: Turn, row: Meeting, made: Made) -> int:
    """The version's number, or `SAME` when nothing has changed since the last one."""
    view = service.workable(turn, row.id or 0)
    mine = [item for item in view.items if deciding.may_choose(turn, view, item)]
    name = f"{binding.file_stem(row.title)}.pdf"
    if view.evidence is None:
        evidence, number = _first(turn, view, mine, made.key, name), 1
    else:
        evidence = view.evidence
        version = remaking.renew(turn, evidence, made.key, name)
        number = version.no if version is not None else SAME
        evidence.title, evidence.dated_on = title_of(row), row.held_on
        evidence.period = period_of(row.held_on)
        turn.session.add(evidence)
    served = {
        use.item_id
        for use in evidence_service.uses_of(turn.session, evidence)
        if use.assessment_id == view.current.id
    }
    for item in mine:
        if item.id not in served:
            saving.add_use(turn, evidence, item.id, example_of(item, view.there))
    _let_go(turn, view, evidence, served - set(row.items))
    row.evidence_id, row.state = evidence.id, MERGED
    turn.session.add(row)
    turn.session.flush()
    return number


def _first(turn: Turn, view: View, mine: list[Item], key: str, name: str) -> Evidence:
    row = view.meeting
    if not mine:
        raise NotAllowed(_NOT_THEIRS)
    evidence = Evidence(
        unit_id=row.unit_id,
        title=title_of(row),
        period=period_of(row.held_on),
        dated_on=row.held_on,
        made_by=turn.actor.person_id,
        made_at=turn.now,
    )
    turn.session.add(evidence)
    turn.session.flush()
    turn.session.add(
        EvidenceVersion(
            evidence_id=evidence.id or 0,
            sha256=key,
            file_name=name,
            made_by=turn.actor.person_id,
            behalf_id=pic.behalf_of(turn, view.current.assessment, mine[0]),
            made_at=turn.now,
        )
    )
    turn.session.flush()
    return evidence


def _let_go(turn: Turn, view: View, evidence: Evidence, items: set[str]) -> None:
    """The PDF serves what is no longer chosen no more, where the actor may say so."""
    for item_id in sorted(items):
        if item_id not in view.current.instrument.by_id:
            continue
        item = checklist.item_of(view.current.instrument, item_id)
        if deciding.may_choose(turn, view, item):
            saving.detach(turn, evidence, item_id)


def title_of(row: Meeting) -> str:
    """The title of the PDF as evidence."""
    return f"Paket {row.title[:1].lower()}{row.title[1:]}"[: saving.MAX_TITLE]


def period_of(day: date | None) -> str:
    """The month of a day as a period's code; "" without one."""
    return f"{day.year}-{day.month:02}" if day is not None else ""


def _forget(session: Session, key: str) -> None:
    """What was only needed for the drawing (names, notula) is not kept with the job."""
    job = session.exec(select(Job).where(Job.key == key)).first()
    if job is not None:
        job.args = {"meeting_id": job.args.get("meeting_id")}
        session.add(job)
