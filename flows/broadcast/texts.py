"""Wording of announcements."""

from collections.abc import Sequence
from datetime import datetime

from flows import fmt
from flows.broadcast.service import MAX_CHARS, Outcome, Reach, View
from flows.models import Announcement

SEND, EDIT, CANCEL = "Kirim sekarang", "Ubah isi", "Batal"
RESUME, HISTORY, WRITE, REFRESH, ALL = (
    "Lihat rancangan",
    "Yang terkirim",
    "Tulis baru",
    "Perbarui",
    "Semua pengumuman",
)
PREPARE_MEETING = "Siapkan paket"

CANCELLED = "Rancangan dibatalkan. Tidak ada yang terkirim."
STARTED = "Pengiriman dimulai."
SENT_BEFORE = "Pengumuman ini sudah dikirim sebelumnya, jadi tidak dikirim lagi."

PREVIEW_CHARS = 60


def prompt(unit_name: str, has_draft: bool) -> str:
    """The prompt for the text, with examples."""
    kept = "\n\nAda rancangan Anda yang belum dikirim." if has_draft else ""
    return (
        f"<b>Tulis isi pengumuman untuk tim {fmt.esc(unit_name)}.</b>\n\n"
        "Contoh:\n"
        "<i>Rapat monev ZI: Jumat, 29 Januari 2027, 09.00. Tempat: aula lantai 2. "
        "Mohon ketua pokja menyiapkan progres areanya.</i>\n\n"
        "<i>Bapak/Ibu, mohon bukti dukung Area 5 dilengkapi paling lambat Rabu.</i>\n\n"
        f"Paling panjang {MAX_CHARS} huruf. Anda melihat pratinjaunya dulu sebelum dikirim.{kept}"
    )


def edit(view: View) -> str:
    """The prompt for another text; the present one can be copied by a tap."""
    return (
        "<b>Ketik isi yang baru.</b>\n\nIsi sekarang (ketuk untuk menyalin):\n"
        f"<code>{fmt.esc(view.announcement.text)}</code>"
    )


def announced(view: View) -> str:
    """The announcement exactly as its receivers see it."""
    return f"{fmt.esc(view.announcement.text)}\n\nKoordinator unit, {fmt.esc(view.unit.name)}"


def preview(view: View, reach: Reach) -> str:
    """What will be sent and whom it reaches."""
    return (
        f"<b>Pratinjau, belum terkirim.</b>\n\n<blockquote>{announced(view)}</blockquote>\n\n{reached(reach)}"
    )


def reached(reach: Reach) -> str:
    """Whom it reaches. The sender is not among them."""
    far = ""
    if reach.out_of_reach:
        far = f" {reach.out_of_reach} orang belum pernah membuka bot atau memblokirnya."
    return f"Terjangkau {reach.reachable} orang.{far} Anda sendiri tidak menerima salinan."


def status(view: View, outcome: Outcome, zone: str) -> str:
    """What became of it."""
    row = view.announcement
    if row.state == "sending":
        head = f"Sedang dikirim: {outcome.sent} dari {outcome.total}."
        note = "\nPesan ini diperbarui sendiri setelah semuanya selesai."
    else:
        head, note = ended(outcome), ""
    lines = [f"<b>{head}</b>\n"]
    if outcome.blocked:
        lines.append(f"! Gagal {outcome.blocked}: memblokir bot.")
    if outcome.failed:
        lines.append(f"! Gagal {outcome.failed}: tidak dapat diterima Telegram.")
    if outcome.dropped:
        lines.append(
            f"○ {outcome.dropped} orang tidak lagi dalam tim atau tidak terjangkau saat giliran kirim."
        )
    if len(lines) > 1:
        lines.append("")
    sent_at = f"{fmt.moment(row.sent_at, zone)}" if row.sent_at else ""
    lines.append(f"{fmt.esc(view.unit.name)} · {sent_at}{note}\n")
    lines.append(f"<blockquote expandable>{fmt.esc(row.text)}</blockquote>")
    return "\n".join(lines)


def ended(outcome: Outcome) -> str:
    """The outcome in a line: "Terkirim 21 dari 21." or "Terkirim 19, gagal 2 (memblokir bot)."."""
    failed = outcome.blocked + outcome.failed
    if not failed:
        return f"Terkirim {outcome.sent} dari {outcome.total}."
    why = " (memblokir bot)" if not outcome.failed else ""
    return f"Terkirim {outcome.sent}, gagal {failed}{why}."


def history(rows: Sequence[Announcement], first: int, zone: str, now: datetime, unit_name: str) -> str:
    """What was sent in the unit, newest first."""
    if not rows:
        return f"<b>Belum ada pengumuman di {fmt.esc(unit_name)}.</b>"
    lines = [
        f"{n}  {fmt.ago(row.sent_at or row.created_at, now, zone)}\n"
        f"{fmt.esc(fmt.cut(fmt.one_line(row.text), PREVIEW_CHARS))}"
        for n, row in enumerate(rows, first)
    ]
    return f"<b>Pengumuman {fmt.esc(unit_name)}.</b>\n\n" + "\n\n".join(lines)
