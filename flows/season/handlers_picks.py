"""The agency's list by stage, and its shortlist: for admins, and to look at for who oversees a branch."""

from flows import policy, routes
from flows.board import service as board
from flows.registration.private import privately
from flows.routes import handles
from flows.screen import Goto, NotMine, Screen
from flows.season import overview, picking, screens_picks, service
from flows.season import texts_picks as texts
from flows.turn import Turn
from knowledge.figures import GateResult
from knowledge.instrument import TARGETS


@handles(routes.PROPOSALS)
@privately
def listing(turn: Turn, branch_id: int, year: int, which: str, number: int) -> Screen:
    """One page of the list."""
    found = overview.page(turn, branch_id, year, which, number)
    return screens_picks.listing(found, branch_id, overview.this_year(turn, 0))


@handles(routes.PROPOSALS_FILTERS)
@privately
def filters(turn: Turn, branch_id: int, year: int, which: str) -> Screen:
    """What is shown."""
    branch, _ = board.scope_of(turn, branch_id)
    which = which if which in overview.filters() else ""
    return screens_picks.choose_filter(branch, branch_id, overview.this_year(turn, year), which)


@handles(routes.PROPOSALS_BRANCHES)
@privately
def branches(turn: Turn, branch_id: int, year: int, number: int) -> Screen:
    """The branches right below a branch."""
    number = max(0, number)
    branch, found, total = board.branches(turn, branch_id, number)
    return screens_picks.branches(branch, branch_id, overview.this_year(turn, year), found, total, number)


@handles(routes.PROPOSALS_ASK)
@privately
def ask(turn: Turn, branch_id: int, year: int) -> Screen:
    """Prompt for a unit's name."""
    branch, _ = board.scope_of(turn, branch_id)
    return screens_picks.ask(branch, branch_id, overview.this_year(turn, year))


@handles(routes.PROPOSALS_TYPED)
@privately
def typed(turn: Turn, branch_id: int, year: int) -> Screen:
    """The typed text is a unit's name."""
    branch, year, lines = overview.find(turn, branch_id, year, turn.event.text)
    return screens_picks.found(branch, branch_id, year, turn.event.text, lines)


@handles(routes.CANDIDATE)
@privately
def candidate(turn: Turn, unit_id: int, year: int) -> Screen:
    """One unit: readiness beside the choice."""
    year = overview.this_year(turn, year)
    line = overview.one(turn, unit_id, year)
    lacking: dict[str, tuple[GateResult, ...] | None] = {
        target: picking.missed(turn, line.unit, target) for target in TARGETS
    }
    agency_id = line.unit.agency_id
    decides = agency_id in policy.admin_agencies(turn.actor)
    now = picking.tally(turn.session, agency_id, year) if decides else None
    row = service.round_of(turn.session, agency_id, year) if decides else None
    return screens_picks.candidate(line, year, lacking, now, row)


@handles(routes.PICK_ASK)
@privately
def pick_ask(turn: Turn, unit_id: int, year: int, target: str) -> Screen:
    """It is not ready: which gates, and whether all the same."""
    year = overview.this_year(turn, year)
    line = overview.one(turn, unit_id, year)
    policy.require_admin(turn.actor, line.unit.agency_id)
    wanted = picking.target_of(target, routes.CANDIDATE(unit_id, year))
    return screens_picks.pick_ask(line, year, wanted, picking.missed(turn, line.unit, wanted))


@handles(routes.PICK)
@privately
def pick(turn: Turn, unit_id: int, year: int, target: str, revision: int) -> Goto:
    """Propose it, or no longer."""
    changed = picking.pick(turn, unit_id, year, target, revision)
    said = (texts.PICKED_TOAST if target else texts.UNPICKED_TOAST) if changed else texts.SAME
    return Goto(routes.CANDIDATE(unit_id, year), said)


@handles(routes.QUOTA)
@privately
def quota(turn: Turn, agency_id: int, year: int) -> Screen:
    """Prompt for the quota."""
    policy.require_admin(turn.actor, agency_id)
    year = overview.this_year(turn, year)
    return screens_picks.quota(agency_id, year, service.round_of(turn.session, agency_id, year))


@handles(routes.QUOTA_SAVE)
@privately
def save_quota(turn: Turn, agency_id: int, year: int, revision: int) -> Goto | NotMine:
    """The typed text holds the number and the letter."""
    policy.require_admin(turn.actor, agency_id)
    if not turn.event.text[:1].isdigit() and turn.library.looks_like_question(turn.event.text):
        return NotMine()
    picking.set_quota(turn, agency_id, year, turn.event.text, revision)
    return Goto(routes.PROPOSALS(0, year, "", 0), texts.QUOTA_SAVED)


@handles(routes.SEASON_OPEN)
@privately
def set_open(turn: Turn, agency_id: int, year: int, opened: int, revision: int) -> Goto:
    """Let the units see it, or no longer."""
    picking.set_open(turn, agency_id, year, bool(opened), revision)
    return Goto(routes.PROPOSALS(0, year, "", 0), texts.OPENED if opened else texts.CLOSED)


@handles(routes.PICKS_TELL_ASK)
@privately
def tell_ask(turn: Turn, agency_id: int, year: int) -> Screen:
    """What the units would be told."""
    policy.require_admin(turn.actor, agency_id)
    year = overview.this_year(turn, year)
    return screens_picks.tell_ask(picking.news(turn.session, agency_id, year, turn.now), agency_id, year)


@handles(routes.PICKS_TELL)
@privately
def tell(turn: Turn, agency_id: int, year: int, stamp: int) -> Goto:
    """Tell them."""
    count = picking.tell(turn, agency_id, year, stamp)
    return Goto(routes.PROPOSALS(0, year, "", 0), texts.told(count))
