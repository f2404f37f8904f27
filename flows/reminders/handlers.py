"""The morning digest as it is sent, single reminders, and what is answered to them."""

from datetime import date, timedelta

from flows import fmt, policy, routes
from flows.days import unpacked_day
from flows.drills import reminding as drills
from flows.errors import Missing, Outdated
from flows.registration.private import privately
from flows.reminders import (
    fanout,
    handlers_lead,
    handlers_prefs,
    handlers_watch,
    reading,
    screens,
    service,
    texts,
)
from flows.reminders.places import Reader
from flows.reminders.reading import Raised, View
from flows.routes import handles
from flows.schedule.service import open_unit
from flows.screen import Gone, Goto, NotMine, Screen
from flows.turn import Turn
from knowledge.dates import Problem, parse_date
from knowledge.workdays import workdays

JOBS = (fanout, handlers_lead, handlers_prefs, handlers_watch)
_QUEUED = "other"
_ONE = timedelta(days=1)


@handles(routes.DIGEST)
@privately
def digest(turn: Turn, day_number: int) -> Screen | Gone | Goto:
    """The digest of a day at the moment it is sent: only what is still to be done then.

    After its day, at a quiet hour or during leave it is dropped; the next round makes up for it.
    """
    if turn.event.kind != _QUEUED:
        return Goto(routes.REMINDERS(0))
    reader, day = reading.me(turn), unpacked_day(day_number)
    if day is None or reader.today(turn.now) != day or reader.away(day):
        return Gone()
    if not reader.is_sending_time(turn.now):
        return Gone()
    views = reading.told_on(turn, reader.id, day)
    raised = _others(reading.raised_on(turn, reader.id, day), views)
    asked = [unit for _, unit in drills.due(turn.session, reader.id, day, turn.now)]
    if not views and not raised:
        return screens.drills(asked, turn.now, reader.zone) if asked else Gone()
    more = _more(turn, reader, views, day)
    made = screens.digest(views, raised, turn.now, reader.zone, more, _behind(reader, views, day))
    return screens.with_drills(made, asked)


def _others(raised: list[Raised], views: list[View]) -> list[Raised]:
    """What those who lead are told of, without what stands among their own things already."""
    own = {(view.row.unit_id, view.row.kind, view.row.ref) for view in views}
    return [each for each in raised if (each.row.unit_id, each.row.kind, each.row.ref) not in own]


def _more(turn: Turn, reader: Reader, views: list[View], day: date) -> int:
    """How many more things of the person the week holds. A single reminder does not tell."""
    friday = day + timedelta(days=4 - day.weekday())
    if friday <= day or len(views) == 1:
        return 0
    listed = sum(view.due is not None and day < view.due.due_on <= friday for view in views)
    return max(0, reading.coming(turn, reader.units, reader.id, day + _ONE, friday) - listed)


def _behind(reader: Reader, views: list[View], day: date) -> str:
    """Why some of it comes later than it should; empty when nothing does."""
    if not any(view.row.late for view in views):
        return ""
    pref = reader.pref
    until = pref.away_until if pref is not None else None
    if until is not None and until < day and workdays().after(until, 1) == day:
        return texts.back_from_leave(until)
    return texts.BEHIND


@handles(routes.REMINDER_NOW)
@privately
def again_now(turn: Turn, reminder_id: int, day_number: int) -> Screen | Gone | Goto:
    """Told again after an hour, as wished; dropped when it is done or the hour has become quiet."""
    if turn.event.kind != _QUEUED:
        return Goto(routes.REMINDER(reminder_id))
    reader, view = reading.me(turn), reading.find(turn, reminder_id)
    if view.due is None or reader.today(turn.now) != unpacked_day(day_number):
        return Gone()
    if reader.away(reader.today(turn.now)) or not reader.is_sending_time(turn.now):
        return Gone()
    return screens.again(view, turn.now, reader.zone)


