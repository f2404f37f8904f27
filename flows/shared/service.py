"""The admin's side of shared evidence: described, shared, withdrawn. `flows.shared.receiving` takes it in."""

from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from flows import audit, fmt, policy, routes
from flows.admin.service import home_agency
from flows.errors import BadInput, Missing, NotAllowed, Outdated
from flows.evidence import periods, proposals
from flows.models import Evidence, SharedEvidence, SharedVersion, Unit
from flows.shared import news, offers
from flows.shared.offers import ACTIVE, CANCELLED, READING, READY, WITHDRAWN
from flows.turn import Turn
from knowledge.dates import Problem
from knowledge.instrument import Indicator, Instrument, ResultItem

PAGE = 8
MAX_TITLE = 160

_PRIVATE = "Bukti bersama diatur di obrolan pribadi dengan bot ini."
GONE = "Bukti bersama ini tidak ada dalam daftar Anda."
_OLD = "Bukti bersama ini baru saja diubah, jadi belum ada yang diubah lagi. Ini keadaan terbaru."
BUSY = "Berkasnya masih diperiksa. Sebentar lagi selesai."
_TITLE_BAD = f"Judul perlu 1 sampai {MAX_TITLE} huruf. Judul lama tetap dipakai."
_WHEN_BAD = "Tanggal atau periode itu belum terbaca. Contoh: 12 januari 2027, TW III 2026, atau 2026."
_NO_ITEMS = "Nomor indikator itu belum dikenali. Contoh: 5 ii a, atau A.I.5.i.a; beberapa dipisah koma."
_NEEDS_ITEMS = "Pilih dulu indikator yang didukungnya, supaya unit menemukannya di sana."


@dataclass(frozen=True, slots=True)
class View:
    """A shared piece as its admin sees it."""

    shared: SharedEvidence
    version: SharedVersion | None
    reading: bool
    branch: Unit | None
    attached: int

    @property
    def id(self) -> int:
        """Id of the shared piece."""
        return self.shared.id or 0


def agency_id_of(turn: Turn) -> int:
    """The agency whose admin the actor is, in private. Raises NotAllowed."""
    if not turn.event.private:
        raise NotAllowed(_PRIVATE)
    return home_agency(turn).id or 0


def own(turn: Turn, shared_id: int, revision: int | None = None, *, lock: bool = False) -> SharedEvidence:
    """A shared piece of an agency that the actor administers. Raises Missing, Outdated."""
    row = turn.session.get(SharedEvidence, shared_id, with_for_update=lock or None, populate_existing=lock)
    if row is None or not turn.event.private or row.agency_id not in policy.admin_agencies(turn.actor):
        raise Missing(GONE, shared_id=shared_id)
    if revision is not None and row.revision != revision:
        raise Outdated(_OLD, next=routes.SHARED_SHOW(shared_id), shared_id=shared_id)
    return row


