"""Serah terima: from whom, to whom, what moves, and the successor's word."""

from flows import fmt, policy, role_words, routes
from flows.checklist.service import Current
from flows.errors import BadInput, FlowError
from flows.handover import moving, screens, service, texts
from flows.handover.service import Between
from flows.models import Assessment, Membership
from flows.pic import assigning, candidates
from flows.registration.private import privately
from flows.routes import handles
from flows.screen import Gone, Goto, NotMine, Screen
from flows.turn import Turn


def _scope(turn: Turn, at: Between, assessment: Assessment, scope_id: str) -> str:
    where = Current(at.unit, assessment, turn.library.instrument(assessment.instrument_id))
    try:
        scope = assigning.scope_of(where, scope_id)
    except FlowError:
        return scope_id
    return f"{scope.number} {scope.name}".strip() if scope.level == "area" else scope.number


def _role(turn: Turn, held: Membership) -> str:
    area = next((a for a in turn.library.instrument().areas if a.id == held.area), None)
    return role_words.at(held.role, f"Pokja {area.no} {area.name}" if area is not None else "", held.acting)


def _lines(turn: Turn, at: Between) -> list[str]:
    giver = at.giver.id
    scopes = [_scope(turn, at, a, row.scope) for a, row in at.content.pics if row.person_id == giver]
    deputies = [_scope(turn, at, a, row.scope) for a, row in at.content.pics if row.person_id != giver]
    roles = [_role(turn, held) for held in at.content.roles]
    return texts.content(at, scopes, deputies, roles)


# choosing ------------------------------------------------------------------------------------------


