"""Wording of interview drills."""

from collections.abc import Sequence

from flows import fmt
from flows.drills import reminding
from flows.drills.coverage import SMALLEST, Coverage
from flows.drills.opening import Opening
from flows.drills.service import Outcome, Own, Step
from flows.walks.service import Home
from knowledge.drills import Question
from knowledge.instrument import Area
from knowledge.stages import timeline

JOIN, JOIN_QUIET, START, RESUME = (
    "Ikut, ingatkan saya",
    "Ikut, tanpa pengingat",
    "Mulai latihan",
    "Latihan lagi",
)
READ, LEAVE, REMIND_ON, REMIND_OFF = (
    "Baca bahannya",
    "Berhenti ikut",
    "Nyalakan pengingat",
    "Matikan pengingat",
)
COVERAGE, INVITE, WALK, STAGES, SCHEDULE = (
    "Cakupan per area",
    "Undang tim",
    "Keliling loket",
    "Tahapan",
    "Jadwal",
)
DRILLS, HERE, NEXT, POINTS = "Latihan wawancara", "‹ Latihan", "Lanjut ›", "Lihat isinya"
COVERED, NOT_YET, AGAIN, MORE = "Sudah tercakup", "Perlu diulang", "Ulangi yang keliru", "Penjelasan lengkap"
JOINED = "Anda ikut latihan. Hasilnya hanya Anda yang melihat."
LEFT = "Anda berhenti ikut. Yang sudah dipelajari tetap tersimpan untuk Anda."
REMINDED, SILENT = "Pengingat menyala.", "Pengingat dimatikan."
GENERAL_NAME = "Umum: syarat, nilai, dan evaluasi"
LETTERS = "ABCD"
TITLE = "<b>Latihan wawancara</b>"


def stage_name(stage: str) -> str:
    """ "desk evaluasi TPN"."""
    place = timeline().place(stage)
    return place.name[:1].lower() + place.name[1:] if place is not None else stage


def opening(found: Opening) -> str:
    """When it is open, in a sentence."""
    coming = ", lalu ".join(f"{stage_name(stage)} {fmt.day_short(day)}" for stage, day in found.days)
    if found.state == "before" and found.opens_on is not None:
        return (
            f"Dibuka {fmt.day_long(found.opens_on)} ({fmt.distance(found.opens_on, found.today)}), "
            f"empat minggu sebelum {coming}. Sampai itu, bahannya bisa dibaca."
        )
    if found.state == "open":
        left = fmt.distance(found.days[0][1], found.today)
        return f"Menuju {coming}. Yang pertama {left}."
    if found.state == "over":
        return (
            "Evaluasi unit ini sudah lewat, jadi latihan dan pengingatnya selesai. "
            "Bahannya tetap bisa dibaca."
        )
    return (
        "Tanggal desk evaluasi atau evaluasi lapangan belum ada di jadwal unit, jadi latihan belum dibuka. "
        "Koordinator unit mengisinya di Tahapan. Bahannya sudah bisa dibaca."
    )


def prepare(found: Own, walks: Home) -> str:
    """What there is before an evaluation."""
    if walks.open is not None:
        way = f"sedang berjalan, {walks.open.seen} dari {walks.points} titik dilihat"
    elif walks.past:
        way = f"terakhir {fmt.day_short(fmt.local(walks.past[0][0].begun_at, found.unit.zone).date())}"
    else:
        way = "belum pernah"
    mine = "Anda ikut" if found.enrolment is not None else "Anda belum ikut"
    return "\n".join(
        [
            "<b>Menjelang evaluasi</b>",
            fmt.esc(found.unit.name),
            "",
            opening(found.opening),
            "",
            f"• Latihan wawancara: 5 menit menjawab seperti kepada penilai. {mine}.",
            f"• Keliling loket: melihat tempat layanan seperti penilai, bersama tim ({way}).",
        ]
    )


def own(found: Own) -> str:
    """One's own drills."""
    lines = [TITLE, fmt.esc(found.unit.name), "", opening(found.opening)]
    row = found.enrolment
    if row is None or not found.opening.is_open:
        if found.opening.is_open:
            lines += ["", WHAT]
        return "\n".join(lines)
    lines += ["", _standing(found)]
    if not row.remind:
        lines.append("Pengingat mati.")
    elif row.told >= reminding.MOST:
        lines.append(
            f"Pengingat berhenti sendiri setelah {reminding.MOST} kali tanpa latihan. Latihan satu kali, dan "
            "pengingat jalan lagi."
        )
    else:
        lines.append("Diingatkan pagi hari kerja, sampai evaluasi selesai.")
    return "\n".join([*lines, "", "Hasil Anda hanya Anda yang melihat."])


WHAT = (
    "Sekitar 5 menit sekali latihan: enam soal dari LKE dan aturan, sebagian besar dari area Anda, lalu "
    "penjelasannya. Yang belum diingat muncul lagi besok; yang sudah, makin jarang.\n"
    "Ikut atau tidak adalah pilihan Anda. Hasilnya hanya Anda yang melihat; pimpinan hanya melihat area mana "
    "yang sudah dilatih, tanpa nama."
)


def _standing(found: Own) -> str:
    if not found.met:
        return "Belum ada soal yang dijawab."
    said = f"{found.met} soal pernah dijawab, {found.known} di antaranya sudah diingat."
    if found.due:
        return f"{said} {found.due} perlu diulang hari ini."
    return f"{said} " + (
        "Latihan hari ini sudah selesai." if found.done_today else "Ada soal baru untuk hari ini."
    )


