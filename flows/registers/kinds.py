"""The registers: their fields, who keeps them, and which indicators of the LKE they feed. Plain data.

Field keys of reports of wealth are those of the ratio inputs that they feed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Form = Literal["count", "text", "link", "day", "yes"]
MONTH, YEAR, FREE = "bulan", "tahun", ""
LAPOR, AGEN, INOVASI, LHKPN, LHKAN = "lapor", "agen", "inovasi", "lhkpn", "lhkan"
YES, NO = "ya", "belum"
TEXT_LIMIT = 300


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a line. `words` name it in typed counts and in the headings of tables.

    `ask` says what to type, plain text. A text holds at most `limit` characters.
    """

    key: str
    label: str
    form: Form
    words: tuple[str, ...]
    ask: str = ""
    limit: int = TEXT_LIMIT


@dataclass(frozen=True, slots=True)
class Kind:
    """One register. `slots`: one line a month or year, or FREE. `areas`: whose teams keep it.

    `needed`: fields without which there is no line; a count among them that is not named beside others is 0.
    `total`: the counts that make up the whole, `shares`: those that cannot be more than all before them.
    `titles`: the first of these that is filled in names a line without a period.
    """

    code: str
    name: str
    slots: str
    areas: tuple[str, ...]
    fields: tuple[Field, ...]
    needed: tuple[str, ...]
    feeds: tuple[str, ...]
    example: str = ""
    largest: int = 9_999
    total: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()

    @property
    def counts(self) -> tuple[Field, ...]:
        """The fields that are counts."""
        return tuple(field for field in self.fields if field.form == "count")

    def field(self, key: str) -> Field | None:
        """The field with this key; None for a forged one."""
        return next((field for field in self.fields if field.key == key), None)

    def after(self, key: str) -> Field | None:
        """The field that is asked for after this one; None after the last."""
        keys = [field.key for field in self.fields]
        place = keys.index(key) + 1 if key in keys else len(keys)
        return self.fields[place] if place < len(keys) else None


def _count(key: str, label: str, *words: str) -> Field:
    return Field(key, label, "count", (*words, label.lower()), "Ketik jumlahnya, misalnya 3.")


def _text(key: str, label: str, ask: str, *words: str, limit: int = TEXT_LIMIT) -> Field:
    return Field(key, label, "text", (*words, label.lower()), ask, limit)


_REPORTED = (
    _count("sudah", "Sudah lapor", "sudah melapor", "jumlah yang sudah melapor", "sudah", "melapor"),
    _count("tepat", "Tepat waktu", "tepat"),
)

