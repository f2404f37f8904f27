"""Wording of a unit's way after the submission."""

from collections.abc import Mapping

from flows import fmt
from flows.models import Person, StageResult, Task
from flows.season.noting import allowed
from flows.season.service import Way
from knowledge.after import FINAL, OBJECTION, PASSED, SELECTION, Step, after

TITLE = "Setelah pengajuan"
RESULTS: Mapping[str, str] = {
    "": "belum ada hasil",
    "lolos": "lolos",
    "catatan": "lolos dengan catatan",
    "tidak": "tidak lolos",
    "panel": "dibawa ke panel",
    "diterima": "diterima",
    "ditolak": "ditolak",
}
LABELS: Mapping[str, str] = {
    "lolos": "Lolos",
    "catatan": "Lolos, ada catatan",
    "tidak": "Tidak lolos",
    "panel": "Dibawa ke panel",
    "diterima": "Diterima",
    "ditolak": "Ditolak",
}
CLEAR, DAY, NOTE = "Belum ada hasil", "Ubah tanggal", "Tulis catatan"
MORE, MORE_KEPT = "Tentang tahap ini", "Tentang pemantauan"
OBJECT, KEEP, LHE, YEAR = "Catat sanggahan", "Menjaga predikat", "Catatan LHE", "Tahun {year}"
BACK_HERE = "Setelah pengajuan"
PREPARE = "Menjelang evaluasi"
SAVED, SAME_DAY = "Tersimpan.", "Hasil dicatat bertanggal hari ini; ubah bila diumumkan hari lain."
OBJECTION_SAVED = "Sanggahan dicatat sebagai tugas."
OBJECTION_DAY = "Sanggahan dicatat sebagai tugas. Isi batas waktunya."
_WELL, _OVER = frozenset({"lolos", "catatan", "panel", "diterima"}), frozenset({"tidak", "ditolak"})


def head(way: Way, title: str = TITLE) -> str:
    """The first lines of every screen of the unit's year."""
    return f"<b>{title} {way.year}</b>\n{fmt.esc(way.unit.name)}"


def way(found: Way) -> str:
    """Where the unit stands, stage by stage, and what comes next."""
    results = found.results
    lines = [head(found), *_pick(found), ""]
    lines += [_line(step, found.rows.get(step.id), found) for step in shown(found)]
    lines += ["", *_next(found, results)]
    if found.objections:
        lines += ["", "<b>Sanggahan</b>", *(_objection(task) for task in found.objections[:5])]
    return "\n".join([*lines, "", after().caution])


def shown(found: Way) -> list[Step]:
    """The stages that concern the unit: none after an end, no objection without a ground."""
    ended = after().ended_at(found.results)
    return [
        step
        for step in after().steps
        if after().happens(step, found.results)
        and (ended is None or step.no <= ended.no or step.id == OBJECTION or step.id in found.results)
    ]


def _pick(found: Way) -> list[str]:
    told = found.entry.told if found.entry is not None else ""
    if told:
        return ["", f"✓ Instansi mengusulkan unit ini menuju {told}."]
    if found.round is not None and found.round.announced_at is not None and not found.results:
        return [
            "",
            "Unit ini tidak termasuk usulan instansi yang sudah diumumkan. Tanyakan ke admin instansi.",
        ]
    return []


def _line(step: Step, row: StageResult | None, found: Way) -> str:
    result = row.result if row is not None else ""
    sign = "✓" if result in _WELL else "!" if result in _OVER else "○"
    day = f", {fmt.day_short(row.decided_on)}" if row is not None and row.decided_on and result else ""
    planned = found.planned.get(step.id)
    if not result and planned is not None:
        day = f", jadwal unit {fmt.day_short(planned)} ({fmt.distance(planned, found.today)})"
    more = " · ada catatan" if row is not None and row.note else ""
    return f"{sign} {step.short}: {RESULTS[result]}{day}{more}"


def _next(found: Way, results: Mapping[str, str]) -> list[str]:
    """What is asked now: the advice of the last result, then the stage that comes."""
    ended, last = after().ended_at(results), after().furthest(results)
    said = []
    at = ended or last
    if at is not None and (advice := at.next.get(results[at.id])):  # type: ignore[call-overload]  # results are codes
        said.append(advice)
    coming = after().waiting(results)
    if ended is not None and results.get(OBJECTION) == "ditolak":
        said = ["Sanggahan ditolak, jadi unit tidak lanjut tahun ini."]
    if results.get(FINAL) == PASSED:
        head_ = "<b>Sekarang: berpredikat</b>"
    elif ended is not None and ended.id == SELECTION and not results.get(OBJECTION):
        head_ = "<b>Sekarang: tidak lolos seleksi administrasi, selama masa sanggah masih dapat disanggah</b>"
    elif ended is not None:
        head_ = f"<b>Sekarang: berhenti di {ended.short.lower()}</b>"
        if ended.id != FINAL:
            said.append("Bila LHE atau catatannya sudah diterima, isi di Catatan LHE untuk tahun berikutnya.")
    elif coming is not None:
        head_ = f"<b>Sekarang: menunggu {coming.short.lower()}</b>"
    else:
        head_ = "<b>Sekarang: semua tahap ada hasilnya</b>"
    steps = [f"• {what}" for what in coming.what] if coming is not None else []
    rule = [f"Dasar: {coming.rule}"] if coming is not None and coming.rule else []
    return [head_, *said, *steps, *rule]


