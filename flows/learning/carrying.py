"""Bringing entries in from a file: received, read in a job, tried out, applied. And handing them out."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from flows import audit, fmt, outbox, routes
from flows.learning import entries, refusals, table, unmet
from flows.learning.scope import over, required_admin
from flows.learning.table import Line, Problem
from flows.models import AgencyEntry, EntryImport
from flows.outbox import JobTurn
from flows.ports import Files, FileUnavailable
from flows.turn import Turn
from flows.words import NOT_FETCHED
from knowledge.library import Library

JOB = "entries.import"
WAITING, READY, FAILED, APPLIED, CANCELLED = "waiting", "ready", "failed", "applied", "cancelled"
KEPT = timedelta(days=14)
MOST_PROBLEMS_SHOWN = 12
NEW, CHANGED, SAME = "baru", "berubah", "sama"
_NOTHING = "Tidak ada jawaban di dalam berkas ini."


@dataclass(frozen=True, slots=True)
class Step:
    """What applying does with one line: `kind` NEW, CHANGED or SAME."""

    line: Line
    kind: str
    entry: AgencyEntry | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The trial result: what would be done, what is wrong, and the version of the entries it holds for."""

    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]
    version: int

    def count(self, kind: str) -> int:
        """How many lines are of this kind."""
        return sum(step.kind == kind for step in self.steps)


# handing out ---------------------------------------------------------------------------------------


def rows(turn: Turn) -> tuple[table.Row, ...]:
    """Every entry of the admin's agency as plain values. Raises NotAllowed."""
    scope = required_admin(turn)
    found = entries.everything(turn.session, scope.agency_id)
    return tuple((e.id or 0, tuple(e.questions), e.short, e.detail, e.rule, e.state) for e in found)


# receiving -----------------------------------------------------------------------------------------


