"""What the cells of one indicator say: an answer, nothing, or something to ask about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from rapidfuzz import fuzz

from flows.checklist import stored
from flows.importing.matching import best_pairs
from flows.importing.outline import Line
from flows.importing.sheets import as_text
from knowledge.answers import Answer, Choice, Index, Item, Notice, Ratio, judge
from knowledge.instrument import INDEX_SCALE, Indicator, RatioInput
from knowledge.typed import Parsed, Problem, parse_answer

RAW_CHARS = 60
OUTSIDE, UNCLEAR, ERROR = "luar", "ragu", "galat"
NOT_A_NUMBER, NOT_WHOLE, IMPOSSIBLE, INCOMPLETE, PERCENT_ONLY = (
    "teks",
    "pecahan",
    "mustahil",
    "kurang",
    "persen",
)
OFF_SCALE = "skala"

_BLANK = re.compile(r"^([-–—.]*|blm diisi|belum diisi|n/?a|kosong|pilih|\(?pilih.*\)?)$", re.IGNORECASE)
_ERRORS = re.compile(r"^#(REF|DIV/0|VALUE|N/A|NAME|NUM|NULL|SPILL|CALC)[!?]?$", re.IGNORECASE)
_COUNT = re.compile(r"^\d{1,3}(?:\.\d{3})+$|^\d+$")
_STOP = re.compile(r"\b(jumlah|yang|pendukung|tidak|masuk|rumus|telah|sudah di)\b|[^a-z ]")


@dataclass(frozen=True, slots=True)
class Doubt:
    """Cells that cannot simply be taken. `suggest` is a code of what was probably meant, or ""."""

    item_id: str
    row: int
    raw: str
    why: str
    suggest: str = ""


def read(item: Item, line: Line) -> Answer | Doubt | None:
    """What the row of an item (with its rows of counts) answers; None when it is empty."""
    if isinstance(item, Indicator) and item.formula is not None:
        return _ratio(item, line)
    text = as_text(line.value)
    if _BLANK.match(text):
        return None
    if _ERRORS.match(text):
        return _doubt(item, line, text, ERROR)
    if item.scale == INDEX_SCALE:
        return _index(item, line, text)
    return _choice(item, line, text)


def _doubt(item: Item, line: Line, raw: str, why: str, suggest: Answer | None = None) -> Doubt:
    code = stored.code_of(item, suggest) if suggest is not None else ""
    if suggest is not None and stored.from_code(item, code) is None:
        code = ""
    return Doubt(item.id, line.row, raw[:RAW_CHARS], why, code)


def _choice(item: Item, line: Line, text: str) -> Answer | Doubt:
    plain = text.strip(" .()\"'").casefold()
    for option in item.options:
        if option.key.casefold() == plain:
            return Choice(option.key)
    if isinstance(line.value, bool) and item.scale == "ya_tidak":
        return _doubt(item, line, text, UNCLEAR, Choice("Ya" if line.value else "Tidak"))
    if isinstance(line.value, int | float | date):
        return _doubt(item, line, text, OUTSIDE)
    outcome = parse_answer(item, text)
    if isinstance(outcome, Parsed) and len(text) <= RAW_CHARS:
        return outcome.answer
    single = re.fullmatch(r"[a-z]", plain) is not None
    return _doubt(item, line, text, OUTSIDE if single else UNCLEAR)


def _index(item: Item, line: Line, text: str) -> Answer | Doubt:
    value = _decimal(line.value)
    if value is None:
        outcome = parse_answer(item, text)
        suggest = outcome.suggest if isinstance(outcome, Problem) else None
        if isinstance(outcome, Parsed):
            suggest = outcome.answer
        return _doubt(item, line, text, NOT_A_NUMBER, suggest)
    if not 0 <= value <= 4:
        of_hundred = Index(value / 25) if 25 <= value <= 100 else None
        return _doubt(item, line, text, OFF_SCALE, of_hundred)
    kept = value.quantize(Decimal(1).scaleb(-stored.INDEX_PLACES))
    if abs(kept - value) > Decimal("1e-9"):
        return _doubt(item, line, text, OFF_SCALE, _index_answer(kept))
    return _index_answer(kept)


def _index_answer(value: Decimal) -> Index:
    plain = value.normalize()
    return Index(plain if int(plain.as_tuple().exponent) <= 0 else plain.quantize(Decimal(1)))


def _decimal(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    text = repr(value) if isinstance(value, float) else str(value).strip().replace(",", ".")
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


# Counts --------------------------------------------------------------------------------------------


def _ratio(item: Indicator, line: Line) -> Answer | Doubt | None:
    rows = _rows_of_inputs(item.inputs, line.counts)
    inputs: dict[str, int] = {}
    raw: list[str] = []
    why = ""
    for each in item.inputs:
        value = rows[each.key].value if each.key in rows else None
        text = as_text(value)
        if _BLANK.match(text):
            continue
        raw.append(text)
        count = _count(value)
        if isinstance(count, int):
            inputs[each.key] = count
        elif each.in_formula or not why:
            why = ERROR if _ERRORS.match(text) else count
    if not raw:
        return _percent_alone(item, line)
    said = "; ".join(raw)
    if why:
        return _doubt(item, line, said, why)
    if any(each.in_formula and each.key not in inputs for each in item.inputs):
        return _doubt(item, line, said, INCOMPLETE)
    answer = Ratio(inputs)
    if judge(item, answer).notice is Notice.EXCEEDS:
        return _doubt(item, line, said, IMPOSSIBLE)
    return answer


def _percent_alone(item: Indicator, line: Line) -> Answer | Doubt | None:
    """Only the row of the percentage is filled: counts typed there are read, a bare share is asked about."""
    text = as_text(line.value)
    if _BLANK.match(text) or _ERRORS.match(text) or line.value == 0:
        return None
    if isinstance(line.value, str):
        outcome = parse_answer(item, text)
        if isinstance(outcome, Parsed):
            return outcome.answer
    return _doubt(item, line, text, PERCENT_ONLY)


def _rows_of_inputs(inputs: Sequence[RatioInput], rows: Sequence[Line]) -> dict[str, Line]:
    """Which row holds which count, by its words and its place."""
    rows = rows[:12]

    def fits(row: int, place: int) -> float:
        label, text = _plain(inputs[place].label), _plain(rows[row].text)
        like = fuzz.token_set_ratio(text, label) if text and label else 0.0
        like = 0.5 * (like + fuzz.token_sort_ratio(text, label))
        return like + (25.0 if row == place else 0.0) + (15.0 if len(rows) == len(inputs) else 0.0)

    pairs = best_pairs(len(rows), len(inputs), fits, least=35.0)
    return {inputs[place].key: rows[row] for row, place in pairs.items()}


def _plain(text: str) -> str:
    text = re.sub(r"\([^)]*\)", " ", text.lower()).replace("melaporkan", "melapor")
    return " ".join(_STOP.sub(" ", text.replace("sebelumnya", "lalu")).split())


def _count(value: Any) -> int | str:
    """A whole number from 0, or why it is none."""
    if isinstance(value, bool | date):
        return NOT_A_NUMBER
    if isinstance(value, int | float):
        if value < 0 or value > stored.LARGEST_COUNT:
            return OUTSIDE
        return int(value) if float(value).is_integer() else NOT_WHOLE
    text = str(value).strip()
    if _COUNT.match(text):
        number = int(text.replace(".", ""))
        return number if number <= stored.LARGEST_COUNT else OUTSIDE
    return NOT_WHOLE if re.fullmatch(r"-?\d+[.,]\d+", text) else NOT_A_NUMBER
