"""Langkah prioritas: work to be done, what it brings, and what it cannot."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from flows import fmt
from flows.readiness.priorities import NOT_THIS_YEAR, Mark, Marked, Priorities
from flows.readiness.texts import names
from knowledge.answers import Ratio
from knowledge.figures import Figures, GateResult
from knowledge.instrument import INDEX_SCALE, ResultItem
from knowledge.priority import Move, Plan, Step, SurveyGap, Unreachable

OTHER_WBBM, OTHER_WBK, MARKS = "Bila menuju WBBM", "Bila menuju WBK", "Yang ditandai"
OPEN_ITEM, PLAN, TO_TASKS = "Buka indikator", "‹ Langkah", "Jadikan tugas"
MARK_LABELS: Mapping[Mark, str] = {
    "mudah": "Mudah",
    "sedang": "Sedang",
    "berat": "Berat",
    "tidak": "Tidak tahun ini",
}
MARK_NAMES: Mapping[Mark, str] = {
    "mudah": "mudah",
    "sedang": "sedang",
    "berat": "berat",
    "tidak": "tidak mungkin tahun ini",
}
UNMARK = "Hapus tanda"
MARKED, UNMARKED = "Ditandai: {}. Langkah dihitung ulang.", "Tanda dihapus. Langkah dihitung ulang."
NO_MARKS = "<b>Belum ada indikator yang ditandai.</b>"
HONEST = "Jawaban baru diubah setelah pekerjaannya benar-benar berjalan dan ada buktinya."


# the plan ------------------------------------------------------------------------------------------


def plan(found: Priorities, steps: Sequence[Step], first: int, cheaper: Plan | None) -> str:
    """One page of the plan. `first` counts from 1; `cheaper` is the plan to the unit's own target."""
    made = found.plan
    lines = [f"<b>{_heading(found)}</b>", ""]
    if first == 1:
        lines += _unreachable(made)
    for place, step in enumerate(steps, first):
        lines += [*_step(place, step, found.marks), ""]
    if not made.steps and not made.unreachable and not made.surveys:
        lines.append(
            f"Semua {len(made.before.gates(found.target))} syarat sudah terpenuhi menurut {names.SELF}."
        )
    lines += [*_after(found), *_surveys(found), *_held(found), *_cost(found, cheaper)]
    return "\n".join([*lines, "", _how(found)]).replace("\n\n\n", "\n\n")


def _heading(found: Priorities) -> str:
    made, target = found.plan, found.target
    count = len(made.steps)
    if not made.before.failed(target):
        return f"Syarat nilai {target} sudah memenuhi, tidak ada langkah tersisa."
    if made.unreachable:
        return f"{target} belum dapat dicapai: {len(made.unreachable)} syarat di luar jangkauan."
    if not count:
        return f"Pekerjaan LKE untuk {target} cukup; yang tersisa hasil survei."
    return f"Cara paling ringan menuju syarat nilai {target}: {count} langkah."


def _step(place: int, step: Step, marks: Mapping[str, Mark]) -> list[str]:
    move, item = step.move, step.move.item
    mark = f" · {MARK_NAMES[marks[item.id]]}" if item.id in marks else ""
    return [
        f"{place}  <b>{item.number}</b>  {fmt.esc(item.title)}  +{names.difference(move.gain)} poin{mark}",
        f"   Yang dikerjakan: {fmt.esc(item.work)}{_counts(move)}",
        f"   Untuk: {_why(step)}",
    ]


def _counts(move: Move) -> str:
    """How far a ratio has to go, where the counts are known."""
    if not isinstance(move.after, Ratio):
        return ""
    return (
        f" (sekarang {names.answer(move.item, move.before)}, menjadi {names.answer(move.item, move.after)})"
    )


def _why(step: Step) -> str:
    """The gates that fail without the step; without any of its own, the sums it helps."""
    if step.why:
        return ", ".join(fmt.esc(names.short_gate(gate)) for gate in step.why)
    return f"{names.place(step.move.item)} dan nilai total, bersama langkah lain"


def _unreachable(made: Plan) -> list[str]:
    """The proof, gate by gate."""
    if not made.unreachable:
        return []
    lines = ["Mengapa belum dapat dicapai, walau semua yang masih mungkin dikerjakan:"]
    lines += [_proof(each, made) for each in made.unreachable]
    return [*lines, "", *(["Langkah yang tetap mendekatkan:"] if made.steps else [])]


def _proof(each: Unreachable, made: Plan) -> str:
    result = next(g for g in _all_gates(made) if g.gate.id == each.gate.id)
    line = (
        f"! {fmt.esc(names.gate(each.gate))} paling tinggi {names.value_at(result, each.maximum)}, "
        f"padahal perlu {names.need(result)}."
    )
    return f"{line} Indeks survei di atas batasnya masih dapat menutupnya." if each.by_survey else line


def _all_gates(made: Plan) -> Sequence[GateResult]:
    return made.assumed.gates(made.target)


