"""Whom an announcement is for: one condition on persons, for counting, queueing and late joiners alike."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, String, and_, case, cast, func, literal, or_
from sqlmodel import Session, col, select

from flows import dues, fmt, policy
from flows.checklist import service as checklist
from flows.errors import Missing
from flows.models import Announcement, AnnouncementReceipt, Membership, Outbox, Person, Pic, Unit
from flows.people import active
from flows.policy import Actor
from knowledge.library import Library

UNIT, BRANCH, AGENCY = "unit", "cabang", "instansi"
EVERYBODY, LATE, UNREAD, CHOSEN, AREA = "semua", "telat", "belum", "pilih", "area"
ROLES = ("ketua", "koordinator", "sekretaris", "anggota", "pimpinan")
"""Roles that may be written to on their own."""
WIDE = (EVERYBODY, "koordinator", "pimpinan")
"""What may be chosen when several units are written to."""
TEAM = policy.WORKERS
LATE_DAYS = 366
"""How far back something counts as late."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How many can be written to, never opened the bot, or have blocked it; without the author."""

    reachable: int
    never_opened: int
    unreachable: int

    @property
    def total(self) -> int:
        """Everybody it is meant for."""
        return self.reachable + self.never_opened + self.unreachable


def is_audience(code: str, library: Library) -> bool:
    """Whether a code names an audience of one unit."""
    head, _, rest = code.partition(".")
    if head == AREA:
        return rest in {area.id for area in library.instrument().areas}
    if head == UNREAD:
        return rest.isascii() and rest.isdecimal() and len(rest) < 10
    return not rest and code in {EVERYBODY, LATE, CHOSEN, *ROLES}


def receivers(
    session: Session, row: Announcement, unit: Unit, library: Library, now: datetime
) -> ColumnElement[bool]:
    """Condition: the person is meant. The author is not."""
    return and_(
        col(Person.deleted_at).is_(None),
        col(Person.id) != row.created_by,
        _meant(session, row, unit, library, now),
    )


def reachable() -> ColumnElement[bool]:
    """Condition: the person opened the bot and has not blocked it."""
    return and_(col(Person.telegram_id).is_not(None), col(Person.unreachable_at).is_(None))


def reach(session: Session, row: Announcement, unit: Unit, library: Library, now: datetime) -> Reach:
    """How many it is for. One query over persons."""
    never = col(Person.telegram_id).is_(None)
    total, ok, new = session.exec(
        select(
            func.count(),
            func.coalesce(func.sum(case((reachable(), 1), else_=0)), 0),
            func.coalesce(func.sum(case((never, 1), else_=0)), 0),
        )
        .select_from(Person)
        .where(receivers(session, row, unit, library, now))
    ).one()
    return Reach(int(ok), int(new), int(total) - int(ok) - int(new))


def _meant(
    session: Session, row: Announcement, unit: Unit, library: Library, now: datetime
) -> ColumnElement[bool]:
    head, _, rest = row.audience.partition(".")
    if head in ROLES:
        return _holds(row, unit, now, col(Membership.role) == head)
    team = _holds(row, unit, now, col(Membership.role).in_(TEAM))
    if head == AREA:
        own = _holds(row, unit, now, col(Membership.role).in_(TEAM), col(Membership.area) == rest)
        return or_(own, and_(team, col(Person.id).in_(_in_charge(session, unit, rest))))
    if head == LATE:
        return and_(team, col(Person.id).in_(late(session, unit, library, now)))
    if head == UNREAD:
        # Of several units the heads may have been written to as well.
        asked = team if row.scope == UNIT else _holds(row, unit, now, col(Membership.role).in_(ROLES))
        return and_(asked, got(int(rest)), ~has_read(int(rest)))
    if head == CHOSEN:
        return and_(team, col(Person.id).in_(row.people or []))
    return team


def _holds(
    row: Announcement, unit: Unit, now: datetime, *conditions: ColumnElement[bool]
) -> ColumnElement[bool]:
    """Condition: the person has such a membership in one of the units now."""
    held = (
        select(Membership.id)
        .where(col(Membership.person_id) == col(Person.id), active(now), *conditions)
        .correlate(Person)
    )
    if row.gate:
        return held.where(col(Membership.unit_id).in_(row.unit_ids or [])).exists()
    if row.scope == UNIT:
        return held.where(Membership.unit_id == unit.id).exists()
    held = held.where(Membership.unit_id == Unit.id, col(Unit.archived_at).is_(None))
    if row.scope == BRANCH:
        return held.where(col(Unit.path).like(f"{unit.path}%")).exists()
    return held.where(Membership.agency_id == unit.agency_id).exists()


def got(announcement_id: int) -> ColumnElement[bool]:
    """Condition: the person was sent this announcement. Reads the index of keys."""
    key = literal(f"umum:{announcement_id}:") + cast(Person.id, String)
    return select(Outbox.id).where(col(Outbox.key) == key, Outbox.state == "sent").correlate(Person).exists()


def has_read(announcement_id: int) -> ColumnElement[bool]:
    """Condition: the person said so, or said that they cannot come."""
    return (
        select(AnnouncementReceipt.person_id)
        .where(
            AnnouncementReceipt.announcement_id == announcement_id,
            col(AnnouncementReceipt.person_id) == col(Person.id),
        )
        .correlate(Person)
        .exists()
    )


def still_there(
    session: Session, row: Announcement, unit: Unit, person_ids: Collection[int], now: datetime
) -> set[int]:
    """Those of the persons who can be written to and have a role that it is for. One query."""
    role = col(Membership.role)
    fits = role == row.audience if row.audience in ROLES else role.in_(TEAM)
    found = session.exec(
        select(Person.id).where(
            col(Person.id).in_(person_ids),
            col(Person.deleted_at).is_(None),
            reachable(),
            _holds(row, unit, now, fits),
        )
    ).all()
    return {person_id for person_id in found if person_id is not None}


def _in_charge(session: Session, unit: Unit, area: str) -> list[int]:
    """PIC and deputies of an area or of anything in it."""
    try:
        assessment = checklist.assessment_of(session, unit)
    except Missing:
        return []
    rows = session.exec(
        select(Pic.person_id, Pic.deputy_id).where(
            Pic.assessment_id == assessment.id,
            or_(col(Pic.scope) == area, col(Pic.scope).like(f"{area}.%")),
        )
    ).all()
    return sorted({person for pair in rows for person in pair if person is not None})


def late(session: Session, unit: Unit, library: Library, now: datetime) -> list[int]:
    """Those in the unit for whom something is past its day and not done."""
    yesterday = fmt.local(now, unit.zone).date() - timedelta(days=1)
    first = yesterday - timedelta(days=LATE_DAYS)
    found = dues.dues_of(session, library, unit, first, yesterday, now)
    return sorted({each.person_id for due in found for each in due.people})


# one person ----------------------------------------------------------------------------------------


def concerns(session: Session, actor: Actor, row: Announcement, unit: Unit) -> bool:
    """Whether the actor belongs, now, to the people of the units that it went to."""
    for held in actor.memberships:
        if held.agency_id != unit.agency_id or held.unit_id is None:
            continue
        if row.audience in ROLES and held.role != row.audience:
            continue
        if row.gate:
            if held.unit_id in (row.unit_ids or []):
                return True
            continue
        if row.scope == AGENCY or held.unit_id == unit.id:
            return True
        if row.scope == BRANCH:
            own = session.get(Unit, held.unit_id)
            if own is not None and own.path.startswith(unit.path):
                return True
    return False
