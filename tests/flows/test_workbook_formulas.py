"""The workbook computes by itself: an independent evaluator agrees with us to the last shown digit."""

import random
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from flows.workbook import book, formulas, layout, recap
from flows.workbook.content import Content, Side
from flows.workbook.layout import TPI, UNIT, Columns
from knowledge.answers import Answer, Choice, Index, Item, Ratio
from knowledge.instrument import TARGETS, Indicator, Instrument
from knowledge.library import Library
from knowledge.scoring import best_answer, rounded
from tests.support.spreadsheet import Cell, Evaluator, cached, formulas_in, plant

WRONG = 4711.25
SHEET = layout.SHEET.upper()


def content(
    instrument: Instrument, answers: dict[str, Answer], theirs: dict[str, Answer] | None = None
) -> Content:
    """A unit's LKE without a database."""
    at = datetime(2027, 1, 18, 2, tzinfo=UTC)
    return Content(
        unit_id=1,
        unit_name="Kantor Layanan Contoh",
        zone="WIB",
        year=2027,
        target="WBK",
        assessment_id=1,
        assessment_made=at,
        tpi_id=None if theirs is None else 2,
        instrument=instrument,
        at=at,
        unit=Side(answers),
        tpi=Side(theirs or {}),
        fed={},
        proofs=(),
        review={},
    )


def every(instrument: Instrument) -> list[Item]:
    return [*instrument.area_order, *instrument.results]


def chance(instrument: Instrument, seed: int) -> dict[str, Answer]:
    """Answers as they come: from nearly none to all, ratios of every size, incomplete counts, odd indexes."""
    random_ = random.Random(seed)
    share = random_.choice([0.05, 0.5, 0.9, 1.0])
    given: dict[str, Answer] = {}
    for item in every(instrument):
        if random_.random() > share:
            continue
        given[item.id] = _one(item, random_)
    return given


def _one(item: Item, random_: random.Random) -> Answer:
    if item.options:
        return Choice(random_.choice(item.options).key)
    if isinstance(item, Indicator):
        counts = {
            each.key: random_.choice([0, 1, 2, 3, 7, 13, 97, 999_983, 1_000_000]) for each in item.inputs
        }
        if random_.random() < 0.1:
            counts.popitem()
        return Ratio(counts)
    return Index(Decimal(random_.randint(0, 40_000)) / 10_000)


def best(instrument: Instrument) -> dict[str, Answer]:
    return {item.id: best_answer(item) for item in every(instrument)}


def worst(instrument: Instrument) -> dict[str, Answer]:
    given: dict[str, Answer] = {}
    for item in every(instrument):
        if item.options:
            given[item.id] = Choice(item.options[-1].key)
        elif isinstance(item, Indicator):
            given[item.id] = Ratio(dict.fromkeys((each.key for each in item.inputs), 0))
        else:
            given[item.id] = Index(Decimal(0))
    return given


def inputs(instrument: Instrument, answers: dict[str, Answer], columns: Columns) -> dict[Cell, Any]:
    """What somebody types into the answer cells for these answers; None where nothing stands."""
    cells: dict[Cell, Any] = {}
    for row in layout.layout_of(instrument).rows:
        if row.item is None or (row.kind == "item" and row.counts):
            continue
        answer = answers.get(row.item.id)
        value: Any = None
        if isinstance(answer, Choice):
            value = answer.key
        elif isinstance(answer, Index):
            value = float(answer.value)
        elif isinstance(answer, Ratio) and row.count is not None:
            value = answer.inputs.get(row.count.key)
        cells[SHEET, f"{columns.answer}{row.number}"] = value
    return cells


def shown(value: Any, places: int = 2) -> Decimal:
    """A figure as a sheet shows it: from fifteen digits, rounded half away from zero."""
    return Decimal(f"{float(value):.15g}").quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def agree(values: dict[Cell, Any], made: Content, side: Side, columns: Columns, name: str) -> None:
    """Every figure of one side, in the answer sheet and its recapitulation, is the engine's own."""
    score, instrument = side.score(made.instrument), made.instrument
    rows = layout.layout_of(instrument)
    for row in rows.rows:
        cell = SHEET, f"{columns.value}{row.number}"
        if row.kind == "count":
            assert cell not in values or values[cell] in (None, "")
        elif row.kind == "item":
            live = formulas.points_of(row, columns, side.answers.get(row.item.id if row.item else ""), score)
            assert live is not None
            if isinstance(live.value, str):
                assert values[cell] == live.value, row.node
            else:
                assert shown(values[cell]) == shown(live.value), row.node
        else:
            exact = formulas.points(row, score)
            assert shown(values[cell]) == rounded(exact), row.node
            weight = formulas.weight_of(row, score)
            assert weight is not None
            share = SHEET, f"{columns.share}{row.number}"
            assert shown(values[share], 4) == rounded(exact / weight, 4), row.node
    for number, line in enumerate(recap.lines_of(rows), recap.HEAD + 1):
        exact = score.hasil_total if line.node == "hasil" else score.points(line.node)
        assert shown(values[name, f"E{number}"]) == rounded(exact), line.node
        assert shown(values[name, f"F{number}"], 4) == rounded(exact / line.weight, 4), line.node
        for target in TARGETS:
            gate = recap.gate_of(instrument, target, line.node)
            if gate is None:
                continue
            met = next(each.met for each in score.gates(target) if each.gate.id == gate.id)
            status = values[name, f"{recap.STATUS[target][1]}{number}"]
            assert status == ("Memenuhi" if met else "Belum memenuhi"), (line.node, target)


