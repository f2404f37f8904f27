"""Wording of learning: reasons, questions to the coordinator, the team's list, the agency's answers."""

from collections.abc import Sequence
from datetime import datetime

from flows import fmt
from flows.learning.carrying import MOST_PROBLEMS_SHOWN
from flows.learning.entries import ACTIVE, DETAIL, DRAFT, QUESTIONS, RETIRED, RULE, SHORT
from flows.learning.questions import ANSWERED, CLOSED, OPEN, WITHDRAWN

# labels --------------------------------------------------------------------------------------------

SKIP, NOT_NOW, BACK_TO_LIST = "Lewati", "Tidak jadi", "‹ Daftar"
ASK_COORDINATOR = "Tanya koordinator"
ANSWER, ANSWER_SAVE, IGNORE, CLOSE = "Jawab", "Jawab dan simpan", "Abaikan", "Tutup saja"
NAMED, UNNAMED, REWRITE = "Ya", "Tanpa nama", "Ubah pertanyaan"
WITHDRAW, STATUS, ASK_AGAIN = "Tarik pertanyaan", "Lihat status", "Tanya lagi"
MY_QUESTIONS, TEAM_LIST = "Pertanyaan saya", "Pertanyaan tim"
TO_ANSWER, TO_REVIEW, ENTRIES_LABEL = "Untuk koordinator", "Perlu ditinjau", "Jawaban instansi"
APPROVE, REJECT, RETIRE, RESTORE = "Setujui", "Tolak", "Pensiunkan", "Aktifkan lagi"
EDIT_LABELS = {
    QUESTIONS: "Ubah pertanyaan",
    SHORT: "Ubah jawaban",
    DETAIL: "Ubah rincian",
    RULE: "Ubah dasar",
}
USE_POLICY, SEE_TOPIC, NATIONAL = "Kebijakan instansi", "Lihat jawabannya", "Aturan nasional"
EXCEL, YAML, IMPORT = "Unduh Excel", "Unduh YAML", "Impor berkas"
HELPFUL, NOT_QUITE = "Membantu", "Kurang tepat"
STATE_LABELS = {ACTIVE: "Berlaku", DRAFT: "Perlu ditinjau", RETIRED: "Pensiun"}
APPLY, CANCEL = "Terapkan", "Batal"

# toasts --------------------------------------------------------------------------------------------

THANKS_HELPFUL = "Terima kasih atas tanggapannya."
TOPIC_GONE = "Topik ini tidak ada lagi. Silakan tulis pertanyaannya."
REASON_KEPT = "Terima kasih, alasannya tercatat tanpa nama Anda."
WITHDRAWN_TOAST = "Pertanyaan ditarik."
CLOSED_TOAST = "Pertanyaan ditutup tanpa jawaban."
IGNORED_TOAST = "Diabaikan. Kelompok ini tidak tampil lagi di daftar."
ANSWERED_REACHED = "Terkirim kepada penanya, dan menunggu tinjauan admin instansi."
ANSWERED_UNREACHED = "Tersimpan untuk ditinjau admin. Penanya sedang tidak dapat dihubungi."
DRAFTED_FOR_ADMIN = "Tersimpan, menunggu tinjauan admin instansi."
DRAFTED = "Tersimpan sebagai rancangan. Periksa, lalu setujui agar dipakai."
CHANGED = "Perubahan tersimpan."
STATE_TOASTS = {
    ACTIVE: "Berlaku sekarang untuk semua orang di instansi.",
    RETIRED: "Tidak lagi dipakai menjawab.",
}
IMPORT_CANCELLED = "Impor dibatalkan. Tidak ada yang berubah."


def sent(reachable: int) -> str:
    """After a question was handed over."""
    if reachable:
        return f"Terkirim kepada {reachable} koordinator unit."
    return "Tersimpan di daftar koordinator. Saat ini mereka belum dapat dihubungi."


def applied(new: int, changed: int) -> str:
    """After an import."""
    return f"Diterapkan: {new} baru, {changed} berubah."


# reasons -------------------------------------------------------------------------------------------


def why(title: str) -> str:
    """Asks for the optional reason."""
    return (
        "Apa yang kurang tepat? Tulis singkat, atau lewati.\n\n"
        f"Tentang: {fmt.esc(title)}\n\n"
        "Tanggapan ini dibaca koordinator unit dan admin instansi tanpa nama Anda. "
        "Mohon tidak menulis data pribadi."
    )


# the asker -----------------------------------------------------------------------------------------


