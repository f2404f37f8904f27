"""Sending: started once, queued in portions, followed in place, stopped at once, counted to the end."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select, update

from flows import audit, outbox, routes
from flows.broadcast import audience, drafts, refusals, service
from flows.broadcast.audience import reachable, receivers
from flows.broadcast.service import COUNTING, DONE, OPEN, SENDING, STOPPED
from flows.days import at
from flows.fmt import local
from flows.models import Announcement, Outbox, Person, Unit
from flows.placed import keeps_place
from flows.turn import Turn
from knowledge.workdays import workdays

FAN_OUT, PROGRESS, STOP = "announce.fanout", "announce.progress", "announce.stop"
PORTION = 400
"""Messages queued in one transaction: a few tens of milliseconds for everybody else."""
YIELD_SECONDS = 0.1
"""Between two portions everybody else gets at the database: SQLite has one writer and no queue for it."""
STOP_PORTION = 1000
PROGRESS_SECONDS = 3.0
ALL_QUEUED = -1
BLOCKED, NOT_STARTED, NETWORK = "Forbidden", "NotStarted", frozenset({"NetworkError", "TimedOut"})
"""The errors under which the sender records why somebody could not be reached."""
STOPPED_BY_AUTHOR = "Stopped"
SUGGEST_HOUR = 15
SUGGEST_AFTER = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the messages so far, counted from the queue.

    `dropped`: no longer meant when their turn came; `stopped`: not sent because its author stopped it;
    `unsent`: not even queued when it was stopped.
    """

    total: int
    sent: int
    waiting: int
    blocked: int
    not_started: int
    network: int
    refused: int
    dropped: int
    stopped: int

    @property
    def settled(self) -> int:
        """How many are final."""
        return self.sent + self.failed + self.dropped + self.stopped

    @property
    def failed(self) -> int:
        """How many could not be delivered."""
        return self.blocked + self.not_started + self.network + self.refused


# starting ------------------------------------------------------------------------------------------


def send(turn: Turn, announcement_id: int) -> bool:
    """Start sending; False when that has happened before. Raises NotAllowed, Missing, BadInput."""
    view = service.own(turn, announcement_id, lock=True)
    row = view.announcement
    if row.state == service.CANCELLED:
        raise refusals.cancelled()
    if row.state not in OPEN:
        return False
    if row.state == COUNTING:
        raise refusals.counting(announcement_id)
    if not row.text:
        raise refusals.no_text(announcement_id)
    if drafts.valid_until(row, view.unit, turn.now) <= turn.now:
        raise refusals.expired(announcement_id)
    found = audience.reach(turn.session, row, view.unit, turn.library, turn.now)
    if not found.reachable:
        raise refusals.nobody(announcement_id)
    _note_reach(row, found)
    row.status_chat_id = turn.event.chat_id
    # With a file the message that was tapped is a picture and cannot become the counts.
    row.status_message_id = None if row.media else turn.event.message_id
    start(turn.session, row, view.unit, turn.now)
    audit.record(turn, "announce.send", str(announcement_id), unit_id=row.unit_id)
    return True


def _note_reach(row: Announcement, found: audience.Reach) -> None:
    row.recipients = found.reachable
    row.never_opened, row.unreachable = found.never_opened, found.unreachable


def start(session: Session, row: Announcement, unit: Unit, now: datetime) -> None:
    """From now on it is sent; the caller holds the row and has asked whether that may be."""
    row.state, row.sent_at, row.send_at, row.reached_to = SENDING, now, None, 0
    row.valid_until = drafts.valid_until(row, unit, now)
    row.suggest_at = _suggest_at(row, unit, now)
    session.add(row)
    args = {"announcement": row.id}
    outbox.add_job(session, FAN_OUT, f"umum:{row.id}", args, now)
    outbox.add_job(
        session, PROGRESS, f"umum:{row.id}:maju:1", {**args, "n": 1}, now, wait_seconds=PROGRESS_SECONDS
    )


