"""Wording of the pakta: who has signed, sheets, asking."""

from collections.abc import Sequence
from datetime import date, datetime

from flows import fmt
from flows.models import PactSheet
from flows.pact.service import FAILED, READING, TTE, Line, SheetView, View
from knowledge.faq import Entry

PACT, LIST, SHEETS, WHAT = "Pakta integritas", "Daftar nama", "Semua lembar", "Apa itu pakta?"
WILLING, UNWILLING, MY_SHEET = "Saya sanggup", "Batal sanggup", "Lembar saya"
LAUNCH, STAGE, RULES = "Pencanangan", "Tahap pencanangan", "Syarat pencanangan"
COPY, ADD_NAMES, BACK, TO_LIST = "Salin rekap", "Tambah nama", "‹ Pakta", "‹ Daftar nama"
OPEN_SHEET, SEND, DAY, IS_TTE, IS_SCAN = "Lihat lembar", "Unduh lembar", "Isi tanggal", "Ini TTE", "Ini scan"
REMOVE, REMOVE_YES, KEEP, REMOVE_NAME = "Hapus lembar", "Ya, hapus", "Tidak jadi", "Hapus nama"
EVERYBODY, ASK_YES, EMPTY = "Semua yang belum", "Ya, ingatkan", "Kosongkan"
PROMISED, UNPROMISED = "Kesanggupan dicatat; tanda tangannya masih ditunggu.", "Kesanggupan dibatalkan."
SAVED, CLEARED, NAME_GONE, FORM_SET = "Tersimpan.", "Dikosongkan.", "Nama dihapus.", "Bentuk lembar diubah."
PROMISE_ONLY = (
    "Ketukan di obrolan ini hanya <b>rekap kesanggupan</b>, bukan tanda tangan. Yang dihitung adalah lembar "
    "bertanda tangan basah yang dipindai, atau PDF ber-TTE."
)
WHOM = "Daftarnya: tim di bot ini dan nama yang ditambahkan. Lengkapi lewat Daftar nama agar persennya benar."
MOST = "Aturan menyebut “sebagian besar pegawai” tanpa angka; di sini dibaca lebih dari separuh."
TTE_UNCHECKED = (
    "PDF ini memuat tanda tangan elektronik. Keabsahannya tidak diperiksa di sini; periksa di layanan "
    "penerbit sertifikatnya."
)
UNREAD = "Tanda tangannya tidak dibaca bot; koordinator unit dapat memeriksa lembar ini."
HOW_TO_NAME = (
    "Untuk siapa lembar ini? Ketuk namanya, atau ketik: nama, “saya”, atau “semua”. Ketuk nama bertanda ✓ "
    "untuk melepasnya."
)
NAMES_PROMPT = (
    "Siapa pegawai yang belum ada di daftar?\n\n"
    "Ketik satu nama tiap baris, untuk pegawai yang tidak memakai bot ini. Cukup nama; NIP dan nomor "
    "telepon tidak diperlukan.\n\n"
    "Namanya hanya dibaca pimpinan, koordinator, sekretaris, dan ketua pokja unit ini, dan dapat dihapus "
    "kapan saja."
)
DAY_PROMPT = (
    "Kapan lembar ini ditandatangani?\n\n"
    "Ketik tanggalnya, misalnya 12 Januari 2027. Tulis apa adanya; jangan tanggal mundur."
)
DAY_BAD = "Tanggal itu belum terbaca. Ketik misalnya 12 Januari 2027."
NOBODY_NAMED = "Nama “{}” tidak ada dalam daftar. Ketik seperti di daftar, atau ketuk namanya."
TWO_NAMED = "Nama “{}” cocok dengan beberapa orang. Ketik nama lengkapnya, atau ketuk namanya."


def state(found: View, entry: Entry | None) -> str:
    """The pakta of a unit, as this reader sees it."""
    total = len(found.lines)
    lines = [
        f"<b>Pakta integritas: {found.signed} dari {total} orang sudah menandatangani "
        f"({fmt.percent(found.signed, total)}).</b>",
        "",
        fmt.esc(found.unit.name),
        _most(found),
        *_heads(found),
    ]
    if found.willing:
        lines.append(f"Rekap kesanggupan: {found.willing} orang menyatakan sanggup dan belum menandatangani.")
    if found.may_record:
        lines.append(WHOM)
    lines += ["", *_mine(found), PROMISE_ONLY]
    if entry is not None and entry.rule:
        lines += ["", f"Dasar: {fmt.esc('; '.join(entry.rule))}"]
    return "\n".join(lines)


