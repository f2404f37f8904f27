"""Wording of the schedule."""

from collections.abc import Sequence
from datetime import date, datetime

from flows import fmt
from flows.days import DEFAULT_TIME, due_day
from flows.reminders import moments
from flows.schedule.names import AREA, DUTY, ITEM, STAGE, SUB, SUBMISSION, TPI, Scope, short_title, title
from flows.schedule.service import Detail, Line
from knowledge.dates import MONTHS
from knowledge.workdays import workdays

SET_TPI, SET_SUBMISSION = "Atur TPI", "Atur pengusulan"
SAVE, CHANGE, CANCEL = "Simpan", "Ubah tanggal", "Batal"
SET_DATE, MARK_DONE, CLEAR, REOPEN = "Isi tanggal", "Tandai selesai", "Hapus tanggal", "Buka kembali"
FILL, PROGRESS, SCHEDULE, LATER = "Isi LKE", "Lihat progres", "Lihat jadwal", "Nanti saja"
OPEN, STAGE_OF, DUTY_OF, SEE_DATE = "Buka bagian ini", "Tentang tahapnya", "Tugas rutinnya", "Lihat tanggal"
PIN, UNPIN = "Kunci tanggal", "Lepas kunci"
PINNED_TOAST = "Tanggal dikunci: tidak ikut bergeser."
UNPINNED_TOAST = "Kunci dilepas: ikut bergeser lagi."

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


def _distance(due_at: datetime, zone: str, today: date) -> str:
    return fmt.distance(due_day(due_at, zone), today)


def detail(view: Detail) -> str:
    """One deadline, who set it, and the reminders still to come."""
    line, deadline = view.line, view.line.deadline
    if deadline is None:
        hint = f"\nTanggal nasional {CUSTOMARY}." if line.scope.kind == SUBMISSION else ""
        who = "" if line.may_set else f"\nYang mengisi adalah {_setter(line.scope)}."
        return f"<b>{title(line.scope)}: belum diisi.</b>\n{hint}{who}".rstrip()
    far = "selesai" if deadline.done_at else _distance(deadline.due_at, line.zone, line.today)
    parts = [f"<b>{title(line.scope)}: {far}.</b>\n", f"{fmt.moment(deadline.due_at, line.zone)}."]
    if line.scope.kind == SUBMISSION:
        parts.append(f"Tanggal nasional {CUSTOMARY}.")
    if view.total:
        parts.append(f"Terjawab {view.answered} dari {view.total} indikator.")
    if view.set_by is not None:
        parts.append(f"Diatur {fmt.esc(view.set_by.name)}, {fmt.ago(deadline.set_at, view.now, line.zone)}.")
    if deadline.pinned:
        parts.append("Dikunci: tidak ikut bergeser bila tanggal lain diubah.")
    if deadline.done_at is None:
        parts += ["", reminders(line, deadline.due_at, view.now, view.days_before)]
    return "\n".join(parts)


def _setter(scope: Scope) -> str:
    return "ketua pokja atau koordinator unit" if scope.kind in {SUB, ITEM} else "koordinator unit"


def reminders(line: Line, due_at: datetime, now: datetime, days_before: Sequence[int]) -> str:
    """Which reminders go out when, and to whom; `days_before` are the unit's."""
    planned = moments.planned(due_at, line.zone, now, days_before)
    if not planned:
        return "Tidak ada pengingat lagi: waktunya terlalu dekat atau sudah lewat."
    days = "\n".join(
        f"• {'hari H' if kind == 'H' else kind}: {fmt.day_long(fmt.local(moment, line.zone).date())}"
        for kind, moment in planned
    )
    return f"Pengingat pukul {moments.SEND_AT:%H.%M} {line.zone}:\n{days}\n{_to(line.scope)}"


_OR_LEADS = " (tanpa PIC: ketua pokja, atau koordinator unit)"


