"""Drafts: what is said, with what file, to whom, and how long it is current."""

from datetime import datetime, time, timedelta
from typing import Any

from sqlmodel import col, select

from flows import outbox, policy, routes
from flows.broadcast import audience, gates, refusals, service, templates
from flows.broadcast.audience import AGENCY, BRANCH, CHOSEN, EVERYBODY, UNIT
from flows.broadcast.service import (
    COUNTING,
    DRAFT,
    EVIDENCE,
    INVITATION,
    MAX_CHARS,
    MEETING,
    SCHEDULED,
    View,
)
from flows.days import at
from flows.events import IncomingFile
from flows.fmt import local, number
from flows.meetings import service as meetings
from flows.meetings import typed as meeting_words
from flows.models import Agency, Announcement, Unit
from flows.routes import Action
from flows.turn import Turn

MAX_FILE_MB = 20
_MIB = 1024 * 1024
FARTHEST = timedelta(days=366)
DEFAULT_HOUR = time(8, 30)
LAST_MINUTE = time(23, 59)
CURRENT_DAYS = 14
"""How long an announcement is current when nobody says otherwise; a meeting until its day is over."""


# text ----------------------------------------------------------------------------------------------


def checked(text: str, again: Action) -> str:
    """The text as it will be stored. Raises BadInput, leading back to the prompt `again`."""
    text = text.strip()
    if not text:
        raise refusals.empty(again)
    length = len(text.encode("utf-16-le")) // 2
    if length > MAX_CHARS:
        raise refusals.too_long(length, MAX_CHARS, again)
    return text


def draft(turn: Turn) -> int:
    """Keep what was typed as a draft of the open unit; returns its id. Raises NotAllowed, BadInput."""
    unit = service.author_unit(turn)
    row = _new(turn, unit, UNIT)
    _say(turn, row, unit, checked(turn.event.text, routes.ANNOUNCE()), turn.event.html)
    return _kept(turn, row)


def draft_wide(turn: Turn) -> int:
    """As `draft`, for the coordinators of the actor's agency or branch."""
    unit, scope = home(turn)
    row = _new(turn, unit, scope)
    row.audience = "koordinator"
    _say(turn, row, unit, checked(turn.event.text, routes.ANNOUNCE_WIDE()), turn.event.html)
    return _kept(turn, row)


def draft_filled(turn: Turn, kind: str) -> int:
    """Make a draft of three typed lines. Raises BadInput for what cannot be read."""
    unit = service.author_unit(turn)
    again = routes.ANNOUNCE_TEMPLATE(kind)
    text = checked(turn.event.text, again)
    today = local(turn.now, unit.zone).date()
    areas = turn.library.instrument().areas
    made = templates.filled(kind, text, today, unit.zone, areas)
    if isinstance(made, templates.Lacking):
        raise refusals.odd_date(made.sentence, again)
    row = _new(turn, unit, UNIT)
    row.text, row.kind, row.meets_at = checked(made.text, again), kind, made.meets_at
    row.audience = f"{audience.AREA}.{made.area}" if made.area else EVERYBODY
    return _kept(turn, row)


def draft_ready(turn: Turn, text: str, kind: str) -> int:
    """Make a draft of a text that another feature has ready, to everybody in the open unit."""
    unit = service.author_unit(turn)
    row = _new(turn, unit, UNIT)
    row.text, row.kind, row.audience = text, kind, EVERYBODY
    return _kept(turn, row)


def _new(turn: Turn, unit: Unit, scope: str) -> Announcement:
    return Announcement(
        unit_id=unit.id or 0, scope=scope, created_by=turn.actor.person_id, text="", created_at=turn.now
    )


def _kept(turn: Turn, row: Announcement) -> int:
    turn.session.add(row)
    turn.session.flush()
    assert row.id is not None
    return row.id


def _say(turn: Turn, row: Announcement, unit: Unit, text: str, html: str) -> None:
    """The words, and what can be told from them: whether it is a meeting, and when."""
    row.text, row.html = text, html
    if row.kind in (EVIDENCE, INVITATION):
        return
    row.kind = MEETING if meetings.speaks_of_one(text) else ""
    row.meets_at = None
    if row.kind == MEETING:
        said = meeting_words.of_news(text, local(turn.now, unit.zone).date())
        if said is not None and said.day is not None:
            row.meets_at = at(said.day, templates.hour_of(said.time) or DEFAULT_HOUR, unit.zone)


def rewrite(turn: Turn, announcement_id: int) -> None:
    """Replace the text of a draft. Raises BadInput for what cannot be sent; the old text stays."""
    view = service.own_draft(turn, announcement_id, lock=True)
    text = checked(turn.event.text, routes.ANNOUNCE_EDIT(announcement_id))
    _say(turn, view.announcement, view.unit, text, turn.event.html)
    turn.session.add(view.announcement)


