"""The check of public service as plain data of a unit."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from flows.checklist import service as checklist
from flows.models import Unit
from flows.servicecheck import service
from flows.servicecheck.texts import SAID
from knowledge.service_check import service_check

HEADS = ("nomor", "komponen", "pertanyaan", "jawaban", "catatan", "dasar", "wajib", "dijawab")
Row = dict[str, Any]
At = Callable[[datetime | None], str | None]


def unit_data(session: Session, unit: Unit, year: int, at: At) -> Row:
    """The answers of a year with what the components come to; no number is made of them."""
    check = service_check()
    where = service.assessment_of(session, unit, year)
    rows = checklist.answers_of(session, where) if where is not None else {}
    given = {id: row.choice for id, row in rows.items() if row.choice is not None}
    return {
        "sifat": check.nature,
        "hasil": check.state(check.instrument.area_order, given).value if given else None,
        "komponen": [
            {"komponen": part.name, "hasil": check.state(part.indicators, given).value}
            for part in check.instrument.areas
        ] if given else [],
        "jawaban": [
            {
                "id": item.id,
                "nomor": item.number,
                "komponen": part.name,
                "pertanyaan": item.question,
                "jawaban": SAID.get(given.get(item.id, "")),
                "catatan": rows[item.id].note or None,
                "dasar": check.basis[item.id].rule,
                "wajib": check.basis[item.id].must,
                "dijawab": at(rows[item.id].answered_at),
            }
            for part in check.instrument.areas
            for item in part.indicators
            if item.id in rows
        ],
    }  # fmt: skip


def tables(data: Row) -> list[tuple[str, Sequence[str], list[list[Any]]]]:
    """A table of the answers, where there are any: file name, headings, rows."""
    rows = [[row[head] for head in HEADS] for row in data["jawaban"]]
    return [("kesiapan-layanan.csv", HEADS, rows)] if rows else []
