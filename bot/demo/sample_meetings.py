"""Sample rows (contoh): one meeting whose papers are half complete."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from flows import fmt
from flows.models import Assessment, Meeting, Person, Task, TaskChange, Unit

TITLE = "Rapat monev bulanan (contoh)"
ITEMS = ("MP.P.3.a", "MP.P.3.b", "MP.P.3.c")
DECISIONS = (
    ("Susun jadwal kampanye per triwulan (contoh)", 9, "doing"),
    ("Kirim undangan monev berikutnya", 12, "open"),
)


def fill(
    session: Session,
    unit: Unit,
    assessment: Assessment,
    people: Sequence[Person | None],
    now: datetime,
) -> None:
    """Write a meeting of last week with its attendance and two decisions; notula and files are to come.

    `people` are those who work in the unit: the first notes it, the decisions go round among them.
    """
    known = [person for person in people if person is not None]
    today = fmt.local(now, unit.zone).date()
    maker = known[0].id if known else None
    meeting = Meeting(
        unit_id=unit.id or 0,
        assessment_id=assessment.id or 0,
        title=TITLE,
        held_on=today - timedelta(days=6),
        held_time="09.00",
        place="Aula lantai 2",
        attendees=14,
        leader_present=True,
        items=list(ITEMS),
        made_by=maker,
        made_at=now - timedelta(days=5),
    )
    session.add(meeting)
    session.flush()
    for number, (title, days, state) in enumerate(DECISIONS):
        pic = known[(number + 1) % len(known)] if known else None
        task = Task(
            unit_id=unit.id or 0,
            assessment_id=assessment.id,
            meeting_id=meeting.id,
            title=title,
            person_id=pic.id if pic is not None else None,
            due_on=today + timedelta(days=days),
            state=state,
            source="meeting",
            made_by=maker,
            made_at=now - timedelta(days=5),
        )
        session.add(task)
        session.flush()
        session.add(
            TaskChange(
                task_id=task.id or 0,
                person_id=maker,
                at=now - timedelta(days=5),
                kind="make",
                after={
                    "person_id": task.person_id,
                    "due_on": task.due_on.isoformat() if task.due_on else None,
                },
            )
        )
