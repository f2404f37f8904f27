"""The values of the two pictures, as plain data: `pictures` draws them and knows nothing else."""

from datetime import date

from flows import fmt
from flows.readiness.history import History
from flows.readiness.service import Standing
from flows.readiness.texts import names, score
from knowledge.figures import GateResult

Bar = tuple[str, str, str, float, float, bool]
"""Name, figure, what it lacks, share of the whole, least share, met."""


def _bar(result: GateResult, name: str) -> Bar:
    least = float(result.need) / float(result.gate.weight)
    state = f"minimal {names.need(result)}, " + (
        "memenuhi" if result.met else f"kurang {names.short_by(result)}"
    )
    return name, names.have(result), state, float(result.share), least, result.met


def bars(now: Standing, today: date) -> tuple[object, ...]:
    """The values of the picture "readiness": heading, unit, foot, bars of the total and the lever, areas."""
    ready = now.ready()
    by_node = {gate.gate.node: gate for gate in ready.gates}
    areas = [_bar(view.gate, names.area(view.area)) for view in sorted(ready.areas, key=lambda v: v.area.no)]
    whole = [_bar(by_node[node], names.gate(by_node[node].gate)) for node in ("total", "pengungkit")]
    return (
        score.verdict(ready),
        f"{now.where.unit.name}, penilaian {now.where.assessment.year}",
        f"{names.SELF.capitalize()}, {fmt.day_short(today)}.\nPredikat diputuskan penilai.",
        tuple(whole),
        tuple(areas),
    )


def line(shown: History, today: date) -> tuple[object, ...]:
    """The values of the picture "readiness-history": heading, unit, foot, gate, points, events, last day."""
    gate = next(g for g in shown.now.ready().gates if g.gate.node == "total")
    last = shown.points[-1]
    return (
        f"Nilai total {names.points(last.total)}",
        f"{shown.now.where.unit.name}, penilaian {shown.now.where.assessment.year}",
        f"{names.SELF.capitalize()}.\nDihitung ulang dari setiap perubahan jawaban.",
        (f"minimal {shown.now.target} {names.need(gate)}", float(gate.need)),
        tuple(
            (p.day.toordinal(), float(p.total), names.points(p.total), fmt.day_short(p.day))
            for p in shown.points
        ),
        tuple((m.day.toordinal(), f"{score.event(m)}, {fmt.day_short(m.day)}") for m in shown.marks),
        (max(today, last.day).toordinal(), fmt.day_short(max(today, last.day))),
    )
