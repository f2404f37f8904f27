"""Reading a sent worksheet: downloaded and read outside any transaction, kept in one of its own."""

import hashlib
from dataclasses import dataclass
from typing import Any

from flows import outbox, policy, routes
from flows.checklist import stored
from flows.importing.archive import BROKEN, GONE, MAX_BYTES, TOO_BIG, Unreadable
from flows.importing.reading import Reading, read_workbook
from flows.importing.service import FAILED, OURS, READ_JOB, READY, WAITING
from flows.models import LkeImport, Person, Unit
from flows.outbox import JobTurn
from flows.ports import Files, FileUnavailable
from flows.turn import actor_of
from flows.workbook import coming_back
from flows.workbook.reading import Returned, is_ours
from knowledge.library import Library

EMPTY, ONLY_COORDINATOR = "hampa", "koordinator"
"""The worksheet is one, but nothing is filled in; or it is not ours and its sender is no coordinator."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that was read, or the code that says why not."""

    sha256: str
    reading: Reading | None
    failure: str = ""
    ours: Returned | None = None


def prepare(args: dict[str, Any], files: Files, library: Library) -> Prepared:
    """Download and read. Never raises for what is in the file."""
    try:
        data = files.fetch(str(args["file_id"]))
    except FileUnavailable:
        return Prepared("", None, GONE)
    if len(data) > MAX_BYTES:
        return Prepared("", None, TOO_BIG)
    digest = hashlib.sha256(data).hexdigest()
    name = str(args["file_name"])
    if is_ours(data, name):
        returned, why = coming_back.read(data, name, str(args["instrument_id"]), library)
        if returned is not None or why:
            return Prepared(digest, None, why, returned)
    try:
        reading = read_workbook(data, library.instrument(str(args["instrument_id"])), name)
    except Unreadable as err:
        return Prepared(digest, None, err.code)
    except RecursionError:
        return Prepared(digest, None, BROKEN)
    if not (reading.answers or reading.doubts or reading.notes or reading.old):
        return Prepared(digest, None, EMPTY)
    return Prepared(digest, reading)


@outbox.carries_out(READ_JOB, prepare=prepare)
def keep(job: JobTurn) -> None:
    """Keep what was read and tell the sender. A second run finds the import no longer waiting."""
    row = job.session.get(LkeImport, int(job.args["import_id"]), with_for_update=True)
    prepared: Prepared = job.prepared
    if row is None or row.state != WAITING:
        return
    row.sha256 = prepared.sha256
    told = routes.IMPORT_TOLD(row.id or 0)
    failure = prepared.failure
    if prepared.ours is not None:
        failure = coming_back.settle(job, row, prepared.ours)
        told = routes.WORKBOOK_TOLD(row.id or 0) if not failure else told
    elif prepared.reading is not None and not _coordinates(job, row):
        failure = ONLY_COORDINATOR
    if failure:
        row.state, row.cells = FAILED, {"error": failure}
    elif prepared.ours is not None:
        row.state, row.cells = READY, {OURS: coming_back.as_cells(prepared.ours)}
    elif prepared.reading is not None:
        row.state = READY
        row.cells, row.doubts = as_cells(prepared.reading), as_doubts(prepared.reading)
    job.session.add(row)
    message = outbox.Message(
        key=f"impor:{row.id}",
        chat_id=row.chat_id,
        person_id=row.person_id,
        action=told,
        lane=outbox.LANE_REPLY,
    )
    outbox.add(job.session, [message], job.now)


def _coordinates(job: JobTurn, row: LkeImport) -> bool:
    """Whether the sender coordinates the unit now: only then is a foreign worksheet gone on with."""
    person, unit = job.session.get(Person, row.person_id), job.session.get(Unit, row.unit_id)
    if person is None or unit is None:
        return False
    actor = actor_of(job.session, person, job.now)
    return policy.can(actor, "answer", unit) and actor.has_role("koordinator", unit)


def as_cells(reading: Reading) -> dict[str, Any]:
    """What was read as plain data."""
    return {
        "answers": {item_id: list(stored.columns(answer)) for item_id, answer in reading.answers.items()},
        "notes": dict(reading.notes),
        "links": reading.links,
        "cut": reading.cut,
        "year": reading.year,
        "old": reading.old,
        "decided": {},
    }


def as_doubts(reading: Reading) -> list[dict[str, Any]]:
    """The doubtful cells as plain data, in the order of the worksheet's areas."""
    return [
        {
            "item": doubt.item_id,
            "raw": doubt.raw,
            "why": doubt.why,
            "suggest": doubt.suggest,
            "where": reading.where.get(doubt.item_id, ""),
            "state": "open",
        }
        for doubt in reading.doubts
    ]
