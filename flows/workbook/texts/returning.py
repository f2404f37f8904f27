"""Wording of a file that came back: what would change, one change, how it ended."""

import html
from collections.abc import Sequence

from flows import fmt, item_words
from flows.checklist import stored
from flows.workbook.comparing import ANSWER, KEEP, TAKE, Change, Plan
from flows.workbook.reading import TOO_LONG, TWICE, UNKNOWN
from flows.workbook.service import FROZEN, SURVEY, View
from knowledge.answers import Index

ONE_BY_ONE, SEE_ALL, CANCEL, CLOSE = "Satu per satu", "Lihat semua", "Batal", "Tutup"
FROM_FILE, LEAVE, BACK_TO_RESULT, NEXT = "Pakai dari berkas", "Biarkan di bot", "‹ Hasil baca", "Lanjut ›"
READINESS, DOCUMENTS = "Lihat kesiapan", "Dokumen"
CANCELLED = "Berkas dilepas. Isian tidak berubah."
DECIDED = "Dicatat. Belum disimpan."
NOTHING_SAVED = "Belum ada yang disimpan sebelum Anda setujui."
SHOWN, PAGE, SHOWN_TROUBLES, NOTE_CHARS = 8, 12, 4, 600
_TROUBLE = {
    TOO_LONG: "lebih dari 2.000 huruf",
    UNKNOWN: "id tidak dikenal",
    TWICE: "id muncul dua kali",
}


def ask_file(unit_name: str) -> str:
    """How to send a file back."""
    return (
        f"Kirim berkas LKE {fmt.bold(unit_name)} yang sudah Anda ubah.\n\n"
        "Yang diterima: LKE Excel, Data JSON, atau lke.csv dari menu Dokumen. Jawaban dan penjelasan unit "
        "diubah oleh yang mengisi areanya; kolom TPI oleh penilai yang ditugaskan.\n\n"
        f"{NOTHING_SAVED}"
    )


def save_label(count: int) -> str:
    """The button that writes."""
    return f"Simpan {count} perubahan"


def _said(change: Change, code: str | None) -> str:
    """An answer's code in words."""
    if not code:
        return "kosong"
    answer = stored.from_code(change.item, code)
    if isinstance(answer, Index):
        return fmt.short_number(answer.value, 4)
    return item_words.answer(change.item, answer) if answer is not None else code


def line(change: Change) -> str:
    """One change in a line, HTML."""
    who = "TPI · " if change.side == "tpi" else ""
    sign = "! " if change.conflict else ""
    if change.part == ANSWER:
        what = f"{_said(change, change.now)} menjadi {_said(change, change.file)}"
    else:
        name = "catatan" if change.side == "tpi" else "penjelasan"
        what = f"{name} {'dikosongkan' if change.empties else 'diubah' if change.now else 'diisi'}"
    tail = " (juga berubah di bot)" if change.conflict else ""
    chosen = {TAKE: " · pakai berkas", KEEP: " · biarkan"}.get(change.decided, "")
    return f"{sign}{who}{change.item.number}: {fmt.esc(what)}{tail}{chosen}"


def plain_line(change: Change) -> str:
    """The same for a terminal."""
    return html.unescape(line(change))


def why_not(raw: str, why: str) -> str:
    """Why a cell or line is left out, plain text."""
    return _TROUBLE.get(why, f"berisi “{raw}”")


def result(view: View, plan: Plan, zone_name: str) -> str:
    """What the file would change."""
    allowed = plan.allowed
    count = len(allowed)
    first = f"{count} perubahan dari berkas Anda." if count else "Tidak ada perubahan yang bisa diterapkan."
    unit = view.where.unit
    lines = [
        first,
        "",
        f"<b>{fmt.esc(unit.name)}, {view.where.assessment.year}</b> · "
        f"{fmt.esc(fmt.cut(view.row.file_name, 50))}",
    ]
    if view.exported_at is not None:
        lines.append(f"Diunduh dari bot {fmt.moment(view.exported_at, zone_name)}.")
    lines += ["", *[line(change) for change in allowed[:SHOWN]]] if allowed else []
    if count > SHOWN:
        lines.append(f"… dan {count - SHOWN} lagi.")
    if plan.open:
        lines += [
            "",
            f"! {len(plan.open)} perlu Anda pilih satu per satu: juga berubah di bot sejak diunduh, atau "
            "dikosongkan di berkas. Tanpa pilihan, isian di bot tetap.",
        ]
    lines += _refused(plan.refused)
    lines += _troubles(view)
    return "\n".join([*lines, "", NOTHING_SAVED])


