"""Wording of announcements at their receivers."""

from flows import fmt
from flows.broadcast.service import View
from flows.broadcast.texts import announced, first_line

READ, IS_READ = "Sudah dibaca", "✓ Sudah dibaca"
ABSENT, IS_ABSENT, COMING = "Tidak bisa hadir", "✓ Tidak bisa hadir", "Bisa hadir"
ASK = "Tanya"
BACK = "‹ Ke pengumuman"

THANKS = "Terima kasih, dicatat sudah dibaca."
KNOWN = "Sudah tercatat dibaca."
ABSENT_SAVED = "Dicatat. Alasannya hanya sampai kepada koordinator."
COMING_SAVED = "Dicatat: Anda bisa hadir."


def absent(view: View) -> str:
    """The prompt for the reason."""
    title = fmt.esc(first_line(view.announcement.text))
    who = "pengirimnya" if view.wide else "koordinator unit"
    return (
        f"<b>Apa alasannya? Tulis satu baris.</b>\n\n{title}\n\n"
        f"Hanya {who} yang membacanya, bukan anggota lain."
    )


def reminder(view: View) -> str:
    """Once, for those who have not said that they have read it."""
    return f"<b>Pengingat: pengumuman ini belum Anda tandai dibaca.</b>\n\n{announced(view)}"
