"""What came back, as its sender decides about it: looked at, decided one by one, applied. Nothing before.

The unit's side is changed by those who may answer, each in their areas; the assessors' side by the assigned
penilai alone, in a worksheet of its own (ADR 0008).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from flows import audit, policy, routes
from flows.assess import rounds, team
from flows.checklist import changes
from flows.checklist import service as checklist
from flows.checklist.service import Current
from flows.errors import Missing, Outdated
from flows.importing import service as importing
from flows.importing.service import APPLIED, CANCELLED, READY
from flows.models import Answer, Assessment, LkeImport
from flows.turn import Turn
from flows.workbook import coming_back
from flows.workbook.comparing import ANSWER, KEEP, TAKE, Change, Given, Now, Plan, plan_of
from flows.workbook.content import tpi_of
from knowledge.answers import Item
from knowledge.instrument import Instrument

ROLE, SURVEY, FROZEN = "peran", "survei", "kunci"
"""Why a change cannot be applied by its sender."""

_OVER = "Berkas ini sudah selesai diputuskan, jadi tidak ada yang diubah. Kirim lagi bila perlu."
_MOVED = "Isian berubah sejak layar ini dibuka, jadi belum ada yang disimpan. Ini keadaan terbaru."
_CLOSED = "LKE berkas ini tidak lagi terbuka, jadi belum ada yang disimpan. Unduh LKE terbaru di /dokumen."
_GONE = "Perubahan ini tidak ada lagi dalam berkas Anda. Ini keadaan terbaru."


@dataclass(frozen=True, slots=True)
class View:
    """A file that came back, with what it would change now. `plan` is None unless it waits for decisions."""

    row: LkeImport
    where: Current
    tpi: Assessment | None
    plan: Plan | None
    exported_at: datetime | None
    troubles: tuple[tuple[str, str, str, str], ...]

    @property
    def id(self) -> int:
        """Id of the import."""
        assert self.row.id is not None
        return self.row.id

    @property
    def facts(self) -> Mapping[str, int]:
        """What was saved, once it is."""
        kept = self.row.cells.get(importing.OURS, {})
        return kept if self.row.state == APPLIED else {}


def view(turn: Turn, import_id: int, *, lock: bool = False) -> View:
    """One's own file. Raises Missing for others' and foreign files, NotAllowed without a role any more."""
    found = importing.view(turn, import_id, lock=lock)
    row = found.row
    if not importing.is_ours(row):
        raise Missing(_GONE, next=routes.IMPORT_SHOW(import_id))
    where = Current(found.unit, found.assessment, found.instrument)
    theirs = tpi_of(turn.session, found.unit, found.assessment.year)
    plan, exported_at, troubles = None, None, []
    if row.state == READY:
        kept = row.cells[importing.OURS]
        exported_at = datetime.fromisoformat(kept["at"]) if kept["at"] else None
        troubles = [(a, b, c, d) for a, b, c, d in kept["troubles"]]
        plan = plan_of(found.instrument, _sides(turn, where, theirs, kept, lock), kept["decided"])
    return View(row, where, theirs, plan, exported_at, tuple(troubles))


def ready(turn: Turn, import_id: int) -> tuple[View, Plan]:
    """As `view`, locked and still open. Raises Outdated for what ended or whose year is closed."""
    found = view(turn, import_id, lock=True)
    if found.plan is None:
        raise Outdated(_OVER, next=routes.WORKBOOK_SHOW(import_id), import_id=import_id)
    if not coming_back.is_open(turn.session, found.where.unit, found.where.assessment):
        raise Outdated(_CLOSED, next=routes.DOCUMENTS(), import_id=import_id)
    return found, found.plan


def _sides(
    turn: Turn, where: Current, theirs: Assessment | None, kept: Mapping[str, Any], lock: bool
) -> list[Given]:
    fed = checklist.fed_by_surveys(turn.session, where)
    own_now = _now(turn.session, where.assessment, where.instrument, lock)
    for item_id, each in fed.items():
        now = own_now.get(item_id, Now())
        own_now[item_id] = Now(each.index, now.note, now.revision)
    unit_cells, unit_held = coming_back.cells_of(kept["unit"])
    tpi_cells, tpi_held = coming_back.cells_of(kept["tpi"])
    items = _items(where.instrument)
    refused = {f"j.{item_id}": SURVEY for item_id in fed}
    for item in items:
        if not policy.can(turn.actor, "answer", where.unit, checklist.area_id_of(item)):
            refused |= {f"j.{item.id}": ROLE, f"c.{item.id}": ROLE}
    no_tpi: dict[str, str] = {}
    rounds_now = rounds.present(turn.session, where.id)
    judged = team.judged_areas(turn, where)
    for item in items:
        if checklist.area_id_of(item) not in judged:
            no_tpi |= {f"{part}.{item.id}": ROLE for part in "jc"}
        elif rounds.locked_because(rounds_now):
            no_tpi |= {f"{part}.{item.id}": FROZEN for part in "jc"}
    their_now = _now(turn.session, theirs, where.instrument, lock) if theirs is not None else {}
    return [
        Given("unit", unit_cells, unit_held, own_now, refused),
        Given("tpi", tpi_cells, tpi_held, their_now, no_tpi),
    ]


def _items(instrument: Instrument) -> list[Item]:
    return [*instrument.worksheet_order, *instrument.results]


def _now(session: Session, assessment: Assessment, instrument: Instrument, lock: bool) -> dict[str, Now]:
    query = select(Answer).where(Answer.assessment_id == assessment.id).order_by(col(Answer.id))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return {
        row.item_id: Now(checklist.known_answer(row), row.note, row.revision)
        for row in session.exec(query).all()
        if row.item_id in instrument.by_id
    }


# deciding ------------------------------------------------------------------------------------------


def change_of(plan: Plan, key: str) -> Change:
    """One change by its key. Raises Missing."""
    for change in plan.changes:
        if change.key == key:
            return change
    raise Missing(_GONE)


def decide(turn: Turn, import_id: int, key: str, choice: str) -> Plan:
    """Take one change as in the file, or leave what stands; kept with the import. Returns the new plan."""
    found, plan = ready(turn, import_id)
    change = change_of(plan, key)
    if choice not in (TAKE, KEEP) or change.refused:
        raise Outdated(_GONE, next=routes.WORKBOOK_SHOW(import_id))
    kept = found.row.cells[importing.OURS]
    found.row.cells = {importing.OURS: {**kept, "decided": {**kept["decided"], key: choice}}}
    turn.session.add(found.row)
    turn.session.flush()
    return ready(turn, import_id)[1]


def cancel(turn: Turn, import_id: int) -> None:
    """Let the file go; nothing of it is kept."""
    found = view(turn, import_id, lock=True)
    if found.row.state == READY:
        found.row.state, found.row.cells, found.row.doubts = CANCELLED, {}, []
        turn.session.add(found.row)
        audit.record(turn, "lke.workbook_cancel", f"{found.row.assessment_id}", found.where.unit.id)


def apply(turn: Turn, import_id: int, seen: int) -> dict[str, int]:
    """Write what is taken; returns how many answers and narratives of each side.

    Raises Outdated when anything that the file would change has moved since the screen with stamp `seen`.
    """
    found, plan = ready(turn, import_id)
    if plan.stamp != seen:
        raise Outdated(_MOVED, next=routes.WORKBOOK_SHOW(import_id), import_id=import_id)
    facts = {"answers": 0, "notes": 0, "tpi_answers": 0, "tpi_notes": 0}
    theirs: Current | None = None
    for change in plan.taken:
        where = found.where
        if change.side == "tpi":
            theirs = theirs or _their_place(turn, found)
            where = theirs
        prefix = "tpi_" if change.side == "tpi" else ""
        if _write(turn, changes.Place(where, change.item), change) is changes.Outcome.SAVED:
            facts[f"{prefix}{'answers' if change.part == ANSWER else 'notes'}"] += 1
    row = found.row
    row.state, row.applied_at, row.cells, row.doubts = APPLIED, turn.now, {importing.OURS: facts}, []
    turn.session.add(row)
    audit.record(turn, "lke.workbook", f"{row.assessment_id}", found.where.unit.id, **facts)
    return facts


def _write(turn: Turn, at: changes.Place, change: Change) -> changes.Outcome:
    if change.part == ANSWER:
        if change.answer is None:
            return changes.clear_answer(turn, at, change.revision)
        return changes.set_answer(turn, at, change.answer, change.revision)
    if change.empties:
        return changes.clear_note(turn, at, change.revision)
    return changes.write_note(turn, at, change.file, change.revision)


def _their_place(turn: Turn, found: View) -> Current:
    """The assessors' worksheet, made when they first write. Raises NotAllowed once its round is signed."""
    return rounds.writable(turn, found.where, routes.WORKBOOK_SHOW(found.id))