def question(step: Step) -> str:
    """One question with its choices in full."""
    head = f"<b>Soal {step.place + 1} dari {len(step.row.cards)}</b>"
    ask = fmt.esc(step.question.ask)
    if step.question.is_story:
        return (
            f"{head} · jawab dengan suara\n\n{ask}\n\n"
            "Jawablah keras-keras sekitar satu menit, seperti kepada penilai. Setelah itu lihat isi jawaban "
            "yang baik, lalu nilai sendiri. Yang Anda ketik di sini tidak disimpan."
        )
    listed = "\n".join(f"{LETTERS[n]}  {fmt.esc(each)}" for n, each in enumerate(step.shown))
    return f"{head}\n\n{ask}\n\n{listed}\n\nKetuk hurufnya, atau ketik jawabannya."


def told(step: Step) -> str:
    """What was right, and why."""
    asked = step.question
    if step.right:
        head = "<b>✓ Benar.</b>"
    else:
        head = "<b>! Belum tepat.</b>"
    lines = [head, "", fmt.esc(asked.ask), ""]
    if not step.right and 0 <= step.pick < len(step.shown):
        lines.append(f"Jawaban Anda: {fmt.esc(step.shown[step.pick])}")
    lines += [f"Jawabannya: <b>{fmt.esc(asked.right)}</b>", "", fmt.esc(asked.explanation)]
    return "\n".join([*lines, *_ground(asked)])


def points(step: Step) -> str:
    """What a good answer to an open question holds."""
    asked = step.question
    listed = "\n".join(f"• {fmt.esc(each)}" for each in asked.points)
    return "\n".join(
        [
            "<b>Isi jawaban yang baik</b>",
            "",
            fmt.esc(asked.ask),
            "",
            listed,
            "",
            "Ceritakan yang benar-benar terjadi di unit Anda. Apakah jawaban Anda sudah memuatnya?",
            *_ground(asked),
        ]
    )


def _ground(asked: Question) -> list[str]:
    lines = [f"Dasar: {fmt.esc(asked.rule)}"] if asked.rule else []
    if asked.caution:
        lines.append(f"Catatan: {fmt.esc(asked.caution)}")
    return lines


def outcome(found: Outcome) -> str:
    """How it went, and what comes again when."""
    right = sum(mark for _, mark, _ in found.lines)
    lines = [f"<b>Latihan selesai: {right} dari {len(found.lines)} tepat.</b>", ""]
    for asked, mark, due_on in found.lines:
        sign = "✓" if mark else "!"
        lines.append(f"{sign} {fmt.esc(short(asked))}\n   muncul lagi {fmt.distance(due_on, found.today)}")
    lines += [
        "",
        "Yang keliru muncul lagi besok; yang sudah tepat makin jarang. Hanya Anda yang melihat ini.",
    ]
    return "\n".join(lines)


def short(asked: Question) -> str:
    """The question on one line."""
    return fmt.cut(fmt.one_line(asked.ask), 90)


def reading(area_name: str, shown: Sequence[Question], page: int, pages: int) -> str:
    """Questions with their answers, to be read."""
    lines = [f"<b>Bahan: {fmt.esc(area_name)}</b>", f"Halaman {page + 1} dari {pages}", ""]
    for asked in shown:
        lines.append(f"<b>{fmt.esc(fmt.one_line(asked.ask))}</b>")
        if asked.is_story:
            lines.append("Isi jawaban yang baik: " + fmt.esc("; ".join(asked.points)) + ".")
        else:
            lines.append(fmt.esc(asked.right))
        lines += [*_ground(asked), ""]
    return "\n".join(lines).rstrip()


def reading_list() -> str:
    """Where the reading begins."""
    return (
        "<b>Bahan latihan</b>\n\nSoal beserta jawaban dan dasarnya, untuk dibaca kapan saja. Pilih areanya."
    )


def area_name(area: Area | None) -> str:
    """ "Area 5 Penguatan Pengawasan"."""
    return GENERAL_NAME if area is None else f"Area {area.no} {area.name}"


def area_label(area: Area | None) -> str:
    """Short, for a button."""
    return "Umum" if area is None else f"Area {area.no}"


def coverage(found: Coverage) -> str:
    """In which areas people have drilled, for those who lead."""
    lines = ["<b>Cakupan latihan per area</b>", fmt.esc(found.unit.name), "", opening(found.opening), ""]
    told_any = False
    for area, band in found.lines:
        said = f"{band} orang atau lebih" if band is not None else "belum dapat ditampilkan"
        told_any |= band is not None
        lines.append(f"{'✓' if band is not None else '○'} {fmt.esc(area_name(area))}: {said}")
    lines += [
        "",
        f"Jumlah tampil mulai {SMALLEST} orang dan tidak pernah sampai semua orang, supaya tidak terbaca "
        "siapa yang ikut. Jawaban dan hasil perorangan tidak ditampilkan kepada siapa pun.",
    ]
    if not told_any and found.opening.is_open:
        lines.append("Belum tampil bisa berarti belum banyak yang latihan, atau timnya kecil.")
    return "\n".join(lines)


def invitation(unit: str, found: Opening) -> str:
    """The announcement that a coordinator may send, plain."""
    coming = " dan ".join(f"{stage_name(stage)} {fmt.day_long(day)}" for stage, day in found.days)
    return (
        f"Bapak/Ibu, {unit} menuju {coming}.\n\n"
        "Yang ingin berlatih menjawab penilai bisa ikut latihan wawancara, sekitar 5 menit sehari. Ketik "
        "/latihan di obrolan pribadi dengan bot ini, lalu ketuk Ikut. Ikut atau tidak adalah pilihan "
        "masing-masing, dan hasilnya hanya dilihat sendiri."
    )
