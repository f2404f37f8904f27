"""Wording of the notes of a result report (LHE)."""

from collections.abc import Sequence

from flows import fmt
from flows.models import LheNote, Person, Task, Unit
from flows.season.carrying import Plan
from flows.season.lhe import Page, Shown
from knowledge.answers import Item

TITLE = "Catatan LHE"
ADD, CARRY, DO, EDIT, REMOVE = "Isi catatan", "Jadikan tugas", "Jadikan tugas", "Ubah", "Keluarkan"
TASKS, TASK, ITEM, LIST = "Daftar tugas", "Buka tugas", "Buka indikator", "Catatan LHE"
EDITED, REMOVED = "Catatan diubah.", "Catatan dikeluarkan dari daftar."
NONE_MADE = "Semua catatan sudah menjadi tugas."
SHOWN_CHARS = 220
PREVIEW = 8
WHAT = "LHE (Laporan Hasil Evaluasi) berisi kondisi dan rekomendasi untuk unit, disusun panel TPN."


def listing(page: Page) -> str:
    """A year's notes."""
    head = f"<b>{TITLE} {page.year}: {page.total}</b>\n{fmt.esc(page.unit.name)}\n\n"
    if not page.total:
        hint = " Ketuk Isi catatan, lalu ketik atau tempel isinya." if page.may_edit else ""
        return f"{head}Belum ada catatan.{hint}\n\n{WHAT}"
    first = page.number * 5 + 1
    lines = [_line(number, shown) for number, shown in enumerate(page.notes, first)]
    left = "\n\nSemua sudah menjadi tugas."
    if page.to_carry:
        left = f"\n\n{page.to_carry} catatan belum menjadi tugas."
        if page.may_carry and not page.later:
            left += (
                f" Bisa dijadikan tugas setelah LKE sesudah {page.year} dibuka (Data unit, Tahun penilaian)."
            )
    return head + "\n\n".join(lines) + left


def _line(number: int, shown: Shown) -> str:
    about = f"<b>{shown.item.number}</b> " if shown.item is not None else ""
    return f"{number}  {about}{fmt.esc(fmt.cut(shown.note.text, SHOWN_CHARS))}\n{_task(shown.task)}"


def _task(task: Task | None) -> str:
    if task is None:
        return "○ belum menjadi tugas"
    return "✓ tugasnya selesai" if task.state == "done" else "✓ sudah menjadi tugas"


def ask(unit: Unit, year: int) -> str:
    """Prompt for notes."""
    return (
        f"<b>Isi {TITLE} {year}</b>\n{fmt.esc(unit.name)}\n\n"
        "Ketik atau tempel catatannya, satu catatan satu baris; boleh banyak sekaligus. Nomor "
        "indikator di depan "
        "boleh ada. Misalnya:\n<i>A.I.5.i.a kampanye gratifikasi belum rutin\nmedia informasi layanan belum "
        "lengkap</i>"
    )


def added(count: int, named: int, unknown: Sequence[str]) -> str:
    """Toast after typing notes."""
    if not count:
        return "Catatan itu sudah ada, jadi tidak disimpan dua kali."
    odd = f" Nomor {', '.join(unknown[:3])} tidak dikenal, jadi disimpan sebagai tulisan." if unknown else ""
    return f"{count} catatan tersimpan, {named} dengan indikator.{odd}"[:200]


def note(one: LheNote, unit: Unit, item: Item | None, task: Task | None, by: Person | None) -> str:
    """One note in full."""
    about = f"Indikator: {item.number} {fmt.esc(item.title)}" if item is not None else "Tanpa indikator"
    who = ""
    if by is not None:
        who = f"\nDicatat {fmt.esc('mantan anggota' if by.deleted_at is not None else by.name)}"
    return (
        f"<b>{TITLE} {one.year}</b>\n{fmt.esc(unit.name)}\n\n{fmt.esc(one.text)}"
        f"\n\n{about}\n{_task(task)}{who}"
    )


def edit(one: LheNote, item: Item | None) -> str:
    """Prompt for other words."""
    number = f"{item.number} " if item is not None else ""
    return (
        f"<b>Ubah catatan LHE</b>\n\nSekarang: {number}{fmt.esc(one.text)}\n\n"
        "Ketik catatan barunya. Nomor indikator di depan boleh ada."
    )


def carry(plan: Plan) -> str:
    """What would become action items."""
    year = plan.where.assessment.year
    head = f"<b>{len(plan.wanted)} catatan LHE {plan.year} menjadi tugas tahun {year}</b>\n"
    if not plan.wanted:
        return f"<b>{NONE_MADE}</b>\n\nTidak ada catatan LHE {plan.year} yang menunggu."
    lines = [
        f"{number}  {fmt.esc(fmt.cut(each.title, 160))}\n   "
        + (f"PIC: {fmt.esc(each.person.name)}" if each.person is not None else "PIC: belum ada")
        for number, each in enumerate(plan.wanted[:PREVIEW], 1)
    ]
    more = len(plan.wanted) - PREVIEW
    rest = f"\n… dan {more} lagi" if more > 0 else ""
    return (
        f"{head}{fmt.esc(plan.where.unit.name)}\n\n"
        + "\n".join(lines)
        + rest
        + "\n\nBelum ada yang dibuat. PIC-nya diberi tahu; batas waktunya diisi di tugasnya."
    )


def carried(count: int) -> str:
    """Toast after making action items."""
    return f"{count} tugas dibuat dari catatan LHE." if count else NONE_MADE
