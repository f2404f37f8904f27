"""The unit's score beside the assessors', by area and by item. Reads only; figures are exact."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sqlmodel import Session

from flows.assess import rounds, signed
from flows.checklist.service import Current
from flows.models import TpiRound
from flows.readiness import service as readiness
from flows.readiness.service import Standing
from flows.turn import Turn
from knowledge.answers import Answer, Item, value_of
from knowledge.errors import AnswerError
from knowledge.instrument import Area


@dataclass(frozen=True, slots=True)
class Difference:
    """One item with both answers; `points` is what the assessors' brings more (less: below 0)."""

    item: Item
    own: Answer | None
    theirs: Answer | None
    points: Fraction
    reason: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both scores. `row` is the round that the assessors' values were signed in; None while in progress."""

    where: Current
    own: Standing
    theirs: Standing
    row: TpiRound | None
    notes: Mapping[str, str]

    def areas(self) -> list[tuple[Area, Fraction, Fraction]]:
        """Every area with the unit's and the assessors' points, the largest difference first."""
        made = [
            (area, self.own.score.areas[area.id].total, self.theirs.score.areas[area.id].total)
            for area in self.where.instrument.areas
        ]
        return sorted(made, key=lambda each: (-abs(each[1] - each[2]), each[0].no))

    def differences(self) -> list[Difference]:
        """Items whose answers differ, the most points first."""
        mine, their = _all(self.own), _all(self.theirs)
        items: list[Item] = [*self.where.instrument.area_order, *self.where.instrument.results]
        made = [
            Difference(
                item,
                mine.get(item.id),
                their.get(item.id),
                points_of(item, their.get(item.id)) - points_of(item, mine.get(item.id)),
                self.notes.get(item.id, ""),
            )
            for item in items
            if mine.get(item.id) != their.get(item.id)
        ]
        return sorted(made, key=lambda each: -abs(each.points))


def _all(standing: Standing) -> dict[str, Answer]:
    return {**standing.given.answers, **standing.given.hasil}


def points_of(item: Item, answer: Answer | None) -> Fraction:
    """What an answer brings; 0 for none and for one that does not fit."""
    try:
        value = value_of(item, answer)
    except AnswerError:
        value = None
    return item.max_points * (value or Fraction(0))


def live(session: Session, where: Current) -> Standing | None:
    """The assessors' values as they stand now; None while they have written nothing."""
    theirs = rounds.theirs_of(session, where)
    return readiness.standing_of(session, theirs) if theirs is not None else None


def of_round(row: TpiRound, where: Current) -> Standing:
    """What was signed: the surveys of that moment are among its values."""
    return readiness.made_of(where, signed.values_of(row).answers, ())


def signed_standing(session: Session, where: Current) -> tuple[TpiRound, Standing] | None:
    """The score of the last signed round; None before the first."""
    row = signed.last_signed(session, where.id)
    return (row, of_round(row, where)) if row is not None else None


def total_of(standing: Standing | None) -> Decimal:
    """The total, exact to the digits that a decimal holds."""
    if standing is None:
        return Decimal(0)
    total = standing.score.total
    return Decimal(total.numerator) / Decimal(total.denominator)


def compare(turn: Turn, where: Current) -> Comparison | None:
    """Both scores as the actor may see them; None while there is nothing for them to see."""
    own = readiness.standing_of(turn.session, where)
    row = signed.last_signed(turn.session, where.id)
    latest = rounds.present(turn.session, where.id)
    running = row is None or (latest is not None and latest.no > row.no)
    if running and signed.sees_progress(turn.session, turn.actor, where.unit, where.id):
        theirs = rounds.theirs_of(turn.session, where)
        now = live(turn.session, where)
        if theirs is not None and now is not None:
            return Comparison(where, own, now, None, rounds.reasons(turn.session, theirs))
    if row is None:
        return None
    return Comparison(where, own, of_round(row, where), row, signed.values_of(row).notes)
