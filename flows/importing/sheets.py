"""A workbook as plain cells: sheet by sheet, sparse, bounded. Formulas give their stored results."""

import io
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flows.importing.archive import BROKEN, Budget, Cell, Noted, Range, Unreadable, inspect

MAX_SHEETS = 60
MAX_ROWS = 5000
MAX_COLUMNS = 80
MAX_CELLS = 250_000
MAX_CHARS = 6000


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `rows` holds the filled cells by row and column, both from 1."""

    title: str
    hidden: bool
    rows: Mapping[int, Mapping[int, Any]]
    links: Mapping[Cell, str]
    merges: tuple[Range, ...]

    def value(self, row: int, column: int) -> Any:
        """The value of a cell; None when it is empty."""
        return self.rows.get(row, {}).get(column)

    def text(self, row: int, column: int) -> str:
        """A cell as trimmed text."""
        return as_text(self.value(row, column))


def as_text(value: Any) -> str:
    """A value as people see it: whole numbers without a point, days as 5/6/2027."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", ",")
    if isinstance(value, datetime | date):
        return f"{value.day}/{value.month}/{value.year}"
    return str(value).strip()


def column_letter(column: int) -> str:
    """11 as "K"."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def read_sheets(data: bytes, budget: Budget) -> list[Sheet]:
    """Every sheet of the workbook, in its order. Raises Unreadable."""
    noted = inspect(data, budget)
    try:
        return list(_sheets(data, noted, budget))
    except Unreadable:
        raise
    except Exception as err:
        # openpyxl fails in many ways on a damaged file; all of them mean the same to its owner.
        raise Unreadable(BROKEN) from err


def _sheets(data: bytes, noted: Mapping[str, Noted], budget: Budget) -> Iterator[Sheet]:
    import openpyxl

    # Remarks on what it leaves out (validations, styles, headers) are no news to anybody here.
    warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    room = MAX_CELLS
    try:
        for sheet in book.worksheets[:MAX_SHEETS]:
            budget.check()
            rows: dict[int, dict[int, Any]] = {}
            for number, cells in enumerate(
                sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True), 1
            ):
                filled = {
                    column: value[:MAX_CHARS] if isinstance(value, str) else value
                    for column, value in enumerate(cells, 1)
                    if value is not None and value != ""
                }
                if filled:
                    rows[number] = filled
                    room -= len(filled)
                if not number % 200:
                    budget.check()
                if room < 0:
                    break
            extra = noted.get(getattr(sheet, "_worksheet_path", ""), Noted())
            yield Sheet(
                str(sheet.title), sheet.sheet_state != "visible", rows, extra.links, tuple(extra.merges)
            )
    finally:
        book.close()
