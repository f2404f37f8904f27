"""Wording of announcements that were sent, for their author and the other coordinators."""

from collections.abc import Sequence
from datetime import datetime

from flows import fmt
from flows.broadcast.receipts import Counts, Reader
from flows.broadcast.sending import Outcome
from flows.broadcast.service import SENDING, STOPPED, View
from flows.broadcast.texts import first_line
from flows.models import AnnouncementReceipt

REFRESH, STOP = "Perbarui", "Hentikan"
TO_GROUP = "Kirim ke grup"
GROUP_TOLD = "Pengumuman ini dikirim juga ke grup kantor."
GROUP_TOLD_BEFORE = "Pengumuman ini sudah dikirim ke grup kantor."
NO_GROUP = "Belum ada grup kantor yang bisa ditulisi. Tautkan atau periksa grupnya di /grup."
READERS, REMIND, NOT_NEEDED, COPY_GROUP = "Sudah dibaca", "Ingatkan", "Tidak perlu", "Salin teks grup"
PREPARE_MEETING = "Siapkan paket"
TO_STATUS = "Lihat status"

STARTED = "Pengiriman dimulai."
SENT_BEFORE = "Pengumuman ini sudah dikirim sebelumnya, jadi tidak dikirim lagi."
STOPPED_TOAST, NOT_SENDING = "Dihentikan. Sisanya tidak dikirim.", "Pengirimannya sudah selesai."
SUGGEST_NO = "Baik, tidak diingatkan."

LEAST_SETTLED = 20
LEAST_SECONDS = 3.0


def status(
    view: View,
    outcome: Outcome,
    counts: Counts,
    zone: str,
    now: datetime,
    *,
    live: bool,
    papers: Sequence[str] = (),
) -> str:
    """How far it is, what became of it, who has read it.

    `live`: the message is kept up to date. `papers`: the items that the meeting's papers serve.
    """
    row = view.announcement
    lines = [f"<b>{_head(view, outcome)}</b> {_read(counts)}\n"]
    lines += _left(view, outcome, now) if row.state == SENDING else []
    lines += _causes(view, outcome)
    if len(lines) > 1:
        lines.append("")
    at = fmt.moment(row.sent_at, zone) if row.sent_at else ""
    kept = "\nPesan ini diperbarui sendiri." if live else ""
    lines.append(f"{fmt.esc(view.place)} · {at}{kept}\n")
    if papers:
        served = ", ".join(papers[:-1]) + (f", dan {papers[-1]}" if len(papers) > 1 else papers[0])
        lines.append(
            "Buat juga paket rapatnya? Undangan, daftar hadir, notula, dan foto akan jadi bukti "
            f"{fmt.esc(served)}.\n"
        )
    lines.append(f"<blockquote expandable>{row.html or fmt.esc(row.text)}</blockquote>")
    return "\n".join(lines)


def _head(view: View, outcome: Outcome) -> str:
    if view.announcement.state == SENDING:
        return f"Sedang dikirim: {number(outcome.sent)} dari {number(outcome.total)}."
    if view.announcement.state == STOPPED:
        unsent = outcome.total - outcome.sent - outcome.failed - outcome.dropped
        return f"Dihentikan: terkirim {number(outcome.sent)}, {number(unsent)} orang tidak dikirimi."
    mark = "✓ " if outcome.sent == outcome.total else ""
    return f"{mark}Terkirim {number(outcome.sent)} dari {number(outcome.total)}."


def _read(counts: Counts) -> str:
    away = f" Tidak bisa hadir: {number(counts.absent)}." if counts.absent else ""
    return f"Sudah dibaca: {number(counts.read)}.{away}"


def _left(view: View, outcome: Outcome, now: datetime) -> list[str]:
    """How much longer, from the pace so far; nothing while that would be a guess."""
    row = view.announcement
    seconds = (now - row.sent_at).total_seconds() if row.sent_at is not None else 0.0
    if outcome.settled < LEAST_SETTLED or seconds < LEAST_SECONDS:
        return []
    rest = (outcome.total - outcome.settled) * seconds / outcome.settled
    return [f"Sisa waktu sekitar {duration(rest)}."]


