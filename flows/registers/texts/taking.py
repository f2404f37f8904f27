"""Wording of what a register proposes for an indicator."""

from flows import fmt, item_words
from flows.checklist.service import ItemView
from flows.registers.kinds import Kind
from flows.registers.taking import Proposal

TAKE, USE_NOTE, REPLACE_NOTE, ADD_BELOW = (
    "Ambil ke LKE",
    "Jadikan penjelasan",
    "Ganti penjelasan",
    "Tambah di bawah",
)
OPEN_ITEM, OPEN_REGISTER = "Buka indikator", "Buka register"
NOT_FED = "Indikator itu tidak diisi dari register. Ini register unit Anda."
NOTE_TOO_LONG = (
    "Bila digabung, penjelasannya lebih dari {limit} huruf, jadi belum disimpan. Ganti penjelasan yang ada, "
    "atau ringkas di indikator."
)
NOTE_SAVED = "Penjelasan tersimpan."
NOTE_SAME = "Penjelasan sudah seperti itu."
SAME = "✓ Isian LKE sudah sama dengan register."


def counts(view: ItemView, kind: Kind, year: int, made: Proposal) -> str:
    """Counts for the formula beside the present answer."""
    text = _head(view)
    of = f"{kind.name} {year}" if year else kind.name
    if made.answer is None:
        return "\n\n".join([*text, f"{fmt.esc(of)}: {fmt.esc(made.why_not)}"])
    said = [f"• {fmt.esc(label)}: {fmt.number(count, 0)}" for label, count in made.said]
    text.append("\n".join([f"Menurut {fmt.esc(of)}: {item_words.answer(view.item, made.answer)}", *said]))
    text += [f"! {fmt.esc(doubt)}" for doubt in made.doubts]
    if view.answer == made.answer:
        text.append(SAME)
    return "\n\n".join([*text, _who(view)])


def note(view: ItemView, made: Proposal) -> str:
    """A narrative beside the present one."""
    text = _head(view)
    if not made.note:
        return "\n\n".join([*text, fmt.esc(made.why_not)])
    text.append(f"Usulan penjelasan dari register:\n{fmt.esc(made.note)}")
    text += [f"! {fmt.esc(doubt)}" for doubt in made.doubts]
    if view.note:
        text.append(f"Penjelasan sekarang:\n{fmt.esc(fmt.cut(view.note, 700))}")
    if view.item.options:
        text.append("Pilihan jawabannya tetap Anda tentukan sendiri di indikator.")
    return "\n\n".join([*text, _who(view)])


def _head(view: ItemView) -> list[str]:
    present = fmt.esc(item_words.answer(view.item, view.answer))
    return [item_words.heading(view.item), f"Di LKE sekarang: {present}."]


def _who(view: ItemView) -> str:
    if view.may_answer:
        return "Belum ada yang berubah; LKE baru berubah setelah Anda mengambilnya. Riwayatnya tercatat."
    return "Yang mengambilnya ke LKE adalah pokja area ini atau koordinator unit."
