"""Names of files and folders that any system can unpack: clean, short, unique. Pure."""

import re
import unicodedata

from flows.evidence import naming

_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))]
)
_ENDINGS = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/bmp": "bmp",
    "image/tiff": "tif",
    "image/gif": "gif",
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
    "application/vnd.ms-powerpoint": "ppt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.ms-excel.sheet.binary.macroEnabled.12": "xlsb",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "text/plain": "txt",
    "text/csv": "csv",
}
_KIN = {
    "jpg": {"jpeg"},
    "tif": {"tiff"},
    "doc": {"dot"},
    "xls": {"xlt"},
    "ppt": {"pps"},
    "docx": {"docm", "dotx"},
    "xlsx": {"xlsm", "xltx"},
    "pptx": {"pptm", "ppsx"},
    "txt": {"csv"},
}
"""Other endings that a kind may have had, and keeps."""
_SLASHES = re.compile(r"[/\\]+")


def part(text: str, most: int, instead: str = "berkas") -> str:
    """One part of a path: no slash, no leading dot, no invisible mark, no device of Windows; never empty."""
    said = naming.cleaned(_SLASHES.sub(" ", unicodedata.normalize("NFC", text)).replace("~", " "))
    said = said.strip(" ._-")
    if len(said) > most:
        said = said[:most].rsplit(" ", 1)[0] if " " in said[most // 2 : most] else said[:most]
    said = said.strip(" ._-,;") or instead
    return f"{instead} {said}" if said.partition(".")[0].strip().casefold() in _DEVICES else said


def ending(mime: str, name: str) -> str:
    """The ending of a file by what is in it; the one it came with where that is known to fit."""
    own = naming.ending_of(name)
    by_kind = _ENDINGS.get(mime)
    if by_kind is None:
        return own if own.isalnum() and len(own) <= 5 and own not in naming.PROGRAMS else "bin"
    return own if own == by_kind or own in _KIN.get(by_kind, ()) else by_kind


def file(title: str, mime: str, name: str, most: int) -> str:
    """The name of a piece of evidence: its title, with the ending that fits."""
    end = ending(mime, name)
    stem = part(title, most - len(end) - 1, "bukti")
    if stem.lower().endswith(f".{end}"):
        stem = stem[: -len(end) - 1].rstrip(" .") or "bukti"
    return f"{stem}.{end}"


class Taken:
    """Hands out names once each, whatever the case of their letters."""

    def __init__(self) -> None:
        self._names: set[str] = set()

    def unique(self, folder: str, name: str) -> str:
        """The path of a name in a folder, with a number where there is one like it already."""
        stem, dot, end = name.rpartition(".")
        if not dot:
            stem, end = name, ""
        path, number = f"{folder}/{name}", 1
        while path.casefold() in self._names:
            number += 1
            path = f"{folder}/{stem} ({number}){dot}{end}"
        self._names.add(path.casefold())
        return path
