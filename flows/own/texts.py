"""Wording of the answers about one's own unit, HTML. Every first line is the answer itself."""

from collections.abc import Collection, Sequence
from fractions import Fraction

from flows import fmt
from flows.models import Unit
from flows.own.service import Due, Work
from flows.progress.service import AreaProgress
from flows.readiness import said
from flows.readiness.service import Standing
from flows.schedule.names import SUBMISSION, TPI, Scope
from knowledge.answers import Item
from knowledge.figures import GateResult
from knowledge.instrument import Area, Instrument, Target
from knowledge.readiness import AreaView

READINESS, PLAN, GATES, PROGRESS = "Kesiapan", "Langkah prioritas", "Semua syarat", "Lihat progres"
FILL_OPEN, SCHEDULE, TEAM = "Isi yang belum", "Lihat jadwal", "Lihat tim"
SWITCH, REGISTER, TOPICS, AGENCY = "Ganti unit", "Daftarkan unit", "Daftar topik", "Kelola instansi"
SETTINGS, FILL, TO_CONFIRM = "Pengaturan", "Isi LKE", "Perlu dikonfirmasi"

EVIDENCE_THERE, EVIDENCE_FIRST, LACKING = "Bukti yang ada", "Lengkapi yang awal", "A tanpa bukti"

MOST_ITEMS = 6
MOST_GATES = 5
MOST_DUE = 4
EVIDENCE_COUNTED = "Yang dihitung ada tidaknya bukti; contoh yang masih kurang tampak pada tiap indikator."
UNANSWERED_IS_ZERO = "Yang belum terjawab dihitung 0."
EMPTY_IS_ZERO = "Yang kosong dihitung 0."

NO_UNIT = (
    "Data unit hanya dibuka untuk timnya, dan Anda belum tergabung di unit mana pun.\n\n"
    "Untuk bergabung, mintalah tautan undangan kepada koordinator ZI di kantor Anda, lalu buka tautannya. "
    "Bila unit Anda belum ada di sini, daftarkan; admin instansi yang memeriksanya.\n\n"
    "Sambil menunggu, pertanyaan seputar aturan ZI tetap saya jawab."
)
NO_OPEN_UNIT = (
    "Belum ada unit yang terbuka, jadi datanya belum bisa saya sebutkan.\n\n"
    "Buka dahulu unitnya lewat Kelola instansi, lalu tanyakan lagi."
)


def bold(text: str) -> str:
    return f"<b>{text}</b>"


def _unit(unit: Unit, year: int) -> str:
    return f"{fmt.esc(unit.name)}, penilaian {year}"


def joined(*blocks: Sequence[str]) -> str:
    return "\n\n".join("\n".join(block) for block in blocks if block)


# evidence ------------------------------------------------------------------------------------------


def evidence_of_area(unit: Unit, area: Area, bare: Sequence[Item]) -> str:
    """How many indicators of an area have no evidence, and the first of them."""
    total = len(area.indicators)
    if not bare:
        head = f"Tiap indikator {said.area(area)} sudah punya bukti"
        return joined([bold(head)], [fmt.esc(unit.name)], [EVIDENCE_COUNTED])
    head = f"{len(bare)} dari {total} indikator {said.area(area)} belum punya bukti"
    lines = [f"○ {item.number} {fmt.esc(item.title)}" for item in bare[:MOST_ITEMS]]
    if len(bare) > MOST_ITEMS:
        lines.append(f"dan {len(bare) - MOST_ITEMS} indikator lain.")
    return joined([bold(head)], [fmt.esc(unit.name)], lines, [EVIDENCE_COUNTED])


def evidence(unit: Unit, instrument: Instrument, bare: Sequence[Item]) -> str:
    """How many indicators have no evidence, area by area."""
    results = sum(item in instrument.results for item in bare)
    if not bare:
        return joined([bold("Tiap indikator sudah punya bukti")], [fmt.esc(unit.name)], [EVIDENCE_COUNTED])
    lines = []
    for area in instrument.areas:
        left = sum(item in area.indicators for item in bare)
        state = f"{left} dari {len(area.indicators)} belum punya bukti" if left else "semua sudah punya bukti"
        lines.append(f"{'○' if left else '✓'} {said.area(area)}: {state}")
    lines += [f"○ Hasil (survei dan kinerja): {results} belum punya bukti"] if results else []
    head = f"{len(bare) - results} dari {len(instrument.area_order)} indikator belum punya bukti"
    return joined([bold(head)], [fmt.esc(unit.name)], lines, [EVIDENCE_COUNTED])


# score ---------------------------------------------------------------------------------------------


