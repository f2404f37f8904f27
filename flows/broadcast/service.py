"""Announcements: who may write, change and read which one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, and_, cast, literal, or_
from sqlmodel import Session, col, select

from flows import policy
from flows.broadcast import refusals
from flows.broadcast.audience import AGENCY, BRANCH, EVERYBODY, UNIT, concerns
from flows.models import Agency, Announcement, AnnouncementReceipt, Outbox, Unit
from flows.policy import Actor
from flows.turn import Turn

MAX_CHARS = 3000
PAGE = 8
DRAFT, COUNTING, SCHEDULED = "draft", "counting", "scheduled"
SENDING, STOPPED, DONE, CANCELLED = "sending", "stopped", "done", "cancelled"
OPEN = frozenset({DRAFT, COUNTING, SCHEDULED})
SENT = frozenset({SENDING, STOPPED, DONE})
MEETING, EVIDENCE, INVITATION = "rapat", "bukti", "latihan"


@dataclass(frozen=True, slots=True)
class View:
    """An announcement with the unit and agency that it is for."""

    announcement: Announcement
    unit: Unit
    agency: Agency

    @property
    def id(self) -> int:
        """Id of the announcement."""
        assert self.announcement.id is not None
        return self.announcement.id

    @property
    def wide(self) -> bool:
        """Whether it is for several units."""
        return self.announcement.scope != UNIT

    @property
    def place(self) -> str:
        """The unit, or the agency that it is for as a whole."""
        return self.agency.name if self.announcement.scope == AGENCY else self.unit.name

    @property
    def is_meeting(self) -> bool:
        """Whether people are asked to come somewhere."""
        return self.announcement.kind == MEETING


def author_unit(turn: Turn) -> Unit:
    """The open unit, for those who may announce in it. Raises NotAllowed."""
    in_private(turn)
    policy.require(turn.actor, "announce", turn.unit)
    return turn.unit


def may_announce(turn: Turn, unit: Unit) -> bool:
    """Whether the actor may announce in the unit."""
    return policy.can(turn.actor, "announce", unit)


def may_write(actor: Actor, row: Announcement, unit: Unit) -> bool:
    """Whether the actor may write to all whom it is for."""
    if row.scope == UNIT:
        return policy.can(actor, "announce", unit)
    if row.scope == BRANCH:
        return policy.can(actor, "announce_below", unit)
    return unit.agency_id in policy.admin_agencies(actor)


def require_writer(turn: Turn, row: Announcement, unit: Unit) -> None:
    """Raise NotAllowed unless `may_write`."""
    if row.scope == UNIT:
        policy.require(turn.actor, "announce", unit)
    elif row.scope == BRANCH:
        policy.require(turn.actor, "announce_below", unit)
    else:
        policy.require_admin(turn.actor, unit.agency_id, "announce_below")


# finding one ---------------------------------------------------------------------------------------


def own(turn: Turn, announcement_id: int, *, lock: bool = False) -> View:
    """An announcement of the actor's own that they may still send or follow. Raises Missing, NotAllowed."""
    view = _found(turn, announcement_id, lock=lock)
    require_writer(turn, view.announcement, view.unit)
    if view.announcement.created_by != turn.actor.person_id:
        raise refusals.not_yours()
    return view


def own_draft(turn: Turn, announcement_id: int, *, lock: bool = False) -> View:
    """As `own`, still unsent. Raises BadInput when it was sent or cancelled."""
    view = own(turn, announcement_id, lock=lock)
    if view.announcement.state == CANCELLED:
        raise refusals.cancelled()
    if view.announcement.state not in OPEN:
        raise refusals.sent_already(announcement_id)
    return view


def own_sent(turn: Turn, announcement_id: int, *, lock: bool = False) -> View:
    """As `own`, sent. Raises Missing."""
    view = own(turn, announcement_id, lock=lock)
    if view.announcement.state not in SENT:
        raise refusals.not_yours()
    return view


def written(turn: Turn, announcement_id: int) -> View:
    """An announcement that the actor wrote, whatever they may do now. Raises Missing."""
    in_private(turn)
    row = turn.session.get(Announcement, announcement_id)
    unit = turn.session.get(Unit, row.unit_id) if row is not None else None
    if row is None or unit is None or row.created_by != turn.actor.person_id:
        raise refusals.not_yours()
    return View(row, unit, turn.session.get_one(Agency, unit.agency_id))


def readable(turn: Turn, announcement_id: int) -> View:
    """One's own draft, or a sent one that one may read. Raises Missing, NotAllowed."""
    row = turn.session.get(Announcement, announcement_id)
    if row is not None and row.state in OPEN:
        return own_draft(turn, announcement_id)
    return received(turn, announcement_id)


def status_of(turn: Turn, announcement_id: int) -> View:
    """A sent announcement, for those who may write such ones. Raises Missing, NotAllowed."""
    view = _found(turn, announcement_id)
    require_writer(turn, view.announcement, view.unit)
    if view.announcement.state not in SENT:
        raise refusals.not_yours()
    return view


