"""Wording of the schedule."""

from collections.abc import Sequence
from datetime import date, datetime

from flows import fmt
from flows.days import DEFAULT_TIME, due_day
from flows.reminders import moments
from flows.schedule.names import SUBMISSION, TPI, Scope, short_title, title
from flows.schedule.service import Detail, Line
from knowledge.dates import MONTHS

SET_TPI, SET_SUBMISSION = "Atur TPI", "Atur pengusulan"
SAVE, CHANGE, CANCEL = "Simpan", "Ubah tanggal", "Batal"
SET_DATE, MARK_DONE, CLEAR, REOPEN = "Isi tanggal", "Tandai selesai", "Hapus tanggal", "Buka kembali"
FILL, PROGRESS, SCHEDULE, LATER = "Isi LKE", "Lihat progres", "Lihat jadwal", "Nanti saja"

CUSTOMARY = "umumnya 31 Mei; dapat berubah, periksa surat Kementerian PANRB"
CLEARED = "Tanggal dihapus. Pengingatnya tidak dikirim lagi."
DONE = "Ditandai selesai. Pengingatnya berhenti."
REOPENED = "Dibuka kembali. Pengingat yang belum lewat akan dikirim."
POSTPONED = "Baik, dikosongkan dulu. Bisa diisi kapan saja."
NOT_SAVED = "Tidak jadi diubah."

LATER_WORDS = frozenset(
    {"nanti", "nanti saja", "belum", "belum tahu", "belum ada", "lewati", "skip", "tidak tahu"}
)
YES_WORDS = frozenset(
    {"ya", "iya", "y", "ok", "oke", "simpan", "ya simpan", "betul", "benar", "setuju", "sip"}
)
NO_WORDS = frozenset({"tidak", "bukan", "salah", "ubah", "ubah tanggal", "ganti"})


def _mark(line: Line) -> str:
    deadline = line.deadline
    if deadline is None:
        return "○ "
    if deadline.done_at is not None:
        return "✓ "
    return "! " if (due_day(deadline.due_at, line.zone) - line.today).days <= 1 else ""


def _when(line: Line) -> str:
    deadline = line.deadline
    if deadline is None:
        return f"belum diisi ({CUSTOMARY})" if line.suggestion else "belum diisi"
    if deadline.done_at is not None:
        return f"{fmt.moment(deadline.due_at, line.zone)} · selesai"
    return f"{fmt.moment(deadline.due_at, line.zone)} · {_distance(deadline.due_at, line.zone, line.today)}"


def _distance(due_at: datetime, zone: str, today: date) -> str:
    return fmt.distance(due_day(due_at, zone), today)


def schedule(lines: Sequence[Line]) -> str:
    """The unit's deadlines, the nearest one named first."""
    unit, today, year = lines[0].unit, lines[0].today, lines[0].year
    open_ones = [(x.deadline.due_at, x) for x in lines if x.deadline and x.deadline.done_at is None]
    coming = [(at, x) for at, x in open_ones if due_day(at, x.zone) >= today]
    if coming:
        due_at, nearest = min(coming, key=lambda pair: pair[0])
        head = f"Batas waktu terdekat: {short_title(nearest.scope)}, {_distance(due_at, unit.zone, today)}."
    elif open_ones:
        head = "Ada batas waktu yang sudah lewat."
    elif any(x.deadline for x in lines):
        head = "Semua batas waktu yang diisi sudah selesai."
    else:
        head = "Belum ada batas waktu yang diisi."
    body = "\n".join(
        f"{_mark(x)}{title(x.scope)}: {_when(x)}"
        if x.deadline is None
        else f"{_mark(x)}<b>{title(x.scope)}</b>\n{_when(x)}"
        for x in lines
    )
    asked = "\n\nUntuk mengisi atau mengubah, ketuk salah satu." if lines[0].may_set else ""
    return (
        f"<b>{head}</b>\n\n{fmt.esc(unit.name)} · penilaian {year}\n\n{body}\n\n"
        f"TPI adalah Tim Penilai Internal instansi.{asked}"
    )


def detail(view: Detail) -> str:
    """One deadline, who set it, and the reminders still to come."""
    line, deadline = view.line, view.line.deadline
    if deadline is None:
        hint = f"\nTanggal nasional {CUSTOMARY}." if line.scope.kind == SUBMISSION else ""
        who = "" if line.may_set else "\nYang mengisi adalah koordinator unit."
        return f"<b>{title(line.scope)}: belum diisi.</b>\n{hint}{who}".rstrip()
    far = "selesai" if deadline.done_at else _distance(deadline.due_at, line.zone, line.today)
    parts = [f"<b>{title(line.scope)}: {far}.</b>\n", f"{fmt.moment(deadline.due_at, line.zone)}."]
    if line.scope.kind == SUBMISSION:
        parts.append(f"Tanggal nasional {CUSTOMARY}.")
    if view.total:
        parts.append(f"Terjawab {view.answered} dari {view.total} indikator.")
    if view.set_by is not None:
        parts.append(f"Diatur {fmt.esc(view.set_by.name)}, {fmt.ago(deadline.set_at, view.now, line.zone)}.")
    if deadline.done_at is None:
        parts += ["", reminders(line, deadline.due_at, view.now)]
    return "\n".join(parts)


