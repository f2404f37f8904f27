"""Wording of action items."""

from collections.abc import Sequence
from datetime import date, datetime

from flows import fmt
from flows.models import Person, Task, TaskChange
from flows.tasks.outside import attachment
from flows.tasks.service import DOING, DONE, DROPPED, OPEN, OUTSIDE, STUCK, View

STATES = {
    OPEN: "belum",
    DOING: "dikerjakan",
    STUCK: "ada kendala",
    DONE: "selesai",
    DROPPED: "dibatalkan",
}
FINDING = "Buka catatan TPI"
BEGIN, FINISH, TROUBLE, PROMISE = "Mulai kerjakan", "Selesai", "Ada kendala", "Selesai pada …"
REOPEN, CHANGE, HISTORY, NEW, ALL, MINE = (
    "Buka lagi",
    "Ubah",
    "Riwayat",
    "Tugas baru",
    "Semua tugas",
    "Tugas saya",
)
WHO, DUE, TITLE, DROP, HELPER, OPEN_ITEM = (
    "PIC",
    "Batas waktu",
    "Judul",
    "Batalkan",
    "Minta bantuan",
    "Buka indikator",
)
DONE_LIST, STUCK_LIST, NO_DAY, NOBODY = "Yang selesai", "Ada kendala", "Tanpa tanggal", "Belum ada PIC"
MAKE_ALL, NOT_NOW, NO_HELPER = "Jadikan tugas", "Nanti saja", "Tanpa bantuan"
SEE, OPEN_QUESTION = "Lihat tugas", "Buka pertanyaan"
OUTSIDE_LIST, ATTACH, SHOW_ATTACHED = "Di luar LKE", "Lampirkan", "Lihat lampiran"
OUTSIDE_SAID = "Di luar LKE, sesuai permintaan instansi: tidak mengubah nilai LKE."

MADE = "Tugas tercatat."
CHANGED = "Perubahan tersimpan."
NOW = {
    DOING: "Tercatat: dikerjakan.",
    DONE: "Selesai. Terima kasih.",
    OPEN: "Dibuka lagi.",
    DROPPED: "Dibatalkan.",
}
STUCK_SAVED = "Kendala tercatat dan disampaikan kepada koordinator unit."
BAD_STATE = "Tombol ini dari layar lama. Ini keadaan terbaru."
KEPT = "Pesan itu saya pegang.\n\nLanjutkan di obrolan pribadi: di sana Anda memilih PIC dan batas waktunya."
NOTHING_QUOTED = (
    "Balas pesan yang ingin dijadikan tugas dengan /tugas, atau buka daftar tugas Anda di obrolan pribadi."
)
MY_TASKS = "Tugas saya"
CONTINUE = "Lanjutkan di obrolan pribadi"
PROBLEM = "Tanggalnya belum tercatat: {} Ketuk Ubah untuk mengisinya."
UNSURE = "Ada beberapa nama yang mirip, jadi PIC belum tercatat. Ketuk Ubah untuk memilihnya."


def state_of(task: Task) -> str:
    """The state in words."""
    return STATES.get(task.state, task.state)


def line(number: int, task: Task, pic: Person | None, today: date) -> str:
    """One action item in a list, HTML."""
    parts = [fmt.esc(pic.name) if pic is not None else NOBODY]
    if (when := day_of(task, today)) and task.state != DONE:
        parts.append(when)
    if task.state in {DOING, STUCK}:
        parts.append(state_of(task))
    return f"{number}  {fmt.esc(fmt.cut(task.title, 90))}\n    {' · '.join(parts)}"


def day_of(task: Task, today: date) -> str:
    """When it is promised, else due, with the distance; empty without a day."""
    day = task.promised_on or task.due_on
    if day is None:
        return ""
    word = "janji" if task.promised_on else "batas"
    late = " (lewat)" if day < today else f" ({fmt.distance(day, today)})"
    return f"{word} {fmt.day_short(day)}{late}"


