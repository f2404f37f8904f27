"""Announcements: drafts, who is reached, sending exactly once, and what became of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func
from sqlmodel import Session, col, select

from flows import audit, outbox, policy, routes
from flows.errors import BadInput, Missing, NotAllowed
from flows.models import Announcement, Membership, Outbox, Person, Unit
from flows.people import active
from flows.turn import Turn

FAN_OUT = "announce.fanout"
TEAM_ROLES = policy.WORKERS
MAX_CHARS = 3000
PAGE = 8
BLOCKED = "Forbidden"
"""The error under which the sender records somebody who blocked the bot."""

_GONE = "Pengumuman ini tidak ada dalam daftar Anda."
_PRIVATE_ONLY = "Pengumuman ditulis di obrolan pribadi dengan bot ini."
_EMPTY = "Isi pengumuman masih kosong. Silakan ketik isinya."
_SENT_ALREADY = "Pengumuman ini sudah dikirim, jadi isinya tidak dapat diubah lagi."
_CANCELLED = "Rancangan ini sudah dibatalkan. Silakan tulis yang baru."
_NOBODY = (
    "Belum ada anggota tim yang terjangkau, jadi belum dikirim. Rancangan tetap tersimpan. "
    "Bagikan tautan undangan lebih dulu lewat /tim."
)


@dataclass(frozen=True, slots=True)
class Reach:
    """How many of the team can be written to, without the sender."""

    reachable: int
    out_of_reach: int


@dataclass(frozen=True, slots=True)
class View:
    """An announcement with its unit."""

    announcement: Announcement
    unit: Unit

    @property
    def id(self) -> int:
        """Id of the announcement."""
        assert self.announcement.id is not None
        return self.announcement.id


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the messages so far, counted from the queue. `dropped`: no longer on the team."""

    total: int
    sent: int
    waiting: int
    blocked: int
    failed: int
    dropped: int


def author_unit(turn: Turn) -> Unit:
    """The open unit, for those who may announce in it. Raises NotAllowed."""
    _private(turn)
    policy.require(turn.actor, "announce", turn.unit)
    return turn.unit


def may_announce(turn: Turn, unit: Unit) -> bool:
    """Whether the actor may announce in the unit."""
    return policy.can(turn.actor, "announce", unit)


# drafts --------------------------------------------------------------------------------------------


def checked(text: str, again: routes.Action) -> str:
    """The text as it will be stored. Raises BadInput, leading back to the prompt `again`."""
    text = text.strip()
    if not text:
        raise BadInput(_EMPTY, next=again)
    length = len(text.encode("utf-16-le")) // 2
    if length > MAX_CHARS:
        raise BadInput(
            f"Isinya {length} huruf, batasnya {MAX_CHARS}, jadi belum disimpan. Tulisan Anda masih ada di "
            f"atas: salin, pendekkan {length - MAX_CHARS} huruf, lalu kirim lagi.",
            next=again,
            length=length,
        )
    return text


def draft(turn: Turn, text: str) -> int:
    """Keep a text as a draft of the open unit; returns its id. Raises NotAllowed, BadInput."""
    unit = author_unit(turn)
    row = Announcement(
        unit_id=unit.id or 0,
        created_by=turn.actor.person_id,
        text=checked(text, routes.ANNOUNCE()),
        created_at=turn.now,
    )
    turn.session.add(row)
    turn.session.flush()
    assert row.id is not None
    return row.id


def open_draft(turn: Turn, unit: Unit) -> Announcement | None:
    """The actor's newest unsent draft in the unit."""
    return turn.session.exec(
        select(Announcement)
        .where(
            Announcement.unit_id == unit.id,
            Announcement.created_by == turn.actor.person_id,
            Announcement.state == "draft",
        )
        .order_by(col(Announcement.id).desc())
        .limit(1)
    ).first()


def own(turn: Turn, announcement_id: int, *, lock: bool = False) -> View:
    """An announcement of the actor's own that they may still send or change. Raises Missing, NotAllowed."""
    view = _found(turn, announcement_id, lock=lock)
    policy.require(turn.actor, "announce", view.unit)
    if view.announcement.created_by != turn.actor.person_id:
        raise Missing(_GONE, next=routes.ANNOUNCE_LIST(0))
    return view


