"""Making evidence of what was sent: saving, versions, what it serves, and taking it out of sight.

Nothing is overwritten or deleted. Every change is written into the history of the items concerned, and
undoes an approval that rested on what stood there before.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, func, select

from flows import audit, policy, routes
from flows.checklist import service as checklist
from flows.checklist.record import Place, log
from flows.checklist.service import Current
from flows.errors import BadInput, Missing, NotAllowed, Outdated
from flows.evidence import archive, binding, doctor, findings, intake
from flows.evidence import service as reading
from flows.models import Assessment, Evidence, EvidenceUse, EvidenceVersion, Intake, StoredFile, Unit
from flows.pic import service as pic
from flows.review import states as review
from flows.turn import Turn

ADDED, REMOVED = "evidence", "evid_gone"
"""Kinds of change in an item's history."""
MAX_TITLE = 200

Expected = int | None | Mapping[str, int | None]

_NO_ITEM = "Pilih dulu indikatornya. Berkasnya tetap saya pegang."
_CHANGED = "Bukti ini baru saja diubah orang lain, jadi belum ada yang diganti. Ini keadaan terbaru."
_FROM_AGENCY = (
    "Bukti ini dari instansi dan hanya diganti oleh instansi. Simpan kiriman Anda sebagai bukti baru, "
    "misalnya bukti penerapannya."
)
_NOT_CHANGER = (
    "Bukti ini diurus pokja yang memakainya, jadi tidak ada yang diubah. Sampaikan usulan Anda kepada pokja "
    "itu atau koordinator unit."
)


def save(
    turn: Turn,
    row: Intake,
    *,
    item_ids: Iterable[str],
    expected: Expected = None,
    dated_on: date | None = None,
    period: str = "",
    title: str = "",
    restricted: bool = False,
) -> Evidence:
    """Make evidence of an intake for these items, in one transaction with its history.

    Photos of one intake become one PDF (bound by a job right after); other files become a piece each, and
    the first is returned. What the unit has already is used once more instead of being kept twice; the
    intake's `problem` is "duplicate" then. Raises NotAllowed, Outdated, BadInput; the intake stays as it was.
    """
    found = intake.ready(turn, row.id or 0, row.revision)
    row = found.row
    places = _places(turn, found, item_ids)
    _lock_files(turn.session, row)
    known = doctor.known_already(turn.session, row)
    if known is not None:
        row.problem = findings.DUPLICATE
        made = [known]
        if restricted and not known.restricted:
            known.restricted = True
            turn.session.add(known)
    else:
        made = _new_pieces(turn, found, dated_on, period, title, restricted, places[0])
    turn.session.flush()
    for evidence in made:
        for at in places:
            place = expected.get(at.item.id) if isinstance(expected, Mapping) else expected
            _serve(turn, evidence, at, place)
    row.evidence_id = made[0].id
    intake.end(turn, row, intake.SAVED)
    turn.session.flush()
    return made[0]


def _places(turn: Turn, found: intake.View, item_ids: Iterable[str]) -> list[Place]:
    """The items, each of which the actor may still fill in."""
    where = Current(found.unit, found.assessment, found.instrument)
    places = [Place(where, checklist.item_of(found.instrument, i)) for i in dict.fromkeys(item_ids)]
    if not places:
        raise BadInput(_NO_ITEM, next=routes.INTAKE(found.id))
    for at in places:
        if not policy.can(turn.actor, "answer", found.unit, checklist.area_id_of(at.item)):
            raise NotAllowed(intake.TAKEN, next=routes.INTAKE(found.id), item=at.item.id)
    return places


def _lock_files(session: Session, row: Intake) -> None:
    """Two people who send the same file at once: the second waits, and then finds the first's evidence."""
    keys = sorted({part["sha256"] for part in intake.usable(row)})
    session.exec(
        select(StoredFile)
        .where(col(StoredFile.sha256).in_(keys))
        .order_by(StoredFile.sha256)
        .with_for_update()
    ).all()


def _new_pieces(
    turn: Turn,
    found: intake.View,
    dated_on: date | None,
    period: str,
    title: str,
    restricted: bool,
    at: Place,
) -> list[Evidence]:
    row = found.row
    title = title.strip() or row.caption.strip() or "Bukti dukung"
    groups = _groups(row)
    made: list[Evidence] = []
    for number, parts in enumerate(groups):
        named = title
        if number and parts:
            named = f"{title} · {str(parts[0]['name']).rpartition('.')[0] or parts[0]['name']}"
        evidence = Evidence(
            unit_id=row.unit_id,
            title=named[:MAX_TITLE],
            period=period,
            dated_on=dated_on,
            restricted=restricted,
            made_by=turn.actor.person_id,
            made_at=turn.now,
        )
        turn.session.add(evidence)
        turn.session.flush()
        _version(turn, evidence, 1, row, parts, pic.behalf_of(turn, found.assessment, at.item))
        made.append(evidence)
    return made