def reminders(line: Line, due_at: datetime, now: datetime) -> str:
    """Which reminders go out when, and to whom."""
    planned = moments.planned(due_at, line.zone, now)
    if not planned:
        return "Tidak ada pengingat lagi: waktunya terlalu dekat atau sudah lewat."
    to = "koordinator unit dan semua anggota tim"
    if line.scope.area is not None:
        to = f"koordinator unit, dan ke pokja Area {line.scope.area.no} selama indikatornya belum lengkap"
    days = "\n".join(
        f"• {'hari H' if kind == 'H' else kind}: {fmt.day_long(fmt.local(moment, line.zone).date())}"
        for kind, moment in planned
    )
    return f"Pengingat pukul {moments.SEND_AT:%H.%M} {line.zone}:\n{days}\nDikirim ke {to}."


def ask(line: Line) -> str:
    """The prompt for a date."""
    hint = f"\n\nTanggal nasional {CUSTOMARY}." if line.scope.kind == SUBMISSION else ""
    now = ""
    if line.deadline is not None:
        now = f"\n\nSekarang tercatat {fmt.moment(line.deadline.due_at, line.zone)}."
    return (
        f"<b>Kapan {_asked(line.scope)}?</b>\n\n"
        "Ketik tanggalnya, contoh: 16 April, Jumat depan, akhir Mei, atau 26 Februari jam 10.\n"
        f"Tanpa jam, dipakai pukul {DEFAULT_TIME:%H.%M} {line.zone}.{now}{hint}"
    )


def _asked(scope: Scope) -> str:
    if scope.kind == TPI:
        return "TPI meminta LKE lengkap"
    return "batas pengusulan nasional" if scope.kind == SUBMISSION else f"batas waktu {title(scope)}"


def use(day: date) -> str:
    """The label that accepts a suggested day."""
    return f"Pakai {day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def check(line: Line, due_at: datetime, others: Sequence[Line], now: datetime) -> str:
    """The date in full, before it is saved."""
    day = due_day(due_at, line.zone)
    parts = [
        f"<b>{title(line.scope)}: {fmt.moment(due_at, line.zone)}.</b>\n",
        f"{_distance(due_at, line.zone, line.today).capitalize()}. Belum tersimpan.",
    ]
    if line.deadline is not None and line.deadline.due_at != due_at:
        parts.append(f"Menggantikan {fmt.moment(line.deadline.due_at, line.zone)}.")
    if day.weekday() >= 5:
        parts.append(f"! Hari itu {'Sabtu' if day.weekday() == 5 else 'Minggu'}, bukan hari kerja umum.")
    parts += [f"! {note}" for note in _order(line, due_at, others)]
    parts += [
        "",
        reminders(line, due_at, now),
        "",
        "Simpan? Ketuk, atau ketik ya. Bila keliru, ketik tanggal lain.",
    ]
    return "\n".join(parts)


def _order(line: Line, due_at: datetime, others: Sequence[Line]) -> list[str]:
    """What stands oddly against the other dates: areas come before TPI, TPI before the submission."""
    rank = {TPI: 1, SUBMISSION: 2}
    own = rank.get(line.scope.kind, 0)
    notes = []
    for other in others:
        theirs = rank.get(other.scope.kind, 0)
        if other.deadline is None or theirs == own or not (theirs or own):
            continue
        named = f"{title(other.scope)} ({fmt.day_short(due_day(other.deadline.due_at, other.zone))})"
        if own < theirs and due_at > other.deadline.due_at:
            notes.append(f"Tanggal ini sesudah {named}.")
        if own > theirs and theirs and due_at < other.deadline.due_at:
            notes.append(f"Tanggal ini sebelum {named}.")
    return notes


def past_today(due_at: datetime, zone: str) -> str:
    """The day is today and its hour is over."""
    return (
        f"Hari ini pukul {fmt.clock(due_at, zone)} sudah lewat, jadi belum disimpan. "
        "Sebutkan jamnya, misalnya hari ini jam 20, atau ketik hari lain."
    )


def problem(line: Line, sentence: str) -> str:
    """Why the typed date cannot be used; what was set stays."""
    kept = "Tanggal yang lama tetap tersimpan." if line.deadline else "Belum ada yang disimpan."
    return f"{fmt.esc(sentence)}\n\n{kept} Ketik tanggal untuk {title(line.scope)}, misalnya 16 April."


def saved(scope: Scope, due_at: datetime, zone: str) -> str:
    """The toast after saving. Plain text."""
    return f"Tersimpan: {short_title(scope)}, {fmt.moment(due_at, zone)}."
