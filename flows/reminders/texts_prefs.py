"""Wording of how one wants to be reminded."""

from datetime import date

from flows import fmt
from flows.reminders import moments
from flows.reminders.places import Reader

KINDS = {
    "lke": "Indikator dan bukti",
    "tugas": "Tugas",
    "perbaikan": "Perbaikan dari reviu",
    "tahap": "Tahap penilaian",
    "rutin": "Tugas rutin",
}
LEAVE, LEAVE_END, ADMINS = "Catat cuti", "Cuti selesai", "Laporan untuk admin"
ON, OFF = "Nyalakan", "Matikan"
SAVED = "Pilihan Anda tersimpan."
LEAVE_ENDED = "Cuti ditutup. Yang terkumpul dikirim pada ringkasan berikutnya."
LEAVE_UNREAD = "Tanggal cutinya belum terbaca. Contoh: cuti sampai 12 Juni, atau 10 sampai 14 Maret."


def clock(minutes: int) -> str:
    """ "08.30"."""
    return f"{moments.clock_of(minutes):%H.%M}"


def quiet(minutes: int) -> str:
    """The label of a quiet hour."""
    return f"Tenang {clock(minutes)}"


def prefs(reader: Reader, today: date) -> str:
    """How the person is reminded now."""
    parts = [
        "<b>Cara Anda diingatkan</b>",
        "",
        f"Ringkasan: pukul {clock(reader.slot)} {reader.zone}, hanya hari kerja.",
        f"Jam tenang: mulai pukul {clock(reader.quiet)} sampai ringkasan berikutnya.",
        f"Cuti: {_leave(reader, today)}",
        "",
        "Jenis yang diingatkan (ketuk untuk mengubah):",
        *(f"{'○ mati' if code in reader.muted else '✓ nyala'}: {name}" for code, name in KINDS.items()),
        "",
        "Penilaian TPI dan batas pengusulan selalu diingatkan kepada yang bertugas. Hari libur nasional dan "
        "cuti bersama dilewati; yang jatuh pada hari itu disampaikan pada hari kerja sebelumnya.",
    ]
    return "\n".join(parts)


def _leave(reader: Reader, today: date) -> str:
    pref = reader.pref
    if pref is None or pref.away_until is None or pref.away_until < today:
        return "tidak ada."
    first = pref.away_from or today
    return f"{fmt.day_short(first)} sampai {fmt.day_short(pref.away_until)}; selama itu tidak ada pengingat."


def ask_leave(problem: str = "") -> str:
    """The prompt for the days of leave."""
    said = f"{fmt.esc(problem)}\n\n" if problem else ""
    return (
        f"{said}<b>Kapan Anda cuti?</b>\n\nContoh: cuti sampai 12 Juni, 10 sampai 14 Maret, besok.\n"
        "Selama cuti tidak ada pengingat. Yang terkumpul disampaikan pada hari kerja pertama setelahnya."
    )


def leave_saved(first: date, last: date) -> str:
    """The toast."""
    return f"Cuti tercatat: {fmt.day_short(first)} sampai {fmt.day_short(last)}."


def to_admin(agency: str, on: bool) -> str:
    """Whether admins are told of overdue stages."""
    now = "menyala" if on else "mati"
    return (
        f"<b>Laporan tahap yang lewat batas: {now}</b>\n\n{fmt.esc(agency)}\n\n"
        f"Bila menyala, admin instansi diberi tahu tahap yang lewat {moments.ESCALATE_AFTER[moments.ADMIN]} "
        "hari kerja, per unit. Nama orang tidak pernah disebut."
    )