def cancel(turn: Turn, announcement_id: int) -> None:
    """Give up a draft; cancelling twice is once. Raises BadInput when it was sent."""
    view = service.own(turn, announcement_id, lock=True)
    row = view.announcement
    if row.state not in service.OPEN | {service.CANCELLED}:
        raise refusals.sent_already(announcement_id)
    row.state, row.send_at = service.CANCELLED, None
    turn.session.add(row)


def reach(turn: Turn, view: View) -> audience.Reach:
    """How many it reaches now."""
    return audience.reach(turn.session, view.announcement, view.unit, turn.library, turn.now)


def place(turn: Turn, unit: Unit, scope: str) -> str:
    """The name of what a wide draft begins with."""
    return turn.session.get_one(Agency, unit.agency_id).name if scope == AGENCY else unit.name


def open_draft(turn: Turn, unit: Unit) -> Announcement | None:
    """The actor's newest unsent draft in the unit."""
    return turn.session.exec(
        select(Announcement)
        .where(
            Announcement.unit_id == unit.id,
            Announcement.created_by == turn.actor.person_id,
            col(Announcement.state).in_((DRAFT, COUNTING)),
        )
        .order_by(col(Announcement.id).desc())
        .limit(1)
    ).first()


# a file --------------------------------------------------------------------------------------------


def begin_with_file(turn: Turn, wide: bool = False) -> int:
    """A sent file begins a draft; its caption is the text. Returns its id. Raises NotAllowed, BadInput."""
    unit, scope = home(turn) if wide else (service.author_unit(turn), UNIT)
    again = routes.ANNOUNCE_WIDE() if wide else routes.ANNOUNCE()
    part_of = _same_album(turn, turn.event.file)
    if part_of is not None:
        return part_of
    row = _new(turn, unit, scope)
    row.audience = "koordinator" if wide else EVERYBODY
    row.media = _media(turn.event.file, again)
    if turn.event.text.strip():
        _say(turn, row, unit, checked(turn.event.text, again), turn.event.html)
    return _kept(turn, row)


def attach(turn: Turn, announcement_id: int) -> bool:
    """The sent file is the draft's attachment; False for a further one of the same album: not taken."""
    view = service.own_draft(turn, announcement_id, lock=True)
    row, file = view.announcement, turn.event.file
    if file is not None and file.album_id and (row.media or {}).get("album") == file.album_id:
        return False
    row.media = _media(file, routes.ANNOUNCE_ATTACH(announcement_id))
    if turn.event.text.strip() and not row.text:
        text = checked(turn.event.text, routes.ANNOUNCE_ATTACH(announcement_id))
        _say(turn, row, view.unit, text, turn.event.html)
    turn.session.add(row)
    return True


def detach(turn: Turn, announcement_id: int) -> None:
    """Without the file."""
    view = service.own_draft(turn, announcement_id, lock=True)
    view.announcement.media = None
    turn.session.add(view.announcement)


def _media(file: IncomingFile | None, again: Action) -> dict[str, Any]:
    if file is None:
        raise refusals.empty(again)
    if file.size_bytes > MAX_FILE_MB * _MIB:
        raise refusals.file_too_big(number(file.size_bytes / _MIB, 1), MAX_FILE_MB, again)
    kind = "photo" if file.name == "foto.jpg" and file.mime == "image/jpeg" else "document"
    return {
        "kind": kind,
        "file_id": file.file_id,
        "name": file.name[:160],
        "size": file.size_bytes,
        "album": file.album_id,
    }


def _same_album(turn: Turn, file: IncomingFile | None) -> int | None:
    """The draft that an earlier part of the same album has begun."""
    if file is None or not file.album_id:
        return None
    rows = turn.session.exec(
        select(Announcement)
        .where(Announcement.created_by == turn.actor.person_id, Announcement.state == DRAFT)
        .order_by(col(Announcement.id).desc())
        .limit(1)
    ).all()
    return next((r.id for r in rows if (r.media or {}).get("album") == file.album_id), None)


# to whom -------------------------------------------------------------------------------------------


def home(turn: Turn) -> tuple[Unit, str]:
    """The unit and scope with which a wide draft begins: the agency, or the branch.

    Raises NotAllowed, BadInput.
    """
    service.in_private(turn)
    agencies = policy.admin_agencies(turn.actor)
    if agencies:
        unit = turn.session.exec(
            select(Unit)
            .where(Unit.agency_id == agencies[0], col(Unit.archived_at).is_(None))
            .order_by(col(Unit.id))
            .limit(1)
        ).first()
        if unit is None:
            raise refusals.no_units()
        return unit, AGENCY
    for held in turn.actor.memberships:
        branch = turn.session.get(Unit, held.unit_id) if held.role == "wilayah" and held.unit_id else None
        if branch is not None and branch.archived_at is None:
            return branch, BRANCH
    policy.require(turn.actor, "announce_below", turn.unit)
    return turn.unit, BRANCH


def may_write_wide(turn: Turn) -> bool:
    """Whether the actor oversees several units."""
    return bool(policy.admin_agencies(turn.actor)) or turn.actor.has_role("wilayah")


