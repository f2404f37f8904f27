"""What becomes due in groups: the weekly summary, and a scoreboard that has fallen behind.

The summary goes on the first working day of the week at 08.30 in the unit's zone, by one job per zone and
day. The scoreboard is looked at every few minutes; where something changed since, one edit is queued.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import exists, func, or_
from sqlmodel import Session, col, select, update

from flows import fmt, outbox, routes
from flows.days import at, packed_day, unpacked_day
from flows.groups import standing
from flows.groups.service import ACTIVE, MUTED, thread_of
from flows.models import AnswerChange, Assessment, GroupPlace, Job, LinkedGroup, Unit
from flows.models.assessment import UNIT_SIDE
from knowledge.workdays import workdays

FAN_OUT = "group.recap"
SEND_AT, SEND_UNTIL = time(8, 30), time(20, 0)
GROUPS_PER_JOB = 100
BOARDS_PER_TICK = 50
BOARD_EVERY = timedelta(minutes=10)


def tick(session: Session, now: datetime) -> int:
    """Queue what is due at this calendar moment. Returns how much of it is new."""
    return _recaps(session, now) + _boards(session, now)


def next_due(session: Session, after: datetime) -> datetime | None:
    """The next moment after `after` at which a weekly summary is due; None without a group that has one."""
    found = []
    for zone in fmt.ZONES:
        if session.exec(_with_recap(zone, 0).limit(1)).first() is None:
            continue
        today = fmt.local(after, zone).date()
        moments = (at(_day_of_week(today + timedelta(days=days)), SEND_AT, zone) for days in (0, 7, 14))
        found += [moment for moment in moments if moment > after][:1]
    return min(found, default=None)


# the weekly summary ----------------------------------------------------------------------------------


def _day_of_week(day: date) -> date:
    """The first working day of that day's week; its Monday when there is none (a week of holidays)."""
    monday = day - timedelta(days=day.weekday())
    first = workdays().on_or_after(monday)
    return first if first <= monday + timedelta(days=4) else monday


def _recaps(session: Session, now: datetime) -> int:
    queued = 0
    for zone in fmt.ZONES:
        local = fmt.local(now, zone)
        if not SEND_AT <= local.time() < SEND_UNTIL or workdays().is_off(local.date()):
            continue
        if local.date() != _day_of_week(local.date()):
            continue
        key = f"grup.rekap:{zone}:{local:%Y%m%d}"
        if session.exec(select(Job.id).where(Job.key == key)).first() is not None:
            continue
        if session.exec(_with_recap(zone, 0).limit(1)).first() is not None:
            args = {"zone": zone, "day": packed_day(local.date()), "after": 0}
            queued += outbox.add_job(session, FAN_OUT, key, args, now)
    return queued


def _with_recap(zone: str, after: int) -> Any:
    return (
        select(LinkedGroup)
        .where(
            LinkedGroup.unit_id == Unit.id,
            Unit.zone == zone,
            col(Unit.archived_at).is_(None),
            col(LinkedGroup.recap).is_(True),
            LinkedGroup.state == ACTIVE,
            col(LinkedGroup.id) > after,
        )
        .order_by(col(LinkedGroup.id))
    )


@outbox.carries_out(FAN_OUT)
def fan_out(turn: outbox.JobTurn) -> None:
    """The summaries of the next groups; another job goes on where this one ends.

    A group that was linked after the hour begins next week.
    """
    zone, after = turn.args["zone"], turn.args["after"]
    day = unpacked_day(turn.args["day"])
    if day is None:
        return
    found = turn.session.exec(_with_recap(zone, after).limit(GROUPS_PER_JOB)).all()
    moment = at(day, SEND_AT, zone)
    for group in found:
        if group.linked_at <= moment:
            outbox.add(turn.session, _messages(turn.session, group, day), turn.now)
    if len(found) == GROUPS_PER_JOB:
        last = found[-1].id
        rest = {**turn.args, "after": last}
        outbox.add_job(turn.session, FAN_OUT, f"grup.rekap:{zone}:{day:%Y%m%d}:{last}", rest, turn.now)


def _messages(session: Session, group: LinkedGroup, day: date) -> list[outbox.Message]:
    """The summary, and a short one for each area that has a topic of its own."""
    general = thread_of(session, group)
    own = session.exec(
        select(GroupPlace.area, GroupPlace.thread_id)
        .where(GroupPlace.group_id == group.id, GroupPlace.area != "")
        .order_by(col(GroupPlace.area))
    ).all()
    places = [("", general), *((area, thread) for area, thread in own if thread != general)]
    assert group.id is not None
    return [
        outbox.Message(
            key=f"grup.rekap:{group.id}:{day:%Y%m%d}:{area}",
            chat_id=group.chat_id,
            action=routes.GROUP_RECAP(group.id, area, packed_day(day)),
            thread_id=thread,
        )
        for area, thread in places
    ]


# the scoreboard --------------------------------------------------------------------------------------


def _boards(session: Session, now: datetime) -> int:
    queued = 0
    for zone in fmt.ZONES:
        today = fmt.local(now, zone).date()
        for group, assessment_id in session.exec(_behind(zone, today, now)).all():
            queued += _queue(session, group, assessment_id, today, now)
    return queued


def _behind(zone: str, today: date, now: datetime) -> Any:
    """Groups whose scoreboard shows less than is known: never put up, another day, or the LKE has changed."""
    changed = exists().where(
        col(AnswerChange.assessment_id) == Assessment.id, col(AnswerChange.id) > LinkedGroup.board_seen
    )
    return (
        select(LinkedGroup, func.max(Assessment.id))
        .where(
            LinkedGroup.unit_id == Unit.id,
            Assessment.unit_id == Unit.id,
            Assessment.side == UNIT_SIDE,
            col(Assessment.closed_at).is_(None),
            Unit.zone == zone,
            col(Unit.archived_at).is_(None),
            col(LinkedGroup.board).is_(True),
            col(LinkedGroup.state).in_((ACTIVE, MUTED)),
            LinkedGroup.board_at <= now,
            or_(
                col(LinkedGroup.board_message_id).is_(None),
                col(LinkedGroup.board_day).is_(None),
                col(LinkedGroup.board_day) != today,
                changed,
            ),
        )
        .group_by(col(LinkedGroup.id))
        .order_by(col(LinkedGroup.board_at), col(LinkedGroup.id))
        .limit(BOARDS_PER_TICK)
    )


def _queue(session: Session, group: LinkedGroup, assessment_id: int, today: date, now: datetime) -> int:
    """One edit of the scoreboard; two processes that see it behind at once queue one."""
    seen = session.exec(
        select(func.max(AnswerChange.id)).where(AnswerChange.assessment_id == assessment_id)
    ).one()
    again = standing.TRY_AGAIN if group.state == MUTED else BOARD_EVERY
    number = group.board_no + 1
    won = session.execute(
        update(LinkedGroup)
        .where(col(LinkedGroup.id) == group.id, col(LinkedGroup.board_no) == group.board_no)
        .values(board_no=number, board_seen=seen or 0, board_day=today, board_at=now + again)
        .returning(col(LinkedGroup.id))
        .execution_options(synchronize_session=False)
    ).first()
    if won is None or group.id is None:
        return 0
    message = outbox.Message(
        key=f"grup.papan:{group.id}:{number}",
        chat_id=group.chat_id,
        action=routes.GROUP_BOARD(group.id),
        slot=standing.slot_of(group.id),
        edit_message_id=group.board_message_id,
        thread_id=thread_of(session, group),
        pin=True,
    )
    return outbox.add(session, [message], now)
