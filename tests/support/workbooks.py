"""Worksheets (LKE) as Excel files: after Lampiran III (B), with columns of the TPI (E), messy, and older."""

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from knowledge.answers import Answer, Choice, Index, Item, Ratio
from knowledge.instrument import INDEX_SCALE, RATIO_SCALE, Indicator, Instrument

KINDS = {
    "ya_tidak": "Ya/Tidak",
    "abc": "A/B/C",
    "abcd": "A/B/C/D",
    "abcde": "A/B/C/D/E",
    RATIO_SCALE: "%",
    INDEX_SCALE: "Nilai\n(0-4)",
}
ROMAN = ("", "i.", "ii.", "iii.", "iv.", "v.", "vi.")
MARKS = 6
"""Columns of the outline: five for markers, one for texts (titles of higher levels stand further left)."""


@dataclass(slots=True)
class Line:
    """One row: marker and text at a depth (1 component .. 5 item), and what stands in the columns."""

    depth: int
    mark: str
    text: str
    kind: str = ""
    answer: Any = None
    note: str = ""
    proof: str = ""
    link: str = ""
    weight: Any = None


@dataclass(slots=True)
class Filled:
    """What is written into a worksheet. `cells` replace an item's answer by whatever people type."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    proofs: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, Any] = field(default_factory=dict)


def lines(instrument: Instrument, filled: Filled, text_of: Callable[[Item], str]) -> Iterator[Line]:
    """The worksheet's rows in its order: pemenuhan of six areas, reform of six areas, results."""
    yield Line(1, "A.", "PENGUNGKIT", weight=60)
    for mark, kind, name in (("I.", "P", "PEMENUHAN"), ("II.", "R", "REFORM")):
        yield Line(2, mark, name, weight=30)
        for area in instrument.areas:
            yield Line(3, f"{area.no}.", area.name.upper())
            for aspect in (a for a in area.aspects if a.kind == kind):
                for place, sub in enumerate(aspect.subs, 1):
                    yield Line(4, ROMAN[place], sub.name, weight=float(sub.weight))
                    for item in sub.indicators:
                        mark_of = "-" if len(sub.indicators) == 1 else f"{item.id[-1]}."
                        yield from _item(item, mark_of, filled, text_of)
    yield Line(1, "", "TOTAL PENGUNGKIT", answer=None)
    yield Line(1, "B.", "HASIL", weight=40)
    for place, group in enumerate(instrument.result_groups, 1):
        yield Line(2, "I" * place + ".", group.name.upper(), weight=float(group.weight))
        for result in group.items:
            for line in _item(result, result.id[-1], filled, text_of):
                line.depth = 3
                yield line


def _item(item: Item, mark: str, filled: Filled, text_of: Callable[[Item], str]) -> Iterator[Line]:
    answer = filled.answers.get(item.id)
    value: Any = None
    if isinstance(answer, Choice):
        value = answer.key
    elif isinstance(answer, Index):
        value = float(answer.value)
    value = filled.cells.get(item.id, value)
    yield Line(
        5,
        mark,
        text_of(item),
        KINDS[item.scale],
        None if item.scale == RATIO_SCALE and not isinstance(value, str | float) else value,
        filled.notes.get(item.id, ""),
        filled.proofs.get(item.id, ""),
        filled.links.get(item.id, ""),
    )
    if isinstance(item, Indicator):
        counts = answer.inputs if isinstance(answer, Ratio) else {}
        typed = filled.cells.get(item.id)
        if isinstance(typed, Mapping):
            counts = typed
        for each in item.inputs:
            yield Line(6, "", f"- {each.label}", "Jumlah", counts.get(each.key))


def plain(item: Item) -> str:
    """Words that say nothing: the numbering alone must be enough."""
    return f"Uraian butir {len(item.title)} menurut lampiran"


def titled(item: Item) -> str:
    """Our own words for it."""
    return item.title


def clean_b(instrument: Instrument, filled: Filled, text_of: Callable[[Item], str] = plain) -> bytes:
    """Lampiran III: one answer column; hidden recapitulations; a running number without a heading."""
    book = openpyxl.Workbook()
    _hidden(book)
    sheet = book.create_sheet("LKE ZI")
    sheet["B1"] = "LAMPIRAN III PERATURAN MENTERI NOMOR 90 TAHUN 2021"
    heads = {2: "Penilaian", 8: "Bobot", 9: "Penjelasan", 10: "Pilihan Jawaban", 11: "Jawaban", 12: "Nilai"}
    heads |= {13: " %", 15: "Catatan/Keterangan/Penjelasan"}
    _head(sheet, 2, heads)
    sheet.merge_cells("B2:G2")
    for number, line in enumerate(lines(instrument, filled, text_of), 3):
        sheet.cell(number, 1, number - 2)
        _outline(sheet, number, 2, line)
        values = {8: line.weight, 9: "a. Jika seluruhnya\nb. Jika sebagian", 10: line.kind, 11: line.answer}
        values |= {12: f"=K{number}", 15: line.note, 16: line.proof, 17: line.link}
        _row(sheet, number, values)
    return saved(book)


