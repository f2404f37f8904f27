"""What becomes due by the calendar: scheduled announcements, suggestions; and what late joiners get."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlmodel import Session, col, func, select

from flows import outbox, routes
from flows.broadcast import drafts, refusals, sending, service
from flows.broadcast.audience import AREA, CHOSEN, EVERYBODY, LATE, TEAM, UNIT, UNREAD, concerns
from flows.broadcast.service import CANCELLED, COUNTING, DONE, DRAFT, SCHEDULED, SENDING
from flows.days import at
from flows.fmt import ZONES, local
from flows.joined import when_joined
from flows.models import Announcement, Membership, Person, Unit
from flows.routes import Action
from flows.turn import Turn, actor_of
from knowledge.dates import Found, Problem, parse_date

AT_ONCE = 50
"""So many are begun in one tick; the next tick takes the rest."""
MOST_CURRENT = 3
"""So many of the newest current announcements somebody gets who joins."""
JOINED_SECONDS = 600.0
"""So much later they come: the first step that the welcome offers is not pushed away by old news."""
_NOT_FOR_LATER = (LATE, CHOSEN)


# choosing the moment ---------------------------------------------------------------------------------


def read_moment(turn: Turn, zone: str, again: Action) -> datetime:
    """The moment that was typed, in the unit's zone unless another was named. Raises BadInput."""
    today = local(turn.now, zone).date()
    found = parse_date(turn.event.text, today)
    if found is None:
        raise refusals.no_date(again)
    if isinstance(found, Problem):
        raise refusals.odd_date(found.sentence, again)
    return _checked(turn, _moment(found, zone), again)


def _moment(found: Found, zone: str) -> datetime:
    zone = found.zone if found.zone in ZONES else zone
    return at(found.day, found.time or drafts.DEFAULT_HOUR, zone)


def _checked(turn: Turn, moment: datetime, again: Action) -> datetime:
    if moment <= turn.now:
        raise refusals.past(again)
    if moment > turn.now + drafts.FARTHEST:
        raise refusals.too_far(again)
    return moment


def schedule(turn: Turn, announcement_id: int, minutes: int) -> None:
    """Let it be sent at that moment. Raises BadInput for one that cannot be."""
    view = service.own_draft(turn, announcement_id, lock=True)
    row = view.announcement
    again = routes.ANNOUNCE_WHEN(announcement_id)
    moment = _checked(turn, moment_of(minutes, again), again)
    if row.state == COUNTING:
        raise refusals.counting(announcement_id)
    if not row.text:
        raise refusals.no_text(announcement_id)
    if drafts.valid_until(row, view.unit, moment) <= moment:
        raise refusals.expired(announcement_id)
    row.state, row.send_at = SCHEDULED, moment
    row.status_chat_id, row.status_message_id = turn.event.chat_id, None
    turn.session.add(row)


def moment_of(minutes: int, again: Action) -> datetime:
    """The moment on a button. Raises Missing for a forged one."""
    try:
        return datetime.fromtimestamp(minutes * 60, UTC)
    except (ValueError, OverflowError, OSError):
        raise refusals.unknown_choice(again) from None


def read_last_day(turn: Turn, announcement_id: int) -> int:
    """The typed last day as days from its sending. Raises BadInput."""
    view = service.own_draft(turn, announcement_id)
    again = routes.ANNOUNCE_VALID(announcement_id)
    moment = read_moment(turn, view.unit.zone, again)
    start = local(view.announcement.send_at or turn.now, view.unit.zone).date()
    days = (local(moment, view.unit.zone).date() - start).days
    if days < 1:
        raise refusals.past(again)
    return days


def unschedule(turn: Turn, announcement_id: int) -> None:
    """A draft again."""
    view = service.own_draft(turn, announcement_id, lock=True)
    view.announcement.state, view.announcement.send_at = DRAFT, None
    turn.session.add(view.announcement)


# by the calendar -------------------------------------------------------------------------------------


def tick(session: Session, now: datetime) -> int:
    """Begin what is due, ask authors about those who have not read. Returns how much of it there was."""
    return _begin(session, now) + _suggest(session, now)


