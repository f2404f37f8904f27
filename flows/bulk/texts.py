"""Wording of the import of units and people."""

from collections.abc import Mapping, Sequence
from typing import Any

from flows import fmt
from flows.bulk.columns import KIND_WORDS, PERSON, ROLE_WORDS, SHEETS, UNIT

XLSX, CSV_UNIT, CSV_PERSON = "Contoh Excel", "CSV unit", "CSV orang"
REPORT, APPLY, CANCEL, AGAIN = "Laporan lengkap", "Terapkan", "Batal", "Kirim berkas lain"
SLIPS, UNITS, REFRESH, TO_RESULT = "Lembar undangan", "Lihat unit", "Lihat kemajuan", "Lihat hasil"
CANCELLED = "Impor dibatalkan. Tidak ada yang berubah."
MOST_SHOWN = 10

ASK_FILE = (
    "Impor unit dan orang dari tabel.\n\n"
    "1  Unduh contohnya, lalu isi: satu baris satu unit, satu baris satu orang dengan satu peran.\n"
    "2  Kirim berkasnya di sini (Excel .xlsx atau CSV).\n"
    "3  Hasil ujinya tampil per baris. Belum ada yang disimpan sebelum Anda ketuk Terapkan.\n\n"
    "Orang tanpa Telegram tercatat dengan namanya dan mendapat undangan pribadi. Yang disimpan hanya nama, "
    "unit, peran, dan area: jangan isi NIP atau nomor telepon. Impor menambah dan memperbarui, tidak pernah "
    "menghapus. Beri tahu orangnya bahwa namanya dicatat di sini."
)
_CSV = "Isi di bawah baris judul, lalu kirim di sini. Baris “Contoh:” dilewati."
TEMPLATE = {
    "xlsx": "Contoh tabel unit dan orang.\n\nBaca lembar Penjelasan, isi lembar Unit dan Orang, lalu "
    "kirim di sini. Baris yang diawali “Contoh:” dilewati.",
    UNIT: f"Contoh tabel unit sebagai CSV.\n\n{_CSV}",
    PERSON: f"Contoh tabel orang sebagai CSV.\n\n{_CSV}",
}

HELP = (
    ("Cara mengisi", ""),
    (
        "",
        "Isi lembar Unit, lembar Orang, atau keduanya. Satu baris satu unit; satu baris satu orang dengan "
        "satu peran.",
    ),
    (
        "",
        "Baris yang diawali “Contoh:” dilewati. Urutan baris bebas. Kolom kosong berarti dibiarkan seperti "
        "yang ada.",
    ),
    ("", "Kirim berkas yang sama berapa kali pun: yang sudah tersimpan tidak diubah lagi."),
    ("Lembar Unit", ""),
    (
        "kode",
        "Boleh kosong. Kode unit menurut instansi; dengan kode, unit tetap dikenali walau nama atau induknya "
        "berubah.",
    ),
    ("nama", "Wajib. Nama lengkap unit."),
    ("jenis", f"{KIND_WORDS}. Kosong: Satuan kerja."),
    ("induk", "Kode atau nama unit di atasnya. Kosong untuk unit baru: tingkat teratas."),
    ("target", "WBK atau WBBM. Kosong: WBK."),
    ("zona", "WIB, WITA, atau WIT. Kosong: mengikuti induknya."),
    ("Lembar Orang", ""),
    ("nama", "Wajib. Nama lengkap tanpa NIP. Di satu unit, nama yang sama dianggap orang yang sama."),
    (
        "penanda",
        "Boleh kosong. Pembeda dua orang bernama sama, atau tanda bahwa satu orang bertugas di beberapa "
        "unit; misalnya bagiannya. Menjadi bagian dari namanya. Bukan NIP, bukan nomor telepon.",
    ),
    ("unit", "Wajib. Kode atau nama unit; untuk koordinator wilayah, unit teratas dari cabangnya."),
    ("peran", f"Wajib. {ROLE_WORDS[:1].upper()}{ROLE_WORDS[1:]}."),
    (
        "area",
        "Untuk anggota dan ketua pokja: nomor area 1 sampai 6; beberapa dipisah titik koma, misalnya 1; 3. "
        "Anggota tanpa area: semua area.",
    ),
)
"""The sheet of explanations: a heading or a column, and what it says."""


def waiting(name: str) -> str:
    """The file is being read."""
    return (
        f"Diterima, sedang diperiksa: {fmt.esc(name)}.\n\n"
        "Hasilnya muncul di obrolan ini. Belum ada yang disimpan."
    )


def failed(name: str, why: str) -> str:
    """The file cannot be used."""
    return f"Berkas {fmt.esc(name)} belum bisa dipakai.\n\n{fmt.esc(why)} Tidak ada yang berubah."


