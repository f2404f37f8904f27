"""Signed sheets that people send: noted, examined in a job as evidence is, kept for whom they cover."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flows import audit, outbox, policy, routes
from flows.errors import BadInput, NotAllowed
from flows.evidence import dating, examining, intake
from flows.evidence.examine import examine
from flows.models import PactSheet, Person, Unit
from flows.outbox import JobTurn
from flows.pact import changing, service
from flows.pact.service import FAILED, READING, READY, SCAN, TTE
from flows.ports import Files, FileUnavailable
from flows.turn import Turn, turn_as
from flows.words import NOT_FETCHED
from knowledge.library import Library

JOB = "pact.sheet"
_SIGNED = b"/ByteRange"
"""A PDF names so what its electronic signature covers. That it is valid is not looked at here."""
_LEFT = "Anda tidak lagi termasuk pegawai unit itu, jadi lembarnya tidak disimpan."
_NO_TEXT = "Lembar pakta dikirim sebagai PDF atau foto."
_READABLE = ("application/pdf", "image/")


@dataclass(frozen=True, slots=True)
class Looked:
    """What the job found: why the file cannot be taken, or what is kept."""

    why: str = ""
    sha256: str = ""
    size: int = 0
    mime: str = ""
    name: str = ""
    day: date | None = None
    form: str = SCAN


def receive(turn: Turn, unit_id: int, code: str) -> int:
    """Note the sent file and queue its examination; returns the sheet's id.

    `code`: whom it covers; empty is the sender, or for recorders to be chosen. Raises NotAllowed, Outdated,
    BadInput, Missing.
    """
    unit = changing.own_unit(turn, unit_id)
    file = turn.event.file
    if file is None:
        raise BadInput(intake.NO_FILE, next=routes.PACT())
    changing.locked(turn, unit)
    found = service.view(turn)
    if code:
        _, line = service.someone(turn, code)
        if line is not found.line(f"p{turn.actor.person_id}") and not found.may_record:
            policy.require(turn.actor, "pact", unit)
    elif found.mine is None and not found.may_record:
        raise NotAllowed("Lembar pakta dikirim oleh pegawai unit ini.", next=routes.PACT())
    covers = code or ("" if found.may_record else f"p{turn.actor.person_id}")
    row = PactSheet(unit_id=unit.id or 0, added_by=turn.actor.person_id, added_at=turn.now)
    row.signed_on = dating.day_in(turn.event.text, turn.today)
    turn.session.add(row)
    turn.session.flush()
    audit.record(turn, "pact.sheet", f"{row.id}", unit.id)
    args = {
        "sheet_id": row.id,
        "covers": covers,
        "file_id": file.file_id,
        "name": file.name[-200:],
        "photo": file.name == "foto.jpg" and file.mime == "image/jpeg",
        "today": turn.today.isoformat(),
    }
    outbox.add_job(turn.session, JOB, f"{JOB}:{row.id}", args, turn.now)
    return row.id or 0


def _prepare(args: dict[str, Any], files: Files, _library: Library) -> Looked:
    """Fetch, examine as evidence is, keep. Never raises for what is in a file."""
    try:
        data = files.fetch(str(args["file_id"]))
    except FileUnavailable:
        return Looked(NOT_FETCHED)
    found = examine(data, str(args["name"]), date.fromisoformat(args["today"]), photo=bool(args["photo"]))
    stop = next((each for each in found.findings if each.stops), None)
    if stop is not None:
        return Looked(f"{stop.sentence} {stop.fix}")
    if not found.mime.startswith(_READABLE):
        return Looked(f"{_NO_TEXT} Berkas {found.name} bukan keduanya, jadi belum disimpan.")
    key = files.store.put(found.data)
    form = TTE if found.mime == "application/pdf" and _SIGNED in found.data else SCAN
    return Looked("", key, len(found.data), found.mime, found.name, found.day, form)


@outbox.carries_out(JOB, prepare=_prepare)
def keep(job: JobTurn) -> None:
    """Keep what was found. A second run finds the sheet no longer being read."""
    session, found = job.session, job.prepared
    row = session.get(PactSheet, int(job.args["sheet_id"]), with_for_update=True, populate_existing=True)
    if row is None or row.state != READING:
        return
    sender = session.get(Person, row.added_by) if row.added_by is not None else None
    unit = session.get_one(Unit, row.unit_id)
    turn = turn_as(session, sender, job.now, job.library, unit.id) if sender is not None else None
    belongs = turn is not None and policy.can(turn.actor, "view", unit)
    row.state, row.why = (FAILED, _LEFT) if not belongs else (FAILED if found.why else READY, found.why[:300])
    if row.state == READY:
        examining.note_stored(session, {found.sha256: (found.size, found.mime)}, job.now)
        row.sha256, row.file_name, row.form = found.sha256, found.name[:160], found.form
        row.signed_on = row.signed_on or found.day
    session.add(row)
    session.flush()
    if turn is not None and row.state == READY and job.args["covers"]:
        changing.cover_by(turn, unit, row, str(job.args["covers"]))
    if sender is not None and sender.telegram_id is not None:
        message = outbox.Message(
            key=f"lembarpakta:{row.id}",
            chat_id=sender.telegram_id,
            person_id=sender.id,
            action=routes.PACT_SHEET_TOLD(row.id or 0),
            lane=outbox.LANE_REPLY,
        )
        outbox.add(session, [message], job.now)
