"""Dates of recurring duties as time goes on: a job of each week and zone goes through the units."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from flows import fmt, outbox
from flows.checklist import service as checklist
from flows.checklist.service import Current
from flows.days import at
from flows.errors import Missing
from flows.models import Job, Unit, UnitDuty
from flows.schedule import duties
from flows.schedule.service import SMALL_HOURS
from knowledge.duties import duty_of

FILL = "duties.fill"
UNITS_PER_JOB = 200


def tick(session: Session, now: datetime) -> int:
    """Queue this week's job of each zone. Returns how many are new."""
    keys = {}
    for zone in fmt.ZONES:
        year, week, _ = fmt.local(now, zone).date().isocalendar()
        keys[f"rutin:{zone}:{year}-{week:02}"] = zone
    known = set(session.exec(select(Job.key).where(col(Job.key).in_(keys))).all())
    if len(known) == len(keys) or not _any(session):
        return 0
    return sum(
        outbox.add_job(session, FILL, key, {"zone": zone, "after": 0, "key": key}, now)
        for key, zone in keys.items()
        if key not in known
    )


def next_due(session: Session, after: datetime) -> datetime | None:
    """The beginning of the next week, in the zone where it begins next; None while no unit keeps a duty."""
    if not _any(session):
        return None
    todays = {zone: fmt.local(after, zone).date() for zone in fmt.ZONES}
    return min(
        at(today + timedelta(days=7 - today.weekday()), SMALL_HOURS, zone) for zone, today in todays.items()
    )


@outbox.carries_out(FILL)
def fill(turn: outbox.JobTurn) -> None:
    """The dates of the next units; another job goes on where this one ends."""
    zone, after, key = turn.args["zone"], turn.args["after"], turn.args["key"]
    units = _units(turn.session, zone, after, UNITS_PER_JOB)
    for unit_id in units:
        _fill_unit(turn, unit_id)
    if len(units) == UNITS_PER_JOB:
        args = {"zone": zone, "after": units[-1], "key": key}
        outbox.add_job(turn.session, FILL, f"{key}:{units[-1]}", args, turn.now)


def _fill_unit(turn: outbox.JobTurn, unit_id: int) -> None:
    unit = turn.session.get_one(Unit, unit_id)
    try:
        assessment = checklist.assessment_of(turn.session, unit)
    except Missing:
        return
    instrument = turn.library.instruments.get(assessment.instrument_id)
    if instrument is None:
        return
    where = Current(unit, assessment, instrument)
    for row in duties.rows_of(turn.session, unit_id).values():
        duty = duty_of(instrument, row.duty)
        if row.active and duty is not None:
            duties.fill(turn.session, where, duty, row.day, turn.now)


def _any(session: Session) -> bool:
    """Whether a unit anywhere keeps a duty: asked at every beat, so it looks at one row."""
    return session.exec(select(UnitDuty.id).where(col(UnitDuty.active)).limit(1)).first() is not None


def _units(session: Session, zone: str, after: int, limit: int) -> list[int]:
    """Units of the zone, by id after `after`, that keep a duty."""
    return list(
        session.exec(
            select(UnitDuty.unit_id)
            .where(
                UnitDuty.unit_id == Unit.id,
                Unit.zone == zone,
                col(Unit.archived_at).is_(None),
                col(UnitDuty.active),
                UnitDuty.unit_id > after,
            )
            .distinct()
            .order_by(col(UnitDuty.unit_id))
            .limit(limit)
        ).all()
    )