def ask_named(question: str, unit: str) -> str:
    """Before sending: with the name?"""
    return (
        f"Kirim ke koordinator unit {fmt.esc(unit)}. Sertakan nama Anda?\n\n"
        f"Pertanyaan: {fmt.esc(question)}\n\n"
        "Tanpa nama, koordinator hanya melihat pertanyaannya. Jawabannya dikirim ke obrolan ini."
    )


WRITE = (
    "Tulis pertanyaan untuk koordinator unit.\n\n"
    "Satu hal dalam satu pertanyaan. Anda bisa memilih menyertakan nama atau tidak setelah ini."
)

STATES = {
    OPEN: "Menunggu jawaban koordinator unit",
    ANSWERED: "Sudah dijawab",
    CLOSED: "Ditutup koordinator unit tanpa jawaban",
    WITHDRAWN: "Ditarik penanya",
}
ENTRY_NOTES = {
    DRAFT: "Jawaban ini sedang ditinjau admin instansi.",
    ACTIVE: "Jawaban ini sudah menjadi jawaban instansi.",
}
NOT_A_RULE = "Jawaban koordinator unit, bukan kutipan aturan."
MARKS = {OPEN: "○", ANSWERED: "✓", CLOSED: "!", WITHDRAWN: "↩"}


def status(
    unit: str, text: str, state: str, when: str, named: bool, answer: str, by: str, entry_state: str
) -> str:
    """One's own question as it stands."""
    parts = [
        f"{STATES[state]}.",
        f"Pertanyaan Anda kepada koordinator {fmt.esc(unit)}, {when}"
        f"{'' if named else ' (tanpa nama)'}:\n{fmt.esc(text)}",
    ]
    if state == ANSWERED:
        parts.append(f"Jawaban {fmt.esc(by)}:\n{fmt.esc(answer)}" if by else f"Jawaban:\n{fmt.esc(answer)}")
        parts.append("\n".join(line for line in (NOT_A_RULE, ENTRY_NOTES.get(entry_state, "")) if line))
    return "\n\n".join(parts)


def replied(text: str, answer: str, by: str) -> str:
    """The answer as it reaches its asker."""
    return "\n\n".join(
        (
            f"<b>{NOT_A_RULE}</b>",
            fmt.esc(answer),
            f"Pertanyaan Anda: {fmt.esc(text)}",
            f"Dijawab oleh {fmt.esc(by)}." if by else "",
        )
    ).strip()


def my_questions(lines: Sequence[str], total: int) -> str:
    """One's own questions."""
    if not lines:
        return "Anda belum pernah bertanya kepada koordinator unit.\n\nTulis dulu pertanyaannya kepada saya."
    return "\n".join((f"Pertanyaan Anda kepada koordinator unit: {total}.", "", *lines))


def question_line(number: int, text: str, state: str) -> str:
    """One line of a list of questions."""
    return f"{number}  {MARKS[state]} {fmt.esc(fmt.cut(fmt.one_line(text), 90))} · {STATES[state].lower()}"


# the coordinator -----------------------------------------------------------------------------------


def asked(asker: str, unit: str, text: str, when: str) -> str:
    """A waiting question, as the coordinator gets it."""
    who = fmt.esc(asker) if asker else "seorang anggota tim (tanpa nama)"
    return f"Pertanyaan untuk koordinator unit dari {who}.\n\n{fmt.esc(text)}\n\n{fmt.esc(unit)} · {when}"


def coordinator_view(
    asker: str,
    gone: bool,
    unit: str,
    text: str,
    when: str,
    state: str,
    answer: str,
    by: str,
    entry_state: str,
) -> str:
    """A question in the coordinator's list."""
    parts = [asked(asker, unit, text, when)]
    if gone and state == OPEN:
        parts.append("Penanya sudah tidak terdaftar; jawaban tetap bisa disimpan untuk instansi.")
    if state == OPEN:
        parts.append("Jawaban pertama yang terkirim dipakai; koordinator lain melihatnya di sini.")
        return "\n\n".join(parts)
    parts.append(f"{STATES[state]}{f' oleh {fmt.esc(by)}' if by and state != WITHDRAWN else ''}.")
    if answer:
        parts.append(fmt.esc(answer))
        parts.append(ENTRY_NOTES.get(entry_state, "Jawaban ini tidak dipakai sebagai jawaban instansi."))
    return "\n\n".join(parts)


def answer_prompt(text: str) -> str:
    """Asks the coordinator for the answer."""
    return (
        f"Tulis jawaban untuk: {fmt.esc(fmt.cut(text, 600))}\n\n"
        "Jawaban langsung terkirim kepada penanya dengan keterangan bahwa ini jawaban koordinator unit, "
        "lalu ditinjau admin instansi. Mohon tidak menulis data pribadi."
    )


