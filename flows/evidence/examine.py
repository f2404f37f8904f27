"""Looks at the bytes that somebody sent: what they are, whether they may be kept, which date they name.

What is inside was written by strangers: nothing is unpacked without a bound, nothing is run, and whatever
a reader of files throws becomes a finding. Called in a thread, outside any transaction.
"""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from flows.evidence import dating, findings, naming, pdf, photos
from flows.evidence.findings import Finding

MAX_ENTRIES = 20_000
MAX_UNPACKED_BYTES = 400 * findings.MIB
SMALL_BYTES = 8 * findings.MIB
MAX_RATIO = 150
MAX_XML_BYTES = 300_000

PHOTO, PDF, OFFICE, TEXT = "photo", "pdf", "office", "text"

_OOXML = "application/vnd.openxmlformats-officedocument."
_ZIPPED = {  # a part that is always there: (MIME type, endings)
    "word/document.xml": (f"{_OOXML}wordprocessingml.document", ("docx", "docm", "dotx")),
    "xl/workbook.xml": (f"{_OOXML}spreadsheetml.sheet", ("xlsx", "xlsm", "xltx")),
    "xl/workbook.bin": ("application/vnd.ms-excel.sheet.binary.macroEnabled.12", ("xlsb",)),
    "ppt/presentation.xml": (f"{_OOXML}presentationml.presentation", ("pptx", "pptm", "ppsx")),
}
_OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text": ("odt",),
    "application/vnd.oasis.opendocument.spreadsheet": ("ods",),
    "application/vnd.oasis.opendocument.presentation": ("odp",),
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_KINDS = (
    ("WordDocument", "application/msword", ("doc", "dot")),
    ("Workbook", "application/vnd.ms-excel", ("xls", "xlt")),
    ("Book", "application/vnd.ms-excel", ("xls",)),
    ("PowerPoint Document", "application/vnd.ms-powerpoint", ("ppt", "pps")),
)
_PROGRAM_STARTS = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xfe\xed\xfa",
    b"#!",
    b"L\0\0\0",
)
_ARCHIVE_STARTS = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
_MARKUP = re.compile(rb"^\s*<(?:!doctype|html|svg|\?xml|script)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Examined:
    """What a file is. `data` is what would be kept (photos without position and camera data).

    `day` is the date that the file itself names. With a finding that stops, `data` is empty.
    """

    name: str
    kind: str = ""
    mime: str = ""
    data: bytes = b""
    pages: int = 0
    day: date | None = None
    findings: tuple[Finding, ...] = field(default=())

    @property
    def stopped(self) -> bool:
        """Whether it cannot be kept."""
        return any(f.stops for f in self.findings)


def examine(data: bytes, name: str, today: date, *, photo: bool = False) -> Examined:
    """Look at one file. `photo` came as a photo: its name was given by Telegram. Never raises."""
    clean = naming.cleaned(name)
    if not data:
        return _stop(clean, findings.EMPTY)
    if naming.ending_of(clean) in naming.PROGRAMS:
        return _stop(clean, findings.PROGRAM)
    found = _of_content(data, clean, today)
    if found.stopped:
        return found
    if found.day is None and not photo:
        found = replace(found, day=dating.day_in(found.name.rpartition(".")[0] or found.name, today))
    if found.name != name and not photo:
        found = replace(found, findings=(*found.findings, Finding(findings.RENAMED, {"name": found.name})))
    return found


def _stop(name: str, code: str) -> Examined:
    return Examined(name, findings=(Finding(code, {"name": name}),))


def _of_content(data: bytes, name: str, today: date) -> Examined:
    head = data[:1024]
    looks: list[tuple[bool, Callable[[bytes, str, date], Examined]]] = [
        (b"%PDF-" in head, _pdf),
        (head.startswith((b"PK\x03\x04", b"PK\x05\x06")), _zip),
        (head.startswith(_OLE), _ole),
        (photos.is_picture(head), _photo),
    ]
    for fits, look in looks:
        if fits:
            return look(data, name, today)
    if head.startswith(_PROGRAM_STARTS) or _MARKUP.match(head):
        return _stop(name, findings.PROGRAM)
    if head.startswith(_ARCHIVE_STARTS):
        return _stop(name, findings.ARCHIVE)
    return _text(data, name, today)


def _pdf(data: bytes, name: str, today: date) -> Examined:
    try:
        read = pdf.read(data)
    except pdf.Locked:
        return _stop(name, findings.LOCKED)
    except pdf.Bomb:
        return _stop(name, findings.BOMB)
    except pdf.Broken:
        return _stop(name, findings.UNREADABLE)
    found = (Finding(findings.PROTECTED, {"name": name}),) if read.protected else ()
    return Examined(
        naming.with_ending(name, ("pdf",)),
        PDF,
        "application/pdf",
        data,
        read.pages,
        dating.day_in(read.text, today, with_year=True),
        found,
    )


def _photo(data: bytes, name: str, today: date) -> Examined:
    try:
        picture = photos.look(data)
    except photos.Bomb:
        return _stop(name, findings.BOMB)
    except photos.Broken:
        return _stop(name, findings.UNREADABLE)
    except photos.NotOne:
        return _stop(name, findings.TYPE)
    day = picture.taken_on if picture.taken_on and picture.taken_on <= today else None
    named = naming.with_ending(name, picture.endings)
    return Examined(named, PHOTO, picture.mime, picture.data, 1, day)


def _zip(data: bytes, name: str, today: date) -> Examined:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _zipped(archive, data, name, today)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        return _stop(name, findings.UNREADABLE)


def _zipped(archive: zipfile.ZipFile, data: bytes, name: str, today: date) -> Examined:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_ENTRIES or unpacked > MAX_UNPACKED_BYTES:
        return _stop(name, findings.BOMB)
    if unpacked > SMALL_BYTES and unpacked > MAX_RATIO * len(data):
        return _stop(name, findings.BOMB)
    if any(part.flag_bits & 0x1 for part in parts):
        return _stop(name, findings.LOCKED)
    names = set(archive.namelist())
    if names & {"META-INF/MANIFEST.MF", "AndroidManifest.xml"}:
        return _stop(name, findings.PROGRAM)
    mime, endings, text_part = _office_kind(archive, names)
    if not mime:
        return _stop(name, findings.ARCHIVE)
    macro = any(n.lower().endswith("vbaproject.bin") for n in names)
    found = (Finding(findings.MACRO, {"name": name}),) if macro else ()
    day = dating.day_in(_xml_text(archive, text_part), today, with_year=True) if text_part else None
    return Examined(naming.with_ending(name, endings), OFFICE, mime, data, 0, day, found)


def _office_kind(archive: zipfile.ZipFile, names: set[str]) -> tuple[str, tuple[str, ...], str]:
    """MIME type, endings, and the part that holds the text ("" where it is not read); "" for no document."""
    for part, (mime, endings) in _ZIPPED.items():
        if part in names:
            return mime, endings, part if part.startswith("word/") else ""
    if "mimetype" in names:
        with archive.open("mimetype") as handle:
            mime = handle.read(100).decode("ascii", "ignore").strip()
        if mime in _OPEN_DOCUMENT:
            return mime, _OPEN_DOCUMENT[mime], "content.xml" if "content.xml" in names else ""
    return "", (), ""


def _xml_text(archive: zipfile.ZipFile, part: str) -> str:
    with archive.open(part) as handle:
        raw = handle.read(MAX_XML_BYTES).decode("utf-8", "ignore")
    raw = re.sub(r"</(?:w:p|text:p|text:h)>", "\n", raw)
    return re.sub(r"<[^>]*>", "", raw)


def _ole(data: bytes, name: str, _today: date) -> Examined:
    """Documents of older Office programs. Their insides are not read: only what they are."""
    if _utf16("EncryptedPackage") in data:
        return _stop(name, findings.LOCKED)
    for stream, mime, endings in _OLE_KINDS:
        if _utf16(stream) in data:
            return Examined(naming.with_ending(name, endings), OFFICE, mime, data)
    return _stop(name, findings.TYPE)


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def _text(data: bytes, name: str, today: date) -> Examined:
    if naming.ending_of(name) not in {"txt", "csv"} or b"\0" in data:
        return _stop(name, findings.TYPE)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _stop(name, findings.TYPE)
    if not text.strip():
        return _stop(name, findings.EMPTY)
    return Examined(name, TEXT, "text/plain", data, 0, dating.day_in(text, today, with_year=True))
