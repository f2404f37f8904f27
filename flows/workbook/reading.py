"""A file of ours that came back: the workbook, or the answers as CSV or JSON, read line by line. Pure.

Nothing is guessed: a cell that cannot be taken becomes a problem that names its place.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from flows.checklist import stored
from flows.importing import cells as foreign
from flows.importing.archive import Budget, Unreadable
from flows.importing.outline import Line
from flows.importing.sheets import Sheet, column_letter, read_sheets
from flows.workbook import layout, stamp, tables, unitdata
from flows.workbook.cells import same
from flows.workbook.stamp import Held, Stamp
from flows.workbook.texts import sheet as words
from knowledge.answers import Answer, Choice, Index, Item, Notice, Ratio, judge
from knowledge.errors import AnswerError
from knowledge.instrument import Indicator, Instrument
from knowledge.typed import Parsed, parse_answer

MAX_NOTE = 2000
MAX_ROWS = 5000
DAMAGED, NO_ANSWERS, NOT_OURS = "stempel", "kolom", "bukan kami"
WRONG, TOO_LONG, UNKNOWN, TWICE = "isi", "panjang", "id", "ganda"


@dataclass(frozen=True, slots=True)
class Trouble:
    """A cell or line that cannot be taken: where, what stood there, and why (a code of this module)."""

    where: str
    item_id: str
    raw: str
    why: str


@dataclass(frozen=True, slots=True)
class Cells:
    """What one side holds, for the items that the file has. An answer of None: the cell is empty."""

    answers: Mapping[str, Answer | None] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back. `stamp` says what it held when it went out; None for CSV and JSON, which keep none."""

    stamp: Stamp | None
    unit: Cells
    tpi: Cells
    troubles: tuple[Trouble, ...]


def _items(instrument: Instrument) -> list[Item]:
    return [*instrument.worksheet_order, *instrument.results]


