"""The evidence doctor: what is wrong with what was sent or claimed, each with one fix. Reads only.

What is found in the bytes themselves comes from `flows.evidence.examine`.
"""

from collections.abc import Iterable

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from flows.evidence import findings, links
from flows.evidence.findings import Finding
from flows.models import Assessment, Evidence, EvidenceUse, EvidenceVersion, Intake
from knowledge.instrument import Indicator, ResultItem
from knowledge.library import Library


def of_intake(row: Intake) -> list[Finding]:
    """Everything found about what was sent, in order; what stops a part comes first."""
    found = [f for part in row.parts for f in findings.from_json(part.get("findings", ()))]
    found += findings.from_json(row.proposal.get("findings", ()))
    return sorted(found, key=lambda f: not f.stops)


def of_version(version: EvidenceVersion, evidence: Evidence) -> list[Finding]:
    """What is to be said about a saved version as it stands now."""
    found = [f for f in findings.of_codes(version.findings) if f.code != findings.NO_DATE]
    if version.kind == "link":
        seen = of_link(version.url, version.link_state, restricted=evidence.restricted)
        found = [seen, *found] if seen else found
    if evidence.dated_on is None and not evidence.period:
        found.append(Finding(findings.NO_DATE))
    return found


def of_link(url: str, state: str, *, restricted: bool = False) -> Finding | None:
    """What is to be said about a link that looks like this from outside; None for what is as it should be.

    Of a `restricted` piece nobody is ever told to open it.
    """
    if links.is_short(url):
        return Finding(findings.LINK_SHORT)
    if restricted and state in (links.OPEN, links.LOCKED):
        return Finding(findings.LINK_PUBLIC if state == links.OPEN else findings.LINK_CLOSED)
    codes = {links.LOCKED: findings.LINK_LOCKED, links.UNKNOWN: findings.LINK_UNKNOWN}
    return Finding(codes[state]) if state in codes else None


def of_claim(answer: str, *, best: bool, evidence: int, note: str) -> Finding | None:
    """An answer that claims the best without what an assessor would look for. `answer` is its letter."""
    lacks = [
        word
        for word, there in (("bukti dukung", evidence > 0), ("Penjelasan", bool(note.strip())))
        if not there
    ]
    if not best or not lacks:
        return None
    return Finding(findings.CLAIM, {"answer": answer, "lacks": " dan ".join(lacks)})


def duplicate(session: Session, library: Library, row: Intake) -> Finding | None:
    """That all of this is evidence of the unit already, and which."""
    evidence = known_already(session, row)
    if evidence is None:
        return None
    title = "bertanda terbatas" if evidence.restricted else evidence.title
    facts = {"evidence": evidence.id or 0, "title": title, "where": _where(session, library, evidence)}
    return Finding(findings.DUPLICATE, facts)


def known_already(session: Session, row: Intake) -> Evidence | None:
    """The unit's evidence that consists of the very same bytes, photos or link; None for anything new."""
    if row.url:
        return _with_newest(session, row.unit_id, EvidenceVersion.url == row.url)
    keys = [part["sha256"] for part in row.parts if part.get("sha256")]
    if not keys:
        return None
    if len(keys) == 1:
        found = _with_newest(session, row.unit_id, EvidenceVersion.sha256 == keys[0])
        if found is not None:
            return found
    return _of_same_photos(session, row.unit_id, keys)


def _with_newest(session: Session, unit_id: int, condition: ColumnElement[bool] | bool) -> Evidence | None:
    """The unit's oldest evidence whose newest version fulfils the condition."""
    found = session.exec(
        select(Evidence, EvidenceVersion)
        .join(EvidenceVersion, col(EvidenceVersion.evidence_id) == col(Evidence.id))
        .where(Evidence.unit_id == unit_id, col(Evidence.removed_at).is_(None), condition)
        .order_by(col(Evidence.id))
    ).all()
    for evidence, version in found:
        newest = session.exec(
            select(EvidenceVersion.no)
            .where(EvidenceVersion.evidence_id == evidence.id)
            .order_by(col(EvidenceVersion.no).desc())
            .limit(1)
        ).one()
        if newest == version.no:
            return evidence
    return None


def _of_same_photos(session: Session, unit_id: int, keys: Iterable[str]) -> Evidence | None:
    """Evidence that was bound from a set of photos that holds all of these."""
    wanted = set(keys)
    found = session.exec(
        select(Intake.parts, Evidence)
        .join(Evidence, col(Evidence.id) == col(Intake.evidence_id))
        .where(Intake.unit_id == unit_id, Intake.state == "saved", col(Evidence.removed_at).is_(None))
        .order_by(col(Intake.id).desc())
        .limit(500)
    ).all()
    for parts, evidence in found:
        bound = {part.get("sha256") for part in parts if part.get("kind") == "photo"}
        if len(bound) > 1 and wanted <= bound:
            return evidence
    return None


def _where(session: Session, library: Library, evidence: Evidence) -> str:
    """ " untuk A.I.5.i.a, A.I.5.i.b", or "" while it serves nothing."""
    found = session.exec(
        select(EvidenceUse.item_id, Assessment.instrument_id)
        .join(Assessment, col(Assessment.id) == EvidenceUse.assessment_id)
        .where(EvidenceUse.evidence_id == evidence.id)
        .order_by(col(EvidenceUse.id))
        .limit(4)
    ).all()
    numbers: list[str] = []
    for item_id, instrument_id in found:
        node: object = library.instrument(instrument_id).by_id.get(item_id)
        if isinstance(node, Indicator | ResultItem):
            numbers.append(node.number)
    return f" untuk {', '.join(dict.fromkeys(numbers))}" if numbers else ""