def score(now: Standing, target: Target | None, carried: Collection[str] = ()) -> str:
    """The score, the verdict, and the area furthest below its limit; `carried` nobody has confirmed."""
    ready = now.ready(target)
    weakest = ready.areas[0]
    lines = [f"{said.verdict(ready)}."]
    if not weakest.gate.met:
        lines.append(f"Area yang paling jauh: {said.area(weakest.area)} {said.against(weakest)}.")
    return joined(
        [bold(f"Nilai total {said.points(now.score.total)} dari 100")],
        [_unit(now.where.unit, now.where.assessment.year)],
        lines,
        [_self(now, ready.answered, ready.indicators, carried)],
    )


def _self(now: Standing, answered: int, indicators: int, carried: Collection[str] = ()) -> str:
    answered -= sum(indicator.id in carried for indicator in now.instrument.area_order)
    rest = EMPTY_IS_ZERO if carried else UNANSWERED_IS_ZERO
    blank = f" {rest}" if now.score.unanswered else ""
    return f"Ini {said.SELF}: {answered} dari {indicators} indikator terjawab.{_unconfirmed(carried)}{blank}"


def _unconfirmed(carried: Collection[str]) -> str:
    """That the score holds answers of last year which nobody has confirmed; nothing without any."""
    if not carried:
        return ""
    return f" {len(carried)} jawaban dari tahun lalu ikut dihitung dan belum dikonfirmasi."


def area(now: Standing, view: AreaView, done: AreaProgress, carried: Collection[str] = ()) -> str:
    """One area: its score against the limit, and how far it is filled in."""
    count = done.count
    target = now.target
    lines = [
        f"Terjawab {count.done} dari {count.total} indikator ({fmt.percent(count.done, count.total)}).",
    ]
    if done.first_open is not None:
        lines.append(f"Yang belum paling awal: {done.first_open.number} {fmt.esc(done.first_open.title)}.")
    points = said.points(view.points.total)
    weight = fmt.short_number(view.area.weight)
    return joined(
        [bold(f"{said.area(view.area)}: {points} dari {weight} poin")],
        [_unit(now.where.unit, now.where.assessment.year)],
        [f"Untuk {target}: {said.against(view)}."],
        lines,
        [f"Ini {said.SELF}.{_unconfirmed(carried)}"],
    )


def missing(now: Standing, target: Target | None, carried: Collection[str] = ()) -> str:
    """What is still missing for a target."""
    ready = now.ready(target)
    unit = _unit(now.where.unit, now.where.assessment.year)
    closing = [_self(now, ready.answered, ready.indicators, carried)]
    if ready.met:
        head = f"Semua {len(ready.gates)} syarat nilai {ready.target} memenuhi"
        apart = "Syarat pengusulan di luar nilai tetap diperiksa terpisah; predikat diputuskan penilai."
        return joined([bold(head)], [unit], [apart], closing)
    count = len(ready.missed)
    named = _most_telling(ready.missed)
    lines = [said.missed(now, gate) for gate in named]
    if count > len(named):
        lines.append(f"dan {count - len(named)} syarat lain.")
    head = f"Untuk {ready.target} masih kurang {count} dari {len(ready.gates)} syarat nilai"
    surveys = []
    if ready.survey_missed:
        surveys = ["Indeks survei tidak dapat dikejar lewat LKE; perlu survei berikutnya."]
    return joined([bold(head)], [unit], lines, surveys, closing)


def _most_telling(gates: Sequence[GateResult]) -> list[GateResult]:
    """Total and lever first, then as many others as fit."""
    whole = [gate for gate in gates if gate.gate.node in {"total", "pengungkit"}]
    rest = [gate for gate in gates if gate not in whole]
    return [*whole, *rest][:MOST_GATES]


def weakest(now: Standing, work: Work) -> str:
    """The areas furthest from their limit."""
    ready = now.ready()
    first, *others = ready.areas
    counts = {each.area.id: each.count for each in work.progress.areas}
    left = counts[first.area.id].total - counts[first.area.id].done
    lines = [f"{said.area(first.area)} {said.against(first)}."]
    if left:
        lines.append(f"Di area itu {left} indikator belum terjawab. {UNANSWERED_IS_ZERO}")
    near = [f"{said.area(view.area)} {said.against(view)}" for view in others[:2]]
    return joined(
        [bold(f"{_head_of(first)}: {said.area(first.area)}")],
        [_unit(now.where.unit, now.where.assessment.year)],
        lines,
        ["Berikutnya:", *near],
        [f"Batasnya menurut {ready.target}; nilainya {said.SELF}."],
    )


def _head_of(view: AreaView) -> str:
    below: Fraction = view.distance
    return "Paling lemah" if below < 0 else "Paling dekat ke batas"


# work ----------------------------------------------------------------------------------------------


