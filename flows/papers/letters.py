"""Which letters there are and what a template of each may hold. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Letter:
    """One kind of letter. `fields` are single lines by name, with what they are called; `rows` are lists.

    A list is of plain lines when it has no columns. `by_hand` are those that the data never holds.
    """

    code: str
    label: str
    about: str
    fields: Mapping[str, str]
    rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    of_meeting: bool = False
    of_assessors: bool = False


_HEAD = {
    "instansi": "nama instansi",
    "unit": "nama unit",
    "alamat": "alamat kop surat",
    "kota": "kota penandatanganan",
    "tanggal_surat": "tanggal surat",
    "nomor": "nomor surat",
    "sifat": "sifat surat",
    "lampiran": "jumlah lampiran",
    "hal": "hal surat",
}
_TO = {"kepada": "penerima surat", "tempat_tujuan": "tempat tujuan surat"}
_SIGNED = {
    "jabatan_penandatangan": "jabatan penandatangan",
    "nama_penandatangan": "nama penandatangan",
    "nip_penandatangan": "NIP penandatangan",
}
_LKE = {
    "tahun": "tahun penilaian",
    "sasaran": "sasaran (WBK atau WBBM)",
    "sasaran_panjang": "kepanjangan sasaran",
    "aturan": "dasar aturan",
}
_SCORE = {
    "nilai_total": "nilai total",
    "nilai_pengungkit": "nilai pengungkit",
    "nilai_hasil": "nilai hasil",
    "syarat_terpenuhi": "banyaknya syarat nilai yang terpenuhi",
    "jumlah_syarat": "banyaknya syarat nilai",
}
_WORK = {
    "terisi": "banyaknya indikator terisi",
    "jumlah_indikator": "banyaknya indikator",
    "jumlah_berkas": "banyaknya berkas bukti",
    "jumlah_tautan": "banyaknya tautan bukti",
}
_MEETING = {
    "rapat": "nama rapat",
    "hari_tanggal": "hari dan tanggal rapat",
    "waktu": "waktu rapat",
    "tempat": "tempat rapat",
}
AREA_COLUMNS = ("no", "nama", "nilai", "bobot", "persen", "minimal", "keadaan")
TPI_COLUMNS = ("no", "nama", "unit", "tpi", "selisih", "minimal", "keadaan")
GATE_COLUMNS = ("no", "nama", "nilai", "minimal", "keadaan")
FOLLOW_COLUMNS = ("no", "tugas", "pic", "batas", "keadaan")

PENGANTAR = Letter(
    "pengantar",
    "Surat pengantar",
    "pengantar LKE dan bukti dukung kepada TPI",
    {**_HEAD, **_TO, **_LKE, **_SCORE, **_WORK, **_SIGNED},
    {"area": AREA_COLUMNS},
)
SPTJM = Letter(
    "sptjm",
    "SPTJM",
    "surat pernyataan tanggung jawab mutlak atas isi LKE",
    {**_HEAD, **_LKE, **_WORK, **_SIGNED, "pangkat": "pangkat penandatangan"},
)
EVALUASI = Letter(
    "evaluasi",
    "Ringkasan hasil evaluasi TPI",
    "nilai menurut TPI di samping penilaian mandiri",
    {
        **_HEAD,
        **_TO,
        **_LKE,
        **_SCORE,
        **_SIGNED,
        "mandiri_total": "nilai total penilaian mandiri",
        "dinilai": "banyaknya indikator yang dinilai TPI",
        "jumlah_indikator": "banyaknya indikator",
    },
    {"area": TPI_COLUMNS, "syarat": GATE_COLUMNS},
    of_assessors=True,
)
UNDANGAN = Letter(
    "undangan",
    "Undangan rapat",
    "undangan dari data rapat",
    {**_HEAD, **_TO, **_MEETING, **_SIGNED, "tahun": "tahun penilaian"},
    {"agenda": ()},
    of_meeting=True,
)
NOTULA = Letter(
    "notula",
    "Notula rapat",
    "notula dan tindak lanjut dari data rapat",
    {
        **{key: _HEAD[key] for key in ("instansi", "unit", "alamat", "kota")},
        **_MEETING,
        **_SIGNED,
        "jumlah_hadir": "jumlah yang hadir",
        "pimpinan_rapat": "pimpinan rapat",
        "notulis": "nama notulis",
        "nip_notulis": "NIP notulis",
    },
    {"agenda": (), "isi": (), "tindak_lanjut": FOLLOW_COLUMNS},
    of_meeting=True,
)
LETTERS: Mapping[str, Letter] = {
    letter.code: letter for letter in (PENGANTAR, SPTJM, EVALUASI, UNDANGAN, NOTULA)
}


ROWS_CALLED: Mapping[str, str] = {
    "area": "daftar area",
    "syarat": "daftar syarat",
    "agenda": "agenda",
    "isi": "isi pembahasan",
    "tindak_lanjut": "tindak lanjut",
}
"""What the lists are called."""


def gap(name: str) -> str:
    """What stands in a letter where nothing is known: it can be seen, and replaced."""
    return f"[{name}]"
