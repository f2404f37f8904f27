"""Backup and restore: every table in one zip, the evidence beside it; the same on SQLite and PostgreSQL.

A backup is `pandu-<moment>.zip` (tables as JSON lines and MANIFEST.json) in a folder whose `bukti/` holds the
evidence of all backups there, each file once. What was saved on one kind of database is restored on either,
and so is evidence from a folder or a bucket: growing from one machine to several is a backup
and a restore. See docs/adr/0018-backups-of-our-own.md.
"""

import hashlib
import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    MetaData,
    Table,
    bindparam,
    func,
    inspect,
    select,
    text,
)
from sqlalchemy.types import TypeEngine
from sqlmodel import Session

import flows.models  # noqa: F401  (fills the metadata)
from bot.check_store import referenced
from bot.db import Database
from bot.evidence_store import EvidenceStore, FolderStore
from bot.migrate import behind, head, migrate, revisions
from flows.ports import FileDamaged, FileUnavailable
from flows.tables import metadata

FORMAT = 1
NAME, MOMENT = "pandu-{}.zip", "%Y%m%d-%H%M%S"
MANIFEST, EVIDENCE = "MANIFEST.json", "bukti"
BATCH = 1000
FROM_HOUR = 2
"""The daily backup is made when most people sleep."""
Kinds = dict[str, str]
PLAIN = "plain"
_TYPES: dict[str, TypeEngine[Any]] = {
    "datetime": metadata.tables["audit_entry"].c.at.type,
    "date": Date(),
    "bool": Boolean(),
    "json": JSON(),
    "json_or_none": JSON(none_as_null=True),
}
_BACK: dict[str, Callable[[Any], Any]] = {
    "datetime": lambda value: value and datetime.fromisoformat(value),
    "date": lambda value: value and date.fromisoformat(value),
}


class BackupError(Exception):
    """One sentence in Indonesian: what stands in the way and what to do."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A backup that was made. `lost` are keys of evidence that the store could not give."""

    path: Path
    rows: int
    files: int
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """What stands again. `lost` are keys of evidence that the backup could not give."""

    rows: int
    files: int
    lost: tuple[str, ...]


# saving --------------------------------------------------------------------------------------------


def save(db: Database, store: EvidenceStore, folder: Path, now: datetime) -> Saved:
    """Write one consistent backup while people keep working.

    The tables are read in one read-only transaction. Evidence that the backups of this folder have already
    is not copied again. The zip appears under its name whole or not at all.

    Raises:
        BackupError: the database's tables are not this program's.
        OSError: the folder cannot be written.
        StoreUnreachable: the evidence cannot be had now. No backup is made then.
    """
    if behind(db) is not None:
        raise BackupError("Basis data belum sesuai versi ini. Jalankan bot sekali, lalu ulangi.")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME.format(now.strftime(MOMENT))
    handle, temporary = tempfile.mkstemp(prefix=".cadangan-", dir=folder)
    try:
        with os.fdopen(handle, "wb") as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as packed:
                with db.reading() as session:
                    tables = {t.name: _dump(session, t, packed) for t in metadata.sorted_tables}
                    keys = sorted(referenced(session))
                files, lost = _keep_evidence(store, FolderStore(folder / EVIDENCE), keys)
                about = {
                    "format": FORMAT,
                    "revision": head(),
                    "made_at": now.isoformat(),
                    "database": "sqlite" if db.is_sqlite else "postgresql",
                    "tables": tables,
                    "evidence": keys,
                    "evidence_lost": lost,
                }
                packed.writestr(MANIFEST, json.dumps(about, ensure_ascii=False, indent=1))
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return Saved(path, sum(int(t["rows"]) for t in tables.values()), files, tuple(lost))


def _dump(session: Session, table: Table, packed: zipfile.ZipFile) -> dict[str, Any]:
    total, rows = Total(), 0
    with packed.open(f"{table.name}.jsonl", "w") as out:
        for line in _lines(session.connection(), table):
            out.write(line)
            total.add(line)
            rows += 1
    kinds = {column.name: _kind(column) for column in table.columns}
    return {"rows": rows, "sum": str(total), "columns": kinds}


class Total:
    """A sum over rows that does not depend on their order: databases sort text in their own ways."""

    def __init__(self) -> None:
        self._sum = 0

    def add(self, line: bytes) -> None:
        """Take in one row."""
        self._sum = (self._sum + int.from_bytes(hashlib.sha256(line).digest())) % (1 << 256)

    def __str__(self) -> str:
        return f"{self._sum:064x}"


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """The rows by their key (where the table names one), one JSON array each, columns in their order."""
    query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=BATCH)
    for row in connection.execute(query):
        values = [v.isoformat() if isinstance(v, date) else v for v in row]
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _kind(column: "Column[Any]") -> str:
    if isinstance(column.type, JSON):
        return "json_or_none" if column.nullable else "json"
    return next((kind for kind, made in _TYPES.items() if isinstance(column.type, type(made))), PLAIN)


def _keep_evidence(
    store: EvidenceStore, kept: EvidenceStore, keys: list[str], *, trusting: bool = True
) -> tuple[int, list[str]]:
    """Bring each key from one store into the other; the keys that the first cannot give.

    What is there already is not read again when `trusting`; otherwise a damaged file is replaced.
    """
    files, lost = 0, []
    for key in keys:
        if not (trusting and kept.has(key)):
            try:
                kept.put(store.get(key))
            except (FileUnavailable, FileDamaged):
                lost.append(key)
                continue
        files += 1
    return files, lost


