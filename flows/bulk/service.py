"""Imports of units and people: received, read and tried out in a job, applied in another, let go.

Nothing reaches the tree or the teams before `apply`. Only the admin who sent the file goes on with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlmodel import Session, col, delete, func, insert, select

from flows import audit, fmt, outbox, policy, routes
from flows.admin.service import home_agency
from flows.bulk import plan, present, reading
from flows.bulk.columns import PERSON, UNIT
from flows.errors import BadInput, Missing, NotAllowed, Outdated
from flows.models import Agency, BulkImport, BulkPart
from flows.outbox import JobTurn
from flows.ports import Files, FileUnavailable
from flows.turn import Turn
from flows.words import NOT_FETCHED
from knowledge.library import Library

READ_JOB, APPLY_JOB = "bulk.read", "bulk.apply"
WAITING, READY, APPLYING, APPLIED = "waiting", "ready", "applying", "applied"
STOPPED, FAILED, CANCELLED = "stopped", "failed", "cancelled"
KEPT = timedelta(days=14)
"""An import that nobody decided about is let go after so long."""
UNIT_PORTION, PERSON_PORTION = 8, 120
"""Lines applied in one transaction: some tens of milliseconds, so that people's answers are not held up."""
MOST_PROBLEMS = 2_000
SKIPPED = "dilewati"
"""Counts lines that had become wrong when their turn came."""

_PRIVATE = "Impor unit dan orang dilakukan di obrolan pribadi dengan bot ini."
_NOT_TABLE = (
    "Berkas ini bukan Excel (.xlsx) atau CSV, jadi tidak dibaca. Unduh contohnya, isi, lalu kirim lagi."
)
_GONE = "Impor ini tidak ada dalam daftar Anda."
_OVER = (
    "Impor ini sudah selesai atau kedaluwarsa, jadi tidak ada yang diubah. Kirim berkasnya lagi bila perlu."
)
_BUSY = "Impor lain sedang diterapkan di instansi ini. Tunggu sampai selesai, lalu ketuk Terapkan lagi."


@dataclass(frozen=True, slots=True)
class Tried:
    """What the job found in a file: why it cannot be read, or what it would do."""

    failure: str = ""
    planned: plan.Planned | None = None


def agency_of(turn: Turn) -> Agency:
    """The agency whose admin the actor is, in private. Raises NotAllowed."""
    if not turn.event.private:
        raise NotAllowed(_PRIVATE)
    return home_agency(turn)


# receiving -----------------------------------------------------------------------------------------


def receive(turn: Turn) -> int:
    """Note the file that was sent and queue its reading; returns the import's id. Undecided ones are let go.

    Raises NotAllowed, BadInput.
    """
    agency, file, again = agency_of(turn), turn.event.file, routes.BULK()
    if file is None or not reading.is_table(file.name):
        raise BadInput(_NOT_TABLE, next=again)
    if file.size_bytes > reading.MAX_BYTES:
        raise BadInput(
            f"Berkas melebihi {reading.MAX_BYTES // reading.MIB} MB, jadi belum dibaca. "
            "Bagi menjadi beberapa berkas, lalu kirim satu per satu.",
            next=again,
        )
    older = select(BulkImport).where(
        BulkImport.person_id == turn.actor.person_id, col(BulkImport.state).in_((WAITING, READY))
    )
    for row in turn.session.exec(older).all():
        end(turn.session, row, CANCELLED, turn.now)
    row = BulkImport(
        agency_id=agency.id or 0,
        person_id=turn.actor.person_id,
        chat_id=turn.event.chat_id,
        file_name=file.name[-120:],
        created_at=turn.now,
    )
    turn.session.add(row)
    turn.session.flush()
    args = {"import_id": row.id, "file_id": file.file_id, "file_name": row.file_name}
    outbox.add_job(turn.session, READ_JOB, f"{READ_JOB}:{row.id}", args, turn.now)
    return row.id or 0


# reading and trying out ----------------------------------------------------------------------------


def standing(session: Session, library: Library, agency_id: int, now: Any) -> present.Present:
    """What stands in the agency, for a plan. Three queries."""
    areas = {area.no: area.id for area in library.instrument().areas}
    units = present.units_of(session, agency_id)
    return present.Present(units, present.people_of(session, agency_id, now), areas)


def _gather(job: JobTurn) -> tuple[dict[str, Any], present.Present | None]:
    row = job.session.get(BulkImport, int(job.args["import_id"]))
    if row is None or row.state != WAITING:
        return job.args, None
    return job.args, standing(job.session, job.library, row.agency_id, job.now)


def _prepare(given: tuple[dict[str, Any], present.Present | None], files: Files, _library: Library) -> Tried:
    """Download, read and compare, outside any transaction. Never raises for what is in the file."""
    args, there = given
    if there is None:
        return Tried()
    try:
        data = files.fetch(str(args["file_id"]))
    except FileUnavailable:
        return Tried(NOT_FETCHED)
    found = reading.read(data, str(args["file_name"]))
    return Tried(found.failure) if found.failure else Tried(planned=plan.plan(found.lines, there))


@outbox.carries_out(READ_JOB, prepare=_prepare, gather=_gather)
def keep(job: JobTurn) -> None:
    """Keep what the trial found and tell the sender. A second run finds the import no longer waiting."""
    row = job.session.get(BulkImport, int(job.args["import_id"]), with_for_update=True)
    found: Tried = job.prepared
    if row is None or row.state != WAITING:
        return
    if found.planned is None:
        row.state, row.failure = FAILED, found.failure[:300]
    else:
        note(job.session, row, found.planned)
    job.session.add(row)
    tell(job, row, routes.BULK_TOLD(row.id or 0), "dibaca")


