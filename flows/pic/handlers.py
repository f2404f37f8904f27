"""Who is in charge: choosing people, taking an item for oneself, and what has nobody."""

from flows import fmt, policy, routes
from flows.checklist import service as checklist
from flows.errors import BadInput, NotAllowed
from flows.mine import lacking
from flows.models import Assessment, Person, Unit
from flows.pic import assigning, candidates, screens, service, texts
from flows.pic.assigning import DEPUTY, FROM_LIST, IN_CHARGE, Place
from flows.pic.candidates import Candidate
from flows.registration.private import privately
from flows.routes import handles
from flows.screen import Gone, Goto, NotMine, Screen
from flows.turn import Turn

MOST_TOLD = 12
PARTS = (IN_CHARGE, DEPUTY, FROM_LIST)


# choosing ------------------------------------------------------------------------------------------


@handles(routes.PIC)
@privately
def choose(turn: Turn, scope_id: str, part: int, page: int) -> Screen:
    """The people who may be made PIC or deputy."""
    at = _assignable(turn, scope_id)
    part = part if part in PARTS else IN_CHARGE
    found = _team(turn, at)
    if part == DEPUTY and at.held is not None:
        found = [each for each in found if each.id != at.held.row.person_id]
    page = min(max(0, page), max(0, (len(found) - 1) // screens.PAGE))
    return screens.choose(at, _named(turn, at), part, found, page, turn.actor.person_id, _set_by(turn, at))


def _assignable(turn: Turn, scope_id: str) -> Place:
    at = assigning.place(turn, scope_id)
    policy.require(turn.actor, "assign", at.current.unit, at.scope.area_id)
    return at


def _team(turn: Turn, at: Place) -> list[Candidate]:
    return candidates.team(turn.session, at.current.unit, turn.now, at.scope.area_id)


def _set_by(turn: Turn, at: Place) -> str:
    row = at.held.row if at.held is not None else None
    who = turn.session.get(Person, row.set_by) if row is not None and row.set_by is not None else None
    if row is None or who is None:
        return ""
    name = "Anda" if who.id == turn.actor.person_id else texts.name_of(who)
    return f"{name}, {fmt.ago(row.set_at, turn.now, turn.zone_name)}"


def _named(turn: Turn, at: Place) -> service.Named | None:
    if at.held is None:
        return None
    row, session = at.held.row, turn.session
    person = session.get(Person, row.person_id) if row.person_id else None
    deputy = session.get(Person, row.deputy_id) if row.deputy_id else None
    return service.Named(person, deputy, at.held.level)


@handles(routes.PIC_TYPED)
@privately
def typed(turn: Turn, scope_id: str, part: int, revision: int) -> Screen | Goto | NotMine:
    """The typed text is a name, "saya" or "lepas"; a question is for Ask."""
    at = _assignable(turn, scope_id)
    said = fmt.one_line(turn.event.text)
    plain = said.strip(" .!").casefold()
    if plain in texts.RELEASE_WORDS:
        return _set(turn, at.current.id, scope_id, part, 0, revision)
    if plain in texts.ME_WORDS:
        return _set(turn, at.current.id, scope_id, part, turn.actor.person_id, revision)
    found = candidates.meant(said, _team(turn, at))
    if len(found) == 1:
        return _set(turn, at.current.id, scope_id, part, found[0].id, revision)
    if found:
        return screens.several(at, part, said, found)
    if turn.library.looks_like_question(said):
        return NotMine()
    raise BadInput(texts.unknown(said), next=routes.PIC(scope_id, part, 0))


@handles(routes.PIC_SET)
@privately
def assign(turn: Turn, assessment_id: int, scope_id: str, part: int, person_id: int, revision: int) -> Goto:
    """Make the person PIC or deputy; 0 takes whoever it is away."""
    return _set(turn, assessment_id, scope_id, part, person_id, revision)


def _set(turn: Turn, assessment_id: int, scope_id: str, part: int, person_id: int, revision: int) -> Goto:
    who = assigning.assign(turn, assessment_id, scope_id, part, person_id, revision)
    at = assigning.place(turn, scope_id)
    if who is None:
        toast = texts.DEPUTY_RELEASED if part == DEPUTY else texts.RELEASED
    else:
        toast = texts.assigned(at.scope, who.name, part)
    if part == FROM_LIST:
        rest = service.without(service.rows_of(turn.session, at.current.assessment), at.current.instrument)
        left = rest[at.scope.area_id]
        return Goto(routes.PIC_NONE_AREA(at.scope.area_id, 0) if left else routes.PIC_NONE(), toast)
    if at.scope.level == "item" and part == IN_CHARGE:
        return Goto(routes.LKE_ITEM(scope_id), toast)
    return Goto(routes.PIC(scope_id, IN_CHARGE, 0), toast)


# taking for oneself --------------------------------------------------------------------------------


@handles(routes.PIC_TAKE)
@privately
def take(turn: Turn, assessment_id: int, item_id: str) -> Goto:
    """Take an item that has no PIC."""
    taken = assigning.take(turn, assessment_id, item_id)
    return Goto(routes.PIC_BEGIN(item_id), "" if taken else texts.TAKEN_ALREADY)


@handles(routes.PIC_BEGIN)
@privately
def begin(turn: Turn, item_id: str) -> Screen | Goto:
    """What comes next for an item just taken."""
    at = assigning.place(turn, item_id)
    me = turn.actor.person_id
    if at.scope.item is None or at.row is None or at.row.person_id != me or at.row.set_by != me:
        return Goto(routes.LKE_ITEM(item_id) if at.scope.item is not None else routes.LKE())
    turn.state.last_item = item_id
    lack = lacking.desk(turn.session, at.current).lack(at.scope.item)
    today = fmt.local(turn.now, at.current.unit.zone).date()
    return screens.begin(lack, at.current.id, at.revision, today)


@handles(routes.PIC_TOLD)
@privately
def told(turn: Turn, assessment_id: int, day: int) -> Screen | Gone:
    """What others made the person PIC of that day, as it stands."""
    assessment = turn.session.get(Assessment, assessment_id)
    unit = turn.session.get(Unit, assessment.unit_id) if assessment is not None else None
    if assessment is None or unit is None or not turn.actor.roles_in(unit):
        return Gone()
    me = turn.actor.person_id
    found = assigning.named_on(turn.session, assessment, unit.zone, day, me)
    where = checklist.Current(unit, assessment, turn.library.instrument(assessment.instrument_id))
    lines = [texts.told_line(assigning.scope_of(where, row.scope), row.person_id != me) for row in found]
    if not lines:
        return Gone()
    return screens.told(unit.name, unit.id or 0, lines[:MOST_TOLD], max(0, len(lines) - MOST_TOLD))


# what has nobody -----------------------------------------------------------------------------------


@handles(routes.PIC_NONE)
@privately
def none(turn: Turn) -> Screen:
    """How many items have no PIC, in the areas where the actor can do something about it."""
    where = checklist.current(turn)
    shown = service.areas_to_settle(turn, where.unit, where.instrument)
    if not shown:
        raise NotAllowed(policy.REFUSED["assign"])
    found = service.without(service.rows_of(turn.session, where.assessment), where.instrument)
    return screens.none(where.unit.name, where.instrument.areas, found, shown)


@handles(routes.PIC_NONE_AREA)
@privately
def none_area(turn: Turn, area_id: str, page: int) -> Screen:
    """One area's items without PIC."""
    where = checklist.current(turn)
    scope = assigning.scope_of(where, area_id)
    may_assign = policy.can(turn.actor, "assign", where.unit, scope.area_id)
    if not may_assign and not service.may_take(turn, where.unit, scope.area_id):
        raise NotAllowed(policy.REFUSED["assign"], next=routes.LKE())
    if scope.level != "area":
        scope = assigning.scope_of(where, scope.area_id)
    found = service.without(service.rows_of(turn.session, where.assessment), where.instrument)
    items = found[scope.id]
    page = min(max(0, page), max(0, (len(items) - 1) // screens.PAGE))
    return screens.none_area(scope, where.id, items, page, may_assign)
