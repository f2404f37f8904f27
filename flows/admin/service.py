"""The tree of units and their data: who may change what, and the writes."""

from sqlmodel import Session, col, func, select, update

from flows import audit, fmt, policy, routes
from flows.admin import refusals, tree
from flows.errors import NotAllowed
from flows.models import UNIT_SIDE, Agency, Assessment, Membership, Unit
from flows.policy import admin_agencies
from flows.registration.names import clean_name
from flows.routes import Action
from flows.turn import Turn

KINDS = ("eselon1", "kanwil", "satker")
TARGETS = ("WBK", "WBBM")
MAX_DEPTH = 8


def home_agency(turn: Turn) -> Agency:
    """The agency whose admin the actor is. Raises NotAllowed for others."""
    agencies = admin_agencies(turn.actor)
    if not agencies:
        raise NotAllowed(policy.REFUSED["agency"])
    return turn.session.get_one(Agency, agencies[0])


def editable(turn: Turn, unit_id: int) -> Unit:
    """A unit whose data the actor may change. Raises Missing or NotAllowed."""
    unit = turn.unit_by_id(unit_id)
    policy.require(turn.actor, "unit_edit", unit)
    return unit


def require_unit_admin(turn: Turn, unit: Unit) -> None:
    """Raise NotAllowed unless the actor administers the unit's agency."""
    policy.require_admin(turn.actor, unit.agency_id)


# writing -------------------------------------------------------------------------------------------


def _hold(turn: Turn, unit_id: int, act: policy.Act, revision: int | None = None) -> Unit:
    """The unit, locked, with the actor's right checked; Outdated when the button knew another revision."""
    turn.unit_by_id(unit_id)
    unit = turn.session.exec(
        select(Unit).where(Unit.id == unit_id).with_for_update().execution_options(populate_existing=True)
    ).one()
    policy.require(turn.actor, act, unit)
    if revision is not None and unit.revision != revision:
        raise refusals.outdated(unit_id)
    return unit


def _hold_tree(session: Session, agency_id: int) -> None:
    """One change of an agency's tree at a time, so that names stay unique and no branch is cut."""
    session.exec(select(Agency).where(Agency.id == agency_id).with_for_update()).one()


def _in_use(unit: Unit) -> None:
    if unit.archived_at is not None:
        raise refusals.unit_archived(unit.id)


def create_unit(turn: Turn, parent_id: int, kind: str, typed_name: str) -> Unit:
    """Make a unit below a parent (0: at the top) with its assessment of the coming year.

    Raises NotAllowed, Missing, or BadInput for a name that is taken or cannot be one.
    """
    if kind not in KINDS:
        raise refusals.kind_unknown()
    again = routes.UNIT_NEW_NAME(parent_id, kind)
    parent = turn.unit_by_id(parent_id) if parent_id else None
    agency_id = parent.agency_id if parent is not None else home_agency(turn).id
    assert agency_id is not None
    policy.require_admin(turn.actor, agency_id, "unit_create")
    _hold_tree(turn.session, agency_id)
    if parent is not None:
        turn.session.refresh(parent)
        _in_use(parent)
    name = clean_name(typed_name, again)
    return plant(turn, agency_id, parent, kind, name, again)


def plant(turn: Turn, agency_id: int, parent: Unit | None, kind: str, name: str, again: Action) -> Unit:
    """Put a new unit into the tree (its agency held by the caller's right to do so).

    Raises BadInput, leading to `again`, when the name is taken, NotAllowed when the tree grows too deep.
    """
    _hold_tree(turn.session, agency_id)
    parent_id = parent.id if parent is not None else None
    if tree.name_taken(turn.session, agency_id, parent_id, name):
        raise refusals.duplicate(name, again)
    above = parent.path if parent is not None else "/"
    if above.count("/") > MAX_DEPTH:
        raise refusals.too_deep(again)
    zone = parent.zone if parent is not None else turn.default_zone
    unit = Unit(
        agency_id=agency_id, parent_id=parent_id, kind=kind, name=name, zone=zone, created_at=turn.now
    )
    turn.session.add(unit)
    turn.session.flush()
    assert unit.id is not None
    unit.path = f"{above}{unit.id}/"
    open_assessment(turn, unit, tree.default_year(turn.today), "WBK")
    turn.session.flush()
    audit.record(turn, "unit_create", f"unit:{unit.id}", unit.id, parent=parent_id, kind=kind)
    return unit


