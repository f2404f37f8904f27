"""The live formulas of the answer sheet, each with the value that it must show. Pure.

The values come from `knowledge`, not from the formulas: a spreadsheet that computes anew proves both. What
is blank counts 0, as in the verdict. Sums run unrounded in hidden columns; what is shown is rounded to ten
places once, so that binary fractions do not tip a shown digit or a gate.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from flows.workbook.layout import (
    LEVER,
    RESULTS,
    TOTAL,
    TOTAL_LEVER,
    TOTAL_RESULTS,
    WEIGHT,
    Columns,
    Row,
)
from knowledge.answers import Answer, Blank, Item, judge
from knowledge.instrument import INDEX_SCALE, Formula, Indicator, ResultItem
from knowledge.scoring import Score

BLANK = "Blm Diisi"
NOT_SCORED = "Tidak dinilai"
PLACES = 10
Value = float | str


@dataclass(frozen=True, slots=True)
class Live:
    """A formula with its computed value."""

    formula: str
    value: Value


def exact(value: Fraction) -> float:
    """A figure as a spreadsheet holds it."""
    return round(float(value), 12)


def answer_of(row: Row, columns: Columns, answer: Answer | None) -> Live | None:
    """The formula in the answer cell of a ratio; None for items whose answer is typed there."""
    item = row.item
    if row.kind != "item" or not isinstance(item, Indicator) or item.formula is None:
        return None
    return Live(_ratio(item, item.formula, row.counts, columns.answer), _ratio_value(item, answer))


def _ratio_value(item: Item, answer: Answer | None) -> Value:
    value = judge(item, answer).value
    if isinstance(value, Blank):
        return NOT_SCORED if value is Blank.NOT_SCORED else ""
    return exact(value)


def _ratio(item: Indicator, formula: Formula, counts: Mapping[str, int], column: str) -> str:
    at = {key: f"{column}{row}" for key, row in counts.items()}
    needed = ",".join(f'{at[each.key]}=""' for each in item.inputs if each.in_formula)
    if formula.kind == "penurunan":
        before, now = at[formula.previous], at[formula.current]
        from_zero = f"IF({now}=0,{formula.both_zero},{formula.from_zero})"
        body = f"IF({before}=0,{from_zero},MAX(0,({before}-{now})/{before}))"
    else:
        above = "+".join(at[key] for key in formula.numerator)
        below = "+".join(at[key] for key in formula.denominator)
        body = f'IF({below}=0,"{NOT_SCORED}",MAX(0,MIN(1,({above})/({below}))))'
    return f'=IF(OR({needed}),"",{body})'


def points_of(row: Row, columns: Columns, answer: Answer | None, score: Score) -> Live | None:
    """The formula in the points cell of a row; None for rows of counts."""
    if row.kind == "count":
        return None
    if row.kind == "item" and row.item is not None:
        return _item_points(row, row.item, columns, answer)
    return Live(f"=ROUND({columns.raw}{row.number},{PLACES})", exact(points(row, score)))


def raw_of(row: Row, columns: Columns, score: Score) -> Live | None:
    """The unrounded sum behind the points of a row above the items; None for items and counts."""
    if row.kind in {"item", "count"}:
        return None
    value = exact(points(row, score))
    if row.sub is not None:
        inside = f"SUM({columns.value}{row.number + 1}:{columns.value}{row.until})"
        return Live(f"={inside}/{len(row.sub.indicators)}*{WEIGHT}{row.number}", value)
    column = columns.value if row.group is not None else columns.raw
    return Live(f"=SUM({','.join(f'{column}{part}' for part in row.parts)})", value)


def _item_points(row: Row, item: Item, columns: Columns, answer: Answer | None) -> Live:
    """An indicator's value from 0 to 1; a result item's points."""
    cell = f"{columns.answer}{row.number}"
    worth = judge(item, answer).value
    factor = Fraction(item.weight) if isinstance(item, ResultItem) else Fraction(1)
    value: Value = BLANK if isinstance(worth, Blank) else exact(worth * factor)
    times = f"*{WEIGHT}{row.number}" if isinstance(item, ResultItem) else ""
    if item.scale == INDEX_SCALE:
        good = f"IF(ISNUMBER({cell}),IF({cell}<0,FALSE,{cell}<=4),FALSE)"
        return Live(f'=IF({good},{cell}/4{times},"{BLANK}")', value)
    if not item.options:
        if worth is Blank.NOT_SCORED:
            value = NOT_SCORED
        text = f'IF({cell}="{NOT_SCORED}",{cell},"{BLANK}")'
        return Live(f"=IF(ISNUMBER({cell}),{cell}{times},{text})", value)
    body = f'"{BLANK}"'
    for option in reversed(item.options):
        body = f'IF({cell}="{option.key}",{option.value}{times},{body})'
    return Live(f"={body}", value)


def share_of(row: Row, columns: Columns, answer: Answer | None, score: Score) -> Live | None:
    """Points as part of the weight, on rows that have a weight."""
    weight = weight_of(row, score)
    if weight is None:
        return None
    cell = f"{columns.value if row.kind == 'item' else columns.raw}{row.number}"
    value = points(row, score) if row.kind != "item" else _result_points(row, answer)
    formula = f"=IF(ISNUMBER({cell}),ROUND({cell}/{WEIGHT}{row.number},{PLACES}),0)"
    return Live(formula, exact(value / weight))


def _result_points(row: Row, answer: Answer | None) -> Fraction:
    worth = judge(row.item, answer).value if row.item is not None else Blank.UNANSWERED
    if isinstance(worth, Blank) or not isinstance(row.item, ResultItem):
        return Fraction(0)
    return worth * Fraction(row.item.weight)


def weight_of(row: Row, score: Score) -> Fraction | None:
    """The weight that stands in a row; None on indicators and counts."""
    instrument = score.instrument
    if isinstance(row.item, ResultItem):
        return Fraction(row.item.weight)
    if row.item is not None:
        return None
    if row.sub is not None:
        return Fraction(row.sub.weight)
    if row.group is not None:
        return Fraction(row.group.weight)
    if row.area is not None:
        return Fraction(next(a.weight for a in row.area.aspects if a.id == row.node))
    results = sum((Fraction(group.weight) for group in instrument.result_groups), Fraction(0))
    by_kind = {
        f"A.{kind}": sum((Fraction(a.weight) for each in instrument.areas for a in each.aspects
                          if a.kind == kind), Fraction(0))
        for kind in "PR"
    }  # fmt: skip
    lever = sum(by_kind.values(), Fraction(0))
    known = {LEVER: lever, TOTAL_LEVER: lever, RESULTS: results, TOTAL_RESULTS: results}
    return {**known, **by_kind, TOTAL: lever + results}[row.node]


def points(row: Row, score: Score) -> Fraction:
    """The points of a row above the items, as `knowledge` counts them."""
    if row.sub is not None:
        return score.sub_components[row.sub.id]
    if row.group is not None:
        return score.hasil[row.group.id]
    if row.area is not None:
        both = score.areas[row.area.id]
        return both.pemenuhan if row.node.endswith(".P") else both.reform
    areas = score.areas.values()
    return {
        "A.P": sum((each.pemenuhan for each in areas), Fraction(0)),
        "A.R": sum((each.reform for each in areas), Fraction(0)),
        LEVER: score.pengungkit,
        TOTAL_LEVER: score.pengungkit,
        RESULTS: score.hasil_total,
        TOTAL_RESULTS: score.hasil_total,
        TOTAL: score.total,
    }[row.node]
