"""Wording of the survey register."""

from collections.abc import Sequence
from fractions import Fraction

from flows import fmt
from flows.models import Survey
from flows.readiness import register
from flows.readiness.periods import Period
from flows.readiness.register import FEEDS, KINDS, Register, index_of, period_of
from flows.readiness.service import Standing
from flows.readiness.texts import names

ADD, LIST, ITEM_CAPAIAN = "Tambah survei", "‹ Daftar survei", "Capaian kinerja"
DELETE, DELETE_YES, DELETE_NO, SKIP, EMPTY = (
    "Hapus survei",
    "Ya, hapus",
    "Jangan hapus",
    "Lewati",
    "Kosongkan",
)
KIND_NAMES = {
    "SPAK": "Survei Persepsi Anti Korupsi (indeks IPAK)",
    "SPKP": "Survei Persepsi Kualitas Pelayanan (indeks IPKP)",
    "SKM": "Survei Kepuasan Masyarakat",
}
FIELD_LABELS = {
    "periode": "Periode",
    "indeks": "Indeks",
    "responden": "Responden",
    "laporan": "Tautan laporan",
    "umum": "Publikasi",
    "lanjut": "Tindak lanjut",
}
_ASKS = {
    "periode": "Ketik periodenya, misalnya: TW I 2027, Semester II 2026, Januari 2027, atau 2026.",
    "indeks": "Berapa indeksnya pada skala 0 sampai 4? Ketik angkanya, misalnya: 3,62",
    "responden": "Berapa jumlah respondennya? Ketik jumlahnya saja, misalnya: 120. "
    "Nama dan nomor responden tidak disimpan di sini.",
    "laporan": "Kirim tautan laporannya. Bila laporannya memuat nama dan nomor responden, "
    "jangan dibuka untuk umum.",
    "umum": "Di mana hasilnya dipublikasikan? Contoh: papan pengumuman dan Instagram unit, 12 Januari 2027.",
    "lanjut": "Apa tindak lanjutnya? Tulis singkat, misalnya: jam layanan ditambah, dilaporkan ke pimpinan.",
}
WRONG = {
    "periode": "Periode itu belum terbaca. Contoh: TW I 2027, Semester II 2026, Januari 2027, atau 2026.",
    "indeks": "Indeks itu belum terbaca. Ketik satu angka skala 0 sampai 4, misalnya 3,62.",
    "responden": "Jumlah itu belum terbaca. Ketik angkanya saja, misalnya 120.",
    "laporan": "Tautannya masih kosong.",
    "umum": "Isinya masih kosong.",
    "lanjut": "Isinya masih kosong.",
}
SAVED, CLEARED, DELETED, ALREADY, DONE = (
    "Tersimpan.",
    "Isian dikosongkan.",
    "Survei dihapus dari daftar.",
    "Survei periode itu sudah ada. Ini isinya.",
    "Survei tersimpan.",
)


def listing(found: Register, now: Standing, page: Sequence[Survey]) -> str:
    """The register: what feeds the score, the trends, one page of surveys."""
    total = len(found.surveys)
    heading = f"{total} survei tercatat" if total else "Belum ada survei yang tercatat"
    lines = [f"<b>{heading}</b>", "", fmt.esc(now.where.unit.name), ""]
    for kind in KINDS:
        lines += _trend(kind, found, now)
    if page:
        lines += ["", *(f"• {_line(each, now, found)}" for each in page)]
    if not total and found.may_edit:
        lines += ["", "Catat survei yang sudah selesai; cukup periodenya dulu, sisanya dapat menyusul."]
    return "\n".join([*lines, "", _rule(now)])


def _trend(kind: str, found: Register, now: Standing) -> list[str]:
    points = register.trend(found.of(kind))[-4:]
    if not points:
        return [f"{kind}: belum ada indeks"]
    told = ", ".join(f"{names.index(Fraction(value))} ({period.name})" for period, value in points)
    return [f"{kind}: {told}{_direction([value for _, value in points])}"]


def _direction(values: Sequence[object]) -> str:
    if len(values) < 2:
        return ""
    step = Fraction(str(values[-1])) - Fraction(str(values[-2]))
    if not step:
        return ", tetap"
    return f", {'naik' if step > 0 else 'turun'} {names.difference(abs(step))}"


