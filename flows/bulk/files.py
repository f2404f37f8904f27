"""The templates to fill in, and the report by line. Every cell is text: nothing in it can calculate. Pure."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from flows.bulk.columns import (
    COLUMNS,
    HELP_SHEET,
    KIND,
    PERSON,
    ROLE,
    SHEETS,
    TARGET,
    TARGETS,
    UNIT,
    ZONE,
    ZONES,
)
from flows.bulk.texts import HELP
from flows.media import draws

TEMPLATE, REPORT = "bulk-template", "bulk-report"
SAMPLES = {
    UNIT: (
        ("KW-01", "Contoh: Kantor Wilayah Contoh", "Kanwil", "", "WBK", "WIB"),
        ("KL-01", "Contoh: Kantor Layanan Contoh", "Satuan kerja", "KW-01", "WBK", ""),
    ),
    PERSON: (
        ("Contoh: Budi Santoso", "", "KL-01", "koordinator", ""),
        ("Contoh: Sari Lestari", "Bagian Umum", "KL-01", "ketua pokja", "5"),
        ("Contoh: Tono Wijaya", "", "Kantor Layanan Contoh", "anggota", "1; 3"),
    ),
}
WIDTHS = {UNIT: (12, 46, 16, 30, 10, 8), PERSON: (36, 22, 40, 22, 10)}
_CHOICES = {
    KIND: ["Eselon I", "Kanwil", "Satuan kerja"],
    TARGET: list(TARGETS),
    ZONE: list(ZONES),
    ROLE: [
        "anggota",
        "ketua pokja",
        "koordinator",
        "sekretaris",
        "pimpinan",
        "penilai",
        "pendamping",
        "koordinator wilayah",
    ],
}
LAST_ROW = 20_000
_STARTS = ("=", "+", "-", "@", "\t", "\r")
REPORT_COLUMNS = ("tabel", "baris", "keadaan", "kolom", "isi", "yang perlu dikerjakan")
REPORT_WIDTHS = (8, 12, 12, 12, 46, 70)


def _book(out: io.BytesIO) -> Any:
    import xlsxwriter  # type: ignore[import-untyped]  # published without types

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    return xlsxwriter.Workbook(out, {**options, "in_memory": True})


@draws(TEMPLATE)
def template(form: str) -> bytes:
    """The template: "xlsx" with explanations and both tables, or one table as CSV."""
    return _xlsx() if form == "xlsx" else as_csv(form, SAMPLES[form])


def _xlsx() -> bytes:
    out = io.BytesIO()
    book = _book(out)
    head = book.add_format({"bold": True, "bg_color": "#DDE6F0", "border": 1})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    sample = book.add_format({"italic": True, "font_color": "#6B7780", "num_format": "@"})
    text = book.add_format({"num_format": "@"})
    sheet = book.add_worksheet(HELP_SHEET)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 96)
    for row, (name, said) in enumerate(HELP):
        sheet.write_string(row, 0, name, body if said else head)
        sheet.write_string(row, 1, said, body if said else head)
    for table, columns in COLUMNS.items():
        sheet = book.add_worksheet(SHEETS[table])
        sheet.freeze_panes(1, 0)
        for place, (name, width) in enumerate(zip(columns, WIDTHS[table], strict=True)):
            sheet.set_column(place, place, width, text)
            sheet.write_string(0, place, name, head)
            if name in _CHOICES:
                sheet.data_validation(
                    1, place, LAST_ROW, place, {"validate": "list", "source": _CHOICES[name]}
                )
        for row, values in enumerate(SAMPLES[table], 1):
            for place, value in enumerate(values):
                sheet.write_string(row, place, value, sample)
    book.get_worksheet_by_name(SHEETS[UNIT]).activate()
    book.close()
    return out.getvalue()


def as_csv(table: str, rows: Sequence[Sequence[str]]) -> bytes:
    """A table as Indonesian Excel opens it: semicolons, and a mark that it is UTF-8."""
    out = io.StringIO(newline="")
    made = csv.writer(out, delimiter=";", lineterminator="\r\n")
    made.writerow(COLUMNS[table])
    made.writerows([[_calm(value) for value in row] for row in rows])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _calm(value: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(_STARTS) else value


def as_xlsx(tables: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """Filled tables as a workbook (for samples and tests)."""
    out = io.BytesIO()
    book = _book(out)
    head = book.add_format({"bold": True, "bg_color": "#DDE6F0", "border": 1})
    for table, rows in tables.items():
        sheet = book.add_worksheet(SHEETS[table])
        sheet.freeze_panes(1, 0)
        for place, (name, width) in enumerate(zip(COLUMNS[table], WIDTHS[table], strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, name, head)
        for row, values in enumerate(rows, 1):
            for place, value in enumerate(values):
                sheet.write_string(row, place, value)
    book.close()
    return out.getvalue()


Reported = tuple[str, str, str, str, str, str]


@draws(REPORT)
def report(rows: Sequence[Reported]) -> bytes:
    """The report by line."""
    out = io.BytesIO()
    book = _book(out)
    sheet = book.add_worksheet("Laporan")
    head = book.add_format({"bold": True, "bg_color": "#DDE6F0", "border": 1})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    bad = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#F6E3D9"})
    for place, (name, width) in enumerate(zip(REPORT_COLUMNS, REPORT_WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, name, head)
    for row, values in enumerate(rows, 1):
        for place, value in enumerate(values):
            sheet.write_string(row, place, value, bad if values[2] == "salah" else body)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(rows)), len(REPORT_COLUMNS) - 1)
    book.close()
    return out.getvalue()
