"""Is this file a workbook that may be opened? Looked at before anything is unpacked into memory.

What is inside a file was written by strangers: sizes are bounded, entities are refused, and every part of
XML is counted as it streams by. Hyperlinks and merged cells are noted on the way.
"""

import io
import posixpath
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

MIB = 1024 * 1024
MAX_BYTES = 20 * MIB
MAX_UNPACKED_BYTES = 80 * MIB
MAX_ENTRIES = 2000
MAX_RATIO = 200
MAX_ELEMENTS = 800_000
MAX_NOTED = 20_000
"""Hyperlinks or merged ranges of one sheet; the rest is not looked at."""
SECONDS = 30.0

NOT_EXCEL, OLD_FORMAT, LOCKED = "bukan", "lama", "terkunci"
TOO_BIG, BOMB, BROKEN, NO_LKE, GONE = "besar", "bom", "rusak", "kosong", "hilang"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

Cell = tuple[int, int]
Range = tuple[int, int, int, int]
"""First row, first column, last row, last column; from 1."""


class Unreadable(Exception):
    """The file cannot be taken; `code` says why (the constants of this module)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Budget:
    """A bound on the time of one reading. Raises Unreadable when it is spent."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._until = time.monotonic() + seconds

    def check(self) -> None:
        """Raise Unreadable once the time is up."""
        if time.monotonic() > self._until:
            raise Unreadable(BOMB)


@dataclass(slots=True)
class Noted:
    """What a sheet says beside its cells: addresses behind cells, and merged ranges."""

    links: dict[Cell, str] = field(default_factory=dict)
    merges: list[Range] = field(default_factory=list)


def inspect(data: bytes, budget: Budget) -> dict[str, Noted]:
    """Make sure that the workbook is safe to open. Returns what was noted, by the sheet's path inside.

    Raises Unreadable.
    """
    _outside(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _sizes(archive)
            _kind(archive)
            return _parts(archive, budget)
    except (
        zipfile.BadZipFile,
        expat.ExpatError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
    ) as err:
        raise Unreadable(BROKEN) from err


def _outside(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise Unreadable(TOO_BIG)
    if data.startswith(_OLE):
        raise Unreadable(LOCKED if _ENCRYPTED in data else OLD_FORMAT)
    if not data.startswith(b"PK"):
        head = data[:400].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
        # Web systems call a page of HTML or XML ".xls"; Excel opens it and can save it properly.
        raise Unreadable(OLD_FORMAT if head.startswith((b"<html", b"<table", b"<?xml")) else NOT_EXCEL)


def _sizes(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if len(parts) > MAX_ENTRIES or unpacked > MAX_UNPACKED_BYTES:
        raise Unreadable(BOMB)
    if unpacked > MIB and unpacked > MAX_RATIO * max(1, packed):
        raise Unreadable(BOMB)
    if any(part.flag_bits & 0x1 for part in parts):
        raise Unreadable(LOCKED)


def _kind(archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return
    spreadsheet = "xl/workbook.bin" in names or (
        "mimetype" in names and b"spreadsheet" in archive.open("mimetype").read(200)
    )
    if spreadsheet:
        raise Unreadable(OLD_FORMAT)
    raise Unreadable(NOT_EXCEL if names else BROKEN)


def _parts(archive: zipfile.ZipFile, budget: Budget) -> dict[str, Noted]:
    found: dict[str, Noted] = {}
    for name in archive.namelist():
        if not name.endswith((".xml", ".rels")):
            continue
        pending: dict[str, list[Cell]] = {}
        noted = Noted()
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            found[name] = noted
        _stream(archive, name, budget, _noting(noted, pending))
        if pending:
            _resolve(archive, name, budget, noted, pending)
    return found


def _noting(noted: Noted, pending: dict[str, list[Cell]]) -> Callable[[str, dict[str, str]], None]:
    def note(tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if local == "mergeCell" and len(noted.merges) < MAX_NOTED:
            area = parse_range(attributes.get("ref", ""))
            if area is not None:
                noted.merges.append(area)
        elif local == "hyperlink" and len(pending) < MAX_NOTED:
            area = parse_range(attributes.get("ref", ""))
            key = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
            if area is not None and key:
                pending.setdefault(key, []).append(area[:2])

    return note


def _resolve(
    archive: zipfile.ZipFile, name: str, budget: Budget, noted: Noted, pending: dict[str, list[Cell]]
) -> None:
    """Find the addresses behind the relation ids of a sheet's hyperlinks."""
    folder, base = posixpath.split(name)
    relations = f"{folder}/_rels/{base}.rels"
    if relations not in archive.namelist():
        return

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "Relationship":
            for cell in pending.get(attributes.get("Id", ""), ()):
                noted.links[cell] = attributes.get("Target", "")[:1000]

    _stream(archive, relations, budget, relation)


def _stream(
    archive: zipfile.ZipFile, name: str, budget: Budget, start: Callable[[str, dict[str, str]], None]
) -> None:
    """Let a part of XML stream by, counting. Raises Unreadable for declarations of types and for too many."""
    count = 0

    def element(tag: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > MAX_ELEMENTS:
            raise Unreadable(BOMB)
        start(tag, attributes)

    def refuse(*_: object) -> None:
        raise Unreadable(BOMB)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = element
    with archive.open(name) as part:
        while chunk := part.read(1 << 16):
            budget.check()
            parser.Parse(chunk, False)
    parser.Parse(b"", True)


def parse_range(text: str) -> Range | None:
    """ "B2:G2" or "P5" as numbers; None when it is neither."""
    first, _, last = text.replace("$", "").partition(":")
    start, end = _cell(first), _cell(last or first)
    return (*start, *end) if start and end else None


def _cell(text: str) -> Cell | None:
    letters = text.rstrip("0123456789")
    digits = text[len(letters) :]
    if not digits or not letters.isascii() or not letters.isalpha() or len(letters) > 3 or len(digits) > 7:
        return None
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return int(digits), column
