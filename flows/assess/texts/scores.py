"""Scores side by side, and whether a unit may be proposed."""

from collections.abc import Sequence
from fractions import Fraction

from flows import fmt
from flows.assess.proposable import LOCKED, NONE, OUTSIDE, Check, Lack
from flows.assess.scores import Comparison, Difference
from flows.checklist.service import Current
from flows.item_words import answer
from knowledge.figures import GateResult

BY_ITEM, BY_AREA, FINDINGS, SIGNED = "Per isian", "Per area", "Catatan TPI", "Nilai TPI"
CONDITIONS, EVIDENCE, READINESS = "Syarat pengusulan", "Bukti yang kurang", "Kesiapan"
DESK, PROPOSE = "Meja penilaian", "Siap diusulkan?"
KINDS = {NONE: "belum ada bukti", OUTSIDE: "semua bukti di luar rentang", LOCKED: "tautan terkunci"}
MOST = 8
_CLOSE = (
    "Ini hitungan bantu: catatan yang berlaku ada di sistem Kementerian PANRB, dan pengusulan diputuskan "
    "instansi."
)


def nothing(where: Current) -> str:
    """The assessors' values are not there yet, or not signed."""
    return (
        f"<b>Nilai TPI belum ada untuk dilihat.</b>\n\n{fmt.esc(where.unit.name)}\n\n"
        "Nilai dan catatan TPI terlihat setelah putaran disahkan ketua TPI dan pengendali teknis."
    )


def _source(found: Comparison) -> str:
    if found.row is None:
        return "Nilai TPI masih berjalan, belum disahkan."
    day = found.row.closed_at
    when = f", {fmt.day_short(fmt.local(day, found.where.unit.zone).date())}" if day is not None else ""
    return f"Nilai TPI putaran {found.row.no}, disahkan{when}."


def signed(value: Fraction) -> str:
    """A difference with its sign: +0,50, -1,25, or 0."""
    if not value:
        return "sama"
    return f"{'+' if value > 0 else '-'}{fmt.number(abs(value))}"


def areas(found: Comparison) -> str:
    """Both scores by area, the largest difference first."""
    own, theirs = found.own.score, found.theirs.score
    gap = theirs.total - own.total
    lines = [
        f"<b>Nilai TPI {fmt.number(theirs.total)}, mandiri {fmt.number(own.total)} ({signed(gap)})</b>",
        "",
        f"{fmt.esc(found.where.unit.name)}. {_source(found)}",
        "",
        "Selisih terbesar di atas:",
    ]
    for area, mine, their in found.areas():
        lines.append(
            f"• Area {area.no} {fmt.esc(area.name)}: TPI {fmt.number(their)}, mandiri {fmt.number(mine)} "
            f"({signed(their - mine)})"
        )
    lines.append(
        f"• Hasil: TPI {fmt.number(theirs.hasil_total)}, mandiri {fmt.number(own.hasil_total)} "
        f"({signed(theirs.hasil_total - own.hasil_total)})"
    )
    ready = found.theirs.ready(found.own.target)
    lines += [
        "",
        f"Syarat nilai {ready.target} menurut nilai TPI: {ready.met_count} dari {len(ready.gates)}.",
    ]
    return "\n".join(lines)


def differences(found: Comparison, shown: Sequence[Difference], total: int, first: int) -> str:
    """Both answers by item, the largest difference first."""
    if not total:
        return (
            f"<b>Semua nilai TPI sama dengan jawaban unit.</b>\n\n{fmt.esc(found.where.unit.name)}. "
            f"{_source(found)}"
        )
    lines = [f"<b>{total} isian beda</b>", "", f"{fmt.esc(found.where.unit.name)}. {_source(found)}"]
    for number, each in enumerate(shown, first):
        own = fmt.esc(answer(each.item, each.own)) if each.own is not None else "belum ada"
        theirs = fmt.esc(answer(each.item, each.theirs)) if each.theirs is not None else "belum dinilai"
        lines += [
            "",
            f"{number}  <b>{each.item.number}</b>  {fmt.esc(fmt.cut(each.item.title, 80))}",
            f"   unit {own} · TPI {theirs} · {signed(each.points)} poin",
        ]
        if each.reason:
            lines.append(f"   “{fmt.esc(fmt.cut(fmt.one_line(each.reason), 160))}”")
    return "\n".join(lines)


