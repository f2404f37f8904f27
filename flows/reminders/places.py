"""Where and when a person reads their digest: zone, hour, quiet, leave."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from flows import fmt
from flows.models import Membership, Person, ReminderPref, Unit
from flows.people import active
from flows.policy import WORKERS
from flows.reminders import moments

_WEST_FIRST = tuple(fmt.ZONES)
HOME_ZONE = "WIB"
HEAD = "pimpinan"


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who may get a digest. `units` are those in which they work, `heads` those that they head."""

    person: Person
    pref: ReminderPref | None
    units: tuple[Unit, ...]
    heads: tuple[Unit, ...] = ()

    @property
    def id(self) -> int:
        """The person's id."""
        assert self.person.id is not None
        return self.person.id

    @property
    def zone(self) -> str:
        """Their own zone, else the westernmost of their units', so that no digest comes before its hour."""
        zones = {unit.zone for unit in self.units or self.heads}
        return self.person.zone or next((z for z in _WEST_FIRST if z in zones), HOME_ZONE)

    @property
    def slot(self) -> int:
        """When their digest comes, in minutes after midnight."""
        return self.pref.slot_minutes if self.pref and self.pref.slot_minutes else moments.USUAL_SLOT

    @property
    def quiet(self) -> int:
        """From when on nothing comes."""
        return self.pref.quiet_minutes if self.pref and self.pref.quiet_minutes else moments.QUIET_FROM[-1]

    @property
    def muted(self) -> tuple[str, ...]:
        """The kinds that they have switched off."""
        return tuple(self.pref.muted) if self.pref else ()

    def is_plain(self, zone: str) -> bool:
        """Whether their digest is decided with the one unit that they work in."""
        return len(self.units) == 1 and self.zone == zone and self.slot == moments.USUAL_SLOT

    def away(self, day: date) -> bool:
        """Whether they are on leave that day."""
        pref = self.pref
        if pref is None or pref.away_until is None:
            return False
        return (pref.away_from or day) <= day <= pref.away_until

    def back_since(self, since: date, day: date) -> date:
        """From when on things are made up for: the leave that ended between the last round and `day`."""
        pref = self.pref
        if pref is None or pref.away_until is None or pref.away_from is None:
            return since
        if not since - timedelta(days=1) <= pref.away_until < day:
            return since
        return max(min(since, pref.away_from), day - timedelta(days=moments.LONGEST_ABSENCE))

    def is_sending_time(self, now: datetime) -> bool:
        """Whether they may be written to now, leave aside."""
        return moments.is_sending_time(now, self.zone, self.slot, self.quiet)

    def today(self, now: datetime) -> date:
        """The day where they are."""
        return fmt.local(now, self.zone).date()


def readers(session: Session, ids: Collection[int], now: datetime) -> dict[int, Reader]:
    """Those of the persons who can be written to, by id."""
    if not ids:
        return {}
    persons = session.exec(
        select(Person, ReminderPref)
        .outerjoin(ReminderPref, col(ReminderPref.person_id) == col(Person.id))
        .where(
            col(Person.id).in_(ids),
            col(Person.telegram_id).is_not(None),
            col(Person.unreachable_at).is_(None),
            col(Person.deleted_at).is_(None),
        )
    ).all()
    units: dict[int, dict[int, Unit]] = {}
    heads: dict[int, dict[int, Unit]] = {}
    held = session.exec(
        select(Membership.person_id, Membership.role, Unit)
        .join(Unit, col(Unit.id) == col(Membership.unit_id))
        .where(
            col(Membership.person_id).in_(ids),
            col(Membership.role).in_((*WORKERS, HEAD)),
            active(now),
            col(Unit.archived_at).is_(None),
        )
        .order_by(col(Membership.id))
    ).all()
    for person_id, role, unit in held:
        (heads if role == HEAD else units).setdefault(person_id, {})[unit.id or 0] = unit
    return {
        person.id: Reader(
            person,
            pref,
            tuple(units.get(person.id, {}).values()),
            tuple(heads.get(person.id, {}).values()),
        )
        for person, pref in persons
        if person.id is not None
    }