def _most(found: View) -> str:
    if found.lines and not found.open:
        return "✓ Semua orang di daftar sudah menandatangani."
    if found.most:
        return f"✓ Sudah sebagian besar; sisanya dapat menyusul. {MOST}"
    needed = len(found.lines) // 2 + 1 - found.signed
    return f"○ Belum sebagian besar: kurang {needed} orang. {MOST}"


def _heads(found: View) -> list[str]:
    if not found.heads:
        return []
    if any(line.signed for line in found.heads):
        return ["✓ Pimpinan unit sudah menandatangani."]
    return ["○ Pimpinan unit belum tercatat menandatangani."]


def _mine(found: View) -> list[str]:
    if found.mine is None:
        return _sending(found) if found.may_record else []
    if found.mine.signed:
        return [f"Anda: {signed(found.mine.sheet)}.", *(_sending(found) if found.may_record else [""])]
    if found.mine.willing:
        said = "Anda: sanggup, tanda tangannya masih ditunggu."
    else:
        said = "Anda: belum ada lembar bertanda tangan."
    return [said, *_sending(found)]


def _sending(found: View) -> list[str]:
    if found.may_record:
        return ["Lembar baru: kirim di sini (PDF atau foto), lalu pilih untuk siapa lembar itu.", ""]
    return ["Setelah menandatangani, kirim lembarnya di sini (PDF atau foto).", ""]


def signed(sheet: PactSheet | None) -> str:
    """That and how somebody has signed, plain."""
    if sheet is None:
        return "belum menandatangani"
    form = "TTE" if sheet.form == TTE else "scan"
    day = fmt.day_short(sheet.signed_on) if sheet.signed_on is not None else "tanpa tanggal"
    return f"sudah menandatangani ({form}, {day})"


def copied(found: View, today: date) -> str:
    """The counts as text to paste elsewhere: no names."""
    total = len(found.lines)
    left = total - found.signed
    lines = [
        f"Rekap pakta integritas, {fmt.day_short(today)}",
        fmt.cut(found.unit.name, 80),
        f"{found.signed} dari {total} pegawai sudah menandatangani ({fmt.percent(found.signed, total)})",
    ]
    if left:
        lines.append(f"{left} orang mohon menyusul; lembarnya ke koordinator unit.")
    return "\n".join(lines)


# names ---------------------------------------------------------------------------------------------


def listing(found: View, shown: Sequence[tuple[int, Line]], to_ask: int) -> str:
    """Who has not signed, then who has."""
    left = len(found.open)
    head = (
        f"<b>{left} orang belum menandatangani pakta integritas.</b>"
        if left
        else ("<b>✓ Semua orang di daftar sudah menandatangani pakta integritas.</b>")
    )
    body = "\n".join(f"{number}  {_line(line)}" for number, line in shown) or "Daftarnya masih kosong."
    notes = []
    if found.may_record:
        notes.append("Ketuk nomornya untuk mengirim atau melihat lembar orang itu.")
        if found.open and not to_ask:
            notes.append(
                "Yang terjangkau bot sudah diingatkan dalam 7 hari terakhir; yang lain disampaikan langsung."
            )
    return "\n\n".join([head, fmt.esc(found.unit.name), body, *notes])


def _line(line: Line) -> str:
    who = f"{fmt.esc(line.name)}" + (" (pimpinan)" if line.leads else "")
    if line.signed:
        return f"✓ {who}: {signed(line.sheet).removeprefix('sudah menandatangani ').strip('()')}"
    more = "sanggup, belum tanda tangan" if line.willing else "belum"
    return f"○ {who}: {more}" + ("" if line.reachable else " · tanpa bot")


def person(found: View, line: Line) -> str:
    """One line."""
    head = f"<b>{fmt.esc(line.name)}: {signed(line.sheet)}.</b>"
    more = []
    if line.willing:
        more.append("Sudah menyatakan sanggup di obrolan; itu belum tanda tangan.")
    if not line.signed and not line.reachable:
        more.append("Tidak terjangkau bot, jadi disampaikan langsung.")
    if found.may_record:
        what = "pengganti" if line.signed else "bertanda tangan"
        more.append(f"Kirim lembar {what} di sini (PDF atau foto); langsung tercatat untuk orang ini.")
    return "\n\n".join([head, *more, fmt.esc(found.unit.name)])


def name_remove_ask(line: Line) -> str:
    """Before a typed name goes."""
    return (
        f"Hapus {fmt.bold(line.name)} dari daftar?\n\n"
        "Ia tidak lagi dihitung. Lembar yang mencakupnya tetap ada."
    )


def names_added(new: int, known: int) -> str:
    """A toast."""
    said = f"{new} nama ditambah."
    return f"{said} {known} sudah ada di daftar." if known else said


