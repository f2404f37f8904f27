"""The card of one item, its reason, its private notes and its history."""

from collections.abc import Sequence

from flows import fmt
from flows.assess.service import NOTE_LIMIT, Card
from flows.checklist import stored
from flows.checklist.service import Change
from flows.evidence.service import OUTSIDE, Piece, state_of
from flows.item_words import Reader, answer, heading
from flows.models import Person, TpiFinding, TpiNote
from knowledge.answers import Answer, Item
from knowledge.instrument import INDEX_SCALE, Indicator
from knowledge.phrases import Phrase
from knowledge.typed_ratio import example

SAME, REASON, EDIT_REASON, FINDING = "Sama dengan unit", "Tulis alasan", "Ubah alasan", "Catatan untuk unit"
EVIDENCE, HISTORY, UNIT_HISTORY, CLEAR = "Bukti dukung", "Riwayat nilai", "Riwayat unit", "Hapus nilai"
BEFORE, AFTER, TO_CARD, LATER, TYPE_AGAIN = "‹ Sebelum", "Lanjut ›", "‹ Kartu", "Nanti saja", "Ketik ulang"
NEXT_DIFFERENT, NEXT_WAITING = "Beda berikutnya", "Belum dinilai ›"
CLEAR_NOTE, OLDER, NEWER, SHOW_ITEM = "Hapus catatan saya", "Lebih lama ›", "‹ Lebih baru", "Lihat indikator"
CLEARED, NOTHING, REASON_SAVED, NOTE_SAVED, NOTE_GONE = (
    "Nilai TPI dihapus. Riwayatnya tetap ada.",
    "Nilai TPI memang belum ada.",
    "Alasan tersimpan.",
    "Catatan internal tersimpan. Unit tidak melihatnya.",
    "Catatan internal Anda dihapus.",
)
CLASH = "Nilai ini baru saja diubah penilai lain, jadi isian Anda belum disimpan. Ini keadaan terbaru."
BAD_BUTTON = "Tombol ini tidak cocok lagi dengan indikatornya. Ini keadaan terbaru."
STATES = {
    "draft": "rancangan",
    "open": "menunggu tanggapan",
    "answered": "sudah ditanggapi",
    "done": "selesai",
}
SHOWN_PIECES = 6


def notes(count: int) -> str:
    """Label of the private notes."""
    return f"Catatan internal ({count})" if count else "Catatan internal"


def finding(number: int) -> str:
    """Label that opens one of the item's findings."""
    return f"Catatan {number}"


def saved(item: Item, given: Answer) -> str:
    """Plain text for a toast."""
    return f"Nilai TPI tersimpan: {answer(item, given)}"


def card(view: Card, reader: Reader) -> str:
    """An item with everything that a judgement needs."""
    one = view.item
    lines = [_crumb(view), "", heading(one), "", fmt.esc(one.question), ""]
    lines += [f"<b>{option.key}</b>  {fmt.esc(option.text)}" for option in one.options]
    if not one.options and isinstance(one, Indicator):
        lines += [f"• {fmt.esc(each.label)}" for each in one.inputs]
    lines += ["", *_unit(view, reader), "", *_theirs(view, reader)]
    if view.desk.locked:
        lines += ["", fmt.esc(view.desk.locked)]
    elif view.line.fed:
        lines += ["", "Nilai ini dari daftar survei unit, jadi tidak dinilai di sini."]
    elif not view.may_judge:
        lines += ["", "Hanya dibaca: bagian ini dinilai anggota tim TPI lain."]
    else:
        lines += ["", hint(one, view.line.theirs is not None)]
    return "\n".join(lines)


def _crumb(view: Card) -> str:
    row = view.desk.row
    said = [fmt.esc(view.desk.where.unit.name), f"putaran {row.no}" if row is not None else "putaran 1"]
    return "Nilai TPI · " + " · ".join(said)


def _unit(view: Card, reader: Reader) -> list[str]:
    line = view.line
    if line.own is None:
        lines = ["Jawaban unit: belum ada"]
    else:
        by = "" if line.fed else f" · {reader.by(view.answered_by, line.answered_at)}"
        lines = [f"Jawaban unit: <b>{fmt.esc(answer(view.item, line.own))}</b>{by}"]
    row = view.desk.row
    if view.late and row is not None and row.cutoff_on is not None:
        lines.append(f"! Diisi setelah batas isi putaran {row.no} ({fmt.day_short(row.cutoff_on)}).")
    lines += _evidence(view)
    if view.note:
        lines += ["Penjelasan unit:", f"<blockquote>{fmt.esc(fmt.cut(view.note, 700))}</blockquote>"]
    else:
        lines.append("Penjelasan unit: belum diisi")
    return lines


def _evidence(view: Card) -> list[str]:
    found = view.evidence
    if not found.uses:
        return ["! Bukti dukung: belum ada"]
    lines = [f"Bukti dukung: {len(found.uses)}"]
    for number, piece in enumerate(found.uses[:SHOWN_PIECES], 1):
        lines.append(f"{number}. {_piece(view, piece)}")
    if len(found.uses) > SHOWN_PIECES:
        lines.append(f"… dan {len(found.uses) - SHOWN_PIECES} lagi.")
    missing = [found.item.evidence[place] for place in found.expected_missing]
    if missing:
        lines.append(f"Contoh yang belum ada: {fmt.esc(fmt.cut('; '.join(missing), 240))}")
    return lines


