"""Changes of a piece of evidence that bring no new bytes: title, date, period, class, what it serves.

Saving, new versions and removal are in `flows.evidence.saving`. Every change stands in the history of the
items that the piece serves in the open year.
"""

from collections.abc import Sequence
from datetime import date

from flows import audit, policy, routes
from flows.checklist import service as checklist
from flows.checklist.record import Place, log
from flows.errors import BadInput, NotAllowed, Outdated
from flows.evidence import archive, service
from flows.evidence.periods import span_of
from flows.models import Evidence, EvidenceUse
from flows.review import states
from flows.turn import Turn

TITLE_LIMIT = 160
EVIDENCE, WAIVE = "evidence", "waive"
"""Kinds of changes in an item's history."""

STALE = "Bukti ini baru saja diubah, jadi belum ada yang diubah lagi. Ini keadaan terbaru."
ONLY_TEAM = (
    "Bukti ini dikelola pokja yang mengisi indikatornya, atau koordinator unit. Anda tetap bisa membacanya."
)
MUST_STAY = (
    "Indikator ini memuat data pribadi, jadi membuka buktinya untuk semua perlu ketua pokja atau koordinator."
)


def claim(turn: Turn, evidence_id: int, revision: int | None = None) -> tuple[Evidence, list[EvidenceUse]]:
    """A piece that the actor may change, locked, with what it serves.

    Raises Missing, NotAllowed, and Outdated when it changed since `revision`.
    """
    evidence = service.load(turn, evidence_id, lock=True)
    uses = service.uses_of(turn.session, evidence)
    where = checklist.current(turn)
    if not service.may_change(turn, where.unit, uses, where.instrument):
        year = archive.year_of(turn.session, uses)
        said = ONLY_TEAM if year is None else archive.frozen(year)
        raise NotAllowed(said, next=routes.EVIDENCE_SHOW(evidence_id), evidence_id=evidence_id)
    if revision is not None and evidence.revision != revision:
        raise Outdated(STALE, next=routes.EVIDENCE_SHOW(evidence_id), evidence_id=evidence_id)
    return evidence, uses


def set_title(turn: Turn, evidence_id: int, revision: int, text: str) -> bool:
    """Name the piece anew; whether that changed anything. Raises BadInput for an empty or long one."""
    title = " ".join(text.split())
    if not title or len(title) > TITLE_LIMIT:
        raise BadInput(
            f"Judul perlu 1 sampai {TITLE_LIMIT} huruf. Judul lama tetap dipakai.",
            next=routes.EVIDENCE_TITLE(evidence_id),
        )
    evidence, uses = claim(turn, evidence_id, revision)
    if evidence.title == title:
        return False
    evidence.title = title
    _written(turn, evidence, uses, "title")
    return True


def set_date(turn: Turn, evidence_id: int, revision: int, day: date) -> bool:
    """Give the piece its own date; whether that changed anything."""
    evidence, uses = claim(turn, evidence_id, revision)
    if evidence.dated_on == day:
        return False
    evidence.dated_on = day
    _written(turn, evidence, uses, "date")
    return True


def set_validity(turn: Turn, evidence_id: int, revision: int, last_day: date | None) -> bool:
    """Say until when the piece counts (None: no end); whether that changed anything."""
    evidence, uses = claim(turn, evidence_id, revision)
    if evidence.valid_until == last_day:
        return False
    evidence.valid_until = last_day
    _written(turn, evidence, uses, "validity")
    return True


def set_period(turn: Turn, evidence_id: int, revision: int, code: str) -> bool:
    """Say for which period the piece stands ("" for none); whether that changed anything."""
    if code and span_of(code) is None:
        raise BadInput("Periode itu tidak dikenal. Contoh: TW III 2026, Januari 2027, atau 2026.")
    evidence, uses = claim(turn, evidence_id, revision)
    if evidence.period == code:
        return False
    evidence.period = code
    _written(turn, evidence, uses, "period")
    return True


def set_restricted(turn: Turn, evidence_id: int, revision: int, restricted: bool) -> bool:
    """Put the piece into the class "terbatas" or take it out; whether that changed anything.

    Where the instrument expects personal data, only those who may see restricted evidence by their role
    take it out.
    """
    evidence, uses = claim(turn, evidence_id, revision)
    if evidence.restricted == restricted:
        return False
    if not restricted and not may_unrestrict(turn, checklist.current(turn), uses):
        raise NotAllowed(MUST_STAY, next=routes.EVIDENCE_SHOW(evidence_id))
    evidence.restricted = restricted
    _written(turn, evidence, uses, "restricted" if restricted else "open")
    return True


def may_unrestrict(turn: Turn, where: checklist.Current, uses: Sequence[EvidenceUse]) -> bool:
    """Whether the actor may take a piece that serves these items out of the class "terbatas"."""
    items = (where.instrument.by_id.get(use.item_id) for use in uses)
    if not any(getattr(item, "confidential", False) for item in items):
        return True
    areas = {service.area_of(use.item_id, where.instrument) for use in uses}
    return any(policy.can(turn.actor, "restricted", where.unit, area) for area in areas)


def _written(turn: Turn, evidence: Evidence, uses: Sequence[EvidenceUse], what: str) -> None:
    """Flush, and write the change into the history of every item that the piece serves this year."""
    turn.session.add(evidence)
    turn.session.flush()
    where = checklist.current(turn)
    for use in uses:
        if use.assessment_id != where.id or use.item_id not in where.instrument.by_id:
            continue
        at = Place(where, checklist.item_of(where.instrument, use.item_id))
        # A restricted piece is named by its id alone: the history is read by more people than the piece.
        title = "" if evidence.restricted else evidence.title
        after = {"evidence": evidence.id, "what": what, "title": title, "rev": evidence.revision}
        log(turn, at, EVIDENCE, None, after)
        if what in ("date", "period"):
            states.touched(turn, at)
    audit.record(turn, f"evidence.{what}", str(evidence.id), evidence.unit_id, revision=evidence.revision)


def waive(turn: Turn, assessment_id: int, item_id: str, place: int, revision: int) -> bool:
    """Mark one example of an item as not needed, or needed after all; returns whether it is waived now.

    For those who review the item: ketua pokja and koordinator unit. Raises Outdated, NotAllowed.
    """
    where = checklist.current(turn)
    here = routes.EVIDENCE_WAIVES(item_id)
    if where.id != assessment_id:
        raise Outdated("Tombol ini dari LKE unit atau tahun lain. Ini keadaan terbaru.", next=routes.LKE())
    item = checklist.item_of(where.instrument, item_id)
    policy.require(turn.actor, "review", where.unit, checklist.area_id_of(item))
    if not 0 <= place < len(item.evidence):
        raise Outdated("Contoh itu tidak ada lagi. Ini keadaan terbaru.", next=here)
    row = states.claim(turn, where.id, item.id)
    if row.revision != revision:
        raise Outdated("Daftar ini baru saja diubah. Ini keadaan terbaru.", next=here)
    before = sorted(row.waived or ())
    row.waived = sorted({*before} ^ {place})
    turn.session.add(row)
    turn.session.flush()
    log(turn, Place(where, item), WAIVE, {"waived": before}, {"waived": row.waived, "rev": row.revision})
    return place in row.waived
