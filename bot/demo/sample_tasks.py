"""Sample action items (contoh): one begun, one promised, one that is stuck."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from flows import fmt
from flows.models import Assessment, Person, Task, TaskChange, Unit

GIVEN = (
    ("Susun notula rapat monev (contoh)", 2, 3, "doing", "", None),
    ("Minta dokumentasi sosialisasi dari bagian umum (contoh)", 1, 6, "open", "", 5),
    ("Perbarui SK tim ZI (contoh)", 0, 12, "stuck", "Draf SK masih menunggu paraf bagian hukum.", None),
)
"""Title, place of the PIC in the cast, days until it is due, state, reason, days until the promised day."""


def sample(
    session: Session, unit: Unit, assessment: Assessment, people: Sequence[Person | None], now: datetime
) -> None:
    """Write them down for the unit as of `now`. `people` are the cast in order."""
    today = fmt.local(now, unit.zone).date()
    by = people[0].id if people[0] is not None else None
    for title, place, days, state, reason, promised in GIVEN:
        person = people[place]
        task = Task(
            unit_id=unit.id or 0,
            assessment_id=assessment.id,
            title=title,
            person_id=person.id if person is not None else None,
            due_on=today + timedelta(days=days),
            promised_on=today + timedelta(days=promised) if promised else None,
            state=state,
            reason=reason,
            source="message",
            made_by=by,
            made_at=now - timedelta(days=4),
        )
        session.add(task)
        session.flush()
        session.add(
            TaskChange(task_id=task.id or 0, person_id=by, at=now - timedelta(days=4), kind="make", after={})
        )
