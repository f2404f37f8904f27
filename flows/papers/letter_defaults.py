"""Writes the templates of letters that come with the program: `python -m flows.papers.letter_defaults`.

A4, one typeface; the letterhead is a line to be filled in or replaced by the agency's own. The files are
committed beside this module, and a test compares them with what is made here.
"""

import sys
from pathlib import Path

from flows.papers.docx_parts import (
    TEXT_WIDTH,
    cell,
    document,
    listing,
    loop,
    pairs,
    paragraph,
    plain,
    row,
    run,
    table,
)

FOLDER = Path(__file__).parent / "templates"


# what the letters share ----------------------------------------------------------------------------


def _letterhead(second: str = "{{ unit }}") -> list[str]:
    return [
        paragraph(run("{{ instansi }}", bold=True, size=28, caps=True), align="center"),
        paragraph(run(second, bold=True, size=26, caps=True), align="center"),
        paragraph(run("{{ alamat }}", size=18), align="center", after=240, line=True),
    ]


def _reference() -> list[str]:
    widths = (1150, 250, 4300, TEXT_WIDTH - 5700)
    said = (
        ("Nomor", "{{ nomor }}"),
        ("Sifat", "{{ sifat }}"),
        ("Lampiran", "{{ lampiran }}"),
        ("Hal", "{{ hal }}"),
    )
    rows = [
        row(
            [
                cell(widths[0], plain(name)),
                cell(widths[1], plain(":")),
                cell(widths[2], plain(value)),
                cell(widths[3], plain("{{ tanggal_surat }}" if not n else "", align="right")),
            ]
        )
        for n, (name, value) in enumerate(said)
    ]
    return [
        table(widths, rows, ruled=False),
        plain("Yth. {{ kepada }}", before=240),
        plain("di {{ tempat_tujuan }}", after=240),
    ]


def _signature(place: str, *above: str) -> list[str]:
    left, right = TEXT_WIDTH - 4300, 4300
    said = [
        plain(place, keep=True),
        *(plain(line, keep=True) for line in above),
        plain("{{ jabatan_penandatangan }},", keep=True, after=1100),
        paragraph(run("{{ nama_penandatangan }}", bold=True), keep=True),
        plain("NIP {{ nip_penandatangan }}"),
    ]
    return [plain(""), table((left, right), [row([cell(left, plain("")), cell(right, *said)])], ruled=False)]


def _body(text: str, **how: object) -> str:
    return plain(text, align="both", first=560, after=120, **how)


# the letters ---------------------------------------------------------------------------------------


def _pengantar() -> list[str]:
    areas = (
        ("No", "no", 560, "center"),
        ("Area perubahan", "nama", 3555, ""),
        ("Nilai", "nilai", 1000, "right"),
        ("Bobot", "bobot", 1000, "right"),
        ("Capaian", "persen", 1200, "right"),
        ("Keadaan", "keadaan", 1700, "center"),
    )
    return [
        *_letterhead(),
        *_reference(),
        _body(
            "Bersama ini kami sampaikan Lembar Kerja Evaluasi (LKE) pembangunan Zona Integritas menuju "
            "{{ sasaran_panjang }} ({{ sasaran }}) {{ unit }} tahun {{ tahun }} beserta bukti dukungnya. "
            "Penilaian mandiri dilakukan oleh tim unit kerja berdasarkan {{ aturan }}, dengan hasil "
            "sebagai berikut."
        ),
        listing("area", areas),
        _body(
            "Nilai pengungkit {{ nilai_pengungkit }} dan nilai hasil {{ nilai_hasil }}, sehingga nilai total "
            "{{ nilai_total }}. Syarat nilai {{ sasaran }} yang terpenuhi {{ syarat_terpenuhi }} dari "
            "{{ jumlah_syarat }}.",
            before=120,
        ),
        _body(
            "LKE terisi {{ terisi }} dari {{ jumlah_indikator }} indikator, dengan "
            "{{ jumlah_berkas }} berkas dan {{ jumlah_tautan }} tautan bukti dukung. Kami mohon kiranya LKE "
            "tersebut dapat dievaluasi."
        ),
        _body("Atas perhatian dan kerja sama Bapak/Ibu, kami sampaikan terima kasih."),
        *_signature(""),
    ]


