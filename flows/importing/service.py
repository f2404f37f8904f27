"""Imports as rows: receiving a file, settling doubts and differences, saving, cancelling.

Nothing reaches the answers before `apply`. Only the coordinator who sent the file goes on with it.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select, update

from flows import audit, outbox, policy, routes
from flows.checklist import service as checklist
from flows.checklist import stored
from flows.errors import BadInput, Missing, NotAllowed, Outdated
from flows.events import IncomingFile
from flows.importing.archive import MAX_BYTES, MIB
from flows.importing.plan import Plan, item_of, plan_of
from flows.models import Assessment, LkeImport, Unit
from flows.turn import Turn
from knowledge.answers import Answer as Known
from knowledge.answers import Item, Notice, judge
from knowledge.instrument import Indicator, Instrument

READ_JOB = "lke.import"
WAITING, READY, FAILED, APPLIED, CANCELLED = "waiting", "ready", "failed", "applied", "cancelled"
OPEN, DONE, SKIPPED = "open", "done", "skipped"
OURS = "buku"
"""The key under which what came back in a file of our own is kept."""
KEPT_DAYS = 14
"""An import that nobody decided about is let go after so many days."""

_MIMES = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.ms-excel",
    "application/vnd.ms-excel.sheet.macroenabled.12",
)
_LKE_NAMED = re.compile(r"(?<![a-z])lke(?![a-z])|lembar kerja evaluasi|kertas kerja evaluasi")
_OWN_NAME = re.compile(r"(LKE|Data)-.+-20\d\d-20\d{6}-\d{4}\b.*\.(xlsx|json)", re.IGNORECASE)
_ONLY_COORDINATOR = (
    "LKE dari Excel dibawa masuk oleh koordinator unit, jadi berkas ini tidak disimpan. "
    "Teruskan berkasnya kepada koordinator; isian area Anda bisa diubah lewat /lke."
)
_PRIVATE = "Berkas LKE dikirim di obrolan pribadi dengan bot ini."
_NOT_SHEET = (
    "Berkas ini bukan lembar kerja Excel, jadi tidak disimpan. Kirim LKE dalam bentuk .xlsx; "
    "dari aplikasi lain, pilih Simpan sebagai lalu Excel (.xlsx)."
)
_GONE = "Impor ini tidak ada dalam daftar Anda."
_OVER = "Impor ini sudah selesai, jadi tidak ada yang diubah. Kirim berkasnya lagi bila perlu."
_OTHER_YEAR = "LKE tahun itu tidak lagi terbuka, jadi belum ada yang disimpan. Kirim berkasnya lagi."
_MOVED = "Isian berubah sejak layar ini dibuka, jadi belum ada yang disimpan. Ini keadaan terbaru."


@dataclass(frozen=True, slots=True)
class View:
    """An import with all that is shown of it. `plan` is None unless the import is ready."""

    row: LkeImport
    unit: Unit
    assessment: Assessment
    instrument: Instrument
    plan: Plan | None
    saved_before: datetime | None

    @property
    def id(self) -> int:
        """Id of the import."""
        assert self.row.id is not None
        return self.row.id

    @property
    def open_doubts(self) -> list[int]:
        """Places of the doubts that wait for an answer."""
        return [n for n, doubt in enumerate(self.row.doubts) if doubt["state"] == OPEN]


def is_worksheet(file: IncomingFile | None) -> bool:
    """Whether a file calls itself an Excel workbook, by its name or type."""
    if file is None:
        return False
    return file.name.lower().endswith((".xlsx", ".xlsm", ".xls")) or file.mime.lower() in _MIMES


def is_table(file: IncomingFile) -> bool:
    """Whether a file calls itself CSV or JSON: the forms in which this bot gives out a unit's data."""
    return file.name.lower().endswith((".csv", ".json"))


def is_own_name(file: IncomingFile | None) -> bool:
    """Whether a file bears a name that this bot gives to what it makes (see `flows.workbook.naming`)."""
    return file is not None and _OWN_NAME.fullmatch(file.name) is not None


def looks_like_lke(file: IncomingFile | None, caption: str, may_bring: bool) -> bool:
    """Whether a file that nothing asked for is rather an LKE than evidence.

    Its name or caption says so; or it is a workbook without a word from somebody who may bring an LKE.
    """
    if file is None or not (is_worksheet(file) or is_table(file)):
        return False
    words = f"{file.name} {caption}".lower()
    if is_own_name(file):
        return True
    return bool(_LKE_NAMED.search(words)) or (may_bring and is_worksheet(file) and not caption.strip())