def duration(seconds: float) -> str:
    """ "40 detik", "13 menit", "2 jam 5 menit"."""
    if seconds < 60:
        return f"{max(5, round(seconds / 5) * 5)} detik"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} menit"
    hours, rest = divmod(minutes, 60)
    return f"{hours} jam {rest} menit" if rest else f"{hours} jam"


def _causes(view: View, outcome: Outcome) -> list[str]:
    row = view.announcement
    blocked, never = outcome.blocked + row.unreachable, outcome.not_started + row.never_opened
    known = (
        (blocked, f"! {number(blocked)} orang memblokir bot."),
        (
            never,
            f"○ {number(never)} orang belum pernah membuka bot; teks siap tempel dan poster QR disediakan.",
        ),
        (outcome.network, f"! {number(outcome.network)} gagal karena gangguan jaringan."),
        (outcome.refused, f"! {number(outcome.refused)} tidak diterima Telegram."),
        (outcome.dropped, f"○ {number(outcome.dropped)} orang tidak lagi dalam tim atau tidak terjangkau."),
    )
    return [line for count, line in known if count]


def number(count: int) -> str:
    """20.000."""
    return fmt.number(count, 0)


# who has read it -------------------------------------------------------------------------------------


def readers(view: View, counts: Counts, found: Sequence[Reader], zone: str, now: datetime, first: int) -> str:
    """Who has read it, for its author alone."""
    head = f"<b>Sudah dibaca {number(counts.read)} dari {number(counts.sent)}.</b>"
    if not found:
        return f"{head}\n\nBelum ada yang menerimanya."
    told = "\n\nYang belum sudah diingatkan satu kali." if view.announcement.reminded_at else ""
    lines = [_reader(each, zone, now) for each in found]
    part = f" (dari nomor {first})" if first > 1 else ""
    return f"{head}\n\nHanya Anda yang melihat nama-nama ini{part}.\n\n" + "\n".join(lines) + told


def _reader(each: Reader, zone: str, now: datetime) -> str:
    name, found = fmt.esc(each.name), each.receipt
    if found is None or found.read_at is None:
        return f"○ {name}: belum"
    if found.absent_at is not None:
        return f"! {name}: tidak bisa hadir, {fmt.esc(found.reason)}"
    return f"✓ {name}: {fmt.ago(found.read_at, now, zone)}"


def remind(counts: Counts) -> str:
    """The button that reminds the others."""
    return f"Ingatkan {number(counts.unread)} orang"


def reminded(count: int) -> str:
    """They are reminded."""
    return f"{number(count)} orang diingatkan, satu kali ini saja."


def suggest(view: View, counts: Counts) -> str:
    """Before the meeting: remind the others?"""
    title = fmt.esc(first_line(view.announcement.text))
    return (
        f"<b>Sudah dibaca {number(counts.read)} dari {number(counts.sent)}.</b>\n\n{title}\n\n"
        f"Ingatkan {number(counts.unread)} orang lain sekali saja?"
    )


def absence(view: View, name: str, found: AnnouncementReceipt) -> str:
    """Who cannot come and why, for the coordinator alone; or can after all."""
    title = fmt.esc(first_line(view.announcement.text))
    if found.absent_at is None:
        return f"<b>{fmt.esc(name)} ternyata bisa hadir.</b>\n\n{title}"
    return (
        f"<b>{fmt.esc(name)} tidak bisa hadir.</b>\n\nAlasan: {fmt.esc(found.reason)}\n\n{title}\n\n"
        "Alasan ini hanya sampai kepada Anda."
    )


def not_sent(view: View) -> str:
    """A scheduled announcement was not sent."""
    text = fmt.esc(fmt.cut(fmt.one_line(view.announcement.text), 200))
    return (
        "<b>Pengumuman terjadwal tidak dikirim.</b>\n\n"
        "Masa berlakunya sudah lewat, atau peran Anda untuk mengirimnya sudah berakhir saat itu.\n\n"
        f"<blockquote>{text}</blockquote>"
    )
