"""Labels, short sentences, answers in words, and why a cell is doubtful."""

from flows import fmt
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
from knowledge.answers import Answer, Choice, Index, Item, Ratio
from knowledge.instrument import Indicator

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


def said(item: Item, answer: Answer | None) -> str:
    """An answer in a few words, plain text."""
    if answer is None:
        return "kosong"
    if isinstance(answer, Choice):
        return answer.key
    if isinstance(answer, Index):
        return fmt.short_number(answer.value, 4)
    return _counts(item, answer)


def _counts(item: Item, answer: Ratio) -> str:
    formula = item.formula if isinstance(item, Indicator) else None
    if formula is None:
        return ", ".join(str(count) for count in answer.inputs.values())
    if formula.kind == "penurunan":
        return f"{answer.inputs.get(formula.previous, '-')} menjadi {answer.inputs.get(formula.current, '-')}"
    above = sum(answer.inputs.get(key, 0) for key in formula.numerator)
    below = sum(answer.inputs.get(key, 0) for key in formula.denominator)
    return f"{fmt.number(above, 0)} dari {fmt.number(below, 0)}"


def why(code: str) -> str:
    """Why a cell is doubtful, in a few words."""
    return WHY.get(code, WHY[UNCLEAR])