def _counts(counts: Mapping[str, int], sheet: str) -> str:
    said = [
        f"{fmt.number(counts.get(f'{sheet}.{kind}', 0), 0)} {kind}"
        for kind in ("baru", "berubah", "sama", "salah")
        if counts.get(f"{sheet}.{kind}", 0)
    ]
    return f"{SHEETS[sheet]}: {', '.join(said)}" if said else ""


def _tables(counts: Mapping[str, int]) -> list[str]:
    return [said for said in (_counts(counts, UNIT), _counts(counts, PERSON)) if said]


def problem(line: Sequence[Any]) -> str:
    """One wrong line."""
    sheet, at, column, why = line
    return f"! {SHEETS[sheet]} baris {at}, kolom {column}: {fmt.esc(fmt.cut(str(why), 160))}"


def _problems(problems: Sequence[Sequence[Any]], count: int, intro: str) -> list[str]:
    if not problems:
        return []
    shown = [problem(line) for line in problems[:MOST_SHOWN]]
    more = [f"dan {fmt.number(count - MOST_SHOWN, 0)} lagi di {REPORT}"] if count > MOST_SHOWN else []
    return ["", f"{fmt.number(count, 0)} {intro}", *shown, *more]


def trial(name: str, counts: Mapping[str, int], to_do: int, problems: Sequence[Sequence[Any]]) -> str:
    """What applying would do."""
    wrong = counts.get(f"{UNIT}.salah", 0) + counts.get(f"{PERSON}.salah", 0)
    if to_do:
        head = f"<b>Hasil uji</b> {fmt.esc(name)}: {fmt.number(to_do, 0)} baris akan disimpan."
        say = f"Belum ada yang disimpan. Ketuk {APPLY} bila sudah benar."
    elif wrong:
        head = f"<b>Hasil uji</b> {fmt.esc(name)}: belum ada baris yang bisa disimpan."
        say = "Betulkan baris di bawah, lalu kirim lagi berkasnya."
    else:
        head = f"<b>Hasil uji</b> {fmt.esc(name)}: tidak ada yang berubah."
        say = "Semua isinya sudah sama dengan yang tersimpan."
    lines = [head, "", *_tables(counts), "", say]
    return "\n".join([*lines, *_problems(problems, wrong, "baris salah dan tidak ikut disimpan:")])


def applying(name: str, done: int, total: int) -> str:
    """How far it is."""
    far = f", {fmt.percent(done, total, 0)}" if done else ""
    return (
        f"Sedang diterapkan: {fmt.esc(name)}{far}.\n\n"
        "Anda boleh memakai bot seperti biasa; hasilnya dikabarkan di sini."
    )


def progress_over(name: str) -> str:
    """The message that showed how far it was, once it is over."""
    return f"✓ Penerapan {fmt.esc(name)} selesai.\n\nHasilnya ada di pesan berikutnya."


def applied(name: str, counts: Mapping[str, int], problems: Sequence[Sequence[Any]]) -> str:
    """It is done."""
    units, people = counts.get(f"{UNIT}.tersimpan", 0), counts.get(f"{PERSON}.tersimpan", 0)
    late = counts.get(f"{UNIT}.dilewati", 0) + counts.get(f"{PERSON}.dilewati", 0)
    wrong = counts.get(f"{UNIT}.salah", 0) + counts.get(f"{PERSON}.salah", 0) + late
    lines = [
        f"✓ Impor {fmt.esc(name)} selesai.",
        "",
        f"Tersimpan: {fmt.number(units, 0)} baris unit dan {fmt.number(people, 0)} baris orang.",
    ]
    if people:
        lines.append(f"Yang belum punya akun dapat diundang lewat {SLIPS}: cetak, gunting, serahkan.")
    return "\n".join([*lines, *_problems(problems, wrong, "baris tidak disimpan:")])


def stopped(name: str, why: str, counts: Mapping[str, int]) -> str:
    """It stopped on the way."""
    units, people = counts.get(f"{UNIT}.tersimpan", 0), counts.get(f"{PERSON}.tersimpan", 0)
    return (
        f"! Impor {fmt.esc(name)} berhenti.\n\n{fmt.esc(why)}\n"
        f"Tersimpan sejauh ini: {fmt.number(units, 0)} baris unit dan {fmt.number(people, 0)} baris orang."
    )


def ended(name: str) -> str:
    """An import that was let go."""
    return f"Impor {fmt.esc(name)} dibatalkan.\n\nTidak ada yang berubah."


def report(name: str) -> str:
    """Beside the report."""
    return (
        f"Laporan {fmt.esc(fmt.cut(name, 60))}: tiap baris dengan keadaannya dan yang perlu dikerjakan.\n\n"
        "Betulkan di berkas Anda, lalu kirim lagi."
    )