def listing(unit: str, what: str, lines: Sequence[str], total: int, may_make: bool) -> str:
    """A list of the unit's action items."""
    if not lines:
        how = f" Catat dengan {NEW}." if may_make else ""
        return f"<b>{what}</b> · {fmt.esc(unit)}\n\nBelum ada tugas di sini.{how}"
    return f"<b>{what}: {total}</b> · {fmt.esc(unit)}\n\n" + "\n".join(lines)


def card(view: View, item: str, today: date) -> str:
    """One action item in full."""
    task = view.task
    lines = [f"<b>{fmt.esc(task.title)}</b>", "", f"Keadaan: {state_of(task)}"]
    lines.append(f"PIC: {fmt.esc(view.pic.name) if view.pic else NOBODY}")
    lines.append(f"Batas waktu: {_full(task.due_on, today)}")
    if task.promised_on:
        lines.append(f"Dijanjikan selesai: {_full(task.promised_on, today)}")
    if task.state == STUCK:
        lines.append(f"Kendala: {fmt.esc(task.reason)}")
        lines.append(f"Yang dimintai bantuan: {fmt.esc(view.helper.name) if view.helper else 'belum ada'}")
    if task.source == OUTSIDE:
        lines += [f"Lampiran: {fmt.esc(attachment(task)) or 'belum ada'}", OUTSIDE_SAID]
    if item:
        lines.append(f"Untuk indikator: {fmt.esc(item)}")
    if view.maker is not None:
        lines.append(f"Dicatat oleh {fmt.esc(view.maker.name)}")
    return "\n".join(lines)


def _full(day: date | None, today: date) -> str:
    if day is None:
        return "belum ditentukan"
    late = "sudah lewat" if day < today else fmt.distance(day, today)
    return f"{fmt.day_long(day)} ({late})"


def ask_new(item: str) -> str:
    """The prompt for a new action item."""
    about = f" untuk {fmt.esc(item)}" if item else ""
    return (
        f"<b>Tugas baru{about}</b>\n\n"
        "Tulis apa yang perlu dikerjakan. PIC dan tanggalnya boleh menyusul di belakang garis miring.\n\n"
        "Contoh: siapkan notula monev / dewi / jumat depan"
    )


def ask_reason(title: str) -> str:
    """The prompt for what stands in the way."""
    return (
        f"<b>Ada kendala: {fmt.esc(fmt.cut(title, 120))}</b>\n\n"
        "Apa yang menghambat? Tulis satu kalimat; koordinator unit akan membacanya."
    )


def ask_helper(reason: str) -> str:
    """Who can help?"""
    return f"Kendala tercatat: {fmt.esc(reason)}\n\nSiapa yang dapat membantu?"


def ask_day(title: str, kind: str) -> str:
    """The prompt for a day."""
    question = "Kapan Anda perkirakan selesai?" if kind == "promise" else "Kapan batas waktunya?"
    tail = (
        "\n\nPengingat mengikuti tanggal ini, jadi sebelum itu Anda tidak diingatkan."
        if kind == "promise"
        else ""
    )
    return (
        f"<b>{question}</b>\n{fmt.esc(fmt.cut(title, 120))}\n\nContoh: jumat, 29 januari, akhir bulan.{tail}"
    )


def bad_day(sentence: str) -> str:
    """What is wrong with the typed day."""
    return sentence


def past(day: date) -> str:
    """A day that has passed."""
    return f"{fmt.day_long(day)} sudah lewat. Ketik tanggal mulai hari ini."


def ask_who(title: str) -> str:
    """Choose a person."""
    return f"<b>Siapa PIC-nya?</b>\n{fmt.esc(fmt.cut(title, 120))}\n\nPilih, atau ketik namanya."


def ask_title(title: str) -> str:
    """The prompt for other words."""
    return f"<b>Judul tugas sekarang</b>\n\n{fmt.esc(title)}\n\nTulis judul yang baru."


