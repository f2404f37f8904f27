"""The least effort that gains enough: an exact search over groups of items with one move each.

Problem: each group holds items, each item some moves of (effort, gain), of which at most one is made. Every
group must gain at least its own need, all together at least a common need. Wanted is the least total effort,
and the largest gain among plans of that effort.

Method, in whole numbers throughout:
1. Per group, a table of the largest gain for each effort (dynamic programming over its items). The least
   effort that meets the group's own need is unavoidable; only the surplus beyond it is left to decide.
2. Across groups, the price at which effort buys gain on the tables' upper hulls gives a first plan and, as a
   Lagrangian bound, the least that any plan costs. Points that no plan as good can use are dropped by their
   reduced cost; the few that remain are combined exhaustively, keeping undominated sums.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

Move = tuple[int, int]  # effort (at least 1), gain (at least 1)
Point = tuple[int, int]  # surplus effort, gain of the group


@dataclass(frozen=True, slots=True)
class Found:
    """A plan: for each group and item the place of its move, or None; total effort; total gain."""

    moves: tuple[tuple[int | None, ...], ...]
    effort: int
    gain: int


class Group:
    """One group's table: `best[c]` is the largest gain for an effort of at most c."""

    def __init__(self, items: Sequence[Sequence[Move]], need: int) -> None:
        self.items = items
        ceiling = sum(max((effort for effort, _ in moves), default=0) for moves in items)
        self.rows = [[0] * (ceiling + 1)]
        for moves in items:
            before = self.rows[-1]
            row = before
            for effort, gain in moves:
                shifted = [value + gain for value in before[: len(before) - effort]]
                row = row[:effort] + list(map(max, row[effort:], shifted))
            self.rows.append(row)
        self.best = self.rows[-1]
        self.least = bisect_left(self.best, need) if need > 0 else 0

    @property
    def largest(self) -> int:
        return self.best[-1]

    def points(self) -> list[Point]:
        """Surplus effort and gain wherever more effort gains more, from the unavoidable effort on."""
        found: list[Point] = []
        for effort in range(self.least, len(self.best)):
            if not found or self.best[effort] > found[-1][1]:
                found.append((effort - self.least, self.best[effort]))
        return found

    def moves_at(self, surplus: int) -> tuple[int | None, ...]:
        """The moves behind the table's entry; where several do, the one that leaves later items alone."""
        effort, chosen = self.least + surplus, list[int | None]()
        for row, before, moves in zip(self.rows[:0:-1], self.rows[-2::-1], reversed(self.items), strict=True):
            place = None
            if before[effort] != row[effort]:
                place = next(
                    place
                    for place, (cost, gain) in enumerate(moves)
                    if cost <= effort and before[effort - cost] + gain == row[effort]
                )
                effort -= moves[place][0]
            chosen.append(place)
        return tuple(reversed(chosen))


def search(groups: Sequence[Group], need: int) -> Found:
    """The plan of least effort that meets each group's need and gains `need` in all.

    Both must be reachable: `need` at most the sum of `largest`, and each group's need at most its own.
    """
    tables = [group.points() for group in groups]
    surplus = _surplus(tables, need)
    gains = [group.best[group.least + extra] for group, extra in zip(groups, surplus, strict=True)]
    effort = sum(group.least for group in groups) + sum(surplus)
    moves = tuple(group.moves_at(extra) for group, extra in zip(groups, surplus, strict=True))
    return Found(moves, effort, sum(gains))


def _surplus(tables: Sequence[Sequence[Point]], need: int) -> tuple[int, ...]:
    """The surplus effort of each group: least in all, then most gain."""
    lacking = need - sum(table[0][1] for table in tables)
    if lacking <= 0:
        return (0,) * len(tables)
    cost, gain, enough = _price(tables, lacking)
    # Reduced costs are kept times `gain`, so that the price cost/gain stays whole.
    reduced = [[gain * effort - cost * value for effort, value in table] for table in tables]
    floors = [min(values) for values in reduced]
    slack = gain * enough - (cost * need + sum(floors))
    kept = [
        [point for point, value in zip(table, values, strict=True) if value - floor <= slack]
        for table, values, floor in zip(tables, reduced, floors, strict=True)
    ]
    return _combined(kept, need)


def _price(tables: Sequence[Sequence[Point]], lacking: int) -> tuple[int, int, int]:
    """Effort and gain of the last hull step needed (the price is their quotient), and the effort by then.

    Steps are taken cheapest first; on a hull prices rise, so each table's steps come in order.
    """
    steps = sorted((step for table in tables for step in _hull_steps(table)), key=_cheapness)
    spent = 0
    for effort, gain in steps:
        spent += effort
        lacking -= gain
        if lacking <= 0:
            return effort, gain, spent
    raise ValueError("need is out of reach")


def _cheapness(step: Point) -> tuple[Fraction, Point]:
    return Fraction(*step), step


def _hull_steps(table: Sequence[Point]) -> list[Point]:
    """The sides of the table's upper concave hull, as (effort, gain) differences."""
    hull: list[Point] = []
    for effort, gain in table:
        while len(hull) > 1 and _is_under(hull[-2], hull[-1], (effort, gain)):
            hull.pop()
        hull.append((effort, gain))
    return [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(hull)]


def _is_under(first: Point, middle: Point, last: Point) -> bool:
    """Whether `middle` lies on or under the line from `first` to `last`."""
    rise, run = last[1] - first[1], last[0] - first[0]
    return (middle[1] - first[1]) * run <= rise * (middle[0] - first[0])


def _combined(tables: Sequence[Sequence[Point]], need: int) -> tuple[int, ...]:
    """Exhaustive choice of one point per table: least effort with gain `need`, then most gain, then first."""
    sums: list[tuple[int, int, tuple[int, ...]]] = [(0, 0, ())]
    for table in tables:
        ahead = sorted(
            ((e + effort, -(g + gain), (*chosen, effort)) for e, g, chosen in sums for effort, gain in table)
        )
        sums = []
        for effort, minus, chosen in ahead:
            if not sums or -minus > sums[-1][1]:
                sums.append((effort, -minus, chosen))
    return next(chosen for _, gain, chosen in sums if gain >= need)
