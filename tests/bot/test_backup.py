"""Backups: made while people work, restored on either database, refused when they are not whole."""

import json
import shutil
import threading
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func
from sqlmodel import col, select
from typer.testing import CliRunner

from bot import backup, heartbeat
from bot.__main__ import cli
from bot.check_store import state
from bot.db import Database
from bot.demo import sample
from bot.evidence_store import FolderStore
from bot.migrate import behind, head, migrate
from flows.models import AnswerChange, ChatState, Evidence, Person, Unit
from tests.support.databases import Postgres, Sqlite, emptied
from tests.support.house import House

NOW = datetime(2027, 1, 18, 2, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    """The store of the agency that is backed up."""
    return FolderStore(tmp_path / "asal")


@pytest.fixture
def db(database_url: str, store: FolderStore) -> Iterator[Database]:
    """The sample agency in a database: people, answers, evidence, meetings, a tree of units."""
    made = Database(database_url)
    with made.writing() as session:
        sample.fill(session, NOW, store)
    yield made
    made.close()


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A place without tables, of either kind."""
    maker: Postgres | Sqlite = request.getfixturevalue(request.param)
    url = maker.new()
    db = Database(url)
    emptied(db)
    yield db
    db.close()
    if isinstance(maker, Postgres):
        maker.drop(url)


@pytest.mark.db
def test_everything_stands_again_on_either_database_and_the_bot_goes_on(
    db: Database, store: FolderStore, empty: Database, tmp_path: Path
) -> None:
    saved = backup.save(db, store, tmp_path / "cadangan", NOW)
    assert saved.path.name == "pandu-20270118-020000.zip"
    assert saved.files > 0
    assert saved.lost == ()
    there = FolderStore(tmp_path / "pulih")
    done = backup.restore(empty, there, saved.path)
    assert (done.rows, done.files, done.lost) == (saved.rows, saved.files, ())
    assert behind(empty) is None
    assert state(empty, there).problems == ()
    again = backup.save(empty, there, tmp_path / "lagi", NOW)
    assert _tables(again.path) == _tables(saved.path), "what comes out is what went in"
    with empty.writing() as session:  # new rows get numbers of their own
        session.add(Person(name="Wati Contoh", created_at=NOW))
    with empty.reading() as session:
        child = session.exec(select(Unit).where(col(Unit.parent_id).is_not(None))).first()
        assert child is not None, "the tree has come along"


@pytest.mark.db
def test_a_backup_made_while_people_work_is_of_one_moment(
    db: Database, store: FolderStore, tmp_path: Path
) -> None:
    stop = threading.Event()

    def work() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with db.writing() as session:  # two rows that belong together
                session.add(ChatState(chat_id=10_000 + number, telegram_id=10_000 + number))
                session.add(Person(name=f"Bekerja {number}", created_at=NOW))

    worker = threading.Thread(target=work)
    worker.start()
    try:
        saves = [backup.save(db, store, tmp_path, NOW + timedelta(seconds=n)) for n in range(5)]
    finally:
        stop.set()
        worker.join()
    grown = set()
    for saved in saves:
        with zipfile.ZipFile(saved.path) as packed:
            people = packed.read("person.jsonl").decode().count("Bekerja ")
            chats = sum(json.loads(line)[0] > 10_000 for line in packed.read("chat_state.jsonl").splitlines())
        assert people == chats
        grown.add(people)
    assert len(grown) > 1, "people did work meanwhile"


def test_evidence_is_copied_once_and_goes_with_the_last_backup_that_names_it(
    db: Database, store: FolderStore, tmp_path: Path
) -> None:
    first = backup.save(db, store, tmp_path, NOW)
    kept = FolderStore(tmp_path / backup.EVIDENCE)
    before = {key: kept._path(key).stat().st_mtime_ns for key in kept.keys()}  # noqa: SIM118
    extra = kept.put(b"hanya disebut cadangan lama")
    second = backup.save(db, store, tmp_path, NOW + timedelta(days=1))
    third = backup.save(db, store, tmp_path, NOW + timedelta(days=2))
    assert {key: kept._path(key).stat().st_mtime_ns for key in before} == before
    assert backup.let_go(tmp_path, 2) == 1
    assert [p.exists() for p in (first.path, second.path, third.path)] == [False, True, True]
    assert not kept.has(extra)
    assert all(kept.has(key) for key in before)


def test_lost_evidence_is_named_and_the_rest_is_safe(
    db: Database, store: FolderStore, empty: Database, tmp_path: Path
) -> None:
    gone, damaged, *_ = sorted(store.keys())
    store._path(gone).unlink()
    store._path(damaged).write_bytes(b"lain")
    saved = backup.save(db, store, tmp_path / "cadangan", NOW)
    assert set(saved.lost) <= {gone, damaged}
    assert saved.lost
    done = backup.restore(empty, FolderStore(tmp_path / "pulih"), saved.path)
    assert done.lost == saved.lost
    with empty.reading() as session:
        assert session.exec(select(func.count()).select_from(Evidence)).one() > 0


def test_what_lies_damaged_where_it_is_restored_is_replaced(
    db: Database, store: FolderStore, empty: Database, tmp_path: Path
) -> None:
    saved = backup.save(db, store, tmp_path / "cadangan", NOW)
    there = FolderStore(tmp_path / "pulih")
    key = backup.read_manifest(saved.path)["evidence"][0]
    there.put(store.get(key))
    there._path(key).write_bytes(b"rusak")
    done = backup.restore(empty, there, saved.path)
    assert done.lost == ()
    assert there.get(key) == store.get(key)


@pytest.mark.parametrize("harm", ["cut", "changed", "another", "newer", "row"])
def test_what_is_not_whole_is_refused_and_leaves_the_place_empty(
    db: Database, store: FolderStore, empty: Database, tmp_path: Path, harm: str
) -> None:
    saved = backup.save(db, store, tmp_path / "cadangan", NOW)
    bad = tmp_path / "cadangan" / "pandu-20270119-020000.zip"
    _harmed(saved.path, bad, harm)
    with pytest.raises(backup.BackupError, match="newer|baru" if harm == "newer" else "utuh"):
        backup.restore(empty, FolderStore(tmp_path / "pulih"), bad)
    assert behind(empty) == ""
    backup.restore(empty, FolderStore(tmp_path / "pulih"), saved.path)


def test_a_place_with_something_in_it_is_never_touched(
    db: Database, store: FolderStore, tmp_path: Path
) -> None:
    saved = backup.save(db, store, tmp_path / "cadangan", NOW)
    with pytest.raises(backup.BackupError, match="sudah berisi"):
        backup.restore(db, store, saved.path)


def test_an_older_programs_backup_is_brought_up_to_date(
    db: Database, store: FolderStore, empty: Database, tmp_path: Path
) -> None:
    """As version 0006 would have made it: without the tables that came later."""
    saved = backup.save(db, store, tmp_path / "cadangan", NOW)
    old = tmp_path / "cadangan" / "pandu-20260601-020000.zip"
    later = {"board_cursor", "unit_standing", "letter_template"}
    with zipfile.ZipFile(saved.path) as packed, zipfile.ZipFile(old, "w") as made:
        about = json.loads(packed.read(backup.MANIFEST))
        about["revision"] = "0006"
        known = _columns_of("0006", tmp_path)
        for name in list(about["tables"]):
            if name not in known:
                del about["tables"][name]
        assert later.isdisjoint(about["tables"])
        for name, facts in about["tables"].items():
            rows = [json.loads(line) for line in packed.read(f"{name}.jsonl").splitlines()]
            columns = list(facts["columns"])
            keep = [columns.index(c) for c in columns if c in known[name]]
            lines = [_line([row[n] for n in keep]) for row in rows]
            total = backup.Total()
            for line in lines:
                total.add(line)
            facts["columns"] = {columns[n]: facts["columns"][columns[n]] for n in keep}
            facts["sum"] = str(total)
            made.writestr(f"{name}.jsonl", b"".join(lines))
        made.writestr(backup.MANIFEST, json.dumps(about))
    backup.restore(empty, FolderStore(tmp_path / "pulih"), old)
    assert behind(empty) is None
    with db.reading() as one, empty.reading() as other:
        counted = select(func.count()).select_from(AnswerChange)
        assert one.exec(counted).one() == other.exec(counted).one() > 0


def test_the_days_backup_is_made_once_in_the_night_and_old_ones_go(house: House, tmp_path: Path) -> None:
    house.unit()
    folder = tmp_path / "cadangan"
    settings = house.edge.settings
    house.edge.settings = settings.model_copy(update={"backup_dir": folder, "backup_keep": 2})
    house.clock.set_to(datetime(2027, 1, 18, 18, 30, tzinfo=UTC))  # 01.30 WIB
    assert heartbeat.back_up_once(house.edge, folder) is None
    for _ in range(3):
        house.clock.set_to(house.clock.now() + timedelta(hours=1))
        assert heartbeat.back_up_once(house.edge, folder) is not None
        assert heartbeat.back_up_once(house.edge, folder) is None, "one a day"
        house.clock.set_to(house.clock.now() + timedelta(hours=23))
    assert len(list(folder.glob("pandu-*.zip"))) == 2


def test_the_commands_save_try_and_restore(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("DATA_DIR", "data")
    run = CliRunner().invoke
    assert "belum ada" in run(cli, ["backup", "cadangan"]).output
    assert run(cli, ["seed"]).exit_code == 0
    assert "BACKUP_DIR" in run(cli, ["backup"]).output
    done = run(cli, ["backup", "cadangan", "--simpan", "3"])
    assert done.exit_code == 0, done.output
    (made,) = Path("cadangan").glob("pandu-*.zip")
    tried = run(cli, ["restore", str(made), "--uji"])
    assert tried.exit_code == 0, tried.output
    assert tried.output.startswith("Cadangan ini baik:")
    assert "sudah berisi" in run(cli, ["restore", str(made)]).output
    shutil.rmtree("data")
    back = run(cli, ["restore", str(made)])
    assert back.output.startswith("Pulih:")
    assert run(cli, ["check"]).exit_code == 0
    shutil.rmtree("data")
    for file in Path("cadangan/bukti").glob("??/*"):
        file.unlink()
    partly = run(cli, ["restore", str(made)])
    assert partly.exit_code == 1
    assert "hilang atau rusak" in partly.output


def _tables(path: Path) -> dict[str, tuple[int, str]]:
    return {name: (t["rows"], t["sum"]) for name, t in backup.read_manifest(path)["tables"].items()}


def _line(row: list[object]) -> bytes:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _columns_of(revision: str, folder: Path) -> dict[str, set[str]]:
    from sqlalchemy import inspect

    db = Database(f"sqlite:///{folder / 'lama.sqlite3'}")
    migrate(db, revision)
    with db.engine.connect() as connection:
        there = inspect(connection)
        found = {name: {c["name"] for c in there.get_columns(name)} for name in there.get_table_names()}
    db.close()
    return found


def _harmed(good: Path, bad: Path, harm: str) -> None:
    if harm == "cut":
        bad.write_bytes(good.read_bytes()[:-3000])
        return
    if harm == "another":
        with zipfile.ZipFile(bad, "w") as made:
            made.writestr("catatan.txt", "bukan cadangan")
        return
    if harm == "changed":
        data = bytearray(good.read_bytes())
        with zipfile.ZipFile(good) as packed:
            at = packed.getinfo("answer.jsonl").header_offset + 200
        data[at] ^= 0xFF
        bad.write_bytes(bytes(data))
        return
    with zipfile.ZipFile(good) as packed, zipfile.ZipFile(bad, "w") as made:
        for name in packed.namelist():
            data = bytearray(packed.read(name))
            if harm == "newer" and name == backup.MANIFEST:
                data = bytearray(data.replace(f'"{head()}"'.encode(), b'"9999"'))
            if harm == "row" and name == "answer.jsonl":
                data = data[: data.rstrip().rindex(b"\n") + 1]
            made.writestr(name, bytes(data))