def _to(scope: Scope) -> str:
    """Who is reminded, as `flows.dues` has it."""
    if scope.kind in {SUBMISSION, STAGE}:
        return "Dikirim ke koordinator unit."
    if scope.kind == TPI:
        return "Dikirim ke koordinator unit, dan ke PIC selama indikatornya belum lengkap."
    if scope.kind in {AREA, SUB}:
        return "Dikirim ke ketua pokja dan PIC-nya, selama indikatornya belum lengkap."
    if scope.kind == DUTY:
        return f"Dikirim ke PIC indikatornya{_OR_LEADS}, selama bukti periode ini belum ada."
    return f"Dikirim ke PIC-nya{_OR_LEADS}, selama indikator ini belum lengkap."


def ask(line: Line) -> str:
    """The prompt for a date."""
    hint = f"\n\nTanggal nasional {CUSTOMARY}." if line.scope.kind == SUBMISSION else ""
    now = ""
    if line.deadline is not None:
        now = f"\n\nSekarang tercatat {fmt.moment(line.deadline.due_at, line.zone)}."
    return (
        f"<b>Kapan {_asked(line.scope)}?</b>\n\n"
        "Ketik tanggalnya, contoh: 16 April, Jumat depan, akhir Mei, 2 minggu lagi, 26 Februari jam 10.\n"
        f"Tanpa jam, dipakai pukul {DEFAULT_TIME:%H.%M} {line.zone}.{now}{hint}"
    )


def _asked(scope: Scope) -> str:
    if scope.kind == TPI:
        return "TPI meminta LKE lengkap"
    return "batas pengusulan nasional" if scope.kind == SUBMISSION else f"batas waktu {title(scope)}"


def use(day: date) -> str:
    """The label that accepts a suggested day."""
    return f"Pakai {day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def check(
    line: Line,
    due_at: datetime,
    others: Sequence[Line],
    now: datetime,
    days_before: Sequence[int],
    along: Sequence[str] = (),
    *,
    shifts: bool = False,
) -> str:
    """The date in full, before it is saved; `along` says what stays or (`shifts`) goes along."""
    day = due_day(due_at, line.zone)
    parts = [
        f"<b>{title(line.scope)}: {fmt.moment(due_at, line.zone)}.</b>\n",
        f"{_distance(due_at, line.zone, line.today).capitalize()}. Belum tersimpan.",
    ]
    if line.deadline is not None and line.deadline.due_at != due_at:
        parts.append(f"Menggantikan {fmt.moment(line.deadline.due_at, line.zone)}.")
    if workdays().is_off(day):
        named = workdays().holiday(day)
        what = named or ("Sabtu" if day.weekday() == 5 else "Minggu")
        before = fmt.day_long(workdays().on_or_before(day))
        parts.append(f"! Hari itu {what}, bukan hari kerja. Hari kerja sebelumnya {before}.")
    parts += [f"! {note}" for note in _order(line, due_at, others)]
    parts += [
        "",
        reminders(line, due_at, now, days_before),
        *along,
        "",
        SHIFT_HOW if shifts else "Simpan? Ketuk, atau ketik ya. Bila keliru, ketik tanggal lain.",
    ]
    return "\n".join(parts)


def _order(line: Line, due_at: datetime, others: Sequence[Line]) -> list[str]:
    """What stands oddly against the other dates: areas come before TPI, TPI before the submission."""
    rank = {TPI: 1, SUBMISSION: 2}
    own = rank.get(line.scope.kind, 0)
    notes: list[str] = []
    if line.scope.kind in {STAGE, DUTY}:
        return notes
    for other in others:
        if other.scope.kind in {STAGE, DUTY}:
            continue
        theirs = rank.get(other.scope.kind, 0)
        if other.deadline is None or theirs == own or not (theirs or own):
            continue
        named = f"{title(other.scope)} ({fmt.day_short(due_day(other.deadline.due_at, other.zone))})"
        if own < theirs and due_at > other.deadline.due_at:
            notes.append(f"Tanggal ini sesudah {named}.")
        if own > theirs and theirs and due_at < other.deadline.due_at:
            notes.append(f"Tanggal ini sebelum {named}.")
    return notes


SHIFT_HOW = (
    "Ketuk Simpan, geser agar semuanya ikut, atau Hanya ini. Bisa juga mengetik ya, hanya ini, "
    "atau tanggal lain."
)


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