def _sptjm() -> list[str]:
    points = (
        "LKE pembangunan Zona Integritas menuju {{ sasaran_panjang }} ({{ sasaran }}) tahun {{ tahun }} pada "
        "{{ unit }}, terisi {{ terisi }} dari {{ jumlah_indikator }} indikator, diisi menurut keadaan yang "
        "sebenarnya berdasarkan {{ aturan }}.",
        "Bukti dukung yang disertakan, {{ jumlah_berkas }} berkas dan {{ jumlah_tautan }} tautan, "
        "adalah sah, "
        "berasal dari kegiatan yang benar-benar dilaksanakan, dan dapat kami tunjukkan aslinya.",
        "Apabila di kemudian hari terdapat ketidaksesuaian pada isian atau bukti dukung tersebut, kami "
        "bertanggung jawab sepenuhnya dan bersedia menerima akibatnya sesuai peraturan perundang-undangan.",
    )
    return [
        *_letterhead(),
        paragraph(run("SURAT PERNYATAAN TANGGUNG JAWAB MUTLAK", bold=True, size=24), align="center"),
        plain("Nomor {{ nomor }}", align="center", after=280),
        plain("Yang bertanda tangan di bawah ini:", after=120),
        pairs(
            [
                ("Nama", "{{ nama_penandatangan }}"),
                ("NIP", "{{ nip_penandatangan }}"),
                ("Pangkat, golongan", "{{ pangkat }}"),
                ("Jabatan", "{{ jabatan_penandatangan }}"),
                ("Unit kerja", "{{ unit }}, {{ instansi }}"),
            ]
        ),
        plain("menyatakan dengan sesungguhnya bahwa:", before=160, after=120),
        *(
            plain(f"{n}. {point}", align="both", left=360, hanging=360, after=120)
            for n, point in enumerate(points, 1)
        ),
        plain(
            "Demikian surat pernyataan ini dibuat dengan sebenarnya untuk digunakan sebagaimana mestinya.",
            align="both",
            before=60,
        ),
        *_signature("{{ kota }}, {{ tanggal_surat }}", "Yang menyatakan,"),
    ]


def _evaluasi() -> list[str]:
    areas = (
        ("No", "no", 500, "center"),
        ("Area perubahan", "nama", 2915, ""),
        ("Mandiri", "unit", 1050, "right"),
        ("TPI", "tpi", 1050, "right"),
        ("Selisih", "selisih", 1050, "right"),
        ("Minimal", "minimal", 1050, "right"),
        ("Keadaan", "keadaan", 1400, "center"),
    )
    gates = (
        ("No", "no", 500, "center"),
        ("Syarat nilai {{ sasaran }}", "nama", 4215, ""),
        ("TPI", "nilai", 1300, "right"),
        ("Minimal", "minimal", 1300, "right"),
        ("Keadaan", "keadaan", 1700, "center"),
    )
    return [
        *_letterhead("Tim Penilai Internal"),
        *_reference(),
        _body(
            "Tim Penilai Internal telah mengevaluasi LKE pembangunan Zona Integritas menuju {{ "
            "sasaran_panjang }} "
            "({{ sasaran }}) {{ unit }} tahun {{ tahun }} berdasarkan {{ aturan }}. Indikator yang dinilai "
            "{{ dinilai }} dari {{ jumlah_indikator }}. Ringkasan hasilnya sebagai berikut."
        ),
        paragraph(run("Nilai area perubahan", bold=True), keep=True, before=60, after=80),
        listing("area", areas),
        paragraph(run("Syarat nilai", bold=True), keep=True, before=200, after=80),
        listing("syarat", gates),
        _body(
            "Nilai total menurut TPI {{ nilai_total }} (penilaian mandiri {{ mandiri_total }}), pengungkit "
            "{{ nilai_pengungkit }} dan hasil {{ nilai_hasil }}. Syarat nilai yang terpenuhi {{ "
            "syarat_terpenuhi }} "
            "dari {{ jumlah_syarat }}. Nilai ini hasil evaluasi internal; predikat diputuskan "
            "menurut tahapan "
            "evaluasi selanjutnya.",
            before=160,
        ),
        *_signature(""),
    ]


