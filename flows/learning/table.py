"""Agency entries as an Excel sheet or YAML, written and read. Pure; reading never raises for content."""

import io
import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from flows import fmt
from flows.importing.archive import Budget, Unreadable, inspect
from flows.learning.entries import (
    ACTIVE,
    DETAIL_LIMIT,
    DRAFT,
    MOST_QUESTIONS,
    QUESTION_LIMIT,
    RETIRED,
    RULE_LIMIT,
    SHORT_LIMIT,
)
from flows.media import draws

NUMBER, ASKED, SHORT, DETAIL, RULE, STATE = "nomor", "pertanyaan", "jawaban", "rincian", "dasar", "keadaan"
COLUMNS = (NUMBER, ASKED, SHORT, DETAIL, RULE, STATE)
WIDTHS = (8, 50, 60, 60, 30, 12)
STATES = {"aktif": ACTIVE, "draf": DRAFT, "pensiun": RETIRED}
STATE_NAMES = {code: name for name, code in STATES.items()}
SHEET = "Jawaban instansi"
MAX_ROWS = 1000
MAX_BYTES = 4 * 1024 * 1024
MAX_PROBLEMS = 100
MAX_CELL = 8000
HEADER_ROWS = 10
"""The heading is looked for in the first rows only."""

Row = tuple[int, tuple[str, ...], str, str, str, str]
"""Number, questions, short, detail, rule, state code: an entry as it travels to the file's maker."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a file; `at` is the line where it stands, `number` 0 for a new one."""

    at: int
    number: int
    questions: tuple[str, ...]
    short: str
    detail: str
    rule: str
    state: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a line cannot be taken, in Indonesian."""

    at: int
    why: str


@dataclass(slots=True)
class Reading:
    """What a file holds. `failure` is set when it could not be read at all."""

    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    failure: str = ""


# writing -------------------------------------------------------------------------------------------


@draws("agency-entries-xlsx")
def as_xlsx(rows: Sequence[Row]) -> bytes:
    """A workbook of one sheet. Every cell is text (the number aside), so that nothing in it can calculate."""
    import xlsxwriter  # type: ignore[import-untyped]  # published without types

    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, {**options, "in_memory": True})
    sheet = book.add_worksheet(SHEET)
    head = book.add_format({"bold": True, "bg_color": "#DDE6F0", "border": 1})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    for column, (name, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, head)
    for place, (number, questions, short, detail, rule, state) in enumerate(rows, 1):
        sheet.write_number(place, 0, number, body)
        cells = ("\n".join(questions), short, detail, rule, STATE_NAMES[state])
        for column, text in enumerate(cells, 1):
            sheet.write_string(place, column, _CONTROL.sub("", text), body)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


@draws("agency-entries-yaml")
def as_yaml(rows: Sequence[Row]) -> bytes:
    """The same as YAML."""
    items = [
        {
            NUMBER: number,
            ASKED: list(questions),
            SHORT: short,
            DETAIL: detail,
            RULE: rule,
            STATE: STATE_NAMES[state],
        }
        for number, questions, short, detail, rule, state in rows
    ]
    head = f"# {SHEET}. Kosongkan {NUMBER} untuk jawaban baru; {STATE}: {', '.join(STATES)}.\n"
    text = yaml.safe_dump({"jawaban_instansi": items}, allow_unicode=True, sort_keys=False, width=100)
    return (head + text).encode()


# reading -------------------------------------------------------------------------------------------


def is_table(name: str) -> bool:
    """Whether a file's name promises a format that is read."""
    return name.lower().endswith((".xlsx", ".yaml", ".yml"))


def read(data: bytes, name: str) -> Reading:
    """Read a file. What is wrong with single lines stands in `problems`."""
    if len(data) > MAX_BYTES:
        return Reading(failure=f"Berkas melebihi {MAX_BYTES // (1024 * 1024)} MB.")
    try:
        return _xlsx(data) if name.lower().endswith(".xlsx") else _yaml(data)
    except Unreadable:
        return Reading(failure="Berkas ini rusak, terkunci, atau bukan Excel .xlsx.")
    except RecursionError:
        return Reading(failure="Susunan berkas ini terlalu dalam untuk dibaca.")


def _xlsx(data: bytes) -> Reading:
    inspect(data, Budget())
    import openpyxl

    warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
        grid = [
            [(cell.value, cell.data_type) for cell in row]
            for row in sheet.iter_rows(max_row=MAX_ROWS + HEADER_ROWS + 1, max_col=20)
        ]
        book.close()
    except Exception as err:  # openpyxl fails in many ways on a damaged file
        raise Unreadable("rusak") from err
    return _from_grid(grid)


Grid = Sequence[Sequence[tuple[Any, str]]]


def _from_grid(grid: Grid) -> Reading:
    found = Reading()
    start, places = _heading(grid)
    if not places:
        found.failure = f"Baris judul dengan kolom {ASKED} dan {SHORT} tidak ditemukan."
        return found
    if len(grid) - start > MAX_ROWS:
        found.failure = f"Berkas berisi lebih dari {MAX_ROWS} baris. Bagi menjadi beberapa berkas."
        return found
    for at, row in enumerate(grid[start:], start + 1):
        cells = {name: row[place] for name, place in places.items() if place < len(row)}
        if all(value is None or not str(value).strip() for value, _ in cells.values()):
            continue
        formulas = [name for name, (_, kind) in cells.items() if kind == "f"]
        if formulas:
            _note(found, at, f"kolom {', '.join(formulas)} berisi rumus; tulis sebagai teks biasa")
            continue
        values = {name: _as_text(value) for name, (value, _) in cells.items()}
        asked = tuple(values.get(ASKED, "").split("\n"))
        _take(found, at, values, asked)
    return found


