"""Bringing register lines in from a table: received, read in a job, tried out, applied."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, delete, select

from flows import audit, outbox, routes
from flows.errors import BadInput, Missing, Outdated
from flows.importing.archive import MIB
from flows.models import RegisterEntry, RegisterImport, Unit
from flows.outbox import JobTurn
from flows.ports import Files, FileUnavailable
from flows.registers import service, table
from flows.registers.kinds import KINDS, Kind
from flows.registers.table import Line, Problem
from flows.turn import Turn
from flows.words import NOT_FETCHED
from knowledge.library import Library

JOB = "register.import"
WAITING, READY, FAILED, APPLIED, CANCELLED = "waiting", "ready", "failed", "applied", "cancelled"
NEW, CHANGED, SAME = "baru", "berubah", "sama"
_GONE = "Impor ini tidak ada dalam daftar Anda."
_OVER = "Impor ini sudah selesai, jadi tidak ada yang diubah. Kirim berkasnya lagi bila perlu."
_MOVED = "Register berubah sejak hasil ini dihitung, jadi belum ada yang disimpan. Ini hasil yang baru."
_NOT_TABLE = "Berkas ini bukan tabel .csv atau .xlsx, jadi tidak disimpan. Simpan dulu sebagai salah satunya."


@dataclass(frozen=True, slots=True)
class Step:
    """What applying does with one line: `how` NEW, CHANGED or SAME; `row` is what stands there."""

    line: Line
    how: str
    row: RegisterEntry | None


@dataclass(frozen=True, slots=True)
class View:
    """An import with all that is shown of it. `stamp` tells whether the register moved meanwhile."""

    row: RegisterImport
    unit: Unit
    kind: Kind
    steps: tuple[Step, ...]
    stamp: int

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What cannot be taken."""
        return tuple(Problem(int(each["at"]), str(each["why"])) for each in self.row.problems)

    def count(self, how: str) -> int:
        """How many lines are of this kind."""
        return sum(step.how == how for step in self.steps)


def receive(turn: Turn, unit_id: int, kind: Kind) -> int:
    """Note the file that was sent and queue its reading; returns the import's id. Earlier ones are let go.

    Raises NotAllowed, Outdated, BadInput.
    """
    unit, file = service.writable(turn, unit_id, kind), turn.event.file
    again = routes.REGISTER_FILE_ASK(unit_id, kind.code)
    if file is None or not table.is_table(file.name):
        raise BadInput(_NOT_TABLE, next=again)
    if file.size_bytes > table.MAX_BYTES:
        raise BadInput(
            f"Berkas ini melebihi {table.MAX_BYTES // MIB} MB, jadi belum disimpan. "
            "Kirim tabelnya saja, tanpa gambar.",
            next=again,
        )
    older = select(RegisterImport).where(
        RegisterImport.person_id == turn.actor.person_id,
        RegisterImport.kind == kind.code,
        col(RegisterImport.state).in_((WAITING, READY)),
    )
    for each in turn.session.exec(older).all():
        _end(turn, each, CANCELLED)
    row = RegisterImport(
        unit_id=unit.id or 0,
        kind=kind.code,
        person_id=turn.actor.person_id,
        chat_id=turn.event.chat_id,
        file_name=file.name[-120:],
        created_at=turn.now,
    )
    turn.session.add(row)
    turn.session.flush()
    args = {
        "import_id": row.id,
        "file_id": file.file_id,
        "file_name": row.file_name,
        "kind": kind.code,
        "today": turn.today.isoformat(),
    }
    outbox.add_job(turn.session, JOB, f"{JOB}:{row.id}", args, turn.now)
    return row.id or 0


def prepare(args: dict[str, Any], files: Files, _library: Library) -> table.Reading:
    """Download and read. Never raises for what is in the file."""
    try:
        data = files.fetch(str(args["file_id"]))
    except FileUnavailable:
        return table.Reading(failure=NOT_FETCHED)
    kind, today = KINDS[str(args["kind"])], date.fromisoformat(str(args["today"]))
    return table.read(data, str(args["file_name"]), kind, today)


