"""Wording of Kesiapan pelayanan publik."""

from collections.abc import Sequence

from flows import fmt
from flows.checklist.service import Change
from flows.item_words import Reader
from flows.servicecheck.service import Here, View
from knowledge.instrument import Area, Indicator
from knowledge.service_check import DONE, NOT_YET, PARTLY, State

TITLE = "Kesiapan pelayanan publik"
GO_ON, MEND, ALL, READINESS = "Lanjutkan", "Benahi dulu", "Semua komponen", "Kesiapan"
NOTE, EDIT_NOTE, READ_NOTE, TASK, HISTORY = (
    "Beri catatan",
    "Ubah catatan",
    "Baca catatan",
    "Jadikan tugas",
    "Riwayat",
)
SEE_TASK, CLEAR, BEFORE, AFTER = "Lihat tugas", "Kosongkan", "‹ Sebelum", "Lanjut ›"
OLDER, NEWER = "Lebih lama ›", "‹ Lebih baru"
OPTIONS = {DONE: "Sudah", PARTLY: "Sebagian", NOT_YET: "Belum"}
NOBODY = "belum ada PIC"
SAID = {DONE: "sudah", PARTLY: "sebagian", NOT_YET: "belum"}
MARKS = {DONE: "✓", PARTLY: "○", NOT_YET: "!"}
STATE_MARKS = {State.READY: "✓", State.NEARLY: "○", State.OPEN: "○", State.NOT_READY: "!"}
MEANING = (
    "<b>Siap</b>: semua sudah. <b>Hampir siap</b>: tidak ada yang belum, tinggal yang sebagian. "
    "<b>Belum siap</b>: masih ada yang belum."
)

ALL_ANSWERED = "Semua pertanyaan sudah terjawab."
COMPLETE = "Komponen ini sudah terjawab semua."
CLEARED = "Jawaban dikosongkan. Catatan dan riwayatnya tetap ada."
CLEARED_ALREADY = "Jawaban memang sudah kosong."
CLASH = "Baru saja diubah orang lain, jadi belum disimpan. Ini keadaan terbaru; pilih lagi bila perlu."
NOTE_SAVED = "Catatan tersimpan."
NOTE_SAME = "Catatan sudah tersimpan persis seperti itu."
NOTE_CLASH = (
    "Catatan ini baru saja diubah orang lain, jadi tulisan Anda belum disimpan. Tulisan Anda masih ada di "
    "percakapan ini: gabungkan bila perlu, lalu kirim lagi."
)
BAD_BUTTON = "Tombol ini tidak cocok dengan pertanyaannya. Ini keadaan terbaru."
TASK_MADE = "Tugas tercatat. Ketuk Ubah untuk PIC dan batas waktunya."
TASK_THERE = "Tugasnya sudah tercatat. Ini keadaannya."


def saved(key: str) -> str:
    """Plain text for a toast."""
    return f"Tersimpan: {SAID[key]}."


def same(key: str) -> str:
    """Plain text for a toast."""
    return f"Sudah tersimpan: {SAID[key]}."


def result(found: Here) -> str:
    """How ready the whole is, in words."""
    return found.state.value if found.given else "belum diisi"


def start(found: Here, to_mend: int) -> str:
    """The five components and what the whole is."""
    lines = [f"<b>{TITLE}: {result(found)}</b>", "", f"{fmt.esc(found.unit.name)}, {found.year}"]
    lines += ["", *(_part_line(no, part, found) for no, part in enumerate(found.parts, 1)), ""]
    lines.append(f"Terjawab {found.done(found.questions)} dari {len(found.questions)} pertanyaan.")
    if to_mend:
        lines.append(f"! {to_mend} hal perlu dibenahi.")
    if found.closed:
        lines.append(f"Tahun {found.year} sudah ditutup: hanya dibaca.")
    return "\n".join([*lines, MEANING, "", *_nature(found)])


def _part_line(no: int, part: Area, found: Here) -> str:
    done, state = found.done(part.indicators), found.state_of(part)
    said = state.value if done else "belum diisi"
    counted = f"{done} dari {len(part.indicators)} terjawab"
    return f"{no}  {STATE_MARKS[state]} {fmt.esc(part.name)}: {said} · {counted}"


def _nature(found: Here) -> list[str]:
    return [f"<i>{fmt.esc(found.check.nature)} {fmt.esc(found.check.theirs)}</i>"]


def part(found: Here, which: Area, keepers: Sequence[str]) -> str:
    """One component: its questions with what was answered."""
    done = found.done(which.indicators)
    said = found.state_of(which).value if done else "belum diisi"
    lines = [
        f"<b>{fmt.esc(which.name)}: {said}</b>",
        "",
        f"Komponen {which.no} dari {len(found.parts)} · {TITLE}",
    ]
    lines += ["", *(_question_line(each, found) for each in which.indicators)]
    return "\n".join([*lines, "", f"Diisi pokja {' dan '.join(keepers)}, atau koordinator unit."])


def _question_line(item: Indicator, found: Here) -> str:
    key = found.given.get(item.id, "")
    said = SAID.get(key, "belum dijawab")
    return f"{item.index}  {MARKS.get(key, '○')} {fmt.esc(item.title)}: {said}"


