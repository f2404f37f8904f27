"""Reminders of the sample: things that come due while a visitor moves the clock."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlmodel import Session

from flows import fmt
from flows.models import Assessment, Deadline, Person, Reminder, Task, Unit
from knowledge.workdays import workdays

ITEM_OF_LEAD = "PW.P.1.a"


def sample(
    session: Session, unit: Unit, assessment: Assessment, persons: Sequence[Person | None], now: datetime
) -> None:
    """An indicator due in eight working days, and a task told of before."""
    coordinator, lead, member = persons[0], persons[1], persons[2]
    if coordinator is None or lead is None or member is None:
        return
    today = fmt.local(now, unit.zone).date()
    in_days = workdays().after(today, 8)
    session.add(
        Deadline(
            assessment_id=assessment.id or 0,
            unit_id=unit.id or 0,
            scope="item",
            ref=ITEM_OF_LEAD,
            due_at=datetime.combine(in_days, time(16), fmt.ZONES[unit.zone]),
            set_by=coordinator.id,
            set_at=now,
        )
    )
    due_on = workdays().after(today, 2)
    task = Task(
        unit_id=unit.id or 0,
        assessment_id=assessment.id,
        title="Rapikan daftar agen perubahan (contoh)",
        person_id=member.id,
        due_on=due_on,
        made_by=coordinator.id,
        made_at=now - timedelta(days=6),
    )
    session.add(task)
    session.flush()
    told = workdays().on_or_before(today - timedelta(days=1))
    session.add(
        Reminder(
            unit_id=unit.id or 0,
            person_id=member.id or 0,
            kind="task",
            ref=str(task.id),
            due_on=due_on,
            first_told_on=told,
            last_told_on=told,
            times_told=1,
            opened_at=now - timedelta(hours=20),
        )
    )
