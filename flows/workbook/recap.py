"""Writes a recapitulation: six areas, pengungkit, hasil, total, and each gate of WBK and WBBM, all live."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flows.workbook import cells, formulas, layout
from flows.workbook.content import Content, Side
from flows.workbook.formulas import Live, exact
from flows.workbook.layout import Columns, Layout
from flows.workbook.styles import BLUE, CENTER, DARK, NUMBER, PALE, PERCENT, Styles
from flows.workbook.texts import sheet as words
from flows.workbook.writing import live, text
from knowledge.instrument import TARGETS, Gate, Instrument, ResultItem, Target
from knowledge.scoring import Score

HEAD = 5
WIDTHS = (70, 10, 13, 10, 10, 10, 15, 19, 16, 19)
STATUS = {"WBK": ("G", "H"), "WBBM": ("I", "J")}


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `cells` are the rows of the answer sheet: pemenuhan and reform, or the value alone."""

    node: str
    name: str
    weight: Fraction
    cells: tuple[int, ...]
    strong: bool = False


def lines_of(rows: Layout) -> Iterator[Line]:
    """The lines in their order."""
    instrument, by_node = rows.instrument, rows.by_node
    for area in instrument.areas:
        both = tuple(by_node[aspect.id].number for aspect in area.aspects)
        yield Line(area.id, f"{area.no}. {area.name}", Fraction(area.weight), both)
    yield Line(
        "pengungkit", "Total pengungkit", _lever(instrument), (by_node[layout.TOTAL_LEVER].number,), True
    )
    for group in instrument.result_groups:
        yield Line(group.id, group.name, Fraction(group.weight), (by_node[group.id].number,))
        for item in group.items:
            yield Line(item.id, f"   {item.name}", Fraction(item.weight), (by_node[item.id].number,))
    results = sum((Fraction(group.weight) for group in instrument.result_groups), Fraction(0))
    yield Line("hasil", "Total hasil", results, (by_node[layout.TOTAL_RESULTS].number,), True)
    yield Line("total", "Nilai akhir", _lever(instrument) + results, (by_node[layout.TOTAL].number,), True)


def _lever(instrument: Instrument) -> Fraction:
    return sum((Fraction(area.weight) for area in instrument.areas), Fraction(0))


