"""Signing a round: ketua TPI first, then pengendali teknis, who closes it. What was signed never changes."""

from decimal import ROUND_HALF_UP, Decimal

from flows import routes
from flows.assess import refusals, rounds, scores, signed, team
from flows.assess import service as desk
from flows.checklist.service import Current
from flows.findings import publishing
from flows.models import Person, TpiRound
from flows.registration import people
from flows.turn import Turn


def turn_of(row: TpiRound) -> str:
    """The tier whose signature is next; "" for a closed round."""
    if row.closed_at is not None:
        return ""
    return team.LEAD if row.led_at is None else team.CONTROL


def may_sign(turn: Turn, row: TpiRound) -> bool:
    """Whether the actor's signature is the next one."""
    own = team.mine(turn, row.assessment_id)
    return own is not None and own.row.tier == turn_of(row)


def sign(turn: Turn, round_id: int, seen: int) -> TpiRound:
    """Sign as ketua or, once that is done, as pengendali teknis: then the round is closed and the unit told.

    Raises BadInput while answers of the unit have no value, NotAllowed when it is another's turn, Outdated.
    """
    row, where = rounds.find(turn, round_id, lock=True)
    back = routes.ROUND_SIGN_ASK(round_id)
    if row.closed_at is not None:
        raise refusals.frozen(rounds.locked_because(row), routes.ASSESS_UNIT(where.id))
    if not may_sign(turn, row):
        who = "ketua TPI" if turn_of(row) == team.LEAD else "pengendali teknis"
        raise refusals.not_yours_to_sign(where.id, who)
    if row.revision != seen:
        raise refusals.outdated(back)
    missing = desk.unvalued(turn.session, where)
    if missing:
        raise refusals.unvalued(where.id, len(missing))
    if turn_of(row) == team.LEAD:
        row.led_by, row.led_at = turn.actor.person_id, turn.now
        rounds.save(turn, row, where, "sign")
        control = [e.person for e in team.of_assessment(turn.session, where.id) if e.row.tier == team.CONTROL]
        rounds.tell(turn, row, control, routes.ROUND_SIGN_ASK(row.id or 0), f"ketua:{row.revision}")
        return row
    _close(turn, row, where)
    return row


def _close(turn: Turn, row: TpiRound, where: Current) -> None:
    live = scores.live(turn.session, where)
    theirs = rounds.theirs_of(turn.session, where)
    answers = {**live.given.answers, **live.given.hasil} if live is not None else {}
    notes = rounds.reasons(turn.session, theirs) if theirs is not None else {}
    row.values = signed.packed(answers, notes)
    row.closed_by, row.closed_at = turn.actor.person_id, turn.now
    row.total = _shown(scores.total_of(live))
    rounds.save(turn, row, where, "close", total=row.total)
    publishing.publish(turn, row, where)
    rounds.tell(turn, row, _told(turn, where), routes.ROUND_TOLD(row.id or 0), "sah")


def _shown(total: Decimal) -> str:
    return str(total.quantize(Decimal("0.01"), ROUND_HALF_UP))


def _told(turn: Turn, where: Current) -> list[Person]:
    """Who leads the unit."""
    unit_id = where.unit.id
    found = [
        *people.holders(turn.session, "koordinator", turn.now, unit_id=unit_id),
        *people.holders(turn.session, "pimpinan", turn.now, unit_id=unit_id),
    ]
    return list({person.id: person for person in found}.values())


def give_back(turn: Turn, round_id: int, seen: int) -> Current:
    """The ketua's signature is taken off again, by them or by pengendali teknis, so that values can change.

    Raises NotAllowed for others, Outdated.
    """
    row, where = rounds.find(turn, round_id, lock=True)
    home = routes.ASSESS_UNIT(where.id)
    if row.closed_at is not None:
        raise refusals.frozen(rounds.locked_because(row), home)
    own = team.mine(turn, where.id)
    if own is None or (own.row.tier != team.CONTROL and row.led_by != turn.actor.person_id):
        raise refusals.not_yours_to_sign(where.id, "pengendali teknis")
    if row.revision != seen or row.led_at is None:
        raise refusals.outdated(home)
    signer = turn.session.get(Person, row.led_by) if row.led_by is not None else None
    row.led_by, row.led_at = None, None
    rounds.save(turn, row, where, "give_back")
    if signer is not None:
        rounds.tell(turn, row, [signer], routes.ROUND_SIGN_ASK(row.id or 0), f"kembali:{row.revision}")
    return where
