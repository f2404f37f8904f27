"""Sample rows (contoh) beside the LKE: a check of public service that is nearly through."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from flows.models import (
    SERVICE_SIDE,
    Answer,
    AnswerChange,
    Assessment,
    AuditEntry,
    Person,
    Task,
    TaskChange,
    Unit,
)
from flows.tasks.service import OF_SERVICE, OPEN
from knowledge.service_check import DONE, NOT_YET, PARTLY, service_check

PARTLY_DONE = {
    "OM.SP.5": (PARTLY, "Forum konsultasi publik baru sekali, berita acaranya di map Area 6 (contoh)"),
    "OM.BP.4": (PARTLY, ""),
    "OM.BP.5": (NOT_YET, "Bentuk kompensasi masih dibahas dengan bagian hukum (contoh)"),
    "OM.PD.3": (NOT_YET, ""),
    "OM.KP.4": (PARTLY, ""),
}
UNANSWERED = ("OM.TI.2", "OM.TI.3", "OM.TI.4")


def sample(session: Session, unit: Unit, year: int, persons: Sequence[Person | None], now: datetime) -> None:
    """Answers of the coordinator over the last two weeks, one of them with an action item."""
    keeper = persons[0].id if persons[0] is not None else None
    check = service_check()
    where = Assessment(unit_id=unit.id or 0, year=year, side=SERVICE_SIDE, target="", created_at=now,
                       instrument_id=check.instrument.key)  # fmt: skip
    session.add(where)
    session.flush()
    for place, item in enumerate(check.instrument.area_order):
        if item.id in UNANSWERED:
            continue
        key, note = PARTLY_DONE.get(item.id, (DONE, ""))
        at = now - timedelta(days=14 - place // 2, hours=3)
        session.add(
            Answer(
                assessment_id=where.id or 0,
                item_id=item.id,
                choice=key,
                answered_by=keeper,
                answered_at=at,
                note=note,
                note_by=keeper if note else None,
                note_at=at if note else None,
            )
        )
        after = {"choice": key, "inputs": None, "rev": 1}
        session.add(AnswerChange(assessment_id=where.id or 0, item_id=item.id, person_id=keeper, at=at,
                                 kind="answer", after=after))  # fmt: skip
        session.add(AuditEntry(at=at, unit_id=unit.id, person_id=keeper, act="layanan.answer",
                               subject=f"{where.id}/{item.id}", facts={"revision": 1}))  # fmt: skip
    made_at = now - timedelta(days=5)
    task = Task(
        unit_id=unit.id or 0,
        assessment_id=where.id,
        item_id="OM.PD.3",
        title="Umumkan nama dan alamat penanggung jawab pengaduan (contoh)",
        person_id=persons[1].id if persons[1] is not None else None,
        due_on=(now + timedelta(days=12)).date(),
        state=OPEN,
        source=OF_SERVICE,
        made_by=keeper,
        made_at=made_at,
    )
    session.add(task)
    session.flush()
    session.add(TaskChange(task_id=task.id or 0, person_id=keeper, at=made_at, kind="make",
                           after={"person_id": task.person_id}))  # fmt: skip