@outbox.carries_out(JOB, prepare=prepare)
def keep(job: JobTurn) -> None:
    """Keep what was read and tell the sender. A second run finds the import no longer waiting."""
    row = job.session.get(RegisterImport, int(job.args["import_id"]), with_for_update=True)
    found: table.Reading = job.prepared
    if row is None or row.state != WAITING:
        return
    row.state = FAILED if found.failure else READY
    row.lines = [asdict(line) for line in found.lines]
    row.problems = [{"at": 0, "why": found.failure}] if found.failure else [asdict(p) for p in found.problems]
    job.session.add(row)
    message = outbox.Message(
        key=f"impor-register:{row.id}",
        chat_id=row.chat_id,
        person_id=row.person_id,
        action=routes.REGISTER_IMPORT_TOLD(row.id or 0),
        lane=outbox.LANE_REPLY,
    )
    outbox.add(job.session, [message], job.now)


# the trial -----------------------------------------------------------------------------------------


def view(turn: Turn, import_id: int, *, lock: bool = False) -> View:
    """One's own import. Raises Missing for others' and unknown ones, NotAllowed for former keepers."""
    row = turn.session.get(RegisterImport, import_id, with_for_update=lock or None, populate_existing=lock)
    if row is None or row.person_id != turn.actor.person_id or row.kind not in KINDS:
        raise Missing(_GONE, next=routes.REGISTERS(), import_id=import_id)
    unit, kind = turn.unit_by_id(row.unit_id), KINDS[row.kind]
    service.require_edit(turn, unit, kind)
    present = service.lines(turn.session, unit, kind)
    steps = tuple(_step(Line(**raw), kind, present) for raw in row.lines) if row.state == READY else ()
    return View(row, unit, kind, steps, len(present) + sum(each.revision for each in present))


def _step(line: Line, kind: Kind, present: tuple[RegisterEntry, ...]) -> Step:
    """Lines with a period meet that period's; others are the same only when every field is."""
    if line.slot:
        row = next((each for each in present if each.slot == line.slot), None)
        if row is None:
            return Step(line, NEW, None)
        return Step(line, SAME if _merged(row, line) == dict(row.content) else CHANGED, row)
    same = next((each for each in present if _like(each.content, line.values, kind)), None)
    return Step(line, NEW if same is None else SAME, same)


def _merged(row: RegisterEntry, line: Line) -> dict[str, Any]:
    return {**row.content, **line.values}


def _like(one: Mapping[str, Any], other: Mapping[str, Any], kind: Kind) -> bool:
    return all(one.get(field.key) == other.get(field.key) for field in kind.fields)


# the end -------------------------------------------------------------------------------------------


def apply(turn: Turn, import_id: int, stamp: int) -> View:
    """Write the lines that could be read. Nothing is done twice. Raises Outdated, NotAllowed, BadInput."""
    found = view(turn, import_id, lock=True)
    if found.row.state == APPLIED:
        return found
    if found.row.state != READY:
        raise Outdated(_OVER, next=routes.REGISTER_IMPORT(import_id))
    if found.stamp != stamp:
        raise Outdated(_MOVED, next=routes.REGISTER_IMPORT(import_id))
    for step in found.steps:
        if step.row is not None and step.how == CHANGED:
            service.change(turn, step.row, _merged(step.row, step.line), "impor")
        elif step.how == NEW:
            made = service.insert(turn, found.unit, found.kind, step.line.slot or None, step.line.values)
            if made is None:
                raise Outdated(_MOVED, next=routes.REGISTER_IMPORT(import_id))
    counts = {how: found.count(how) for how in (NEW, CHANGED, SAME)}
    _end(turn, found.row, APPLIED)
    found.row.counts = counts
    audit.record(turn, "register.impor", f"{import_id}", found.unit.id, kind=found.kind.code, **counts)
    return found


def cancel(turn: Turn, import_id: int) -> Kind:
    """Let an import go; what was read is emptied."""
    found = view(turn, import_id, lock=True)
    if found.row.state in (WAITING, READY, FAILED):
        _end(turn, found.row, CANCELLED)
    return found.kind


def _end(turn: Turn, row: RegisterImport, state: str) -> None:
    row.state, row.lines, row.problems, row.ended_at = state, [], [], turn.now
    turn.session.add(row)


# personal data -------------------------------------------------------------------------------------


def forget(session: Session, person_id: int) -> None:
    """The tables that somebody sent go with their data; the lines taken from them are the unit's."""
    session.execute(
        delete(RegisterImport)
        .where(col(RegisterImport.person_id) == person_id)
        .execution_options(synchronize_session=False)
    )