def _heading(grid: Grid) -> tuple[int, Mapping[str, int]]:
    """The row after the heading, and the columns by name; nothing without a usable heading."""
    for at, row in enumerate(grid[:HEADER_ROWS], 1):
        names = {str(value).strip().lower().replace(" ", "_"): place for place, (value, _) in enumerate(row)}
        places = {name: names[name] for name in COLUMNS if name in names}
        if ASKED in places and SHORT in places:
            return at, places
    return 0, {}


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\r\n", "\n")[:MAX_CELL].strip()


def _yaml(data: bytes) -> Reading:
    found = Reading()
    try:
        root = yaml.compose(data.decode("utf-8-sig"), Loader=yaml.CSafeLoader)
    except (UnicodeDecodeError, ValueError) as err:
        found.failure = f"Berkas ini bukan teks UTF-8 ({type(err).__name__})."
        return found
    except yaml.YAMLError as err:
        mark = getattr(err, "problem_mark", None)
        where = f" di sekitar baris {mark.line + 1}" if mark is not None else ""
        found.failure = f"Susunan YAML tidak terbaca{where}."
        return found
    if isinstance(root, yaml.MappingNode) and root.value:
        root = root.value[0][1]
    if not isinstance(root, yaml.SequenceNode):
        found.failure = "Daftar jawaban_instansi tidak ditemukan di berkas ini."
        return found
    if len(root.value) > MAX_ROWS:
        found.failure = f"Berkas berisi lebih dari {MAX_ROWS} jawaban. Bagi menjadi beberapa berkas."
        return found
    for item in root.value:
        _yaml_item(found, item)
    return found


def _yaml_item(found: Reading, item: yaml.Node) -> None:
    at = item.start_mark.line + 1
    if not isinstance(item, yaml.MappingNode):
        _note(found, at, "bukan satu jawaban dengan kolom bernama")
        return
    values: dict[str, str] = {}
    asked: tuple[str, ...] = ()
    for key, value in item.value:
        name = str(key.value).strip().lower() if isinstance(key, yaml.ScalarNode) else ""
        if name == ASKED and isinstance(value, yaml.SequenceNode):
            if not all(isinstance(each, yaml.ScalarNode) for each in value.value):
                _note(found, at, f"{ASKED} harus berupa daftar kalimat")
                return
            asked = tuple(_scalar(each) for each in value.value[: MOST_QUESTIONS + 1])
        elif isinstance(value, yaml.ScalarNode):
            values[name] = _scalar(value)
        elif name in COLUMNS:
            _note(found, at, f"{name} harus berupa teks")
            return
    _take(found, at, values, asked or tuple(values.get(ASKED, "").split("\n")))


def _scalar(node: yaml.ScalarNode) -> str:
    text = str(node.value)[:MAX_CELL].strip()
    return "" if node.tag.endswith(":null") else text


def _take(found: Reading, at: int, values: Mapping[str, str], asked: Iterable[str]) -> None:
    """Add a line, or say what is wrong with it."""
    questions = tuple(dict.fromkeys(q for q in (fmt.one_line(each) for each in asked) if q))
    number, state = values.get(NUMBER, ""), values.get(STATE, "").lower() or "aktif"
    short, detail, rule = (_CONTROL.sub("", values.get(name, "")) for name in (SHORT, DETAIL, RULE))
    rule = fmt.one_line(rule)
    problems = [
        why
        for wrong, why in (
            (not questions, f"{ASKED} kosong"),
            (len(questions) > MOST_QUESTIONS, f"{ASKED} lebih dari {MOST_QUESTIONS}"),
            (
                any(len(q) > QUESTION_LIMIT for q in questions),
                f"ada {ASKED} lebih dari {QUESTION_LIMIT} huruf",
            ),
            (not short, f"{SHORT} kosong"),
            (len(short) > SHORT_LIMIT, f"{SHORT} {len(short)} huruf, batasnya {SHORT_LIMIT}"),
            (len(detail) > DETAIL_LIMIT, f"{DETAIL} {len(detail)} huruf, batasnya {DETAIL_LIMIT}"),
            (len(rule) > RULE_LIMIT, f"{RULE} {len(rule)} huruf, batasnya {RULE_LIMIT}"),
            (state not in STATES, f"{STATE} bukan {', '.join(STATES)}"),
            (bool(number) and not _is_number(number), f"{NUMBER} bukan angka"),
        )
        if wrong
    ]
    if problems:
        _note(found, at, "; ".join(problems))
        return
    clean = tuple(_CONTROL.sub("", question) for question in questions)
    found.lines.append(Line(at, int(number or 0), clean, short, detail, rule, STATES[state]))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 9


def _note(found: Reading, at: int, why: str) -> None:
    if len(found.problems) < MAX_PROBLEMS:
        found.problems.append(Problem(at, why))
