"""What the files of a unit say: both sides of its LKE and its evidence, as one reader may see it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session, col, select

from flows.assess import signed
from flows.checklist import service as checklist
from flows.checklist import stored
from flows.checklist.service import Current
from flows.errors import Missing
from flows.evidence import service as evidence
from flows.evidence.service import Sight
from flows.models import ASSESSOR_SIDE, UNIT_SIDE, Assessment, Unit
from flows.policy import Actor
from flows.readiness.service import fitting
from flows.review import states
from knowledge.answers import Answer, Item
from knowledge.instrument import Instrument
from knowledge.library import Library
from knowledge.scoring import Score, score


@dataclass(frozen=True, slots=True)
class Side:
    """One truth: the unit's own, or the assessors'. `answers` are those that fit the instrument.

    `carried` are ids of those of the year before that nobody has confirmed.
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    misfits: tuple[str, ...] = ()
    carried: frozenset[str] = frozenset()

    def score(self, instrument: Instrument) -> Score:
        """The score of this side, exact."""
        return score(instrument, self.answers)


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence. `title` and the rest are "" where the reader may only know that it exists.

    `url` is set for links of http and https alone; `file_name` for files, which only the bot hands out.
    """

    id: int
    item_ids: tuple[str, ...]
    title: str
    kind: str
    url: str
    file_name: str
    version: int
    link_state: str
    period: str
    dated_on: date | None
    restricted: bool
    seen: bool
    made_at: datetime
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that the LKE workbook shows. `fed` names the survey that stands for a result item."""

    unit_id: int
    unit_name: str
    zone: str
    year: int
    target: str
    assessment_id: int
    assessment_made: datetime
    tpi_id: int | None
    instrument: Instrument
    at: datetime
    unit: Side
    tpi: Side
    fed: Mapping[str, str]
    proofs: tuple[Proof, ...]
    review: Mapping[str, str]

    @property
    def items(self) -> tuple[Item, ...]:
        """Indicators in the order of the worksheet, then the result items."""
        return (*self.instrument.worksheet_order, *self.instrument.results)

    def proofs_of(self, item_id: str) -> tuple[Proof, ...]:
        """The evidence of an item, oldest first."""
        return tuple(proof for proof in self.proofs if item_id in proof.item_ids)


def where_of(session: Session, library: Library, unit: Unit, assessment_id: int | None = None) -> Current:
    """The unit's open LKE, or the one of another year that is named. Raises Missing."""
    if assessment_id is None:
        assessment = checklist.assessment_of(session, unit)
    else:
        found = session.get(Assessment, assessment_id)
        if found is None or found.unit_id != unit.id or found.side != UNIT_SIDE:
            raise Missing("LKE tahun itu tidak ada dalam unit ini.", assessment_id=assessment_id)
        assessment = found
    return Current(unit, assessment, library.instrument(assessment.instrument_id))


def collect(session: Session, where: Current, sight: Sight | None, now: datetime) -> Content:
    """What stands now. `sight` None: a reader who sees no restricted evidence."""
    unit, assessment, instrument = where.unit, where.assessment, where.instrument
    fed = checklist.fed_by_surveys(session, where)
    own = _side(session, instrument, assessment, {item_id: each.index for item_id, each in fed.items()})
    theirs = tpi_of(session, unit, assessment.year)
    judged = _theirs(session, where, theirs, sight)
    return Content(
        unit_id=unit.id or 0,
        unit_name=unit.name,
        zone=unit.zone,
        year=assessment.year,
        target=assessment.target,
        assessment_id=where.id,
        assessment_made=assessment.created_at,
        tpi_id=theirs.id if theirs is not None and judged is not None else None,
        instrument=instrument,
        at=now,
        unit=own,
        tpi=judged or Side(),
        fed={item_id: each.survey for item_id, each in fed.items()},
        proofs=_proofs(session, assessment, sight),
        review=states.states(session, assessment),
    )


def _theirs(session: Session, where: Current, row: Assessment | None, sight: Sight | None) -> Side | None:
    """The assessors' side as this reader may see it: in progress, or as last signed; else None."""
    if signed.sees_progress(session, sight.actor if sight is not None else None, where.unit, where.id):
        return _side(session, where.instrument, row, {}) if row is not None else None
    kept = signed.last_signed(session, where.id)
    if kept is None:
        return None
    values = signed.values_of(kept)
    fits = fitting(where.instrument, values.answers)
    return Side({**fits.answers, **fits.hasil}, values.notes, fits.misfits)


def tpi_of(session: Session, unit: Unit, year: int) -> Assessment | None:
    """The assessors' worksheet of that year; None while they have written nothing."""
    return session.exec(
        select(Assessment).where(
            Assessment.unit_id == unit.id, Assessment.year == year, col(Assessment.side) == ASSESSOR_SIDE
        )
    ).first()


def _side(
    session: Session, instrument: Instrument, assessment: Assessment, fed: Mapping[str, Answer]
) -> Side:
    rows = checklist.answers_of(session, assessment)
    known = {item_id: checklist.known_answer(row) for item_id, row in rows.items()}
    given = {item_id: answer for item_id, answer in known.items() if answer is not None}
    fits = fitting(instrument, {**given, **fed})
    notes = {item_id: row.note for item_id, row in rows.items() if row.note and item_id in instrument.by_id}
    waiting = frozenset(id for id, row in rows.items() if stored.is_carried(row) and id not in fed)
    return Side({**fits.answers, **fits.hasil}, notes, fits.misfits, waiting & set(given))


def _proofs(session: Session, assessment: Assessment, sight: Sight | None) -> tuple[Proof, ...]:
    blind = Sight(session, Actor(None), session.get_one(Unit, assessment.unit_id), None, None)
    found = evidence.of_assessment(session, assessment, sight or blind)
    made = []
    for piece, item_ids in reversed(found):
        seen = piece.seen if sight is not None else not piece.evidence.restricted
        newest = piece.newest
        url = newest.url if seen and newest.url.startswith(("https://", "http://")) else ""
        made.append(
            Proof(
                id=piece.id,
                item_ids=item_ids,
                title=piece.evidence.title if seen else "",
                kind=newest.kind,
                url=url,
                file_name=newest.file_name if seen and newest.kind != "link" else "",
                version=newest.no,
                link_state=newest.link_state if seen else "",
                period=piece.evidence.period if seen else "",
                dated_on=piece.evidence.dated_on if seen else None,
                restricted=piece.evidence.restricted,
                seen=seen,
                made_at=newest.made_at,
                sha256=(newest.sha256 or "") if seen else "",
            )
        )
    return tuple(made)