def write(
    sheet: Any, styles: Styles, content: Content, rows: Layout, side: Side, columns: Columns, name: str
) -> None:
    """One recapitulation of one side."""
    score = side.score(content.instrument)
    for column, width in zip("ABCDEFGHIJ", WIDTHS, strict=True):
        sheet.set_column(f"{column}:{column}", width)
    plain = styles.of(border=0, text_wrap=False)
    bold = {"border": 0, "bold": True, "font_size": 14, "text_wrap": False}
    text(sheet, "A1", words.recap_title(name, content), styles.of(**bold), styles, **bold)
    sheet.write_string("A2", f"{words.NOT_OFFICIAL}. {content.instrument.thresholds_note}", plain)
    if columns is layout.TPI and content.tpi_id is None:
        sheet.write_string("A3", words.TPI_EMPTY, styles.of(border=0, italic=True, text_wrap=False))
    for column, head in zip("ABCDEFGHIJ", words.RECAP_HEADS, strict=True):
        sheet.write_string(f"{column}{HEAD}", head, styles.head(DARK))
    number = HEAD
    for number, line in enumerate(lines_of(rows), HEAD + 1):
        _line(sheet, styles, number, line, columns, score)
    _summary(sheet, styles, number, columns, rows, score)
    sheet.freeze_panes(HEAD, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.set_footer(words.footer(content, content.at))
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _line(sheet: Any, styles: Styles, at: int, line: Line, columns: Columns, score: Score) -> None:
    ground = {"bg_color": BLUE if line.node == "total" else PALE, "bold": True} if line.strong else {}
    figure = styles.of(**ground, **CENTER, num_format=NUMBER)
    sheet.write_string(f"A{at}", line.name, styles.of(**ground))
    sheet.write_number(f"B{at}", float(line.weight), figure)
    sheet.set_row(at - 1, cells.height([(line.name, WIDTHS[0])], 17.0))
    places = formulas.PLACES
    refs = [f"'{layout.SHEET}'!{columns.raw}{row}" for row in line.cells]
    if len(refs) == 2:
        both = score.areas[line.node]
        for column, ref, part in zip("CD", refs, (both.pemenuhan, both.reform), strict=True):
            live(sheet, f"{column}{at}", Live(f"=ROUND({ref},{places})", exact(part)), figure)
    else:
        for column in "CD":
            sheet.write_blank(f"{column}{at}", None, figure)
    value = score.hasil_total if line.node == "hasil" else score.points(line.node)
    whole = "+".join(refs)
    if isinstance(score.instrument.by_id.get(line.node), ResultItem):
        # A result item that is blank shows a word in the answer sheet; here it counts as 0.
        cell = f"'{layout.SHEET}'!{columns.value}{line.cells[0]}"
        whole = f"IF(ISNUMBER({cell}),{cell},0)"
    live(sheet, f"E{at}", Live(f"=ROUND({whole},{places})", exact(value)), figure)
    percent = styles.of(**ground, **CENTER, num_format=PERCENT)
    share = Live(f"=ROUND(({whole})/B{at},{places})", exact(value / line.weight))
    live(sheet, f"F{at}", share, percent)
    for target in TARGETS:
        _gate(sheet, styles, at, line, target, score, ground)


def _gate(
    sheet: Any, styles: Styles, at: int, line: Line, target: Target, score: Score, ground: dict[str, Any]
) -> None:
    least, status = STATUS[target]
    look = styles.of(**ground, **CENTER, num_format=NUMBER)
    gate = gate_of(score.instrument, target, line.node)
    if gate is None:
        sheet.write_blank(f"{least}{at}", None, look)
        sheet.write_blank(f"{status}{at}", None, look)
        return
    sheet.write_number(f"{least}{at}", float(gate.need), look)
    met = next(each.met for each in score.gates(target) if each.gate.id == gate.id)
    formula = f'=IF(E{at}>={least}{at}-{gate.tolerance:f},"{words.MET}","{words.MISSED}")'
    live(sheet, f"{status}{at}", Live(formula, words.MET if met else words.MISSED), look)


def gate_of(instrument: Instrument, target: Target, node: str) -> Gate | None:
    """The gate that measures this node; None when there is none."""
    return next((gate for gate in instrument.gates[target] if gate.node == node), None)


def _summary(sheet: Any, styles: Styles, last: int, columns: Columns, rows: Layout, score: Score) -> None:
    """How many gates are met, and how much is answered."""
    look = styles.of(border=0, bold=True, text_wrap=False)
    for place, target in enumerate(TARGETS, last + 2):
        status = STATUS[target][1]
        gates = score.gates(target)
        met = sum(gate.met for gate in gates)
        counted = f'COUNTIF({status}{HEAD + 1}:{status}{last},"{words.MET}")'
        tail = words.met_of(target, met, len(gates)).removeprefix(f"{met}")
        made = Live(f'={counted}&"{tail}"', words.met_of(target, met, len(gates)))
        live(sheet, f"A{place}", made, look)
    number = last + 2 + len(TARGETS)
    first = rows.by_node[layout.LEVER].number
    until = rows.by_node[layout.TOTAL_LEVER].number
    column = f"'{layout.SHEET}'!{columns.value}{first}:{columns.value}{until}"
    of = len(score.instrument.area_order)
    blank = f'COUNTIF({column},"{formulas.BLANK}")-COUNTIF({column},"{formulas.NOT_SCORED}")'
    tail = f" dari {of} indikator pengungkit bernilai"
    live(sheet, f"A{number}", Live(f'={of}-{blank}&"{tail}"', f"{score.answered}{tail}"), look)
