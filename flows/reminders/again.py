"""Who has asked to be told again in an hour is told then, or in the next digest when that hour is quiet."""

from datetime import date, datetime, timedelta

from sqlmodel import Session, col, func, select

from flows import fmt, outbox, routes
from flows.days import packed_day
from flows.models import Reminder
from flows.reminders import moments, places
from flows.reminders.places import Reader
from knowledge.workdays import workdays

PORTION = 200


def tick(session: Session, now: datetime) -> int:
    """Queue the wishes that have come due. Returns how many messages are new."""
    rows = session.exec(
        select(Reminder)
        .where(col(Reminder.again_at) <= now)
        .order_by(col(Reminder.again_at))
        .limit(PORTION)
        .with_for_update(skip_locked=True)
    ).all()
    if not rows:
        return 0
    readers = places.readers(session, {row.person_id for row in rows}, now)
    messages = []
    for row in rows:
        wished, row.again_at = row.again_at, None
        reader = readers.get(row.person_id)
        if reader is None or reader.person.telegram_id is None or wished is None:
            continue
        today = reader.today(now)
        if not reader.is_sending_time(now) or fmt.local(wished, reader.zone).date() != today:
            row.again_on = next_morning(reader, now)
            continue
        messages.append(
            outbox.Message(
                key=f"lagi:{row.id}:{int(wished.timestamp())}",
                chat_id=reader.person.telegram_id,
                person_id=row.person_id,
                action=routes.REMINDER_NOW(row.id or 0, packed_day(today)),
            )
        )
    session.flush()
    return outbox.add(session, messages, now)


def next_due(session: Session, after: datetime) -> datetime | None:
    """The next such wish after `after`."""
    query = select(func.min(Reminder.again_at)).where(col(Reminder.again_at) > after)
    return session.exec(query).one()


def next_morning(reader: Reader, now: datetime) -> date:
    """The day of the reader's next digest whose round has not begun."""
    here = fmt.local(now, reader.zone)
    first = here.date() if here.time() < moments.clock_of(reader.slot) else here.date() + timedelta(days=1)
    day = workdays().on_or_after(first)
    while reader.away(day):
        day = workdays().on_or_after(day + timedelta(days=1))
    return day