@handles(routes.REMINDERS)
@privately
def all_mine(turn: Turn, page: int) -> Screen:
    """Everything the person is reminded of now."""
    reader = reading.me(turn)
    views = reading.open_now(turn, reader.today(turn.now))
    page = min(max(0, page), max(0, (len(views) - 1) // screens.PAGE))
    return screens.all_mine(views, page, reader.today(turn.now))


def _standing(turn: Turn, reminder_id: int) -> View:
    """A reminder whose matter is still to be done. Raises Missing."""
    view = reading.find(turn, reminder_id)
    if view.due is None:
        raise Missing(texts.DONE, next=routes.REMINDERS(0))
    return view


@handles(routes.REMINDER)
@privately
def one(turn: Turn, reminder_id: int) -> Screen:
    """One reminder in full, and the way to the next."""
    view = _standing(turn, reminder_id)
    service.opened(turn, view)
    reader = reading.me(turn)
    ids = [v.id for v in reading.open_now(turn, reader.today(turn.now))]
    after = ids[ids.index(view.id) + 1 :] if view.id in ids else ids
    return screens.reminder(view, turn.now, reader.zone, after[0] if after else None)


@handles(routes.REMINDER_DO)
@privately
def do(turn: Turn, reminder_id: int) -> Goto:
    """To the work itself, in its unit."""
    view = _standing(turn, reminder_id)
    service.opened(turn, view)
    assert view.due is not None
    if view.due.kind == "item":
        open_unit(turn, view.due.unit_id)
        return Goto(routes.EVIDENCE_ADD(view.due.ref))
    return Goto(view.due.open)


@handles(routes.REMINDER_OTHER)
@privately
def other(turn: Turn, reminder_id: int) -> Screen:
    """Pilihan lain."""
    view = _standing(turn, reminder_id)
    service.opened(turn, view)
    return screens.other(view)


# a promise -----------------------------------------------------------------------------------------


@handles(routes.REMINDER_PROMISE)
@privately
def ask_promise(turn: Turn, reminder_id: int) -> Screen | Goto:
    """By when? Action items keep their promise themselves."""
    view = _standing(turn, reminder_id)
    if view.row.kind == "task":
        open_unit(turn, view.row.unit_id)
        return Goto(routes.TASK_DAY(int(view.row.ref), "promise"))
    return screens.ask_promise(view)


@handles(routes.REMINDER_PROMISE_SAVE)
@privately
def save_promise(turn: Turn, reminder_id: int, revision: int) -> Screen | Goto | NotMine:
    """The typed text is the day, or a question."""
    view = _standing(turn, reminder_id)
    today = reading.me(turn).today(turn.now)
    text = turn.event.text
    found = parse_date(text, today)
    if found is None or turn.library.looks_like_question(text):
        return NotMine() if turn.library.looks_like_question(text) else _unread(view)
    if isinstance(found, Problem):
        return screens.ask_promise(view, found.sentence)
    if found.day > today + service.FARTHEST_PROMISE:
        return screens.ask_promise(view, texts.TOO_FAR)
    service.promise(turn, reminder_id, revision, found.day)
    return Goto(routes.REMINDERS(0), texts.PROMISED.format(fmt.day_long(found.day)))


def _unread(view: View) -> Screen:
    return screens.ask_promise(view, texts.WHICH_DAY)


# in the way, not mine, later -----------------------------------------------------------------------


@handles(routes.REMINDER_STUCK)
@privately
def ask_stuck(turn: Turn, reminder_id: int) -> Screen | Goto:
    """What stands in the way? Action items keep that themselves."""
    view = _standing(turn, reminder_id)
    if view.row.kind == "task":
        open_unit(turn, view.row.unit_id)
        return Goto(routes.TASK_STUCK(int(view.row.ref)))
    return screens.ask_stuck(view)


@handles(routes.REMINDER_STUCK_SAVE)
@privately
def save_stuck(turn: Turn, reminder_id: int, revision: int) -> Goto:
    """Said to those who lead."""
    _standing(turn, reminder_id)
    service.stuck(turn, reminder_id, revision, turn.event.text)
    return Goto(routes.REMINDERS(0), texts.STUCK_SAID)


@handles(routes.REMINDER_NOT_MINE)
@privately
def ask_not_mine(turn: Turn, reminder_id: int) -> Screen | Goto:
    """Whose is it? Who leads names the PIC at once."""
    view = _standing(turn, reminder_id)
    if service.may_reassign(turn, view):
        return Goto(routes.REMINDER_REASSIGN(reminder_id), texts.LEADS_DECIDE)
    return screens.ask_not_mine(view)


@handles(routes.REMINDER_NOT_MINE_SAVE)
@privately
def save_not_mine(turn: Turn, reminder_id: int, revision: int) -> Goto:
    """Said to those who lead."""
    _standing(turn, reminder_id)
    service.not_mine(turn, reminder_id, revision, turn.event.text)
    return Goto(routes.REMINDERS(0), texts.NOT_MINE_SAID)


@handles(routes.REMINDER_AGAIN)
@privately
def ask_again(turn: Turn, reminder_id: int) -> Screen:
    """When again?"""
    return screens.ask_again(_standing(turn, reminder_id))


@handles(routes.REMINDER_AGAIN_SET)
@privately
def set_again(turn: Turn, reminder_id: int, code: str, revision: int) -> Goto:
    """In an hour, tomorrow, on Monday."""
    _standing(turn, reminder_id)
    if code not in {"1j", "b", "s"}:
        raise Outdated(reading.OUTDATED, next=routes.REMINDER_AGAIN(reminder_id))
    at, day = service.later(turn, reminder_id, revision, code)
    zone = reading.me(turn).zone
    said = texts.AGAIN_AT.format(fmt.clock(at, zone)) if at else texts.AGAIN_ON.format(fmt.day_long(day))
    return Goto(routes.REMINDERS(0), said)


# buttons of earlier versions -----------------------------------------------------------------------


@handles(routes.REMIND)
def former(turn: Turn, unit_id: int, kind: str, day_number: int) -> Gone | Goto:
    """A reminder of an earlier version: nothing is queued under it any more."""
    del unit_id, kind, day_number
    return Goto(routes.REMINDERS(0)) if turn.event.kind != _QUEUED else Gone()


@handles(routes.REMIND_OPEN)
def open_from_reminder(turn: Turn, unit_id: int, where: str) -> Goto:
    """Its button: work on that unit, then go where it leads."""
    unit = open_unit(turn, unit_id)
    policy.require(turn.actor, "view", unit)
    if where == "jadwal":
        return Goto(routes.SCHEDULE())
    return Goto(routes.LKE() if where == "lke" else routes.LKE_AREA(where))
