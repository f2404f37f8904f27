"""Labels, short sentences, answers in words, and why a cell is doubtful."""

from flows.importing.cells import (
    ERROR,
    IMPOSSIBLE,
    INCOMPLETE,
    NOT_A_NUMBER,
    NOT_WHOLE,
    OFF_SCALE,
    OUTSIDE,
    PERCENT_ONLY,
    UNCLEAR,
)

CHECK_AGAIN, CANCEL, TO_LKE, READINESS = "Lihat hasil", "Batal", "Isi LKE", "Lihat kesiapan"
SKIP, TAKE_ALL, KEEP_PRESENT, ONE_BY_ONE = "Lewati", "Ambil dari Excel", "Biarkan isian", "Satu per satu"
SEND_AGAIN, TO_RESULT = "Kirim berkas lain", "‹ Hasil baca"
INVITE = "Undang tim"
RECEIVED = "Diterima, sedang diperiksa."
SKIPPED = "Dilewati; sel itu tidak ikut disimpan."
CANCELLED = "Dibatalkan. Isian LKE tidak berubah."
NOTHING_SAVED = "Belum ada yang disimpan sebelum Anda setujui."
BAD_BUTTON = "Tombol ini tidak cocok lagi dengan selnya. Ini keadaan terbaru."
NO_MORE_DOUBTS = "Semua sel sudah diperiksa."
DECIDED_ALL = "Semua perbedaan sudah diputuskan."

WHY = {
    OUTSIDE: "di luar pilihan yang ada",
    UNCLEAR: "tidak jelas maksudnya",
    ERROR: "galat rumus di Excel",
    NOT_A_NUMBER: "tulisan, padahal yang diminta angka",
    NOT_WHOLE: "pecahan, padahal yang diminta jumlah bulat",
    IMPOSSIBLE: "jumlahnya tidak mungkin",
    INCOMPLETE: "jumlahnya belum lengkap",
    PERCENT_ONLY: "hanya persentase; jumlahnya belum ada",
    OFF_SCALE: "bukan indeks skala 0 sampai 4",
}


def why(code: str) -> str:
    """Why a cell is doubtful, in a few words."""
    return WHY.get(code, WHY[UNCLEAR])
