"""Simulasi: what one other answer would do, in words."""

from flows import fmt
from flows.readiness.simulation import Trial
from flows.readiness.texts import names
from flows.readiness.texts.plan import HONEST
from knowledge.answers import best_answer
from knowledge.figures import Figures, GateResult
from knowledge.instrument import INDEX_SCALE, Indicator, ResultItem, Target

TRY = "Simulasikan"


def try_label(one: Indicator | ResultItem) -> str:
    """ "Simulasikan A" where the best answer is an option."""
    return f"{TRY} {one.options[0].key}" if one.options else TRY


def trial(shown: Trial) -> str:
    """Area, total and gates as they are and as they would be."""
    now, item, after = shown.now.score, shown.item, shown.after
    tried = names.answer(item, shown.tried)
    lines = [
        f"<b>{_trial_heading(shown, tried)}</b>",
        "",
        f"{item.number}  {fmt.esc(item.title)}",
        f"Jawaban sekarang: {fmt.esc(names.answer(item, shown.present))}.",
        "Ini simulasi; tidak ada yang disimpan.",
        "",
    ]
    target = shown.now.target
    places = {g.gate.id: g for g in after.gates(target)}
    for gate in now.gates(target):
        moved = places[gate.gate.id]
        if moved.have != gate.have or gate.gate.node == "total":
            lines.append(_moved(gate, moved))
    lines += ["", _gates_line(now, after, target), *_changes(now, after, target)]
    return "\n".join([*lines, "", _advice(shown)])


def _trial_heading(shown: Trial, tried: str) -> str:
    before, after = shown.now.score.total, shown.after.total
    if before == after:
        return fmt.esc(f"Bila menjadi {tried}, nilai total tetap {names.points(before)}")
    return fmt.esc(f"Bila menjadi {tried}, nilai total {names.points(before)} menjadi {names.points(after)}")


def _moved(gate: GateResult, moved: GateResult) -> str:
    state = "memenuhi" if moved.met else f"belum memenuhi, kurang {names.short_by(moved)}"
    name = fmt.esc(names.gate(gate.gate))
    if moved.have == gate.have:
        return f"{name}: tetap {names.have(gate)}, minimal {names.need(gate)} ({state})"
    return f"{name}: {names.have(gate)} menjadi {names.have(moved)}, minimal {names.need(gate)} ({state})"


def _gates_line(now: Figures, after: Figures, target: Target) -> str:
    whole = len(now.gates(target))
    before, then = whole - len(now.failed(target)), whole - len(after.failed(target))
    if before == then:
        return f"Syarat {target}: tetap {before} dari {whole} terpenuhi"
    return f"Syarat {target}: {before} menjadi {then} dari {whole} terpenuhi"


def _changes(now: Figures, after: Figures, target: Target) -> list[str]:
    was, will = set(now.failed(target)), set(after.failed(target))
    lines = []
    for gate in now.gates(target):
        if gate.gate.id in was - will:
            lines.append(f"✓ {fmt.esc(names.gate(gate.gate))} menjadi memenuhi")
        elif gate.gate.id in will - was:
            lines.append(f"! {fmt.esc(names.gate(gate.gate))} menjadi belum memenuhi")
    return lines


def _advice(shown: Trial) -> str:
    item = shown.item
    if item.scale == INDEX_SCALE:
        return "Indeks mengikuti hasil survei. Untuk mencoba angka lain, ketik indeksnya, misalnya: 3,62"
    best = best_answer(item, shown.present) == shown.tried
    work = (
        f"Yang dikerjakan agar menjadi {'penuh' if not item.options else names.answer(item, shown.tried)}: "
    )
    lines = [f"{work}{fmt.esc(item.work)}."] if best and not shown.same else []
    if not item.options:
        lines.append("Untuk mencoba jumlah lain, ketik jumlahnya seperti saat mengisi.")
    return "\n".join([*lines, HONEST])
