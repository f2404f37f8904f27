"""Wording of what stands outside the LKE."""

from collections.abc import Sequence
from datetime import date

from flows import fmt
from flows.models import Person, Task
from flows.tasks.outside import attachment
from flows.tasks.service import DONE, STUCK, UNDONE, View

NEW, ATTACH_AGAIN, DETACH = "Tambah", "Ganti lampiran", "Lepas lampiran"
TO_TASK, TASKS = "Buka", "Semua tugas"
SHORT = {
    "video": "+ Video profil",
    "paparan": "+ Paparan",
    "yel": "+ Yel-yel",
    "profil": "+ Buku profil",
    "seragam": "+ Seragam",
    "pojok": "+ Pojok ZI",
    "sambut": "+ Penyambutan",
}
"""Suggestions as labels; in full they stand in the text."""
HEAD = "Di luar LKE, sesuai permintaan instansi"
NATURE = (
    "<i>Daftar ini terpisah dari LKE dan tidak mengubah nilainya. Aturan nasional yang mewajibkan isinya "
    "tidak saya temukan; ikuti surat instansi atau TPI.</i>"
)
ADDED = "Ditambahkan. Ketuk nomornya untuk PIC, batas waktu, dan lampiran."
MADE = "Ditambahkan. Ketuk Ubah untuk PIC dan batas waktunya."
THERE = "Sudah ada dalam daftar."
ATTACHED = "Lampiran tersimpan."
DETACHED = "Lampiran dilepas."
NOTHING = "Belum ada lampiran."
UNSURE = "Nama PIC-nya mirip beberapa orang, jadi belum tercatat."


def listing(
    unit: str,
    found: Sequence[tuple[Task, Person | None]],
    first: int,
    total: int,
    done: int,
    today: date,
    missing: Sequence[str],
    may_add: bool,
) -> str:
    """The list, with what could be added."""
    said = f"{fmt.esc(unit)} · {done} dari {total} selesai" if total else fmt.esc(unit)
    lines = [f"<b>{HEAD}</b>", "", said, ""]
    for number, (task, person) in enumerate(found, first):
        lines += _lines(number, task, person, today)
    if not total:
        lines.append("Belum ada isinya.")
    if missing and may_add:
        lines += ["", f"Yang sering diminta: {', '.join(each[0].lower() + each[1:] for each in missing)}."]
    if may_add:
        lines += ["", "Ketuk + untuk menambah, atau ketik: video profil / dewi / 12 mei"]
    return "\n".join([*lines, "", NATURE])


def _lines(number: int, task: Task, person: Person | None, today: date) -> list[str]:
    sign = "✓" if task.state == DONE else "!" if _late(task, today) or task.state == STUCK else "○"
    parts = ["selesai"] if task.state == DONE else []
    parts.append(fmt.esc(person.name) if person is not None else "belum ada PIC")
    day = task.promised_on or task.due_on
    if day is not None and task.state != DONE:
        parts.append(f"batas {fmt.day_short(day)} ({fmt.distance(day, today)})")
    if task.state == STUCK:
        parts.append("ada kendala")
    if attachment(task):
        parts.append("ada lampiran")
    return [f"{number}  {sign} {fmt.esc(fmt.cut(task.title, 90))}", f"    {' · '.join(parts)}"]


def _late(task: Task, today: date) -> bool:
    day = task.promised_on or task.due_on
    return task.state in UNDONE and day is not None and day < today


def ask_new() -> str:
    """The prompt for something the agency asks for."""
    return (
        f"<b>{HEAD}: tambah</b>\n\nTulis apa yang diminta. PIC dan tanggalnya boleh menyusul "
        "di belakang garis miring.\n\nContoh: video profil 3 menit / dewi / 12 mei"
    )


def attach(view: View) -> str:
    """The prompt for a file or link."""
    held = attachment(view.task)
    now = f"Sekarang: {fmt.esc(held)}\n\n" if held else ""
    title = f"<b>Lampiran: {fmt.esc(fmt.cut(view.task.title, 120))}</b>"
    return (
        f"{title}\n\n{now}Kirim berkas, foto, atau tautannya. Video dikirim sebagai berkas atau tautan. "
        "Lampiran di sini bukan bukti dukung LKE."
    )


def added(unsure: bool, problem: str) -> str:
    """Plain text for a toast."""
    return " ".join(part for part in (MADE, UNSURE if unsure else "", problem) if part)


def shown(view: View) -> str:
    """What is attached."""
    title = f"<b>{fmt.esc(fmt.cut(view.task.title, 120))}</b>"
    return f"{title}\n\nLampiran: {fmt.esc(attachment(view.task)) or NOTHING}"