def clean_e(instrument: Instrument, filled: Filled, text_of: Callable[[Item], str] = plain) -> bytes:
    """A ministry's template: the unit's columns first, then two kinds of assessors with other answers."""
    book = openpyxl.Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = "Unit"
    first.append(["", "Area Perubahan", "Bobot", "Pemenuhan", "Reform", "Nilai"])
    sheet = book.create_sheet("Jawaban")
    heads = {1: "ID", 2: "Penilaian", 8: "Bobot", 9: "Kriteria Nilai", 10: "Pilihan Jawaban"}
    heads |= {
        11: "Jawaban Unit",
        12: "Catatan/Keterangan/Penjelasan (Unit)",
        13: "Daftar Bukti Dukung (Unit)",
    }
    heads |= {14: "Tautan Bukti Dukung", 15: "Jawaban TPI", 16: "Nilai", 17: "%", 18: "Catatan (TPI Unit)"}
    _head(sheet, 1, heads)
    sheet.merge_cells("B1:G1")
    for number, line in enumerate(lines(instrument, filled, text_of), 2):
        sheet.cell(number, 1, number)
        _outline(sheet, number, 2, line)
        values = {8: line.weight, 10: line.kind, 11: line.answer, 12: line.note, 13: line.proof}
        values |= {15: "C" if line.kind else None, 18: "menurut TPI: https://contoh.go.id/tpi"}
        _row(sheet, number, values)
        if line.link:
            cell = sheet.cell(number, 14, "buka folder")
            cell.hyperlink = line.link
    return saved(book)


def messy(instrument: Instrument, filled: Filled, text_of: Callable[[Item], str] = titled) -> bytes:
    """What years of use do: titles, a moved sheet, inserted and hidden columns, two rows of headings, blank
    rows, small letters, numbers as text, lost full stops."""
    book = openpyxl.Workbook()
    _hidden(book)
    for name in ("Petunjuk", "Daftar Tim"):
        sheet = book.create_sheet(name)
        for number in range(1, 20):
            sheet.append([number, "Nama orang contoh", "jawab"])
    sheet = book.create_sheet("final fix (2)")
    sheet["C2"], sheet["C3"] = "LEMBAR KERJA EVALUASI PENILAIAN MANDIRI", "KANTOR LAYANAN CONTOH TAHUN 2027"
    sheet.merge_cells("C2:M2")
    _head(sheet, 6, {3: "Penilaian", 10: "PIC", 11: "Pilihan Jawaban", 12: "Unit Kerja", 15: "TPI", 16: ""})
    _head(sheet, 7, {12: "Jawaban", 13: "Catatan", 14: "Link eviden", 15: "Jawaban", 16: "Catatan"})
    sheet.merge_cells("L6:N6")
    sheet.merge_cells("O6:P6")
    sheet.merge_cells("C6:H7")
    sheet.column_dimensions["K"].hidden = True
    number = 8
    for index, line in enumerate(lines(instrument, filled, text_of)):
        number += 2 if index % 9 == 4 else 1
        line.mark = line.mark.rstrip(".") if index % 3 else line.mark.replace(".", ")")
        _outline(sheet, number, 3, line)
        answer = line.answer
        if isinstance(answer, str):
            answer = f" {answer.lower()} " if index % 2 else f"{answer}."
        elif isinstance(answer, int | float):
            answer = str(answer).replace(".", ",")
        values = {10: "Sari (contoh)", 11: line.kind, 12: answer, 13: line.note, 14: line.link, 15: "B"}
        _row(sheet, number, values)
    return saved(book)


