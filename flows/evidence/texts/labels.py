"""Labels and short sentences of evidence, and what all its texts share."""

from datetime import date

from flows import fmt
from flows.evidence import service, sources
from flows.evidence.periods import span_of
from flows.evidence.service import Piece
from flows.evidence.window import Window
from flows.item_words import heading as heading
from flows.models import Evidence, Person

SAVE, SAVE_UNDATED, USE_KNOWN = "Benar, simpan", "Simpan tanpa tanggal", "Pakai yang ada"
SAVE_VERSION, AS_NEW = "Simpan versi baru", "Jadikan bukti baru"
CHANGE_DATE, OTHER_ITEM, OTHER_DOCUMENT = "Ubah tanggal", "Indikator lain", "Dokumen lain"
CANCEL, CANCEL_YES, CANCEL_NO = "Batal", "Ya, batalkan", "Jangan batalkan"
IS_WORKSHEET = "Ini LKE, impor"
AGAIN, SEND_OTHER = "Coba lagi", "Kirim yang lain"
NOT_NOW, NEXT_ONE = "Nanti saja", "Kiriman lain"
OTHER = "Lainnya"
OTHER_PERIOD, NO_PERIOD = "Periode lain", "Pakai tanggalnya"
ADD, LIST, WAIVES = "Tambah bukti", "Bukti dukung", "Tidak perlu"
TO_ITEM, TO_AREAS, TO_ALL = "Ke indikator", "Semua area", "Semua bukti"
SEARCH, LACKING, WINDOW = "Cari bukti", "A tanpa bukti", "Rentang bukti"
OPEN, OPEN_LINK, REPLACE, EDIT = "Buka berkas", "Buka tautan", "Ganti berkas", "Ubah data"
SHOW = "Lihat bukti"
SHARED, RENEW = "Bukti bersama", "Pakai versi baru"
CHECK_AGAIN, RESTRICT, UNRESTRICT = "Cek lagi", "Tandai terbatas", "Lepas terbatas"
TITLE, DATE, PERIOD, MORE_ITEMS = "Judul", "Tanggal", "Periode", "Indikator lain"
VALIDITY, NO_END = "Masa berlaku", "Tanpa batas"
VALIDITY_SET = "Masa berlaku dicatat. Sebelum berakhir, PIC-nya diingatkan."
VALIDITY_CLEARED = "Masa berlaku dihapus."
VERSIONS, DETACH, REMOVE = "Versi lama", "Lepas", "Hapus bukti"
DETACH_YES, REMOVE_YES, KEEP = "Ya, lepas", "Ya, hapus", "Jangan"
WINDOW_CHANGE, WINDOW_USUAL = "Ubah rentang", "Pakai yang biasa"
WRITE_NOTE, EXAMPLE, SEND_REVIEW = "Isi penjelasan", "Contoh", "Kirim untuk direviu"

RESTRICTED_TITLE = "Bukti terbatas"

CANCELLED = "Dibatalkan. Kiriman itu tidak disimpan sebagai bukti."
DATE_SET, PERIOD_SET, ITEM_SET, DOCUMENT_SET = (
    "Tanggal dicatat.",
    "Periode dicatat.",
    "Indikator dicatat.",
    "Dokumen dicatat.",
)
TITLE_SET, SAME, ATTACHED, ATTACHED_ALREADY = (
    "Judul tersimpan.",
    "Sudah seperti itu.",
    "Bukti dipasang juga di indikator itu.",
    "Bukti ini sudah terpasang di indikator itu.",
)
DETACHED, REMOVED, RESTRICTED_ON, RESTRICTED_OFF = (
    "Bukti dilepas dari indikator itu.",
    "Bukti dihapus dari daftar. Riwayatnya tetap ada.",
    "Ditandai terbatas.",
    "Tidak lagi terbatas.",
)
CHECKING = "Tautan sedang dicek. Layar ini berganti sendiri."
VERSION_SAVED = "Versi baru tersimpan. Versi lama tetap ada."
WAIVED, NEEDED = "Ditandai tidak perlu.", "Ditandai perlu lagi."
WINDOW_SAVED, WINDOW_BACK = "Rentang bukti tersimpan.", "Kembali ke rentang biasa."

STATES = {
    service.THERE: "ada",
    service.WAITING: "menunggu reviu",
    service.APPROVED: "disetujui",
    service.RETURNED: "perlu perbaikan",
    service.OUTSIDE: "di luar rentang bukti",
}
SOURCES = {
    sources.SHARED: "dari instansi",
    sources.NEWER: "dari instansi, sudah ada versi baru",
    sources.WITHDRAWN: "dari instansi, sudah ditarik",
}
LINK_STATES = {"open": "terbuka", "locked": "terkunci", "unknown": "tidak dapat dicek", "": "belum dicek"}


def dated(day: date | None, period: str) -> str:
    """When a piece is from: "12 Januari 2027", "TW III 2026", both, or ""."""
    span = span_of(period)
    parts = [fmt.day_short(day)] if day is not None else []
    if span is not None:
        parts.append(f"untuk {span.name}" if parts else span.name)
    return ", ".join(parts)


def title_of(piece: Piece) -> str:
    """The title as its reader may see it, plain."""
    return piece.evidence.title if piece.seen else RESTRICTED_TITLE


def when(evidence: Evidence) -> str:
    """When a piece is from, or that no date is known."""
    return dated(evidence.dated_on, evidence.period) or "tanpa tanggal"


def by(person: Person | None, behalf: Person | None = None) -> str:
    """ "oleh Budi", "oleh Rina, atas nama Budi", HTML."""
    name = "tim" if person is None else "mantan anggota" if person.deleted_at is not None else person.name
    text = f"oleh {fmt.esc(name)}"
    if behalf is not None and behalf.deleted_at is None:
        text += f", atas nama {fmt.esc(behalf.name)}"
    return text


def months(window: Window) -> str:
    """ "Januari 2026 sampai Mei 2027", or with days where the window does not hold whole months."""
    whole = window.first.day == 1 and (date.fromordinal(window.last.toordinal() + 1)).day == 1
    first, last = fmt.day_short(window.first), fmt.day_short(window.last)
    if whole:
        first, last = (text.split(" ", 1)[1] for text in (first, last))
    return f"{first} sampai {last}"


MEETINGS = "Paket rapat"