def note(session: Session, row: BulkImport, planned: plan.Planned) -> None:
    """Keep a trial's result with the import: what is to be done, in portions, and what is wrong."""
    row.state = READY
    row.counts = {f"{s}.{kind}": planned.count(s, kind) for s in (UNIT, PERSON) for kind in plan.KINDS}
    row.problems = [list(problem) for problem in planned.problems[:MOST_PROBLEMS]]
    row.same = _ranges(planned.same)
    portions = list(_portions(planned.lines))
    row.total = len(portions)
    if portions:
        session.execute(
            insert(BulkPart),
            [{"import_id": row.id, "no": no, "lines": lines} for no, lines in enumerate(portions)],
        )


def _portions(lines: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The lines as they are applied together: units first; those of one person are not parted."""
    made: list[list[dict[str, Any]]] = []
    for line in lines:
        last = made[-1] if made else []
        same_sheet = bool(last) and last[0]["s"] == line["s"]
        room = len(last) < (UNIT_PORTION if line["s"] == UNIT else PERSON_PORTION)
        together = bool(last) and line["s"] == PERSON and last[-1].get("key") == line["key"]
        if same_sheet and (room or together):
            last.append(line)
        else:
            made.append([line])
    return made


def _ranges(same: Sequence[tuple[str, int]]) -> list[list[Any]]:
    """Lines that change nothing, as ranges: sheet, first, last."""
    made: list[list[Any]] = []
    for sheet, at in sorted(same, key=lambda each: (each[0] != UNIT, each[1])):
        if made and made[-1][0] == sheet and made[-1][2] == at - 1:
            made[-1][2] = at
        else:
            made.append([sheet, at, at])
    return made


def tell(job: JobTurn, row: BulkImport, action: routes.Action, word: str, slot: str | None = None) -> None:
    """A message to who sent the file; one under the same word is the same message."""
    message = outbox.Message(
        key=f"massal:{row.id}:{word}",
        chat_id=row.chat_id,
        person_id=row.person_id,
        action=action,
        lane=outbox.LANE_REPLY,
        slot=slot,
    )
    outbox.add(job.session, [message], job.now)


# deciding ------------------------------------------------------------------------------------------


def own(turn: Turn, import_id: int, *, lock: bool = False) -> BulkImport:
    """The admin's own import. Raises NotAllowed, Missing, Outdated for one that was kept too long."""
    row = turn.session.get(BulkImport, import_id, with_for_update=lock or None, populate_existing=lock)
    if row is None or not turn.event.private or row.person_id != turn.actor.person_id:
        raise Missing(_GONE, import_id=import_id)
    policy.require_admin(turn.actor, row.agency_id)
    if row.state in (WAITING, READY) and turn.now - row.created_at > KEPT:
        raise Outdated(_OVER, next=routes.BULK(), import_id=import_id)
    return row


def left(session: Session, row: BulkImport) -> int:
    """How many portions are still to be applied."""
    return session.exec(select(func.count()).select_from(BulkPart).where(BulkPart.import_id == row.id)).one()


def to_do(row: BulkImport) -> int:
    """How many lines would change something."""
    return sum(row.counts.get(f"{s}.{kind}", 0) for s in (UNIT, PERSON) for kind in (plan.NEW, plan.CHANGED))


def apply(turn: Turn, import_id: int) -> None:
    """Begin to apply; a second tap changes nothing. Raises NotAllowed, Missing, Outdated, BadInput."""
    row = own(turn, import_id, lock=True)
    if row.state in (APPLYING, APPLIED):
        return
    if row.state != READY or not to_do(row):
        raise Outdated(_OVER, next=routes.BULK_SHOW(import_id), import_id=import_id)
    turn.session.exec(select(Agency).where(Agency.id == row.agency_id).with_for_update()).one()
    other = select(BulkImport.id).where(BulkImport.agency_id == row.agency_id, BulkImport.state == APPLYING)
    if turn.session.exec(other.limit(1)).first() is not None:
        raise BadInput(_BUSY, next=routes.BULK_SHOW(import_id))
    row.state = APPLYING
    turn.session.add(row)
    queue(turn.session, row, turn.now)
    audit.record(turn, "bulk_apply", f"bulk:{row.id}", lines=to_do(row))


def queue(session: Session, row: BulkImport, now: Any, wait_seconds: float = 0.0) -> None:
    """The job of the next portion."""
    key = f"{APPLY_JOB}:{row.id}:{row.done}"
    outbox.add_job(session, APPLY_JOB, key, {"import_id": row.id}, now, wait_seconds=wait_seconds)


def cancel(turn: Turn, import_id: int) -> None:
    """Let an import go; what was read is emptied. One that is being applied goes on."""
    row = own(turn, import_id, lock=True)
    if row.state in (WAITING, READY, FAILED):
        end(turn.session, row, CANCELLED, turn.now)


def end(session: Session, row: BulkImport, state: str, now: Any) -> None:
    """Close an import: what was read from the file goes; counts and what was wrong stay for its sender."""
    session.execute(delete(BulkPart).where(col(BulkPart.import_id) == row.id))
    row.state, row.ended_at, row.made = state, now, {}
    if state == CANCELLED:
        row.problems, row.same, row.counts = [], [], {}
    session.add(row)


def lines_of(session: Session, row: BulkImport) -> list[dict[str, Any]]:
    """What is still to be applied, by line."""
    parts = session.exec(
        select(BulkPart.lines).where(BulkPart.import_id == row.id).order_by(col(BulkPart.no))
    )
    return [line for lines in parts for line in lines]


def lines_said(count: int) -> str:
    """A count of lines as it is read: 1.200."""
    return fmt.number(count, 0)
