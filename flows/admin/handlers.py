"""The agency's menu, the tree of units, a unit's data."""

from flows import routes
from flows.admin import checking, deciding, refusals, requests, screens, service, texts, tree
from flows.models import Agency, Unit
from flows.policy import admin_agencies
from flows.registration import people
from flows.registration.private import privately
from flows.routes import handles
from flows.screen import Goto, Screen
from flows.turn import Turn

PAGE = screens.PAGE
ALSO = (checking, deciding)
"""Imported so that their handlers are registered too."""


@handles(routes.ADMIN)
@privately
def admin(turn: Turn) -> Screen:
    """The admin's menu."""
    agency = service.home_agency(turn)
    assert agency.id is not None
    units = tree.count_units(turn.session, agency.id)
    waiting = requests.count(turn.session)
    return screens.admin(agency.id, agency.name, units, waiting, turn.serves_api)


# the tree ------------------------------------------------------------------------------------------


def _parent(turn: Turn, parent_id: int) -> Unit | None:
    """The unit whose children are meant, None for the top. Only for admins."""
    if not parent_id:
        service.home_agency(turn)
        return None
    unit = turn.unit_by_id(parent_id)
    service.require_unit_admin(turn, unit)
    return unit


@handles(routes.ADMIN_UNITS)
@privately
def units(turn: Turn, parent_id: int, page: int) -> Screen:
    """One level of the tree."""
    parent = _parent(turn, parent_id)
    agency = (
        turn.session.get_one(Agency, parent.agency_id) if parent is not None else service.home_agency(turn)
    )
    assert agency.id is not None
    total = tree.count_children(turn.session, agency.id, parent_id or None)
    page = min(max(0, page), max(0, (total - 1) // PAGE))
    found = tree.children(turn.session, agency.id, parent_id or None, PAGE, page * PAGE)
    below = tree.child_counts(turn.session, [u.id for u in found if u.id is not None])
    return screens.place(agency.name, parent, found, below, total, page)


@handles(routes.UNIT_NEW)
@privately
def new_unit(turn: Turn, parent_id: int) -> Screen:
    """Which kind of unit."""
    return screens.new_kind(_parent(turn, parent_id))


@handles(routes.UNIT_NEW_NAME)
@privately
def new_unit_name(turn: Turn, parent_id: int, kind: str) -> Screen:
    """Prompt for the name."""
    if kind not in service.KINDS:
        raise refusals.kind_unknown()
    return screens.new_name(_parent(turn, parent_id), kind)


@handles(routes.UNIT_NEW_SAVE)
@privately
def new_unit_save(turn: Turn, parent_id: int, kind: str) -> Goto:
    """The typed name makes the unit."""
    unit = service.create_unit(turn, parent_id, kind, turn.event.text)
    assert unit.id is not None
    return Goto(routes.UNIT_EDIT(unit.id), texts.UNIT_MADE)


# one unit ------------------------------------------------------------------------------------------


@handles(routes.UNIT_EDIT)
@privately
def edit(turn: Turn, unit_id: int) -> Screen:
    """A unit's data."""
    unit = service.editable(turn, unit_id)
    assessment = tree.assessment_of(turn.session, unit)
    year = assessment.year if assessment is not None else None
    parent = turn.session.get(Unit, unit.parent_id) if unit.parent_id is not None else None
    return screens.edit(
        screens.UnitView(
            unit=unit,
            parent=parent.name if parent is not None else None,
            target=assessment.target if assessment is not None else "WBK",
            year=year,
            years=tree.years_offered(turn.today, year),
            coordinators=[
                p.name for p in people.holders(turn.session, "koordinator", turn.now, unit_id=unit_id)
            ],
            is_admin=unit.agency_id in admin_agencies(turn.actor),
            below=tree.child_counts(turn.session, [unit_id]).get(unit_id, 0),
        )
    )


@handles(routes.UNIT_PEOPLE)
@privately
def unit_people(turn: Turn, unit_id: int) -> Screen:
    """Whom else the agency sends to the unit."""
    unit = turn.unit_by_id(unit_id)
    service.require_unit_admin(turn, unit)
    return screens.people(unit)


@handles(routes.UNIT_RENAME)
@privately
def rename(turn: Turn, unit_id: int) -> Screen:
    """Prompt for another name."""
    return screens.rename(service.editable(turn, unit_id))


@handles(routes.UNIT_RENAME_SAVE)
@privately
def rename_save(turn: Turn, unit_id: int, revision: int) -> Goto:
    """The typed name replaces the old one."""
    service.rename(turn, unit_id, revision, turn.event.text)
    return Goto(routes.UNIT_EDIT(unit_id), texts.RENAMED)


@handles(routes.UNIT_ZONE)
@privately
def zone(turn: Turn, unit_id: int, name: str, revision: int) -> Goto:
    """Another time zone."""
    service.set_zone(turn, unit_id, name, revision)
    return Goto(routes.UNIT_EDIT(unit_id), texts.ZONE_SET)


@handles(routes.UNIT_TARGET)
@privately
def target(turn: Turn, unit_id: int, name: str) -> Goto:
    """Another target."""
    service.set_target(turn, unit_id, name)
    return Goto(routes.UNIT_EDIT(unit_id), texts.TARGET_SET)


@handles(routes.UNIT_YEAR)
@privately
def year(turn: Turn, unit_id: int, number: int) -> Goto:
    """Another evaluation year."""
    service.set_year(turn, unit_id, number)
    return Goto(routes.UNIT_EDIT(unit_id), texts.YEAR_SET)


@handles(routes.UNIT_ARCHIVE_ASK)
@privately
def archive_ask(turn: Turn, unit_id: int) -> Screen:
    """Before archiving."""
    unit = turn.unit_by_id(unit_id)
    service.require_unit_admin(turn, unit)
    if unit.archived_at is not None:
        raise refusals.outdated(unit_id)
    return screens.archive_ask(unit)


@handles(routes.UNIT_ARCHIVE)
@privately
def archive(turn: Turn, unit_id: int, revision: int) -> Goto:
    """Out of use."""
    service.archive(turn, unit_id, revision)
    return Goto(routes.UNIT_EDIT(unit_id), texts.ARCHIVED)


@handles(routes.UNIT_RESTORE)
@privately
def restore(turn: Turn, unit_id: int, revision: int) -> Goto:
    """Back in use."""
    service.restore(turn, unit_id, revision)
    return Goto(routes.UNIT_EDIT(unit_id), texts.RESTORED)


@handles(routes.UNIT_MOVE)
@privately
def move(turn: Turn, unit_id: int, page: int) -> Screen:
    """Choose a new parent."""
    unit = turn.unit_by_id(unit_id)
    service.require_unit_admin(turn, unit)
    page = max(0, page)
    parents, total = tree.possible_parents(turn.session, unit, PAGE, page * PAGE)
    return screens.move(unit, parents, total, page)


@handles(routes.UNIT_MOVE_TO)
@privately
def move_to(turn: Turn, unit_id: int, parent_id: int, revision: int) -> Goto:
    """Hang the unit below its new parent."""
    service.move(turn, unit_id, parent_id, revision)
    return Goto(routes.UNIT_EDIT(unit_id), texts.MOVED)
