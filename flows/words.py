"""Words of the conversation itself: typed commands, and sentences that belong to no feature."""

import re

from flows import routes
from flows.routes import Action

ASK_BACK = (
    "Ini pertanyaan, atau isi yang ingin disimpan?\n\n"
    "Tulisan Anda sudah saya pegang, jadi tidak perlu diketik ulang."
)
NOT_FETCHED = "Berkas tidak dapat diunduh dari Telegram. Silakan kirim lagi."
OLD_BUTTON = "Tombol ini dari layar lama. Ini keadaan terbaru."
DONE_ALREADY = "Yang tadi sudah diproses."
PRIVATE_ONLY = "Data unit dan data pribadi hanya dibuka di obrolan pribadi dengan bot."
USE_TEXT = "Simpan sebagai isi"
ANSWER_ME = "Jawab pertanyaan"
TO_MENU = "Ke menu"
BACK = "‹ Kembali"
NEXT = "Lanjut ›"
NOT_BEGUN = "belum mulai mengisi LKE"

_LEAVE = re.compile(
    r"(?:saya )?(?:ambil |mau )?cuti (?:sampai|hingga|s\.?/?d|mulai|dari|besok|lusa|tanggal|tgl|\d)"
)

_RECAP = re.compile(
    r"(?:rekap|catat)(?: (?:aduan|pengaduan|laporan))?(?: (?:sp4n[ -]?)?lapor!?)?:? "
    r"(?=.*\d)(?=.*\b(?:selesai|proses|belum)\b)"
)

_TYPED: dict[str, Action] = {
    "menu": routes.HOME(),
    "menu utama": routes.HOME(),
    "batal": routes.CANCEL(),
    "batalkan": routes.CANCEL(),
    "cancel": routes.CANCEL(),
    "bantuan": routes.HELP(),
    "help": routes.HELP(),
    "lanjutkan": routes.LKE_CONTINUE(),
}

_LEAVE_WORDS: dict[str, Action] = {
    "cuti": routes.LEAVE(),
    "saya cuti": routes.LEAVE(),
    "catat cuti": routes.LEAVE(),
    "batal cuti": routes.LEAVE_END(),
    "cuti batal": routes.LEAVE_END(),
    "cuti selesai": routes.LEAVE_END(),
    "selesai cuti": routes.LEAVE_END(),
}
_PLACES: dict[str, Action] = {
    "jadwal": routes.SCHEDULE(),
    "pengingat": routes.REMINDERS(0),
    "cara diingatkan": routes.PREFS(),
    "pengumuman": routes.ANNOUNCE(),
    "pengaturan": routes.SETTINGS(),
    "kesiapan": routes.READINESS(),
    "kesiapan ombudsman": routes.SERVICE(),
    "kesiapan pelayanan": routes.SERVICE(),
    "kesiapan pelayanan publik": routes.SERVICE(),
    "kesiapan layanan": routes.SERVICE(),
    "di luar lke": routes.OUTSIDE(0),
    "luar lke": routes.OUTSIDE(0),
    "permintaan instansi": routes.OUTSIDE(0),
    "cek ombudsman": routes.SERVICE(),
    "cek kesiapan ombudsman": routes.SERVICE(),
    "tahun lke": routes.YEARS(0),
    "tutup tahun": routes.YEARS(0),
    "tahun berikutnya": routes.YEARS(0),
    "perlu dikonfirmasi": routes.CARRIED("", 0),
    "tugas": routes.MINE(0),
    "register": routes.REGISTERS(),
    "pakta": routes.PACT(),
    "pakta integritas": routes.PACT(),
    "rekap pakta": routes.PACT(),
    "rekap pakta integritas": routes.PACT(),
    "tanda tangan pakta": routes.PACT(),
    "kesiapan pencanangan": routes.LAUNCH(),
    "ceklis pencanangan": routes.LAUNCH(),
    "catat pencanangan": routes.LAUNCH(),
    "panduan": routes.GUIDES(),
    "panduan singkat": routes.GUIDES(),
    "menjelang evaluasi": routes.PREPARE(),
    "persiapan evaluasi": routes.PREPARE(),
    "latihan": routes.DRILLS(),
    "latihan wawancara": routes.DRILLS(),
    "latihan wawancara tpn": routes.DRILLS(),
    "simulasi wawancara": routes.DRILLS(),
    "simulasi wawancara tpn": routes.DRILLS(),
    "keliling": routes.WALKS(),
    "keliling loket": routes.WALKS(),
    "cek loket": routes.WALKS(),
}


_WHO_SIGNED = re.compile(
    r"(?:siapa|daftar|yang|yg)(?: (?:saja|aja|nama|orang|pegawai|yang|yg|di unit (?:ini|kami)))*"
    r" (?:belum|blm|sudah|sdh|udah) (?:menanda ?tangan[i]?|tanda ?tangan|tandatangani|ttd|teken|meneken)"
    r"(?: lembar)? pakta(?: integritas)?"
)

_PARTS = re.compile(r"\s*(?:\n|\s/\s|/(?=\s)|(?<=\s)/|;|\|)\s*")
_YES = re.compile(
    r"i?ya+|y|yes|yup|yap|ok(?:e|ey|ay)?|sip|betul|(?:sudah )?benar|(?:ya,? )?simpan|setuju|lanjut"
)


def parts_of(text: str) -> list[str]:
    """What was typed behind slashes, on lines or with semicolons: "notula / dewi / jumat". None is empty."""
    return [part for part in _PARTS.split(text.strip()) if part.strip()]


def is_yes(text: str) -> bool:
    """Whether a typed text confirms what was shown: "ya", "benar", "oke", "iyaaa"."""
    return _YES.fullmatch(" ".join(text.lower().split()).strip(" .!")) is not None


def command_word(text: str) -> Action | None:
    """A command typed as a bare word ("menu", "batal"), else None."""
    return _TYPED.get(text.strip().strip(".!").lower()) if len(text) < 40 else None


def recap_said(text: str) -> Action | None:
    """A month's complaints typed without being asked ("rekap lapor mei: 12 selesai 3 proses"), else None."""
    return routes.REGISTER_SAID() if len(text) < 200 and _RECAP.match(text.strip().lower()) else None


def leave_said(text: str) -> Action | None:
    """What is said of leave without being asked ("cuti sampai 12 Juni", "batal cuti"), else None."""
    said = " ".join(text.lower().split()).strip(" .!")
    if said in _LEAVE_WORDS:
        return _LEAVE_WORDS[said]
    return routes.LEAVE_SAY() if len(text) < 80 and _LEAVE.match(said) else None


def place_said(text: str) -> Action | None:
    """A place typed by its name ("jadwal", "kesiapan ombudsman"), or who has signed the pakta; else None.

    A single word is one for where nothing was asked; a name of several words serves anywhere.
    """
    said = " ".join(text.lower().split()).strip(" .!?")
    if len(said) < 100 and _WHO_SIGNED.fullmatch(said):
        return routes.PACT_LIST(0)
    return _PLACES.get(text.strip().strip(".!").lower()) if len(text) < 40 else None
