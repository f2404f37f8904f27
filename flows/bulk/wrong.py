"""What is wrong with a line, each with what to do, in Indonesian. Plain text."""

import re

from flows.bulk.columns import KIND_WORDS, MAX_CODE, MAX_MARK, ROLE_WORDS

_DIGITS = re.compile(r"(?:\d[\s.\-]?){9,}")
_STARTS = ("=", "+", "-", "@")

FORMULA = "berisi rumus; tulis sebagai teks biasa"
EMPTY = "kosong; isi kolom ini"
KIND = f"jenis tidak dikenal; isi {KIND_WORDS}"
TARGET = "target tidak dikenal; isi WBK atau WBBM"
ZONE = "zona tidak dikenal; isi WIB, WITA, atau WIT"
ROLE = f"peran tidak dikenal; isi {ROLE_WORDS}"
ADMIN = "admin instansi tidak lewat tabel; undang lewat menu Undang admin"
CODE = f"kode paling banyak {MAX_CODE} huruf; pendekkan"
MARK = f"penanda paling banyak {MAX_MARK} huruf; pendekkan"
NO_AREA = "ketua pokja perlu nomor area; isi 1 sampai 6"
AREA_TOO_MUCH = "peran ini untuk seluruh unit; kosongkan area"
SELF_PARENT = "induk menunjuk unit itu sendiri; isi unit di atasnya, atau kosongkan"
ARCHIVED = "unit ini sudah diarsipkan; pulihkan dulu di Unit kerja"
TOO_DEEP = "pohon unit terlalu dalam; paling banyak 8 tingkat"
BOTH_SIDES = "penilai tidak boleh dari tim unit yang dinilainya; pilih orang lain"
REMOVED = "pernah dikeluarkan dari peran ini; bila kembali, undang lewat layar Tim"


def text(value: str, least: int, most: int) -> str:
    """Why a name cannot be one; "" when it can."""
    if not value:
        return EMPTY
    if value.startswith(_STARTS):
        return "diawali tanda = + - atau @; hapus tandanya"
    if _DIGITS.search(value):
        return "memuat deretan angka seperti NIP atau nomor telepon; hapus, data itu tidak disimpan di sini"
    if len(value) < least or not any(char.isalpha() for char in value):
        return f"terlalu pendek; tulis lengkap, paling sedikit {least} huruf"
    if len(value) > most:
        return f"terlalu panjang ({len(value)} huruf); paling banyak {most}"
    return ""


def area(numbers: str) -> str:
    """An area that is none."""
    return f"area tidak dikenal; isi {numbers}"


def twice(at: int) -> str:
    """The very same line stands above."""
    return f"sama dengan baris {at}; hapus salah satu"


def code_twice(at: int) -> str:
    """A code stands for two units."""
    return f"kode sama dengan baris {at}; beri kode lain"


def name_taken(said: str) -> str:
    """Two units of one name under one parent."""
    return f"namanya sama dengan {said} di bawah induk yang sama; tambahkan pembeda, misalnya kotanya"


def unknown_unit(said: str) -> str:
    """No such unit."""
    return f"unit “{said}” tidak ada di berkas ini maupun di bot; periksa tulisan atau kodenya"


def several_units(said: str, count: int) -> str:
    """The name means several."""
    return f"ada {count} unit bernama “{said}”; tulis kodenya"


def rests_on(at: int) -> str:
    """The unit it names stands on a line that is wrong."""
    return f"unitnya ada di baris {at} yang masih salah; betulkan baris itu dulu"


def circle(said: str) -> str:
    """Units that hang below each other."""
    return f"induknya berputar ({said}); kosongkan induk salah satunya"


def several_people(count: int) -> str:
    """The name means several people."""
    return f"ada {count} orang bernama ini di sana; isi penanda, misalnya bagiannya"
