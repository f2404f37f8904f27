"""Before an evaluation (contoh): the sample unit's walk, and a second unit two weeks into its drills."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from flows import fmt
from flows.days import DEFAULT_TIME, at
from flows.models import (
    Assessment,
    Deadline,
    DrillCard,
    DrillEnrolment,
    Membership,
    Person,
    Task,
    TaskChange,
    Unit,
    Walk,
    WalkMark,
    WalkPhoto,
)
from flows.schedule.names import STAGE, SUBMISSION
from flows.schedule.planning import working
from flows.walks.service import SOURCE

FOUND = (
    ("spanduk", "ada", "", 2),
    ("antigratifikasi", "rusak", "tahun pada poster sudah lewat (contoh)", 1),
    ("difabel", "ada", "", 2),
    ("petunjuk", "belum", "jam layanan belum tertulis (contoh)", 1),
    ("maklumat", "ada", "", 2),
    ("standar", "ada", "", 0),
)
"""Point, what was found, note, and the place in the cast of who looked."""
TASK = (
    "antigratifikasi",
    "Perbaiki kampanye antigratifikasi: tahun pada poster sudah lewat (contoh)",
    "PW.P.1.a",
)
DAYS = (("desk_evaluasi", 18), ("evaluasi_lapangan", 60))
"""Stages of the second unit, and in how many days they come."""
SUBMITTED_DAYS_AGO = 60
STAFF = 9
"""People of the second unit, all in drills; nobody speaks for them, so nothing is sent to them."""
FIRST_STAFF_ID = 700_001_001
DRILLED = {"": STAFF, "MP": 6, "TL": 3, "SDM": 5, "AK": 2, "PW": STAFF, "PP": 7}
"""How many of them have drilled in each area."""


def walk(
    session: Session,
    unit: Unit,
    assessment: Assessment,
    people: Sequence[Person | None],
    now: datetime,
    photo: str,
) -> None:
    """The walk of the sample unit's people as of `now`. `people` are the cast in order."""
    ids = [person.id if person is not None else None for person in people]
    begun = now - timedelta(hours=3)
    row = Walk(unit_id=unit.id or 0, begun_by=ids[2], begun_at=begun)
    session.add(row)
    session.flush()
    point, title, item_id = TASK
    task = Task(
        unit_id=unit.id or 0,
        assessment_id=assessment.id,
        item_id=item_id,
        title=title,
        person_id=ids[1],
        due_on=working(fmt.local(now, unit.zone).date() + timedelta(days=7)),
        source=SOURCE,
        made_by=ids[2],
        made_at=begun,
    )
    session.add(task)
    session.flush()
    session.add(TaskChange(task_id=task.id or 0, person_id=ids[2], at=begun, kind="make", after={}))
    for n, (name, state, note, place) in enumerate(FOUND):
        session.add(
            WalkMark(
                walk_id=row.id or 0,
                point=name,
                state=state,
                note=note,
                set_by=ids[place],
                set_at=begun + timedelta(minutes=4 * n),
                task_id=task.id if name == point else None,
            )
        )
    part = {"file_id": photo or "contoh", "unique_id": "contoh", "name": "foto.jpg", "mime": "image/jpeg"}
    session.add(
        WalkPhoto(
            walk_id=row.id or 0,
            point="spanduk",
            file={**part, "size": 0, "photo": True, "album": ""},
            taken_by=ids[2],
            taken_at=begun,
        )
    )


def drills(session: Session, unit: Unit, assessment: Assessment, lead: Person | None, now: datetime) -> None:
    """The second unit: submitted, its evaluation near, its people two weeks into their drills."""
    today = fmt.local(now, unit.zone).date()
    days = [(SUBMISSION, "", -SUBMITTED_DAYS_AGO), *((STAGE, stage, ahead) for stage, ahead in DAYS)]
    for scope, ref, ahead in days:
        session.add(
            Deadline(
                assessment_id=assessment.id or 0,
                unit_id=unit.id or 0,
                scope=scope,
                ref=ref,
                due_at=at(working(today + timedelta(days=ahead)), DEFAULT_TIME, unit.zone),
                set_by=lead.id if lead is not None else None,
                set_at=now,
                done_at=now if ahead < 0 else None,
            )
        )
    for n in range(STAFF):
        person = Person(
            name=f"Pegawai {n + 1} (contoh)",
            telegram_id=FIRST_STAFF_ID + n,
            created_at=now,
            consent_at=now,
            unreachable_at=now,
        )
        session.add(person)
        session.flush()
        session.add(
            Membership(
                person_id=person.id or 0,
                agency_id=unit.agency_id,
                unit_id=unit.id,
                role="anggota",
                area="PP" if n % 2 else "PW",
                created_at=now,
            )
        )
        session.add(
            DrillEnrolment(
                person_id=person.id or 0,
                unit_id=unit.id or 0,
                joined_at=now - timedelta(days=14),
                drilled_on=today - timedelta(days=1),
            )
        )
        for area, count in DRILLED.items():
            if n < count:
                session.add(
                    DrillCard(
                        person_id=person.id or 0,
                        card=f"w.{area}" if area else "f.tpi",
                        area=area,
                        box=2,
                        due_on=today + timedelta(days=1),
                        seen_times=1,
                        right_times=1,
                        last_on=today - timedelta(days=1),
                    )
                )
