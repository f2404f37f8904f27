"""Wording inside the files: headings, notes, and what a reader of a sheet must know."""

from collections.abc import Sequence
from datetime import datetime

from flows import fmt
from flows.evidence.periods import span_of
from flows.workbook.content import Content, Proof
from knowledge.answers import Item
from knowledge.instrument import INDEX_SCALE, Formula, Indicator

INFO, RECAP_UNIT, RECAP_TPI, PROOFS = "Info", "Rekap Unit", "Rekap TPI", "Bukti Dukung"
HEADS = {
    "A": "ID",
    "B": "Penilaian",
    "H": "Bobot",
    "I": "Kriteria Nilai",
    "J": "Pilihan Jawaban",
    "K": "Jawaban Unit",
    "L": "Nilai Unit",
    "M": "% Unit",
    "N": "Catatan/Keterangan/Penjelasan (Unit)",
    "O": "Daftar Bukti Dukung (Unit)",
    "P": "Tautan Bukti Dukung (Unit)",
    "Q": "Jawaban TPI",
    "R": "Nilai TPI",
    "S": "% TPI",
    "T": "Catatan TPI",
    "U": "Hitungan unit",
    "V": "Hitungan TPI",
}
WIDTHS = {
    "A": 12,
    "B": 4,
    "C": 4,
    "D": 4,
    "E": 4,
    "F": 4,
    "G": 44,
    "H": 9,
    "I": 46,
    "J": 13,
    "K": 13,
    "L": 12,
    "M": 11,
    "N": 46,
    "O": 38,
    "P": 32,
    "Q": 13,
    "R": 12,
    "S": 11,
    "T": 38,
    "U": 12,
    "V": 12,
}
MET, MISSED = "Memenuhi", "Belum memenuhi"
RECAP_HEADS = (
    "Area perubahan dan hasil",
    "Bobot",
    "Pemenuhan",
    "Reform",
    "Nilai",
    "%",
    "Minimal WBK",
    "Status WBK",
    "Minimal WBBM",
    "Status WBBM",
)
PROOF_HEADS = (
    "Indikator",
    "Judul bukti dukung",
    "Jenis",
    "Buka",
    "Periode",
    "Tanggal bukti",
    "Keadaan tautan",
    "Catatan",
)
RESTRICTED = "Bukti terbatas"
RESTRICTED_WHY = "hanya untuk PIC, ketua pokja, koordinator unit, dan penilai yang ditugaskan"
BY_BOT = "Minta lewat bot Pandu ZI: /bukti, lalu cari judul ini"
FILE, LINK = "Berkas", "Tautan"
LINK_STATES = {"open": "terbuka", "locked": "terkunci", "unknown": "tidak dapat dicek", "": "belum dicek"}
NO_PROOFS = "Belum ada bukti dukung."
NOT_OFFICIAL = "Penilaian mandiri, bukan dokumen resmi"
TPI_EMPTY = "TPI belum mengisi nilai."
TO_LIST = "lihat lembar Bukti Dukung"

LIST_ERROR = ("Pilihan tidak ada", "Pilih salah satu dari daftar, atau kosongkan selnya.")
COUNT_ERROR = ("Bukan bilangan bulat", "Isi bilangan bulat mulai dari 0.")
INDEX_ERROR = ("Di luar skala", "Isi indeks survei dari 0 sampai 4, misalnya 3,62.")


def title(content: Content) -> str:
    """The first row of the answer sheet."""
    return (
        f"LKE Zona Integritas {content.year} · {content.unit_name} · {content.instrument.regulation} · "
        f"{NOT_OFFICIAL}"
    )


def recap_title(side: str, content: Content) -> str:
    """The heading of a recapitulation."""
    return f"Rekap nilai {side}: {content.unit_name}, penilaian {content.year}"


def met_of(target: str, met: int, count: int) -> str:
    """ "10 dari 12 syarat nilai WBK terpenuhi"."""
    return f"{met} dari {count} syarat nilai {target} terpenuhi"


def criteria(item: Item, fed: str) -> str:
    """What each option means, or how the value is computed; one thing a line."""
    lines = [f"{option.key}. {option.text}" for option in item.options]
    if isinstance(item, Indicator) and item.formula is not None:
        lines.append(_formula(item, item.formula))
    elif item.scale == INDEX_SCALE:
        lines.append("Indeks survei 0 sampai 4; nilai = indeks / 4 × bobot.")
    if item.note:
        lines.append(item.note)
    if fed:
        lines.append(f"Diisi dari daftar Survei di bot: {fed}.")
    return "\n".join(lines)


