"""Rounds: their day, signing, giving back, opening the next, and the news to the unit."""

from flows import policy, routes
from flows.assess import refusals, rounds, scores, screens_more, service, signing, team
from flows.assess.texts import rounds as texts
from flows.errors import BadInput
from flows.findings import service as findings
from flows.models import Person, TpiRound
from flows.registration.private import privately
from flows.review import looking
from flows.routes import handles
from flows.screen import Gone, Goto, NotMine, Screen
from flows.turn import Turn
from knowledge.dates import Problem, parse_date


@handles(routes.ROUND_CUTOFF)
@privately
def cutoff(turn: Turn, assessment_id: int) -> Screen:
    """Prompt for the last day that counts."""
    where = rounds.desk_of(turn, assessment_id)
    now = service.desk(turn, where)
    if now.row is None:
        raise refusals.no_round(where.id)
    if now.locked:
        raise refusals.frozen(now.locked, routes.ASSESS_UNIT(where.id))
    if not rounds.leads(turn, where):
        raise refusals.not_yours_to_sign(where.id, "ketua TPI")
    return screens_more.cutoff(now, now.row)


@handles(routes.ROUND_CUTOFF_SAVE)
@privately
def cutoff_save(turn: Turn, round_id: int, revision: int) -> Goto | NotMine:
    """The typed text is the day."""
    row, where = rounds.find(turn, round_id)
    read = parse_date(turn.event.text, turn.today)
    if read is None:
        return NotMine()
    if isinstance(read, Problem):
        raise BadInput(read.sentence or texts.NOT_A_DAY, next=routes.ROUND_CUTOFF(row.assessment_id))
    rounds.set_cutoff(turn, round_id, read.day, revision)
    return Goto(routes.ASSESS_UNIT(where.id), texts.CUTOFF_SET)


@handles(routes.ROUND_SIGN_ASK)
@privately
def sign_ask(turn: Turn, round_id: int) -> Screen:
    """What would be signed."""
    row, where = rounds.find(turn, round_id)
    looking.enter(turn, where.unit)
    now = service.desk(turn, where)
    found = scores.compare(turn, where)
    own = team.mine(turn, where.id)
    control = own is not None and own.row.tier == team.CONTROL
    me = turn.actor.person_id
    back = (
        row.led_at is not None
        and row.closed_at is None
        and (control or (row.led_by == me and own is not None))
    )
    signers = [turn.session.get(Person, each) for each in (row.led_by, row.closed_by) if each is not None]
    return screens_more.sign(
        now,
        row,
        found,
        found.theirs.ready(found.own.target) if found is not None else None,
        0 if row.closed_at is not None else len(service.unvalued(turn.session, where)),
        signing.turn_of(row),
        signing.may_sign(turn, row),
        back,
        signers,
    )


@handles(routes.ROUND_SIGN)
@privately
def sign(turn: Turn, round_id: int, revision: int) -> Goto:
    """Sign as whose turn it is."""
    row = signing.sign(turn, round_id, revision)
    said = texts.CLOSED if row.closed_at is not None else texts.SIGNED_LEAD
    return Goto(routes.ASSESS_UNIT(row.assessment_id), said)


@handles(routes.ROUND_BACK)
@privately
def give_back(turn: Turn, round_id: int, revision: int) -> Goto:
    """The ketua's signature is taken off again."""
    where = signing.give_back(turn, round_id, revision)
    return Goto(routes.ASSESS_UNIT(where.id), texts.GIVEN_BACK)


@handles(routes.ROUND_OPEN)
@privately
def open_next(turn: Turn, assessment_id: int, no: int) -> Goto:
    """Open the next round."""
    rounds.open_next(turn, assessment_id, no)
    return Goto(routes.ASSESS_UNIT(assessment_id), texts.OPENED)


@handles(routes.ROUND_TOLD)
@privately
def told(turn: Turn, round_id: int) -> Screen | Gone:
    """A signed round, at who leads the unit."""
    row = turn.session.get(TpiRound, round_id)
    if row is None or row.closed_at is None:
        return Gone()
    where = looking.where_of(turn, row.assessment_id)
    policy.require(turn.actor, "view", where.unit)
    found, _, open_now = findings.listed(turn, where, 0)
    days = [each.due_on for each in found if each.row.state == "open" and each.due_on is not None]
    last = row.no >= rounds.LAST
    return screens_more.told(where, row, open_now, min(days, default=None), last)