def question(view: View, reader: Reader) -> str:
    """A question in full."""
    item, basis = view.item, view.here.check.basis[view.item.id]
    name = view.here.parts[item.area_no - 1].name
    lines = [
        f"{fmt.esc(name)} · {item.index} dari {item.of}",
        "",
        f"<b>{item.number}  {fmt.esc(item.title)}</b>",
    ]
    lines += ["", fmt.esc(item.question), "", "Yang diperlihatkan bila ditanya:"]
    lines += [f"• {fmt.esc(each)}" for each in item.evidence]
    kind = "" if basis.must else " (anjuran untuk nilai tertinggi)"
    lines += ["", f"Dasar: {fmt.esc(basis.rule)}{kind}"]
    if basis.caution:
        lines.append(f"<i>! {fmt.esc(basis.caution)}</i>")
    if view.lke:
        lines.append(f"Hal yang sama di LKE: {', '.join(view.lke)}. Jawaban di sini tidak mengubahnya.")
    lines += ["", *_answer(view, reader), *_tasks(view)]
    return "\n".join([*lines, "", _hint(view)])


def _answer(view: View, reader: Reader) -> list[str]:
    row, item = view.row, view.item
    if row is None or not view.key:
        lines = ["Jawaban: belum ada"]
    else:
        lines = [f"Jawaban: <b>{SAID[view.key]}</b> · {reader.by(view.answered_by, row.answered_at)}"]
        if view.key != DONE:
            lines.append(f"Supaya sudah: {fmt.esc(item.work)}.")
    if row is not None and row.note:
        short = fmt.cut(fmt.one_line(row.note), 300)
        lines.append(f"Catatan: “{fmt.esc(short)}” · {reader.by(view.note_by, row.note_at)}")
    return lines


def _tasks(view: View) -> list[str]:
    lines = []
    for task, person in view.tasks:
        day = task.promised_on or task.due_on
        when = f", batas {fmt.day_short(day)}" if day is not None else ""
        lines.append(f"Tugas: {fmt.esc(person.name) if person is not None else NOBODY}{when}")
    return lines


def _hint(view: View) -> str:
    if view.may_answer:
        return "Untuk menjawab, ketuk atau ketik sudah, sebagian, atau belum."
    if view.here.closed:
        return f"Tahun {view.here.year} sudah ditutup: hanya dibaca."
    return "Dijawab pokjanya atau koordinator unit; Anda dapat membacanya."


def note(view: View, reader: Reader) -> str:
    """The note, and for those who write it the prompt."""
    item, row = view.item, view.row
    lines = [f"<b>Catatan {item.number}  {fmt.esc(item.title)}</b>", ""]
    if row is not None and row.note:
        lines += [fmt.esc(row.note), "", reader.by(view.note_by, row.note_at).capitalize(), ""]
    if not view.may_answer:
        return "\n".join(lines if row is not None and row.note else [*lines, "Belum ada catatan."])
    how = "Tulisan baru menggantikan yang lama." if row is not None and row.note else ""
    asked = "Tulis keadaannya dengan singkat: di mana buktinya, apa yang kurang."
    return "\n".join([*lines, f"{asked} {how}".strip()])


def mend(found: Here, items: Sequence[Indicator], first: int, total: int, tasked: frozenset[str]) -> str:
    """One page of what to mend first."""
    if not total:
        said = ALL_ANSWERED if found.done(found.questions) == len(found.questions) else ""
        head = "<b>Tidak ada yang perlu dibenahi dari yang sudah dijawab.</b>"
        return f"{head}\n\n{said or 'Masih ada pertanyaan yang belum dijawab.'}"
    lines = [
        f"<b>Benahi dulu: {total} hal</b>",
        "",
        "Kewajiban menurut aturan didahulukan; yang belum, sebelum yang sebagian.",
    ]
    for number, item in enumerate(items, first):
        basis = found.check.basis[item.id]
        kind = "wajib" if basis.must else "anjuran"
        about = f"{SAID[found.given[item.id]]} · {kind} · {fmt.esc(basis.rule)}"
        held = " · ada tugasnya" if item.id in tasked else ""
        work = f"{item.work[:1].upper()}{item.work[1:]}"
        lines += ["", f"{number}  {MARKS[found.given[item.id]]} {fmt.esc(work)}", f"    {about}{held}"]
    return "\n".join([*lines, "", "Ketuk nomornya untuk membuka, atau menjadikannya tugas."])


def history(item: Indicator, changes: Sequence[Change], reader: Reader, page: int) -> str:
    """One page of changes, newest first."""
    lines = [
        f"Riwayat {item.number}" + (f" · halaman {page + 1}" if page else ""),
        "",
        f"<b>{fmt.esc(item.title)}</b>",
    ]
    if not changes:
        lines += ["", "Belum ada perubahan." if not page else "Tidak ada perubahan yang lebih lama."]
    for change in changes:
        lines += [
            "",
            f"{reader.when(change.at)} · {fmt.esc(fmt.cut(reader.name(change.who), 60))}",
            _change(change),
        ]
    return "\n".join(lines)


def _change(change: Change) -> str:
    if change.kind == "note":
        text = fmt.cut(fmt.one_line(str(change.after.get("note", ""))), 160)
        return f"Catatan: “{fmt.esc(text)}”"
    before, after = (SAID.get(str(side.get("choice")), "kosong") for side in (change.before, change.after))
    return f"Dijawab {after}" if before == "kosong" else f"Jawaban {before} menjadi {after}"


def forward(found: Here, to_mend: Sequence[Indicator], today: str) -> str:
    """The result as text for another chat app. HTML without names of people."""
    lines = [f"{TITLE}, {today}", f"{fmt.esc(found.unit.name)} · {result(found)}", ""]
    for each in found.parts:
        done, state = found.done(each.indicators), found.state_of(each)
        said = state.value if done else "belum diisi"
        lines.append(f"{each.no}. {fmt.esc(each.name)}: {said} ({done} dari {len(each.indicators)} terjawab)")
    if to_mend:
        lines += ["", "Perlu dibenahi lebih dulu:"]
        lines += [f"- {fmt.esc(item.work[:1].upper() + item.work[1:])}" for item in to_mend[:5]]
    return "\n".join([*lines, "", found.check.nature])