def to_answer(unit: str, lines: Sequence[str], total: int) -> str:
    """Questions to the unit's coordinators."""
    if not lines:
        return f"Belum ada pertanyaan untuk koordinator {fmt.esc(unit)}.\n\nSemua sudah tertangani."
    return "\n".join((f"Pertanyaan untuk koordinator {fmt.esc(unit)}: {total}.", "", *lines))


# the team's list -----------------------------------------------------------------------------------

KINDS = {"tak-terjawab": "belum terjawab", "ragu": "saya ragu", "kurang": "dinilai kurang tepat"}


def team(place: str, lines: Sequence[str], total: int) -> str:
    """What the bot could not answer."""
    head = f"<b>Pertanyaan tim</b> · {fmt.esc(place)}"
    if not lines:
        return f"{head}\n\nTidak ada pertanyaan yang menunggu. Yang belum terjawab akan terkumpul di sini."
    intro = f"{total} kelompok pertanyaan belum terjawab dengan baik, tanpa nama penanya."
    return "\n".join((head, "", intro, "", *lines))


def group_line(number: int, text: str, kind: str, times: int) -> str:
    """One group."""
    asked_times = f" · {times} kali" if times > 1 else ""
    return f"{number}  {fmt.esc(fmt.cut(text, 110))} · {KINDS.get(kind, kind)}{asked_times}"


def unmet_group(texts: Sequence[str], kinds: Sequence[str], times: int, reasons: Sequence[str]) -> str:
    """One group in full."""
    said = ", ".join(dict.fromkeys(KINDS.get(kind, kind) for kind in kinds))
    parts = [f"<b>{fmt.esc(texts[0])}</b>", f"Ditanyakan {times} kali · {said}"]
    if len(texts) > 1:
        shown = [f"• {fmt.esc(fmt.cut(text, 160))}" for text in texts[1:8]]
        more = f"\ndan {len(texts) - 8} lagi" if len(texts) > 8 else ""
        parts.append("Ditulis juga:\n" + "\n".join(shown) + more)
    if reasons:
        parts.append("Alasan:\n" + "\n".join(f"• {fmt.esc(fmt.cut(why_, 200))}" for why_ in reasons[:6]))
    return "\n\n".join(parts)


UNMET_DONE = "Pertanyaan ini sudah ditangani.\n\nTidak ada lagi yang menunggu di kelompok ini."


def unmet_answer_prompt(text: str, admin: bool) -> str:
    """Asks for an answer to a group."""
    after = (
        "Setelah itu Anda memeriksa pertanyaan, dasar, dan rinciannya sebelum berlaku."
        if admin
        else "Admin instansi meninjaunya sebelum berlaku."
    )
    return (
        f"Tulis jawaban untuk: {fmt.esc(fmt.cut(text, 400))}\n\n"
        "Paragraf pertama menjadi jawaban singkat, selebihnya menjadi rincian. "
        f"{after}"
    )


# the agency's answers ------------------------------------------------------------------------------


def read_entry(short: str, detail: str, rule: str, agency: str, changed: datetime, zone: str) -> str:
    """An agency's answer, as people get it."""
    day = fmt.day_short(fmt.local(changed, zone).date())
    base = f"Dasar: {fmt.esc(rule)}" if rule else ""
    whose = f"Berlaku di {fmt.esc(agency)}, diperbarui {day}. Bukan kutipan aturan nasional."
    return "\n\n".join(
        part
        for part in (
            f"<b>Jawaban instansi:</b> {fmt.esc(short)}",
            fmt.esc(detail),
            "\n".join(line for line in (base, whose) if line),
        )
        if part
    )


def entries(agency: str, state: str, lines: Sequence[str], total: int, admin: bool) -> str:
    """A list of entries."""
    head = f"<b>Jawaban instansi</b> · {fmt.esc(agency)}"
    if lines:
        return "\n".join((head, "", f"{STATE_LABELS[state]}: {total}.", "", *lines))
    hint = "\nBuat dari Pertanyaan tim, atau impor dari berkas." if admin and state == ACTIVE else ""
    return f"{head}\n\n{STATE_LABELS[state]}: belum ada.{hint}"


def entry_line(number: int, questions: Sequence[str], short: str) -> str:
    """One entry."""
    return f"{number}  {fmt.esc(fmt.cut(questions[0] if questions else short, 100))}"


