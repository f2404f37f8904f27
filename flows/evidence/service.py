"""What evidence there is, for which items, and who may see it. Reads only; other features may use it all.

Writes are in `flows.evidence.saving` and `flows.evidence.changing`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import and_, bindparam
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from flows import policy
from flows.checklist import service as checklist
from flows.errors import Missing, NotAllowed
from flows.evidence import archive, links
from flows.evidence.periods import span_of
from flows.evidence.sources import sources
from flows.evidence.window import Window
from flows.models import Assessment, Evidence, EvidenceUse, EvidenceVersion, ItemWork, Person, Unit
from flows.pic import service as pic
from flows.policy import Actor
from flows.turn import Turn
from knowledge.answers import Choice, Item
from knowledge.instrument import Indicator, Instrument, ResultItem

THERE, WAITING, APPROVED, RETURNED, OUTSIDE = "there", "waiting", "approved", "returned", "outside"
"""States of a piece for one item: ada, menunggu reviu, disetujui, perlu perbaikan, di luar rentang."""

_GONE = "Bukti ini sudah tidak ada dalam daftar Anda. Ini keadaan terbaru."
_PRIVATE = "Bukti dukung hanya dibuka di obrolan pribadi dengan bot ini."
RESTRICTED = (
    "Bukti ini terbatas: hanya PIC, ketua pokja, koordinator unit, dan penilai yang ditugaskan yang dapat "
    "membukanya."
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence with its newest version and, where it was asked for an item, its use there.

    `seen`: whether the reader may see what it is (see `Sight`); without it only that it exists is shown.
    `source`: "" for the unit's own; of what the agency shares SHARED, NEWER (replaced since) or WITHDRAWN.
    """

    evidence: Evidence
    newest: EvidenceVersion
    use: EvidenceUse | None = None
    by: Person | None = None
    behalf: Person | None = None
    seen: bool = True
    source: str = ""

    @property
    def id(self) -> int:
        """Id of the evidence."""
        assert self.evidence.id is not None
        return self.evidence.id


@dataclass(frozen=True, slots=True)
class ItemEvidence:
    """All evidence of one item. `waived` are the places of examples that the unit does not need."""

    item: Item
    uses: tuple[Piece, ...] = ()
    waived: frozenset[int] = frozenset()
    work_state: str = ""
    work_revision: int = 0
    needed: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        places = tuple(n for n in range(len(self.item.evidence)) if n not in self.waived)
        object.__setattr__(self, "needed", places)

    @property
    def expected_there(self) -> dict[int, tuple[Piece, ...]]:
        """The pieces that are one of the examples, by the example's place."""
        found: dict[int, list[Piece]] = defaultdict(list)
        for piece in self.uses:
            place = piece.use.expected if piece.use is not None else None
            if place is not None and place < len(self.item.evidence):
                found[place].append(piece)
        return {place: tuple(pieces) for place, pieces in sorted(found.items())}

    @property
    def expected_missing(self) -> tuple[int, ...]:
        """The places of the needed examples that nothing stands for."""
        there = self.expected_there
        return tuple(place for place in self.needed if place not in there)

    @property
    def others(self) -> tuple[Piece, ...]:
        """The pieces that are none of the examples."""
        named = {piece.id for pieces in self.expected_there.values() for piece in pieces}
        return tuple(piece for piece in self.uses if piece.id not in named)

    @property
    def got(self) -> int:
        """How many of the needed examples are there."""
        return len(self.needed) - len(self.expected_missing)


# reading -------------------------------------------------------------------------------------------

