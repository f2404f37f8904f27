"""What the next year would begin with, worked out from the closed one. Reads only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from flows import fmt, policy
from flows.admin import tree
from flows.checklist import service as checklist
from flows.checklist.service import Current
from flows.evidence import service as evidence
from flows.evidence import window as windows
from flows.evidence.service import Piece
from flows.evidence.sources import WITHDRAWN, sources
from flows.evidence.window import Window
from flows.models import UNIT_SIDE, Answer, Assessment, Evidence, EvidenceUse, Pic, Unit
from flows.nextyear import refusals, years
from flows.pic import candidates
from flows.pic import service as pics
from flows.review import states
from flows.schedule import duties
from flows.season import lhe
from flows.turn import Turn
from knowledge.answers import Item, judge
from knowledge.duties import duty_of
from knowledge.errors import AnswerError
from knowledge.instrument import Instrument

OUTSIDE, EXPIRED, UNDATED, RETURNED, GONE = "outside", "expired", "undated", "returned", "withdrawn"
"""Why a piece does not come along: before the new window, run out, no date, to be mended, withdrawn."""


@dataclass(frozen=True, slots=True)
class Taken:
    """An answer or narrative that comes along, and the item of the new year that it stands for."""

    item: Item
    row: Answer


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence of the closed year with what it serves; `why` it needs renewing, "" if valid."""

    piece: Piece
    uses: tuple[EvidenceUse, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What the next year would begin with.

    `off`: items marked "tidak berlaku" with the reason.
    `lost`: answered items of the old instrument that the new one cannot take; `fresh`: items that only the
    new one has. `left`: PIC rows whose people are not in the team any more. `notes`: of the LHE, not yet
    action items. `there`: the next year, where it was made before.
    """

    before: Current
    year: int
    instrument: Instrument
    window: Window
    taken: tuple[Taken, ...]
    off: tuple[tuple[Item, str], ...]
    lost: tuple[Item, ...]
    fresh: tuple[Item, ...]
    proofs: tuple[Proof, ...]
    pics: tuple[Pic, ...]
    left: int
    duties: int
    notes: int
    there: Assessment | None

    @property
    def answers(self) -> int:
        """How many answers come along, narratives alone not counted."""
        return sum(checklist.known_answer(each.row) is not None for each in self.taken)

    @property
    def valid(self) -> tuple[Proof, ...]:
        """Evidence that counts in the new window as well."""
        return tuple(each for each in self.proofs if not each.why)

    @property
    def renew(self) -> tuple[Proof, ...]:
        """Evidence of which the new year needs something newer."""
        return tuple(each for each in self.proofs if each.why)

    @property
    def same_instrument(self) -> bool:
        """Whether nothing of the instrument changes."""
        return self.instrument.key == self.before.instrument.key


def plan_of(turn: Turn, assessment_id: int) -> Plan:
    """What the year after a closed one would begin with, for who may open it. Raises as `check`."""
    where = years.where_of(turn, assessment_id)
    policy.require(turn.actor, "year", where.unit)
    check(turn, where)
    return made_of(turn, where)


def check(turn: Turn, where: Current) -> None:
    """Raise Outdated unless this is the unit's present year, BadInput unless it is closed and over."""
    unit_id = where.unit.id or 0
    present = tree.assessment_of(turn.session, where.unit)
    if present is None or present.id != where.id:
        raise refusals.elsewhere(unit_id, present.year if present is not None else where.assessment.year)
    if where.assessment.archived_at is None:
        raise refusals.not_closed(unit_id, where.assessment.year)
    if where.assessment.year + 1 > tree.default_year(_today(turn, where.unit)) + 1:
        raise refusals.too_early(unit_id, where.assessment.year + 1)


def made_of(turn: Turn, where: Current) -> Plan:
    """The plan for a year whose unit the actor may look at."""
    session, year = turn.session, where.assessment.year + 1
    there = session.exec(
        select(Assessment).where(
            Assessment.unit_id == where.unit.id, Assessment.year == year, Assessment.side == UNIT_SIDE
        )
    ).first()
    current = turn.library.instrument()
    new = turn.library.instruments.get(there.instrument_id, current) if there is not None else current
    coming = there or Assessment(
        unit_id=where.unit.id or 0, year=year, instrument_id=new.id, created_at=turn.now
    )
    window = windows.of_unit(session, where.unit, coming)
    taken, lost = mapped(checklist.answers_of(session, where.assessment), where.instrument, new)
    carried, left = _pics(turn, where, new)
    kept = duties.rows_of(session, where.unit.id or 0).values()
    return Plan(
        before=where,
        year=year,
        instrument=new,
        window=window,
        taken=taken,
        off=_off(turn, where, new),
        lost=lost,
        fresh=tuple(item for item in _items(new) if item.id not in where.instrument.by_id),
        proofs=_proofs(turn, where, new, window),
        pics=carried,
        left=left,
        duties=sum(row.active and duty_of(new, row.duty) is not None for row in kept),
        notes=len(lhe.waiting(session, where.unit.id or 0, where.assessment.year)),
        there=there,
    )


def _today(turn: Turn, unit: Unit) -> date:
    return fmt.local(turn.now, unit.zone).date()


def _items(instrument: Instrument) -> list[Item]:
    return [*instrument.area_order, *instrument.results]


def mapped(
    rows: Mapping[str, Answer], old: Instrument, new: Instrument
) -> tuple[tuple[Taken, ...], tuple[Item, ...]]:
    """By the item's id: what the new instrument takes, and the items of the old one that it does not."""
    there = {item.id: item for item in _items(new)}
    taken, lost = [], []
    for item in _items(old):
        row = rows.get(item.id)
        answer = checklist.known_answer(row)
        if row is None or (answer is None and not row.note):
            continue
        into = there.get(item.id)
        if into is None or not _fits(into, row):
            lost.append(item)
        else:
            taken.append(Taken(into, row))
    return tuple(taken), tuple(lost)


def _off(turn: Turn, where: Current, new: Instrument) -> tuple[tuple[Item, str], ...]:
    """What was marked "tidak berlaku", for what the new instrument has; result items always apply."""
    works = states.works(turn.session, where.assessment)
    return tuple(
        (item, works[item.id].na_reason)
        for item in new.area_order
        if item.id in works and works[item.id].not_applicable
    )


def _fits(item: Item, row: Answer) -> bool:
    answer = checklist.known_answer(row)
    if answer is None:
        return True
    try:
        judge(item, answer)
    except AnswerError:
        return False
    return True


def _pics(turn: Turn, where: Current, new: Instrument) -> tuple[tuple[Pic, ...], int]:
    """The rows of people who still work here, for what the new instrument has; how many have nobody left."""
    rows = pics.rows_of(turn.session, where.assessment).values()
    here = {each.id for each in candidates.team(turn.session, where.unit, turn.now)}
    named = [row for row in rows if row.person_id is not None or row.deputy_id is not None]
    known = [row for row in named if row.scope == pics.RESULTS or row.scope in new.by_id]
    stays = tuple(row for row in known if here & {row.person_id, row.deputy_id})
    return stays, len(named) - len(stays)


def _proofs(turn: Turn, where: Current, new: Instrument, window: Window) -> tuple[Proof, ...]:
    sight = evidence.sight_of(turn, where.unit, where)
    pieces = [piece for piece, _ in evidence.of_assessment(turn.session, where.assessment, sight)]
    uses: dict[int, list[EvidenceUse]] = {}
    found = turn.session.exec(
        select(EvidenceUse).where(EvidenceUse.assessment_id == where.id).order_by(col(EvidenceUse.id))
    ).all()
    for use in found:
        if use.item_id in new.by_id:
            uses.setdefault(use.evidence_id, []).append(use)
    source = sources(turn.session, [piece.evidence for piece in pieces])
    today = _today(turn, where.unit)
    return tuple(
        Proof(
            piece,
            tuple(uses[piece.id]),
            GONE
            if source.get(piece.id) == WITHDRAWN
            else _why(piece.evidence, uses[piece.id], window, today),
        )
        for piece in reversed(pieces)
        if piece.id in uses
    )


def _why(piece: Evidence, uses: Iterable[EvidenceUse], window: Window, today: date) -> str:
    if all(use.verdict == "returned" for use in uses):
        return RETURNED
    if piece.valid_until is not None and piece.valid_until < max(today, window.first):
        return EXPIRED
    if piece.dated_on is None and not piece.period:
        return UNDATED
    return OUTSIDE if evidence.outside(piece, window) else ""
