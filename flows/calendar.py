"""Everything that becomes due by the calendar, whichever feature it belongs to."""

from datetime import datetime

from sqlmodel import Session

from flows.board import standing as board
from flows.broadcast import timing as announcements
from flows.groups import tick as groups
from flows.reminders import tick as reminders
from flows.schedule import duty_tick as duties

SOURCES = (reminders, duties, announcements, groups, board)


def tick(session: Session, now: datetime) -> int:
    """Queue what is due at this calendar moment. Returns how many jobs are new."""
    return sum(source.tick(session, now) for source in SOURCES)


def next_due(session: Session, after: datetime) -> datetime | None:
    """The next calendar moment after `after` at which anything becomes due; None without any."""
    found = [source.next_due(session, after) for source in SOURCES]
    return min((at for at in found if at is not None), default=None)
