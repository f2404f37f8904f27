"""The readiness screens: verdict, gates, both targets, projection, what to forward."""

from fractions import Fraction

from flows import fmt
from flows.readiness.conditions import UnitConditions
from flows.readiness.history import History, Mark
from flows.readiness.register import period_of
from flows.readiness.service import Standing
from flows.readiness.texts import names
from knowledge.figures import GateResult
from knowledge.instrument import ResultItem, Target
from knowledge.readiness import AreaView, Readiness

ENDORSEMENT = "Pengesahan"
TPI, PROPOSABLE = "Nilai TPI", "Siap diusulkan?"
PLAN, GATES, PICTURE, SEND = "Langkah prioritas", "Semua syarat", "Gambar", "Kirim ke pimpinan"
CONDITIONS, SURVEYS, UP = "Syarat pengusulan", "Survei", "‹ Kesiapan"
TO_CONFIRM = "Perlu dikonfirmasi"
SERVICE = "Kesiapan pelayanan publik"
BOTH, HISTORY, FILL = "WBK dan WBBM", "Riwayat nilai", "Isi LKE"
NO_HISTORY = (
    "<b>Belum ada riwayat nilai.</b>\n\nRiwayat mulai terlihat sejak jawaban atau survei pertama terisi."
)
_WHOLE = ("total", "pengungkit")
_FEW = 3


def _gate_order(ready: Readiness) -> list[GateResult]:
    """Total and pengungkit first, then the areas from the furthest below, then the results."""
    whole = [gate for gate in ready.gates if gate.gate.node in _WHOLE]
    results = [gate for gate in ready.gates if gate.gate.share is None and gate.gate.node not in _WHOLE]
    return [*whole, *(view.gate for view in ready.areas), *results]


def _gate(ready: Readiness, node: str) -> GateResult:
    return next(gate for gate in ready.gates if gate.gate.node == node)


def missed_line(result: GateResult, now: Standing) -> str:
    """One gate that is not met, HTML."""
    name, need = fmt.esc(names.gate(result.gate)), names.need(result)
    if names.blank(result, now.instrument, set(now.given.hasil)):
        return f"! {name}: belum diisi, minimal {need}{_equal(result, now)}"
    return f"! {name} {names.have(result)}, minimal {need} (kurang {names.short_by(result)})"


def met_line(result: GateResult) -> str:
    """One gate that is met, HTML."""
    return f"✓ {fmt.esc(names.gate(result.gate))} {names.have(result)}, minimal {names.need(result)}"


def _equal(result: GateResult, now: Standing) -> str:
    """The option that a points limit stands for, where there is one."""
    node = now.instrument.by_id.get(result.gate.node)
    if not isinstance(node, ResultItem) or not node.options:
        return ""
    enough = [o.key for o in node.options if Fraction(o.value) * node.max_points >= result.gate.floor]
    return f" (setara {enough[-1]})" if enough else ""


def verdict(ready: Readiness) -> str:
    """The first line, plain text."""
    total = len(ready.gates)
    if ready.met:
        return f"Memenuhi {total} dari {total} syarat nilai {ready.target}"
    so_far = f"baru {ready.met_count}" if ready.met_count else "0"
    return f"Belum memenuhi syarat nilai {ready.target}: {so_far} dari {total}"


def readiness(now: Standing, conditions: UnitConditions, approved: int = 0, carried: int = 0) -> str:
    """The phone screen of /kesiapan."""
    ready = now.ready()
    missed = [gate for gate in _gate_order(ready) if not gate.met]
    met = [gate for gate in _gate_order(ready) if gate.met]
    lines = [f"<b>{verdict(ready)}</b>", "", _unit(now), ""]
    if missed:
        lines += ["Belum memenuhi", *(missed_line(gate, now) for gate in missed)]
    if met:
        lines += ["Memenuhi", *_met(met, missed)]
    lines += [
        "",
        _areas(ready.areas),
        "",
        *([_carried(carried)] if carried else []),
        *_completeness(now, ready, approved, carried),
        *_surveys(now),
        "",
        _apart(conditions),
    ]
    return "\n".join([*lines, "", names.RECORD])


def _unit(now: Standing) -> str:
    where = now.where
    return f"{fmt.esc(where.unit.name)}, penilaian {where.assessment.year}"


