"""New versions of evidence that are made here, such as the one PDF of a meeting."""

from flows.evidence import saving
from flows.evidence.service import uses_of
from flows.models import Evidence, EvidenceVersion
from flows.pic import service as pic
from flows.turn import Turn


def renew(turn: Turn, evidence: Evidence, sha256: str, file_name: str) -> EvidenceVersion | None:
    """Give a piece a version that was made here and is stored already; its verdicts start anew.

    None when its newest version consists of the very same bytes. Raises NotAllowed, Missing.
    """
    evidence = saving.locked(turn, evidence.id or 0, None)
    before = saving.newest(turn.session, evidence.id or 0)
    if before is not None and before.sha256 == sha256:
        return None
    places = saving.places_of(turn, evidence)
    version = EvidenceVersion(
        evidence_id=evidence.id or 0,
        no=(before.no if before is not None else 0) + 1,
        sha256=sha256,
        file_name=file_name,
        made_by=turn.actor.person_id,
        behalf_id=pic.behalf_of(turn, places[0].current.assessment, places[0].item) if places else None,
        made_at=turn.now,
    )
    turn.session.add(version)
    for use in uses_of(turn.session, evidence):
        use.verdict, use.reason = "", ""
        turn.session.add(use)
    for at in places:
        saving.noted(turn, at, saving.ADDED, evidence, {"version": version.no - 1}, {"version": version.no})
    turn.session.flush()
    return version
