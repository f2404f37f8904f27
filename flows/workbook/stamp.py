"""The hidden sheet by which a workbook is recognised as ours: whose it is, from when, and what it held then.

Its checksum shows that the sheet is whole; it proves no author. Whatever it says, permission is asked again
from the rows of the database.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flows.checklist import stored
from flows.workbook import cells
from flows.workbook.content import Content, Side
from knowledge.answers import Answer, Index, Item

SHEET = "_pandu"
MARK = "pandu-zi-lke/1"
FIRST = 5
DIGEST = 16
LOOKED_AT = 1_000_000


@dataclass(frozen=True, slots=True)
class Held:
    """What stood in the cells of one item on one side: the answer's code, and a digest of the narrative."""

    code: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Where a file comes from. `unit` and `tpi` are what it held at `at`, by item id."""

    unit_id: int
    assessment_id: int
    assessment_made: str
    at: datetime
    instrument: str
    unit: Mapping[str, Held] = field(default_factory=dict)
    tpi: Mapping[str, Held] = field(default_factory=dict)


def digest(note: str) -> str:
    """A narrative as the stamp keeps it; "" for none."""
    plain = cells.same(cells.cell(note))
    return hashlib.sha256(plain.encode()).hexdigest()[:DIGEST] if plain else ""


def code(item: Item, answer: Answer | None) -> str:
    """An answer in the one form in which two are compared; "" for none."""
    if isinstance(answer, Index):
        return f"{answer.value.normalize():f}"
    return stored.code_of(item, answer) if answer is not None else ""


def held(item: Item, answer: Answer | None, note: str) -> Held:
    """What stands in the cells of an item."""
    return Held(code(item, answer), digest(note))


def lines_of(content: Content) -> list[list[str]]:
    """The rows of the hidden sheet that say what each item held."""

    def both(item: Item, side: Side) -> list[str]:
        one = held(item, side.answers.get(item.id), side.notes.get(item.id, ""))
        return [one.code, one.note]

    return [[item.id, *both(item, content.unit), *both(item, content.tpi)] for item in content.items]


def write(sheet: Any, content: Content) -> None:
    """Fill the hidden sheet."""
    facts = {
        "unit": content.unit_id,
        "assessment": content.assessment_id,
        "made": content.assessment_made.isoformat(),
        "at": content.at.isoformat(),
        "instrument": content.instrument.key,
    }
    said = json.dumps(facts, sort_keys=True)
    lines = lines_of(content)
    sheet.write_string(0, 0, MARK)
    sheet.write_string(1, 0, said)
    sheet.write_string(2, 0, checksum(said, lines))
    for number, line in enumerate(lines, FIRST - 1):
        for column, value in enumerate(line):
            sheet.write_string(number, column, value)
    sheet.hide()


def checksum(said: str, lines: Sequence[Sequence[str]]) -> str:
    """Over everything that the sheet says."""
    whole = "\n".join([MARK, said, *("\t".join(line) for line in lines)])
    return hashlib.sha256(whole.encode()).hexdigest()


def is_ours(data: bytes) -> bool:
    """Whether the workbook has our hidden sheet. Looks at the list of sheets only; never raises."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("xl/workbook.xml") as part:
            return f'name="{SHEET}"'.encode() in part.read(LOOKED_AT)
    except (KeyError, OSError, RuntimeError, NotImplementedError, zipfile.BadZipFile, ValueError):
        return False


def read(rows: Mapping[int, Mapping[int, Any]]) -> Stamp | None:
    """The stamp in the cells of the hidden sheet; None when it is damaged or not ours."""

    def at(row: int, column: int) -> str:
        value = rows.get(row, {}).get(column)
        return "" if value is None else str(value)

    if at(1, 1) != MARK:
        return None
    lines = [[at(row, column) for column in range(1, 6)] for row in sorted(rows) if row >= FIRST]
    if checksum(at(2, 1), lines) != at(3, 1):
        return None
    try:
        facts = json.loads(at(2, 1))
        return Stamp(
            unit_id=int(facts["unit"]),
            assessment_id=int(facts["assessment"]),
            assessment_made=str(facts["made"]),
            at=datetime.fromisoformat(str(facts["at"])),
            instrument=str(facts["instrument"]),
            unit={line[0]: Held(line[1], line[2]) for line in lines},
            tpi={line[0]: Held(line[3], line[4]) for line in lines},
        )
    except (ValueError, KeyError, TypeError):
        return None
