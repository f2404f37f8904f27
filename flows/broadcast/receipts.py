"""What receivers say: read, cannot come, can come after all; who has not, and reminding them once."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from flows import audit, outbox, policy, routes
from flows.broadcast import refusals, sending, service
from flows.broadcast.audience import UNIT, got, has_read
from flows.broadcast.service import View
from flows.groups import service as groups
from flows.models import Announcement, AnnouncementReceipt, Membership, Outbox, Person
from flows.people import active
from flows.turn import Turn, actor_of

REFRESH, REMIND = "announce.refresh", "announce.remind"
REFRESH_SECONDS = 3.0
"""The author's counts follow what receivers say at most this often."""
FEW = 100
"""Up to so many are reminded among the reminders; more go as a broadcast does, last."""
MAX_REASON = 200
PAGE = 12


@dataclass(frozen=True, slots=True)
class Counts:
    """Of those who were sent it: how many have read it, how many of these cannot come."""

    sent: int
    read: int
    absent: int

    @property
    def unread(self) -> int:
        """How many have said nothing."""
        return max(0, self.sent - self.read)


@dataclass(frozen=True, slots=True)
class Reader:
    """One receiver by name, with what they said."""

    name: str
    receipt: AnnouncementReceipt | None


# at the receiver -----------------------------------------------------------------------------------


def mark_read(turn: Turn, announcement_id: int) -> bool:
    """The actor has read it; False when they had said so. Raises Missing."""
    view = service.answerable(turn, announcement_id)
    row = _own(turn, announcement_id)
    if row.read_at is not None:
        return False
    row.read_at = turn.now
    turn.session.add(row)
    _refresh(turn, view.announcement)
    return True


def absent(turn: Turn, announcement_id: int, reason: str) -> None:
    """The actor cannot come; the reason goes to the coordinator alone. Raises Missing, BadInput."""
    view = service.answerable(turn, announcement_id)
    if not view.is_meeting:
        raise refusals.no_meeting(announcement_id)
    reason = " ".join(reason.split())[:MAX_REASON]
    if not reason:
        raise refusals.reason_empty(announcement_id)
    row = _own(turn, announcement_id)
    row.read_at = row.read_at or turn.now
    row.absent_at, row.reason = turn.now, reason
    turn.session.add(row)
    _tell(turn, view)
    _refresh(turn, view.announcement)


def coming(turn: Turn, announcement_id: int) -> bool:
    """The actor can come after all; False when they had not said otherwise. Raises Missing."""
    view = service.answerable(turn, announcement_id)
    row = _own(turn, announcement_id)
    if row.absent_at is None:
        return False
    row.absent_at, row.reason = None, ""
    turn.session.add(row)
    _tell(turn, view)
    _refresh(turn, view.announcement)
    return True


def _own(turn: Turn, announcement_id: int) -> AnnouncementReceipt:
    # The chat's lock orders one person's taps, so nobody else makes this row.
    person_id = turn.actor.person_id
    found = turn.session.get(AnnouncementReceipt, (announcement_id, person_id))
    return found or AnnouncementReceipt(announcement_id=announcement_id, person_id=person_id)


def _tell(turn: Turn, view: View) -> None:
    """Those who may read the reason learn of it: the author, or who else coordinates the unit now."""
    stamp = int(turn.now.timestamp() * 1000)
    me = turn.actor.person_id
    messages = [
        outbox.Message(
            key=f"umum:{view.id}:absen:{me}:{stamp}:{person.id}",
            chat_id=person.telegram_id,
            person_id=person.id,
            action=routes.ANNOUNCE_ABSENCE(view.id, me),
        )
        for person in _told(turn, view)
        if person.telegram_id is not None and person.id != me
    ]
    outbox.add(turn.session, messages, turn.now)


def _told(turn: Turn, view: View) -> list[Person]:
    row = view.announcement
    author = turn.session.get(Person, row.created_by)
    there = author is not None and author.deleted_at is None and author.unreachable_at is None
    if author and there and service.may_write(actor_of(turn.session, author, turn.now), row, view.unit):
        return [author]
    if row.scope != UNIT:
        return []
    return list(
        turn.session.exec(
            select(Person)
            .join(Membership, col(Membership.person_id) == col(Person.id))
            .where(
                Membership.unit_id == view.unit.id,
                Membership.role == "koordinator",
                active(turn.now),
                col(Person.deleted_at).is_(None),
            )
            .distinct()
        ).all()
    )


def absence_of(turn: Turn, announcement_id: int, person_id: int) -> tuple[View, Person, AnnouncementReceipt]:
    """Who cannot come, or can after all, for those who may write such announcements. Raises Missing."""
    view = service.status_of(turn, announcement_id)
    person = turn.session.get(Person, person_id)
    found = turn.session.get(AnnouncementReceipt, (announcement_id, person_id))
    if person is None or person.deleted_at is not None or found is None:
        raise refusals.gone()
    return view, person, found


def ask_coordinator(turn: Turn, announcement_id: int) -> None:
    """Open the announcement's unit, whose coordinators are asked. Raises Missing."""
    view = service.received(turn, announcement_id)
    if view.announcement.scope != UNIT or not policy.can(turn.actor, "view", view.unit):
        raise refusals.gone()
    turn.state.unit_id = view.unit.id
    turn.forget()


# for the author ------------------------------------------------------------------------------------


def counts(session: Session, row: Announcement) -> Counts:
    """How many were sent it and what they said. Two queries over indexes."""
    sent = session.exec(
        select(func.count()).where(Outbox.announcement_id == row.id, Outbox.state == "sent")
    ).one()
    read, away = session.exec(
        select(func.count(), func.count(col(AnnouncementReceipt.absent_at))).where(
            AnnouncementReceipt.announcement_id == row.id, col(AnnouncementReceipt.read_at).is_not(None)
        )
    ).one()
    return Counts(int(sent), int(read), int(away))


