"""The one PDF of a meeting: cover, papers, notula, photos, follow-up matrix, and its PDF files behind.

What people typed reaches the typesetter as data (JSON) and is never read as markup. Pure but for a temporary
folder; called in a thread.
"""

import io
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from flows.evidence import photos

if TYPE_CHECKING:
    from pypdf import PdfReader  # imported where it is used: a start does without

MAX_PAGES = 400
"""Pages of appended files; what goes beyond stays a file of its own."""
_ODD = ("☐", "\ufe0e", "\ufe0f", "\u20e3")
_KEPT_SYMBOLS = frozenset("✓○•·…–—‘’“”«»°©®™€£¥§¶†‡→←↑↓±×÷≤≥≠√∞µ№")

TEMPLATE = """#let d = json("data.json")
#let words(text) = text.split("\\n").join(linebreak())
#set document(title: d.title, date: none)
#set text(font: ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono"), size: 11pt, lang: "id",
  hyphenate: false)
#set par(justify: false)
#set page(paper: "a4", margin: (x: 2.2cm, top: 2cm, bottom: 2.6cm), footer: context [
  #set text(size: 8.5pt)
  #line(length: 100%, stroke: 0.4pt + luma(120))
  #v(-4pt)
  #d.footer #h(1fr) #counter(page).display() / #counter(page).final().first()
])
#show heading: set block(below: 0.9em, above: 1.4em)
#let dim(body) = text(fill: luma(70), body)

#v(2.2cm)
#dim[#d.kind]
#v(-0.4em)
#text(size: 22pt, weight: "bold", d.heading)
#v(0.2em)
#text(size: 13pt, d.unit)
#v(1em)
#line(length: 100%, stroke: 0.6pt)
#v(0.6em)
#grid(columns: (4.2cm, 1fr), row-gutter: 0.9em, ..d.facts.map(f => (dim(f.at(0)), words(f.at(1)))).flatten())
#v(1em)
#if d.items.len() > 0 [
  == Dipakai untuk
  #grid(columns: (2.6cm, 1fr), row-gutter: 0.7em, ..d.items.map(i => (i.at(0), i.at(1))).flatten())
]
== Isi paket
#grid(columns: (4.2cm, 1fr), row-gutter: 0.7em, ..d.contents.map(c => (c.at(0), words(c.at(1)))).flatten())

#for scan in d.scans [
  #pagebreak()
  == #scan.heading
  #block(width: 100%, height: 1fr, align(center + top,
    image(scan.file, width: 100%, height: 100%, fit: "contain")))
]
#if d.minutes.len() > 0 [
  #pagebreak()
  == Notula
  #for line in d.minutes [
    #line
    #parbreak()
  ]
]
#for (n, pair) in d.photos.enumerate() [
  #pagebreak()
  #if n == 0 [== Foto kegiatan]
  #for photo in pair [
    #block(width: 100%, height: 1fr, spacing: 0.6em, align(center + horizon,
      image(photo, width: 100%, height: 100%, fit: "contain")))
  ]
]
#if d.matrix.len() > 0 [
  #pagebreak()
  == Matriks tindak lanjut
  #dim[Keadaan per #d.as_of]
  #set text(size: 10pt)
  #table(
    columns: (0.9cm, 1fr, 3.3cm, 3.1cm, 2.9cm), inset: 6pt, stroke: 0.5pt + luma(120),
    table.header(..("No", "Tindak lanjut", "PIC", "Batas waktu", "Keadaan").map(h => strong(h))),
    ..d.matrix.enumerate().map(((n, row)) => (str(n + 1), ..row.map(words))).flatten(),
  )
]
"""