def ask(count: int) -> str:
    """Before people are asked."""
    return (
        f"Ingatkan {count} orang yang belum menandatangani?\n\n"
        "Tiap orang mendapat satu pesan sopan dari bot, tanpa daftar nama. Orang yang sama tidak diingatkan "
        "lagi selama 7 hari, dan pesannya tidak terkirim bila lembarnya masuk lebih dulu."
    )


NOBODY_TO_ASK = "Tidak ada yang perlu diingatkan sekarang."


def asked(count: int) -> str:
    """A toast."""
    return f"{count} orang diingatkan." if count else NOBODY_TO_ASK


def invited(unit_name: str, signed_count: int, total: int, willing: bool) -> str:
    """Asks somebody to follow."""
    said = (
        "Terima kasih, kesanggupan Anda sudah dicatat."
        if willing
        else ("Bila sudah tetapi lembarnya belum dikirim, cukup kirim lembarnya.")
    )
    return (
        f"Bapak/Ibu, mohon menyusul menandatangani pakta integritas {fmt.esc(unit_name)}.\n\n"
        f"{signed_count} dari {total} pegawai sudah menandatangani. Tanda tangani lembarnya di kantor (basah "
        f"atau TTE), lalu kirim PDF atau fotonya lewat tombol di bawah. {said}"
    )


OPEN = "Buka pakta"

# sheets --------------------------------------------------------------------------------------------


def sheet(found: SheetView, sent: str) -> str:
    """One sheet in its present state."""
    row = found.sheet
    if row.state == READING:
        return "Lembar diterima, sedang diperiksa.\n\nHasilnya saya kirim di sini sebentar lagi."
    if row.state == FAILED:
        return f"<b>Lembar ini belum tersimpan.</b>\n\n{fmt.esc(row.why)}"
    names = [line.name for line in found.covers]
    own = found.of.mine is not None and found.covers == (found.of.mine,)
    if own and not found.of.may_record:
        head = "<b>✓ Lembar Anda tercatat: pakta integritas sudah ditandatangani.</b>"
    elif names:
        head = f"<b>Lembar ini mencatat {len(names)} orang sebagai sudah menandatangani.</b>"
    else:
        head = "<b>Lembar ini belum tercatat untuk siapa pun.</b>"
    form = "PDF ber-TTE" if row.form == TTE else "scan tanda tangan"
    day = fmt.day_short(row.signed_on) if row.signed_on is not None else "belum diisi"
    lines = [head, "", fmt.esc(found.of.unit.name), f"Bentuk: {form}", f"Tanggal tanda tangan: {day}"]
    lines.append(f"Dikirim {fmt.esc(found.sender or 'anggota tim')}, {sent}")
    if row.form == TTE:
        lines += ["", TTE_UNCHECKED]
    if own and not found.of.may_record:
        lines += ["", UNREAD]
    if found.of.may_record:
        lines += ["", HOW_TO_NAME]
    return "\n".join(lines)


def sheet_line(row: PactSheet, count: int) -> str:
    """One sheet in the list, HTML."""
    if row.state == READING:
        return "sedang diperiksa"
    form = "TTE" if row.form == TTE else "scan"
    day = fmt.day_short(row.signed_on) if row.signed_on is not None else "tanpa tanggal"
    return f"{'✓' if count else '!'} {form}, {day}: {f'{count} orang' if count else 'belum untuk siapa pun'}"


def sheets(found: View, shown: Sequence[tuple[int, PactSheet, int]], total: int) -> str:
    """Every sheet of the unit."""
    body = "\n".join(f"{number}  {sheet_line(row, count)}" for number, row, count in shown)
    return "\n\n".join(
        [
            f"<b>{total} lembar pakta tersimpan.</b>" if total else "<b>Belum ada lembar pakta.</b>",
            fmt.esc(found.unit.name),
            body or "Kirim lembarnya di sini (PDF atau foto).",
        ]
    )


def covered(count: int) -> str:
    """A toast."""
    return f"Tercatat untuk {count} orang." if count else "Sudah tercatat seperti itu."


def remove_ask(count: int) -> str:
    """Before a sheet goes."""
    said = (
        f"{count} orang kembali tercatat belum menandatangani"
        if count
        else "Tidak ada yang berubah statusnya"
    )
    return f"Hapus lembar ini?\n\n{said}, dan berkasnya dibuang dari penyimpanan. Ini tidak dapat dibatalkan."


def removed(count: int) -> str:
    """A toast."""
    return f"Lembar dihapus; {count} orang kembali belum." if count else "Lembar dihapus."


def sent(at: datetime, now: datetime, zone: str) -> str:
    """When a sheet was sent."""
    return fmt.ago(at, now, zone)