def _suggest_at(row: Announcement, unit: Unit, now: datetime) -> datetime | None:
    """When its author is asked about those who have not read: 15.00 on the working day before the meeting."""
    if row.meets_at is None:
        return None
    day = workdays().on_or_before(local(row.meets_at, unit.zone).date() - timedelta(days=1))
    moment = at(day, datetime.min.time().replace(hour=SUGGEST_HOUR), unit.zone)
    return moment if moment > now + SUGGEST_AFTER else None


@outbox.carries_out(FAN_OUT)
def fan_out(turn: outbox.JobTurn) -> None:
    """The next portion of messages, one per person; then the job queues itself for the rest."""
    session, now = turn.session, turn.now
    row = _locked(session, turn.args["announcement"])
    if row is None or row.id is None or row.state != SENDING or row.reached_to == ALL_QUEUED:
        return
    unit = session.get_one(Unit, row.unit_id)
    if not row.reached_to:
        found = audience.reach(session, row, unit, turn.library, now)
        _note_reach(row, found)
    people = session.exec(
        select(Person.id, Person.telegram_id)
        .where(receivers(session, row, unit, turn.library, now), reachable(), col(Person.id) > row.reached_to)
        .order_by(col(Person.id))
        .limit(PORTION)
    ).all()
    messages = [message(row.id, person_id, telegram_id) for person_id, telegram_id in people if telegram_id]
    outbox.add(session, messages, now)
    if len(people) == PORTION:
        row.reached_to = people[-1][0] or 0
        key = f"umum:{row.id}:{row.reached_to}"
        args = {"announcement": row.id}
        outbox.add_job(session, FAN_OUT, f"{key}:lanjut", args, now, wait_seconds=YIELD_SECONDS)
    else:
        row.reached_to = ALL_QUEUED
    session.add(row)
    session.flush()
    _finish(session, row, now)


def message(announcement_id: int, person_id: int | None, telegram_id: int) -> outbox.Message:
    """The announcement for one person, under the key that says so."""
    return outbox.Message(
        key=f"umum:{announcement_id}:{person_id}",
        chat_id=telegram_id,
        person_id=person_id,
        action=routes.ANNOUNCED(announcement_id),
        lane=outbox.LANE_BROADCAST,
        announcement_id=announcement_id,
    )


# following -----------------------------------------------------------------------------------------


@outbox.carries_out(PROGRESS)
def progress(turn: outbox.JobTurn) -> None:
    """The counts anew on the author's screen, every few seconds while it is being sent."""
    row = _locked(turn.session, turn.args["announcement"])
    if row is None or row.state != SENDING:
        return
    number = int(turn.args["n"])
    if row.status_message_id is not None:
        tell_author(turn.session, row, f"{number}", turn.now)
    args = {"announcement": row.id, "n": number + 1}
    key = f"umum:{row.id}:maju:{number + 1}"
    outbox.add_job(turn.session, PROGRESS, key, args, turn.now, wait_seconds=PROGRESS_SECONDS)


def tell_author(session: Session, row: Announcement, name: str, now: datetime) -> None:
    """Put the present counts into the author's message; what still waits to be put there is replaced."""
    if row.status_chat_id is None:
        return
    status = outbox.Message(
        key=f"umum:{row.id}:status:{name}",
        chat_id=row.status_chat_id,
        person_id=row.created_by,
        action=routes.ANNOUNCE_FOLLOW(row.id or 0),
        edit_message_id=row.status_message_id,
        slot=f"umum:{row.id}",
    )
    outbox.add(session, [status], now)


@keeps_place(routes.ANNOUNCE_FOLLOW)
def stands_at(session: Session, args: tuple[int, ...], message_id: int) -> None:
    """The author's message with the counts has this id."""
    row = _locked(session, args[0])
    if row is not None:
        row.status_message_id = message_id
        session.add(row)


@outbox.when_settled
def settled(session: Session, announcement_ids: set[int], now: datetime) -> None:
    """Some messages of these announcements are final: tell the author once all of them are."""
    for announcement_id in sorted(announcement_ids):
        # The lock orders processes that record the last messages at once: one of them sees all.
        row = _locked(session, announcement_id)
        if row is not None:
            _finish(session, row, now)