_LATER = aliased(EvidenceVersion)
_Newest = and_(
    col(EvidenceVersion.evidence_id) == col(Evidence.id),
    col(EvidenceVersion.no)
    == select_columns(func.max(_LATER.no))
    .where(col(_LATER.evidence_id) == col(Evidence.id))
    .scalar_subquery(),
)
_BY, _BEHALF = aliased(Person), aliased(Person)
_OF_ITEM = (
    select_columns(EvidenceUse, Evidence, EvidenceVersion, _BY, _BEHALF)
    .join(Evidence, col(Evidence.id) == col(EvidenceUse.evidence_id))
    .join(EvidenceVersion, _Newest)
    .outerjoin(_BY, col(_BY.id) == col(EvidenceVersion.made_by))
    .outerjoin(_BEHALF, col(_BEHALF.id) == col(EvidenceVersion.behalf_id))
    .where(
        col(EvidenceUse.assessment_id) == bindparam("assessment"),
        col(EvidenceUse.item_id) == bindparam("item"),
        col(Evidence.removed_at).is_(None),
    )
    .order_by(col(EvidenceUse.id))
)


def of_item(
    session: Session,
    assessment: Assessment,
    item: Item,
    sight: "Sight | None" = None,
    *,
    work: ItemWork | None = None,
    work_known: bool = False,
) -> ItemEvidence:
    """The evidence of one item, oldest first. Two queries; one where `work_known`, that is, `work` was read.

    `sight` tells which pieces its reader may see; without it all count as seen.
    """
    found = session.execute(_OF_ITEM, {"assessment": assessment.id, "item": item.id}).all()
    source = sources(session, [evidence for _, evidence, *_ in found])
    seen = [sight is None or sight.sees(evidence, (item.id,)) for _, evidence, *_ in found]
    pieces = tuple(
        Piece(evidence, newest, use, one, other, seen[n], source.get(evidence.id or 0, ""))
        for n, (use, evidence, newest, one, other) in enumerate(found)
    )
    if not work_known:
        mine = ItemWork.assessment_id == assessment.id, ItemWork.item_id == item.id
        work = session.exec(select(ItemWork).where(*mine)).first()
    if work is None:
        return ItemEvidence(item, pieces)
    return ItemEvidence(item, pieces, frozenset(work.waived or ()), work.state, work.revision)


def counts(session: Session, assessment: Assessment) -> dict[str, int]:
    """How many pieces of evidence each item has; items without any are not there. One query."""
    found = session.execute(
        select_columns(col(EvidenceUse.item_id), func.count())
        .join(Evidence, col(Evidence.id) == col(EvidenceUse.evidence_id))
        .where(col(EvidenceUse.assessment_id) == assessment.id, col(Evidence.removed_at).is_(None))
        .group_by(col(EvidenceUse.item_id))
    ).all()
    return {item_id: int(count) for item_id, count in found}


def of_assessment(
    session: Session, assessment: Assessment, sight: "Sight"
) -> list[tuple[Piece, tuple[str, ...]]]:
    """Every piece that serves the assessment with the items it serves, newest first. One query."""
    found = session.exec(
        select(col(EvidenceUse.item_id), Evidence, EvidenceVersion)
        .join(Evidence, col(Evidence.id) == EvidenceUse.evidence_id)
        .join(EvidenceVersion, _Newest)
        .where(EvidenceUse.assessment_id == assessment.id, col(Evidence.removed_at).is_(None))
        .order_by(col(Evidence.id).desc(), col(EvidenceUse.id))
    ).all()
    items: dict[int, list[str]] = defaultdict(list)
    rows: dict[int, tuple[Evidence, EvidenceVersion]] = {}
    for item_id, evidence, newest in found:
        assert evidence.id is not None
        items[evidence.id].append(item_id)
        rows[evidence.id] = (evidence, newest)
    return [
        (Piece(evidence, newest, seen=sight.sees(evidence, items[key])), tuple(items[key]))
        for key, (evidence, newest) in rows.items()
    ]


def uses_of(session: Session, evidence: Evidence) -> list[EvidenceUse]:
    """What a piece serves, in every year, oldest first."""
    return list(
        session.exec(
            select(EvidenceUse).where(EvidenceUse.evidence_id == evidence.id).order_by(col(EvidenceUse.id))
        ).all()
    )


