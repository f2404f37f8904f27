"""What has become due at a calendar moment, decided by rows under deterministic keys.

`tick` writes one job per zone, day and kind of reminder; the job goes through the units concerned in
portions and writes one message per person. Every key says what it is, so that ticking twice, in two
processes, or again after a crash adds nothing. A deadline set after a reminder's moment does not call for
that reminder any more; therefore what was once gone through is complete.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel import Session, col, select

from flows import fmt, outbox, routes
from flows.days import at, due_day, packed_day, unpacked_day
from flows.models import Deadline, Job, Unit
from flows.reminders import moments
from flows.reminders.due import due_items, reachable_team

FAN_OUT = "remind.fanout"
UNITS_PER_JOB = 100


def tick(session: Session, now: datetime) -> int:
    """Queue what is due at this calendar moment. Returns how many jobs are new."""
    wanted = {_key(zone, day, kind): (zone, day, kind) for zone, day, kind in _applicable(now)}
    if not wanted:
        return 0
    known = set(session.exec(select(Job.key).where(col(Job.key).in_(wanted))).all())
    queued = 0
    for key, (zone_name, day, kind) in wanted.items():
        if key not in known and _units_due(session, zone_name, day, kind, now, limit=1):
            args = {"zone": zone_name, "day": packed_day(day), "kind": kind, "after": 0}
            queued += outbox.add_job(session, FAN_OUT, key, args, now)
    return queued


def next_due(session: Session, after: datetime) -> datetime | None:
    """The next calendar moment after `after` at which a reminder becomes due; None without any."""
    found: list[datetime] = []
    for zone_name in fmt.ZONES:
        today = fmt.local(after, zone_name).date()
        for kind, days in moments.DAYS_BEFORE.items():
            # The first day whose reminder of this kind is still to come.
            first = today + timedelta(days=days)
            if moments.moment_of(kind, first, zone_name) <= after:
                first += timedelta(days=1)
            earliest = at(first, moments.SEND_AT if days == 0 else time(0), zone_name)
            due_at = session.exec(
                _open_deadlines(Deadline.due_at, zone_name)
                .where(Deadline.due_at >= earliest)
                .order_by(col(Deadline.due_at))
                .limit(1)
            ).first()
            if due_at is not None:
                found.append(moments.moment_of(kind, due_day(due_at, zone_name), zone_name))
    return min(found, default=None)


@outbox.carries_out(FAN_OUT)
def fan_out(turn: outbox.JobTurn) -> None:
    """The messages of the next units; another job goes on where this one ends."""
    zone_name, kind, after = turn.args["zone"], turn.args["kind"], turn.args["after"]
    day = unpacked_day(turn.args["day"])
    if day is None:
        return
    units = _units_due(turn.session, zone_name, day, kind, turn.now, after=after, limit=UNITS_PER_JOB)
    messages: list[outbox.Message] = []
    for unit_id in units:
        messages += _messages(turn, unit_id, day, kind)
    outbox.add(turn.session, messages, turn.now)
    if len(units) == UNITS_PER_JOB:
        rest: dict[str, Any] = {**turn.args, "after": units[-1]}
        outbox.add_job(turn.session, FAN_OUT, f"{_key(zone_name, day, kind)}:{units[-1]}", rest, turn.now)


def _messages(turn: outbox.JobTurn, unit_id: int, day: date, kind: str) -> list[outbox.Message]:
    """One message per person concerned by what is due in this unit on this day."""
    unit = turn.session.get_one(Unit, unit_id)
    before = moments.moment_of(kind, day, unit.zone)
    items = due_items(turn.session, turn.library, unit, day, turn.now, set_before=before)
    team = reachable_team(turn.session, unit, turn.now) if items else {}
    return [
        outbox.Message(
            key=f"due:{unit_id}:{day:%Y%m%d}:{kind}:{person_id}",
            chat_id=person.telegram_id,
            person_id=person_id,
            action=routes.REMIND(unit_id, kind, packed_day(day)),
        )
        for person_id, (person, memberships) in team.items()
        if person.telegram_id is not None and any(item.concerns(memberships) for item in items)
    ]


def _applicable(now: datetime) -> list[tuple[str, date, str]]:
    """Zone, day and kind of every reminder that could be sent at this moment."""
    found: list[tuple[str, date, str]] = []
    for zone_name in fmt.ZONES:
        if not moments.is_sending_time(now, zone_name):
            continue
        today = fmt.local(now, zone_name).date()
        for days_left in range(moments.FARTHEST + 1):
            kind = moments.kind_for(days_left)
            if kind is not None:
                found.append((zone_name, today + timedelta(days=days_left), kind))
    return found


def _key(zone_name: str, day: date, kind: str) -> str:
    return f"due:{zone_name}:{day:%Y%m%d}:{kind}"


def _open_deadlines(what, zone_name: str):  # type: ignore[no-untyped-def]  # SQLAlchemy's select types nest deep
    return select(what).where(
        Deadline.unit_id == Unit.id,
        Unit.zone == zone_name,
        col(Unit.archived_at).is_(None),
        col(Deadline.done_at).is_(None),
    )


def _units_due(
    session: Session, zone_name: str, day: date, kind: str, now: datetime, *, after: int = 0, limit: int
) -> list[int]:
    """Units of the zone, by id, with an open deadline on that day that calls for this reminder.

    Reads the index of due times between two midnights.
    """
    start = at(day, time(0), zone_name)
    found = session.exec(
        _open_deadlines(Deadline.unit_id, zone_name)
        .where(
            Deadline.due_at >= start,
            Deadline.due_at < start + timedelta(days=1),
            Deadline.due_at > now,
            Deadline.set_at < moments.moment_of(kind, day, zone_name),
            Deadline.unit_id > after,
        )
        .distinct()
        .order_by(col(Deadline.unit_id))
        .limit(limit)
    ).all()
    return list(found)