def own_draft(turn: Turn, announcement_id: int, *, lock: bool = False) -> View:
    """As `own`, still unsent. Raises BadInput when it was sent or cancelled."""
    view = own(turn, announcement_id, lock=lock)
    if view.announcement.state == "cancelled":
        raise BadInput(_CANCELLED, next=routes.ANNOUNCE())
    if view.announcement.state != "draft":
        raise BadInput(_SENT_ALREADY, next=routes.ANNOUNCE_STATUS(announcement_id))
    return view


def rewrite(turn: Turn, announcement_id: int, text: str) -> None:
    """Replace the text of a draft. Raises BadInput for what cannot be sent; the old text stays."""
    view = own_draft(turn, announcement_id, lock=True)
    view.announcement.text = checked(text, routes.ANNOUNCE_EDIT(announcement_id))
    turn.session.add(view.announcement)


def cancel(turn: Turn, announcement_id: int) -> None:
    """Give up a draft; cancelling twice is once."""
    view = own(turn, announcement_id, lock=True)
    if view.announcement.state not in {"draft", "cancelled"}:
        raise BadInput(_SENT_ALREADY, next=routes.ANNOUNCE_STATUS(announcement_id))
    view.announcement.state = "cancelled"
    turn.session.add(view.announcement)


# sending -------------------------------------------------------------------------------------------


def reach(session: Session, unit_id: int, sender_id: int, now: datetime) -> Reach:
    """How many of the unit's team the announcement can reach now. One query."""
    reachable = case((_reachable(), 1), else_=0)
    people = (
        select(Person.id, reachable.label("ok"))
        .where(*_team(unit_id, now), Person.id != sender_id)
        .distinct()
        .subquery()
    )
    total, ok = session.exec(
        select(func.count(), func.coalesce(func.sum(people.c.ok), 0)).select_from(people)
    ).one()
    return Reach(int(ok), int(total) - int(ok))


def send(turn: Turn, announcement_id: int) -> bool:
    """Start sending; False when that has happened before. Raises NotAllowed, Missing, BadInput."""
    view = own(turn, announcement_id, lock=True)
    row = view.announcement
    if row.state == "cancelled":
        raise BadInput(_CANCELLED, next=routes.ANNOUNCE())
    if row.state != "draft":
        return False
    reached = reach(turn.session, row.unit_id, row.created_by, turn.now).reachable
    if not reached:
        raise BadInput(_NOBODY, next=routes.ANNOUNCE_PREVIEW(announcement_id))
    row.state, row.sent_at, row.recipients = "sending", turn.now, reached
    row.status_chat_id, row.status_message_id = turn.event.chat_id, turn.event.message_id
    turn.session.add(row)
    outbox.add_job(
        turn.session, FAN_OUT, f"umum:{announcement_id}", {"announcement": announcement_id}, turn.now
    )
    audit.record(turn, "announce.send", str(announcement_id), unit_id=row.unit_id)
    return True


@outbox.carries_out(FAN_OUT)
def fan_out(turn: outbox.JobTurn) -> None:
    """One message per member who can be reached, in one transaction."""
    row = turn.session.exec(
        select(Announcement).where(Announcement.id == turn.args["announcement"]).with_for_update()
    ).first()
    if row is None or row.id is None or row.state != "sending":
        return
    people = turn.session.exec(
        select(Person.id, Person.telegram_id)
        .where(*_team(row.unit_id, turn.now), _reachable(), Person.id != row.created_by)
        .distinct()
    ).all()
    messages = [
        outbox.Message(
            key=f"umum:{row.id}:{person_id}",
            chat_id=telegram_id,
            person_id=person_id,
            action=routes.ANNOUNCED(row.id),
            lane=outbox.LANE_BROADCAST,
            announcement_id=row.id,
        )
        for person_id, telegram_id in people
        if telegram_id is not None
    ]
    row.recipients = len(messages)
    turn.session.add(row)
    outbox.add(turn.session, messages, turn.now)
    turn.session.flush()
    _finish(turn.session, row, turn.now)


