"""Labels and short sentences, the reader's point of view, answers in words."""

from flows import fmt
from flows.item_words import Reader as Reader
from flows.item_words import answer as answer
from flows.item_words import heading as heading
from knowledge.answers import Answer, Item

CONTINUE, PROGRESS, RESULT_PART, TO_LKE = "Lanjutkan", "Progres", "Hasil", "Semua area"
ADD_EVIDENCE, EVIDENCE = "Tambah bukti", "Bukti dukung"
HISTORY, CLEAR_ANSWER = "Riwayat", "Hapus jawaban"
SURVEYS, FROM_REGISTER, REGISTER = "Daftar survei", "Isi dari register", "Lihat register"
PIC, TAKE = "PIC", "Saya ambil"
DUE = "Batas waktu"
WRITE_NOTE, EDIT_NOTE, READ_NOTE = "Isi penjelasan", "Ubah penjelasan", "Baca penjelasan"
BEFORE, AFTER = "‹ Sebelum", "Lanjut ›"
CLEAR_YES, CLEAR_NO = "Ya, hapus", "Jangan hapus"
NOTE_MINE, NOTE_BOTH, NOTE_THEIRS = "Pakai tulisan saya", "Gabungkan", "Biarkan yang ada"
TYPE_AGAIN = "Ketik ulang"
CONFIRM, STILL_TRUE, TO_CONFIRM = "Benar", "Masih benar", "Perlu dikonfirmasi"
STILL_OFF = "Masih tidak berlaku"
FROM_EXCEL = "! dari Excel, perlu dikonfirmasi PIC."
FROM_LAST_YEAR = "! dari tahun lalu, periksa."
IMPORT_FILE, EIGHT_AREAS = "Impor Excel", "Delapan area RB"
SEND, RECALL, REVIEW = "Kirim untuk direviu", "Tarik kembali", "Buka reviu"
NOT_APPLICABLE, APPLIES, TO_TASK = "Tidak berlaku", "Berlaku lagi", "Jadikan tugas"
NOTE_EXAMPLE, ADVISE, ASSESS = "Contoh", "Beri saran", "Nilai TPI"
OLDER, NEWER = "Lebih lama ›", "‹ Lebih baru"

NOTE_SAVED = "Penjelasan tersimpan."
NOTE_SAME = "Penjelasan sudah tersimpan persis seperti itu."
CLEARED = "Jawaban dihapus. Penjelasan dan riwayatnya tetap ada."
CONFIRMED = "Jawaban dikonfirmasi."
CONFIRMED_ALREADY = "Jawaban ini sudah dikonfirmasi."
CONFIRM_CLASH = "Jawaban ini baru saja diubah orang lain. Ini keadaan terbaru."
NOTHING_TO_CLEAR = "Jawaban memang sudah kosong."
CLEAR_CLASH = "Jawaban ini baru saja diubah orang lain, jadi belum dihapus. Ini keadaan terbaru."
CHANGED_BACK = "Jawaban sudah seperti yang Anda pilih."
ALL_ANSWERED = "Semua bagian Anda sudah terjawab."
BAD_BUTTON = "Tombol ini tidak cocok lagi dengan indikatornya. Ini keadaan terbaru."
READ_ONLY_NOTE = "Penjelasan diisi pokja areanya atau koordinator unit."


def confirming(*, carried: bool, may_answer: bool) -> str:
    """That nobody has confirmed the answer yet, and how whoever fills it in does so."""
    if not carried:
        return FROM_EXCEL + (f" Ketuk {CONFIRM} bila sudah sesuai." if may_answer else "")
    how = f" Ketuk {STILL_TRUE} bila keadaannya tetap, atau pilih jawaban yang baru." if may_answer else ""
    return f"{FROM_LAST_YEAR} Belum dihitung terjawab.{how}"


def simulate(item: Item) -> str:
    """ "Simulasikan A" where the best answer is an option."""
    return f"Simulasikan {item.options[0].key}" if item.options else "Simulasikan"


def saved(item: Item, given: Answer) -> str:
    """Plain text for a toast."""
    return f"Tersimpan: {answer(item, given)}"


def same(item: Item, given: Answer) -> str:
    """Plain text for a toast."""
    return f"Sudah tersimpan: {answer(item, given)}"


def of_unit(unit_name: str) -> str:
    """ " · Kantor Contoh", or nothing."""
    return f" · {fmt.esc(unit_name)}" if unit_name else ""
