"""The registers as plain data: of a unit, with tables that can be brought back in, and of one person."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, or_, select

from flows.models import RegisterEntry, RegisterImport, Unit
from flows.registers import service, table
from flows.registers.kinds import FREE, KINDS

Row = dict[str, Any]
Table = tuple[str, Sequence[str], list[list[Any]]]
"""File name, headings, rows."""
At = Callable[[datetime | None], str | None]


def unit_data(session: Session, unit: Unit, at: At) -> Row:
    """The lines of every register of a unit by its code, oldest first, with the keys of their fields."""
    return {
        kind.code: [
            {
                "nomor": row.id,
                **({} if kind.slots == FREE else {"periode": _period(row)}),
                **{field.key: row.content.get(field.key) for field in kind.fields},
                "diubah": at(row.changed_at),
            }
            for row in reversed(service.lines(session, unit, kind))
        ]
        for kind in KINDS.values()
    }


def _period(row: RegisterEntry) -> str:
    """2027-05, or 2027."""
    slot = row.slot or ""
    return "-".join(part for part in (slot[:4], slot[4:]) if part)


def tables(data: Mapping[str, Sequence[Row]]) -> list[Table]:
    """A table for each register that has lines: file name, headings as the import knows them, rows."""
    made: list[Table] = []
    for code, rows in data.items():
        kind = KINDS[code]
        period = () if kind.slots == FREE else ("periode",)
        keys = (*period, *(field.key for field in kind.fields))
        if rows:
            cells = [[row[key] for key in keys] for row in rows]
            made.append((f"register-{code}.csv", table.headings(kind), cells))
    return made


def own_data(session: Session, person_id: int, at: At) -> Row:
    """What somebody wrote into registers, as numbers and moments, and the tables that they sent."""
    touched = or_(col(RegisterEntry.added_by) == person_id, col(RegisterEntry.changed_by) == person_id)
    rows = session.exec(
        select(RegisterEntry, Unit.name)
        .join(Unit, col(Unit.id) == col(RegisterEntry.unit_id))
        .where(touched)
        .order_by(col(RegisterEntry.id))
    ).all()
    sent = session.exec(
        select(RegisterImport).where(RegisterImport.person_id == person_id).order_by(col(RegisterImport.id))
    ).all()
    return {
        "register_dicatat": [
            {
                "nomor": row.id,
                "unit": unit_name,
                "register": row.kind,
                "periode": _period(row) or None,
                "dicatat": at(row.added_at) if row.added_by == person_id else None,
                "diubah": at(row.changed_at) if row.changed_by == person_id else None,
            }
            for row, unit_name in rows
        ],
        "impor_register": [
            {"nomor": each.id, "register": each.kind, "berkas": each.file_name, "keadaan": each.state,
             "dikirim": at(each.created_at), "selesai": at(each.ended_at)}
            for each in sent
        ],
    }  # fmt: skip