def set_audience(turn: Turn, announcement_id: int, code: str) -> None:
    """Choose who in the units. Raises Missing for a code that no button has."""
    view = service.own_draft(turn, announcement_id, lock=True)
    row = view.announcement
    again = routes.ANNOUNCE_TO(announcement_id)
    head, _, rest = code.partition(".")
    known = audience.is_audience(code, turn.library)
    fits = known and (code in audience.WIDE or head == audience.UNREAD) if view.wide else known
    if not fits:
        raise refusals.unknown_choice(again)
    if head == audience.UNREAD and not _earlier(turn, view, int(rest)):
        raise refusals.unknown_choice(again)
    row.audience = code
    turn.session.add(row)


def _earlier(turn: Turn, view: View, announcement_id: int) -> bool:
    return any(row.id == announcement_id for row in earlier(turn, view))


def earlier(turn: Turn, view: View) -> list[Announcement]:
    """Sent announcements, newest first: the unit's, or one's own to several units."""
    query = select(Announcement).where(col(Announcement.state).in_(service.SENT))
    if view.wide:
        query = query.where(
            Announcement.created_by == turn.actor.person_id, col(Announcement.scope).in_((BRANCH, AGENCY))
        )
    else:
        query = query.where(Announcement.unit_id == view.unit.id, Announcement.scope == UNIT)
    return list(turn.session.exec(query.order_by(col(Announcement.id).desc()).limit(service.PAGE)).all())


def toggle_person(turn: Turn, announcement_id: int, person_id: int) -> None:
    """Put one person in or take them out."""
    view = service.own_draft(turn, announcement_id, lock=True)
    row = view.announcement
    chosen = set(row.people or []) if row.audience == CHOSEN else set()
    row.people = sorted(chosen ^ {person_id})
    row.audience = CHOSEN if row.people else EVERYBODY
    turn.session.add(row)


def set_scope(turn: Turn, announcement_id: int, scope: str, unit_id: int) -> None:
    """Choose the units: all of the agency, or a branch. Raises NotAllowed, Missing."""
    view = service.own_draft(turn, announcement_id, lock=True)
    row = view.announcement
    again = routes.ANNOUNCE_WHERE(announcement_id, 0)
    unit = turn.session.get(Unit, unit_id)
    if not view.wide or scope not in {BRANCH, AGENCY} or unit is None or unit.archived_at is not None:
        raise refusals.unknown_choice(again)
    if unit.agency_id != view.unit.agency_id:
        raise refusals.unknown_choice(again)
    row.scope, row.unit_id = scope, unit.id or 0
    service.require_writer(turn, row, unit)
    turn.session.add(row)
    if row.gate:
        gates.begin(turn.session, row, turn.now)


def set_gate(turn: Turn, announcement_id: int, gate: str) -> None:
    """Only units that have missed a gate; "" is all of them. Which ones is counted by a job."""
    view = service.own_draft(turn, announcement_id, lock=True)
    row = view.announcement
    known = {one.id for one in gates.choices(turn.library)} | {"", gates.ANY, gates.OVERDUE}
    if not view.wide or gate not in known:
        raise refusals.unknown_choice(routes.ANNOUNCE_GATE(announcement_id))
    row.gate = gate
    row.status_chat_id, row.status_message_id = turn.event.chat_id, turn.event.message_id
    if gate:
        gates.begin(turn.session, row, turn.now)
    else:
        row.unit_ids = None
        row.state = SCHEDULED if row.send_at is not None else DRAFT
    turn.session.add(row)


# when, and how long --------------------------------------------------------------------------------


def valid_until(row: Announcement, unit: Unit, now: datetime) -> datetime:
    """Until when it is current: what was chosen, else until the meeting's day is over, else two weeks."""
    if row.valid_until is not None:
        return row.valid_until
    if row.meets_at is not None and row.meets_at > now:
        return at(local(row.meets_at, unit.zone).date(), LAST_MINUTE, unit.zone)
    start = row.sent_at or row.send_at or now
    return at(local(start, unit.zone).date() + timedelta(days=CURRENT_DAYS), LAST_MINUTE, unit.zone)


def set_valid(turn: Turn, announcement_id: int, until_day_offset: int) -> None:
    """Current for so many days from its sending, 1 to 366; 0 goes back to what is usual."""
    view = service.own_draft(turn, announcement_id, lock=True)
    row = view.announcement
    if not 0 <= until_day_offset <= FARTHEST.days:
        raise refusals.unknown_choice(routes.ANNOUNCE_VALID(announcement_id))
    start = local(row.send_at or turn.now, view.unit.zone).date()
    row.valid_until = (
        at(start + timedelta(days=until_day_offset), LAST_MINUTE, view.unit.zone)
        if until_day_offset
        else None
    )
    turn.session.add(row)


def preview_message(row: Announcement, key: str) -> outbox.Message:
    """The draft's screen anew, in place of the message where it stood."""
    return outbox.Message(
        key=key,
        chat_id=row.status_chat_id or 0,
        person_id=row.created_by,
        action=routes.ANNOUNCE_PREVIEW(row.id or 0),
        edit_message_id=row.status_message_id,
    )