def next_due(session: Session, after: datetime) -> datetime | None:
    """The next moment after `after` at which one of these becomes due."""
    sends = session.exec(
        select(func.min(Announcement.send_at)).where(
            Announcement.state == SCHEDULED, col(Announcement.send_at) > after
        )
    ).one()
    asks = session.exec(
        select(func.min(Announcement.suggest_at)).where(col(Announcement.suggest_at) > after)
    ).one()
    return min((moment for moment in (sends, asks) if moment is not None), default=None)


def _begin(session: Session, now: datetime) -> int:
    rows = session.exec(
        select(Announcement)
        .where(col(Announcement.send_at) <= now, Announcement.state == SCHEDULED)
        .order_by(col(Announcement.send_at), col(Announcement.id))
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
    for row in rows:
        unit = session.get_one(Unit, row.unit_id)
        author = session.get(Person, row.created_by)
        may = author is not None and service.may_write(actor_of(session, author, now), row, unit)
        if may and unit.archived_at is None and drafts.valid_until(row, unit, now) > now:
            sending.start(session, row, unit, now)
            sending.tell_author(session, row, "0", now)
            continue
        row.state, row.send_at, row.ended_at = CANCELLED, None, now
        session.add(row)
        if row.status_chat_id is not None:
            news = outbox.Message(
                key=f"umum:{row.id}:batal",
                chat_id=row.status_chat_id,
                person_id=row.created_by,
                action=routes.ANNOUNCE_NOT_SENT(row.id or 0),
            )
            outbox.add(session, [news], now)
    return len(rows)


def _suggest(session: Session, now: datetime) -> int:
    rows = session.exec(
        select(Announcement)
        .where(col(Announcement.suggest_at) <= now)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
    for row in rows:
        over = row.meets_at is None or row.meets_at <= now  # after a long silence it would come too late
        row.suggest_at = None
        session.add(row)
        if row.status_chat_id is None or row.reminded_at is not None or over:
            continue
        ask = outbox.Message(
            key=f"umum:{row.id}:saran",
            chat_id=row.status_chat_id,
            person_id=row.created_by,
            action=routes.ANNOUNCE_SUGGEST(row.id or 0),
        )
        outbox.add(session, [ask], now)
    return len(rows)


# late joiners ----------------------------------------------------------------------------------------


@when_joined
def welcome(session: Session, person_id: int, unit_id: int, now: datetime) -> None:
    """Who joins gets what is current for them, the newest few, a little later.

    What they had already is not sent again.
    """
    person = session.get(Person, person_id)
    unit = session.get(Unit, unit_id)
    if person is None or person.telegram_id is None or unit is None:
        return
    session.flush()
    actor = actor_of(session, person, now)
    rows = session.exec(
        select(Announcement)
        .where(
            (Announcement.unit_id == unit.id) | (Announcement.scope != UNIT),
            col(Announcement.state).in_((SENDING, DONE)),
            col(Announcement.valid_until) > now,
            Announcement.created_by != person_id,
        )
        .order_by(col(Announcement.id).desc())
        .limit(4 * MOST_CURRENT)
    ).all()
    current = [
        row
        for row in rows
        if row.audience not in _NOT_FOR_LATER
        and not row.audience.startswith(f"{UNREAD}.")
        and _is_meant(row, actor.memberships, unit_id)
        and concerns(session, actor, row, session.get_one(Unit, row.unit_id))
    ]
    messages = [
        _later(row.id or 0, person_id, person.telegram_id) for row in sorted(current[:MOST_CURRENT], key=_id)
    ]
    outbox.add(session, messages, now)


def _is_meant(row: Announcement, memberships: Sequence[Membership], unit_id: int) -> bool:
    """Whether the role with which they join is among those that it is for."""
    held = [m for m in memberships if m.unit_id == unit_id]
    head, _, area = row.audience.partition(".")
    if head == AREA:
        return any(m.area == area for m in held)
    if head == EVERYBODY:
        return any(m.role in TEAM for m in held)
    return any(m.role == head for m in held)


def _later(announcement_id: int, person_id: int, telegram_id: int) -> outbox.Message:
    made = sending.message(announcement_id, person_id, telegram_id)
    return replace(made, lane=outbox.LANE_PERSONAL, wait_seconds=JOINED_SECONDS)


def _id(row: Announcement) -> int:
    return row.id or 0
