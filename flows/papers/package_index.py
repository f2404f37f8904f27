"""The index of a package as a workbook: every piece by item, with links and hashes. Pure."""

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flows.papers import plain
from flows.papers.texts import package as texts

_WIDTHS = (14, 42, 42, 60, 13, 16, 30, 9, 66)
_MOST = 32_000
"""Characters of a cell; Excel takes 32,767."""
_MOST_LINK = 2000


def workbook(
    rows: Sequence[Mapping[str, Any]], parts: Mapping[int, int], facts: Iterable[tuple[str, str]]
) -> bytes:
    """The workbook. Nothing in it is a formula, whatever people have typed."""
    import xlsxwriter  # type: ignore[import-untyped]  # published without types

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "constant_memory": False,
        },
    )
    from datetime import datetime

    book.set_properties({"created": datetime(2000, 1, 1), "title": texts.SHEET})  # noqa: DTZ001  (no clock)
    head = book.add_format(
        {"bold": True, "bg_color": "#E7EBEE", "border": 1, "text_wrap": True, "valign": "top"}
    )
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "num_format": "@"})
    trouble = book.add_format(
        {"text_wrap": True, "valign": "top", "border": 1, "font_color": "#B4491F", "bold": True}
    )
    sheet = book.add_worksheet(texts.SHEET)
    for column, (name, width) in enumerate(zip(texts.HEADS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, head)
    for line, row in enumerate(rows, 1):
        part = parts.get(int(row["key"])) if row["at"] and row["sha256"] else None
        said = (
            *(row["number"], row["indicator"], row["title"], row["at"]),
            *(row["dated"], row["period"], row["state"], str(part or ""), row["sha256"]),
        )
        for column, text in enumerate(said):
            good = row["state"].startswith((texts.OK, texts.LINK))
            sheet.write_string(line, column, _said(str(text)), cell if good or column != 6 else trouble)
        if row["state"].startswith(texts.LINK) and _clickable(str(row["at"])):
            sheet.write_url(line, 3, str(row["at"]), cell, _said(str(row["at"])))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(rows)), len(texts.HEADS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    about = book.add_worksheet(texts.SUMMARY_SHEET)
    about.set_column(0, 0, 18)
    about.set_column(1, 1, 80)
    for line, (name, text) in enumerate(facts):
        about.write_string(line, 0, name, head)
        about.write_string(line, 1, _said(text), cell)
    book.close()
    return out.getvalue()


def _said(text: str) -> str:
    return plain.xml_safe(text)[:_MOST]


def _clickable(url: str) -> bool:
    return url.startswith(("https://", "http://")) and len(url) < _MOST_LINK and " " not in url
