"""Sample rows (contoh): items of a member that are approved, wait for review, or came back."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlmodel import Session, select

from flows import fmt
from flows.models import Answer, AnswerChange, Assessment, ItemWork, Person, Unit

NOTE = (
    "Kegiatan: rapat pembentukan tim ZI bersama pimpinan. Frekuensi: tiap awal tahun. "
    "Hasil: SK tim kerja ZI ditetapkan dan dibagikan kepada anggota."
)
REASON = "Tanggal kegiatan belum terlihat pada bukti."


def sample(
    session: Session,
    unit: Unit,
    assessment: Assessment,
    people: Mapping[str, Person],
    now: datetime,
) -> None:
    """Send some of the member's answered items, decide on a few. `people`: "koordinator", "anggota"."""
    rows = session.exec(
        select(Answer)
        .where(Answer.assessment_id == assessment.id, Answer.answered_by == people["anggota"].id)
        .order_by(Answer.item_id)
    ).all()
    states = ("approved", "approved", "returned", "waiting", "waiting", "approved")
    today = fmt.local(now, unit.zone).date()
    for number, (row, state) in enumerate(zip(rows, states, strict=False)):
        at = now - timedelta(days=3, hours=number)
        if number == 0:
            row.note, row.note_by, row.note_at = NOTE, people["anggota"].id, at
            session.add(row)
        _send(session, assessment, row, state, people, at, _working_day(today))


def _send(
    session: Session,
    assessment: Assessment,
    row: Answer,
    state: str,
    people: Mapping[str, Person],
    at: datetime,
    fix_by: date,
) -> None:
    sender, reviewer = people["anggota"], people["koordinator"]
    decided = state != "waiting"
    returned = state == "returned"
    session.add(
        ItemWork(
            assessment_id=assessment.id or 0,
            item_id=row.item_id,
            state=state,
            sent_by=sender.id,
            sent_at=at,
            decided_by=reviewer.id if decided else None,
            decided_at=at + timedelta(hours=20) if decided else None,
            reason=REASON if returned else "",
            fix_by=fix_by if returned else None,
        )
    )
    changes = [(sender.id, at, "send", {"state": ""}, {"state": "waiting", "rev": 1})]
    if decided:
        after = {"state": state, "own": False, "rev": 2}
        if returned:
            after |= {"reason": REASON, "fix_by": fix_by.isoformat()}
        kind = "return" if returned else "approve"
        changes.append((reviewer.id, at + timedelta(hours=20), kind, {"state": "waiting"}, after))
    for person_id, moment, kind, before, after in changes:
        session.add(
            AnswerChange(
                assessment_id=assessment.id or 0,
                item_id=row.item_id,
                person_id=person_id,
                at=moment,
                kind=kind,
                before=before,
                after=after,
            )
        )


def _working_day(today: date) -> date:
    """Two days on, moved off a weekend."""
    day = today + timedelta(days=2)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day