def may_import(turn: Turn, unit: Unit) -> bool:
    """Whether the actor coordinates the unit."""
    return policy.can(turn.actor, "answer", unit) and turn.actor.has_role("koordinator", unit)


def require_sender(turn: Turn, unit: Unit) -> None:
    """Raise NotAllowed for people who change nothing here: others may send a file made by this bot."""
    if not turn.event.private:
        raise NotAllowed(_PRIVATE)
    if not policy.may_assess(turn.actor, unit):
        policy.require(turn.actor, "answer", unit)


def require(turn: Turn, unit: Unit) -> None:
    """Raise NotAllowed, saying whom to ask, unless the actor coordinates the unit."""
    if not turn.event.private:
        raise NotAllowed(_PRIVATE)
    policy.require(turn.actor, "answer", unit)
    if not may_import(turn, unit):
        raise NotAllowed(_ONLY_COORDINATOR, unit_id=unit.id)


# receiving -----------------------------------------------------------------------------------------


def receive(turn: Turn) -> int:
    """Note the file that was sent and queue its reading; returns the import's id.

    Earlier imports of the person for the same LKE that are still undecided are let go: the newest counts.
    Raises NotAllowed, BadInput.
    """
    unit, file = turn.unit, turn.event.file
    require_sender(turn, unit)
    assessment = checklist.assessment_of(turn.session, unit)
    if file is None or not (is_worksheet(file) or is_table(file)):
        raise BadInput(_NOT_SHEET, next=routes.IMPORT())
    if file.size_bytes > MAX_BYTES:
        raise BadInput(
            f"Berkas {file.size_bytes / MIB:.0f} MB melebihi batas {MAX_BYTES // MIB} MB, jadi belum "
            f"tersimpan. "
            "Hapus gambar di dalamnya atau simpan salinan yang hanya memuat lembar LKE, lalu kirim lagi.",
            next=routes.IMPORT(),
            size=file.size_bytes,
        )
    _let_go_of_older(turn, assessment)
    row = LkeImport(
        assessment_id=assessment.id or 0,
        unit_id=unit.id or 0,
        person_id=turn.actor.person_id,
        chat_id=turn.event.chat_id,
        file_name=file.name[-120:] or "LKE.xlsx",
        created_at=turn.now,
    )
    turn.session.add(row)
    turn.session.flush()
    assert row.id is not None
    args = {
        "import_id": row.id,
        "file_id": file.file_id,
        "file_name": row.file_name,
        "instrument_id": assessment.instrument_id,
    }
    outbox.add_job(turn.session, READ_JOB, f"{READ_JOB}:{row.id}", args, turn.now)
    return row.id


def _let_go_of_older(turn: Turn, assessment: Assessment) -> None:
    for row in turn.session.exec(
        select(LkeImport).where(
            col(LkeImport.state).in_((WAITING, READY)),
            LkeImport.person_id == turn.actor.person_id,
            LkeImport.assessment_id == assessment.id,
        )
    ).all():
        _end(turn.session, row, CANCELLED)


def let_go_of_stale(session: Session, now: datetime) -> None:
    """Empty every import that nobody has decided about for `KEPT_DAYS`: what was read is not kept longer."""
    session.execute(
        update(LkeImport)
        .where(
            col(LkeImport.state).in_((WAITING, READY)),
            col(LkeImport.created_at) < now - timedelta(days=KEPT_DAYS),
        )
        .values(state=CANCELLED, cells={}, doubts=[])
        .execution_options(synchronize_session=False)
    )


def _end(session: Session, row: LkeImport, state: str) -> None:
    row.state, row.cells, row.doubts = state, {}, []
    session.add(row)


# looking -------------------------------------------------------------------------------------------


def view(turn: Turn, import_id: int, *, lock: bool = False) -> View:
    """One's own import. Raises Missing for others' and unknown ones, NotAllowed for former coordinators."""
    row = turn.session.get(LkeImport, import_id, with_for_update=lock or None, populate_existing=lock)
    if row is None or row.person_id != turn.actor.person_id:
        raise Missing(_GONE, import_id=import_id)
    unit = turn.unit_by_id(row.unit_id)
    require_sender(turn, unit)
    ours = is_ours(row)
    if row.state in (READY, APPLIED) and not ours:
        require(turn, unit)
    assessment = turn.session.get_one(Assessment, row.assessment_id)
    instrument = turn.library.instrument(assessment.instrument_id)
    plan = None
    if row.state == READY and not ours:
        plan = plan_of(row, instrument, checklist.answers_of(turn.session, assessment))
    return View(row, unit, assessment, instrument, plan, _saved_before(turn.session, row))