def rename(turn: Turn, unit_id: int, revision: int, typed_name: str) -> Unit:
    """Give the unit another name. Raises Outdated, BadInput (the prompt comes again), NotAllowed."""
    turn.unit_by_id(unit_id)
    unit = turn.session.get_one(Unit, unit_id)
    _hold_tree(turn.session, unit.agency_id)
    unit = _hold(turn, unit_id, "unit_edit", revision)
    _in_use(unit)
    again = routes.UNIT_RENAME(unit_id)
    name = clean_name(typed_name, again)
    if tree.name_taken(turn.session, unit.agency_id, unit.parent_id, name, but=unit_id):
        raise refusals.duplicate(name, again)
    unit.name = name
    turn.session.flush()
    audit.record(turn, "unit_rename", f"unit:{unit_id}", unit_id)
    return unit


def describe(turn: Turn, unit_id: int, kind: str, code: str) -> Unit:
    """Set the unit's kind and the agency's code for it; "" leaves either as it is. Only for admins."""
    unit = turn.unit_by_id(unit_id)
    require_unit_admin(turn, unit)
    unit = _hold(turn, unit_id, "unit_edit")
    _in_use(unit)
    if kind and kind not in KINDS:
        raise refusals.kind_unknown()
    unit.kind, unit.code = kind or unit.kind, code or unit.code
    turn.session.flush()
    audit.record(turn, "unit_describe", f"unit:{unit_id}", unit_id, kind=unit.kind)
    return unit


def set_zone(turn: Turn, unit_id: int, zone: str, revision: int | None) -> Unit:
    """Set the unit's time zone (WIB, WITA, WIT). Deadlines keep their moment."""
    unit = _hold(turn, unit_id, "unit_edit", revision)
    _in_use(unit)
    if zone not in fmt.ZONES:
        raise refusals.choice_unknown(unit_id)
    if unit.zone != zone:
        unit.zone = zone
        turn.session.flush()
        audit.record(turn, "unit_zone", f"unit:{unit_id}", unit_id, zone=zone)
    return unit


def set_target(turn: Turn, unit_id: int, target: str) -> Unit:
    """Set what the present assessment aims at (WBK, WBBM)."""
    unit = _hold(turn, unit_id, "unit_edit")
    _in_use(unit)
    if target not in TARGETS:
        raise refusals.choice_unknown(unit_id)
    assessment = tree.assessment_of(turn.session, unit)
    if assessment is None:
        assessment = open_assessment(turn, unit, tree.default_year(turn.today), target)
    if assessment.archived_at is not None:
        raise refusals.year_closed(unit_id, assessment.year)
    if assessment.target != target:
        assessment.target = target
        audit.record(turn, "unit_target", f"unit:{unit_id}", unit_id, target=target, year=assessment.year)
    turn.session.add(assessment)
    return unit


def set_year(turn: Turn, unit_id: int, year: int) -> Unit:
    """Work on the assessment of that year: opened anew or made; the others rest with all their answers."""
    unit = _hold(turn, unit_id, "unit_edit")
    _in_use(unit)
    present = tree.assessment_of(turn.session, unit)
    if present is not None and present.year == year:
        return unit
    known = turn.session.exec(
        select(Assessment).where(
            Assessment.unit_id == unit_id, Assessment.year == year, Assessment.side == UNIT_SIDE
        )
    ).first()
    if known is not None and known.archived_at is not None:
        raise refusals.year_closed(unit_id, year)
    if known is None and year not in tree.years_offered(turn.today, None):
        raise refusals.choice_unknown(unit_id)
    open_assessment(turn, unit, year, present.target if present is not None else "WBK")
    audit.record(turn, "unit_year", f"unit:{unit_id}", unit_id, year=year)
    return unit


def open_assessment(turn: Turn, unit: Unit, year: int, target: str) -> Assessment:
    """Make that year the one the unit works on: opened anew or made; the others rest. The unit is locked."""
    opened: Assessment | None = None
    own = select(Assessment).where(Assessment.unit_id == unit.id, Assessment.side == UNIT_SIDE)
    for each in turn.session.exec(own).all():
        if each.year == year:
            opened = each
        elif each.closed_at is None:
            each.closed_at = turn.now
    if opened is None:
        assert unit.id is not None
        opened = Assessment(
            unit_id=unit.id,
            year=year,
            target=target,
            instrument_id=turn.library.instrument().id,
            created_at=turn.now,
        )
    opened.closed_at = None
    unit.closed_year = year if opened.archived_at is not None else None
    turn.session.add(opened)
    turn.session.flush()
    return opened