def _after(found: Priorities) -> list[str]:
    """The state once the work is done, surveys as today."""
    made = found.plan
    if not made.steps:
        return []
    before, after = made.before, made.after
    whole = len(after.gates(found.target))
    met = whole - len(after.failed(found.target))
    moved = [
        f"Area {area.no} {_share(after, area.id, found)}"
        for area in after.instrument.areas
        if after.areas[area.id].total != before.areas[area.id].total
    ]
    total = f"nilai total {names.points(before.total)} menjadi {names.points(after.total)}"
    listed = ", ".join([*moved, total])
    return [f"Bila semuanya benar-benar berjalan: {listed}; {met} dari {whole} syarat terpenuhi."]


def _share(figures: Figures, area_id: str, found: Priorities) -> str:
    result = next(g for g in figures.gates(found.target) if g.gate.node == area_id)
    return names.have(result)


def _surveys(found: Priorities) -> list[str]:
    """What work on the worksheet does not reach, and where the unit stands once it is there."""
    made = found.plan
    if not made.surveys:
        return []
    parts = "; ".join(_gap(gap) for gap in made.surveys)
    whole = len(made.assumed.gates(found.target))
    met = whole - len(made.assumed.failed(found.target))
    return [
        f"Di luar LKE: {fmt.esc(parts)}. Indeks survei tidak dapat dikejar lewat LKE; "
        "perlu perbaikan layanan, lalu survei berikutnya.",
        f"Bila survei juga mencapai batas itu: nilai total {names.points(made.assumed.total)}, "
        f"{met} dari {whole} syarat terpenuhi.",
    ]


def _gap(gap: SurveyGap) -> str:
    has = "belum ada" if gap.index is None else names.index(Fraction(gap.index))
    return f"{names.gate(gap.gate.gate)} {has}, perlu {names.need(gap.gate)}"


def _held(found: Priorities) -> list[str]:
    lines = []
    if found.plan.held:
        numbers = [_number(found, item_id) for item_id in found.plan.held[:4]]
        lines.append(
            f"Belum dapat dinilai karena pembaginya 0: {', '.join(numbers)}. Sepakati dengan penilai."
        )
    skipped = sum(mark == NOT_THIS_YEAR for mark in found.marks.values())
    if skipped:
        lines.append(f"{skipped} indikator ditandai tidak mungkin tahun ini, jadi tidak dipakai.")
    return lines


def _number(found: Priorities, item_id: str) -> str:
    return getattr(found.now.instrument.by_id[item_id], "number", item_id)


def _cost(found: Priorities, own: Plan | None) -> list[str]:
    """What the other target costs beside the unit's own."""
    if own is None:
        return []
    return [
        f"{found.target} perlu {len(found.plan.steps)} langkah berbobot {found.plan.effort}; "
        f"{own.target} hanya {len(own.steps)} langkah berbobot {own.effort}."
    ]


def _how(found: Priorities) -> str:
    text = (
        f"{HONEST} Bobot membandingkan beban kerja (tingkat yang dinaiki dan banyaknya bukti), bukan waktu; "
        "pilihan ini yang bobotnya paling kecil."
    )
    return f"{text} Ketuk nomor untuk rincian{' atau menandai sulitnya' if found.may_mark else ''}."


# one item of the plan ------------------------------------------------------------------------------


def item(one: Marked) -> str:
    """The work on one item and how hard it is found."""
    what = one.item
    worth = f", nilai penuhnya {names.difference(what.max_points)} poin"
    mark = MARK_NAMES[one.mark] if one.mark else "belum ditandai (dihitung sedang)"
    if one.mark is None and isinstance(what, ResultItem):
        mark = "belum ditandai (dihitung berat)"
    lines = [
        f"<b>{what.number}  {fmt.esc(what.title)}</b>",
        "",
        fmt.esc(what.question),
        "",
        f"Jawaban sekarang: {fmt.esc(names.answer(what, one.present))}{worth}",
        f"Yang dikerjakan: {fmt.esc(what.work)}",
        *([f"Contoh bukti dukung: {fmt.esc('; '.join(what.evidence))}"] if what.evidence else []),
    ]
    if what.scale == INDEX_SCALE:
        return "\n".join([*lines, "", "Indeks survei tidak dikerjakan lewat LKE, jadi tidak ditandai."])
    lines += ["", f"Tingkat kesulitan: {mark}"]
    return "\n".join([*lines, _mark_hint(one)])


def _mark_hint(one: Marked) -> str:
    if one.may_mark:
        return "Tanda Anda dipakai saat langkah prioritas dihitung."
    return "Tanda ini diisi koordinator unit."


def marks(found: Sequence[tuple[str, str, Mark]], total: int) -> str:
    """The marked items: number, title, mark."""
    lines = [f"<b>{total} indikator ditandai</b>", ""]
    lines += [f"{number}  {fmt.esc(title)}: {MARK_NAMES[mark]}" for number, title, mark in found]
    return "\n".join([*lines, "", "Ketuk nomornya untuk mengubah tanda."])