def _groups(row: Intake) -> list[list[dict[str, Any]]]:
    """What becomes a piece each: all photos together, every other file alone; one empty for a link."""
    if row.url:
        return [[]]
    parts = intake.usable(row)
    shots = [part for part in parts if part["kind"] == "photo"]
    return [group for group in (shots, *([part] for part in parts if part["kind"] != "photo")) if group]


def _version(
    turn: Turn, evidence: Evidence, no: int, row: Intake, parts: list[dict[str, Any]], behalf: int | None
) -> EvidenceVersion:
    version = EvidenceVersion(
        evidence_id=evidence.id or 0,
        no=no,
        kind="link" if row.url else "file",
        url=row.url,
        made_by=turn.actor.person_id,
        behalf_id=behalf,
        made_at=turn.now,
        findings=_codes(row, parts),
    )
    if row.url:
        version.link_state = str(row.proposal.get("link_state", ""))
        looked = row.proposal.get("checked_at")
        version.checked_at = datetime.fromisoformat(looked) if looked else None
    elif len(parts) == 1:
        version.sha256, version.file_name = parts[0]["sha256"], str(parts[0]["name"])[:160]
        if parts[0].get("photo"):
            version.file_name = f"{binding.file_stem(evidence.title)}.jpg"
    else:
        version.file_name = f"{binding.file_stem(evidence.title)}.pdf"
    turn.session.add(version)
    turn.session.flush()
    if len(parts) > 1:
        place = str(row.proposal.get("place") or "")
        binding.queue(turn, version, [part["sha256"] for part in parts], evidence, place)
    return version


def _codes(row: Intake, parts: list[dict[str, Any]]) -> list[str]:
    """The findings that still mean something once it is saved."""
    codes = [f.code for part in parts for f in findings.from_json(part.get("findings", ())) if not f.stops]
    return [code for code in dict.fromkeys(codes) if code != findings.RENAMED]


# versions ------------------------------------------------------------------------------------------


def new_version(turn: Turn, row: Intake, evidence: Evidence) -> EvidenceVersion:
    """Make what was sent the newest version of a piece; the earlier ones stay. Its verdicts start anew.

    Files beside the first are left in the intake's list unused; photos are bound together. Raises
    NotAllowed, Outdated, BadInput (several documents at once, or the very same file again).
    """
    found = intake.ready(turn, row.id or 0, row.revision)
    row = found.row
    _lock_files(turn.session, row)
    evidence = locked(turn, evidence.id or 0, None)
    if evidence.shared_id is not None:
        raise BadInput(_FROM_AGENCY, next=routes.INTAKE(found.id))
    groups = _groups(row)
    if len(groups) != 1:
        raise BadInput(
            "Satu versi baru memuat satu dokumen atau foto-foto satu kegiatan. Kirim satu saja, atau simpan "
            "sebagai bukti baru.",
            next=routes.INTAKE(found.id),
        )
    before = newest(turn.session, evidence.id or 0)
    key = groups[0][0]["sha256"] if len(groups[0]) == 1 else None
    if before is not None and ((key and key == before.sha256) or (row.url and row.url == before.url)):
        raise BadInput(
            "Isinya sama persis dengan versi sekarang, jadi tidak ada versi baru. Buktinya tetap tersimpan.",
            next=routes.INTAKE(found.id),
        )
    places = places_of(turn, evidence)
    behalf = pic.behalf_of(turn, places[0].current.assessment, places[0].item) if places else None
    no = (before.no if before is not None else 0) + 1
    version = _version(turn, evidence, no, row, groups[0], behalf)
    for use in _uses(turn.session, evidence):
        use.verdict, use.reason = "", ""
        turn.session.add(use)
    for at in places:
        noted(turn, at, ADDED, evidence, {"version": no - 1}, {"version": no})
    row.evidence_id = evidence.id
    intake.end(turn, row, intake.SAVED)
    turn.session.flush()
    return version


def newest(session: Session, evidence_id: int) -> EvidenceVersion | None:
    """The newest version of a piece."""
    return session.exec(
        select(EvidenceVersion)
        .where(EvidenceVersion.evidence_id == evidence_id)
        .order_by(col(EvidenceVersion.no).desc())
        .limit(1)
    ).first()


# what it serves ------------------------------------------------------------------------------------


def add_use(turn: Turn, evidence: Evidence, item_id: str, expected: int | None = None) -> bool:
    """Let a piece serve one more item of the open LKE; False when it did already (`expected` is then set).

    Raises NotAllowed, Missing.
    """
    evidence = locked(turn, evidence.id or 0, None, changing=False)
    where = checklist.current(turn)
    if where.unit.id != evidence.unit_id:
        raise Missing("Bukti ini milik unit lain. Buka unit itu lebih dulu.", evidence_id=evidence.id)
    item = checklist.item_of(where.instrument, item_id)
    policy.require(turn.actor, "answer", where.unit, checklist.area_id_of(item))
    return _serve(turn, evidence, Place(where, item), expected)


