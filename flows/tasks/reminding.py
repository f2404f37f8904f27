"""Reminders of action items: the day before and on the day that was promised, else on which it is due."""

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from flows import fmt, outbox, routes
from flows.days import at, packed_day, unpacked_day
from flows.models import Job, Person, Task, Unit
from flows.reminders import moments
from flows.tasks.service import UNDONE

FAN_OUT = "tasks.fanout"
DAYS_AHEAD = (0, 1)
MOST_PEOPLE = 400


def _day() -> ColumnElement[date]:
    """A promise goes before the due day: who has said when is not reminded earlier."""
    return func.coalesce(col(Task.promised_on), col(Task.due_on))


def tick(session: Session, now: datetime) -> int:
    """Queue the reminders of this calendar moment, one job per zone and day. Returns how many are new."""
    queued = 0
    for zone_name in fmt.ZONES:
        if not moments.is_sending_time(now, zone_name):
            continue
        today = fmt.local(now, zone_name).date()
        key = f"tasks:{zone_name}:{today:%Y%m%d}"
        known = session.exec(select(Job.id).where(Job.key == key)).first()
        if known is None and _due(session, zone_name, today, 0, 1)[0]:
            args = {"zone": zone_name, "day": packed_day(today), "after": 0}
            queued += outbox.add_job(session, FAN_OUT, key, args, now)
    return queued


def next_due(session: Session, after: datetime) -> datetime | None:
    """The next calendar moment after `after` at which an action item calls for a reminder."""
    found: list[datetime] = []
    for zone_name in fmt.ZONES:
        today = fmt.local(after, zone_name).date()
        day: date | None = session.exec(
            select(func.min(_day()))
            .select_from(Task)
            .join(Unit, col(Unit.id) == col(Task.unit_id))
            .where(Unit.zone == zone_name, col(Task.state).in_(UNDONE), _day() >= today)
        ).one()
        if day is None:
            continue
        for ahead in DAYS_AHEAD:
            moment = at(day - timedelta(days=ahead), moments.SEND_AT, zone_name)
            if moment > after:
                found.append(moment)
    return min(found, default=None)


def due_of(session: Session, unit_id: int, person_id: int, today: date) -> list[Task]:
    """The person's action items in the unit that call for a reminder today, earliest first."""
    return list(
        session.exec(
            select(Task)
            .where(
                Task.unit_id == unit_id,
                Task.person_id == person_id,
                col(Task.state).in_(UNDONE),
                _day() >= today,
                _day() <= today + timedelta(days=max(DAYS_AHEAD)),
            )
            .order_by(_day(), col(Task.id))
        ).all()
    )


@outbox.carries_out(FAN_OUT)
def fan_out(turn: outbox.JobTurn) -> None:
    """One message per person and unit; another job goes on where this one ends."""
    zone_name, after = turn.args["zone"], turn.args["after"]
    today = unpacked_day(turn.args["day"])
    if today is None:
        return
    people, last = _due(turn.session, zone_name, today, after, MOST_PEOPLE)
    outbox.add(
        turn.session,
        [
            outbox.Message(
                key=f"tugas-hari:{unit_id}:{today:%Y%m%d}:{person.id}",
                chat_id=person.telegram_id,
                person_id=person.id,
                action=routes.TASKS_DUE(unit_id, packed_day(today)),
            )
            for person, unit_id in people
            if person.telegram_id is not None
        ],
        turn.now,
    )
    if last is not None:
        key = f"tasks:{zone_name}:{today:%Y%m%d}:{last}"
        outbox.add_job(turn.session, FAN_OUT, key, {**turn.args, "after": last}, turn.now)


def _due(
    session: Session, zone_name: str, today: date, after: int, limit: int
) -> tuple[list[tuple[Person, int]], int | None]:
    """Persons (with an account, after this id) and the units in which an action item of theirs is due.

    All units of one person come together. The second value is the last person's id when more may follow.
    """
    condition = (
        Unit.zone == zone_name,
        col(Unit.archived_at).is_(None),
        col(Task.state).in_(UNDONE),
        _day() >= today,
        _day() <= today + timedelta(days=max(DAYS_AHEAD)),
        col(Person.telegram_id).is_not(None),
        col(Person.unreachable_at).is_(None),
        col(Person.deleted_at).is_(None),
    )
    ids = session.exec(
        select(Person.id)
        .join(Task, col(Task.person_id) == col(Person.id))
        .join(Unit, col(Unit.id) == col(Task.unit_id))
        .where(*condition, col(Person.id) > after)
        .distinct()
        .order_by(col(Person.id))
        .limit(limit)
    ).all()
    found = session.exec(
        select(Person, Unit.id)
        .join(Task, col(Task.person_id) == col(Person.id))
        .join(Unit, col(Unit.id) == col(Task.unit_id))
        .where(*condition, col(Person.id).in_(ids))
        .distinct()
        .order_by(col(Person.id), col(Unit.id))
    ).all()
    pairs = [(person, unit_id) for person, unit_id in found if unit_id is not None]
    return pairs, ids[-1] if len(ids) == limit else None
