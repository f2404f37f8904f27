"""A person's own reminders as they stand at this moment. Reads only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from flows import dues, routes
from flows.dues import Concerned, Due
from flows.errors import Missing, Outdated
from flows.models import Escalation, Person, Reminder, Unit
from flows.reminders import moments, places
from flows.reminders.places import Reader
from flows.turn import Turn

GONE = "Pengingat ini tidak ada dalam daftar Anda."
OUTDATED = "Pengingat ini baru saja berubah. Ini keadaan terbaru."
KEPT = timedelta(days=60)
AHEAD = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class View:
    """A reminder with what is due; `due` is None when it is done, gone, or no longer this person's."""

    row: Reminder
    unit: Unit
    due: Due | None

    @property
    def id(self) -> int:
        """The reminder's id."""
        assert self.row.id is not None
        return self.row.id

    @property
    def why(self) -> str:
        """Why this person. Plain text that continues "Anda …"."""
        return self._concerned.why if self._concerned is not None else ""

    @property
    def leads(self) -> bool:
        """Whether it is theirs as koordinator unit: nobody else follows up what they leave undone."""
        return self._concerned is not None and self._concerned.role == "koordinator"

    @property
    def _concerned(self) -> Concerned | None:
        people = self.due.people if self.due is not None else ()
        return next((c for c in people if c.person_id == self.row.person_id), None)

    def is_last(self, today: date) -> bool:
        """Whether this is the last reminder of it; a promise counts as the due day."""
        base = self.row.promised_on or (self.due.due_on if self.due is not None else today)
        return base < today and today >= moments.last_day(base)


@dataclass(frozen=True, slots=True)
class Raised:
    """Something overdue of which somebody who leads is told, and who has it."""

    row: Escalation
    unit: Unit
    due: Due
    names: tuple[str, ...]


def me(turn: Turn) -> Reader:
    """The actor as a reader of digests. Raises NotAllowed for strangers, Missing for those who cannot be."""
    person_id = turn.actor.person_id
    found = places.readers(turn.session, [person_id], turn.now).get(person_id)
    if found is None:
        raise Missing(GONE, next=routes.HOME())
    return found


def find(turn: Turn, reminder_id: int, seen: int | None = None) -> View:
    """One of the actor's reminders; with `seen` locked and unchanged since. Raises Missing, Outdated."""
    query = select(Reminder).where(Reminder.id == reminder_id, Reminder.person_id == turn.actor.person_id)
    if seen is not None:
        query = query.with_for_update().execution_options(populate_existing=True)
    row = turn.session.exec(query).first()
    unit = turn.session.get(Unit, row.unit_id) if row is not None else None
    if row is None or unit is None or unit.archived_at is not None or not turn.actor.roles_in(unit):
        raise Missing(GONE, next=routes.REMINDERS(0))
    if seen is not None and row.revision != seen:
        raise Outdated(OUTDATED, next=routes.REMINDER(reminder_id))
    return View(row, unit, due_of(turn, row, unit))


def due_of(turn: Turn, row: Reminder, unit: Unit) -> Due | None:
    """What the reminder is about as it stands; None when it is done, gone, or not that person's any more."""
    for first, last in ((row.due_on, row.due_on), (row.due_on - KEPT, row.due_on + AHEAD)):
        for due in dues.dues_of(turn.session, turn.library, unit, first, last, turn.now):
            if _is(due, row):
                return due
    return None


def _is(due: Due, row: Reminder) -> bool:
    return (due.kind, due.ref) == (row.kind, row.ref) and any(
        c.person_id == row.person_id for c in due.people
    )


def told_on(turn: Turn, person_id: int, day: date) -> list[View]:
    """What the person was told on that day and what still stands exactly so, the most pressing first."""
    rows = turn.session.exec(
        select(Reminder).where(Reminder.person_id == person_id, Reminder.last_told_on == day)
    ).all()
    return [view for view in _open(turn, rows) if view.due is not None and view.due.due_on == view.row.due_on]


def open_now(turn: Turn, today: date) -> list[View]:
    """Everything that the actor is being reminded of, the most pressing first."""
    rows = turn.session.exec(
        select(Reminder).where(
            Reminder.person_id == turn.actor.person_id, col(Reminder.last_told_on) >= today - KEPT
        )
    ).all()
    return _open(turn, rows)


def _open(turn: Turn, rows: Iterable[Reminder]) -> list[View]:
    by_unit: dict[int, list[Reminder]] = {}
    for row in rows:
        by_unit.setdefault(row.unit_id, []).append(row)
    found: list[View] = []
    for unit_id, some in by_unit.items():
        unit = turn.session.get(Unit, unit_id)
        if unit is None or unit.archived_at is not None or not turn.actor.roles_in(unit):
            continue
        by_key = around(turn, unit, [row.due_on for row in some])
        for row in some:
            due = by_key.get((row.kind, row.ref))
            if due is not None and _is(due, row):
                found.append(View(row, unit, due))
    return sorted(found, key=lambda v: (v.due.due_on if v.due else v.row.due_on, v.unit.id or 0, v.id))


def around(turn: Turn, unit: Unit, days: Iterable[date]) -> Mapping[tuple[str, str], Due]:
    """What is due in the unit within these days, by kind and reference."""
    known = list(days)
    found = dues.dues_of(turn.session, turn.library, unit, min(known), max(known), turn.now)
    return {(due.kind, due.ref): due for due in found}


def coming(turn: Turn, units: Iterable[Unit], person_id: int, first: date, last: date) -> int:
    """How many more things of the person are due on these days."""
    return sum(
        any(c.person_id == person_id for c in due.people)
        for unit in units
        for due in dues.dues_of(turn.session, turn.library, unit, first, last, turn.now)
    )


def raised_on(turn: Turn, person_id: int, day: date) -> list[Raised]:
    """What the person, who leads, was told of on that day and what still stands."""
    rows = turn.session.exec(
        select(Escalation)
        .where(Escalation.person_id == person_id, Escalation.told_on == day)
        .order_by(col(Escalation.due_on), col(Escalation.id))
    ).all()
    by_unit: dict[int, list[Escalation]] = {}
    for row in rows:
        by_unit.setdefault(row.unit_id, []).append(row)
    found: list[Raised] = []
    for unit_id, some in by_unit.items():
        unit = turn.session.get(Unit, unit_id)
        if unit is None or unit.archived_at is not None or not turn.actor.roles_in(unit):
            continue
        by_key = around(turn, unit, [row.due_on for row in some])
        for row in some:
            due = by_key.get((row.kind, row.ref))
            if due is not None:
                found.append(Raised(row, unit, due, _names(turn.session, due)))
    return found


def _names(session: Session, due: Due) -> tuple[str, ...]:
    ids = dict.fromkeys(c.person_id for c in due.people if c.role != "koordinator")
    people = [session.get(Person, person_id) for person_id in ids]
    return tuple(person.name for person in people if person is not None)
