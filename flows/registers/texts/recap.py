"""A register as plain text: a line each, what became of it since the period before, what is late."""

from collections.abc import Mapping, Sequence
from datetime import date

from flows import fmt
from flows.models import RegisterEntry
from flows.registers import clocks, slots
from flows.registers.clocks import Late
from flows.registers.kinds import AGEN, LAPOR, YES, Kind
from flows.registers.typed import Value

SHOWN = 12
"""Lines in a text to copy."""
Row = Mapping[str, Value]


def line(kind: Kind, slot: str | None, row: Row) -> str:
    """One line in a sentence, plain."""
    if kind.code == LAPOR:
        return f"{slots.name(slot or '')}: {_reports(row)}"
    if kind.total:
        return f"{slots.name(slot or '')}: {_reported(kind, row)}"
    if kind.code == AGEN:
        return _agent(row)
    said = str(row.get("dampak") or row.get("sesudah") or row.get("masalah") or "")
    name = str(row.get("nama", ""))
    return f"{name}: {fmt.cut(fmt.one_line(said), 100)}" if said else name


def _reports(row: Row) -> str:
    total = whole(row, ("selesai", "proses", "belum"))
    if not total:
        return "tidak ada laporan"
    done = int(row.get("selesai", 0))
    return (
        f"{fmt.number(total, 0)} laporan; {done} selesai ({fmt.percent(done, total)}), "
        f"{row.get('proses', 0)} proses, {row.get('belum', 0)} belum ditindaklanjuti"
    )


def _reported(kind: Kind, row: Row) -> str:
    total, done = whole(row, kind.total), int(row.get("sudah", 0))
    said = (
        f"{done} dari {total} sudah lapor ({fmt.percent(done, total)})" if total else "tidak ada wajib lapor"
    )
    return f"{said}, {row['tepat']} tepat waktu" if "tepat" in row else said


def _agent(row: Row) -> str:
    change = fmt.cut(fmt.one_line(str(row.get("perubahan", ""))), 100)
    said = f"{row.get('agen', '')}: {change or 'perubahannya belum dicatat'}"
    more = []
    if row.get("tanggal"):
        more.append(f"sejak {fmt.day_short(date.fromisoformat(str(row['tanggal'])))}")
    if row.get("terintegrasi") == YES:
        more.append("masuk sistem manajemen")
    return f"{said} ({', '.join(more)})" if more else said


def whole(row: Row, keys: Sequence[str]) -> int:
    """The sum of these counts."""
    return sum(int(row.get(key, 0)) for key in keys)


def trend(kind: Kind, found: Sequence[RegisterEntry]) -> str:
    """How the newest period compares with the one before, plain; "" where there is nothing to compare."""
    periods = [row for row in found if row.slot and whole(row.content, kind.total)]
    if not kind.total or len(periods) < 2:
        return ""
    done = "selesai" if kind.code == LAPOR else "sudah"
    said = "selesai" if kind.code == LAPOR else "sudah lapor"
    new, old = periods[0], periods[1]
    now, then = (
        fmt.percent(int(row.content.get(done, 0)), whole(row.content, kind.total)) for row in (new, old)
    )
    counts = whole(new.content, kind.total), whole(old.content, kind.total)
    text = f"Tren: {said} {now}, {_moved(new, old, kind, done)} {then} ({_short(old.slot)})"
    if kind.code == LAPOR:
        text += f"; laporan masuk {counts[0]}, sebelumnya {counts[1]}"
    return f"{text}."


def _moved(new: RegisterEntry, old: RegisterEntry, kind: Kind, done: str) -> str:
    ratio = [int(r.content.get(done, 0)) * whole(o.content, kind.total) for r, o in ((new, old), (old, new))]
    if ratio[0] == ratio[1]:
        return "tetap seperti"
    return "naik dari" if ratio[0] > ratio[1] else "turun dari"


def _short(slot: str | None) -> str:
    return slots.name(slot or "")


def copied(kind: Kind, unit_name: str, found: Sequence[RegisterEntry]) -> str:
    """The register as text ready to paste: newest first, at most `SHOWN` lines."""
    said = [line(kind, row.slot, row.content) for row in found[:SHOWN]]
    if not said:
        return ""
    left = len(found) - len(said)
    tail = [f"dan {left} catatan yang lebih lama"] if left else []
    moved = trend(kind, found)
    return "\n".join(
        [f"{kind.name}, {unit_name}", *(f"• {each}" for each in said), *tail, *filter(None, [moved])]
    )


def warning(found: Late) -> str:
    """What is late of a month, HTML."""
    name = slots.name(found.slot)
    said = f"! {name}: {found.open} laporan belum selesai, sudah {found.waited} hari kerja sejak akhir bulan"
    if found.certain:
        return f"{said}; batasnya {found.limit} hari kerja."
    return f"{said}. Periksa yang batasnya paling lama {found.limit} hari kerja."


def rule(caution: str) -> str:
    """By which days lateness is told, and what is doubtful about them. HTML."""
    days = clocks.DAYS
    return (
        f"Batas yang dipakai: permintaan informasi {days['informasi']}, tidak berkadar pengawasan "
        f"{days['biasa']}, berkadar pengawasan {days['pengawasan']} hari kerja ({clocks.RULE}). "
        f"{fmt.esc(caution)}"
    ).strip()