def _serve(turn: Turn, evidence: Evidence, at: Place, expected: int | None) -> bool:
    if expected is not None and not 0 <= expected < len(at.item.evidence):
        expected = None
    insert = sqlite.insert if turn.session.get_bind().dialect.name == "sqlite" else postgresql.insert
    values = {
        "evidence_id": evidence.id,
        "assessment_id": at.current.id,
        "item_id": at.item.id,
        "expected": expected,
        "verdict": "",
        "reason": "",
        "made_by": turn.actor.person_id,
        "made_at": turn.now,
    }
    added = (
        turn.session.connection()
        .execute(
            insert(EvidenceUse)
            .values(values)
            .on_conflict_do_nothing(index_elements=["assessment_id", "item_id", "evidence_id"])
            .returning(col(EvidenceUse.id))
        )
        .first()
    )
    if added is not None:
        noted(turn, at, ADDED, evidence, None, {})
        return True
    use = turn.session.exec(
        select(EvidenceUse).where(
            EvidenceUse.evidence_id == evidence.id,
            EvidenceUse.assessment_id == at.current.id,
            EvidenceUse.item_id == at.item.id,
        )
    ).one()
    if expected is not None and use.expected != expected:
        use.expected = expected
        turn.session.add(use)
    return False


def detach(turn: Turn, evidence: Evidence, item_id: str) -> bool:
    """Let a piece serve an item no more; it stays with the others. False when it did not serve it."""
    evidence = locked(turn, evidence.id or 0, None, changing=False)
    done = False
    for use in _uses(turn.session, evidence):
        at = _place_of(turn, use)
        if use.item_id != item_id or at is None:
            continue
        policy.require(turn.actor, "answer", at.current.unit, checklist.area_id_of(at.item))
        turn.session.delete(use)
        turn.session.flush()
        noted(turn, at, REMOVED, evidence, {}, {})
        done = True
    return done


def remove(turn: Turn, evidence: Evidence, revision: int) -> None:
    """Take a piece out of sight; its versions and history stay. Raises Outdated, NotAllowed."""
    evidence = locked(turn, evidence.id or 0, revision)
    places = places_of(turn, evidence)
    evidence.removed_by, evidence.removed_at = turn.actor.person_id, turn.now
    turn.session.add(evidence)
    turn.session.flush()
    for at in places:
        noted(turn, at, REMOVED, evidence, {}, {})
    audit.record(turn, "evidence.remove", str(evidence.id), evidence.unit_id)


# shared --------------------------------------------------------------------------------------------


def locked(turn: Turn, evidence_id: int, revision: int | None, *, changing: bool = True) -> Evidence:
    """A piece of the open unit, locked; `changing`: by who may. Raises Outdated, NotAllowed, Missing."""
    evidence = reading.load(turn, evidence_id, lock=True)
    if revision is not None and evidence.revision != revision:
        raise Outdated(_CHANGED, next=routes.EVIDENCE_SHOW(evidence_id), evidence_id=evidence_id)
    if changing:
        unit = turn.session.get_one(Unit, evidence.unit_id)
        instrument = turn.library.instrument(checklist.assessment_of(turn.session, unit).instrument_id)
        uses = _uses(turn.session, evidence)
        if not reading.may_change(turn, unit, uses, instrument):
            year = archive.year_of(turn.session, uses)
            said = _NOT_CHANGER if year is None else archive.frozen(year)
            raise NotAllowed(said, next=routes.EVIDENCE_SHOW(evidence_id), evidence_id=evidence_id)
    return evidence


def _uses(session: Session, evidence: Evidence) -> list[EvidenceUse]:
    return reading.uses_of(session, evidence)


def places_of(turn: Turn, evidence: Evidence) -> list[Place]:
    """The items of open LKEs that a piece serves."""
    return [at for use in _uses(turn.session, evidence) if (at := _place_of(turn, use)) is not None]


def _place_of(turn: Turn, use: EvidenceUse) -> Place | None:
    assessment = turn.session.get_one(Assessment, use.assessment_id)
    if assessment.closed_at is not None:
        return None
    unit = turn.session.get_one(Unit, assessment.unit_id)
    instrument = turn.library.instrument(assessment.instrument_id)
    if use.item_id not in instrument.by_id:
        return None
    return Place(Current(unit, assessment, instrument), checklist.item_of(instrument, use.item_id))


def noted(
    turn: Turn,
    at: Place,
    kind: str,
    evidence: Evidence,
    before: dict[str, Any] | None,
    after: dict[str, Any],
) -> None:
    """Write the change into the item's history, and undo what was approved before it.

    A restricted piece is named by its id alone: the history is read by more people than the piece.
    """
    named = {"evidence": evidence.id, "title": "" if evidence.restricted else evidence.title}
    changed = {**named, **after, "rev": evidence.revision}
    log(turn, at, kind, None if before is None else {**named, **before}, changed)
    review.touched(turn, at)


def usage(session: Session, evidence: Evidence) -> int:
    """How many items a piece serves."""
    return session.exec(
        select(func.count(col(EvidenceUse.id))).where(EvidenceUse.evidence_id == evidence.id)
    ).one()
