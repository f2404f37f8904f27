"""A sent table as plain lines: Excel or CSV, whatever its separator. Pure; never raises for its content."""

import csv
import io
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from flows import fmt
from flows.bulk.columns import (
    ALSO_CALLED,
    AT_UNIT,
    COLUMNS,
    HELP_SHEET,
    NAME,
    NEEDED,
    PERSON,
    ROLE,
    SAMPLE,
    SHEETS,
    UNIT,
)
from flows.importing.archive import Budget, Unreadable, inspect

MIB = 1024 * 1024
MAX_BYTES = 6 * MIB
MAX_LINES = {UNIT: 5_000, PERSON: 20_000}
MAX_CELL = 300
HEADER_ROWS = 15
"""The heading is looked for in the first rows only."""

NOT_TABLE = (
    "Berkas ini rusak, terkunci, atau bukan Excel (.xlsx) maupun CSV. Unduh contohnya, lalu isi di sana."
)
NO_HEADING = (
    "Baris judul tidak ditemukan. Tabel unit perlu kolom nama; tabel orang perlu nama, unit, dan peran. "
    "Unduh contohnya, lalu isi di sana."
)
NOTHING = "Tidak ada baris yang terisi di berkas ini. Isi di bawah baris judul; baris contoh dilewati."

_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)
"""What cannot be seen, the marks that turn the reading direction among them."""

Cell = tuple[Any, bool]
"""A value, and whether it is a formula."""


@dataclass(frozen=True, slots=True)
class Line:
    """One filled line. `at` is its row as a spreadsheet counts; `formulas` are columns that calculate."""

    sheet: str
    at: int
    values: dict[str, str]
    formulas: tuple[str, ...] = ()


@dataclass(slots=True)
class Reading:
    """What a file holds. `failure` is set when it could not be read at all."""

    lines: list[Line] = field(default_factory=list)
    failure: str = ""


def is_table(name: str) -> bool:
    """Whether a file's name promises a format that is read."""
    return name.lower().endswith((".xlsx", ".csv", ".txt"))


def read(data: bytes, name: str) -> Reading:
    """Read the units and people of a file."""
    if len(data) > MAX_BYTES:
        return Reading(failure=f"Berkas melebihi {MAX_BYTES // MIB} MB. Bagi menjadi beberapa berkas.")
    found = Reading()
    try:
        zipped = data.startswith((b"PK", b"\xd0\xcf"))
        tables = _xlsx(data) if zipped or name.lower().endswith(".xlsx") else [("", _csv(data))]
        headed = [_take(found, title, rows) for title, rows in tables]
    except Unreadable:
        return Reading(failure=NOT_TABLE)
    if not any(headed):
        return Reading(failure=NO_HEADING)
    for sheet, most in MAX_LINES.items():
        if sum(line.sheet == sheet for line in found.lines) > most:
            return Reading(
                failure=f"Tabel {SHEETS[sheet]} melebihi {fmt.number(most, 0)} baris. Bagi berkasnya."
            )
    if not found.lines:
        found.failure = NOTHING
    return found


def _take(found: Reading, title: str, rows: Iterable[Sequence[Cell]]) -> bool:
    """Add the lines of one sheet; False when it has no heading of ours."""
    sheet, places = "", dict[str, int]()
    for at, row in enumerate(rows, 1):
        if not sheet:
            if at > HEADER_ROWS:
                return False
            sheet, places = _heading(title, row)
            continue
        cells = {name: row[place] for name, place in places.items() if place < len(row)}
        values = {name: _as_text(value) for name, (value, _) in cells.items()}
        if any(values.values()) and not SAMPLE.match(values.get(NAME, "")):
            formulas = tuple(name for name, (_, formula) in cells.items() if formula)
            found.lines.append(Line(sheet, at, values, formulas))
    return bool(sheet)


def _heading(title: str, row: Sequence[Cell]) -> tuple[str, dict[str, int]]:
    """Which table begins here and where its columns stand; "" when this row is no heading."""
    names: dict[str, int] = {}
    for place, (value, _) in enumerate(row):
        plain = " ".join(re.sub(r"[*_:]|\(.*?\)", " ", _as_text(value).lower()).split())
        names.setdefault(ALSO_CALLED.get(plain, plain), place)
    sheet = PERSON if ROLE in names else UNIT
    if title == SHEETS[UNIT] and ROLE not in names:
        sheet = UNIT
    if not set(NEEDED[sheet]) <= names.keys() or (
        sheet == UNIT and len(names.keys() & set(COLUMNS[UNIT])) < 2
    ):
        return "", {}
    return sheet, {name: names[name] for name in COLUMNS[sheet] if name in names}


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return fmt.one_line(_CONTROL.sub("", str(value)[: 4 * MAX_CELL]))[:MAX_CELL]


# formats -------------------------------------------------------------------------------------------


def _xlsx(data: bytes) -> list[tuple[str, list[list[Cell]]]]:
    inspect(data, Budget())
    import openpyxl

    warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")
    most = max(MAX_LINES.values()) + HEADER_ROWS + 1
    made: list[tuple[str, list[list[Cell]]]] = []
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        for sheet in book.worksheets[:10]:
            if sheet.title == HELP_SHEET:
                continue
            sheet.reset_dimensions()  # written by some programs as one cell, whatever there is
            rows = [
                [(cell.value, cell.data_type == "f") for cell in row]
                for row in sheet.iter_rows(max_row=most, max_col=30)
            ]
            made.append((str(sheet.title), rows))
        book.close()
    except Exception as err:  # openpyxl fails in many ways on a damaged file
        raise Unreadable("rusak") from err
    return made


def _csv(data: bytes) -> Iterator[list[Cell]]:
    text = _decoded(data)
    head = text[: text.find("\n") + 1] or text
    asked = re.match(r'^"?sep=(.)"?\s*$', head.strip())
    if asked is not None:
        text = "\n" + text[len(head) :]  # the line stays a line, so that numbers fit what Excel shows
    lines = [line for line in text.splitlines()[:HEADER_ROWS] if line.strip()]
    mark = asked[1] if asked is not None else _separator(lines)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark):
            yield [(value, False) for value in row[:30]]
    except csv.Error as err:
        raise Unreadable("rusak") from err


def _separator(lines: Sequence[str]) -> str:
    """What stands most often between the words of a heading: Indonesian Excel writes semicolons."""
    head = next((line for line in lines if NAME in line.lower() or AT_UNIT in line.lower()), "")
    return max(";,\t|", key=head.count)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if b"\0" in data:
            raise Unreadable("rusak") from None
        return data.decode("cp1252", "replace")