@handles(routes.HANDOVER_WHO)
@privately
def who(turn: Turn, page: int) -> Screen | Goto:
    """Whose work; those who may not hand over for others begin with their own."""
    unit = turn.unit
    me = turn.actor.person_id
    if not service.may_start(turn, unit):
        return Goto(routes.HANDOVER(unit.id or 0, me, 0))
    found = service.givers(turn, unit)
    page = min(max(0, page), max(0, (len(found) - 1) // screens.PAGE))
    return screens.who(unit.name, unit.id or 0, found, page, me)


@handles(routes.HANDOVER)
@privately
def choose(turn: Turn, unit_id: int, person_id: int, page: int) -> Screen | Goto:
    """The people who may take over, or the handover that waits already."""
    at, waiting = _begun(turn, unit_id, person_id)
    if waiting is not None:
        return waiting
    found = service.successors(turn, at.unit, at.giver)
    page = min(max(0, page), max(0, (len(found) - 1) // screens.PAGE))
    return screens.choose(at, found, page, person_id == turn.actor.person_id)


def _begun(turn: Turn, unit_id: int, person_id: int) -> tuple[Between, Goto | None]:
    unit, giver = service.giver_of(turn, unit_id, person_id)
    row = service.waiting_of(turn.session, unit, person_id)
    at = Between(unit, giver, None, service.content_of(turn, unit, person_id), row)
    return at, Goto(routes.HANDOVER_SHOW(row.id or 0)) if row is not None else None


@handles(routes.HANDOVER_TYPED)
@privately
def typed(turn: Turn, unit_id: int, person_id: int) -> Screen | Goto | NotMine:
    """The typed text is the successor's name; a question is for Ask."""
    at, waiting = _begun(turn, unit_id, person_id)
    if waiting is not None:
        return waiting
    said = fmt.one_line(turn.event.text)
    found = candidates.meant(said, service.successors(turn, at.unit, at.giver))
    if len(found) == 1:
        return Goto(routes.HANDOVER_PREVIEW(unit_id, person_id, found[0].id))
    if found:
        return screens.choose(at, found, 0, person_id == turn.actor.person_id, several=True)
    if turn.library.looks_like_question(said):
        return NotMine()
    raise BadInput(texts.unknown(said), next=routes.HANDOVER(unit_id, person_id, 0))


@handles(routes.HANDOVER_NOBODY)
@privately
def nobody(turn: Turn, unit_id: int, person_id: int) -> Screen | Goto:
    """The successor is not in the team yet."""
    at, waiting = _begun(turn, unit_id, person_id)
    if waiting is not None:
        return waiting
    here = turn.open_unit is not None and turn.open_unit.id == unit_id
    may_invite = here and policy.can(turn.actor, "team", at.unit)
    return screens.nobody(at, at.content.roles, may_invite)


@handles(routes.HANDOVER_PREVIEW)
@privately
def preview(turn: Turn, unit_id: int, person_id: int, successor_id: int) -> Screen | Goto:
    """What moves, before anybody is asked."""
    _, waiting = _begun(turn, unit_id, person_id)
    if waiting is not None:
        return waiting
    at = service.between(turn, unit_id, person_id, successor_id)
    return screens.preview(at, _lines(turn, at))


@handles(routes.HANDOVER_SEND)
@privately
def send(turn: Turn, unit_id: int, person_id: int, successor_id: int) -> Goto:
    """Ask the successor; for one without an account it is done at once."""
    row = service.send(turn, unit_id, person_id, successor_id)
    at = service.find(turn, row.id or 0)
    assert at.successor is not None
    if at.successor.telegram_id is None and row.state == service.WAITING:
        moving.accept(turn, row.id or 0, row.revision)
        return Goto(routes.HANDOVER_SHOW(row.id or 0), texts.ACCEPTED)
    to_me = at.successor.id == turn.actor.person_id
    return Goto(routes.HANDOVER_SHOW(row.id or 0), "" if to_me else texts.sent(at.successor.name))


# the successor's word ------------------------------------------------------------------------------


@handles(routes.HANDOVER_SHOW)
@privately
def show(turn: Turn, handover_id: int) -> Screen:
    """A handover as it stands, for those it concerns."""
    at = service.find(turn, handover_id)
    row, me = at.row, turn.actor.person_id
    assert row is not None
    if row.state == service.WAITING:
        if row.to_id == me:
            return _asked(turn, at)
        may_cancel = row.from_id == me or service.may_start(turn, at.unit)
        return screens.waiting(at, _lines(turn, at), may_cancel)
    return _ended(turn, at)


def _asked(turn: Turn, at: Between) -> Screen:
    assert at.row is not None
    maker = service.maker_of(turn, at.row)
    return screens.asked(at, _lines(turn, at), maker.name if maker is not None else at.giver.name)


def _ended(turn: Turn, at: Between) -> Screen:
    row = at.row
    assert row is not None
    done = row.state == service.ACCEPTED
    may_note = done and policy.can(turn.actor, "task", at.unit)
    noted = row.content.get("decrees", [])
    decrees = [which for which in moving.DECREES if which not in noted] if may_note else []
    again = row.from_id == turn.actor.person_id or service.may_start(turn, at.unit)
    member = any(held.unit_id == at.unit.id for held in turn.actor.memberships)
    left = done and not member and row.from_id == turn.actor.person_id
    return screens.ended(at, decrees, again, member, left)


@handles(routes.HANDOVER_ASKED)
@privately
def asked(turn: Turn, handover_id: int) -> Screen | Gone:
    """The successor is asked, as long as it waits."""
    at = service.find(turn, handover_id)
    assert at.row is not None
    if at.row.state != service.WAITING or at.row.to_id != turn.actor.person_id:
        return Gone()
    return _asked(turn, at)


@handles(routes.HANDOVER_TOLD)
@privately
def told(turn: Turn, handover_id: int) -> Screen | Gone:
    """The others hear how it ended."""
    at = service.find(turn, handover_id)
    assert at.row is not None
    return Gone() if at.row.state == service.WAITING else _ended(turn, at)


@handles(routes.HANDOVER_ACCEPT)
@privately
def accept(turn: Turn, handover_id: int, revision: int) -> Goto:
    """Everything moves."""
    done = moving.accept(turn, handover_id, revision)
    return Goto(routes.HANDOVER_SHOW(handover_id), texts.ACCEPTED if done else texts.GROWN)


@handles(routes.HANDOVER_DECLINE)
@privately
def decline(turn: Turn, handover_id: int, revision: int) -> Goto:
    """Nothing moves."""
    service.decline(turn, handover_id, revision)
    return Goto(routes.HANDOVER_SHOW(handover_id), texts.DECLINED)


@handles(routes.HANDOVER_CANCEL)
@privately
def cancel(turn: Turn, handover_id: int, revision: int) -> Goto:
    """Taken back before the successor's word."""
    service.cancel(turn, handover_id, revision)
    return Goto(routes.HANDOVER_SHOW(handover_id), texts.CANCELLED)


@handles(routes.HANDOVER_DECREE)
@privately
def decree(turn: Turn, handover_id: int, which: str) -> Goto:
    """A decree must be renewed: noted as an action item."""
    at = service.find(turn, handover_id)
    assert at.successor is not None
    title = texts.decree_title(which if which in moving.DECREES else "tim", at.giver.name, at.successor.name)
    noted = moving.decree(turn, handover_id, which, title)
    return Goto(routes.HANDOVER_SHOW(handover_id), texts.DECREE_NOTED if noted else texts.DECREE_BEFORE)
