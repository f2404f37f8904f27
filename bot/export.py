"""Behind `pandu-zi export`: files of one unit, made from a read-only snapshot.

A kind is a name on the command line and a function that makes its files. The operator has no roles in the
bot, so kinds leave out what is marked "terbatas" as they do for somebody without the right.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, select

from bot.db import Database
from bot.evidence_store import EvidenceStore
from flows.delivery import File
from flows.models import Unit
from knowledge.library import Library

SHOWN = 8


class Unknown(Exception):
    """No such unit or kind, or several; the text says what to write instead."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a kind may use: one consistent state, the unit, and the store of evidence."""

    session: Session
    unit: Unit
    library: Library
    now: datetime
    store: EvidenceStore


def lke(desk: Desk) -> Iterable[File]:
    """The LKE workbook."""
    from flows.workbook import kinds

    yield kinds.lke(kinds.of_operator(desk.session, desk.library, desk.unit, desk.now).content)


def csv(desk: Desk) -> Iterable[File]:
    """The tables, each a file of its own."""
    from flows.workbook import kinds, tables

    given = kinds.of_operator(desk.session, desk.library, desk.unit, desk.now)
    for name, data in tables.tables(given.content, given.data):
        yield File(name, data, "text/csv")


def json(desk: Desk) -> Iterable[File]:
    """The plain data."""
    from flows.workbook import kinds

    yield kinds.json_file(kinds.of_operator(desk.session, desk.library, desk.unit, desk.now))


Maker = Callable[[Desk], Iterable[File]]

KINDS: dict[str, Maker] = {"lke": lke, "csv": csv, "json": json}
"""Every kind by its name on the command line."""


def unit_named(session: Session, wanted: str) -> Unit:
    """The unit with this id or name (a part of it is enough when only one has it). Raises Unknown."""
    units = session.exec(select(Unit).where(col(Unit.archived_at).is_(None)).order_by(col(Unit.id))).all()
    if wanted.isascii() and wanted.isdecimal():
        found = [unit for unit in units if unit.id == int(wanted)]
    else:
        said = wanted.casefold().strip()
        found = [unit for unit in units if unit.name.casefold() == said]
        found = found or [unit for unit in units if said in unit.name.casefold()]
    if len(found) == 1:
        return found[0]
    lines = "\n".join(f"  {unit.id}  {unit.name}" for unit in (found or units)[:SHOWN])
    why = "cocok dengan beberapa unit" if found else "tidak ditemukan"
    raise Unknown(f'Unit "{wanted}" {why}. Tulis nomornya, misalnya:\n{lines}')


def export(
    db: Database, store: EvidenceStore, library: Library, kind: str, unit: str, out: Path, now: datetime
) -> list[Path]:
    """Write the files of a kind into a folder, or under the given file name. Returns where they are."""
    maker = KINDS.get(kind)
    if maker is None:
        raise Unknown(f'Jenis "{kind}" tidak dikenal. Yang ada: {", ".join(sorted(KINDS))}.')
    written: list[Path] = []
    with db.reading() as session:
        # One at a time: the zips of a large unit do not fit into memory together.
        for file in maker(Desk(session, unit_named(session, unit), library, now, store)):
            path = _place(out, file.name, first=not written)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.data)
            written.append(path)
    return written


def _place(out: Path, name: str, *, first: bool) -> Path:
    """Where a file goes: into the folder; under the given name if that names a file; further ones beside."""
    if out.is_dir() or not out.suffix:
        return out / name
    return out if first else out.parent / name


def _papers(name: str) -> Maker:
    """A kind of `bot.export_papers`, imported when it is asked for: typesetter and Word take their time."""

    def make(desk: Desk) -> Iterable[File]:
        from bot import export_papers

        return export_papers.KINDS[name](desk)

    return make


PAPERS = (
    *("brief", "package", "letter-pengantar", "letter-sptjm"),
    *("letter-evaluasi", "letter-undangan", "letter-notula"),
)
KINDS.update({name: _papers(name) for name in PAPERS})
