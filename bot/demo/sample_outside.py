"""Sample rows (contoh) beside the LKE: a check of public service, and what the agency asks for."""

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
from flows.tasks.service import DONE as DONE_TASK
from flows.tasks.service import OF_SERVICE, OPEN, OUTSIDE
from knowledge.service_check import DONE, NOT_YET, PARTLY, service_check

PARTLY_DONE = {
    "OM.SP.5": (PARTLY, "Forum konsultasi publik baru sekali, berita acaranya di map Area 6 (contoh)"),
    "OM.BP.4": (PARTLY, ""),
    "OM.BP.5": (NOT_YET, "Bentuk kompensasi masih dibahas dengan bagian hukum (contoh)"),
    "OM.PD.3": (NOT_YET, ""),
    "OM.KP.4": (PARTLY, ""),
}
ASKED = (
    ("Video profil unit (contoh)", 2, 20, "doing", ""),
    ("Bahan paparan pimpinan (contoh)", 0, 30, "open", ""),
    ("Yel-yel dan latihannya (contoh)", None, None, "open", ""),
    ("Seragam tim (contoh)", 1, None, "done", "https://drive.google.com/drive/folders/seragam-contoh"),
)
"""Title, place of the PIC in the cast, days until it is due, state, link."""
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
    _asked(session, unit, persons, now)
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


def _asked(session: Session, unit: Unit, persons: Sequence[Person | None], now: datetime) -> None:
    """What the agency asks for beside the LKE."""
    keeper, made_at = persons[0].id if persons[0] is not None else None, now - timedelta(days=9)
    for title, place, days, state, link in ASKED:
        person = persons[place] if place is not None else None
        task = Task(
            unit_id=unit.id or 0,
            title=title,
            person_id=person.id if person is not None else None,
            due_on=(now + timedelta(days=days)).date() if days is not None else None,
            state=state,
            source=OUTSIDE,
            attached={"link": link} if link else None,
            made_by=keeper,
            made_at=made_at,
            done_at=now - timedelta(days=2) if state == DONE_TASK else None,
        )
        session.add(task)
        session.flush()
        session.add(TaskChange(task_id=task.id or 0, person_id=keeper, at=made_at, kind="make",
                               after={"person_id": task.person_id}))  # fmt: skip