def versions_of(
    session: Session, evidence: Evidence
) -> list[tuple[EvidenceVersion, Person | None, Person | None]]:
    """Every version, newest first, with who made it and in whose name."""
    by, behalf = aliased(Person), aliased(Person)
    found = session.exec(
        select(EvidenceVersion, by, behalf)
        .outerjoin(by, col(by.id) == EvidenceVersion.made_by)
        .outerjoin(behalf, col(behalf.id) == EvidenceVersion.behalf_id)
        .where(EvidenceVersion.evidence_id == evidence.id)
        .order_by(col(EvidenceVersion.no).desc())
    ).all()
    return [(version, one, other) for version, one, other in found]


def made_by(session: Session, person_id: int) -> list[tuple[Evidence, EvidenceVersion]]:
    """Every version of evidence that a person has sent, also of removed pieces, oldest first."""
    found = session.exec(
        select(Evidence, EvidenceVersion)
        .join(EvidenceVersion, col(EvidenceVersion.evidence_id) == col(Evidence.id))
        .where(EvidenceVersion.made_by == person_id)
        .order_by(col(EvidenceVersion.id))
    ).all()
    return [(evidence, version) for evidence, version in found]


def state_of(piece: Piece, work_state: str, window: Window) -> str:
    """The state of a piece for the item of its use."""
    verdict = piece.use.verdict if piece.use is not None else ""
    if verdict == "returned":
        return RETURNED
    if outside(piece.evidence, window):
        return OUTSIDE
    if verdict == "approved":
        return APPROVED
    return WAITING if work_state == "waiting" else THERE


def outside(evidence: Evidence, window: Window) -> bool:
    """Whether a piece counts for no day of the window: by its period where it has one, else by its date."""
    span = span_of(evidence.period)
    if span is not None:
        return span.last < window.first or span.first > window.last
    return evidence.dated_on is not None and not window.holds(evidence.dated_on)


def is_best(item: Item, answer: object) -> bool:
    """Whether the answer is an option worth all points: it claims what evidence must show."""
    if not isinstance(answer, Choice):
        return False
    return any(option.key == answer.key and option.value == 1 for option in item.options)


def unsupported(turn: Turn, where: checklist.Current) -> list[tuple[Item, bool, bool]]:
    """Items answered at their best, and whether evidence and whether the Penjelasan is missing."""
    have = counts(turn.session, where.assessment)
    found: list[tuple[Item, bool, bool]] = []
    rows = checklist.answers_of(turn.session, where.assessment)
    items: list[Item] = [*where.instrument.area_order, *where.instrument.results]
    for item in items:
        row = rows.get(item.id)
        if row is None or not is_best(item, checklist.known_answer(row)):
            continue
        lacks = (not have.get(item.id), not row.note.strip())
        if any(lacks):
            found.append((item, *lacks))
    return found


def is_link_of(turn: Turn, text: str) -> bool:
    """Whether a typed text is a link to evidence from somebody who may send some, and no question."""
    if "." not in text or not turn.event.private or links.cleaned(text) is None:
        return False
    unit = turn.open_unit
    if unit is None or not policy.can(turn.actor, "answer", unit):
        return False
    return not turn.library.looks_like_question(text)


# who may see and change ----------------------------------------------------------------------------


@dataclass(slots=True)
class Sight:
    """What one person may see of a unit's restricted evidence; asked many times, it reads the PICs once."""

    session: Session
    actor: Actor
    unit: Unit
    assessment: Assessment | None
    instrument: Instrument | None
    _mine: frozenset[str] | None = None

    def sees(self, evidence: Evidence, item_ids: Iterable[str]) -> bool:
        """Whether the person may see a piece that serves these items."""
        if not policy.can(self.actor, "view", self.unit):
            return False
        if not evidence.restricted:
            return True
        ids = list(item_ids)
        areas = {area_of(item_id, self.instrument) for item_id in ids} or {checklist.RESULTS}
        if any(policy.can(self.actor, "restricted", self.unit, area) for area in areas):
            return True
        return bool(self._in_charge_of().intersection(ids))

    def _in_charge_of(self) -> frozenset[str]:
        """The items whose PIC or deputy the person is and may still fill in."""
        if self._mine is None:
            self._mine = frozenset(self._read())
        return self._mine

    def _read(self) -> list[str]:
        person = self.actor.person
        if person is None or self.assessment is None or self.instrument is None:
            return []
        rows = pic.rows_of(self.session, self.assessment)
        items: list[Item] = [*self.instrument.area_order, *self.instrument.results]
        own = []
        for item in items:
            found = pic.in_charge(rows, item)
            if found is not None and person.id in found.person_ids:
                own.append(item.id)
        return own