def let_go(folder: Path, keep: int) -> int:
    """Keep the newest `keep` backups of a folder and the evidence that they name. Returns how many went.

    Raises BackupError when one of those kept cannot be read: then nothing is taken away.
    """
    backups = sorted(folder.glob(NAME.format("*")))
    old, kept = backups[:-keep], backups[-keep:]
    if not old:
        return 0
    needed = {key for path in kept for key in read_manifest(path)["evidence"]}
    for path in old:
        path.unlink()
    evidence = FolderStore(folder / EVIDENCE)
    for key in [key for key in evidence.keys() if key not in needed]:  # noqa: SIM118  (a store is no mapping)
        evidence.drop(key, 0.0)
    return len(old)


def due(folder: Path, now: datetime) -> bool:
    """Whether the day of `now` (local) has no backup yet, from two in the morning on."""
    return now.hour >= FROM_HOUR and not any(folder.glob(NAME.format(f"{now:%Y%m%d}-*")))


# restoring -----------------------------------------------------------------------------------------


def read_manifest(path: Path) -> dict[str, Any]:
    """What a backup says of itself. Raises BackupError for a file that is none, or is of a newer program."""
    try:
        with zipfile.ZipFile(path) as packed:
            about: dict[str, Any] = json.loads(packed.read(MANIFEST))
    except (OSError, zipfile.BadZipFile, KeyError, ValueError):
        raise BackupError(
            f"{path} bukan cadangan Pandu ZI yang utuh. Pilih berkas pandu-….zip lain."
        ) from None
    if about.get("format") != FORMAT or about.get("revision") not in revisions():
        raise _newer(path)
    return about


def restore(db: Database, store: EvidenceStore, path: Path) -> Restored:
    """Fill an empty database and store from a backup, check every table against it, bring it up to date.

    The evidence comes first, then the rows in one transaction: of a restore that fails nothing shows.

    Raises:
        StoreUnreachable: the store takes no evidence now. The database is empty still.
        BackupError: the place is not empty, or the backup is damaged or of a newer program.
    """
    about = read_manifest(path)
    if behind(db) != "":
        raise BackupError(
            "Basis data tujuan sudah berisi. Pulihkan ke tempat kosong: atur DATA_DIR atau DATABASE_URL "
            "lain, atau pindahkan dulu yang lama."
        )
    kept = FolderStore(path.parent / EVIDENCE)
    files, lost = _keep_evidence(kept, store, about["evidence"], trusting=False)
    migrate(db, about["revision"])
    try:
        with zipfile.ZipFile(path) as packed, db.engine.begin() as connection:
            rows = _fill(connection, packed, about["tables"])
    except BaseException as err:
        _empty_again(db)
        if isinstance(err, (zipfile.BadZipFile, zlib.error, ValueError, KeyError)):
            raise BackupError(f"{path} rusak: isinya tidak utuh. Pakai cadangan lain.") from None
        raise
    migrate(db)
    return Restored(rows, files, tuple(lost))


def _newer(path: Path) -> BackupError:
    return BackupError(f"{path} dibuat versi program yang lebih baru. Pasang versi itu, lalu ulangi.")


def _empty_again(db: Database) -> None:
    migrate(db, "base")
    with db.engine.begin() as connection:
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))


def _fill(connection: Connection, packed: zipfile.ZipFile, facts: dict[str, Any]) -> int:
    """Insert every table's rows, parents first. Raises ValueError for one that comes out otherwise."""
    tables = {name: _table(name, each["columns"]) for name, each in facts.items()}
    for table in reversed(tables.values()):  # what a migration put there itself
        connection.execute(table.delete())
    for name, table in tables.items():
        _insert(connection, packed, table, facts[name]["columns"])
        total, rows = Total(), 0
        for line in _lines(connection, table):
            total.add(line)
            rows += 1
        if (rows, str(total)) != (facts[name]["rows"], facts[name]["sum"]):
            raise ValueError(name)
        if "id" in table.columns and connection.dialect.name == "postgresql":
            highest = select(func.max(table.c.id)).scalar_subquery()
            connection.execute(select(func.setval(func.pg_get_serial_sequence(name, "id"), highest)))
    return sum(each["rows"] for each in facts.values())


def _insert(connection: Connection, packed: zipfile.ZipFile, table: Table, kinds: Kinds) -> None:
    """The rows; those that name a row of the same table get that name when all are there."""
    own = {
        column
        for key in inspect(connection).get_foreign_keys(table.name)
        if key["referred_table"] == table.name
        for column in key["constrained_columns"]
    }
    links: list[dict[str, Any]] = []
    with packed.open(f"{table.name}.jsonl") as lines:
        while rows := [_row(line, kinds) for line in islice(lines, BATCH)]:
            links += [
                {"of": row["id"], **{c: row[c] for c in own}} for row in rows if any(row[c] for c in own)
            ]
            connection.execute(table.insert(), [row | dict.fromkeys(own) for row in rows])
    if links:
        by_id = table.update().where(table.c.id == bindparam("of"))
        connection.execute(by_id.values({c: bindparam(c) for c in own}), links)


def _row(line: bytes, kinds: Kinds) -> dict[str, Any]:
    return {
        name: _BACK.get(kind, _same)(v)
        for (name, kind), v in zip(kinds.items(), json.loads(line), strict=True)
    }


def _same(value: Any) -> Any:
    return value


def _table(name: str, kinds: Kinds) -> Table:
    """The table as it was when the backup was made: its columns may not be today's."""
    return Table(name, MetaData(), *(Column(column, _TYPES.get(kind)) for column, kind in kinds.items()))
