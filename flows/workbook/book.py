"""The whole workbook as bytes: Info, recapitulations, the answer sheet, evidence, and the hidden stamp."""

import io
from collections.abc import Iterator
from typing import Any

from flows.workbook import cells, layout, recap, stamp
from flows.workbook.content import Content, Proof
from flows.workbook.layout import TPI, UNIT
from flows.workbook.styles import DARK, Styles
from flows.workbook.texts import sheet as words
from flows.workbook.writing import AnswerSheet, link, text
from knowledge.answers import Item

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PROOF_WIDTHS = (13, 50, 10, 48, 18, 14, 18, 30)
PROOF_FIRST = 2


def made(content: Content) -> bytes:
    """The workbook. What is in it depends on the content alone, down to the moment that it names."""
    import xlsxwriter  # type: ignore[import-untyped]  # published without types

    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, {**options, "in_memory": True})
    book.set_properties(
        {
            "title": words.title(content),
            "author": "Pandu ZI",
            "comments": words.NOT_OFFICIAL,
            "created": content.at.replace(tzinfo=None),
        }
    )
    book.set_calc_mode("auto")
    styles, rows = Styles(book), layout.layout_of(content.instrument)
    pieces = list(_by_item(content))
    where: dict[str, int] = {}
    for number, (item, _) in enumerate(pieces, PROOF_FIRST):
        where.setdefault(item.id, number)
    names = (words.INFO, words.RECAP_UNIT, words.RECAP_TPI, layout.SHEET, words.PROOFS, stamp.SHEET)
    info, unit, tpi, answers, proofs, hidden = (book.add_worksheet(name) for name in names)
    _info(info, styles, content)
    recap.write(unit, styles, content, rows, content.unit, UNIT, "unit")
    recap.write(tpi, styles, content, rows, content.tpi, TPI, "TPI")
    AnswerSheet(answers, styles, content, rows, where).write()
    _proofs(proofs, styles, content, pieces)
    stamp.write(hidden, content)
    info.activate()
    book.close()
    return out.getvalue()


def _by_item(content: Content) -> Iterator[tuple[Item, Proof]]:
    """Every piece under every indicator that it serves, in the order of the worksheet."""
    by_item: dict[str, list[Proof]] = {}
    for proof in content.proofs:
        for item_id in proof.item_ids:
            by_item.setdefault(item_id, []).append(proof)
    for item in content.items:
        for proof in by_item.get(item.id, ()):
            yield item, proof


def _info(sheet: Any, styles: Styles, content: Content) -> None:
    """The first sheet: what this file is."""
    sheet.set_column("A:A", 24)
    sheet.set_column("B:B", 90)
    sheet.hide_gridlines(2)
    head = {"border": 0, "bold": True, "font_size": 16, "text_wrap": False}
    title = f"LKE Zona Integritas: {content.unit_name}"
    text(sheet, "A1", title, styles.of(**head), styles, **head)
    sheet.write_string("A2", words.NOT_OFFICIAL, styles.of(border=0, bold=True, text_wrap=False))
    for number, (name, value) in enumerate(words.info(content, content.at), 4):
        sheet.write_string(f"A{number}", name, styles.of(bold=True))
        text(sheet, f"B{number}", value, styles.of(), styles)
        sheet.set_row(number - 1, cells.height([(value, 86.0)], 15.0))
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(words.footer(content, content.at))


def _proofs(sheet: Any, styles: Styles, content: Content, pieces: list[tuple[Item, Proof]]) -> None:
    """The list of evidence: a row for each piece and indicator, with its link or how to get its file."""
    for place, (head, width) in enumerate(zip(words.PROOF_HEADS, PROOF_WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, head, styles.head(DARK))
    plain = styles.of()
    for number, (item, proof) in enumerate(pieces, PROOF_FIRST):
        sheet.write_string(f"A{number}", item.number, plain)
        text(sheet, f"B{number}", proof.title if proof.seen else words.RESTRICTED, plain, styles)
        sheet.write_string(f"C{number}", words.LINK if proof.kind == "link" else words.FILE, plain)
        if proof.url:
            link(sheet, f"D{number}", proof.url, styles)
        else:
            sheet.write_string(f"D{number}", words.BY_BOT if proof.seen else words.RESTRICTED_WHY, plain)
        sheet.write_string(f"E{number}", words.period(proof), plain)
        if proof.dated_on is not None:
            sheet.write_datetime(f"F{number}", proof.dated_on, styles.of(num_format="d mmm yyyy"))
        else:
            sheet.write_blank(f"F{number}", None, plain)
        state = words.LINK_STATES.get(proof.link_state, "") if proof.url else ""
        sheet.write_string(f"G{number}", state, plain)
        sheet.write_string(f"H{number}", words.RESTRICTED if proof.restricted else "", plain)
        opened = proof.url or words.BY_BOT
        sheet.set_row(number - 1, cells.height([(proof.title, 50.0), (opened, 48.0)]))
    if not pieces:
        sheet.write_string(f"A{PROOF_FIRST}", words.NO_PROOFS, styles.of(border=0, text_wrap=False))
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    if pieces:
        sheet.autofilter(0, 0, len(pieces), len(words.PROOF_HEADS) - 1)
    sheet.set_footer(words.footer(content, content.at))
