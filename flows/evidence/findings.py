"""What the evidence doctor can find: a code, and in plain Indonesian a sentence with one fix."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

MIB = 1024 * 1024

EMPTY, LARGE, TYPE, PROGRAM, ARCHIVE = "empty", "large", "type", "program", "archive"
LOCKED, UNREADABLE, BOMB, GONE = "locked", "unreadable", "bomb", "gone"
DUPLICATE, TWICE, NO_DATE, MACRO, RENAMED = "duplicate", "twice", "no_date", "macro", "renamed"
PROTECTED = "protected"
LINK_LOCKED, LINK_UNKNOWN, LINK_SHORT = "link_locked", "link_unknown", "link_short"
LINK_CLOSED, LINK_PUBLIC = "link_closed", "link_public"
CLAIM = "claim"

STOPS = frozenset({EMPTY, LARGE, TYPE, PROGRAM, ARCHIVE, LOCKED, UNREADABLE, BOMB, GONE, TWICE})
"""With one of these a file is not kept."""

SETTLED = frozenset({RENAMED, TWICE, LINK_CLOSED})
"""Said without a mark of attention: nothing needs doing."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found about a file or link. `facts` fill its sentence."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def stops(self) -> bool:
        """Whether the file cannot be kept."""
        return self.code in STOPS

    @property
    def sentence(self) -> str:
        """What was found, as plain text."""
        return _SENTENCES[self.code].format_map(_Facts(self.facts))

    @property
    def fix(self) -> str:
        """The one thing to do about it, as plain text."""
        return _FIXES[self.code].format_map(_Facts(self.facts))

    def as_json(self) -> dict[str, Any]:
        """As it is kept with an intake."""
        return {"code": self.code, "facts": dict(self.facts)}


class _Facts(dict[str, Any]):
    """Facts of a row that an earlier version wrote may lack one: the sentence is still whole."""

    def __missing__(self, key: str) -> str:
        return "?"


def from_json(raw: Iterable[Mapping[str, Any]]) -> list[Finding]:
    """Findings that were kept; codes that this version does not know are left out."""
    return [Finding(f["code"], f.get("facts", {})) for f in raw if f.get("code") in _SENTENCES]


def of_codes(codes: Iterable[str]) -> list[Finding]:
    """Findings known by their code alone, as a version of evidence keeps them."""
    return [Finding(code) for code in codes if code in _SENTENCES]


def megabytes(size: int) -> str:
    """A size as people say it: 25 MB, 1,4 MB, 0,1 MB."""
    whole = size / MIB
    return f"{whole:.0f} MB" if whole >= 10 else f"{max(whole, 0.1):.1f} MB".replace(".", ",")


_SENTENCES = {
    EMPTY: "Berkas {name} kosong (0 bita), jadi tidak disimpan.",
    LARGE: "Berkas {size} melebihi batas {limit}, jadi belum tersimpan.",
    TYPE: "Jenis berkas {name} tidak diterima sebagai bukti dukung, jadi tidak disimpan.",
    PROGRAM: "Berkas {name} adalah program atau berisi perintah, jadi tidak disimpan.",
    ARCHIVE: "Berkas {name} adalah arsip terkompresi, jadi isinya tidak dapat diperiksa dan tidak disimpan.",
    LOCKED: "Berkas {name} memakai kata sandi, jadi penilai tidak dapat membukanya dan belum disimpan.",
    UNREADABLE: "Berkas {name} tidak dapat dibaca, mungkin rusak saat disalin, jadi belum disimpan.",
    BOMB: "Isi berkas {name} jauh lebih besar daripada ukurannya, jadi tidak dibuka dan tidak disimpan.",
    GONE: "Berkas {name} belum dapat diambil dari Telegram, jadi belum disimpan.",
    DUPLICATE: "Berkas yang sama sudah menjadi bukti “{title}”{where}.",
    TWICE: "Berkas {name} dikirim dua kali; disimpan satu.",
    NO_DATE: "Tanggal kegiatan belum terlihat pada berkas, nama, atau keterangannya.",
    MACRO: "Berkas {name} berisi makro, yang sering ditolak sistem instansi.",
    PROTECTED: "Berkas {name} terlindungi dengan cara yang tidak dapat dicek dari sini.",
    RENAMED: "Nama berkas dirapikan menjadi {name}.",
    LINK_LOCKED: "Tautan masih terkunci: penilai akan diminta masuk akun.",
    LINK_CLOSED: "Tautan tidak terbuka untuk umum, dan itu sudah benar: bukti ini terbatas.",
    LINK_PUBLIC: "Tautan terbuka untuk umum, padahal bukti ini terbatas.",
    LINK_UNKNOWN: "Tautan tidak dapat dicek dari sini.",
    LINK_SHORT: "Tautan pendek tidak dapat dicek, dan tujuannya bisa berubah setelah direviu.",
    CLAIM: "Jawaban {answer} belum didukung {lacks}.",
}

_FIXES = {
    EMPTY: "Buka berkasnya dulu, simpan ulang, lalu kirim lagi.",
    LARGE: "Kirim tautannya, atau kecilkan berkasnya.",
    TYPE: "Kirim sebagai PDF, foto, atau dokumen Office; selain itu kirim tautannya.",
    PROGRAM: "Kirim dokumennya sebagai PDF atau foto.",
    ARCHIVE: "Kirim isinya satu per satu, atau kirim tautan foldernya.",
    LOCKED: "Simpan salinan tanpa kata sandi, lalu kirim lagi.",
    UNREADABLE: "Simpan ulang sebagai PDF atau kirim fotonya.",
    BOMB: "Simpan ulang dari aplikasi asalnya sebagai PDF, lalu kirim lagi.",
    GONE: "Kirim lagi berkasnya.",
    DUPLICATE: "Pakai bukti yang sudah ada; satu bukti boleh untuk beberapa indikator.",
    TWICE: "Tidak ada yang perlu dikerjakan.",
    NO_DATE: "Ketik tanggal kegiatannya, misalnya 12 Januari 2027.",
    MACRO: "Bila bisa, simpan ulang sebagai PDF.",
    PROTECTED: "Pastikan berkasnya terbuka tanpa kata sandi.",
    RENAMED: "Tidak ada yang perlu dikerjakan.",
    LINK_LOCKED: "Ubah akses foldernya, lalu cek lagi.",
    LINK_CLOSED: "Beri akses ke alamat surel penilai saja; jangan dibuka untuk umum.",
    LINK_PUBLIC: "Tutup aksesnya, lalu beri akses ke alamat surel penilai saja.",
    LINK_UNKNOWN: "Coba buka tautannya tanpa masuk akun; bila terbuka, tidak ada yang perlu dikerjakan.",
    LINK_SHORT: "Kirim tautan aslinya.",
    CLAIM: "Kirim buktinya, atau tulis Penjelasan yang menyebut kegiatan, frekuensi, dan hasilnya.",
}