@dataclass(frozen=True, slots=True)
class Scan:
    """A picture of a paper (undangan, daftar hadir, notula, tindak lanjut) with the heading above it."""

    heading: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Attached:
    """A PDF that goes behind: as what it is named on the cover, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Content:
    """All that is in the package. `facts` and `contents` are pairs of name and words.

    `matrix` has four columns: what, who, by when, how it stands. `apart` names files that cannot be put in.
    """

    title: str
    unit: str
    footer: str
    as_of: str
    facts: Sequence[tuple[str, str]]
    items: Sequence[tuple[str, str]] = ()
    contents: Sequence[tuple[str, str]] = ()
    minutes: str = ""
    matrix: Sequence[tuple[str, str, str, str]] = ()
    scans: Sequence[Scan] = ()
    photos: Sequence[bytes] = ()
    attached: Sequence[Attached] = ()
    apart: Sequence[str] = field(default=())


class Unmade(Exception):
    """The typesetter gave no document."""


def plain(text: str, instead: str = "") -> str:
    """The text without emoji, which the fonts lack, and invisible marks; `instead` if nothing is left."""
    kept = "".join(c if _shown(c) else " " if c == "\t" else "" for c in text)
    kept = "\n".join(" ".join(line.split(" ")).rstrip() for line in kept.split("\n")).strip()
    return kept or instead


def breakable(text: str, most: int = 18) -> str:
    """The text with places to break within its longest words, so that a narrow column holds them."""
    return re.sub(rf"(\S{{{most}}})(?=\S)", "\\1\u200b", text)


def _shown(char: str) -> bool:
    if char == "\n" or char in _KEPT_SYMBOLS:
        return True
    if char in _ODD or ord(char) > 0xFFFF:
        return False
    kind = unicodedata.category(char)
    return kind[0] in "LNPZ" or kind in {"Mn", "Mc", "Sm", "Sc", "Sk"}


def made(content: Content) -> bytes:
    """The PDF. The same content gives the same bytes. Raises Unmade."""
    behind, apart = _openable(content.attached)
    contents = [*content.contents]
    contents += [
        (f"Lampiran {n}", f"{a.name} ({pages} halaman)") for n, (a, _, pages) in enumerate(behind, 1)
    ]
    apart = [*content.apart, *apart]
    if apart:
        contents.append(("Berkas terpisah", "\n".join(apart)))
    front = _front(content, contents)
    return _joined(front, [(a, reader) for a, reader, _ in behind]) if behind else front


def _front(content: Content, contents: Iterable[tuple[str, str]]) -> bytes:
    with TemporaryDirectory(prefix="rapat-") as folder:
        home = Path(folder)
        data: dict[str, Any] = {
            "kind": "Paket rapat",
            "title": plain(content.title, "Rapat"),
            "heading": breakable(plain(content.title, "Rapat"), 30),
            "unit": plain(content.unit),
            "footer": plain(content.footer, "Paket rapat").replace("\n", " "),
            "as_of": content.as_of,
            "facts": [(name, breakable(plain(said, "-"), 40)) for name, said in content.facts],
            "items": [(number, breakable(plain(title), 40)) for number, title in content.items],
            "contents": [(name, breakable(plain(said, "-"), 40)) for name, said in contents],
            "minutes": [breakable(line, 60) for line in plain(content.minutes).split("\n") if line.strip()],
            "matrix": [[breakable(plain(cell, "-")) for cell in row] for row in content.matrix],
            "scans": [
                {"heading": plain(scan.heading), "file": file}
                for scan, file in _pictures(home, "s", [(scan, scan.data) for scan in content.scans])
            ],
            "photos": [],
        }
        shots = [file for _, file in _pictures(home, "f", [(None, shot) for shot in content.photos])]
        data["photos"] = [shots[n : n + photos.PER_PAGE] for n in range(0, len(shots), photos.PER_PAGE)]
        (home / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        main = home / "main.typ"
        main.write_text(TEMPLATE, encoding="utf-8")
        import typst  # takes 20 MB, needed only here

        done = typst.compile(str(main), root=folder, ignore_system_fonts=True)
    if not isinstance(done, bytes):
        raise Unmade
    return done


def _pictures(home: Path, prefix: str, found: Iterable[tuple[Any, bytes]]) -> list[tuple[Any, str]]:
    """Pictures written for the typesetter; one that cannot be read any more is left out."""
    named = []
    for number, (what, data) in enumerate(found):
        name = f"{prefix}{number}.jpg"
        try:
            (home / name).write_bytes(photos.for_page(data))
        except (photos.Broken, photos.Bomb, photos.NotOne):
            continue
        named.append((what, name))
    return named


def _openable(attached: Iterable[Attached]) -> tuple[list[tuple[Attached, "PdfReader", int]], list[str]]:
    """Those that can be joined, with their pages, and the names of those that cannot."""
    from pypdf import PdfReader, PdfWriter

    good: list[tuple[Attached, PdfReader, int]] = []
    apart: list[str] = []
    total = 0
    for each in attached:
        try:
            reader = PdfReader(io.BytesIO(each.data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise ValueError("locked")
            pages = len(reader.pages)
            trial = PdfWriter()
            trial.append(reader, import_outline=False)
            trial.write(io.BytesIO())
        except Exception:  # noqa: BLE001  (a strange file makes the reader fail in any way; it stays apart)
            apart.append(each.name)
            continue
        if total + pages > MAX_PAGES:
            apart.append(each.name)
            continue
        total += pages
        good.append((each, reader, pages))
    return good, apart


def _joined(front: bytes, behind: Sequence[tuple[Attached, "PdfReader"]]) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(front)), import_outline=False)
    for number, (each, reader) in enumerate(behind, 1):
        first = len(writer.pages)
        writer.append(reader, import_outline=False)
        writer.add_outline_item(title=f"Lampiran {number}: {plain(each.name)}", page_number=first)
    writer.add_metadata({"/Title": _title(front)})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _title(front: bytes) -> str:
    from pypdf import PdfReader

    known: Mapping[str, Any] = PdfReader(io.BytesIO(front)).metadata or {}
    return str(known.get("/Title", "Paket rapat"))
