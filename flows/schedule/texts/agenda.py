"""Wording of the schedule as one list (/jadwal)."""

from flows import fmt
from flows.schedule.agenda import ALL, DONE, LKE, MINE, ROUTINE, STAGES, TASKS, Agenda, Entry
from flows.schedule.calendar_file import Calendar
from flows.schedule.names import SUBMISSION, TPI, Scope, short_title
from flows.schedule.texts.dates import CUSTOMARY

LABELS = {
    ALL: "Semua",
    MINE: "Milik saya",
    STAGES: "Tahap",
    LKE: "LKE",
    ROUTINE: "Rutin",
    TASKS: "Tugas",
    DONE: "Selesai",
}
FILE, PLAN, FILTER = "Berkas kalender", "Usulan jadwal", "Saring"

MOST_FINISHED = 4
_OF_VIEW = {
    MINE: "milik Anda",
    STAGES: "tahap",
    LKE: "bagian LKE dan bukti",
    ROUTINE: "tugas rutin",
    TASKS: "tugas",
    DONE: "yang selesai",
}


def agenda(shown: Agenda) -> str:
    """One page, the nearest date named first."""
    where = shown.where
    parts = [f"<b>{_head(shown)}</b>\n", f"{fmt.esc(where.unit.name)} · penilaian {where.assessment.year}"]
    if shown.view != ALL:
        parts[-1] += f" · {_OF_VIEW[shown.view]}: {shown.total}"
    if shown.pages > 1:
        parts[-1] += f" · halaman {shown.page + 1} dari {shown.pages}"
    parts.append("")
    parts += _lines(shown) or [_NOTHING.get(shown.view, "Tidak ada yang menunggu di sini.")]
    if shown.view == ALL and shown.page == shown.pages - 1:
        parts += [*_unset(shown), *_finished(shown)]
    parts += ["", _how(shown)]
    return "\n".join(parts).rstrip()


_NOTHING = {
    ALL: "Tidak ada yang menunggu.",
    MINE: "Tidak ada yang menunggu Anda.",
    DONE: "Belum ada yang selesai.",
}


def _head(shown: Agenda) -> str:
    if shown.next is not None:
        far = fmt.distance(shown.next.due_on, shown.today)
        return f"Batas waktu terdekat: {fmt.esc(_short(shown.next))}, {far}."
    if shown.late:
        return "Ada batas waktu yang sudah lewat."
    if shown.any:
        return "Semua batas waktu yang diisi sudah selesai."
    return "Belum ada batas waktu yang diisi."


def _short(entry: Entry) -> str:
    return fmt.cut(entry.what, 60)


def _lines(shown: Agenda) -> list[str]:
    zone = shown.where.unit.zone
    lines: list[str] = []
    told = shown.view == DONE or (shown.page > 0 and all(e.due_on > shown.today for e in shown.shown))
    for no, entry in enumerate(shown.shown, 1):
        if not told and entry.due_on >= shown.today:
            told = True
            lines.append(f"── hari ini, {fmt.day_long(shown.today)} ──")
        mark = "✓ " if entry.done else "! " if (entry.due_on - shown.today).days <= 1 else ""
        far = "selesai" if entry.done else fmt.distance(entry.due_on, shown.today)
        when = fmt.moment(entry.due_at, zone) if entry.due_at is not None else fmt.day_long(entry.due_on)
        mine = " · Anda" if entry.mine and shown.view != MINE else ""
        pinned = " · dikunci" if entry.row is not None and entry.row.pinned else ""
        lines += [
            f"{mark}{no}  <b>{fmt.esc(fmt.cut(entry.what, 90))}</b>",
            f"    {when} · {far}{mine}{pinned}",
        ]
    return lines


def _unset(shown: Agenda) -> list[str]:
    if not shown.unset:
        return []
    lines = ["", "Belum diisi:"]
    lines += [f"○ {_unset_name(scope, shown)}" for scope in shown.unset if scope.area is None]
    areas = [str(scope.area.no) for scope in shown.unset if scope.area is not None]
    if areas:
        lines.append(f"○ Area {', '.join(areas)}")
    return lines


def _finished(shown: Agenda) -> list[str]:
    if not shown.finished:
        return []
    lines = [f"✓ {fmt.esc(fmt.cut(name, 70))}" for name in shown.finished[:MOST_FINISHED]]
    more = len(shown.finished) - len(lines)
    return ["", "Selesai:", *lines, *([f"dan {more} lagi"] if more else [])]


def _unset_name(scope: Scope, shown: Agenda) -> str:
    hint = f" ({CUSTOMARY})" if scope.kind == SUBMISSION and shown.suggested else ""
    explained = ", Tim Penilai Internal instansi" if scope.kind == TPI else ""
    return f"{short_title(scope)}{explained}{hint}"


def _how(shown: Agenda) -> str:
    how = "Ketuk atau ketik nomornya untuk membuka." if shown.shown else ""
    return f"{how} Untuk mengisi atau mengubah tanggal, ketuk salah satu.".strip() if shown.may_set else how


def file(found: Calendar) -> str:
    """The caption of the file."""
    whose = "milik Anda" if found.mine else "seluruh unit"
    if not found.count:
        return (
            f"<b>Berkas kalender {whose}: belum ada tanggal.</b>\n\n"
            "Berkas ini kosong; mintalah lagi setelah ada batas waktu yang diisi."
        )
    return (
        f"<b>Berkas kalender {whose}: {found.count} tanggal.</b>\n\n"
        f"{fmt.esc(found.unit_name)}. Buka berkas ini untuk memasukkannya ke kalender ponsel "
        "atau komputer. Bila jadwal berubah, minta berkasnya lagi; "
        "tanggal yang sama diperbarui, tidak menjadi dua."
    )
