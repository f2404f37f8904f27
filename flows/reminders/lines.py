"""What each person is to be reminded of in one unit on one day. Reads only."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, or_, select

from flows import dues
from flows.dues import Due
from flows.models import Reminder, Unit
from flows.reminders import moments, unit_days
from knowledge.library import Library

Key = tuple[str, str]
"""Kind and reference of something due."""
GROUPS: dict[str, tuple[str, ...]] = {
    "lke": ("area", "sub", "item", "renewal"),
    "tugas": ("task",),
    "perbaikan": ("returned",),
    "tahap": ("stage", "tpi", "pengajuan"),
    "rutin": ("duty",),
}
"""What can be switched off together, and the kinds of due things in it."""
STAGES = frozenset(GROUPS["tahap"])
_ONE = timedelta(days=1)
_ANOTHER = timedelta(days=60)
_LOOK_BACK = timedelta(days=moments.WEEKS_LATE * 7 + 20)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that one person is reminded of, and on which day its moment fell."""

    due: Due
    person_id: int
    why: str
    moment: date


@dataclass(frozen=True, slots=True)
class Overdue:
    """Something overdue that those who lead are told of now, and who has it."""

    due: Due
    level: str
    person_ids: tuple[int, ...]


@dataclass(slots=True)
class UnitDues:
    """The open things of one unit around a day, with what people have said about them."""

    unit: Unit
    dues: list[Due]
    days_before: tuple[int, ...]
    marks: dict[tuple[int, str, str], Reminder] = field(default_factory=dict)

    def lines_of(
        self,
        person_id: int,
        since: date,
        day: date,
        *,
        muted: Collection[str] = (),
        undelivered: date | None = None,
    ) -> list[Line]:
        """What the person is to be reminded of for the days from `since` to `day`, the most pressing first.

        What they have been told already is left out, unless the digest of the day `undelivered` never came.
        """
        off = {kind for group in muted for kind in GROUPS.get(group, ())}
        found: list[Line] = []
        for due in self.dues:
            why = next((c.why for c in due.people if c.person_id == person_id), None)
            if why is None or (due.kind in off and not due.mandatory):
                continue
            mark = self.mark(person_id, due)
            moment = self._moment(due, mark, since, day)
            told = mark.last_told_on if mark is not None else None
            if told is not None and told == undelivered:
                moment, told = moment or told, None
            if moment is not None and (told is None or told < moment):
                found.append(Line(due, person_id, why, moment))
        return sorted(found, key=lambda line: (line.due.due_on, line.due.kind, line.due.ref))

    def mark(self, person_id: int, due: Due) -> Reminder | None:
        """What is kept of this person and this thing; nothing once it has come round again."""
        found = self.marks.get((person_id, due.kind, due.ref))
        return None if found is not None and is_past(found, due) else found

    def persons(self) -> set[int]:
        """Everybody whom anything here concerns."""
        return {c.person_id for due in self.dues for c in due.people}

    def overdue(self, since: date, day: date) -> list[Overdue]:
        """What those who lead are told of for these days. A promise counts as the due day."""
        found: list[Overdue] = []
        for due in self.dues:
            base = max([due.due_on, *(m.promised_on for m in self._marks(due) if m.promised_on)])
            who = tuple(dict.fromkeys(c.person_id for c in due.people))
            found += [Overdue(due, level, who) for level in moments.levels_between(base, since, day)]
        return found

    def _marks(self, due: Due) -> Iterable[Reminder]:
        return (m for c in due.people if (m := self.mark(c.person_id, due)) is not None)

    def _moment(self, due: Due, mark: Reminder | None, since: date, day: date) -> date | None:
        if mark is not None and mark.again_on is not None:
            if since <= mark.again_on <= day:
                return mark.again_on
            if mark.again_on > day and (mark.stuck_at or mark.not_mine_at):
                return None  # the word is with those who lead
        if mark is not None and mark.promised_on is not None:
            return moments.moment_between(mark.promised_on, (), since, day)
        return moments.moment_between(due.due_on, self.days_before, since, day)


def is_past(row: Reminder, due: Due) -> bool:
    """Whether what was said and told was about an earlier round of the same thing, last year's perhaps."""
    return due.due_on - row.due_on > _ANOTHER


def of_unit(
    session: Session, library: Library, unit: Unit, since: date, day: date, now: datetime
) -> UnitDues:
    """The unit's open things that may call for a word on the days from `since` to `day`."""
    assert unit.id is not None
    marks = session.exec(
        select(Reminder).where(
            Reminder.unit_id == unit.id,
            or_(
                col(Reminder.promised_on) >= since - _LOOK_BACK,
                col(Reminder.again_on) >= since,
                col(Reminder.last_told_on) >= since - _ONE,
            ),
        )
    ).all()
    days_before = unit_days.days_before(session, unit)
    first = min([since - _LOOK_BACK, *(m.due_on for m in marks)])
    last = day + timedelta(days=max((0, *days_before)) + 16)
    found = dues.dues_of(session, library, unit, first, last, now)
    return UnitDues(unit, found, days_before, {(m.person_id, m.kind, m.ref): m for m in marks})
