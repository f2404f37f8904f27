"""What somebody answers to a reminder: a promise, something in the way, not theirs, later."""

from datetime import date, datetime, timedelta

from sqlmodel import col, select

from flows import audit, fmt, outbox, policy, routes
from flows.errors import BadInput, Missing, Outdated
from flows.models import Person, Reminder, Unit
from flows.reminders import again, escalating, moments, reading
from flows.reminders.reading import View
from flows.turn import Turn
from knowledge.workdays import workdays

MAX_REASON = 500
FARTHEST_PROMISE = timedelta(days=180)
AN_HOUR = timedelta(hours=1)
DECIDED = "Ini sudah diputuskan, dikerjakan, atau dialihkan; tidak ada yang perlu Anda lakukan lagi."
NOT_LEADING = "Yang dapat mengalihkan adalah ketua pokja areanya atau koordinator unit."


def opened(turn: Turn, view: View) -> None:
    """Note that the person has looked at it."""
    if view.row.opened_at is None:
        view.row.opened_at = turn.now
        turn.session.add(view.row)
        turn.session.flush()


def promise(turn: Turn, reminder_id: int, seen: int, day: date) -> View:
    """They say by when it is done; reminders keep to that. Raises Missing, Outdated."""
    view = reading.find(turn, reminder_id, seen)
    row = view.row
    row.promised_on, row.again_on, row.again_at = day, None, None
    row.stuck_at = row.not_mine_at = None
    _save(turn, row, "promise", day=day.isoformat())
    return view


def stuck(turn: Turn, reminder_id: int, seen: int, reason: str) -> int:
    """Something stands in the way: said to those who lead. Returns how many are told."""
    view = reading.find(turn, reminder_id, seen)
    _pause(turn, view, _reason(reason, routes.REMINDER_STUCK(reminder_id)))
    view.row.stuck_at, view.row.not_mine_at = turn.now, None
    _save(turn, view.row, "stuck")
    return _tell_leads(turn, view)


def not_mine(turn: Turn, reminder_id: int, seen: int, reason: str) -> int:
    """It is somebody else's: said to those who lead. Returns how many are told. Raises BadInput."""
    view = reading.find(turn, reminder_id, seen)
    _pause(turn, view, _reason(reason, routes.REMINDER_NOT_MINE(reminder_id)))
    view.row.not_mine_at, view.row.stuck_at = turn.now, None
    _save(turn, view.row, "not_mine")
    return _tell_leads(turn, view)


def later(turn: Turn, reminder_id: int, seen: int, code: str) -> tuple[datetime | None, date]:
    """Told again in an hour ("1j"), tomorrow ("b") or on Monday ("s"), or on the first working day after.

    Returns the moment, or None and the day whose digest holds it.
    """
    view = reading.find(turn, reminder_id, seen)
    reader = reading.me(turn)
    row, today = view.row, reader.today(turn.now)
    row.again_at, at = None, turn.now + AN_HOUR
    if code == "1j" and reader.is_sending_time(at) and fmt.local(at, reader.zone).date() == today:
        row.again_at, row.again_on = at, None
    elif code == "1j":
        row.again_on = again.next_morning(reader, turn.now)
    else:
        ahead = 1 if code == "b" else 7 - today.weekday()
        row.again_on = workdays().on_or_after(today + timedelta(days=ahead))
    _save(turn, row, "again", on=row.again_on.isoformat() if row.again_on else None)
    return row.again_at, row.again_on or today


def may_reassign(turn: Turn, view: View) -> bool:
    """Whether the actor names who is in charge of it."""
    area = view.due.area if view.due is not None else ""
    return policy.can(turn.actor, "assign", view.unit, area or None)


def of_somebody(turn: Turn, reminder_id: int, *, lock: bool = False) -> View:
    """Somebody's reminder, for those who lead there. Raises Missing, NotAllowed."""
    query = select(Reminder).where(Reminder.id == reminder_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    row = turn.session.exec(query).first()
    unit = turn.session.get(Unit, row.unit_id) if row is not None else None
    if row is None or unit is None or unit.archived_at is not None or not turn.actor.roles_in(unit):
        raise Missing(reading.GONE, next=routes.HOME())
    view = View(row, unit, reading.due_of(turn, row, unit))
    policy.require(turn.actor, "assign", unit, (view.due.area if view.due else "") or None)
    return view


def stays(turn: Turn, reminder_id: int, seen: int) -> str:
    """What somebody said is not theirs stays theirs: they are told, and reminded as usual again.

    Returns their name. Raises Missing, NotAllowed; Outdated once anybody has decided.
    """
    view = of_somebody(turn, reminder_id, lock=True)
    row = view.row
    if view.due is None or row.not_mine_at is None or row.revision != seen:
        raise Outdated(DECIDED, next=routes.HOME())
    row.not_mine_at, row.again_on, row.again_at = None, None, None
    _save(turn, row, "stays")
    person = turn.session.get(Person, row.person_id)
    if person is not None and person.telegram_id is not None:
        message = outbox.Message(
            key=f"tetap:{view.id}:{row.revision}",
            chat_id=person.telegram_id,
            person_id=person.id,
            action=routes.REMINDER_DECIDED(view.id, turn.actor.person_id),
        )
        outbox.add(turn.session, [message], turn.now)
    return name_of(turn, view)


def name_of(turn: Turn, view: View) -> str:
    """The person who is reminded."""
    person = turn.session.get(Person, view.row.person_id)
    return person.name if person is not None else ""


def _reason(text: str, back: routes.Action) -> str:
    reason = fmt.one_line(text)
    if not reason:
        raise BadInput("Tulis satu kalimat singkat.", next=back)
    if len(reason) > MAX_REASON:
        raise BadInput(
            f"Tulisan ini {len(reason)} huruf, sedangkan paling banyak {MAX_REASON}, jadi belum disimpan. "
            "Ringkas, lalu kirim lagi.",
            next=back,
        )
    return reason


def _pause(turn: Turn, view: View, reason: str) -> None:
    today = reading.me(turn).today(turn.now)
    view.row.reason = reason
    view.row.again_on = workdays().after(today, moments.PAUSE_DAYS)
    view.row.again_at = None


def _tell_leads(turn: Turn, view: View) -> int:
    """Queue the news to the ketua pokja and the coordinators; the actor is left out."""
    area = view.due.area if view.due is not None else ""
    leads = escalating.leads_of(turn.session, view.unit, turn.now)
    ids = {
        *escalating.leading(leads, "ketua", area),
        *escalating.leading(leads, "koordinator", area),
    } - {turn.actor.person_id}
    people = turn.session.exec(
        select(Person).where(col(Person.id).in_(ids), col(Person.telegram_id).is_not(None))
    ).all()
    if not people:
        raise BadInput(
            "Belum ada ketua pokja atau koordinator lain yang dapat diberi tahu.",
            next=routes.REMINDER_OTHER(view.id),
        )
    return outbox.add(
        turn.session,
        [
            outbox.Message(
                key=f"kendala:{view.id}:{view.row.revision}:{person.id}",
                chat_id=person.telegram_id or 0,
                person_id=person.id,
                action=routes.REMINDER_TOLD(view.id, view.row.revision),
            )
            for person in people
        ],
        turn.now,
    )


def _save(turn: Turn, row: Reminder, act: str, **facts: str | None) -> None:
    turn.session.add(row)
    turn.session.flush()
    audit.record(turn, f"remind.{act}", f"reminder:{row.id}", row.unit_id, **facts)
