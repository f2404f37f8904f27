"""Wording of bringing lines in from a table."""

from collections.abc import Sequence

from flows import fmt
from flows.registers.carrying import CHANGED, NEW, SAME, View
from flows.registers.kinds import Kind
from flows.registers.table import Problem, headings
from flows.registers.texts import recap

APPLY, CANCEL, AGAIN, LIST = "Simpan ke register", "Batal", "Kirim berkas lain", "‹ Register"
CANCELLED = "Impor dibatalkan; register tidak berubah."
SHOWN = 10


def ask(kind: Kind) -> str:
    """The prompt for a file."""
    return (
        f"<b>{fmt.esc(kind.name)}</b>: kirim tabelnya (.csv atau .xlsx).\n\n"
        f"Baris judul, urutannya bebas:\n<i>{fmt.esc('; '.join(headings(kind)))}</i>\n\n"
        "Hasil bacanya saya tunjukkan dulu; belum ada yang disimpan sebelum Anda setuju."
    )


def waiting(name: str) -> str:
    """While it is being read."""
    return f"Diterima, sedang dibaca: {fmt.esc(name)}.\n\nHasilnya saya kirim di sini."


def failed(name: str, why: str) -> str:
    """It could not be read at all."""
    return f"{fmt.esc(name)} belum bisa dibaca.\n\n{fmt.esc(why)}\n\nRegister tidak berubah."


def ended(name: str) -> str:
    """It was let go."""
    return f"Impor {fmt.esc(name)} sudah ditutup; register tidak berubah. Kirim berkasnya lagi bila perlu."


def done(found: View) -> str:
    """It has been saved."""
    counts = [found.row.counts.get(how, 0) for how in (NEW, CHANGED, SAME)]
    return (
        f"✓ {fmt.esc(found.kind.name)} {fmt.esc(found.unit.name)}: {counts[0]} catatan baru, "
        f"{counts[1]} diganti, {counts[2]} sudah sama."
    )


def plan(found: View) -> str:
    """What saving would do, and the lines that cannot be read."""
    text = [
        f"<b>{fmt.esc(found.kind.name)}</b> {fmt.esc(found.unit.name)} dari {fmt.esc(found.row.file_name)}",
        f"Baru {found.count(NEW)}, mengganti {found.count(CHANGED)}, sudah sama {found.count(SAME)}. "
        "Belum ada yang disimpan.",
    ]
    steps = [step for step in found.steps if step.how != SAME]
    said = [
        f"• baris {step.line.at}{' (mengganti)' if step.how == CHANGED else ''}: "
        f"{fmt.esc(fmt.cut(recap.line(found.kind, step.line.slot or None, step.line.values), 140))}"
        for step in steps[:SHOWN]
    ]
    if len(steps) > SHOWN:
        said.append(f"dan {len(steps) - SHOWN} baris lagi")
    return "\n\n".join([*text, *filter(None, ["\n".join(said), _unread(found.problems)])])


def _unread(problems: Sequence[Problem]) -> str:
    if not problems:
        return ""
    said = [f"! baris {each.at}: {fmt.esc(fmt.cut(each.why, 140))}" for each in problems[:SHOWN]]
    if len(problems) > SHOWN:
        said.append(f"dan {len(problems) - SHOWN} baris lain")
    return "\n".join(["Tidak terbaca, jadi dilewati:", *said])


def applied(found: View) -> str:
    """Plain text for a toast."""
    return f"Tersimpan: {found.row.counts.get(NEW, 0)} baru, {found.row.counts.get(CHANGED, 0)} diganti."