_ALL = (
    Kind(
        code=LAPOR,
        name="Rekap SP4N-LAPOR!",
        slots=MONTH,
        areas=("PW", "PP"),
        fields=(
            _count("selesai", "Selesai", "tuntas", "beres", "ditutup"),
            _count("proses", "Proses", "dalam proses", "masih diproses", "sedang diproses", "diproses"),
            _count("belum", "Belum ditindaklanjuti", "belum ditindak lanjuti", "belum", "blm", "belom"),
            _count("pengawasan", "Berkadar pengawasan", "pengawasan"),
            _count(
                "biasa",
                "Tidak berkadar pengawasan",
                "tidak berkadar",
                "tidak pengawasan",
                "bukan pengawasan",
                "non pengawasan",
                "tdk berkadar pengawasan",
            ),
            _count("aspirasi", "Aspirasi"),
            _count("informasi", "Permintaan informasi", "permintaan info", "informasi", "info"),
        ),
        needed=("selesai", "proses", "belum"),
        feeds=("PW.R.2.a",),
        example="mei: 12 selesai 3 proses 1 belum",
        total=("selesai", "proses", "belum"),
    ),
    Kind(
        code=AGEN,
        name="Agen perubahan",
        slots=FREE,
        areas=("MP",),
        fields=(
            _text(
                "agen",
                "Agen",
                "Siapa agen perubahannya? Cukup jabatannya, misalnya Kepala Seksi Layanan.",
                "agen perubahan",
                "nama",
                "nama agen",
                "jabatan",
                limit=120,
            ),
            _text(
                "perubahan",
                "Perubahan",
                "Perubahan nyata apa yang dihasilkan? Satu perubahan satu catatan.",
                "perubahan konkret",
                "perubahan nyata",
            ),
            _text("sebelum", "Sebelum", "Bagaimana keadaannya sebelum perubahan itu?", "kondisi sebelum"),
            _text("sesudah", "Sesudah", "Bagaimana keadaannya sekarang?", "setelah", "kondisi sesudah"),
            Field(
                "tanggal",
                "Mulai berjalan",
                "day",
                ("tanggal", "tgl", "mulai berjalan"),
                "Sejak kapan perubahan itu berjalan? Misalnya 12 Maret 2027.",
            ),
            Field(
                "terintegrasi",
                "Masuk sistem",
                "yes",
                ("masuk sistem", "terintegrasi", "sistem manajemen"),
                "Apakah perubahan ini sudah masuk sistem manajemen, misalnya ditetapkan dalam SOP?",
            ),
            Field(
                "bukti",
                "Tautan bukti",
                "link",
                ("tautan bukti", "bukti", "tautan", "link"),
                "Kirim tautan buktinya bila ada, misalnya drive.google.com/…",
                500,
            ),
        ),
        needed=("agen",),
        titles=("perubahan", "agen"),
        feeds=("MP.R.1.a", "MP.R.1.b"),
    ),
    Kind(
        code=INOVASI,
        name="Inovasi",
        slots=FREE,
        areas=("PP",),
        fields=(
            _text("nama", "Nama", "Apa nama inovasinya?", "nama inovasi", "inovasi", "judul", limit=120),
            _text("masalah", "Masalah", "Masalah apa yang dijawab inovasi ini?", "latar belakang"),
            _text("sebelum", "Sebelum", "Bagaimana layanannya sebelum ada inovasi?", "kondisi sebelum"),
            _text("sesudah", "Sesudah", "Bagaimana layanannya sekarang?", "setelah", "kondisi sesudah"),
            _text(
                "pengguna", "Pengguna", "Siapa pemakainya dan kira-kira berapa banyak?", "pemakai", "sasaran"
            ),
            _text("dampak", "Dampak", "Apa dampaknya, sebaiknya dengan angka?", "manfaat", "hasil"),
            _text(
                "replikasi",
                "Replikasi",
                "Unit mana yang sudah meniru inovasi ini? Lewati bila belum ada.",
                "direplikasi oleh",
                "direplikasi",
            ),
            Field(
                "layanan",
                "Layanan dipermudah",
                "count",
                ("jumlah layanan dipermudah", "layanan dipermudah", "layanan"),
                "Berapa layanan terdaftar yang menjadi lebih mudah karena inovasi ini? "
                "Hitung tiap layanan satu kali saja.",
            ),
        ),
        needed=("nama",),
        titles=("nama",),
        feeds=("PP.P.2.f", "PP.R.1.a", "PP.R.1.b"),
    ),
    Kind(
        code=LHKPN,
        name="Kepatuhan LHKPN",
        slots=YEAR,
        areas=("PW",),
        fields=(
            _count("kepala", "Kepala satuan kerja", "kepala satker", "kepala"),
            _count(
                "pejabat",
                "Pejabat yang diwajibkan",
                "pejabat yang diwajibkan lhkpn",
                "pejabat wajib",
                "pejabat",
            ),
            _count("lainnya", "Lainnya", "lain-lain", "lain"),
            *_REPORTED,
        ),
        needed=("kepala", "pejabat", "lainnya", "sudah"),
        feeds=("PW.R.3.a",),
        example="2027: kepala 1, pejabat 3, lainnya 2, sudah 6, tepat waktu 5",
        total=("kepala", "pejabat", "lainnya"),
        shares=("sudah", "tepat"),
    ),
    Kind(
        code=LHKAN,
        name="Kepatuhan LHKAN",
        slots=YEAR,
        areas=("PW",),
        fields=(
            _count("administrator", "Pejabat administrator", "administrator"),
            _count("pengawas", "Pejabat pengawas", "pengawas"),
            _count(
                "fungsional_pelaksana",
                "Fungsional dan pelaksana",
                "fungsional pelaksana",
                "fungsional/pelaksana",
                "pelaksana",
                "fungsional",
            ),
            *_REPORTED,
        ),
        needed=("administrator", "pengawas", "fungsional_pelaksana", "sudah"),
        feeds=("PW.R.3.b",),
        example="2027: administrator 2, pengawas 5, fungsional dan pelaksana 40, sudah 45, tepat waktu 44",
        total=("administrator", "pengawas", "fungsional_pelaksana"),
        shares=("sudah", "tepat"),
    ),
)
KINDS: Mapping[str, Kind] = {kind.code: kind for kind in _ALL}
KIND_OF_ITEM: Mapping[str, str] = {item_id: kind.code for kind in _ALL for item_id in kind.feeds}
"""Which register says something about an indicator."""