def sight_of(turn: Turn, unit: Unit, where: checklist.Current | None = None) -> Sight:
    """The sight of the actor in a unit."""
    if where is not None:
        return Sight(turn.session, turn.actor, unit, where.assessment, where.instrument)
    try:
        assessment = checklist.assessment_of(turn.session, unit)
        instrument = turn.library.instrument(assessment.instrument_id)
    except (Missing, KeyError):
        return Sight(turn.session, turn.actor, unit, None, None)
    return Sight(turn.session, turn.actor, unit, assessment, instrument)


def area_of(item_id: str, instrument: Instrument | None) -> str:
    """The area of an item; the result part for what this instrument does not know."""
    item = instrument.by_id.get(item_id) if instrument is not None else None
    return checklist.area_id_of(item) if isinstance(item, Indicator | ResultItem) else checklist.RESULTS


def may_see(turn: Turn, evidence: Evidence) -> bool:
    """Whether the actor may see this piece: its title, its facts and its bytes. Never raises."""
    if evidence.removed_at is not None or not turn.event.private:
        return False
    unit = turn.session.get(Unit, evidence.unit_id)
    if unit is None or not policy.can(turn.actor, "view", unit):
        return False
    if not evidence.restricted:
        return True
    ids = [use.item_id for use in uses_of(turn.session, evidence)]
    return sight_of(turn, unit).sees(evidence, ids)


def load(turn: Turn, evidence_id: int, *, lock: bool = False) -> Evidence:
    """A piece of the open unit that the actor may see. Raises Missing, or NotAllowed for a restricted one."""
    if not turn.event.private:
        raise NotAllowed(_PRIVATE)
    if lock:
        evidence = turn.session.get(Evidence, evidence_id, with_for_update=True, populate_existing=True)
    else:
        evidence = turn.session.get(Evidence, evidence_id)
    if evidence is None or evidence.removed_at is not None:
        raise Missing(_GONE, evidence_id=evidence_id)
    unit = turn.unit_by_id(evidence.unit_id)
    policy.require(turn.actor, "view", unit)
    if unit.id != turn.unit.id:
        raise Missing(f"Bukti ini milik {unit.name}. Buka unit itu lebih dulu.", evidence_id=evidence_id)
    if not may_see(turn, evidence):
        raise NotAllowed(RESTRICTED, evidence_id=evidence_id)
    return evidence


def may_change(turn: Turn, unit: Unit, uses: Sequence[EvidenceUse], instrument: Instrument) -> bool:
    """Whether the actor fills in one of the items that a piece serves (of any area, while it serves none).

    Nobody changes what belongs to a year that is closed: it stays as it was judged.
    """
    if archive.year_of(turn.session, uses) is not None:
        return False
    areas = {area_of(use.item_id, instrument) for use in uses}
    if not areas:
        return policy.can(turn.actor, "answer", unit)
    return any(policy.can(turn.actor, "answer", unit, area) for area in areas)


def names(pieces: Mapping[str, Item], ids: Iterable[str]) -> list[str]:
    """The worksheet's numbers of the items that this instrument knows."""
    return [pieces[item_id].number for item_id in ids if item_id in pieces]


def dated(evidence: Evidence) -> date | None:
    """The day that a piece stands for: its own date, else the first of its period."""
    span = span_of(evidence.period)
    return evidence.dated_on or (span.first if span is not None else None)
