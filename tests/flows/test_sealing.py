"""The audit trail is sealed while people work, and what was changed behind the program's back is seen."""

import hashlib
import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, func, select

from bot import audit as desk
from bot.heartbeat import tick_once
from flows import sealing
from flows.models import AuditEntry, AuditSeal
from tests.support.house import House
from tests.support.talk import Talk


@pytest.fixture
def budi(house: House) -> Talk:
    """A coordinator whose doings leave traces: an answer, another, a date."""
    return house.member(house.unit(), "koordinator", name="Budi Contoh")


def working(house: House, times: int) -> None:
    with house.writing() as session:
        for n in range(times):
            session.add(AuditEntry(at=house.clock.now(), act="uji", subject=str(n), facts={"é": n}))


@pytest.mark.db
def test_what_people_do_is_sealed_after_ten_minutes_and_holds(house: House, budi: Talk) -> None:
    working(house, 5)
    budi.type("/menu").tap_data("undang.pokja").tap_data("undang.buka:0:1")
    tick_once(house.edge)
    assert desk.verify(house.db).seals == 0, "an older entry could still appear"
    house.advance(minutes=11)
    found = desk.verify(house.db)
    assert found.broken == ()
    assert (found.seals, found.unsealed) == (1, 0)
    assert (
        found.sealed == house.read(lambda s: s.exec(select(func.count()).select_from(AuditEntry)).one()) > 5
    )
    working(house, 2)
    house.advance(minutes=11)
    later = desk.verify(house.db)
    assert (later.seals, later.sealed, later.broken) == (2, found.sealed + 2, ())
    assert later.digest != found.digest
    assert "Jejak audit utuh" in desk.sentences(later)[0]


@pytest.mark.db
@pytest.mark.parametrize("harm", ["changed", "removed", "slipped in", "seal removed"])
def test_what_was_changed_behind_the_programs_back_is_seen(house: House, harm: str) -> None:
    for _ in range(3):
        working(house, 3)
        house.advance(minutes=11)
    assert desk.verify(house.db).broken == ()
    with house.writing() as session:
        _without_triggers(session)
        middle = session.exec(select(AuditEntry.id).order_by(col(AuditEntry.id)).offset(4).limit(1)).one()
        if harm == "changed":
            session.execute(text("UPDATE audit_entry SET subject = 'lain' WHERE id = :id"), {"id": middle})
        elif harm == "removed":
            session.execute(text("DELETE FROM audit_entry WHERE id = :id"), {"id": middle})
        elif harm == "slipped in":
            session.execute(text("DELETE FROM audit_entry WHERE id = :id"), {"id": middle})
            session.add(AuditEntry(id=middle, at=house.clock.now(), act="uji", subject="selundupan"))
        else:
            session.execute(text("DELETE FROM audit_seal WHERE id = 2"))
    found = desk.verify(house.db)
    assert found.broken, harm
    assert "BERUBAH" in desk.sentences(found)[0]


@pytest.mark.db
def test_the_seals_themselves_refuse_changes(house: House) -> None:
    working(house, 1)
    house.advance(minutes=11)
    for statement in ("UPDATE audit_seal SET entries = 9", "DELETE FROM audit_seal"):
        with pytest.raises(Exception, match="append-only"), house.writing() as session:
            session.execute(text(statement))


@pytest.mark.db
def test_two_processes_make_one_chain(house: House) -> None:
    working(house, 3)
    now = house.clock.now() + timedelta(minutes=11)
    with house.writing() as session:
        assert sealing.seal(session, now) >= 3
    with house.writing() as session:
        assert sealing.seal(session, now) == 0
    assert len(house.read(lambda s: s.exec(select(AuditSeal)).all())) == 1


def test_the_trail_leaves_as_lines_that_compute_to_the_seal(house: House, tmp_path: Path) -> None:
    working(house, 2500)
    for _ in range(4):
        house.advance(minutes=11)
    out = tmp_path / "jejak.jsonl"
    count = desk.export(house.db, out)
    lines = out.read_text("utf-8").splitlines()
    assert len(lines) == count >= 2500
    assert json.loads(lines[-1])["facts"] == {"é": 2499}
    seals = house.read(lambda s: s.exec(select(AuditSeal).order_by(col(AuditSeal.id))).all())
    assert sum(s.entries for s in seals) == count
    first = hashlib.sha256(sealing.BEGINNING.encode())
    for line in lines[: seals[0].entries]:
        first.update(f"{line}\n".encode())
    assert first.hexdigest() == seals[0].digest, "a stranger can compute it from the file alone"


def _without_triggers(session: Session) -> None:
    if session.get_bind().dialect.name == "sqlite":
        for table in ("audit_entry", "audit_seal"):
            for name in ("no_update", "no_delete"):
                session.execute(text(f"DROP TRIGGER {table}_{name}"))
    else:
        for table in ("audit_entry", "audit_seal"):
            session.execute(text(f"DROP TRIGGER {table}_append_only ON {table}"))