def _undangan() -> list[str]:
    return [
        *_letterhead(),
        *_reference(),
        _body(
            "Dalam rangka pembangunan Zona Integritas {{ unit }} tahun {{ tahun }}, kami mengundang "
            "Bapak/Ibu "
            "untuk hadir pada {{ rapat }}, yang akan dilaksanakan pada:"
        ),
        pairs(
            [("Hari, tanggal", "{{ hari_tanggal }}"), ("Waktu", "{{ waktu }}"), ("Tempat", "{{ tempat }}")],
            1900,
        ),
        plain("Agenda:", before=120, after=60),
        *loop("agenda", numbered=True),
        _body("Mengingat pentingnya acara tersebut, kami mohon kehadiran Bapak/Ibu tepat waktu.", before=80),
        _body("Atas perhatian dan kehadiran Bapak/Ibu, kami sampaikan terima kasih."),
        *_signature(""),
    ]


def _notula() -> list[str]:
    follow = (
        ("No", "no", 500, "center"),
        ("Tindak lanjut", "tugas", 3415, ""),
        ("PIC", "pic", 1800, ""),
        ("Batas waktu", "batas", 1900, ""),
        ("Keadaan", "keadaan", 1400, ""),
    )
    half = TEXT_WIDTH // 2
    signed = [
        plain("Mengetahui,", keep=True),
        plain("{{ jabatan_penandatangan }}", keep=True, after=1000),
        paragraph(run("{{ nama_penandatangan }}", bold=True), keep=True),
        plain("NIP {{ nip_penandatangan }}"),
    ]
    wrote = [
        plain("Notulis,", keep=True),
        plain("", keep=True, after=1000),
        paragraph(run("{{ notulis }}", bold=True), keep=True),
        plain("NIP {{ nip_notulis }}"),
    ]
    return [
        *_letterhead(),
        paragraph(run("NOTULA RAPAT", bold=True, size=24), align="center", after=240),
        pairs(
            [
                ("Rapat", "{{ rapat }}"),
                ("Hari, tanggal", "{{ hari_tanggal }}"),
                ("Waktu", "{{ waktu }}"),
                ("Tempat", "{{ tempat }}"),
                ("Pimpinan rapat", "{{ pimpinan_rapat }}"),
                ("Jumlah hadir", "{{ jumlah_hadir }}"),
            ]
        ),
        paragraph(run("Agenda", bold=True), keep=True, before=200, after=60),
        *loop("agenda", numbered=True),
        paragraph(run("Pembahasan", bold=True), keep=True, before=160, after=60),
        *loop("isi", numbered=False),
        paragraph(run("Tindak lanjut", bold=True), keep=True, before=160, after=80),
        listing("tindak_lanjut", follow),
        plain(""),
        table(
            (half, TEXT_WIDTH - half),
            [row([cell(half, *signed), cell(TEXT_WIDTH - half, *wrote)])],
            ruled=False,
        ),
    ]


BODIES = {
    "pengantar": _pengantar,
    "sptjm": _sptjm,
    "evaluasi": _evaluasi,
    "undangan": _undangan,
    "notula": _notula,
}


def made(code: str) -> bytes:
    """The default template of a letter; the same bytes each time."""
    return document(BODIES[code]())


def write_all() -> None:
    """Write every template beside this module."""
    for code in BODIES:
        (FOLDER / f"{code}.docx").write_bytes(made(code))
        sys.stdout.write(f"{code}.docx\n")


if __name__ == "__main__":
    write_all()
