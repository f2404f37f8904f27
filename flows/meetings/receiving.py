"""Files of a meeting: received, examined in a job like evidence, kept as papers of the meeting."""

from typing import Any

from sqlmodel import Session, col, select

from flows import outbox, policy, routes
from flows.errors import BadInput, Missing
from flows.evidence import examining, findings, intake
from flows.evidence.intake import EXAMINING, FAILED, RECEIVING, SAVED
from flows.meetings import service
from flows.meetings.proposing import HADIR, KINDS, NOTULA, guessed
from flows.models import Intake, Job, Meeting, MeetingPart, Person, Unit
from flows.outbox import JobTurn
from flows.placed import keeps_place
from flows.turn import Turn, actor_of

FILE_JOB = "meeting.file"
LEFT, FULL = "left", "full"
"""Why nothing was kept: the sender left the unit or the meeting is gone; it holds as many as it may."""
_TOO_MANY = (
    f"Satu paket memuat paling banyak {service.MAX_FILES} berkas. Lepas yang tidak perlu, lalu kirim lagi."
)

keeps_place(routes.MEETING_INTAKE)(intake.keep_place)


def receive(turn: Turn, meeting_id: int, kind: str) -> Intake:
    """Note the sent file and queue its examination; a further part joins its album.

    `kind` "" is guessed when it has been examined. Raises NotAllowed, Outdated, Missing, BadInput.
    """
    file = turn.event.file
    if file is None:
        raise BadInput(intake.NO_FILE, next=routes.MEETING_ADD(meeting_id))
    view = service.workable(turn, meeting_id)  # not locked: the job locks what was sent, then the meeting
    if len(view.files) >= service.MAX_FILES:
        raise BadInput(_TOO_MANY, next=routes.MEETING_FILES(meeting_id, 0))
    joined = _album(turn, meeting_id, file.album_id[:40]) if file.album_id else None
    if joined is not None:
        return _join(turn, joined, intake.part_of(file))
    row = Intake(
        unit_id=view.unit.id or 0,
        assessment_id=view.current.id,
        person_id=turn.actor.person_id,
        chat_id=turn.event.chat_id,
        album_id=file.album_id[:40],
        caption=turn.event.text.strip()[:1024],
        parts=[intake.part_of(file)],
        proposal={"round": 1, "meeting": meeting_id, "kind": kind if kind in KINDS else ""},
        state=RECEIVING if file.album_id else EXAMINING,
        created_at=turn.now,
    )
    turn.session.add(row)
    turn.session.flush()
    _queue(turn, row)
    return row


def _album(turn: Turn, meeting_id: int, album_id: str) -> Intake | None:
    """What was sent of the same album into the same meeting."""
    found = turn.session.exec(
        select(Intake)
        .where(
            Intake.chat_id == turn.event.chat_id,
            Intake.album_id == album_id,
            Intake.person_id == turn.actor.person_id,
        )
        .order_by(col(Intake.id).desc())
        .limit(1)
    ).first()
    return found if found is not None and found.proposal.get("meeting") == meeting_id else None


def _join(turn: Turn, row: Intake, part: dict[str, Any]) -> Intake:
    """Add a part; when the job has begun or is over, another one looks at what has come since."""
    waiting = turn.session.exec(
        select(Job).where(Job.key == _key(row), Job.state == "waiting").with_for_update()
    ).first()
    row = turn.session.get_one(Intake, row.id, with_for_update=True, populate_existing=True)
    if len(row.parts) >= intake.MAX_PARTS:
        raise BadInput(intake.TOO_MANY, next=routes.MEETING(int(row.proposal["meeting"])))
    over = row.state in (SAVED, FAILED)
    row.parts = [part] if over else [*row.parts, part]
    row.state, row.problem, row.ended_at = RECEIVING, "", None
    row.caption = row.caption or turn.event.text.strip()[:1024]
    if waiting is not None and not over and waiting.key == _key(row):
        waiting.args = _args(turn, row)
        waiting.due_at = outbox.pace_clock(turn.session) + intake.ALBUM_SECONDS
        turn.session.add(waiting)
    else:
        row.proposal = {**row.proposal, "round": int(row.proposal.get("round", 1)) + 1}
        _queue(turn, row)
    turn.session.add(row)
    turn.session.flush()
    return row