def _finish(session: Session, row: Announcement, now: datetime) -> None:
    if row.state == STOPPED and row.id is not None and not unsettled(session, row.id):
        tell_author(session, row, "henti", now)  # what was under way when it was stopped has arrived
        return
    if row.state != SENDING or row.reached_to != ALL_QUEUED or row.id is None or unsettled(session, row.id):
        return
    row.state, row.ended_at = DONE, now
    session.add(row)
    session.flush()
    tell_author(session, row, "akhir", now)


def unsettled(session: Session, announcement_id: int) -> bool:
    """Whether a message still waits. Reads the index of announcements."""
    query = select(Outbox.id).where(
        Outbox.announcement_id == announcement_id, col(Outbox.state).in_(("waiting", "leased"))
    )
    return session.exec(query.limit(1)).first() is not None


def outcome(session: Session, row: Announcement) -> Outcome:
    """What became of an announcement so far. One query over the index of its messages."""
    found = session.exec(
        select(Outbox.state, Outbox.error, func.count())
        .where(Outbox.announcement_id == row.id)
        .group_by(col(Outbox.state), col(Outbox.error))
    ).all()
    counts = dict.fromkeys(
        ("sent", "waiting", "blocked", "not_started", "network", "refused", "dropped", "stopped"), 0
    )
    for state, error, count in found:
        counts[_cause(state, error or "")] += count
    total = (
        sum(counts.values()) if row.reached_to == ALL_QUEUED else max(row.recipients, sum(counts.values()))
    )
    return Outcome(total=total, **counts)


def _cause(state: str, error: str) -> str:
    if state == "leased":
        return "waiting"
    if state == "dropped" and error == STOPPED_BY_AUTHOR:
        return "stopped"
    if state != "failed":
        return state
    known = {BLOCKED: "blocked", NOT_STARTED: "not_started"}
    return known.get(error) or ("network" if error in NETWORK else "refused")


# stopping ------------------------------------------------------------------------------------------


def stop(turn: Turn, announcement_id: int) -> bool:
    """What was not sent yet stays unsent; False when nothing was being sent. Raises Missing, NotAllowed."""
    view = service.own_sent(turn, announcement_id, lock=True)
    row = view.announcement
    if row.state != SENDING:
        return False
    row.state, row.ended_at, row.suggest_at = STOPPED, turn.now, None
    turn.session.add(row)
    outbox.add_job(turn.session, STOP, f"umum:{row.id}:henti:0", {"announcement": row.id, "n": 0}, turn.now)
    audit.record(turn, "announce.stop", str(announcement_id), unit_id=row.unit_id)
    return True


@outbox.carries_out(STOP)
def drop_waiting(turn: outbox.JobTurn) -> None:
    """A portion of what still waits is dropped; then the author's counts are put right."""
    session = turn.session
    row = _locked(session, turn.args["announcement"])
    if row is None or row.state != STOPPED:
        return
    ids = session.exec(
        select(Outbox.id)
        .where(Outbox.announcement_id == row.id, Outbox.state == "waiting")
        .limit(STOP_PORTION)
        .with_for_update(skip_locked=True)  # who claims one right now wants this row's lock afterwards
    ).all()
    session.execute(
        update(Outbox)
        .where(col(Outbox.id).in_(ids), col(Outbox.state) == "waiting")
        .values(state="dropped", error=STOPPED_BY_AUTHOR)
        .execution_options(synchronize_session=False)
    )
    if len(ids) == STOP_PORTION:
        number = int(turn.args["n"]) + 1
        args = {"announcement": row.id, "n": number}
        key = f"umum:{row.id}:henti:{number}"
        outbox.add_job(session, STOP, key, args, turn.now, wait_seconds=YIELD_SECONDS)
        return
    tell_author(session, row, "akhir", turn.now)


def leave(turn: Turn, announcement_id: int) -> None:
    """The message with the counts is used for something else now: the outcome will come as a new one."""
    view = service.own(turn, announcement_id, lock=True)
    view.announcement.status_message_id = None
    turn.session.add(view.announcement)


def _locked(session: Session, announcement_id: int) -> Announcement | None:
    return session.exec(
        select(Announcement)
        .where(Announcement.id == announcement_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
