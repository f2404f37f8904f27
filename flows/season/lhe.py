"""Notes of the result report (LHE): typed line by line, each perhaps with its indicator."""

import re
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from flows import audit, policy, routes
from flows.checklist import service as checklist
from flows.errors import Missing
from flows.evidence import proposals
from flows.models import LheNote, Task, Unit
from flows.season import refusals, service
from flows.turn import Turn
from knowledge.answers import Item
from knowledge.instrument import Indicator, Instrument, ResultItem

PAGE = 5
MAX_TEXT = 1000
MOST_LINES = 40
_LIST_SIGN = re.compile(r"^\s*(?:[-•*–]|\(?\d{1,3}[.)](?!\d))\s*")
_NUMBER = re.compile(
    r"^\(?([A-Za-z]{1,3}(?:\.[A-Za-z0-9]{1,5}){2,5})\.?\)?(?![A-Za-z0-9])[\s:–-]*(.*)$", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Line:
    """One typed note. `unknown` is a number at its beginning that no indicator has."""

    item: Item | None
    text: str
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One note with its indicator and the action item that it became."""

    note: LheNote
    item: Item | None
    task: Task | None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a year's notes."""

    unit: Unit
    year: int
    notes: tuple[Shown, ...]
    total: int
    to_carry: int
    number: int
    may_edit: bool
    may_carry: bool
    later: bool


def read(instrument: Instrument, text: str) -> list[Line]:
    """The notes of a text, one a line: "A.I.5.i.a kampanye belum rutin". Signs of lists are left out."""
    found = []
    for raw in text.splitlines():
        line = _LIST_SIGN.sub("", raw).strip()
        if not line:
            continue
        hit = _NUMBER.match(line)
        item = proposals.find(instrument, hit[1]) if hit else None
        if hit is not None and item is not None:
            found.append(Line(item, hit[2].strip()))
        else:
            found.append(Line(None, line, hit[1] if hit is not None else ""))
    return found


def instrument_of(turn: Turn, unit: Unit, year: int) -> Instrument:
    """The instrument of the unit's LKE of that year, else of the present one."""
    assessment = service.assessment_in(turn.session, unit.id or 0, year)
    known = turn.library.instruments.get(assessment.instrument_id) if assessment is not None else None
    return known or turn.library.instrument()


def page(turn: Turn, unit_id: int, year: int, number: int) -> Page:
    """One page of a year's notes, oldest first. Raises Missing, NotAllowed."""
    unit = turn.unit_by_id(unit_id)
    policy.require(turn.actor, "view", unit)
    year = service.checked_year(turn, year) if year else service.first_year(turn, unit)
    where = (LheNote.unit_id == unit_id, LheNote.year == year, col(LheNote.removed_at).is_(None))
    total = turn.session.exec(select(func.count()).where(*where)).one()
    number = min(max(0, number), max(0, -(-total // PAGE) - 1))
    found = turn.session.exec(
        select(LheNote, Task)
        .outerjoin(Task, col(Task.id) == col(LheNote.task_id))
        .where(*where)
        .order_by(col(LheNote.id))
        .limit(PAGE)
        .offset(number * PAGE)
    ).all()
    instrument = instrument_of(turn, unit, year)
    edits = policy.can(turn.actor, "season", unit)
    return Page(
        unit,
        year,
        tuple(Shown(note, item_of(instrument, note), task) for note, task in found),
        total,
        len(waiting(turn.session, unit_id, year)),
        number,
        edits,
        edits and policy.can(turn.actor, "task", unit),
        _later(turn.session, unit, year),
    )


def _later(session: Session, unit: Unit, year: int) -> bool:
    """Whether an LKE of a later year is open, into which notes can go."""
    try:
        return checklist.assessment_of(session, unit).year > year
    except Missing:
        return False


def item_of(instrument: Instrument, note: LheNote) -> Item | None:
    """The indicator that the note names."""
    node = instrument.by_id.get(note.item_id or "")
    return node if isinstance(node, Indicator | ResultItem) else None


def waiting(session: Session, unit_id: int, year: int, *, lock: bool = False) -> list[LheNote]:
    """The notes that have not become action items yet, oldest first."""
    query = (
        select(LheNote)
        .where(
            LheNote.unit_id == unit_id,
            LheNote.year == year,
            col(LheNote.removed_at).is_(None),
            col(LheNote.task_id).is_(None),
        )
        .order_by(col(LheNote.id))
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return list(session.exec(query).all())


def one(turn: Turn, note_id: int, *, lock: bool = False) -> tuple[LheNote, Unit]:
    """A note of a unit that the actor may look into. Raises Missing, for foreign ones as well."""
    query = select(LheNote).where(LheNote.id == note_id, col(LheNote.removed_at).is_(None))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    note = turn.session.exec(query).first()
    if note is None:
        raise refusals.note_gone()
    try:
        unit = turn.unit_by_id(note.unit_id)
    except Missing as err:
        raise refusals.note_gone() from err
    policy.require(turn.actor, "view", unit)
    return note, unit


def add(turn: Turn, unit_id: int, year: int, text: str) -> tuple[int, int, tuple[str, ...]]:
    """Keep the typed lines as notes; those that are there already are left alone.

    Returns how many are new, how many of those have an indicator, and numbers that no indicator has. Raises
    NotAllowed, BadInput.
    """
    unit = service.editable(turn, unit_id)
    year = service.checked_year(turn, year)
    again = routes.LHE_ADD(unit_id, year)
    lines = read(instrument_of(turn, unit, year), text)
    if not lines or any(not line.text for line in lines):
        raise refusals.empty(again)
    if len(lines) > MOST_LINES:
        raise refusals.too_many(len(lines), MOST_LINES, again)
    longest = max(len(line.text) for line in lines)
    if longest > MAX_TEXT:
        raise refusals.too_long(longest, MAX_TEXT, again)
    service.lock_unit(turn.session, unit_id)
    have = _texts(turn.session, unit_id, year)
    fresh = []
    for line in lines:
        key = (line.item.id if line.item else None, line.text)
        if key not in have:
            have.add(key)
            fresh.append(line)
    for line in fresh:
        turn.session.add(
            LheNote(
                unit_id=unit_id,
                year=year,
                item_id=line.item.id if line.item else None,
                text=line.text,
                made_by=turn.actor.person_id,
                made_at=turn.now,
            )
        )
    turn.session.flush()
    if fresh:
        audit.record(turn, "lhe.add", str(year), unit_id, count=len(fresh))
    named = sum(line.item is not None for line in fresh)
    return len(fresh), named, tuple(dict.fromkeys(line.unknown for line in fresh if line.unknown))


def _texts(session: Session, unit_id: int, year: int) -> set[tuple[str | None, str]]:
    found = session.exec(
        select(LheNote.item_id, LheNote.text).where(
            LheNote.unit_id == unit_id, LheNote.year == year, col(LheNote.removed_at).is_(None)
        )
    ).all()
    return set(found)


def edit(turn: Turn, note_id: int, text: str, revision: int) -> None:
    """Say it otherwise, perhaps with another indicator at the beginning. Raises Outdated, BadInput."""
    note, unit = _claimed(turn, note_id, revision)
    again = routes.LHE_EDIT(note_id)
    lines = read(instrument_of(turn, unit, note.year), " ".join(text.split()))
    if len(lines) != 1 or not lines[0].text:
        raise refusals.empty(again)
    if len(lines[0].text) > MAX_TEXT:
        raise refusals.too_long(len(lines[0].text), MAX_TEXT, again)
    note.text = lines[0].text
    note.item_id = lines[0].item.id if lines[0].item else None
    turn.session.flush()
    audit.record(turn, "lhe.edit", f"lhe:{note_id}", unit.id, revision=note.revision)


def remove(turn: Turn, note_id: int, revision: int) -> tuple[int, int]:
    """Take it out of the list; its action item stays. Returns unit and year. Raises Outdated."""
    note, unit = _claimed(turn, note_id, revision)
    note.removed_at = turn.now
    turn.session.flush()
    audit.record(turn, "lhe.remove", f"lhe:{note_id}", unit.id, revision=note.revision)
    return note.unit_id, note.year


def _claimed(turn: Turn, note_id: int, revision: int) -> tuple[LheNote, Unit]:
    note, unit = one(turn, note_id, lock=True)
    policy.require(turn.actor, "season", unit)
    if note.revision != revision:
        raise refusals.changed(routes.LHE_NOTE(note_id))
    return note, unit


def target_of(turn: Turn, unit: Unit, year: int) -> checklist.Current:
    """The unit's open LKE of a later year, into which notes can go. Raises BadInput while there is none."""
    try:
        assessment = checklist.assessment_of(turn.session, unit)
    except Missing:
        assessment = None
    instrument = turn.library.instruments.get(assessment.instrument_id) if assessment is not None else None
    if assessment is None or instrument is None or assessment.year <= year:
        raise refusals.no_later_year(year, routes.LHE(unit.id or 0, year, 0))
    return checklist.Current(unit, assessment, instrument)