def is_ours(row: LkeImport) -> bool:
    """Whether the file was made by this bot: `flows.workbook` goes on with it."""
    return OURS in row.cells


def _saved_before(session: Session, row: LkeImport) -> datetime | None:
    """When the very same file was saved last; None for a new one."""
    if not row.sha256:
        return None
    return session.exec(
        select(LkeImport.applied_at)
        .where(
            LkeImport.assessment_id == row.assessment_id,
            LkeImport.sha256 == row.sha256,
            LkeImport.state == APPLIED,
            LkeImport.id != row.id,
        )
        .order_by(col(LkeImport.id).desc())
        .limit(1)
    ).first()


def ready(turn: Turn, import_id: int) -> View:
    """One's own import, locked, that still waits for decisions. Raises Outdated for one that ended."""
    found = view(turn, import_id, lock=True)
    if is_ours(found.row):
        raise Outdated(_OVER, next=routes.WORKBOOK_SHOW(import_id), import_id=import_id)
    if found.plan is None:
        raise Outdated(_OVER, next=routes.IMPORT_SHOW(import_id), import_id=import_id)
    if checklist.assessment_of(turn.session, found.unit).id != found.row.assessment_id:
        raise Outdated(_OTHER_YEAR, next=routes.IMPORT(), import_id=import_id)
    return found


# deciding ------------------------------------------------------------------------------------------


def doubt_of(found: View, number: int) -> tuple[dict[str, Any], Item]:
    """A doubt and its item. Raises Missing for a forged number."""
    if not 0 <= number < len(found.row.doubts):
        raise Missing(_GONE, next=routes.IMPORT_SHOW(found.id))
    doubt = found.row.doubts[number]
    return doubt, item_of(found.instrument, str(doubt["item"]))


def settle(turn: Turn, import_id: int, number: int, answer: Known | None) -> View:
    """Answer a doubt (None: skip it). The answer is kept with the import, not yet in the LKE."""
    found = ready(turn, import_id)
    _, item = doubt_of(found, number)
    row = found.row
    answers = {k: v for k, v in row.cells["answers"].items() if k != item.id}
    if answer is not None:
        _possible(found, number, item, answer)
        answers[item.id] = list(stored.columns(answer))
    row.cells = {**row.cells, "answers": answers}
    state = DONE if answer is not None else SKIPPED
    row.doubts = [{**d, "state": state} if n == number else d for n, d in enumerate(row.doubts)]
    turn.session.add(row)
    return found


def _possible(found: View, number: int, item: Item, answer: Known) -> None:
    if (
        judge(item, answer).notice is Notice.EXCEEDS
        and isinstance(item, Indicator)
        and item.formula is not None
    ):
        raise BadInput(
            f"Itu tidak mungkin: {item.formula.impossible}. Belum ada yang disimpan.",
            next=routes.IMPORT_DOUBT(found.id, number),
        )


def decide(turn: Turn, import_id: int, item_id: str, choice: str) -> View:
    """Decide about one item that differs. Kept with the import."""
    found = ready(turn, import_id)
    row = found.row
    row.cells = {**row.cells, "decided": {**row.cells.get("decided", {}), item_id: choice}}
    turn.session.add(row)
    return found


def cancel(turn: Turn, import_id: int) -> None:
    """Let an import go; what was read is emptied."""
    found = view(turn, import_id, lock=True)
    if found.row.state in (WAITING, READY, FAILED):
        _end(turn.session, found.row, CANCELLED)
        audit.record(turn, "lke.import_cancel", f"{found.row.assessment_id}", found.unit.id)


def finish(turn: Turn, found: View, facts: dict[str, int]) -> None:
    """Mark an import as saved with these counts; what was read is emptied."""
    row = found.row
    _end(turn.session, row, APPLIED)
    row.applied_at, row.cells = turn.now, dict(facts)
    audit.record(turn, "lke.import", f"{row.assessment_id}", found.unit.id, **facts)


def moved(found: View) -> Outdated:
    """The refusal when answers changed under the screen."""
    return Outdated(_MOVED, next=routes.IMPORT_SHOW(found.id), import_id=found.id)