def entry(
    number: int, state: str, questions: Sequence[str], short: str, detail: str, rule: str, source: str
) -> str:
    """An entry as its keeper sees it."""
    shown = [f"• {fmt.esc(fmt.cut(question, 120))}" for question in questions[:10]]
    if len(questions) > 10:
        shown.append(f"dan {len(questions) - 10} lagi")
    parts = [
        f"<b>Jawaban instansi nomor {number}</b> · {STATE_LABELS[state].lower()}",
        "Pertanyaan:\n" + ("\n".join(shown) or "belum ada"),
        f"Jawaban singkat:\n{fmt.esc(short)}",
        f"Rincian:\n{fmt.esc(fmt.cut(detail, 1000))}" if detail else "",
        f"Dasar: {fmt.esc(rule) if rule else 'belum diisi'}",
        fmt.esc(source),
    ]
    return "\n\n".join(part for part in parts if part)


def source(unit: str, from_question: bool) -> str:
    """Where an entry came from."""
    if from_question:
        return f"Berasal dari jawaban koordinator {unit}."
    return f"Ditulis oleh koordinator {unit}." if unit else ""


def review_asked(unit: str, question: str, short: str) -> str:
    """An admin is told of a draft."""
    return (
        f"Jawaban dari koordinator {fmt.esc(unit)} menunggu tinjauan Anda.\n\n"
        f"Pertanyaan: {fmt.esc(fmt.cut(question, 300))}\n\n{fmt.esc(fmt.cut(short, 600))}\n\n"
        "Setelah disetujui, jawaban ini dipakai untuk semua orang di instansi."
    )


_EDIT_PROMPTS = {
    QUESTIONS: "Tulis pertanyaannya, satu baris satu pertanyaan, seperti orang biasa bertanya.",
    SHORT: "Tulis jawaban singkat yang baru.",
    DETAIL: "Tulis rinciannya. Kirim tanda - untuk mengosongkan.",
    RULE: "Tulis dasarnya, misalnya nama surat edaran, atau pilih kebijakan instansi. "
    "Kirim tanda - untuk mengosongkan.",
}


def edit_prompt(number: int, field: str, present: str) -> str:
    """Asks for the new value of a field."""
    now = f"Sekarang:\n{fmt.esc(present)}" if present else "Sekarang: belum diisi."
    return f"{_EDIT_PROMPTS[field]}\n\nJawaban instansi nomor {number}.\n{now}"


# import and export ---------------------------------------------------------------------------------


def exported(count: int) -> str:
    """Beside the file."""
    return (
        f"{count} jawaban instansi dalam satu berkas.\n\n"
        "Ubah atau tambah barisnya, lalu kirim kembali lewat Impor berkas. "
        "Kosongkan nomor untuk jawaban baru."
    )


ASK_FILE = (
    "Kirim berkas Excel (.xlsx) atau YAML berisi jawaban instansi.\n\n"
    "Susunannya sama dengan berkas dari Unduh Excel: pertanyaan (satu baris satu pertanyaan di dalam sel), "
    "jawaban, rincian, dasar, dan keadaan. Hasilnya ditampilkan dulu; belum ada yang berubah sebelum Anda "
    "menerapkannya."
)


def import_waiting(name: str) -> str:
    """The file is being read."""
    return f"Diterima, sedang dibaca: {fmt.esc(name)}.\n\nHasilnya muncul di obrolan ini."


def import_failed(name: str, why_: str) -> str:
    """The file cannot be used."""
    return f"Berkas {fmt.esc(name)} belum bisa dipakai.\n\n{fmt.esc(why_)} Tidak ada yang berubah."


def import_plan(name: str, new: int, changed: int, same: int, problems: Sequence[tuple[int, str]]) -> str:
    """The trial result."""
    parts = [
        f"Hasil uji coba {fmt.esc(name)}: {new} baru, {changed} berubah, {same} sama.",
        "Belum ada yang disimpan."
        if new + changed
        else "Tidak ada yang perlu disimpan; semuanya sudah sama."
        if same
        else "Tidak ada baris yang bisa disimpan.",
    ]
    if problems:
        shown = [
            f"! baris {at}: {fmt.esc(fmt.cut(why_, 180))}" for at, why_ in problems[:MOST_PROBLEMS_SHOWN]
        ]
        more = (
            f"\ndan {len(problems) - MOST_PROBLEMS_SHOWN} baris lain"
            if len(problems) > MOST_PROBLEMS_SHOWN
            else ""
        )
        parts.append(f"{len(problems)} baris bermasalah dan tidak ikut disimpan:\n" + "\n".join(shown) + more)
    return "\n\n".join(parts)


def import_done(name: str, new: int, changed: int, same: int) -> str:
    """After it was applied."""
    return (
        f"Impor {fmt.esc(name)} selesai: {new} baru, {changed} berubah, {same} sama.\n\n"
        "Jawaban yang aktif langsung dipakai untuk semua orang di instansi."
    )


def import_ended(name: str) -> str:
    """An import that was let go."""
    return f"Impor {fmt.esc(name)} dibatalkan.\n\nTidak ada yang berubah."
