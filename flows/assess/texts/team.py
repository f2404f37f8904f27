"""The team of assessors, as the agency's admin forms it."""

from collections.abc import Sequence

from flows import fmt
from flows.assess.team import CONTROL, LEAD, MEMBER, Assigned, Candidate
from flows.assess.texts.desk import TIERS, areas_of
from flows.checklist.service import Current

ADD = {MEMBER: "Tambah anggota", LEAD: "Tunjuk ketua", CONTROL: "Tunjuk pengendali"}
INVITE, END, TO_TEAM, ALL_AREAS, OPEN = (
    "Undang penilai",
    "Lepas dari tim",
    "‹ Tim TPI",
    "Semua area",
    "Mulai menilai",
)
PROPOSE, UNIT_DATA = "Siap diusulkan?", "Data unit"
ASSIGNED, ENDED, CHANGED = "Ditunjuk dan diberi tahu.", "Dilepas dari tim TPI unit ini.", "Penugasan diubah."
RESULTS = "Hasil"


def team(where: Current, found: Sequence[Assigned], load: dict[int, tuple[int, int]]) -> str:
    """The team of a unit."""
    lines = [f"<b>Tim TPI: {fmt.esc(where.unit.name)}, {where.assessment.year}</b>", ""]
    if not found:
        lines += ["Belum ada yang ditunjuk. Tunjuk ketua TPI, pengendali teknis, dan anggota."]
    for number, each in enumerate(found, 1):
        _, waiting = load.get(each.row.person_id, (0, 0))
        lines.append(
            f"{number}  {fmt.esc(each.person.name)} · {TIERS[each.row.tier]} · "
            f"{areas_of(each.row.areas, where.instrument)} · {waiting} isian menunggu"
        )
    tiers = {each.row.tier for each in found}
    lacking = [TIERS[tier] for tier in (LEAD, CONTROL) if tier not in tiers]
    if found and lacking:
        lines += ["", f"! Belum ada {' dan '.join(lacking)}; putaran belum dapat disahkan tanpa keduanya."]
    lines += [
        "",
        "Putaran disahkan ketua TPI, lalu pengendali teknis. Tim unit dan pendampingnya tidak ditunjuk.",
    ]
    return "\n".join([*lines, *(["Pilih nomor untuk mengatur bagian seseorang."] if found else [])])


def candidates(where: Current, tier: str, shown: Sequence[Candidate], total: int, first: int) -> str:
    """Who may be assigned, who has least open first."""
    lines = [f"Siapa {TIERS[tier]} untuk {fmt.esc(where.unit.name)}?", ""]
    if not total:
        lines.append(
            "Belum ada penilai lain yang dapat ditunjuk. Undang penilai lebih dulu; tim unit dan yang pernah "
            "mendampinginya tidak termasuk."
        )
        return "\n".join(lines)
    for number, each in enumerate(shown, first):
        units = f"{each.units} unit, {each.open} isian menunggu" if each.units else "belum punya tugas"
        here = " · penilai unit ini" if each.here else ""
        usual = " · saran: beban paling ringan" if number == 1 else ""
        lines.append(f"{number}  {fmt.esc(each.person.name)}: {units}{here}{usual}")
    return "\n".join([*lines, "", "Pilih nomornya. Yang ditunjuk langsung diberi tahu."])


def member(each: Assigned, where: Current) -> str:
    """One person of the team."""
    return "\n".join(
        [
            f"<b>{fmt.esc(each.person.name)}</b>",
            "",
            f"{TIERS[each.row.tier][:1].upper()}{TIERS[each.row.tier][1:]} · {fmt.esc(where.unit.name)}",
            f"Bagian: {areas_of(each.row.areas, where.instrument)}.",
            "",
            "Ketuk tingkat atau area untuk mengubahnya. Tanpa pilihan area, semua area bagiannya.",
        ]
    )


def assigned(each: Assigned, where: Current) -> str:
    """At the assessor who was assigned."""
    return "\n".join(
        [
            f"Anda ditunjuk menilai {fmt.esc(where.unit.name)}, penilaian {where.assessment.year}",
            "",
            f"Sebagai {TIERS[each.row.tier]}, bagian: {areas_of(each.row.areas, where.instrument)}.",
            "Isian yang menunggu ada di Penilaian saya (/nilai).",
        ]
    )