def archive(turn: Turn, unit_id: int, revision: int) -> Unit:
    """Take the unit out of use; everything it holds stays. Units below it must go first."""
    unit = turn.unit_by_id(unit_id)
    require_unit_admin(turn, unit)
    _hold_tree(turn.session, unit.agency_id)
    unit = _hold(turn, unit_id, "unit_edit", revision)
    _in_use(unit)
    below = tree.child_counts(turn.session, [unit_id]).get(unit_id, 0)
    if below:
        raise refusals.has_children(unit_id, below)
    unit.archived_at = turn.now
    turn.session.flush()
    turn.forget()
    audit.record(turn, "unit_archive", f"unit:{unit_id}", unit_id)
    return unit


def restore(turn: Turn, unit_id: int, revision: int) -> Unit:
    """Bring an archived unit back. Raises NotAllowed below an archived parent, BadInput for a taken name."""
    unit = turn.unit_by_id(unit_id)
    require_unit_admin(turn, unit)
    _hold_tree(turn.session, unit.agency_id)
    unit = _hold(turn, unit_id, "unit_edit", revision)
    parent = turn.session.get(Unit, unit.parent_id) if unit.parent_id is not None else None
    if parent is not None and parent.archived_at is not None:
        raise refusals.parent_archived(unit_id)
    if tree.name_taken(turn.session, unit.agency_id, unit.parent_id, unit.name, but=unit_id):
        raise refusals.duplicate(unit.name, routes.UNIT_EDIT(unit_id))
    unit.archived_at = None
    turn.session.flush()
    turn.forget()
    audit.record(turn, "unit_restore", f"unit:{unit_id}", unit_id)
    return unit


def move(turn: Turn, unit_id: int, parent_id: int, revision: int) -> Unit:
    """Hang the unit, with its branch, below another parent (0: at the top)."""
    unit = turn.unit_by_id(unit_id)
    require_unit_admin(turn, unit)
    _hold_tree(turn.session, unit.agency_id)
    unit = _hold(turn, unit_id, "unit_edit", revision)
    _in_use(unit)
    parent = turn.unit_by_id(parent_id) if parent_id else None
    if parent is not None:
        turn.session.refresh(parent)
        if parent.agency_id != unit.agency_id:
            raise refusals.unit_missing(parent_id)
        _in_use(parent)
        if parent.path.startswith(unit.path):
            raise refusals.below_itself(unit_id)
    if tree.name_taken(turn.session, unit.agency_id, parent_id or None, unit.name, but=unit_id):
        raise refusals.duplicate(unit.name, routes.UNIT_MOVE(unit_id, 0))
    old, new = unit.path, f"{parent.path if parent is not None else '/'}{unit_id}/"
    if _deepest(turn.session, old) - old.count("/") + new.count("/") > MAX_DEPTH + 1:
        raise refusals.too_deep(routes.UNIT_EDIT(unit_id))
    unit.parent_id = parent_id or None
    turn.session.flush()
    turn.session.execute(
        update(Unit)
        .where(col(Unit.path).startswith(old, autoescape=True))
        .values(path=new + func.substr(col(Unit.path), len(old) + 1))
        .execution_options(synchronize_session=False)
    )
    turn.session.refresh(unit)
    audit.record(turn, "unit_move", f"unit:{unit_id}", unit_id, parent=parent_id or None)
    return unit


def _deepest(session: Session, path: str) -> int:
    paths = session.exec(select(Unit.path).where(col(Unit.path).startswith(path, autoescape=True))).all()
    return max(p.count("/") for p in paths)


def make_coordinator(turn: Turn, unit: Unit, person_id: int) -> Membership:
    """The asker of a unit becomes its coordinator."""
    membership = Membership(
        person_id=person_id,
        agency_id=unit.agency_id,
        unit_id=unit.id,
        role="koordinator",
        created_at=turn.now,
    )
    turn.session.add(membership)
    turn.session.flush()
    return membership