def change(view: View) -> str:
    """What may be changed."""
    return f"<b>Ubah tugas</b>\n\n{fmt.esc(view.task.title)}"


def nobody_found(text: str) -> str:
    """A typed name that fits nobody."""
    return f"Nama “{fmt.cut(text, 40)}” tidak saya temukan di tim unit. Pilih dari daftar, atau ketik lagi."


def news(view: View, item: str, today: date, me: int) -> str:
    """What a person is told of an action item: it is theirs, their help is asked for, or it is stuck."""
    task = view.task
    if task.state == STUCK and task.helper_id == me:
        head = "Bantuan Anda diminta"
    elif task.state == STUCK:
        head = "Ada kendala"
    else:
        head = "Anda menjadi PIC"
    _, _, rest = card(view, item, today).partition("\n")  # its first line is the title
    return f"<b>{head}: {fmt.esc(task.title)}</b>\n{rest}\n\nUnit: {fmt.esc(view.unit.name)}"


def history(title: str, lines: Sequence[str]) -> str:
    """What became of it."""
    body = "\n".join(lines) if lines else "Belum ada perubahan."
    return f"<b>Riwayat tugas</b>\n{fmt.esc(fmt.cut(title, 120))}\n\n{body}"


_KINDS = {
    "make": "dicatat",
    OPEN: "dibuka lagi",
    DOING: "mulai dikerjakan",
    DONE: "selesai",
    DROPPED: "dibatalkan",
    STUCK: "ada kendala",
    "helper": "bantuan diminta",
    "pic": "PIC diganti",
    "due": "batas waktu diubah",
    "promise": "janji selesai",
    "title": "judul diubah",
    "attach": "lampiran diubah",
    "handover": "diserahterimakan",
}


def change_line(row: TaskChange, who: Person | None, names: dict[int, str], at: datetime, zone: str) -> str:
    """One line of history, HTML."""
    before, after = row.before or {}, row.after or {}
    what = _KINDS.get(row.kind, row.kind)
    if row.kind in {"pic", "helper"}:
        old, new = (names.get(each.get(f"{_FIELD[row.kind]}") or 0, "-") for each in (before, after))
        what += f": {fmt.esc(old)} → {fmt.esc(new)}"
    elif row.kind in {"due", "promise"}:
        field = "due_on" if row.kind == "due" else "promised_on"
        what += f": {_iso(before.get(field))} → {_iso(after.get(field))}"
    elif row.kind == STUCK:
        what += f": {fmt.esc(fmt.cut(str(after.get('reason', '')), 160))}"
    elif row.kind == "title":
        what += f", sebelumnya “{fmt.esc(fmt.cut(str(before.get('title', '')), 100))}”"
    by = fmt.esc(who.name) if who is not None else "Bot"
    if row.behalf_id:
        by += f" atas nama {fmt.esc(names.get(row.behalf_id, '-'))}"
    return f"• {fmt.moment(at, zone)}: {what} · {by}"


_FIELD = {"pic": "person_id", "helper": "helper_id"}


def _iso(value: str | None) -> str:
    return fmt.day_short(date.fromisoformat(value)) if value else "belum ada"


def from_plan(lines: Sequence[str], skipped: int) -> str:
    """Which steps of the plan become action items."""
    if not lines:
        return "Semua langkah di halaman ini sudah menjadi tugas."
    already = f"\n\n{skipped} langkah lain sudah menjadi tugas." if skipped else ""
    return (
        f"<b>{len(lines)} langkah akan dicatat sebagai tugas</b>\n\n" + "\n".join(lines) + already + "\n\n"
        "PIC-nya mengikuti PIC indikator; batas waktunya boleh diisi kemudian."
    )


def planned(count: int) -> str:
    """They have been made."""
    return f"{count} tugas tercatat."