def _met(met: list[GateResult], missed: list[GateResult]) -> list[str]:
    """Total and pengungkit by name, the rest as a count when there are many."""
    named = [gate for gate in met if gate.gate.node in _WHOLE]
    rest = [gate for gate in met if gate.gate.node not in _WHOLE]
    if missed and len(rest) <= _FEW:
        return [met_line(gate) for gate in (*named, *rest)]
    return [*(met_line(gate) for gate in named), f"✓ {len(rest)} syarat lain terpenuhi"]


def _areas(views: tuple[AreaView, ...]) -> str:
    """The areas by their distance to the least share, in one paragraph."""
    least = names.need(views[0].gate)
    listed = ", ".join(f"Area {view.area.no} {names.have(view.gate)}" for view in views)
    return f"Area menurut jarak ke batas {least}: {listed}."


def _carried(count: int) -> str:
    return f"! {count} jawaban dalam nilai ini dari tahun lalu dan belum dikonfirmasi."


def _completeness(now: Standing, ready: Readiness, approved: int, carried: int = 0) -> list[str]:
    """Answering apart from the score, and the projection that skips blanks, called what it is."""
    reviewed = f", {approved} disetujui" if approved else ""
    given = "terisi, yang dari tahun lalu ikut dihitung" if carried else "terjawab"
    lines = [f"Nilai ini {names.SELF}: {ready.answered} dari {ready.indicators} indikator {given}{reviewed}."]
    if now.score.unanswered:
        guess = now.score.projection
        met = len(ready.gates) - len(guess.failed(ready.target))
        lines.append(
            f"Proyeksi bila yang kosong dilewati: total {names.points(guess.total)}, "
            f"{met} dari {len(ready.gates)} syarat. Proyeksi bukan nilai; yang kosong dihitung 0."
        )
    if now.score.not_scored:
        count = len(now.score.not_scored)
        lines.append(f"{count} indikator belum dapat dinilai karena pembaginya 0; sepakati dengan penilai.")
    if now.given.misfits:
        numbers = ", ".join(_number(now, item_id) for item_id in now.given.misfits[:3])
        lines.append(f"! Jawaban {numbers} tidak cocok dengan pilihannya, jadi dihitung belum terjawab.")
    return lines


def _number(now: Standing, item_id: str) -> str:
    node = now.instrument.by_id[item_id]
    return getattr(node, "number", item_id)


def _surveys(now: Standing) -> list[str]:
    """Which surveys feed the score, and what they go before."""
    lines = []
    for item_id, survey in now.fed.items():
        name = f"{survey.kind} {period_of(survey).name}"
        line = f"Indeks {_number(now, item_id)} diambil dari {name}."
        if item_id in now.overruled:
            line = line[:-1] + "; indeks yang diketik di indikator tidak dipakai."
        lines.append(line)
    return lines


def _apart(conditions: UnitConditions) -> str:
    """Conditions of proposal, apart from the score."""
    yes, no, waiting = conditions.counts()
    return f"Syarat pengusulan (TLHP, laporan harta, SAKIP) diperiksa terpisah: {tally(yes, no, waiting)}."


def tally(yes: int, no: int, waiting: int) -> str:
    """ "3 ya, 1 belum, 7 belum diisi"."""
    return f"{yes} ya, {no} belum, {waiting} belum diisi"


# all gates, both targets ---------------------------------------------------------------------------


def gates(now: Standing, target: Target) -> str:
    """Every gate of a target with have, need and short-by, and the projection apart."""
    ready = now.ready(target)
    missed = [gate for gate in _gate_order(ready) if not gate.met]
    met = [gate for gate in _gate_order(ready) if gate.met]
    lines = [f"<b>{verdict(ready)}</b>", "", _unit(now)]
    if missed:
        lines += ["", "<b>Belum memenuhi</b>", *(missed_line(gate, now) for gate in missed)]
    if met:
        lines += ["", "<b>Memenuhi</b>", *(met_line(gate) for gate in met)]
    if now.score.unanswered:
        lines += ["", *_projection(now, ready)]
    return "\n".join([*lines, "", f"Nilai ini {names.SELF}. {names.RECORD}"])


def _projection(now: Standing, ready: Readiness) -> list[str]:
    guess = now.score.projection
    failed = [gate for gate in guess.gates(ready.target) if not gate.met]
    if not failed:
        rest = f"Semua {len(ready.gates)} syarat akan memenuhi."
    else:
        listed = ", ".join(fmt.esc(names.short_gate(gate.gate)) for gate in failed)
        rest = f"Tetap belum memenuhi: {listed}."
    return [
        f"<b>Proyeksi</b> bila {len(now.score.unanswered)} isian kosong dilewati, seperti pada lembar kerja:",
        f"total {names.points(guess.total)}, pengungkit {names.points(guess.pengungkit)}. {rest}",
        "Proyeksi bukan nilai; dalam nilai, yang kosong dihitung 0.",
    ]


