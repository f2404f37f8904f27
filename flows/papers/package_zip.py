"""One zip of a package: evidence read from the store and checked, lists, index and MANIFEST. Pure but for the
store; called in a thread, outside any transaction."""

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flows.papers.texts import package as texts
from flows.ports import FileDamaged, FileUnavailable, Store

_PACKED = frozenset(
    (
        *("pdf", "jpg", "jpeg", "png", "webp", "gif", "zip", "odt", "ods", "odp"),
        *("docx", "docm", "dotx", "xlsx", "xlsm", "xltx", "xlsb", "pptx", "pptm", "ppsx"),
    )
)
"""Endings of files that are packed already: they are put in as they are."""
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_FILE_MODE = 0o644 << 16
DAMAGED, LOST = "rusak", "hilang"
SAID = {DAMAGED: texts.DAMAGED, LOST: texts.LOST}


class Zip:
    """A zip in the making, with the hash of everything that is put in."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._out = io.BytesIO()
        self._archive = zipfile.ZipFile(self._out, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self.hashes: list[tuple[str, str]] = []

    def put(self, path: str, data: bytes, made: Sequence[int] = _EARLIEST) -> None:
        """Put a file into the root folder. The same calls give the same zip."""
        moment = max(tuple(made), _EARLIEST)
        info = zipfile.ZipInfo(f"{self._root}/{path}", moment)  # type: ignore[arg-type]
        packed = path.rpartition(".")[2].lower() in _PACKED
        info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        info.external_attr = _FILE_MODE
        info.create_system = 3
        self._archive.writestr(info, data)
        self.hashes.append((hashlib.sha256(data).hexdigest(), path))

    def finished(self, manifest: str, further: Iterable[tuple[str, str]] = ()) -> bytes:
        """The zip with its MANIFEST, which also names `further` files: those of the other zips."""
        lines = sorted({*self.hashes, *further}, key=lambda line: line[1])
        text = "".join(f"{digest}  {path}\n" for digest, path in lines)
        self.put(manifest, text.encode())
        self._archive.close()
        return self._out.getvalue()


def evidence(
    target: Zip, rows: Sequence[Mapping[str, Any]], numbers: Iterable[int], store: Store
) -> list[list[Any]]:
    """Put the evidence of these rows in, one file in memory at a time. Returns what could not be: row, why.

    Bytes are only taken when they still are what they were when they were stored.
    """
    bad: list[list[Any]] = []
    for number in numbers:
        row = rows[number]
        try:
            data = store.get(str(row["sha256"]))
        except FileDamaged:
            bad.append([number, DAMAGED])
            continue
        except FileUnavailable:
            bad.append([number, LOST])
            continue
        target.put(str(row["at"]), data, [int(n) for n in row["made"]])
    return bad


def with_states(rows: Sequence[Mapping[str, Any]], bad: Iterable[Sequence[Any]]) -> list[dict[str, Any]]:
    """The rows as the index shows them: damaged pieces say so wherever they are listed."""
    why = {rows[int(number)]["key"]: SAID[str(code)] for number, code in bad}
    return [
        {**row, "state": why[row["key"]], "at": ""} if row["key"] in why and row["sha256"] else dict(row)
        for row in rows
    ]


def of_parts(parts: Sequence[Sequence[int]], rows: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """In which zip each piece lies, by the piece's key, counted from 1."""
    return {int(rows[number]["key"]): n for n, numbers in enumerate(parts, 1) for number in numbers}