def progress(work: Work) -> str:
    """How far the worksheet is filled in."""
    total, results = work.progress.indicators, work.progress.results
    lines = [_count_line(each, work) for each in work.progress.areas]
    lines.append(f"{_mark(results.complete)} Hasil: {results.done} dari {results.total}")
    head = f"{total.done} dari {total.total} indikator terjawab ({fmt.percent(total.done, total.total)})"
    return joined(
        [bold(head)],
        [_unit(work.where.unit, work.where.assessment.year)],
        lines,
        ["Ini kemajuan pengisian, bukan nilai."],
    )


def _mark(complete: bool) -> str:
    return "✓" if complete else "○"


def _count_line(each: AreaProgress, work: Work) -> str:
    mine = " · area Anda" if work.bound and each in work.mine else ""
    name = said.area(each.area)
    return f"{_mark(each.count.complete)} {name}: {each.count.done} dari {each.count.total}{mine}"


def open_items(work: Work) -> str:
    """What is unanswered, the actor's own areas first."""
    total, results = work.progress.indicators, work.progress.results
    left = total.total - total.done
    unit = _unit(work.where.unit, work.where.assessment.year)
    waiting = results.total - results.done
    if not left and not waiting:
        return joined([bold("Semua indikator dan isian Hasil sudah terjawab")], [unit])
    lines = []
    for each in work.open_areas:
        mine = " · area Anda" if work.bound and each in work.mine else ""
        lines.append(f"○ {said.area(each.area)}: {each.count.total - each.count.done} belum{mine}")
    if waiting:
        lines.append(f"○ Hasil (survei dan kinerja): {waiting} belum")
    return joined(
        [bold(f"{left} dari {total.total} indikator belum terjawab")], [unit], lines, _first(work.open_areas)
    )


def _first(areas: Sequence[AreaProgress]) -> list[str]:
    item = next((each.first_open for each in areas if each.first_open is not None), None)
    return [f"Paling awal: {item.number} {fmt.esc(item.title)}."] if item else []


def tasks(work: Work, due: Sequence[Due]) -> str:
    """What the actor is to do."""
    unit = _unit(work.where.unit, work.where.assessment.year)
    if not work.mine:
        return joined(
            [bold("Tidak ada isian yang menunggu Anda")],
            [unit],
            ["Peran Anda di unit ini membaca; LKE diisi pokja dan koordinator unit."],
            _due_lines(due),
        )
    left = [each for each in work.mine if not each.count.complete]
    results = work.progress.results
    waiting = results.total - results.done if work.fills_results else 0
    count = sum(each.count.total - each.count.done for each in left)
    whose = "di area Anda" if work.bound else "di enam area"
    if not left and not waiting:
        head = f"Semua indikator {whose} sudah terjawab"
    else:
        head = f"{count} indikator {whose} belum terjawab"
    lines = [f"○ {said.area(each.area)}: {each.count.total - each.count.done} belum" for each in left]
    if waiting:
        lines.append(f"○ Hasil (survei dan kinerja): {waiting} belum")
    return joined([bold(head)], [unit], lines, _first(left), _due_lines(due))


# deadlines -----------------------------------------------------------------------------------------


def deadlines(unit: Unit, year: int, due: Sequence[Due]) -> str:
    """The next deadlines, the late ones first."""
    named = _unit(unit, year)
    if not due:
        return joined(
            [bold("Belum ada batas waktu yang menunggu")],
            [named],
            ["Tanggalnya diisi koordinator unit di Jadwal. Untuk batas pengusulan nasional, tanyakan saja."],
        )
    return joined([bold(_due_head(due))], [named], _due_lines(due))


def _due_head(due: Sequence[Due]) -> str:
    late = [each for each in due if each.late]
    coming = [each for each in due if not each.late]
    if not coming:
        return f"{len(late)} batas waktu sudah lewat"
    first = coming[0]
    return f"Batas waktu terdekat: {_scope(first.line.scope)}, {_distance(first)}"


def _due_lines(due: Sequence[Due]) -> list[str]:
    lines = []
    for each in due[:MOST_DUE]:
        mark = "! " if each.late or (each.day - each.line.today).days <= 1 else ""
        lines.append(f"{mark}{_scope(each.line.scope)}: {fmt.day_long(each.day)}, {_distance(each)}")
    if len(due) > MOST_DUE:
        lines.append(f"dan {len(due) - MOST_DUE} lagi di Jadwal.")
    return lines


def _distance(due: Due) -> str:
    return fmt.distance(due.day, due.line.today)


def _scope(scope: Scope) -> str:
    if scope.area is not None:
        return said.area(scope.area)
    if scope.kind in {TPI, SUBMISSION}:
        return "penilaian TPI" if scope.kind == TPI else "pengusulan nasional"
    return fmt.esc(scope.name)
