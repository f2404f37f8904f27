"""The job behind a round: goes through units, then persons, in portions, and writes who is told what.

Each portion is one transaction: what people are told (`Reminder`, `Escalation`) and the message stand or
fall together. What somebody has been told is never told again for the same moment, whoever decides it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, or_, select

from flows import outbox, routes
from flows.days import packed_day, unpacked_day
from flows.drills import reminding as drills
from flows.models import DrillEnrolment, Escalation, Reminder, Unit
from flows.reminders import escalating, lines, picking, places
from flows.reminders.lines import Line, UnitDues
from flows.reminders.places import Reader

FAN_OUT = "remind.fanout"
UNITS_PER_JOB = 25
PERSONS_PER_JOB = 25
"""Portions so small that on SQLite nobody waits long for the lock that they hold."""


@dataclass(frozen=True, slots=True)
class Round:
    """One round and how far it is."""

    zone: str
    slot: int
    since: date
    before: date
    day: date
    phase: str
    after: int

    @classmethod
    def of(cls, args: Mapping[str, Any]) -> "Round | None":
        """As a job carries it; None for one that nobody made."""
        since, before, day = (unpacked_day(args[name]) for name in ("since", "before", "day"))
        if since is None or before is None or day is None:
            return None
        return cls(args["zone"], args["slot"], since, before, day, args["phase"], args["after"])

    def args(self, phase: str, after: int) -> dict[str, Any]:
        """The round as a job carries it, further on."""
        return {
            "zone": self.zone,
            "slot": self.slot,
            "since": packed_day(self.since),
            "before": packed_day(self.before),
            "day": packed_day(self.day),
            "phase": phase,
            "after": after,
        }

    @property
    def key(self) -> str:
        """The beginning of the keys of its jobs."""
        return f"pagi:{self.zone}:{self.slot}:{self.day:%Y%m%d}"


def begin(session: Session, first: Round, now: datetime) -> int:
    """Queue the first job of a round. Returns 1 if it is new."""
    return outbox.add_job(session, FAN_OUT, first.key, first.args(first.phase, 0), now)


def catch_up(session: Session, person_id: int, now: datetime) -> None:
    """Whose zone or hour has changed may have left one round before it and joined another after it.

    What they have been told already today is not told again.
    """
    reader = places.readers(session, [person_id], now).get(person_id)
    if reader is None or not reader.is_sending_time(now):
        return
    day = reader.today(now)
    one = Round(reader.zone, reader.slot, day, day - timedelta(days=1), day, "one", person_id)
    key = f"susul:{person_id}:{int(now.timestamp())}"
    outbox.add_job(session, FAN_OUT, key, one.args("one", person_id), now)


@outbox.carries_out(FAN_OUT)
def fan_out(turn: outbox.JobTurn) -> None:
    """The next portion; another job goes on where this one ends."""
    found = Round.of(turn.args)
    if found is None:
        return
    if found.phase == "one":
        _told(turn, found, [found.after])
        return
    last, full = _units(turn, found) if found.phase == "unit" else _persons(turn, found)
    if full:
        _go_on(turn, found, found.phase, last)
    elif found.phase == "unit":
        _go_on(turn, found, "own", 0)


def _go_on(turn: outbox.JobTurn, found: Round, phase: str, after: int) -> None:
    outbox.add_job(turn.session, FAN_OUT, f"{found.key}:{phase}:{after}", found.args(phase, after), turn.now)


def _units(turn: outbox.JobTurn, found: Round) -> tuple[int, bool]:
    """Everybody who works in one unit only, unit by unit."""
    ids = picking.units(turn.session, found.zone, found.since, found.day, found.after, UNITS_PER_JOB)
    views = [_view(turn, unit, found.since, found.day) for unit in _by_id(turn.session, ids)]
    made = [each for view in views for each in escalating.raise_(turn, view, found.since, found.day)]
    concerned = {p for view in views for p in view.persons()} | {each.person_id for each in made}
    readers = places.readers(turn.session, concerned, turn.now)
    never_came = picking.undelivered(turn.session, found.before)
    plain = {
        each.id: each
        for each in readers.values()
        if each.is_plain(found.zone)
        and each.back_since(found.since, found.day) == found.since
        and each.id not in never_came
        and not each.away(found.day)
    }
    told: dict[int, list[Line]] = {}
    for view in views:
        for person_id in view.persons() & plain.keys():
            reader = plain[person_id]
            if reader.units[0].id == view.unit.id:
                told[person_id] = view.lines_of(person_id, found.since, found.day, muted=reader.muted)
    escalated = _grouped(each for each in made if each.person_id in plain)
    for person_id in told.keys() | escalated.keys():
        _tell(turn, found.day, plain[person_id], told.get(person_id, []), escalated.get(person_id, []))
    return (ids[-1] if ids else 0), len(ids) == UNITS_PER_JOB


def _persons(turn: outbox.JobTurn, found: Round) -> tuple[int, bool]:
    """Those who need a look of their own: all their units together."""
    ids = picking.persons(
        turn.session,
        found.zone,
        found.slot,
        found.since,
        found.day,
        found.before,
        found.after,
        PERSONS_PER_JOB,
    )
    _told(turn, found, ids)
    return (ids[-1] if ids else 0), len(ids) == PERSONS_PER_JOB


def _told(turn: outbox.JobTurn, found: Round, ids: list[int]) -> None:
    never_came = picking.undelivered(turn.session, found.before)
    views: dict[tuple[int, date], UnitDues] = {}
    for reader in places.readers(turn.session, ids, turn.now).values():
        if (reader.zone, reader.slot) != (found.zone, found.slot) or reader.away(found.day):
            continue
        since = reader.back_since(found.since, found.day)
        undelivered = found.before if reader.id in never_came else None
        if undelivered is None and since < found.since:
            undelivered = picking.never_sent_before(turn.session, reader.id, since)
        told: list[Line] = []
        for unit in reader.units:
            view = views.get((unit.id or 0, since))
            if view is None:
                view = views[(unit.id or 0, since)] = _view(turn, unit, since, found.day)
            told += view.lines_of(reader.id, since, found.day, muted=reader.muted, undelivered=undelivered)
        asked = [row for row, _ in drills.due(turn.session, reader.id, found.day, turn.now)]
        _tell(turn, found.day, reader, told, _untold(turn.session, reader.id, undelivered), asked)


def _view(turn: outbox.JobTurn, unit: Unit, since: date, day: date) -> UnitDues:
    return lines.of_unit(turn.session, turn.library, unit, since, day, turn.now)


def _by_id(session: Session, ids: list[int]) -> list[Unit]:
    return list(session.exec(select(Unit).where(col(Unit.id).in_(ids)).order_by(col(Unit.id))).all())


def _grouped(made: Iterable[Escalation]) -> dict[int, list[Escalation]]:
    found: dict[int, list[Escalation]] = {}
    for each in made:
        found.setdefault(each.person_id, []).append(each)
    return found


def _untold(session: Session, person_id: int, undelivered: date | None) -> list[Escalation]:
    told = col(Escalation.told_on)
    waits = told.is_(None) if undelivered is None else or_(told.is_(None), told == undelivered)
    query = select(Escalation).where(Escalation.person_id == person_id, waits).order_by(col(Escalation.id))
    return list(session.exec(query).all())


def _tell(
    turn: outbox.JobTurn,
    day: date,
    reader: Reader,
    told: list[Line],
    escalated: list[Escalation],
    asked: Sequence[DrillEnrolment] = (),
) -> None:
    """Write down what the person is told on this day, and queue the one message that says it."""
    if reader.person.telegram_id is None or not (told or escalated or asked):
        return
    drills.note(turn.session, asked, day)
    for line in told:
        _note(turn.session, line, day)
    for each in escalated:
        each.told_on = day
        turn.session.add(each)
    outbox.add(
        turn.session,
        [
            outbox.Message(
                key=picking.digest_key(day, reader.id),
                chat_id=reader.person.telegram_id,
                person_id=reader.id,
                action=routes.DIGEST(packed_day(day)),
            )
        ],
        turn.now,
    )


def _note(session: Session, line: Line, day: date) -> None:
    due = line.due
    row = session.exec(
        select(Reminder).where(
            Reminder.unit_id == due.unit_id,
            Reminder.person_id == line.person_id,
            Reminder.kind == due.kind,
            Reminder.ref == due.ref,
        )
    ).first()
    if row is None:
        row = Reminder(
            unit_id=due.unit_id, person_id=line.person_id, kind=due.kind, ref=due.ref, due_on=due.due_on
        )
    if lines.is_past(row, due):
        row.first_told_on = row.promised_on = row.again_on = row.again_at = None
        row.opened_at = row.stuck_at = row.not_mine_at = None
        row.reason, row.times_told = "", 0
    row.due_on = due.due_on
    row.first_told_on = row.first_told_on or day
    row.last_told_on, row.late = day, line.moment < day
    row.times_told += 1
    session.add(row)
