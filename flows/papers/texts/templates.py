"""Wording of the agency's own templates of letters."""

from collections.abc import Mapping, Sequence

from flows import fmt
from flows.papers import filling
from flows.papers.letters import ROWS_CALLED, Letter

USE, TRIAL, GET, RESET, ALL = (
    "Pakai templat ini",
    "Lihat contoh",
    "Unduh templat",
    "Pakai bawaan",
    "‹ Templat",
)
ADMIN = "‹ Kelola instansi"
NO_LETTER = "Surat itu tidak ada dalam daftar."
GONE = "Templat ini tidak ada dalam daftar Anda. Ini keadaan terbaru."
CHANGED = "Templat ini sudah diputuskan atau diganti. Ini keadaan terbaru."
NOT_DOCX = "Templat harus berkas Word (.docx), jadi belum disimpan. Unduh templatnya, ubah, lalu kirim lagi."
TOO_BIG = "Templat ini lebih dari 2 MB, jadi belum disimpan. Kecilkan gambar kopnya, lalu kirim lagi."
RECEIVED = (
    "<b>Templat diterima, sedang diperiksa.</b>\n\n"
    "Hasilnya saya kirim di sini. Yang sedang dipakai belum berubah."
)
USED = "Templat dipakai mulai sekarang."
RESET_DONE = "Templat bawaan dipakai lagi."
SENT_FILE = "Ubah tampilan dan kalimatnya sesuka Anda; isian bertanda {{ }} biarkan seperti adanya."
TRIAL_FILE = "Surat dari templat ini, diisi contoh. Belum dipakai."

_WHY = {
    filling.NOT_DOCX: "Ini bukan berkas Word (.docx) yang utuh, atau berkas ini dikunci sandi.",
    filling.TOO_BIG: "Berkas ini lebih dari 2 MB.",
    filling.BOMB: "Isi berkas ini mengembang terlalu besar, jadi tidak dibuka.",
    filling.BROKEN: "Berkas ini tidak terbaca sebagai dokumen Word. Simpan ulang dari Word, lalu kirim lagi.",
    filling.ACTIVE: "Berkas ini memuat makro atau objek tertanam. Hapus, lalu simpan sebagai .docx biasa.",
    filling.REMOTE: "Berkas ini mengambil gambar atau templat dari luar. Sisipkan gambarnya ke dalam berkas.",
    filling.EMPTY: "Tidak ada satu pun isian bertanda {{ }} di berkas ini, jadi tidak ada yang dapat diisi.",
    "hilang": "Berkasnya tidak dapat diunduh dari Telegram. Kirim lagi.",
}


def problem(one: Mapping[str, str]) -> str:
    """What is wrong, and what to do. HTML."""
    code, what, likely = one["code"], fmt.esc(one.get("what", "")), fmt.esc(one.get("likely", ""))
    if code == filling.MARKS:
        at = f": <code>{what}</code>" if what else ""
        return f"Ada tanda {{{{ }}}} atau {{% %}} yang tidak lengkap{at}. Salin lagi dari templat bawaan."
    if code == filling.UNKNOWN:
        hint = f" Mungkin maksudnya <code>{likely}</code>." if likely else ""
        return f"Isian <code>{what}</code> tidak dikenal.{hint}"
    if code == filling.FORBIDDEN:
        about = f" (<code>{what}</code>)" if what else ""
        return f"Perhitungan atau perintah di dalam isian{about} tidak dijalankan. Pakai nama isiannya saja."
    return _WHY.get(code, _WHY[filling.BROKEN])


def listing(agency: str, found: Sequence[tuple[str, str]]) -> str:
    """Every letter with the template that it is made with ("" for the program's own)."""
    lines = [
        f"{fmt.esc(label)}: {f'milik instansi, {fmt.esc(fmt.cut(own, 60))}' if own else 'bawaan'}"
        for label, own in found
    ]
    return "\n".join(
        [
            f"<b>Templat surat {fmt.esc(agency)}</b>",
            "",
            *lines,
            "",
            "Pilih surat untuk mengunduh templatnya, mengubahnya di Word, lalu mengirimnya kembali.",
        ]
    )


def one(letter: Letter, own: str, day: str) -> str:
    """One letter's template and the fields that it may use."""
    now = f"milik instansi: {fmt.esc(fmt.cut(own, 80))}, dipakai sejak {day}" if own else "bawaan"
    fields = "\n".join(f"<code>{name}</code>: {fmt.esc(called)}" for name, called in letter.fields.items())
    lists = "\n".join(_list(name, columns) for name, columns in letter.rows.items())
    return "\n".join(
        [
            f"<b>Templat {fmt.esc(letter.label)}: {now}</b>",
            "",
            "Kirim berkas .docx di sini untuk menggantinya. Saya periksa dulu, lalu Anda yang memutuskan.",
            "",
            "Isian, ditulis di antara {{ }}:",
            fields,
            *(["Daftar:", lists] if lists else []),
        ]
    )


def _list(name: str, columns: Sequence[str]) -> str:
    inside = f" ({', '.join(columns)})" if columns else ""
    return f"<code>{name}</code>: {ROWS_CALLED[name]}{inside}"


def read(letter: Letter, name: str, state: str, fields: int, problems: Sequence[Mapping[str, str]]) -> str:
    """What was found in a template."""
    shown = fmt.esc(fmt.cut(name, 80))
    if state == "reading":
        return RECEIVED
    if state == "refused":
        lines = [f"! {problem(each)}" for each in problems]
        return "\n".join(
            [
                f"<b>Templat {fmt.esc(letter.label)} belum dapat dipakai.</b>",
                "",
                f"Berkas: {shown}",
                *lines,
                "",
                "Perbaiki, lalu kirim lagi berkasnya di sini. Yang sedang dipakai tidak berubah.",
            ]
        )
    head = {
        "ready": f"Templat {letter.label} cocok: {fields} isian dikenal.",
        "active": f"Templat {letter.label} ini sedang dipakai.",
    }.get(state, f"Templat {letter.label} ini tidak dipakai lagi.")
    after = "Lihat contohnya, lalu putuskan. Sebelum itu yang lama tetap dipakai." if state == "ready" else ""
    return "\n".join([f"<b>{fmt.esc(head)}</b>", "", f"Berkas: {shown}", *([after] if after else [])])