# siap diusulkan ------------------------------------------------------------------------------------


def proposable(found: Check, gates: Sequence[tuple[GateResult, str, str, str]]) -> str:
    """The check; `gates` are those missed, with name, have and need in words."""
    unit, target = fmt.esc(found.where.unit.name), found.target
    if found.passes:
        assert found.row is not None
        return "\n".join(
            [
                f"<b>Siap diusulkan {target}: tidak ada yang kurang.</b>",
                "",
                f"{unit}, penilaian {found.where.assessment.year}",
                "",
                f"✓ Semua syarat nilai {target} memenuhi pada nilai TPI putaran {found.row.no} "
                f"({found.row.total.replace('.', ',')})",
                "✓ Syarat pengusulan instansi dan unit terisi dan memenuhi",
                "✓ Tiap jawaban di atas terendah punya bukti dari rentangnya, tanpa tautan terkunci",
                "✓ Semua catatan TPI selesai",
                "",
                _CLOSE,
            ]
        )
    lines = [f"<b>Belum siap diusulkan {target}.</b>", "", f"{unit}. Yang masih kurang:", ""]
    lines += [
        *_round(found),
        *_gates(found, gates),
        *_conditions(found),
        *_evidence(found),
        *_findings(found),
    ]
    return "\n".join([*lines, "", _CLOSE])


def _round(found: Check) -> list[str]:
    if found.ready is None:
        return ["! Nilai TPI: belum ada putaran yang disahkan"]
    if found.running is not None:
        return [f"! Putaran {found.running.no} penilaian TPI masih berjalan"]
    return []


def _gates(found: Check, gates: Sequence[tuple[GateResult, str, str, str]]) -> list[str]:
    if found.ready is None:
        return []
    if not gates:
        return [f"✓ Syarat nilai: {len(found.ready.gates)} dari {len(found.ready.gates)} pada nilai TPI"]
    return [f"! {fmt.esc(name)} {have} pada nilai TPI, minimal {need}" for _, name, have, need in gates]


def _conditions(found: Check) -> list[str]:
    if not found.unmet:
        return ["✓ Syarat pengusulan memenuhi"]
    lines = []
    for each in found.unmet[:MOST]:
        whose = "instansi" if each.line.owner == "instansi" else "unit"
        state = "belum memenuhi" if each.standing.value == "unmet" else "belum diisi"
        lines.append(f"! Syarat {whose}: {fmt.esc(each.line.name)}, {state}")
    if len(found.unmet) > MOST:
        lines.append(f"! dan {len(found.unmet) - MOST} syarat pengusulan lagi")
    return lines


def _evidence(found: Check) -> list[str]:
    if not found.lacks:
        return ["✓ Bukti dukung lengkap untuk tiap jawaban di atas terendah"]
    said = []
    for kind, words in KINDS.items():
        count = sum(each.kind == kind for each in found.lacks)
        if count:
            said.append(f"{count} {words}")
    return [f"! Bukti dukung {len(found.lacks)} indikator: {', '.join(said)}"]


def _findings(found: Check) -> list[str]:
    lines = []
    if found.open_findings:
        lines.append(f"! {found.open_findings} catatan TPI menunggu tanggapan unit")
    if found.undecided:
        lines.append(f"! {found.undecided} tanggapan menunggu keputusan TPI")
    return lines or ["✓ Tidak ada catatan TPI yang terbuka"]


def evidence(where: Current, shown: Sequence[Lack], total: int, first: int) -> str:
    """The indicators whose evidence does not carry their answer."""
    if not total:
        return f"<b>Tidak ada bukti yang kurang.</b>\n\n{fmt.esc(where.unit.name)}"
    lines = [f"<b>Bukti dukung {total} indikator perlu dilengkapi</b>", "", fmt.esc(where.unit.name), ""]
    for number, each in enumerate(shown, first):
        title = fmt.esc(fmt.cut(each.item.title, 70))
        lines.append(f"{number}  {each.item.number}  {title}: {KINDS[each.kind]}")
    return "\n".join([*lines, "", "Pilih nomor untuk membuka indikatornya, lalu Tambah bukti."])