def both(now: Standing) -> str:
    """What the unit has beside the limits of both targets."""
    first, second = now.ready("WBK"), now.ready("WBBM")
    lines = [
        f"<b>WBK {first.met_count} dari {len(first.gates)}, WBBM {second.met_count} dari {len(second.gates)} "
        "syarat nilai terpenuhi</b>",
        "",
        _unit(now),
        "",
    ]
    by_id = {gate.gate.id: gate for gate in second.gates}
    for gate in _gate_order(first):
        other = by_id[gate.gate.id]
        empty = names.blank(gate, now.instrument, set(now.given.hasil))
        has = "belum diisi" if empty else names.have(gate if not gate.met else other)
        lines.append(
            f"{fmt.esc(names.gate(gate.gate))}: <b>{has}</b>. WBK {_against(gate)}; WBBM {_against(other)}"
        )
    return "\n".join([*lines, "", f"Nilai ini {names.SELF}. {names.RECORD}"])


def _against(result: GateResult) -> str:
    state = "memenuhi" if result.met else f"kurang {names.short_by(result)}"
    return f"{names.need(result)} ({state})"


# pictures and what goes to the head of the unit ----------------------------------------------------


def picture(now: Standing) -> str:
    """Below the picture of the areas, for those who cannot see it too."""
    ready = now.ready()
    return "\n".join(
        [
            f"<b>{verdict(ready)}</b>",
            "",
            f"{_unit(now)}. Nilai total {names.points(now.score.total)}.",
            _areas(ready.areas),
        ]
    )


def forward(now: Standing, conditions: UnitConditions, today: str) -> str:
    """Five lines to send on, without buttons or markup to understand."""
    ready = now.ready()
    total, lever = _gate(ready, "total"), _gate(ready, "pengungkit")
    missed = [gate for gate in _gate_order(ready) if not gate.met]
    return "\n".join(
        [
            f"Kesiapan ZI, {today}: {fmt.esc(now.where.unit.name)}",
            f"{verdict(ready)}. Nilai total {names.have(total)} (minimal {names.need(total)}), "
            f"pengungkit {names.have(lever)} (minimal {names.need(lever)}).",
            _missing(now, missed),
            f"Terisi {ready.answered} dari {ready.indicators} indikator. "
            f"Syarat pengusulan, terpisah dari nilai: {tally(*conditions.counts())}.",
            f"Ini {names.SELF}. {names.RECORD}",
        ]
    )


def _missing(now: Standing, missed: list[GateResult]) -> str:
    if not missed:
        return "Semua syarat nilai memenuhi; jaga agar bukti dukungnya tetap lengkap."
    told = [gate for gate in missed if gate.gate.node not in _WHOLE] or missed
    parts = [_short(now, gate) for gate in told[:4]]
    more = len(told) - len(parts)
    return f"Yang kurang: {'; '.join(parts)}{f'; dan {more} lainnya' if more > 0 else ''}."


def _short(now: Standing, result: GateResult) -> str:
    name = fmt.esc(names.gate(result.gate))
    if names.blank(result, now.instrument, set(now.given.hasil)):
        return f"{name} belum diisi"
    return f"{name} {names.have(result)} (minimal {names.need(result)})"


def history(shown: History) -> str:
    """Below the picture of the score over time."""
    first, last = shown.points[0], shown.points[-1]
    lines = [
        f"<b>Nilai total {names.points(last.total)} pada {fmt.day_short(last.day)}</b>",
        "",
        f"{_unit(shown.now)}.",
    ]
    if first.day != last.day:
        lines.append(f"Awalnya {names.points(first.total)} pada {fmt.day_short(first.day)}.")
    lines += [
        f"{place}. {event(mark)}, {fmt.day_short(mark.day)}" for place, mark in enumerate(shown.marks, 1)
    ]
    return "\n".join([*lines, f"Dihitung ulang dari setiap perubahan jawaban; {names.SELF}."])


def event(mark: Mark) -> str:
    """What happened, plain text."""
    if mark.kind == "syarat":
        return f"Semua syarat nilai {mark.name} memenuhi"
    if mark.kind == "excel":
        return "LKE dari Excel diambil"
    if mark.kind == "tenggat":
        return "Batas waktu TPI" if mark.name == "tpi" else "Batas pengusulan"
    return f"{mark.name} dicatat"
