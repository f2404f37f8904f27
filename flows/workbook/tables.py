"""The plain data of a unit as JSON and as CSV tables that no program mistakes for formulas. Pure.

CSV is UTF-8 with a mark at its start and semicolons, as Excel with Indonesian settings opens it. A cell that
could be read as a formula begins with an apostrophe; reading takes it away again.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flows.registers import export as registers
from flows.servicecheck import export as service_check
from flows.workbook import cells
from flows.workbook.content import Content
from flows.workbook.unitdata import Row, answer_text

BOM = "\ufeff"
DELIMITER = ";"
QUOTE = "'"
LKE_HEADS = (
    "id",
    "nomor",
    "judul",
    "jawaban",
    "penjelasan",
    "nilai",
    "reviu",
    "pic",
    "wakil",
    "bukti",
    "jawaban_tpi",
    "catatan_tpi",
    "dari_tahun_lalu",
)
PROOF_HEADS = (
    "nomor",
    "indikator",
    "judul",
    "jenis",
    "tautan",
    "berkas",
    "versi",
    "periode",
    "tanggal_bukti",
    "keadaan_tautan",
    "terbatas",
    "dikirim",
)
TASK_HEADS = (
    "nomor",
    "tugas",
    "indikator",
    "pic",
    "batas",
    "dijanjikan",
    "keadaan",
    "kendala",
    "selesai",
    "di_luar_lke",
    "lampiran",
)
DEADLINE_HEADS = ("untuk", "area", "batas", "selesai")
GATE_HEADS = ("bagian", "syarat", "nilai", "minimal", "memenuhi")
Table = tuple[str, bytes]


def as_json(data: Row) -> bytes:
    """Readable by people and programs."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def tables(content: Content, data: Row) -> list[Table]:
    """Each table as a file name and its bytes; the first holds the answers and can be sent back."""
    return [
        ("lke.csv", as_csv(LKE_HEADS, _lke(content, data))),
        ("bukti.csv", as_csv(PROOF_HEADS, (_picked(row, PROOF_HEADS) for row in data["bukti"]))),
        ("tugas.csv", as_csv(TASK_HEADS, (_picked(row, TASK_HEADS) for row in data["tugas"]))),
        (
            "batas-waktu.csv",
            as_csv(DEADLINE_HEADS, (_picked(r, DEADLINE_HEADS) for r in data["batas_waktu"])),
        ),
        ("nilai.csv", as_csv(GATE_HEADS, _figures(data["nilai"]))),
        *((name, as_csv(heads, rows)) for name, heads, rows in registers.tables(data["register"])),
        *(
            (name, as_csv(heads, rows))
            for name, heads, rows in service_check.tables(data["kesiapan_layanan"])
        ),
    ]


def zipped(files: Iterable[Table], at: datetime) -> bytes:
    """The files in one archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            stamp = zipfile.ZipInfo(name, at.timetuple()[:6])
            stamp.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(stamp, data)
    return out.getvalue()


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """One table."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=DELIMITER, lineterminator="\r\n")
    writer.writerow(heads)
    for row in rows:
        writer.writerow([safe(value) for value in row])
    return (BOM + out.getvalue()).encode("utf-8", "replace")


def safe(value: Any) -> str:
    """A value as the text of a cell; what could be a formula is led by an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    text = cells.cell(str(value))
    return f"{QUOTE}{text}" if cells.is_risky(text) or text.startswith(QUOTE) else text


def unsafe(text: str) -> str:
    """The text that `safe` was given."""
    if text.startswith(QUOTE) and (cells.is_risky(text[1:]) or text[1:].startswith(QUOTE)):
        return text[1:]
    return text


def _lke(content: Content, data: Row) -> Iterable[Sequence[Any]]:
    for item, row in zip(content.items, data["lke"], strict=True):
        yield (
            row["id"],
            row["nomor"],
            row["judul"],
            answer_text(content.unit.answers.get(item.id)),
            row["penjelasan"],
            (row["nilai"] or "").replace(".", ","),
            row["reviu"],
            row["pic"],
            row["wakil"],
            len(row["bukti"]),
            answer_text(content.tpi.answers.get(item.id)),
            content.tpi.notes.get(item.id, ""),
            row["dari_tahun_lalu"],
        )


def _picked(row: Row, heads: Sequence[str]) -> list[Any]:
    return [", ".join(v) if isinstance(v := row.get(head), list) else v for head in heads]


def _figures(figures: Row) -> Iterable[Sequence[Any]]:
    def said(value: Any) -> str:
        return str(value).replace(".", ",")

    for part in ("total", "pengungkit", "hasil"):
        yield part, "", said(figures[part]), "", ""
    for area_id, points in figures["area"].items():
        yield area_id, "pemenuhan", said(points["pemenuhan"]), "", ""
        yield area_id, "reform", said(points["reform"]), "", ""
        yield area_id, "total", said(points["total"]), "", ""
    for node, points in figures["bagian_hasil"].items():
        yield node, "", said(points), "", ""
    for target, gates in figures["syarat"].items():
        for gate in gates:
            yield target, gate["syarat"], said(gate["nilai"]), said(gate["minimal"]), gate["memenuhi"]
