"""What each person of a unit was told, opened, promised and did; and the unit's own days. For who leads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, select

from flows import audit, dues, fmt, policy, routes
from flows.errors import Missing
from flows.models import Escalation, Outbox, Person, Reminder, Unit, UnitReminding
from flows.reminders import moments, picking, unit_days
from flows.turn import Turn

KEPT = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Watched:
    """One reminder as a coordinator follows it. `what` is empty once it is done or gone."""

    row: Reminder
    what: str
    arrived: bool
    levels: tuple[str, ...]

    @property
    def done(self) -> bool:
        """Done, or no longer theirs."""
        return not self.what


@dataclass(frozen=True, slots=True)
class Followed:
    """One person with what they are reminded of."""

    person: Person
    rows: tuple[Watched, ...]

    @property
    def open(self) -> int:
        """How many are not done."""
        return sum(not each.done for each in self.rows)


def unit_of(turn: Turn) -> Unit:
    """The open unit, for those who keep its schedule. Raises NotAllowed."""
    policy.require(turn.actor, "schedule", turn.unit)
    return turn.unit


def followed(turn: Turn) -> list[Followed]:
    """Everybody of the open unit who was reminded in the last weeks, those with most to do first."""
    unit = unit_of(turn)
    today = fmt.local(turn.now, unit.zone).date()
    found = turn.session.exec(
        select(Reminder, Person)
        .join(Person, col(Person.id) == col(Reminder.person_id))
        .where(
            Reminder.unit_id == unit.id,
            col(Reminder.last_told_on) >= today - KEPT,
            col(Person.deleted_at).is_(None),
        )
        .order_by(col(Reminder.due_on), col(Reminder.id))
    ).all()
    if not found:
        return []
    days = [row.due_on for row, _ in found]
    open_now = {
        (due.kind, due.ref, each.person_id): due.what
        for due in dues.dues_of(turn.session, turn.library, unit, min(days), max(days), turn.now)
        for each in due.people
    }
    arrived, levels = _arrived(turn, [row for row, _ in found]), _levels(turn, unit)
    by_person: dict[int, tuple[Person, list[Watched]]] = {}
    for row, person in found:
        what = open_now.get((row.kind, row.ref, row.person_id), "")
        raised = levels.get((row.kind, row.ref, row.due_on), ())
        watched = Watched(
            row, what, picking.digest_key(row.last_told_on or today, person.id or 0) in arrived, raised
        )
        by_person.setdefault(row.person_id, (person, []))[1].append(watched)
    people = [Followed(person, tuple(rows)) for person, rows in by_person.values()]
    return sorted(people, key=lambda each: (-each.open, each.person.name.casefold()))


def _arrived(turn: Turn, rows: Sequence[Reminder]) -> set[str]:
    """The keys of those digests that were sent, or are so old that their rows have been cleared away."""
    keys = {picking.digest_key(row.last_told_on, row.person_id) for row in rows if row.last_told_on}
    unsent = turn.session.exec(
        select(Outbox.key).where(col(Outbox.key).in_(keys), Outbox.state != "sent")
    ).all()
    return keys - set(unsent)


def _levels(turn: Turn, unit: Unit) -> Mapping[tuple[str, str, date], tuple[str, ...]]:
    found: dict[tuple[str, str, date], tuple[str, ...]] = {}
    for row in turn.session.exec(
        select(Escalation).where(Escalation.unit_id == unit.id).order_by(col(Escalation.id))
    ).all():
        key = (row.kind, row.ref, row.due_on)
        if row.level not in found.get(key, ()):
            found[key] = (*found.get(key, ()), row.level)
    return found


def one(turn: Turn, person_id: int) -> Followed:
    """One person. Raises Missing."""
    for each in followed(turn):
        if each.person.id == person_id:
            return each
    raise Missing("Belum ada pengingat untuk orang ini dua bulan terakhir.", next=routes.WATCH(0))


def days_before(turn: Turn) -> tuple[Unit, tuple[int, ...], bool]:
    """The open unit, its days before, and whether they are its own. Raises NotAllowed."""
    unit = unit_of(turn)
    own = turn.session.get(UnitReminding, unit.id) is not None
    return unit, unit_days.days_before(turn.session, unit), own


def set_days_before(turn: Turn, unit_id: int, days: int, on: bool) -> None:
    """Remind so many days before, or not. The day itself always is. Raises NotAllowed, Missing."""
    unit = _settable(turn, unit_id)
    if days not in moments.CHOICES:
        raise Missing("Jarak ini tidak tersedia. Ini keadaan terbaru.", next=routes.UNIT_DAYS())
    row = turn.session.get(UnitReminding, unit.id)
    had = unit_days.days_before(turn.session, unit)
    row = row or UnitReminding(unit_id=unit.id or 0, set_at=turn.now)
    row.days_before = [n for n in moments.CHOICES if (n in had and n != days) or (n == days and on)]
    row.set_by, row.set_at = turn.actor.person_id, turn.now
    turn.session.add(row)
    audit.record(turn, "remind.days", f"unit:{unit_id}", unit_id, days=days, on=on)


def usual_days(turn: Turn, unit_id: int) -> None:
    """As everywhere again. Raises NotAllowed."""
    unit = _settable(turn, unit_id)
    row = turn.session.get(UnitReminding, unit.id)
    if row is not None:
        turn.session.delete(row)
        turn.session.flush()
        audit.record(turn, "remind.days_usual", f"unit:{unit_id}", unit_id)


def _settable(turn: Turn, unit_id: int) -> Unit:
    unit = turn.unit_by_id(unit_id)
    policy.require(turn.actor, "schedule", unit)
    return unit
