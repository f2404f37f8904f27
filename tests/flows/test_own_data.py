"""Every row that names a person is shown to them when they ask, and does not name them once they are gone.

The columns are read from the tables themselves, so a new one cannot be forgotten.
"""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Column, Table, func, insert, select, update
from sqlmodel import Session, col

from flows.models import Person
from flows.personal import export
from flows.tables import metadata
from tests.support.house import House
from tests.support.talk import Talk
from tests.support.world import furnish

MOMENT = datetime(2027, 1, 18, 2, 0, tzinfo=UTC)
NAME = "Wulan Penghabisan"

KEPT_APART: dict[str, str] = {
    "audit_entry.person_id": "append-only; shown as catatan_tindakan, see test_personal.py",
}
"""Columns that this test does not set, and why."""


def columns() -> list[tuple[Table, Column[Any]]]:
    """Every column that refers to a person."""
    return [
        (table, column)
        for table in metadata.sorted_tables
        for column in table.columns
        if any(key.target_fullname == "person.id" for key in column.foreign_keys)
        and f"{table.name}.{column.name}" not in KEPT_APART
    ]


@pytest.fixture
def wulan(house: House) -> Talk:
    """Somebody new in a unit that has a row of everything; others lead it."""
    world = furnish(house, "Melati", 910_000_000)
    house.member(int(world.ids["unit"]), "koordinator", name="Sari Contoh")
    return house.member(int(world.ids["unit"]), "anggota", "MP", name=NAME)


def person_of(session: Session, talk: Talk) -> Person:
    return session.execute(select(Person).where(col(Person.telegram_id) == talk.user_id)).scalar_one()


def named_in(session: Session, table: Table, column: Column[Any], person_id: int) -> None:
    """Let one row of the table name this person there; where there is no row yet, make one."""
    key = next(iter(table.primary_key))
    if session.execute(select(func.min(key))).scalar_one() is None:
        session.execute(
            insert(table).values({c.name: something(session, c) for c in table.columns if c.name != "id"})
        )
    one = select(func.min(key)).scalar_subquery()
    session.execute(update(table).where(key == one).values({column.name: person_id}))


def something(session: Session, column: Column[Any]) -> Any:
    """A value that fits the column."""
    for key in column.foreign_keys:
        return session.execute(select(func.min(key.column))).scalar_one()
    if column.nullable:
        return None
    kind = getattr(column.type, "impl", column.type).python_type
    values: dict[type, Any] = {str: "x", int: 1, bool: False, object: {}}
    return {**values, datetime: MOMENT, date: MOMENT.date()}[kind]


def test_every_row_that_names_a_person_is_in_their_file(house: House, wulan: Talk) -> None:
    missing = []
    with house.db.reading() as session:
        person = person_of(session, wulan)
        before = export.own_data(export.collect(session, person, wulan.user_id, "WIB"))
        for table, column in columns():
            point = session.begin_nested()
            named_in(session, table, column, person.id or 0)
            session.expire_all()
            after = export.own_data(export.collect(session, person, wulan.user_id, "WIB"))
            point.rollback()
            if after == before:
                missing.append(f"{table.name}.{column.name}")
        assert export.own_data(export.collect(session, person, wulan.user_id, "WIB")) == before
    assert ", ".join(missing) == ""


@pytest.mark.db
def test_nothing_names_a_person_any_more_once_they_are_gone(house: House, wulan: Talk) -> None:
    wulan.start()
    with house.writing() as session:
        person_id = person_of(session, wulan).id or 0
        for table, column in columns():
            if table.name != "membership":  # the world's people keep their roles
                named_in(session, table, column, person_id)
    wulan.type("ini catatan yang belum disimpan")
    wulan.type("/privasi").tap("Hapus data saya").tap("Ya, hapus")
    assert wulan.text.startswith("✓ Data pribadi Anda sudah dihapus.")
    house.flush()
    with house.db.reading() as session:
        for table in metadata.sorted_tables:
            for row in session.execute(select(table)).mappings():
                said = " ".join(str(value) for value in row.values())
                assert NAME not in said, table.name
                assert str(wulan.user_id) not in said, (table.name, dict(row))