class Unusable(Exception):
    """The file cannot be read as one of ours; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


# the workbook --------------------------------------------------------------------------------------


def stamp_of(sheets: list[Sheet]) -> Stamp | None:
    """The stamp of a workbook of ours; None when it has none or a damaged one."""
    hidden = next((sheet for sheet in sheets if sheet.title == stamp.SHEET), None)
    return stamp.read(hidden.rows) if hidden is not None else None


def read_book(data: bytes, instrument: Instrument) -> Returned:
    """Read a workbook of ours. Raises Unusable, or Unreadable for what is no readable workbook."""
    sheets = read_sheets(data, Budget())
    found = stamp_of(sheets)
    if found is None:
        raise Unusable(DAMAGED)
    sheet, rows = _answer_sheet(sheets, instrument)
    columns = _columns(sheet)
    troubles: list[Trouble] = []
    sides = [
        _side(sheet, rows, instrument, columns.get(answer), columns.get(note), held, troubles)
        for answer, note, held in (("K", "N", found.unit), ("Q", "T", found.tpi))
    ]
    return Returned(found, sides[0], sides[1], tuple(troubles))


def _answer_sheet(sheets: list[Sheet], instrument: Instrument) -> tuple[Sheet, dict[str, int]]:
    """The sheet of answers with the row of each id, wherever sheets and rows have been moved to."""
    known = {row.node for row in layout.layout_of(instrument).rows}
    best: tuple[Sheet, dict[str, int]] | None = None
    for sheet in sheets:
        if sheet.title == stamp.SHEET:
            continue
        rows: dict[str, int] = {}
        for number in sorted(sheet.rows):
            value = sheet.value(number, 1)
            if isinstance(value, str) and value in known:
                rows.setdefault(value, number)
        if best is None or len(rows) > len(best[1]):
            best = sheet, rows
    if best is None or len(best[1]) < len(known) // 2:
        raise Unusable(NO_ANSWERS)
    return best


def _columns(sheet: Sheet) -> dict[str, int]:
    """Where each column of ours stands now, by its heading."""
    heads = {name: letter for letter, name in words.HEADS.items()}
    for number in sorted(sheet.rows)[:40]:
        found = {
            heads[text]: column
            for column in sheet.rows[number]
            if (text := sheet.text(number, column)) in heads
        }
        if "K" in found or "Q" in found:
            return found
    raise Unusable(NO_ANSWERS)


def _side(
    sheet: Sheet,
    rows: Mapping[str, int],
    instrument: Instrument,
    answer: int | None,
    note: int | None,
    held: Mapping[str, Held],
    troubles: list[Trouble],
) -> Cells:
    answers: dict[str, Answer | None] = {}
    notes: dict[str, str] = {}
    for item in _items(instrument):
        row = rows.get(item.id)
        if row is None:
            continue
        if answer is not None:
            outcome = foreign.read(item, _line(sheet, rows, item, row, answer))
            if isinstance(outcome, foreign.Doubt):
                if not _is_own_word(outcome.raw):
                    place = f"{column_letter(answer)}{row}"
                    troubles.append(Trouble(place, item.id, outcome.raw, WRONG))
            else:
                answers[item.id] = outcome
        if note is not None:
            text = same(sheet.text(row, note))
            unchanged = stamp.digest(text) == held.get(item.id, Held()).note
            if len(text) > MAX_NOTE and not unchanged:
                troubles.append(Trouble(f"{column_letter(note)}{row}", item.id, text[:60], TOO_LONG))
            else:
                notes[item.id] = text
    return Cells(answers, notes)


def _line(sheet: Sheet, rows: Mapping[str, int], item: Item, row: int, column: int) -> Line:
    """The cells of an item as the reader of worksheets takes them; of a ratio only its counts count."""
    if not isinstance(item, Indicator) or item.formula is None:
        return Line(row, [], "", item.scale, sheet.value(row, column))
    counts = [
        Line(at, [], f"- {each.label}", layout.COUNT_KIND, sheet.value(at, column))
        for each in item.inputs
        if (at := rows.get(f"{item.id}{layout.COUNT_SIGN}{each.key}")) is not None
    ]
    return Line(row, [], "", item.scale, None, counts=counts)


def _is_own_word(raw: str) -> bool:
    return raw in {"Blm Diisi", "Tidak dinilai"}


# CSV and JSON --------------------------------------------------------------------------------------


def read_csv(data: bytes, instrument: Instrument) -> Returned:
    """Read the table of answers. Raises Unusable when there is none in it."""
    text = data.decode("utf-8-sig", "replace")
    head = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=head.count)
    lines = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        heads = [name.strip().lower() for name in next(lines)]
        body = list(zip(range(2, MAX_ROWS), lines, strict=False))
    except (StopIteration, csv.Error) as err:
        raise Unusable(NO_ANSWERS) from err
    if "id" not in heads or not {"jawaban", "penjelasan"} & set(heads):
        raise Unusable(NO_ANSWERS)

    def entries() -> Iterator[tuple[str, str, Any, str | None]]:
        for number, cells in body:
            row = dict(zip(heads, (tables.unsafe(cell) for cell in cells), strict=False))
            if any(cell.strip() for cell in cells):
                yield f"baris {number}", row.get("id", "").strip(), row.get("jawaban"), row.get("penjelasan")

    return _entries(entries(), instrument)


def read_json(data: bytes, instrument: Instrument) -> Returned:
    """Read the answers of a JSON file of ours. Raises Unusable for any other."""
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as err:
        raise Unusable(NOT_OURS) from err
    if not isinstance(document, dict) or document.get("format") != unitdata.FORMAT:
        raise Unusable(NOT_OURS)
    rows = document.get("lke")
    if not isinstance(rows, list):
        raise Unusable(NO_ANSWERS)

    def entries() -> Iterator[tuple[str, str, Any, str | None]]:
        for number, row in enumerate(rows[:MAX_ROWS], 1):
            where = f"butir ke-{number}"
            if isinstance(row, dict):
                note = row.get("penjelasan")
                has = "jawaban" in row
                answer = (row["jawaban"] if row["jawaban"] is not None else "") if has else None
                yield where, str(row.get("id", "")), answer, note if isinstance(note, str) else None
            else:
                yield where, "", None, None

    return _entries(entries(), instrument)


def _entries(entries: Iterator[tuple[str, str, Any, str | None]], instrument: Instrument) -> Returned:
    """`entries`: place, id, answer (None: the file has none), narrative (None: the file has none)."""
    items = {item.id: item for item in _items(instrument)}
    answers: dict[str, Answer | None] = {}
    notes: dict[str, str] = {}
    troubles: list[Trouble] = []
    seen: set[str] = set()
    for where, item_id, raw, note in entries:
        item = items.get(item_id)
        if item is None or item_id in seen:
            why = UNKNOWN if item is None else TWICE
            troubles.append(Trouble(where, item_id[:24], item_id[:60], why))
            continue
        seen.add(item_id)
        if raw is not None:
            try:
                answers[item_id] = _answer(item, raw)
            except ValueError:
                troubles.append(Trouble(where, item_id, _short(raw), WRONG))
        if note is not None:
            text = same(note)
            if len(text) > MAX_NOTE:
                troubles.append(Trouble(where, item_id, text[:60], TOO_LONG))
            else:
                notes[item_id] = text
    return Returned(None, Cells(answers, notes), Cells(), tuple(troubles))


def _short(raw: Any) -> str:
    return raw[:60] if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False)[:60]


def _answer(item: Item, raw: Any) -> Answer | None:
    """What stands there as an answer; None for nothing. Raises ValueError."""
    if isinstance(raw, str):
        made = _from_text(item, raw.strip())
    elif isinstance(raw, dict):
        made = _from_data(raw)
    else:
        raise ValueError(raw)
    if made is None:
        return None
    try:
        notice = judge(item, made).notice
    except AnswerError as err:
        raise ValueError(raw) from err
    code = stored.code_of(item, made)
    if notice is Notice.EXCEEDS or stored.from_code(item, code) is None:
        raise ValueError(raw)
    return stored.from_code(item, code)


def _from_text(item: Item, text: str) -> Answer | None:
    if not text:
        return None
    if isinstance(item, Indicator) and item.formula is not None and "=" in text:
        counts: dict[str, int] = {}
        for part in text.split(","):
            key, _, count = part.partition("=")
            counts[key.strip()] = int(count.strip())
        return Ratio(counts)
    outcome = parse_answer(item, text)
    if not isinstance(outcome, Parsed):
        raise ValueError(text)
    return outcome.answer


def _from_data(raw: Mapping[str, Any]) -> Answer:
    if isinstance(raw.get("pilihan"), str):
        return Choice(raw["pilihan"])
    if isinstance(raw.get("masukan"), dict):
        return Ratio(raw["masukan"])
    try:
        return Index(Decimal(str(raw["indeks"])))
    except (KeyError, InvalidOperation) as err:
        raise ValueError(raw) from err


def is_ours(data: bytes, name: str) -> bool:
    """Whether a file is one that this module reads: by its hidden sheet, or as CSV or JSON by its name."""
    return stamp.is_ours(data) or name.lower().endswith((".csv", ".json"))


def read(data: bytes, name: str, instrument: Instrument) -> Returned:
    """Read a file of ours by its kind. Raises Unusable, Unreadable."""
    lower = name.lower()
    if lower.endswith(".json"):
        return read_json(data, instrument)
    if lower.endswith(".csv"):
        return read_csv(data, instrument)
    return read_book(data, instrument)


__all__ = ["Cells", "Returned", "Trouble", "Unreadable", "Unusable", "is_ours", "read"]
