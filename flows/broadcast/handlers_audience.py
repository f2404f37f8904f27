"""Choosing whom an announcement is for."""

from sqlmodel import col, func, select

from flows import routes
from flows.broadcast import audience, drafts, gates, screens, service, texts
from flows.broadcast.showing import audience_label
from flows.models import Announcement, Membership, Person, Unit
from flows.people import active
from flows.policy import admin_agencies
from flows.readiness import said
from flows.routes import handles
from flows.screen import Goto, Screen
from flows.turn import Turn

PAGE = service.PAGE
NARROW = (
    audience.EVERYBODY,
    "ketua",
    "koordinator",
    "sekretaris",
    "pimpinan",
    audience.LATE,
)


@handles(routes.ANNOUNCE_TO)
def choose(turn: Turn, announcement_id: int) -> Screen:
    """Who? Each with how many they are."""
    view = service.own_draft(turn, announcement_id)
    row, areas = view.announcement, turn.library.instrument().areas
    codes = audience.WIDE if view.wide else NARROW
    made: list[tuple[str, str, int]] = []
    for code in codes:
        asked = Announcement(
            unit_id=row.unit_id,
            scope=row.scope,
            gate=row.gate,
            unit_ids=row.unit_ids,
            created_by=row.created_by,
            text="",
            audience=code,
            created_at=turn.now,
        )
        count = audience.reach(turn.session, asked, view.unit, turn.library, turn.now).total
        if count or code == audience.EVERYBODY:
            made.append((code, texts.audience(code, areas), count))
    return screens.choose(view, audience_label(turn, view), made)


@handles(routes.ANNOUNCE_TO_SET)
def set_audience(turn: Turn, announcement_id: int, code: str) -> Goto:
    """These."""
    drafts.set_audience(turn, announcement_id, code)
    return Goto(routes.ANNOUNCE_PREVIEW(announcement_id), texts.CHOSEN_TOAST)


@handles(routes.ANNOUNCE_TO_AREA)
def choose_area(turn: Turn, announcement_id: int) -> Screen:
    """The pokja and PIC of which area?"""
    view = service.own_draft(turn, announcement_id)
    areas = [(area.id, area.no, area.name) for area in turn.library.instrument().areas]
    return screens.choose_area(view, areas)


@handles(routes.ANNOUNCE_TO_UNREAD)
def choose_unread(turn: Turn, announcement_id: int) -> Screen:
    """Those who have not read which one?"""
    view = service.own_draft(turn, announcement_id)
    found = drafts.earlier(turn, view)
    return screens.choose_unread(view, found, texts.numbered(found, turn.now, view.unit.zone))


@handles(routes.ANNOUNCE_TO_PEOPLE)
def choose_people(turn: Turn, announcement_id: int, page: int) -> Screen:
    """Which persons of the team?"""
    view = service.own_draft(turn, announcement_id)
    row = view.announcement
    team = (
        select(Person)
        .where(
            col(Person.deleted_at).is_(None),
            Person.id != row.created_by,
            select(Membership.id)
            .where(
                col(Membership.person_id) == col(Person.id),
                Membership.unit_id == view.unit.id,
                col(Membership.role).in_(audience.TEAM),
                active(turn.now),
            )
            .correlate(Person)
            .exists(),
        )
        .order_by(col(Person.name), col(Person.id))
    )
    total = turn.session.exec(select(func.count()).select_from(team.subquery())).one()
    page = min(max(0, page), max(0, (total - 1) // PAGE))
    found = turn.session.exec(team.limit(PAGE).offset(page * PAGE)).all()
    chosen = set(row.people or []) if row.audience == audience.CHOSEN else set()
    people = [(p.id or 0, p.name, p.id in chosen) for p in found]
    return screens.choose_people(view, people, len(chosen), total, page)


@handles(routes.ANNOUNCE_TO_PERSON)
def toggle_person(turn: Turn, announcement_id: int, person_id: int, page: int) -> Goto:
    """In or out."""
    drafts.toggle_person(turn, announcement_id, person_id)
    return Goto(routes.ANNOUNCE_TO_PEOPLE(announcement_id, page))


@handles(routes.ANNOUNCE_WHERE)
def choose_where(turn: Turn, announcement_id: int, page: int) -> Screen | Goto:
    """Which units, of those that the actor oversees?"""
    view = service.own_draft(turn, announcement_id)
    if not view.wide:
        return Goto(routes.ANNOUNCE_TO(announcement_id))
    page = max(0, page)
    query = select(Unit).where(Unit.agency_id == view.unit.agency_id, col(Unit.archived_at).is_(None))
    may_all = view.unit.agency_id in admin_agencies(turn.actor)
    if not may_all:
        own, _ = drafts.home(turn)
        query = query.where(col(Unit.path).like(f"{own.path}%"))
    found = turn.session.exec(
        query.order_by(col(Unit.path), col(Unit.id)).limit(PAGE + 1).offset(page * PAGE)
    ).all()
    units = [(unit.id or 0, unit.name) for unit in found[:PAGE]]
    return screens.choose_where(view, units, may_all, page, len(found) > PAGE)


@handles(routes.ANNOUNCE_WHERE_SET)
def set_where(turn: Turn, announcement_id: int, scope: str, unit_id: int) -> Goto:
    """These units."""
    drafts.set_scope(turn, announcement_id, scope, unit_id)
    return Goto(routes.ANNOUNCE_PREVIEW(announcement_id), texts.CHOSEN_TOAST)


@handles(routes.ANNOUNCE_GATE)
def choose_gate(turn: Turn, announcement_id: int) -> Screen | Goto:
    """Units that have missed which gate?"""
    view = service.own_draft(turn, announcement_id)
    if not view.wide:
        return Goto(routes.ANNOUNCE_TO(announcement_id))
    return screens.choose_gate(view, [(one.id, said.gate(one)) for one in gates.choices(turn.library)])


@handles(routes.ANNOUNCE_GATE_SET)
def set_gate(turn: Turn, announcement_id: int, gate: str) -> Goto:
    """Those units."""
    drafts.set_gate(turn, announcement_id, gate)
    return Goto(routes.ANNOUNCE_PREVIEW(announcement_id), texts.CHOSEN_TOAST)
