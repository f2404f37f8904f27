"""Which units and persons a round has to look at, by indexes, so that its cost is what is due."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, col, func, or_, select, union

from flows import dues, fmt
from flows.drills import reminding as drills
from flows.models import (
    Escalation,
    Job,
    Membership,
    Outbox,
    Person,
    Reminder,
    ReminderPref,
    Unit,
    UnitReminding,
)
from flows.policy import WORKERS
from flows.reminders import moments, places

ALL = 1_000_000
UNSENT = ("waiting", "leased", "dropped")


def zones(session: Session) -> list[str]:
    """The zones in which anybody may read a digest, from west to east."""
    found = set(session.exec(select(Unit.zone).distinct()).all())
    found.update(z for z in session.exec(select(Person.zone).distinct()).all() if z)
    untold = select(Escalation.id).where(col(Escalation.told_on).is_(None)).limit(1)
    if session.exec(untold).first() is not None:
        found.add(places.HOME_ZONE)  # where admins without a unit are
    return [zone for zone in fmt.ZONES if zone in found]


def units(session: Session, zone: str, since: date, day: date, after: int, limit: int) -> list[int]:
    """Units of the zone, by id after `after`, in which something may call for a word on these days."""
    usual = moments.due_days(since, day, moments.DAYS_BEFORE)
    found = set(dues.units_with_dues(session, zone, sorted(usual), after, limit))
    found.update(_with_days_of_their_own(session, zone, since, day, usual, after))
    found.update(_with_marks(session, zone, since, day, after, limit))
    return sorted(found)[:limit]


def _with_days_of_their_own(
    session: Session, zone: str, since: date, day: date, usual: frozenset[date], after: int
) -> set[int]:
    own = session.exec(
        select(UnitReminding.unit_id)
        .join(Unit, col(Unit.id) == col(UnitReminding.unit_id))
        .where(Unit.zone == zone, UnitReminding.unit_id > after)
    ).all()
    if not own:
        return set()
    days = moments.due_days(since, day, moments.CHOICES) - usual
    return set(own) & set(dues.units_with_dues(session, zone, sorted(days), after, ALL))


def _with_marks(session: Session, zone: str, since: date, day: date, after: int, limit: int) -> Sequence[int]:
    """Units in which a promise or a wish to be told again falls due."""
    promised = moments.due_days(since, day, ())
    return session.exec(
        select(Reminder.unit_id)
        .join(Unit, col(Unit.id) == col(Reminder.unit_id))
        .where(
            Unit.zone == zone,
            Reminder.unit_id > after,
            or_(
                col(Reminder.promised_on).in_(promised),
                (col(Reminder.again_on) >= since) & (col(Reminder.again_on) <= day),
            ),
        )
        .distinct()
        .order_by(col(Reminder.unit_id))
        .limit(limit)
    ).all()


def persons(
    session: Session, zone: str, slot: int, since: date, day: date, before: date, after: int, limit: int
) -> list[int]:
    """Persons, by id after `after`, whose digest is not simply decided with the one unit they work in.

    They have a zone or an hour of their own, work in several units, are back from leave, did not get the
    digest of the day `before`, are told of something overdue elsewhere, or asked to be reminded of drills.
    Some of them may belong to another round.
    """

    pref = col(ReminderPref.person_id)
    if slot != moments.USUAL_SLOT:
        queries: list[Any] = [select(pref.label("id")).where(ReminderPref.slot_minutes == slot)]
    else:
        back_from, back_until = since - timedelta(days=1), day - timedelta(days=1)
        queries = [
            select(col(Person.id).label("id")).where(Person.zone == zone),
            _in_several(),
            select(pref.label("id")).where(col(ReminderPref.away_until).between(back_from, back_until)),
            _undelivered(before),
            select(col(Escalation.person_id).label("id")).where(col(Escalation.told_on).is_(None)),
            drills.wanting(day),
        ]
    found = union(*queries).subquery()
    ids = session.execute(
        select(found.c.id).where(found.c.id > after).order_by(found.c.id).limit(limit)
    ).scalars()
    return list(ids)


def _in_several() -> Any:
    person = col(Membership.person_id)
    return (
        select(person.label("id"))
        .where(
            col(Membership.role).in_(WORKERS),
            col(Membership.revoked_at).is_(None),
            col(Membership.unit_id).is_not(None),
        )
        .group_by(person)
        .having(func.min(Membership.unit_id) < func.max(Membership.unit_id))
    )


def _undelivered(day: date) -> Any:
    first = digest_key(day, "")
    return select(col(Outbox.person_id).label("id")).where(
        Outbox.key >= first,
        Outbox.key < f"{first}~",
        col(Outbox.state).in_(UNSENT),
        col(Outbox.person_id).is_not(None),
    )


def undelivered(session: Session, day: date) -> set[int]:
    """Persons whose digest of that day was written and never sent."""
    return set(session.execute(_undelivered(day)).scalars())


def never_sent_before(session: Session, person_id: int, day: date) -> date | None:
    """The day of the person's last digest before `day`, a week back at most, if it was never sent."""
    days = [day - timedelta(days=n) for n in range(1, 8)]
    by_key = {digest_key(each, person_id): each for each in days}
    found = session.exec(select(Outbox.key, Outbox.state).where(col(Outbox.key).in_(by_key))).all()
    last = max(((by_key[key], state) for key, state in found), default=None)
    return last[0] if last is not None and last[1] in UNSENT else None


def digest_key(day: date, person_id: int | str) -> str:
    """The key of a person's digest of a day: there is never a second one."""
    return f"pagi:{day:%Y%m%d}:{person_id}"


def unfinished(session: Session, prefix: str) -> bool:
    """Whether jobs under this prefix of keys are still to be done."""
    query = select(Job.id).where(
        Job.key >= prefix, Job.key < f"{prefix}~", col(Job.state).in_(("waiting", "leased"))
    )
    return session.exec(query.limit(1)).first() is not None