def _line(survey: Survey, now: Standing, found: Register) -> str:
    has = index_of(survey)
    parts = [
        f"indeks {names.index(Fraction(has))}" if has is not None else "indeks menyusul",
        *([f"{fmt.number(survey.respondents, 0)} responden"] if survey.respondents else []),
    ]
    use = f" · {_use(survey, now, found)}" if survey.kind in FEEDS else ""
    return f"{survey.kind} {period_of(survey).name}: {', '.join(parts)}{use}"


def _use(survey: Survey, now: Standing, found: Register) -> str:
    """Whether and why the survey counts."""
    if survey.index_10k is None:
        return "belum dihitung"
    if survey.id in {each.id for each in found.feeding.values()}:
        return "dipakai untuk nilai"
    if not register.counts_for(survey, now.where.assessment.year):
        return "di luar rentang bukti, tidak dihitung"
    return "ada yang lebih baru"


def _rule(now: Standing) -> str:
    year = now.where.assessment.year
    return (
        f"Untuk nilai dipakai SPAK dan SPKP terbaru yang berindeks dari {year - register.WINDOW_YEARS + 1} "
        f"sampai {year}, didahulukan dari indeks yang diketik di indikator. SKM hanya dilihat trennya."
    )


def one(survey: Survey, now: Standing, found: Register) -> str:
    """One survey in full."""
    has = index_of(survey)
    lines = [
        f"<b>{survey.kind} {period_of(survey).name}</b>",
        "",
        KIND_NAMES[survey.kind],
        f"Indeks: {names.index(Fraction(has)) if has is not None else 'menyusul'}",
        f"Responden: {fmt.number(survey.respondents, 0) if survey.respondents else 'belum diisi'}",
        f"Laporan: {fmt.esc(survey.report) or 'belum ada tautan'}",
        f"Publikasi: {fmt.esc(survey.published) or 'belum diisi'}",
        f"Tindak lanjut: {fmt.esc(survey.follow_up) or 'belum diisi'}",
    ]
    if survey.kind in FEEDS:
        lines += ["", f"Dalam hitungan: {_use(survey, now, found)}."]
    if found.closed:
        lines += [
            "",
            f"Dipakai dalam nilai LKE {found.closed} yang sudah ditutup: hanya dibaca. Bila keliru, admin "
            f"instansi dapat membuka kembali {found.closed} di Tahun LKE.",
        ]
    elif not found.may_edit:
        lines += ["", "Daftar survei diisi koordinator unit atau pokja Area 6."]
    return "\n".join(lines)


def choose_kind() -> str:
    """Which survey it is."""
    lines = [f"{kind}  {name}" for kind, name in KIND_NAMES.items()]
    return "\n".join(["<b>Survei apa yang dicatat?</b>", "", *lines])


def ask_period(kind: str) -> str:
    """The period of a new survey."""
    return f"<b>{kind}: periode apa?</b>\n\n{_ASKS['periode']}"


def ask(survey: Survey, field: str) -> str:
    """The prompt for one field, with what stands there."""
    now = _value(survey, field)
    present = f"\n\nSekarang: {fmt.esc(fmt.cut(now, 600))}" if now else ""
    return f"<b>{FIELD_LABELS[field]} {survey.kind} {period_of(survey).name}</b>\n\n{_ASKS[field]}{present}"


def _value(survey: Survey, field: str) -> str:
    has = index_of(survey)
    return {
        "periode": Period(survey.year, survey.part).name,
        "indeks": names.index(Fraction(has)) if has is not None else "",
        "responden": fmt.number(survey.respondents, 0) if survey.respondents else "",
        "laporan": survey.report,
        "umum": survey.published,
        "lanjut": survey.follow_up,
    }[field]


def delete_ask(survey: Survey, feeds: bool) -> str:
    """Asks before a survey goes."""
    effect = "Indeksnya sedang dipakai untuk nilai; tanpa survei ini nilai dihitung ulang. " if feeds else ""
    return (
        f"<b>Hapus {survey.kind} {period_of(survey).name} dari daftar?</b>\n\n"
        f"{effect}Laporan pada tautannya tidak ikut terhapus."
    )
