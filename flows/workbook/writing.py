"""Writes the answer sheet: rows, formulas with their values, lists of what a cell takes, links."""

from typing import Any

from flows.workbook import cells, formulas, layout
from flows.workbook.content import Content, Proof, Side
from flows.workbook.formulas import Live
from flows.workbook.layout import TPI, UNIT, Columns, Layout, Row
from flows.workbook.styles import CENTER, LEVELS, NUMBER, PERCENT, Styles
from flows.workbook.texts import sheet as words
from knowledge.answers import Choice, Index, Ratio
from knowledge.instrument import INDEX_SCALE
from knowledge.scoring import Score

MARKS = "BCDEF"
LARGEST_COUNT = 1_000_000
MAX_LINK = 2000
A3, LANDSCAPE_ZOOM = 8, 70
PROTECTION = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "autofilter": True,
    "sort": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}


def text(sheet: Any, cell: str, value: str, look: Any, styles: Styles, **more: Any) -> None:
    """Outside text as text: never a formula, a link or a number; marked so where it looks like a formula."""
    shown = cells.cell(value)
    if not shown:
        sheet.write_blank(cell, None, look)
        return
    if cells.is_risky(shown):
        look = styles.of(**{**more, "quote_prefix": True})
    sheet.write_string(cell, shown, look)


def live(sheet: Any, cell: str, what: Live | None, look: Any) -> None:
    """A formula with its value; an empty cell without one."""
    if what is None:
        sheet.write_blank(cell, None, look)
    else:
        sheet.write_formula(cell, what.formula, look, what.value)


