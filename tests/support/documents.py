"""Asking for a document as people do, taking the file home, and editing it there."""

import io
from collections.abc import Mapping
from typing import Any

import openpyxl

from flows.workbook import layout
from knowledge.instrument import Instrument
from tests.support.house import House
from tests.support.talk import Talk

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def fetch(house: House, talk: Talk, label: str) -> tuple[str, bytes]:
    """Menu, Unduh dokumen, the label; returns name and bytes of the file that arrives."""
    talk.type("/menu").tap("Unduh dokumen").tap(label)
    house.settle()
    sent = [m for m in talk.messages if "document" in m][-1]["document"]
    return sent["file_name"], house.standin.store.content(sent["file_id"]) or b""


def send_back(house: House, talk: Talk, data: bytes, name: str = "LKE-Kantor.xlsx") -> Talk:
    """Send a file and wait until it has been read."""
    talk.send_file(name, data, XLSX)
    house.settle()
    return talk


def edited(data: bytes, cells: Mapping[str, Any], sheet: str = layout.SHEET) -> bytes:
    """The workbook after somebody typed into these cells of a sheet in a spreadsheet program and saved."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for cell, value in cells.items():
        book[sheet][cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def at(instrument: Instrument, node: str, column: str) -> str:
    """The cell of a node ("MP.P.1.a", "MP.R.1.a#agen") in a column of the answer sheet."""
    return f"{column}{layout.layout_of(instrument).by_node[node].number}"