def one_column(instrument: Instrument, filled: Filled, text_of: Callable[[Item], str] = plain) -> bytes:
    """A cousin: one column with the full number (A.I.1.i.a), one with the text, no kinds."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    _head(sheet, 3, {1: "No", 2: "Indikator", 3: "Jawaban", 4: "Keterangan"})
    number = 3
    last: Item | None = None
    every: list[Item] = [*instrument.worksheet_order, *instrument.results]
    for item in every:
        for line in _item(item, item.number, filled, text_of):
            number += 1
            mark = line.mark if last is not item else ""
            _row(sheet, number, {1: mark, 2: line.text, 3: line.answer, 4: line.note})
            last = item
    return saved(book)


def by_area(instrument: Instrument, filled: Filled) -> bytes:
    """A cousin: a sheet for each area, its pemenuhan above its reform, sub-components 1, 2, 3."""
    book = openpyxl.Workbook()
    _hidden(book)
    for area in instrument.areas:
        sheet = book.create_sheet(f"Area {area.no}")
        _head(sheet, 2, {2: "Indikator", 5: "Pilihan Jawaban", 6: "Jawaban", 7: "Keterangan"})
        sheet.merge_cells("B2:D2")
        number = 2
        for aspect in area.aspects:
            number += 1
            _row(sheet, number, {2: "PEMENUHAN" if aspect.kind == "P" else "REFORM"})
            for place, sub in enumerate(aspect.subs, 1):
                number += 1
                _row(sheet, number, {2: f"{place}.", 3: sub.name})
                for item in sub.indicators:
                    for line in _item(item, f"{item.id[-1]}.", filled, plain):
                        number += 1
                        _row(sheet, number, {3: line.mark, 4: line.text, 5: line.kind, 6: line.answer})
    return saved(book)


def without_numbers(instrument: Instrument, filled: Filled) -> bytes:
    """Only words: titles as we know them, and answers."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    _head(sheet, 1, {1: "Uraian", 2: "Pilihan Jawaban", 3: "Jawaban Unit"})
    number = 1
    for item in instrument.area_order:
        for line in _item(item, "", filled, titled):
            number += 1
            _row(sheet, number, {1: line.text, 2: line.kind, 3: line.answer})
    return saved(book)


def older(instrument: Instrument, notes: Mapping[str, str]) -> bytes:
    """The structure before 2021: six areas without pemenuhan and reform, TLHP in the results."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet["A1"] = "LKE ZI PERMENPANRB NOMOR 10 TAHUN 2019, TAHUN 2020"
    _head(sheet, 3, {1: "Penilaian", 5: "Pilihan Jawaban", 6: "Jawaban", 7: "Nilai", 8: "Catatan"})
    sheet.merge_cells("A3:D3")
    number = 4
    _row(sheet, number, {1: "A.", 2: "PENGUNGKIT"})
    for area, roman in zip(instrument.areas, ("I.", "II.", "III.", "IV.", "V.", "VI."), strict=True):
        number += 1
        _row(sheet, number, {2: roman, 3: f"{area.name.upper()} (5)"})
        for place, sub in enumerate(area.aspects[0].subs, 1):
            number += 1
            _row(sheet, number, {3: f"{place}.", 4: f"{sub.name} (1)"})
            for item in sub.indicators:
                number += 1
                text = item.title if item.id in notes else f"Hal lain yang dahulu ditanyakan {number}"
                values = {3: f"{item.id[-1]}.", 4: text, 5: KINDS[item.scale], 6: item.options[0].key}
                _row(sheet, number, values | {8: notes.get(item.id)})
    _row(sheet, number + 1, {1: "B.", 2: "HASIL"})
    _row(sheet, number + 2, {3: "b.", 4: "Persentase TLHP", 5: "%", 6: 1})
    return saved(book)


def no_lke() -> bytes:
    """A workbook about something else."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["No", "Uraian belanja", "Jumlah", "Keterangan"])
    for number in range(1, 40):
        sheet.append([number, f"Belanja alat tulis kantor bulan ke-{number}", number * 1000, "A"])
    return saved(book)


def bomb() -> bytes:
    """A small file that unpacks to a hundred million bytes."""
    with io.BytesIO() as target:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml", "<workbook/>")
            archive.writestr("xl/worksheets/sheet1.xml", bytes(100_000_000))
        return target.getvalue()


def ole(stream: str) -> bytes:
    """The beginning of an old container: "Workbook" for .xls, "EncryptedPackage" for a protected .xlsx."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(512)


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The same file with one part replaced."""
    with io.BytesIO() as target:
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
            for part in old.infolist():
                new.writestr(part, content if part.filename == name else old.read(part))
        return target.getvalue()


def saved(book: openpyxl.Workbook) -> bytes:
    """The workbook as bytes."""
    with io.BytesIO() as target:
        book.save(target)
        return target.getvalue()


def _hidden(book: openpyxl.Workbook) -> None:
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Utama"
    sheet.sheet_state = "hidden"
    sheet.append(["", "Area Perubahan", "Bobot", "Nilai", "Catatan"])
    book.active = 0


def _head(sheet: Worksheet, row: int, heads: Mapping[int, str]) -> None:
    _row(sheet, row, dict(heads))


def _row(sheet: Worksheet, row: int, values: Mapping[int, Any]) -> None:
    for column, value in values.items():
        if value not in (None, ""):
            sheet.cell(row, column, value)


def _outline(sheet: Worksheet, row: int, first: int, line: Line) -> None:
    """Marker in the column of its depth, text in the next one; texts of items stand in the last."""
    if not line.mark and line.depth < 5:
        sheet.cell(row, first, line.text)
        return
    place = first + line.depth - 1
    if line.mark:
        sheet.cell(row, place, line.mark)
    sheet.cell(row, min(place + 1, first + MARKS - 1), line.text)