def both_agree(values: dict[Cell, Any], made: Content) -> None:
    agree(values, made, made.unit, UNIT, "REKAP UNIT")
    agree(values, made, made.tpi, TPI, "REKAP TPI")


@pytest.fixture(scope="module")
def instrument(library: Library) -> Instrument:
    return library.instrument("lke-2021")


@pytest.fixture(scope="module")
def planted(instrument: Instrument) -> tuple[Content, bytes]:
    made = content(instrument, chance(instrument, 3), chance(instrument, 4))
    return made, plant(book.made(made), str(WRONG))


@pytest.fixture(scope="module")
def evaluator(planted: tuple[Content, bytes]) -> Evaluator:
    """The program reads the workbook with the planted values: it can only be right by computing."""
    return Evaluator(planted[1])


def test_every_formula_carries_its_computed_value(instrument: Instrument) -> None:
    data = b""
    for seed in range(4):
        made = content(instrument, chance(instrument, seed), chance(instrument, seed + 50))
        data = book.made(made)
        both_agree(cached(data), made)
    live, stored = formulas_in(data), cached(data)
    assert len(live) > 600
    assert not [cell for cell in live if str(stored.get(cell, "")).startswith("#")]


@pytest.mark.slow
def test_planted_wrong_values_are_seen_and_corrected_by_computing(
    planted: tuple[Content, bytes], evaluator: Evaluator
) -> None:
    made, data = planted
    live, stored = formulas_in(data), cached(data)
    assert {stored[cell] for cell in live} == {WRONG}
    values = evaluator.values()
    assert WRONG not in {values[cell] for cell in live}
    both_agree(values, made)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 22))
def test_edited_answers_are_scored_by_the_sheet_as_by_us(
    instrument: Instrument, evaluator: Evaluator, seed: int
) -> None:
    ours, theirs = chance(instrument, seed), chance(instrument, seed + 1000)
    made = content(instrument, ours, theirs)
    changed = {**inputs(instrument, ours, UNIT), **inputs(instrument, theirs, TPI)}
    both_agree(evaluator.values(changed), made)


@pytest.mark.slow
def test_the_extremes_nothing_everything_and_the_worst_agree_too(
    instrument: Instrument, evaluator: Evaluator
) -> None:
    for ours, theirs in (
        ({}, best(instrument)),
        (best(instrument), worst(instrument)),
        (worst(instrument), {}),
    ):
        made = content(instrument, ours, theirs)
        changed = {**inputs(instrument, ours, UNIT), **inputs(instrument, theirs, TPI)}
        both_agree(evaluator.values(changed), made)
    full = content(instrument, best(instrument))
    assert rounded(full.unit.score(instrument).total) == Decimal("100.00")


@pytest.mark.slow
def test_what_fits_no_cell_counts_as_blank_and_never_as_an_error(
    instrument: Instrument, evaluator: Evaluator
) -> None:
    rows = layout.layout_of(instrument).by_node
    changed = inputs(instrument, best(instrument), UNIT)
    changed[SHEET, f"K{rows['MP.P.1.b'].number}"] = "Z"
    changed[SHEET, f"K{rows['H.1.a'].number}"] = -3
    values = evaluator.values(changed)
    assert values[SHEET, f"L{rows['MP.P.1.b'].number}"] == formulas.BLANK
    assert values[SHEET, f"L{rows['H.1.a'].number}"] == formulas.BLANK
    left = best(instrument)
    del left["MP.P.1.b"], left["H.1.a"]
    expected = content(instrument, left).unit.score(instrument).total
    assert shown(values[SHEET, f"L{rows['total'].number}"]) == rounded(expected)