def _key(row: Intake) -> str:
    return f"{FILE_JOB}:{row.id}:{row.proposal.get('round', 1)}"


def _args(turn: Turn, row: Intake) -> dict[str, Any]:
    return {
        "intake_id": row.id,
        "round": row.proposal.get("round", 1),
        "parts": row.parts,
        "today": turn.today.isoformat(),
    }


def _queue(turn: Turn, row: Intake) -> None:
    wait = intake.ALBUM_SECONDS if row.album_id else 0.0
    outbox.add_job(turn.session, FILE_JOB, _key(row), _args(turn, row), turn.now, wait_seconds=wait)


def mine(turn: Turn, intake_id: int) -> Intake:
    """What the actor has sent into a meeting. Raises Missing for others' and unknown ones."""
    row = turn.session.get(Intake, intake_id)
    if row is None or row.person_id != turn.actor.person_id or "meeting" not in row.proposal:
        raise Missing(intake.NOT_YOURS, next=routes.MEETINGS(0), intake_id=intake_id)
    return row


# the job -------------------------------------------------------------------------------------------


@outbox.carries_out(FILE_JOB, prepare=examining.prepare)
def keep(job: JobTurn) -> None:
    """Make papers of the meeting of what was found good. Doing it again finds that it is done."""
    session = job.session
    row = session.get(Intake, int(job.args["intake_id"]), with_for_update=True, populate_existing=True)
    if (
        row is None
        or row.state not in (RECEIVING, EXAMINING)
        or row.proposal.get("round") != job.args["round"]
    ):
        return
    made: examining.Prepared = job.prepared
    examining.note_stored(session, made.stored, job.now)
    row.parts = made.parts
    good = intake.usable(row)
    meeting = session.get(Meeting, int(row.proposal["meeting"]), with_for_update=True, populate_existing=True)
    if meeting is None or meeting.state == service.REMOVED or not _still_works(job, row):
        row.state, row.problem = FAILED, LEFT
    elif not good:
        row.state = FAILED
        row.problem = next((f["code"] for part in row.parts for f in part["findings"]), findings.UNREADABLE)
    else:
        row.state = SAVED
        row.proposal = {**row.proposal, **_kept(session, meeting, row, good, job)}
    row.ended_at = job.now
    row.parts = [{k: v for k, v in part.items() if k not in {"file_id", "unique_id"}} for part in row.parts]
    _tell(job, row)


def _still_works(job: JobTurn, row: Intake) -> bool:
    person = job.session.get(Person, row.person_id)
    unit = job.session.get(Unit, row.unit_id)
    if person is None or unit is None or person.deleted_at is not None:
        return False
    return policy.can(actor_of(job.session, person, job.now), "task", unit)


def _kept(
    session: Session, meeting: Meeting, row: Intake, good: list[dict[str, Any]], job: JobTurn
) -> dict[str, Any]:
    """Write the new papers; returns what the sender is told: counts by kind, how many known or left out."""
    there = service.files_of(session, meeting.id or 0)
    known = {part.sha256 for part in there}
    kinds = frozenset(part.kind for part in there) | _typed(meeting)
    counts: dict[str, int] = {}
    same = full = last = 0
    for part in good:
        if part["sha256"] in known:
            same += 1
            continue
        if len(known) >= service.MAX_FILES:
            full += 1
            continue
        said = f"{row.caption} {'' if part.get('photo') else part['name']}"
        kind = str(row.proposal.get("kind") or "") or guessed(said, part["kind"] == "photo", kinds)
        paper = MeetingPart(
            meeting_id=meeting.id or 0,
            kind=kind,
            sha256=part["sha256"],
            file_name=str(part["name"])[:160],
            made_by=row.person_id,
            made_at=job.now,
        )
        session.add(paper)
        session.flush()
        known.add(part["sha256"])
        counts[kind] = counts.get(kind, 0) + 1
        last = paper.id or 0
    return {"counts": counts, "same": same, "full": full, "last": last}


def _typed(meeting: Meeting) -> frozenset[str]:
    found = {HADIR} if meeting.attendees is not None else set()
    return frozenset(found | ({NOTULA} if meeting.minutes else set()))


def _tell(job: JobTurn, row: Intake) -> None:
    """Put the outcome in place of the screen that said that it is being examined."""
    job.session.add(row)
    job.session.flush()
    examining.tell(job, row, routes.MEETING_INTAKE(row.id or 0))
