"""The units' side of shared evidence: attached in one tap, brought up to date when it was replaced.

What a unit attaches becomes evidence of its own that says where it comes from: history, review, package and
workbook treat it like every other piece, and it stays when the agency withdraws its own.
"""

from sqlmodel import col, select

from flows import policy, routes
from flows.checklist import service as checklist
from flows.checklist.service import Current
from flows.errors import Missing, NotAllowed
from flows.evidence import proposals, saving
from flows.evidence import service as evidence
from flows.models import Evidence, EvidenceVersion, SharedEvidence, SharedVersion, Unit
from flows.shared import offers
from flows.shared.offers import ACTIVE, Offer
from flows.turn import Turn
from knowledge.answers import Item

_PRIVATE = "Bukti dukung hanya dibuka di obrolan pribadi dengan bot ini."
_GONE = "Bukti bersama ini tidak (lagi) dibagikan untuk unit Anda. Ini keadaan terbaru."
_NOTHING_NEW = "Versi Anda sudah yang terbaru."


def place_of(turn: Turn, item_id: str) -> tuple[Current, Item]:
    """The item of the open unit's LKE, in private. Raises NotAllowed, Missing."""
    if not turn.event.private:
        raise NotAllowed(_PRIVATE)
    where = checklist.current(turn)
    policy.require(turn.actor, "view", where.unit)
    return where, checklist.item_of(where.instrument, item_id)


def may_attach(turn: Turn, where: Current, item: Item) -> bool:
    """Whether the actor fills in the item."""
    return policy.can(turn.actor, "answer", where.unit, checklist.area_id_of(item))


def attached_to(turn: Turn, where: Current, item: Item) -> set[int]:
    """The shared pieces that serve the item already."""
    found = evidence.of_item(turn.session, where.assessment, item).uses
    return {piece.evidence.shared_id for piece in found if piece.evidence.shared_id is not None}


def attach(turn: Turn, shared_id: int, item_id: str) -> bool:
    """Let the unit's own copy serve the item; the copy is made with the first use. False when it did already.

    Raises NotAllowed, Missing.
    """
    where, item = place_of(turn, item_id)
    policy.require(turn.actor, "answer", where.unit, checklist.area_id_of(item))
    turn.session.exec(select(Unit.id).where(Unit.id == where.unit.id).with_for_update()).one()
    offer = next((o for o in offers.of_unit(turn.session, where.unit, item_id) if o.id == shared_id), None)
    if offer is None:
        raise Missing(_GONE, next=routes.SHARED_ITEM(item_id), shared_id=shared_id)
    mine = offer.mine or _copied(turn, where, offer)
    example = proposals.example_of(turn.library, where.instrument, item, offer.shared.title, ())
    return saving.add_use(turn, mine, item_id, example)


def _copied(turn: Turn, where: Current, offer: Offer) -> Evidence:
    shared = offer.shared
    piece = Evidence(
        unit_id=where.unit.id or 0,
        title=shared.title,
        period=shared.period,
        dated_on=shared.dated_on,
        shared_id=shared.id,
        shared_no=offer.version.no,
        made_by=turn.actor.person_id,
        made_at=turn.now,
    )
    turn.session.add(piece)
    turn.session.flush()
    turn.session.add(_version(turn, piece, 1, offer.version))
    turn.session.flush()
    return piece


def _version(turn: Turn, piece: Evidence, no: int, of: SharedVersion) -> EvidenceVersion:
    return EvidenceVersion(
        evidence_id=piece.id or 0,
        no=no,
        kind=of.kind,
        sha256=of.sha256,
        file_name=of.file_name,
        url=of.url,
        findings=list(of.findings),
        link_state=of.link_state,
        checked_at=of.checked_at,
        made_by=turn.actor.person_id,
        made_at=turn.now,
    )


def renew(turn: Turn, evidence_id: int) -> Evidence:
    """Make the agency's newest version the newest of the unit's copy; reviews of it start anew.

    Raises NotAllowed, Missing.
    """
    piece = saving.locked(turn, evidence_id, None)
    shared = turn.session.get(SharedEvidence, piece.shared_id) if piece.shared_id is not None else None
    newest = offers.newest(turn.session, [shared.id or 0]).get(shared.id or 0) if shared is not None else None
    if shared is None or newest is None or shared.state != ACTIVE or newest.no == piece.shared_no:
        raise Missing(_NOTHING_NEW, next=routes.EVIDENCE_SHOW(evidence_id), evidence_id=evidence_id)
    before = saving.newest(turn.session, evidence_id)
    no = (before.no if before is not None else 0) + 1
    turn.session.add(_version(turn, piece, no, newest))
    piece.shared_no, piece.dated_on, piece.period = newest.no, shared.dated_on, shared.period
    turn.session.add(piece)
    for use in evidence.uses_of(turn.session, piece):
        use.verdict, use.reason = "", ""
        turn.session.add(use)
    turn.session.flush()
    for at in saving.places_of(turn, piece):
        saving.noted(turn, at, saving.ADDED, piece, {"version": no - 1}, {"version": no})
    return piece


def openable(turn: Turn, shared_id: int, number: int) -> tuple[SharedEvidence, SharedVersion]:
    """A version (0: the newest) for its agency's admin or a unit with which it is shared. Raises Missing."""
    row = turn.session.get(SharedEvidence, shared_id)
    if row is None or not turn.event.private:
        raise Missing(_GONE, shared_id=shared_id)
    admin = row.agency_id in policy.admin_agencies(turn.actor)
    unit = turn.open_unit
    reached = unit is not None and offers.reaches(row, unit) and policy.can(turn.actor, "view", unit)
    if not admin and not (row.state == ACTIVE and reached):
        raise Missing(_GONE, shared_id=shared_id)
    query = select(SharedVersion).where(SharedVersion.shared_id == shared_id, SharedVersion.state == "ready")
    if number and admin:
        query = query.where(SharedVersion.no == number)
    version = turn.session.exec(query.order_by(col(SharedVersion.no).desc()).limit(1)).first()
    if version is None:
        raise Missing(_GONE, shared_id=shared_id)
    return row, version


def news_for(turn: Turn, shared_id: int, unit_id: int) -> tuple[SharedEvidence, Evidence, Unit] | None:
    """What a coordinator is told of: the shared piece and the unit's copy; None once nothing is to tell."""
    unit = turn.session.get(Unit, unit_id)
    shared = turn.session.get(SharedEvidence, shared_id)
    if unit is None or shared is None or not policy.can(turn.actor, "plan", unit):
        return None
    mine = turn.session.exec(
        select(Evidence).where(
            Evidence.unit_id == unit_id, Evidence.shared_id == shared_id, col(Evidence.removed_at).is_(None)
        )
    ).first()
    if mine is None:
        return None
    newest = offers.newest(turn.session, [shared_id]).get(shared_id)
    current = newest is None or newest.no == mine.shared_no
    return None if shared.state == ACTIVE and current else (shared, mine, unit)
