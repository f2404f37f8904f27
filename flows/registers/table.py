"""A table of register lines, from CSV or Excel. Pure; reading never raises for what is in the file."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flows.importing.archive import MIB, Budget, Unreadable
from flows.importing.sheets import as_text, read_sheets
from flows.registers import slots, typed
from flows.registers.kinds import FREE, MONTH, YEAR, Kind
from flows.registers.typed import Unusable, Value

MAX_BYTES = 4 * MIB
MAX_ROWS = 1000
MAX_PROBLEMS = 100
MAX_CELL = 4000
HEADING_ROWS = 15
RAW_CHARS = 40
_PERIOD_WORDS = {MONTH: ("bulan", "periode", "masa"), YEAR: ("tahun lapor", "tahun", "periode")}
_YEAR_WORDS = ("tahun", "thn")
Grid = Sequence[tuple[int, Sequence[str]]]
"""Rows with their numbers from 1, cells as text."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file; `at` is where it stands, `slot` its period ("" without periods)."""

    at: int
    slot: str
    values: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a line cannot be taken, in Indonesian, plain text."""

    at: int
    why: str


@dataclass(slots=True)
class Reading:
    """What a file holds. `failure` is set when it could not be read at all."""

    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    failure: str = ""


def is_table(name: str) -> bool:
    """Whether a file's name promises a format that is read."""
    return name.lower().endswith((".csv", ".xlsx"))


def headings(kind: Kind) -> tuple[str, ...]:
    """The headings of a table of this register, as they are told to people."""
    period = () if kind.slots == FREE else (_PERIOD_WORDS[kind.slots][0],)
    return (*period, *(each.label.lower() for each in kind.fields))


def read(data: bytes, name: str, kind: Kind, today: date) -> Reading:
    """Read a file. What is wrong with single lines stands in `problems`."""
    if len(data) > MAX_BYTES:
        return Reading(failure=f"Berkas melebihi {MAX_BYTES // MIB} MB.")
    try:
        grids = [_csv(data)] if name.lower().endswith(".csv") else _xlsx(data)
    except Unreadable:
        return Reading(failure="Berkas ini rusak, terkunci, atau bukan Excel .xlsx.")
    except (csv.Error, UnicodeDecodeError, ValueError):
        return Reading(failure="Isi berkas ini tidak terbaca sebagai tabel CSV.")
    for grid in grids:
        start, places = _heading(grid, kind)
        if places:
            return _lines(grid[start:], places, kind, today)
    wanted = ", ".join(headings(kind))
    return Reading(failure=f"Baris judulnya tidak ditemukan. Judul kolom yang dikenali: {wanted}.")


def _csv(data: bytes) -> Grid:
    if b"\x00" in data:
        raise ValueError("not text")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252")  # older Excel on Windows
    head = text[:4000]
    delimiter = max(";\t,", key=head.count)
    return [(at, row) for at, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), 1)][
        : MAX_ROWS * 2
    ]


def _xlsx(data: bytes) -> list[Grid]:
    return [
        [
            (at, [_cell(cells.get(column)) for column in range(1, max(cells) + 1)])
            for at, cells in sorted(sheet.rows.items())
        ]
        for sheet in read_sheets(data, Budget())
        if not sheet.hidden
    ]


def _cell(value: Any) -> str:
    return as_text(value)[:MAX_CELL]


def _heading(grid: Grid, kind: Kind) -> tuple[int, Mapping[str, int]]:
    """The place after the heading, and the columns by field ("#" the period, "#y" its year)."""
    for place, (_, cells) in enumerate(grid[:HEADING_ROWS]):
        places = _columns(cells, kind)
        needed = {kind.needed[0]} | ({"#"} if kind.slots != FREE else set())
        if needed <= set(places):
            return place + 1, places
    return 0, {}


def _columns(cells: Sequence[str], kind: Kind) -> dict[str, int]:
    names: dict[str, str] = {}
    if kind.slots == MONTH:
        names = dict.fromkeys(_YEAR_WORDS, "#y")
    names |= dict.fromkeys(_PERIOD_WORDS.get(kind.slots, ()), "#")
    for each in kind.fields:
        names |= dict.fromkeys((each.key, *each.words), each.key)
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        title = re.sub(r"[^a-z0-9/-]+", " ", cell.lower().removeprefix("jumlah ")).strip()
        key = names.get(title)
        if key is not None and key not in found:
            found[key] = place
    return found


def _lines(grid: Grid, places: Mapping[str, int], kind: Kind, today: date) -> Reading:
    found = Reading()
    taken: dict[str, int] = {}
    for at, cells in grid:
        row = {key: _bare(cells[place]) for key, place in places.items() if place < len(cells)}
        if not any(row.values()):
            continue
        if len(found.lines) >= MAX_ROWS:
            return Reading(
                failure=f"Berkas berisi lebih dari {MAX_ROWS} baris. Bagi menjadi beberapa berkas."
            )
        line = _line(at, row, kind, today)
        if isinstance(line, Line) and line.slot and line.slot in taken:
            line = Problem(at, f"{slots.name(line.slot)} sudah ada di baris {taken[line.slot]}")
        if isinstance(line, Line):
            taken[line.slot] = at
            found.lines.append(line)
        elif len(found.problems) < MAX_PROBLEMS:
            found.problems.append(line)
    if not found.lines and not found.problems:
        found.failure = "Tidak ada baris data di bawah judulnya."
    return found


def _bare(cell: str) -> str:
    """The text of a cell, without the apostrophe that keeps spreadsheets from calculating it."""
    cell = cell.strip()[:MAX_CELL]
    return cell[1:] if cell[:1] == "'" and cell[1:2] in {"=", "+", "-", "@"} else cell


def _line(at: int, row: Mapping[str, str], kind: Kind, today: date) -> Line | Problem:
    slot = ""
    if kind.slots != FREE:
        slot, _ = slots.find(kind, typed.plain(f"{row.get('#', '')} {row.get('#y', '')}").strip(), today)
        if not slots.fits(kind, slot):
            what = "bulan" if kind.slots == MONTH else "tahun"
            return Problem(at, f"“{row.get('#', '')[:RAW_CHARS]}” tidak terbaca sebagai {what}")
        if slots.first_day(slot) > today:
            return Problem(at, f"{slots.name(slot)} belum mulai")
    values: dict[str, Value] = {}
    for each in kind.fields:
        cell = row.get(each.key, "")
        if not cell or (each.form != "text" and cell in {"-", "–", "—"}):
            continue
        value = typed.read(kind, each, cell, today)
        if isinstance(value, Unusable):
            return Problem(at, f"kolom {each.label.lower()} berisi “{cell[:RAW_CHARS]}”{_WANTED[each.form]}")
        values[each.key] = value
    values = typed.filled(kind, values)
    why = typed.fault(kind, values)
    return Problem(at, why[0].lower() + why[1:].rstrip(".")) if why else Line(at, slot, values)


_WANTED = {
    "count": ", bukan bilangan bulat",
    "day": ", bukan tanggal yang sudah lewat",
    "yes": ", bukan ya atau belum",
    "link": ", bukan tautan",
    "text": ", terlalu panjang",
}