class AnswerSheet:
    """The sheet "LKE ZI" of one workbook in the making."""

    def __init__(
        self, sheet: Any, styles: Styles, content: Content, rows: Layout, where: dict[str, int]
    ) -> None:
        self._sheet, self._styles, self._content, self._layout = sheet, styles, content, rows
        self._where = where  # the first row of an item in the list of evidence
        self._proofs: dict[str, list[Proof]] = {}
        for proof in content.proofs:
            for item_id in proof.item_ids:
                self._proofs.setdefault(item_id, []).append(proof)
        self._sides: tuple[tuple[Columns, Side, Score], ...] = tuple(
            (columns, side, side.score(content.instrument))
            for columns, side in ((UNIT, content.unit), (TPI, content.tpi))
        )

    def write(self) -> None:
        """Everything, from headings to print set-up."""
        self._heads()
        for row in self._layout.rows:
            self._outline(row)
            for columns, side, score in self._sides:
                self._answer(row, columns, side)
                self._figures(row, columns, side, score)
                self._note(row, columns, side)
            self._evidence(row)
            self._height(row)
        self._finish()

    def _heads(self) -> None:
        sheet, styles = self._sheet, self._styles
        for column, width in words.WIDTHS.items():
            sheet.set_column(f"{column}:{column}", width, None, {"hidden": column in layout.HIDDEN})
        look = styles.of(bold=True, border=0, text_wrap=False)
        text(sheet, f"B{layout.TITLE_ROW}", words.title(self._content), look, styles, border=0, bold=True)
        for column, name in words.HEADS.items():
            color = "#274E13" if column in "KLMNOP" else "#1F3864" if column in "QRST" else "#000000"
            at = f"{column}{layout.HEAD_ROW}"
            if column == layout.MARK:
                sheet.merge_range(f"B{layout.HEAD_ROW}:G{layout.HEAD_ROW}", name, styles.head(color))
            else:
                sheet.write_string(at, name, styles.head(color))
        sheet.set_row(layout.HEAD_ROW - 1, 36)

    def _outline(self, row: Row) -> None:
        sheet, number = self._sheet, row.number
        look = self._styles.of(**LEVELS[row.kind])
        sheet.write_string(f"{layout.ID}{number}", row.node, look)
        depth = layout.DEPTH.get(row.kind, 0)
        for place, column in enumerate(MARKS):
            sheet.write_string(f"{column}{number}", row.mark if place == depth else "", look)
        if row.kind == "total":
            sheet.merge_range(f"B{number}:G{number}", row.text, look)
        elif depth < 4:
            sheet.merge_range(f"{MARKS[depth + 1]}{number}:G{number}", row.text, look)
        else:
            sheet.write_string(f"G{number}", row.text, look)
        weight = formulas.weight_of(row, self._sides[0][2])
        centred = self._styles.of(**LEVELS[row.kind], **CENTER, num_format=NUMBER)
        if weight is None:
            sheet.write_blank(f"H{number}", None, centred)
        else:
            sheet.write_number(f"H{number}", float(weight), centred)
        item = row.item if row.kind == "item" else None
        fed = self._content.fed.get(item.id, "") if item is not None else ""
        sheet.write_string(f"I{number}", words.criteria(item, fed) if item is not None else "", look)
        kind = layout.COUNT_KIND if row.kind == "count" else layout.KINDS[item.scale] if item else ""
        sheet.write_string(f"J{number}", kind, self._styles.of(**LEVELS[row.kind], **CENTER))

    def _answer(self, row: Row, columns: Columns, side: Side) -> None:
        sheet, at = self._sheet, f"{columns.answer}{row.number}"
        answer = side.answers.get(row.item.id) if row.item is not None else None
        if row.kind not in {"item", "count"} or row.item is None:
            sheet.write_blank(at, None, self._styles.of(**LEVELS[row.kind]))
            return
        if row.kind == "item" and row.item.id in side.carried:
            sheet.write_comment(at, words.CARRIED_CELL)
        made = formulas.answer_of(row, columns, answer)
        if made is not None:
            live(sheet, at, made, self._styles.of(**CENTER, num_format=PERCENT))
            return
        fed = columns is UNIT and row.item.id in self._content.fed
        look = self._styles.of(**CENTER) if fed else self._styles.input(**CENTER)
        self._allow(row, at)
        if isinstance(answer, Choice):
            sheet.write_string(at, answer.key, look)
        elif isinstance(answer, Index):
            sheet.write_number(at, float(answer.value), look)
        elif isinstance(answer, Ratio) and row.count is not None and row.count.key in answer.inputs:
            sheet.write_number(at, answer.inputs[row.count.key], look)
        else:
            sheet.write_blank(at, None, look)

    def _allow(self, row: Row, at: str) -> None:
        """What the cell takes, said when something else is typed."""
        assert row.item is not None
        rule: dict[str, Any] = {"ignore_blank": True}
        if row.count is not None:
            rule |= {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": LARGEST_COUNT}
            error = words.COUNT_ERROR
        elif row.item.scale == INDEX_SCALE:
            rule |= {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 4}
            error = words.INDEX_ERROR
        else:
            rule |= {"validate": "list", "source": [option.key for option in row.item.options]}
            error = words.LIST_ERROR
        rule |= {"error_title": error[0], "error_message": error[1]}
        self._sheet.data_validation(at, rule)

    def _figures(self, row: Row, columns: Columns, side: Side, score: Score) -> None:
        answer = side.answers.get(row.item.id) if row.item is not None else None
        level = LEVELS[row.kind]
        number = self._styles.of(**level, **CENTER, num_format=NUMBER)
        share = self._styles.of(**level, **CENTER, num_format=PERCENT)
        at = f"{columns.value}{row.number}"
        live(self._sheet, at, formulas.points_of(row, columns, answer, score), number)
        made = formulas.share_of(row, columns, answer, score)
        live(self._sheet, f"{columns.share}{row.number}", made, share)
        if (raw := formulas.raw_of(row, columns, score)) is not None:
            live(self._sheet, f"{columns.raw}{row.number}", raw, number)

    def _note(self, row: Row, columns: Columns, side: Side) -> None:
        at = f"{columns.note}{row.number}"
        if row.kind != "item" or row.item is None:
            self._sheet.write_blank(at, None, self._styles.of(**LEVELS[row.kind]))
            return
        look = self._styles.input()
        more = {"bg_color": "#FFFBE6", "locked": False}
        text(self._sheet, at, side.notes.get(row.item.id, ""), look, self._styles, **more)

    def _evidence(self, row: Row) -> None:
        sheet, number = self._sheet, row.number
        look = self._styles.of(**LEVELS[row.kind])
        proofs = self._proofs.get(row.item.id, []) if row.kind == "item" and row.item is not None else []
        lines = [words.proof_line(place, proof) for place, proof in enumerate(proofs, 1)]
        text(sheet, f"{layout.PROOFS}{number}", "\n".join(lines), look, self._styles)
        urls = [proof.url for proof in proofs if proof.url]
        at = f"{layout.LINKS}{number}"
        if not urls or row.item is None:
            sheet.write_blank(at, None, look)
        elif len(urls) == 1:
            link(sheet, at, urls[0], self._styles)
        else:
            # A cell holds one link: it leads to the list, where each has its own.
            target = f"internal:'{words.PROOFS}'!A{self._where[row.item.id]}"
            said = "\n".join([f"{len(urls)} tautan, {words.TO_LIST}:", *urls])
            blue = self._styles.of(font_color="#0563C1", underline=1)
            sheet.write_url(at, target, blue, cells.cell(said))

    def _height(self, row: Row) -> None:
        if row.kind in {"item", "count"} and row.item is not None:
            item = row.item
            texts = [(row.text, "G")]
            if row.kind == "item":
                proofs = self._proofs.get(item.id, [])
                listed = "\n".join(words.proof_line(place, proof) for place, proof in enumerate(proofs, 1))
                links = "\n".join(proof.url for proof in proofs if proof.url)
                fed = self._content.fed.get(item.id, "")
                texts += [(words.criteria(item, fed), "I"), (listed, "O"), (links, "P")]
                texts += [(side.notes.get(item.id, ""), columns.note) for columns, side, _ in self._sides]
            height = cells.height((said, words.WIDTHS[column]) for said, column in texts)
        else:
            height = cells.height([(row.text, 60.0)], 18.0)
        self._sheet.set_row(row.number - 1, height)

    def _finish(self) -> None:
        sheet, last = self._sheet, self._layout.last
        sheet.autofilter(f"A{layout.HEAD_ROW}:{layout.LAST}{last}")
        sheet.freeze_panes(layout.HEAD_ROW, 7)
        sheet.set_zoom(LANDSCAPE_ZOOM)
        sheet.set_landscape()
        sheet.set_paper(A3)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(layout.HEAD_ROW - 1)
        sheet.print_area(f"B1:{layout.LAST}{last}")
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(words.footer(self._content, self._content.at))
        sheet.protect("", PROTECTION)


def link(sheet: Any, at: str, url: str, styles: Styles) -> None:
    """A cell that opens the address; only its text where the address is longer than a sheet takes."""
    blue = styles.of(font_color="#0563C1", underline=1)
    shown = cells.cell(url)
    if len(shown) > MAX_LINK or sheet.write_url(at, shown, blue, shown) != 0:
        text(sheet, at, url, styles.of(), styles)