def readers(turn: Turn, view: View, page: int) -> tuple[list[Reader], bool]:
    """One page of those who were sent it, unread first, by name; and whether more follow."""
    found = turn.session.exec(
        select(Person, AnnouncementReceipt)
        .join(Outbox, col(Outbox.person_id) == col(Person.id))
        .outerjoin(
            AnnouncementReceipt,
            (col(AnnouncementReceipt.person_id) == col(Person.id))
            & (col(AnnouncementReceipt.announcement_id) == view.id),
        )
        .where(Outbox.announcement_id == view.id, Outbox.state == "sent", col(Person.deleted_at).is_(None))
        .order_by(
            col(AnnouncementReceipt.read_at).is_not(None),
            col(AnnouncementReceipt.absent_at).is_(None),
            col(Person.name),
            col(Person.id),
        )
        .limit(PAGE + 1)
        .offset(page * PAGE)
    ).all()
    return [Reader(person.name, receipt) for person, receipt in found[:PAGE]], len(found) > PAGE


def remind(turn: Turn, announcement_id: int) -> int:
    """Remind those who have said nothing, once; returns how many. Raises Missing, NotAllowed, BadInput."""
    view = service.own_sent(turn, announcement_id, lock=True)
    row = view.announcement
    if row.reminded_at is not None:
        raise refusals.reminded_already(announcement_id)
    unread = counts(turn.session, row).unread
    if not unread:
        raise refusals.all_read(announcement_id)
    row.reminded_at, row.suggest_at = turn.now, None
    turn.session.add(row)
    lane = outbox.LANE_PERSONAL if unread <= FEW else outbox.LANE_BROADCAST
    args = {"announcement": view.id, "after": 0, "lane": lane}
    outbox.add_job(turn.session, REMIND, f"umum:{view.id}:ulang", args, turn.now)
    audit.record(turn, "announce.remind", str(announcement_id), unit_id=row.unit_id)
    return unread


@outbox.carries_out(REMIND)
def remind_portion(turn: outbox.JobTurn) -> None:
    """The next portion of reminders; then the job queues itself for the rest."""
    session, args = turn.session, turn.args
    number = int(args["announcement"])
    people = session.exec(
        select(Person.id, Person.telegram_id)
        .where(
            col(Person.id) > args["after"],
            col(Person.telegram_id).is_not(None),
            col(Person.unreachable_at).is_(None),
            col(Person.deleted_at).is_(None),
            got(number),
            ~has_read(number),
        )
        .order_by(col(Person.id))
        .limit(sending.PORTION)
    ).all()
    messages = [
        outbox.Message(
            key=f"umum:{number}:ulang:{person_id}",
            chat_id=telegram_id,
            person_id=person_id,
            action=routes.ANNOUNCE_REMINDER(number),
            lane=int(args["lane"]),
        )
        for person_id, telegram_id in people
        if telegram_id is not None
    ]
    outbox.add(session, messages, turn.now)
    if len(people) == sending.PORTION:
        after = people[-1][0]
        key, wait = f"umum:{number}:ulang:{after}:lanjut", sending.YIELD_SECONDS
        outbox.add_job(session, REMIND, key, {**args, "after": after}, turn.now, wait_seconds=wait)


def no_reminder(turn: Turn, announcement_id: int) -> None:
    """Its author does not want the others to be reminded."""
    view = service.own_sent(turn, announcement_id, lock=True)
    view.announcement.suggest_at = None
    turn.session.add(view.announcement)


def _refresh(turn: Turn, row: Announcement) -> None:
    """The author's counts are put right in a moment; what comes meanwhile goes into the same edit."""
    if row.status_message_id is None:
        return
    moment = int(outbox.pace_clock(turn.session) / REFRESH_SECONDS)
    outbox.add_job(
        turn.session,
        REFRESH,
        f"umum:{row.id}:baca:{moment}",
        {"announcement": row.id, "moment": moment},
        turn.now,
        wait_seconds=REFRESH_SECONDS,
    )


@outbox.carries_out(REFRESH)
def refresh(turn: outbox.JobTurn) -> None:
    """The author's message shows the present counts."""
    row = turn.session.get(Announcement, turn.args["announcement"])
    if row is not None and row.status_message_id is not None and row.state in service.SENT:
        sending.tell_author(turn.session, row, f"b{turn.args['moment']}", turn.now)


# the unit's group ------------------------------------------------------------------------------------


def _group_key(view: View) -> str:
    return f"umum:{view.id}:grup"


def may_go_to_group(turn: Turn, view: View) -> bool:
    """Whether there is a group that can be written to and that has not been told yet."""
    if view.wide:
        return False
    group = groups.linked(turn.session, view.unit.id or 0)
    if group is None or group.state != groups.ACTIVE:
        return False
    return turn.session.exec(select(Outbox.id).where(Outbox.key == _group_key(view))).first() is None


def to_group(turn: Turn, announcement_id: int, text_of: Callable[[View], str]) -> bool | None:
    """Send the words to the unit's group as well, once. True: queued; False: before; None: no group.

    Files stay in the private chats. Raises NotAllowed, Missing.
    """
    view = service.own_sent(turn, announcement_id, lock=True)
    if view.wide:
        return None
    message = groups.audience_message(
        turn.session, view.unit.id or 0, key=_group_key(view), text=text_of(view)
    )
    if message is None:
        return None
    added = outbox.add(turn.session, [message], turn.now)
    if added:
        audit.record(turn, "announce.group", str(announcement_id), unit_id=view.unit.id)
    return bool(added)