def received(turn: Turn, announcement_id: int) -> View:
    """A sent announcement, for those whom it is for and who belong there now. Raises Missing.

    One for a part of a unit is read by those who were sent it and by those who may write such ones.
    """
    view = _found(turn, announcement_id)
    row = view.announcement
    if row.state not in SENT:
        raise refusals.not_yours()
    queued = turn.event.kind == "other"
    if queued and (row.state == STOPPED or is_over(row, turn.now)):
        raise refusals.gone()
    if queued or may_write(turn.actor, row, view.unit) or (row.audience == EVERYBODY and not view.wide):
        return view
    if not was_sent(turn, row):
        raise refusals.not_yours()
    return view


def answerable(turn: Turn, announcement_id: int) -> View:
    """As `received`, for those whom it was sent to: what others would say is not counted. Raises Missing."""
    view = received(turn, announcement_id)
    if not was_sent(turn, view.announcement):
        raise refusals.not_yours()
    return view


def is_over(row: Announcement, now: datetime) -> bool:
    """Whether it is no longer current."""
    return row.valid_until is not None and row.valid_until <= now


def current(session: Session, announcement_id: int, now: datetime) -> View | None:
    """An announcement that may still be sent to people; None when it may not."""
    row = session.get(Announcement, announcement_id)
    unit = session.get(Unit, row.unit_id) if row is not None else None
    if row is None or unit is None or unit.archived_at is not None:
        return None
    if row.state not in {SENDING, DONE} or is_over(row, now):
        return None
    return View(row, unit, session.get_one(Agency, unit.agency_id))


def receipt(turn: Turn, announcement_id: int) -> AnnouncementReceipt | None:
    """What the actor said to it."""
    return turn.session.get(AnnouncementReceipt, (announcement_id, turn.actor.person_id))


def was_sent(turn: Turn, row: Announcement) -> bool:
    """Whether the actor got it, or is getting it right now."""
    key = f"umum:{row.id}:{turn.actor.person_id}"
    found = turn.session.exec(select(Outbox.state).where(Outbox.key == key)).first()
    return found in {"sent", "leased"}


def _found(turn: Turn, announcement_id: int, *, lock: bool = False) -> View:
    """The announcement, if the actor has to do with those whom it is for. Raises Missing, NotAllowed."""
    in_private(turn)
    query = select(Announcement).where(Announcement.id == announcement_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    row = turn.session.exec(query).first()
    unit = turn.session.get(Unit, row.unit_id) if row is not None else None
    if row is None or unit is None or unit.archived_at is not None or not _has_to_do(turn, row, unit):
        raise refusals.gone()
    return View(row, unit, turn.session.get_one(Agency, unit.agency_id))


def _has_to_do(turn: Turn, row: Announcement, unit: Unit) -> bool:
    if row.scope == UNIT:
        held = turn.actor.roles_in(unit)
        if turn.event.kind == "other" and row.created_by != turn.actor.person_id:
            return concerns(turn.session, turn.actor, row, unit)
        return bool(held)
    return may_write(turn.actor, row, unit) or concerns(turn.session, turn.actor, row, unit)


# lists ---------------------------------------------------------------------------------------------


def history(turn: Turn, unit: Unit, page: int) -> tuple[list[Announcement], bool]:
    """One page of what was sent in the unit or to the actor, newest first; whether older ones follow."""
    policy.require(turn.actor, "view", unit)
    of_unit = and_(col(Announcement.unit_id) == unit.id, col(Announcement.scope) == UNIT)
    person = turn.actor.person_id
    key = literal("umum:") + cast(Announcement.id, String) + f":{person}"
    mine = select(Outbox.id).where(col(Outbox.key) == key, Outbox.state == "sent").exists()
    # Those of several units are few; each is looked up by its key.
    wide = and_(col(Announcement.scope) != UNIT, or_(col(Announcement.created_by) == person, mine))
    if not may_announce(turn, unit):
        of_unit = and_(of_unit, or_(col(Announcement.audience) == EVERYBODY, mine))
    found = turn.session.exec(
        select(Announcement)
        .where(or_(of_unit, wide), col(Announcement.state).in_(SENT))
        .order_by(col(Announcement.id).desc())
        .limit(PAGE + 1)
        .offset(max(page, 0) * PAGE)
    ).all()
    return list(found[:PAGE]), len(found) > PAGE


def scheduled(turn: Turn, unit: Unit) -> list[Announcement]:
    """The actor's announcements that wait for their moment, soonest first."""
    return list(
        turn.session.exec(
            select(Announcement)
            .where(
                Announcement.created_by == turn.actor.person_id,
                Announcement.state == SCHEDULED,
                or_(col(Announcement.unit_id) == unit.id, col(Announcement.scope) != UNIT),
            )
            .order_by(col(Announcement.send_at))
            .limit(PAGE)
        ).all()
    )


def in_private(turn: Turn) -> None:
    """Raise NotAllowed in a group."""
    if not turn.event.private:
        raise refusals.private_only()
