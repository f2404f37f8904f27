"""What waits and what failed, counted from the rows. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, case, col, func, select

from flows import outbox
from flows.models import Job, Outbox, SeenUpdate

LANES = {outbox.LANE_REPLY: "reply", outbox.LANE_PERSONAL: "personal", outbox.LANE_BROADCAST: "broadcast"}
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Queues:
    """What waits: messages by lane that are due, how late the oldest of them is in seconds, jobs by state."""

    depth: dict[str, int]
    late_seconds: dict[str, float]
    jobs: dict[str, int]


@dataclass(frozen=True, slots=True)
class LastDay:
    """What the last 24 hours brought: updates answered, messages sent, those that failed by cause."""

    updates: int
    sent: int
    failed: Sequence[tuple[str, int]]


def queues_of(session: Session, now: datetime) -> Queues:
    """Counted on the index by which they are claimed. `now` is the calendar's moment."""
    pace_now = outbox.pace_clock(session)
    at_once = col(Outbox.due_at) == 0.0
    rows = session.exec(
        select(
            Outbox.lane,
            func.count(),
            func.min(case((at_once, col(Outbox.created_at)))),
            func.min(case((~at_once, col(Outbox.due_at)))),
        )
        .where(Outbox.state == "waiting", col(Outbox.due_at) <= pace_now)
        .group_by(col(Outbox.lane))
    ).all()
    depth, late = dict.fromkeys(LANES.values(), 0), dict.fromkeys(LANES.values(), 0.0)
    for lane, count, created, due in rows:
        waited = [(now - created).total_seconds()] if created is not None else []
        waited += [pace_now - due] if due is not None else []
        depth[LANES[lane]], late[LANES[lane]] = count, max(0.0, *waited)
    states = session.exec(
        select(Job.state, func.count())
        .where(col(Job.state).in_(("waiting", "leased", "failed")))
        .group_by(col(Job.state))
    ).all()
    return Queues(depth, late, {"waiting": 0, "leased": 0, "failed": 0} | dict(states))


def last_day(session: Session, real_now: datetime) -> LastDay:
    """Of the last 24 hours by the real clock, in which both tables are written."""
    since = real_now - DAY
    updates = session.exec(select(func.count()).where(col(SeenUpdate.at) > since)).one()
    sent = session.exec(select(func.count()).where(col(Outbox.sent_at) > since, Outbox.state == "sent")).one()
    failed = session.exec(
        select(Outbox.error, func.count())
        .where(Outbox.state == "failed", col(Outbox.created_at) > since)
        .group_by(col(Outbox.error))
        .order_by(func.count().desc())
        .limit(5)
    ).all()
    return LastDay(updates, sent, [(error or "", count) for error, count in failed])
