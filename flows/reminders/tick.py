"""Which digests have become due at a calendar moment, decided by rows under deterministic keys.

One round per zone, hour and working day. `tick` writes its first job and notes the day; the job goes
through units and persons in portions (`fanout`). What was missed while nothing ran is made up for by the
next one, in one digest that says so. A moment at which nothing is due costs one read.
"""

from datetime import date, datetime, timedelta

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, func, select

from flows import dues, fmt
from flows.days import at
from flows.models import Reminder, ReminderPref, ReminderRound, UnitReminding
from flows.reminders import again, moments, picking
from flows.reminders.fanout import Round, begin
from knowledge.workdays import workdays

FARTHEST = timedelta(days=400)
NEAR = 6
"""Working days looked at one by one before a longer look ahead."""
_ONE = timedelta(days=1)
_EARLIEST = timedelta(days=max(moments.CHOICES) + 16)
"""More than the time from the first reminder to the due day."""


def tick(session: Session, now: datetime) -> int:
    """Queue what is due at this calendar moment. Returns how many jobs and messages are new."""
    queued = again.tick(session, now)
    rounds = {(r.zone, r.slot_minutes): r.last_day for r in session.exec(select(ReminderRound)).all()}
    slots = _slots(session)
    for zone in fmt.ZONES:
        day = fmt.local(now, zone).date()
        for slot in slots:
            if not moments.is_sending_time(now, zone, slot) or rounds.get((zone, slot), date.min) >= day:
                continue
            row = _locked(session, zone, slot, day - _ONE)
            if row.last_day >= day:
                continue  # another process was quicker
            queued += _begin(session, row, day, now)
            row.last_day = day
            session.add(row)
    return queued


def _slots(session: Session) -> list[int]:
    """The hours at which anybody gets a digest, earliest first."""
    chosen = session.exec(select(ReminderPref.slot_minutes).distinct()).all()
    return sorted({moments.USUAL_SLOT, *(slot for slot in chosen if slot is not None)})


def _locked(session: Session, zone: str, slot: int, before: date) -> ReminderRound:
    """The round's row, made if need be. Processes that beat at once wait for each other here."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    session.connection().execute(
        insert(ReminderRound)
        .values(zone=zone, slot_minutes=slot, last_day=before)
        .on_conflict_do_nothing(index_elements=["zone", "slot_minutes"])
    )
    return session.exec(
        select(ReminderRound)
        .where(ReminderRound.zone == zone, ReminderRound.slot_minutes == slot)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _begin(session: Session, row: ReminderRound, day: date, now: datetime) -> int:
    since = row.last_day + _ONE
    if picking.unfinished(session, f"pagi:{row.zone}:{row.slot_minutes}:{row.last_day:%Y%m%d}"):
        since = row.last_day
    since = max(since, day - timedelta(days=moments.LONGEST_ABSENCE))
    if not _anything(session, row.zone, row.slot_minutes, since, day, row.last_day):
        return 0
    phase = "unit" if row.slot_minutes == moments.USUAL_SLOT else "own"
    return begin(session, Round(row.zone, row.slot_minutes, since, row.last_day, day, phase, 0), now)


def _anything(session: Session, zone: str, slot: int, since: date, day: date, before: date) -> bool:
    """Whether the round may have something to tell anybody."""
    if slot == moments.USUAL_SLOT and picking.units(session, zone, since, day, 0, 1):
        return True
    return bool(picking.persons(session, zone, slot, since, day, before, 0, 1))


def next_due(session: Session, after: datetime) -> datetime | None:
    """The next calendar moment after `after` at which somebody may be told something; None without any."""
    found = [again.next_due(session, after)]
    slots = _slots(session)
    for zone in picking.zones(session):
        found += [_next_round(session, zone, slot, after) for slot in slots]
    return min((moment for moment in found if moment is not None), default=None)


def _next_round(session: Session, zone: str, slot: int, after: datetime) -> datetime | None:
    day = fmt.local(after, zone).date()
    if at(day, moments.clock_of(slot), zone) <= after:
        day += _ONE
    for _ in range(NEAR):
        day = workdays().on_or_after(day)
        if _anything(session, zone, slot, day, day, day - _ONE):
            return at(day, moments.clock_of(slot), zone)
        day += _ONE
    coming = _calling_from(session, zone, day) if slot == moments.USUAL_SLOT else None
    return at(coming, moments.clock_of(slot), zone) if coming is not None else None


def _calling_from(session: Session, zone: str, day: date) -> date | None:
    """The first working day from `day` on which something of the zone calls, after a long time of nothing."""
    first, last = day - timedelta(weeks=moments.WEEKS_LATE + 3), day + FARTHEST
    own = session.exec(select(UnitReminding.unit_id).limit(1)).first() is not None
    days_before = moments.CHOICES if own else moments.DAYS_BEFORE
    best = _said_from(session, day)
    while (due_on := _first_due(session, zone, first, last)) is not None:
        calling = (*moments.told_days(due_on, days_before), *moments.late_days(due_on))
        best = min([d for d in calling if d >= day] + ([best] if best else []), default=None)
        if best is not None and due_on - _EARLIEST > best:
            break
        first = due_on + _ONE
    return best


def _said_from(session: Session, day: date) -> date | None:
    """The first working day from `day` for which somebody has promised or wished something, or is back."""
    found = [
        session.exec(select(func.min(column)).where(column >= day)).one()
        for column in (col(Reminder.promised_on), col(Reminder.again_on), col(ReminderPref.away_until))
    ]
    later = [workdays().on_or_before(each) for each in found if each is not None]
    return min([max(each, day) for each in later], default=None)


def _first_due(session: Session, zone: str, first: date, last: date) -> date | None:
    """The first of these days on which anything is due in the zone. Halves the days until it is found."""
    while first <= last:
        middle = first + (last - first) // 2
        if dues.units_with_dues(session, zone, _days(first, middle), 0, 1):
            if first == middle:
                return first
            last = middle
        elif last == middle:
            return None
        else:
            first = middle + _ONE
    return None


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
