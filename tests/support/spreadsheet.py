"""A spreadsheet program: evaluates a workbook's formulas without looking at their cached values."""

import io
import re
import tempfile
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FILE = "buku.xlsx"
Cell = tuple[str, str]
"""Sheet and cell: ("LKE ZI", "K5")."""


class Evaluator:
    """One workbook compiled; its input cells can be changed, and everything is then computed anew."""

    def __init__(self, data: bytes) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import formulas

            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / FILE
                path.write_bytes(data)
                self._model = formulas.ExcelModel().loads(str(path)).finish()

    def values(self, changed: Mapping[Cell, Any] | None = None) -> dict[Cell, Any]:
        """Every computed cell; `changed` are input cells with other contents (None empties a cell)."""
        import numpy as np
        from schedula import EMPTY

        inputs = {
            _name(*cell): np.array([[EMPTY if value is None else value]], dtype=object)
            for cell, value in (changed or {}).items()
        }
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            solution = self._model.calculate(inputs=inputs)
        found: dict[Cell, Any] = {}
        for key, result in solution.items():
            hit = re.fullmatch(r"'\[[^\]]+\](.+)'!([A-Z]+[0-9]+)", str(key))
            if hit is not None and hasattr(result, "value"):
                found[hit[1].upper(), hit[2]] = result.value[0, 0]
        return found


def _name(sheet: str, cell: str) -> str:
    return f"'[{FILE}]{sheet.upper()}'!{cell}"


def plant(data: bytes, wrong: str = "4711.25") -> bytes:
    """The workbook with a wrong number as the cached value of every formula, as its XML holds it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part = _planted(part.decode(), wrong).encode()
            after.writestr(name, part)
    return out.getvalue()


def _planted(xml: str, wrong: str) -> str:
    def spoil(hit: re.Match[str]) -> str:
        attributes = hit[1].replace(' t="str"', "")
        return f"<c{attributes}><f>{hit[2]}</f><v>{wrong}</v></c>"

    return re.sub(r"<c([^>]*)><f>([^<]*)</f><v>[^<]*</v></c>", spoil, xml)


def cached(data: bytes) -> dict[Cell, Any]:
    """What a viewer that computes nothing shows: every cell with its stored value."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    return {
        (sheet.title.upper(), cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def formulas_in(data: bytes) -> dict[Cell, str]:
    """Every formula by its cell."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        (sheet.title.upper(), cell.coordinate): str(cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