def _refused(refused: Sequence[Change]) -> list[str]:
    lines = []
    fed = [change for change in refused if change.refused == SURVEY]
    frozen = [change for change in refused if change.refused == FROZEN]
    others = [change for change in refused if change.refused not in {SURVEY, FROZEN}]
    if others:
        numbers = ", ".join(dict.fromkeys(change.item.number for change in others[:6]))
        more = ", …" if len(others) > 6 else ""
        lines += ["", f"{len(others)} perubahan di luar bagian Anda tidak diterapkan: {numbers}{more}."]
    if frozen:
        lines += [
            "",
            f"{len(frozen)} nilai atau catatan TPI tidak diterapkan: putaran sudah disahkan, jadi nilainya "
            "terkunci. Isian lama tetap; ketua TPI dapat membuka putaran berikutnya.",
        ]
    if fed:
        lines += ["", "Indeks survei diubah lewat daftar Survei, jadi tidak diterapkan dari berkas."]
    return lines


def _troubles(view: View) -> list[str]:
    if not view.troubles:
        return []
    lines = ["", f"{len(view.troubles)} tidak terbaca, jadi dilewati:"]
    for where, item_id, raw, why in view.troubles[:SHOWN_TROUBLES]:
        node = view.where.instrument.by_id.get(item_id)
        number = f" ({node.number})" if node is not None and hasattr(node, "number") else ""
        lines.append(f"• {fmt.esc(where)}{number}: {fmt.esc(why_not(raw, why))}")
    if len(view.troubles) > SHOWN_TROUBLES:
        lines.append("• …")
    return lines


def listed(plan: Plan, page: int) -> str:
    """A page of every change."""
    changes = plan.allowed
    first = page * PAGE
    lines = [f"Perubahan {first + 1} sampai {min(first + PAGE, len(changes))} dari {len(changes)}.", ""]
    shown = changes[first : first + PAGE]
    lines += [f"{place}  {line(change)}" for place, change in enumerate(shown, first + 1)]
    return "\n".join([*lines, "", "Ketuk nomornya untuk melihat dan memilih."])


def one(change: Change, place: int, total: int, who: str) -> str:
    """One change with what it was, what it is now and what the file says."""
    side = "kolom TPI" if change.side == "tpi" else "kolom unit"
    lines = [f"Perubahan {place} dari {total}, {side}.", "", item_words.heading(change.item), ""]
    by = f" · oleh {fmt.esc(who)}" if who and change.now else ""
    if change.part == ANSWER:
        lines += [f"<b>{option.key}</b>  {fmt.esc(option.text)}" for option in change.item.options]
        lines += [""] if change.item.options else []
        if change.before is not None:
            lines.append(f"Saat diunduh: {fmt.esc(_said(change, change.before))}")
        lines.append(f"Sekarang di bot: {fmt.esc(_said(change, change.now))}{by}")
        lines.append(f"Di berkas: <b>{fmt.esc(_said(change, change.file))}</b>")
    else:
        now = fmt.cut(change.now, NOTE_CHARS) or "kosong"
        file = fmt.cut(change.file, NOTE_CHARS) or "kosong"
        lines += [
            f"Sekarang di bot{by}:",
            f"<i>{fmt.esc(now)}</i>",
            "",
            "Di berkas:",
            f"<i>{fmt.esc(file)}</i>",
        ]
    if change.conflict:
        lines += ["", "! Isian ini juga berubah di bot sejak berkas diunduh."]
    if change.decided:
        lines += [
            "",
            "Pilihan Anda: " + ("pakai dari berkas." if change.decided == TAKE else "biarkan di bot."),
        ]
    return "\n".join(lines)


def saved(view: View) -> str:
    """What was written."""
    facts = view.facts
    parts = [
        (facts.get("answers", 0), "jawaban unit"),
        (facts.get("notes", 0), "penjelasan unit"),
        (facts.get("tpi_answers", 0), "jawaban TPI"),
        (facts.get("tpi_notes", 0), "catatan TPI"),
    ]
    said = ", ".join(f"{count} {name}" for count, name in parts if count) or "tidak ada perubahan"
    return (
        f"✓ Tersimpan dari berkas: {said}.\n\n"
        f"{fmt.bold(view.where.unit.name)}, {view.where.assessment.year}. Riwayat tiap indikator mencatat "
        "perubahannya. Unduh lagi LKE Excel bila ingin melanjutkan di Excel."
    )


def ended() -> str:
    """A file that was let go."""
    return "Berkas ini sudah dilepas.\n\nIsian tidak berubah karenanya. Kirim lagi bila perlu."


def saved_toast(facts: dict[str, int]) -> str:
    """After saving."""
    return f"{sum(facts.values())} perubahan tersimpan."