def receive(turn: Turn) -> int:
    """Note the file that was sent and queue its reading; returns the import's id. Earlier ones are let go.

    Raises NotAllowed, BadInput.
    """
    scope = required_admin(turn)
    file, again = turn.event.file, routes.ENTRIES_IMPORT()
    if file is None or not table.is_table(file.name):
        raise refusals.bad_file(again)
    if file.size_bytes > table.MAX_BYTES:
        raise refusals.file_too_big(table.MAX_BYTES // (1024 * 1024), again)
    older = select(EntryImport).where(
        EntryImport.person_id == turn.actor.person_id, col(EntryImport.state).in_((WAITING, READY))
    )
    for row in turn.session.exec(older).all():
        _end(turn, row, CANCELLED)
    row = EntryImport(
        agency_id=scope.agency_id,
        person_id=turn.actor.person_id,
        chat_id=turn.event.chat_id,
        file_name=file.name[-120:],
        created_at=turn.now,
    )
    turn.session.add(row)
    turn.session.flush()
    assert row.id is not None
    args = {"import_id": row.id, "file_id": file.file_id, "file_name": row.file_name}
    outbox.add_job(turn.session, JOB, f"{JOB}:{row.id}", args, turn.now)
    return row.id


def prepare(args: dict[str, Any], files: Files, _library: Library) -> table.Reading:
    """Download and read. Never raises for what is in the file."""
    try:
        data = files.fetch(str(args["file_id"]))
    except FileUnavailable:
        return table.Reading(failure=NOT_FETCHED)
    found = table.read(data, str(args["file_name"]))
    if not found.failure and not found.lines and not found.problems:
        found.failure = _NOTHING
    return found


@outbox.carries_out(JOB, prepare=prepare)
def keep(job: JobTurn) -> None:
    """Keep what was read and tell the sender. A second run finds the import no longer waiting."""
    row = job.session.get(EntryImport, int(job.args["import_id"]), with_for_update=True)
    found: table.Reading = job.prepared
    if row is None or row.state != WAITING:
        return
    row.state = FAILED if found.failure else READY
    row.lines = [asdict(line) for line in found.lines]
    row.problems = (
        [{"at": 0, "why": found.failure}] if found.failure else [asdict(each) for each in found.problems]
    )
    job.session.add(row)
    message = outbox.Message(
        key=f"impor-jawaban:{row.id}",
        chat_id=row.chat_id,
        person_id=row.person_id,
        action=routes.ENTRIES_TOLD(row.id or 0),
        lane=outbox.LANE_REPLY,
    )
    outbox.add(job.session, [message], job.now)


# the trial -----------------------------------------------------------------------------------------


def own(turn: Turn, import_id: int, *, lock: bool = False) -> EntryImport:
    """The admin's own import. Raises NotAllowed, Missing."""
    row = turn.session.get(EntryImport, import_id, with_for_update=lock or None, populate_existing=lock)
    if row is None or row.person_id != turn.actor.person_id:
        raise refusals.entry_gone(routes.ENTRIES(entries.ACTIVE, 0))
    if not over(turn, row.agency_id).is_admin:
        raise refusals.only_admin()
    if row.state in (WAITING, READY) and turn.now - row.created_at > KEPT:
        raise refusals.import_over()
    return row


def plan_of(turn: Turn, row: EntryImport) -> Plan:
    """What applying the import would do now."""
    present = entries.everything(turn.session, row.agency_id)
    by_id = {entry.id: entry for entry in present}
    by_key = {
        unmet.key_of(turn.library, question): entry
        for entry in reversed(present)
        for question in entry.questions
    }
    steps: list[Step] = []
    problems = [Problem(int(each["at"]), str(each["why"])) for each in row.problems]
    taken: dict[object, int] = {}
    for line in map(_line, row.lines):
        keys = [unmet.key_of(turn.library, question) for question in line.questions]
        entry = by_id.get(line.number) if line.number else by_key.get(keys[0])
        why = _refused(line, entry, keys, taken, by_key)
        if why:
            problems.append(Problem(line.at, why))
            continue
        taken.update(dict.fromkeys(keys, line.at))
        if entry is not None:
            taken[entry.id] = line.at
        steps.append(Step(line, _kind(line, entry), entry))
    problems.sort(key=lambda problem: problem.at)
    return Plan(tuple(steps), tuple(problems), entries.version(turn.session, row.agency_id))


def _line(raw: Mapping[str, Any]) -> Line:
    return Line(**{**raw, "questions": tuple(raw["questions"])})


def _refused(
    line: Line,
    entry: AgencyEntry | None,
    keys: Sequence[str],
    taken: Mapping[object, int],
    by_key: Mapping[str, AgencyEntry],
) -> str:
    """Why a line cannot be applied beside the entries there are and the lines above it; "" when it can."""
    if line.number and entry is None:
        return f"nomor {line.number} tidak ada di instansi ini; kosongkan untuk jawaban baru"
    above = next((taken[key] for key in keys if key in taken), None)
    if above is None and entry is not None:
        above = taken.get(entry.id)
    if above is not None:
        return f"sama dengan baris {above}"
    if line.state == entries.ACTIVE:
        for key, question in zip(keys, line.questions, strict=True):
            other = by_key.get(key)
            if other is not None and other is not entry and other.state == entries.ACTIVE:
                return f'"{fmt.cut(question, 60)}" sudah dijawab oleh jawaban nomor {other.id}'
    return ""


def _kind(line: Line, entry: AgencyEntry | None) -> str:
    if entry is None:
        return NEW
    there = (tuple(entry.questions), entry.short, entry.detail, entry.rule, entry.state)
    return SAME if there == (line.questions, line.short, line.detail, line.rule, line.state) else CHANGED


# the end -------------------------------------------------------------------------------------------


def apply(turn: Turn, import_id: int, version: int) -> dict[str, int]:
    """Write the lines that are right; returns how many were new, changed and the same.

    Nothing is done twice. Raises NotAllowed, Missing, Outdated, BadInput.
    """
    row = own(turn, import_id, lock=True)
    if row.state == APPLIED:
        return dict(row.counts)
    if row.state != READY:
        raise refusals.import_over()
    again = routes.ENTRIES_READ(import_id)
    latest = entries.lock(turn.session, row.agency_id)
    plan = plan_of(turn, row)
    if plan.version != version:
        raise refusals.import_moved(again)
    if _active_after(turn, row.agency_id, plan) > entries.MOST_ENTRIES:
        raise refusals.too_many_entries(entries.MOST_ENTRIES, again)
    for step in plan.steps:
        if step.kind != SAME:
            latest += 1
            _write(turn, row.agency_id, step, latest)
    counts = {kind: plan.count(kind) for kind in (NEW, CHANGED, SAME)}
    _end(turn, row, APPLIED)
    row.counts = counts
    audit.record(turn, "entry_import", f"import:{row.id}", None, **counts)
    return counts


def _active_after(turn: Turn, agency_id: int, plan: Plan) -> int:
    """How many entries would be in use."""
    change = sum(
        (step.line.state == entries.ACTIVE) - (step.entry is not None and step.entry.state == entries.ACTIVE)
        for step in plan.steps
    )
    return entries.count(turn.session, agency_id, entries.ACTIVE) + change


def _write(turn: Turn, agency_id: int, step: Step, revision: int) -> None:
    line, person_id = step.line, turn.actor.person_id
    entry = step.entry or AgencyEntry(
        agency_id=agency_id,
        short=line.short,
        revision=revision,
        made_by=person_id,
        made_at=turn.now,
        changed_at=turn.now,
    )
    if entry.state == entries.DRAFT and line.state == entries.RETIRED and entry.id is not None:
        unmet.reopen(turn, entry.id)
    entry.questions = list(line.questions)
    entry.short, entry.detail, entry.rule, entry.state = line.short, line.detail, line.rule, line.state
    entries.stamp(turn.session, entry, person_id, turn.now, revision)


def cancel(turn: Turn, import_id: int) -> None:
    """Let an import go; what was read is emptied. Raises NotAllowed, Missing."""
    row = own(turn, import_id, lock=True)
    if row.state in (WAITING, READY, FAILED):
        _end(turn, row, CANCELLED)


def _end(turn: Turn, row: EntryImport, state: str) -> None:
    row.state, row.lines, row.problems, row.ended_at = state, [], [], turn.now
    turn.session.add(row)