def listed(turn: Turn, page: int) -> tuple[list[tuple[SharedEvidence, int]], int, int]:
    """A page of what the agency shares, with how many units attached each: newest first; page and total."""
    where = (
        SharedEvidence.agency_id == agency_id_of(turn),
        col(SharedEvidence.state).not_in((CANCELLED,)),
    )
    total = turn.session.exec(select(func.count()).select_from(SharedEvidence).where(*where)).one()
    page = min(max(0, page), max(0, (total - 1) // PAGE))
    found = turn.session.exec(
        select(SharedEvidence)
        .where(*where)
        .order_by(col(SharedEvidence.state) == WITHDRAWN, col(SharedEvidence.id).desc())
        .limit(PAGE)
        .offset(page * PAGE)
    ).all()
    return [(row, attached(turn.session, row)) for row in found], page, total


def attached(session: Session, row: SharedEvidence) -> int:
    """How many units have attached it."""
    query = select(func.count(func.distinct(col(Evidence.unit_id)))).where(
        Evidence.shared_id == row.id, col(Evidence.removed_at).is_(None)
    )
    return session.exec(query).one()


def view(turn: Turn, shared_id: int) -> View:
    """A shared piece in full. Raises Missing."""
    row = own(turn, shared_id)
    version = offers.newest(turn.session, [shared_id]).get(shared_id)
    reading = select(SharedVersion.id).where(
        SharedVersion.shared_id == shared_id, SharedVersion.state == READING
    )
    branch = turn.session.get(Unit, row.branch_id) if row.branch_id is not None else None
    return View(
        row,
        version,
        turn.session.exec(reading.limit(1)).first() is not None,
        branch,
        attached(turn.session, row),
    )


# describing ----------------------------------------------------------------------------------------


def _changing(turn: Turn, shared_id: int, revision: int) -> SharedEvidence:
    row = own(turn, shared_id, revision, lock=True)
    if row.state not in (READY, ACTIVE):
        raise Outdated(BUSY if row.state == READING else _OLD, next=routes.SHARED_SHOW(shared_id))
    return row


def _written(turn: Turn, row: SharedEvidence, what: str) -> None:
    turn.session.add(row)
    turn.session.flush()
    audit.record(turn, "shared_edit", f"shared:{row.id}", what=what)


def set_title(turn: Turn, shared_id: int, revision: int, text: str) -> None:
    """Name it. Raises BadInput, Missing, Outdated."""
    title = fmt.one_line(text)
    if not title or len(title) > MAX_TITLE:
        raise BadInput(_TITLE_BAD, next=routes.SHARED_TITLE(shared_id))
    row = _changing(turn, shared_id, revision)
    row.title = title
    _written(turn, row, "title")


def set_when(turn: Turn, shared_id: int, revision: int, text: str) -> None:
    """Its date or the period it stands for, as typed. Raises BadInput, Missing, Outdated."""
    row = _changing(turn, shared_id, revision)
    period = periods.parse(text, turn.today)
    day = None if period else periods.read_day(text, turn.today)
    if isinstance(day, Problem):
        raise BadInput(day.sentence, next=routes.SHARED_WHEN(shared_id))
    if not period and day is None:
        raise BadInput(_WHEN_BAD, next=routes.SHARED_WHEN(shared_id))
    row.period, row.dated_on = period or "", day
    _written(turn, row, "when")


def toggle_item(turn: Turn, shared_id: int, item_id: str, revision: int) -> bool:
    """Let it fit an item or not; returns whether it does now. Raises Missing, Outdated."""
    row = _changing(turn, shared_id, revision)
    item_of(turn.library.instrument(), item_id)
    on = item_id not in row.items
    row.items = [*row.items, item_id] if on else [each for each in row.items if each != item_id]
    _written(turn, row, "items")
    return on


def add_items(turn: Turn, shared_id: int, revision: int, text: str) -> int:
    """Let it fit the items named in a text; returns how many are new. Raises BadInput, Missing, Outdated."""
    row = _changing(turn, shared_id, revision)
    instrument = turn.library.instrument()
    named = [proposals.find(instrument, part) for part in text.replace(";", ",").split(",") if part.strip()]
    ids = [item.id for item in named if item is not None]
    if not ids or len(ids) < len(named):
        raise BadInput(_NO_ITEMS, next=routes.SHARED_ITEMS(shared_id, ""))
    new = [each for each in dict.fromkeys(ids) if each not in row.items]
    row.items = [*row.items, *new]
    _written(turn, row, "items")
    return len(new)


def item_of(instrument: Instrument, item_id: str) -> Indicator | ResultItem:
    """An item of the instrument. Raises Missing."""
    item = instrument.by_id.get(item_id)
    if not isinstance(item, Indicator | ResultItem):
        raise Missing("Indikator ini tidak ada dalam instrumen.", next=routes.SHARED_LIST(0))
    return item


def set_branch(turn: Turn, shared_id: int, unit_id: int, revision: int) -> None:
    """Narrow it to a unit and those below it (0: the whole agency). Raises Missing, Outdated."""
    row = _changing(turn, shared_id, revision)
    if unit_id:
        unit = turn.unit_by_id(unit_id)
        if unit.agency_id != row.agency_id:
            raise Missing(GONE, shared_id=shared_id)
    row.branch_id = unit_id or None
    _written(turn, row, "branch")


def branches(turn: Turn, shared_id: int, page: int) -> tuple[list[Unit], int, int]:
    """Units that have others below them, by place in the tree: a page of them, the page, how many."""
    row = own(turn, shared_id)
    below = select(Unit.parent_id).where(Unit.agency_id == row.agency_id, col(Unit.archived_at).is_(None))
    where = (
        Unit.agency_id == row.agency_id,
        col(Unit.archived_at).is_(None),
        col(Unit.id).in_(below.where(col(Unit.parent_id).is_not(None))),
    )
    total = turn.session.exec(select(func.count()).select_from(Unit).where(*where)).one()
    page = min(max(0, page), max(0, (total - 1) // PAGE))
    found = turn.session.exec(
        select(Unit).where(*where).order_by(func.lower(col(Unit.name))).limit(PAGE).offset(page * PAGE)
    ).all()
    return list(found), page, total


# sharing -------------------------------------------------------------------------------------------


def publish(turn: Turn, shared_id: int, revision: int) -> None:
    """Units see it from now on. Raises BadInput without an item, Missing, Outdated."""
    row = own(turn, shared_id, revision, lock=True)
    if row.state != READY:
        raise Outdated(BUSY if row.state == READING else _OLD, next=routes.SHARED_SHOW(shared_id))
    if not row.items:
        raise BadInput(_NEEDS_ITEMS, next=routes.SHARED_ITEMS(shared_id, ""))
    row.state, row.published_at = ACTIVE, turn.now
    turn.session.add(row)
    turn.session.flush()
    audit.record(turn, "shared_publish", f"shared:{shared_id}")


def withdraw(turn: Turn, shared_id: int, revision: int) -> bool:
    """Nobody attaches it any more; units that have it are told and keep theirs. A draft simply goes.

    Returns whether it had been shared. Raises Missing, Outdated.
    """
    row = own(turn, shared_id, revision, lock=True)
    if row.state == WITHDRAWN:
        return True
    shared = row.state == ACTIVE
    row.state, row.withdrawn_at = (WITHDRAWN if shared else CANCELLED), turn.now
    turn.session.add(row)
    turn.session.flush()
    audit.record(turn, "shared_withdraw", f"shared:{shared_id}")
    if shared:
        news.tell_units(turn.session, row, 0, turn.now)
    return shared