@outbox.when_settled
def settled(session: Session, announcement_ids: set[int], now: datetime) -> None:
    """Some messages of these announcements are final: tell the coordinator once all of them are."""
    for announcement_id in sorted(announcement_ids):
        # The lock orders processes that record the last messages at once: one of them sees all.
        row = session.exec(
            select(Announcement)
            .where(Announcement.id == announcement_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).first()
        if row is not None:
            _finish(session, row, now)


def _finish(session: Session, row: Announcement, now: datetime) -> None:
    if row.state != "sending" or row.id is None or _unsettled(session, row.id):
        return
    row.state = "done"
    session.add(row)
    session.flush()
    if row.status_chat_id is None:
        return
    outbox.add(
        session,
        [
            outbox.Message(
                key=f"umum:{row.id}:status",
                chat_id=row.status_chat_id,
                person_id=row.created_by,
                action=routes.ANNOUNCE_STATUS(row.id),
                edit_message_id=row.status_message_id,
            )
        ],
        now,
    )


def _unsettled(session: Session, announcement_id: int) -> bool:
    """Whether a message still waits. State and lane come first: so does the queue's index."""
    for state in ("waiting", "leased"):
        found = session.exec(
            select(Outbox.id)
            .where(
                Outbox.state == state,
                Outbox.lane == outbox.LANE_BROADCAST,
                Outbox.announcement_id == announcement_id,
            )
            .limit(1)
        ).first()
        if found is not None:
            return True
    return False


def leave(turn: Turn, announcement_id: int) -> None:
    """The message with the counts is used for something else now: the outcome will come as a new one."""
    view = own(turn, announcement_id, lock=True)
    view.announcement.status_message_id = None
    turn.session.add(view.announcement)


# reading -------------------------------------------------------------------------------------------


def outcome(session: Session, announcement: Announcement) -> Outcome:
    """What became of an announcement so far. One query over its messages."""
    found = session.exec(
        select(Outbox.state, Outbox.error, func.count())
        .where(Outbox.announcement_id == announcement.id)
        .group_by(col(Outbox.state), col(Outbox.error))
    ).all()
    counts = {"sent": 0, "dropped": 0, "blocked": 0, "failed": 0, "waiting": 0}
    for state, error, count in found:
        if state == "failed" and error == BLOCKED:
            state = "blocked"
        counts["waiting" if state == "leased" else state] += count
    total = announcement.recipients or sum(counts.values())
    return Outcome(total=total, **counts)


def status_of(turn: Turn, announcement_id: int) -> View:
    """A sent announcement, for the unit's coordinators. Raises Missing, NotAllowed."""
    view = _found(turn, announcement_id)
    policy.require(turn.actor, "announce", view.unit)
    if view.announcement.state not in {"sending", "done"}:
        raise Missing(_GONE, next=routes.ANNOUNCE_LIST(0))
    return view


def received(turn: Turn, announcement_id: int) -> View:
    """A sent announcement, for everybody who is in the unit now. Raises Missing."""
    view = _found(turn, announcement_id)
    if view.announcement.state not in {"sending", "done"}:
        raise Missing(_GONE, next=routes.ANNOUNCE_LIST(0))
    return view


def history(turn: Turn, unit: Unit, page: int) -> tuple[list[Announcement], bool]:
    """One page of what was sent in the unit, newest first, and whether older ones follow."""
    policy.require(turn.actor, "view", unit)
    found = turn.session.exec(
        select(Announcement)
        .where(Announcement.unit_id == unit.id, col(Announcement.state).in_(("sending", "done")))
        .order_by(col(Announcement.id).desc())
        .limit(PAGE + 1)
        .offset(max(page, 0) * PAGE)
    ).all()
    return list(found[:PAGE]), len(found) > PAGE


def _found(turn: Turn, announcement_id: int, *, lock: bool = False) -> View:
    _private(turn)
    query = select(Announcement).where(Announcement.id == announcement_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    row = turn.session.exec(query).first()
    unit = turn.session.get(Unit, row.unit_id) if row is not None else None
    if row is None or unit is None or unit.archived_at is not None or not turn.actor.roles_in(unit):
        raise Missing(_GONE, next=routes.HOME())
    return View(row, unit)


def _private(turn: Turn) -> None:
    if not turn.event.private:
        raise NotAllowed(_PRIVATE_ONLY)


def _team(unit_id: int, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Conditions: a person with a team role in the unit at that moment."""
    return (
        col(Membership.person_id) == Person.id,
        col(Membership.unit_id) == unit_id,
        active(now),
        col(Membership.role).in_(TEAM_ROLES),
        col(Person.deleted_at).is_(None),
    )


def _reachable() -> ColumnElement[bool]:
    """Condition: the person opened the bot and has not blocked it."""
    return and_(col(Person.telegram_id).is_not(None), col(Person.unreachable_at).is_(None))