def _objection(task: Task) -> str:
    day = f", batas {fmt.day_short(task.due_on)}" if task.due_on else ", batas belum diisi"
    sign = "✓" if task.state == "done" else "○"
    return f"{sign} {fmt.esc(fmt.cut(task.title, 120))}{day}"


def stage(found: Way, step: Step, row: StageResult | None, by: Person | None) -> str:
    """One stage: what it is, what came of it."""
    result = row.result if row is not None else ""
    lines = [f"<b>{step.name}</b>", f"{fmt.esc(found.unit.name)} · {found.year}", ""]
    lines.append(f"Hasil: {RESULTS[result]}")
    if row is not None and row.decided_on is not None and result:
        lines[-1] += f", {fmt.day_short(row.decided_on)}"
    if row is not None and row.note:
        lines.append(f"Catatan: {fmt.esc(row.note)}")
    if row is not None and by is not None:
        who = "mantan anggota" if by.deleted_at is not None else by.name
        lines.append(f"Dicatat {fmt.esc(who)}")
    lines += ["", f"Oleh: {step.who}", *(f"• {what}" for what in step.what)]
    if step.timing:
        lines.append(f"Waktu: {step.timing}")
    if step.note:
        lines.append(step.note)
    if step.practice is not None:
        lines.append(
            f"Praktik sampai {step.practice.valid_until}: {step.practice.text} Periksa surat tahun berjalan."
        )
    if step.rule:
        lines.append(f"Dasar: {step.rule}")
    if found.may_edit:
        lines += ["", _ask(found, step)]
    return "\n".join(lines)


def _ask(found: Way, step: Step) -> str:
    """What an editor can do here, and why not more."""
    open_ = allowed(found, step)
    if not open_:
        ended = after().ended_at(found.results)
        where = ended.short.lower() if ended is not None else "tahap sebelumnya"
        return f"Tahap ini tidak diisi, karena unit berhenti di {where}."
    less = "" if open_ == step.results else " Pilihan lain terbuka bila hasil tahap sesudahnya dikosongkan."
    return f"Ketuk hasil yang sudah Anda terima dari instansi atau sistem Kementerian PANRB.{less}"


def ask_day(found: Way, step: Step) -> str:
    """Prompt for the day of the result."""
    return (
        f"<b>Tanggal hasil {step.short.lower()}</b>\n{fmt.esc(found.unit.name)} · {found.year}\n\n"
        "Ketik tanggal hasilnya diumumkan, misalnya: <i>4 juli</i> atau <i>kemarin</i>."
    )


def ask_note(found: Way, step: Step, row: StageResult | None) -> str:
    """Prompt for a note on a stage."""
    old = f"\n\nCatatan sekarang: {fmt.esc(row.note)}" if row is not None and row.note else ""
    return (
        f"<b>Catatan {step.short.lower()}</b>\n{fmt.esc(found.unit.name)} · {found.year}{old}\n\n"
        "Ketik catatannya dalam satu pesan. Yang lama diganti."
    )


def ask_objection(found: Way, step: Step) -> str:
    """Prompt for what is objected to."""
    what = "\n".join(f"• {each}" for each in step.what)
    return (
        f"<b>Catat sanggahan</b>\n{fmt.esc(found.unit.name)} · {found.year}\n\n{what}\n{step.note}\n"
        f"Dasar: {step.rule}\n\n"
        "Tulis apa yang disanggah dan alasannya, lalu batas waktunya di baris kedua. Misalnya:\n"
        "<i>nilai area 5 dinilai tidak sesuai, bukti WBS ada\n6 juli</i>\n\n"
        "Ini dicatat sebagai tugas tim dan diingatkan; sanggahannya sendiri dikirim instansi lewat sistem "
        "Kementerian PANRB."
    )


def kept(found: Way) -> str:
    """What holds once the unit has the predicate."""
    lines = [f"• {each.text}\n  <i>{each.rule}</i>" for each in after().kept.lines]
    has = found.results.get(FINAL) == PASSED
    first = "Unit ini tercatat berpredikat." if has else "Berlaku setelah unit berpredikat."
    return "\n".join(
        ["<b>Menjaga predikat</b>", fmt.esc(found.unit.name), "", first, *lines, "", after().kept.unknown]
    )


def pick_told(unit: str, year: int, target: str) -> str:
    """News to a unit's coordinator and head about the agency's choice."""
    if target:
        return (
            f"<b>{fmt.esc(unit)} diusulkan menuju {target} tahun {year}</b>\n\n"
            "Instansi memilih unit Anda. Lihat tahap berikutnya dan yang perlu disiapkan di "
            "Setelah pengajuan."
        )
    return (
        f"<b>{fmt.esc(unit)} tidak jadi diusulkan tahun {year}</b>\n\n"
        "Instansi mengubah pilihannya. Bila ada pertanyaan, hubungi admin instansi."
    )