def _formula(item: Indicator, formula: Formula) -> str:
    labels = {each.key: each.label for each in item.inputs}
    if formula.kind == "penurunan":
        before, now = labels[formula.previous], labels[formula.current]
        return f"Nilai = ({before} − {now}) / {before}; tidak kurang dari 0."
    above = " + ".join(labels[key] for key in formula.numerator)
    below = " + ".join(labels[key] for key in formula.denominator)
    return f"Nilai = ({above}) / ({below}); paling tinggi 1."


def proof_line(number: int, proof: Proof) -> str:
    """One piece in the list of an indicator."""
    if not proof.seen:
        return f"{number}. {RESTRICTED} ({RESTRICTED_WHY})"
    return f"{number}. {proof.title} ({'tautan' if proof.url else 'berkas: minta lewat bot, /bukti'})"


def period(proof: Proof) -> str:
    """The period of a piece as people write it."""
    span = span_of(proof.period)
    return span.name if span is not None else ""


CARRIED = "dibawa dari tahun lalu dan belum dikonfirmasi; selnya berkomentar"
CARRIED_CELL = "Dari tahun lalu, belum dikonfirmasi pokja."


def info(content: Content, moment: datetime) -> Sequence[tuple[str, str]]:
    """The lines of the first sheet: what this is, from when, and how to work with it."""
    instrument = content.instrument
    blank = len(content.unit.score(instrument).unanswered)
    hidden = sum(not proof.seen for proof in content.proofs)
    lines = [
        ("Unit", content.unit_name),
        ("Tahun penilaian", str(content.year)),
        ("Target", content.target),
        ("Diekspor", fmt.moment(moment, content.zone)),
        ("Versi data", f"{instrument.title}, rilis {instrument.version} ({instrument.regulation})"),
        ("Sifat", f"{NOT_OFFICIAL}. Yang berlaku tetap sistem Kementerian PANRB."),
        ("Terjawab", f"{len(content.items) - blank} dari {len(content.items)} isian"),
        (
            "Cara hitung",
            "Rumus di lembar LKE ZI menghitung ulang nilai bila jawaban diubah. Yang kosong dan yang "
            "pembaginya 0 dihitung 0; batas dibandingkan tanpa pembulatan. Laporan harta: LHKPN 1,00 dan "
            "LHKASN 1,00.",
        ),
        (
            "Yang boleh diisi",
            "Sel berwarna kuning muda: jawaban dan penjelasan unit; jawaban dan catatan TPI. Lembar "
            "dilindungi tanpa kata sandi agar rumus tidak terhapus.",
        ),
        (
            "Mengirim kembali",
            "Simpan sebagai .xlsx, lalu kirim berkas ini ke bot. Bot menunjukkan perbedaannya lebih dulu; "
            "tidak ada yang tersimpan sebelum Anda setujui. Jangan hapus lembar dan kolom tersembunyi.",
        ),
        (
            "Bukti dukung",
            "Tautan bisa diketuk. Berkas diambil lewat bot (/bukti). Menambah bukti juga lewat bot; "
            "perubahan kolom bukti di sini tidak dibaca.",
        ),
        ("Bila data berubah", "Berkas ini tidak berubah sendiri. Ekspor lagi untuk keadaan terbaru."),
    ]
    if content.unit.carried:
        lines.append(("Dari tahun lalu", f"{len(content.unit.carried)} jawaban unit {CARRIED}."))
    if hidden:
        lines.append(("Bukti terbatas", f"{hidden} bukti tidak ditampilkan: {RESTRICTED_WHY}."))
    if content.unit.misfits or content.tpi.misfits:
        many = len(content.unit.misfits) + len(content.tpi.misfits)
        lines.append(("Perlu diperiksa", f"{many} jawaban tidak cocok dengan instrumen dan dikosongkan."))
    return lines


def footer(content: Content, moment: datetime) -> str:
    """The foot of a printed page, in the workbook's own codes."""
    said = f"{content.unit_name} · {NOT_OFFICIAL} · {fmt.moment(moment, content.zone)}"
    return f"&L&8{said.replace('&', '&&')[:200]}&R&8&P dari &N"