def _piece(view: Card, piece: Piece) -> str:
    title = fmt.esc(fmt.cut(piece.evidence.title, 70)) if piece.seen else "bukti terbatas"
    odd = []
    if state_of(piece, view.work_state, view.window) == OUTSIDE:
        odd.append("di luar rentang bukti")
    if piece.newest.link_state == "locked":
        odd.append("tautan terkunci")
    if piece.evidence.restricted and piece.seen:
        odd.append("terbatas")
    return title + (f" ({', '.join(odd)})" if odd else "")


def _theirs(view: Card, reader: Reader) -> list[str]:
    line = view.line
    if line.fed:
        return []
    if line.theirs is None:
        lines = ["Nilai TPI: belum ada"]
    else:
        by = reader.by(view.valued_by, view.valued_at)
        differs = " · beda dengan unit" if line.differs else ""
        lines = [f"Nilai TPI: <b>{fmt.esc(answer(view.item, line.theirs))}</b> · {by}{differs}"]
        if view.reason:
            lines.append(f"Alasan: “{fmt.esc(fmt.cut(fmt.one_line(view.reason), 400))}”")
        elif line.differs:
            lines.append("! Alasan belum ditulis.")
    lines += [_finding(each) for each in view.findings[:3]]
    return lines


def _finding(each: TpiFinding) -> str:
    return f"Catatan ({STATES[each.state]}): {fmt.esc(fmt.cut(fmt.one_line(each.text), 120))}"


def hint(one: Item, change: bool) -> str:
    """What to do now."""
    if one.options:
        keys = [option.key for option in one.options]
        listed = " atau ".join(keys) if len(keys) == 2 else f"{', '.join(keys[:-1])}, atau {keys[-1]}"
        return f"{'Untuk mengubah nilai, ketuk' if change else 'Ketuk'} atau ketik {listed}."
    what = "Untuk mengubah, ketik" if change else "Ketik"
    if one.scale == INDEX_SCALE or not isinstance(one, Indicator):
        return f"{what} indeksnya, misalnya: 3,62"
    return f"{what} jumlah menurut bukti, misalnya: {fmt.esc(example(one))}"


def suggest(one: Item, sentence: str) -> str:
    """What was typed may mean another answer."""
    return f"{fmt.esc(sentence)}\n\n{heading(one)}\n\nBelum ada yang disimpan."


def use(one: Item, given: Answer) -> str:
    """Label that takes what was suggested."""
    return f"Pakai {answer(one, given)}"


def reason(view: Card, phrases: Sequence[Phrase]) -> str:
    """Prompt for the reason of the value."""
    one, line = view.item, view.line
    value = fmt.esc(answer(one, line.theirs))
    if line.differs:
        own = fmt.esc(answer(one, line.own)) if line.own is not None else "belum ada"
        first = f"Nilai TPI {value} tersimpan. Mengapa beda dengan jawaban unit ({own})?"
    else:
        first = f"Apa alasan nilai TPI {value}?"
    lines = [first, "", heading(one), ""]
    if view.reason:
        lines += [f"Sekarang: “{fmt.esc(fmt.cut(fmt.one_line(view.reason), 300))}”", ""]
    lines.append("Tulis di sini, atau pilih kalimat:")
    lines += [f"• {fmt.esc(phrase.label)}: {fmt.esc(phrase.text)}" for phrase in phrases]
    return "\n".join([*lines, "", "Alasan dibaca unit setelah putaran disahkan."])


def private(one: Item, found: Sequence[tuple[TpiNote, Person]], reader: Reader) -> str:
    """The assessors' private notes, and the prompt for one's own."""
    lines = [f"Catatan internal TPI untuk {one.number}", "", heading(one)]
    for note, person in found[:5]:
        lines += [
            "",
            f"{fmt.esc(reader.name(person))}, {reader.when(note.at)}:",
            f"<blockquote>{fmt.esc(fmt.cut(note.text, 500))}</blockquote>",
        ]
    lines += ["", "Hanya penilai unit ini yang membacanya; tidak ikut ke berkas mana pun."]
    lines.append(
        f"Tulis catatan Anda di sini (paling banyak {NOTE_LIMIT} huruf); yang lama milik Anda diganti."
    )
    return "\n".join(lines)


def history(one: Item, changes: Sequence[Change], reader: Reader, page: int) -> str:
    """One page of the value's changes."""
    lines = [f"Riwayat nilai TPI {one.number}" + (f" · halaman {page + 1}" if page else ""), "", heading(one)]
    if not changes:
        lines += ["", "Belum ada perubahan." if not page else "Tidak ada perubahan yang lebih lama."]
    for each in changes:
        lines += ["", f"{reader.when(each.at)} · {fmt.esc(reader.name(each.who))}", _change(one, each)]
    return "\n".join(lines)


def _change(one: Item, each: Change) -> str:
    if "note" in each.after:
        text = fmt.esc(fmt.cut(fmt.one_line(str(each.after["note"])), 300))
        return f"Alasan: “{text}”" if text else "Alasan dihapus"
    before = stored.known(each.before.get("choice"), each.before.get("inputs"))
    after = stored.known(each.after.get("choice"), each.after.get("inputs"))
    if after is None:
        return f"Nilai dihapus (semula {fmt.esc(answer(one, before))})"
    if before is None:
        return f"Dinilai {fmt.esc(answer(one, after))}"
    return f"Nilai {fmt.esc(answer(one, before))} menjadi {fmt.esc(answer(one, after))}"
