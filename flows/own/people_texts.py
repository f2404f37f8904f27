"""Wording of the answers about the team and oneself, HTML."""

from collections.abc import Mapping, Sequence

from flows import fmt, role_words
from flows.models import Membership, Unit
from flows.own.texts import bold, joined
from flows.readiness import said
from flows.team.service import Member
from knowledge.instrument import Area

MOST_NAMED = 8
LEADING, BESIDE = ("sekretaris", "pimpinan"), ("penilai", "pendamping")
"""Roles that are named with the coordinators, and after the areas."""


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)


def team(unit: Unit, members: Sequence[Member], area: Area | None, areas: Sequence[Area]) -> str:
    """Who is in the team; of one area when it is named."""
    if area is not None:
        inside = [m for m in members if m.membership.area == area.id]
        lines = [
            f"{'Ketua' if m.membership.role == 'ketua' else 'Anggota'}: {fmt.esc(m.person.name)}"
            for m in inside[:MOST_NAMED]
        ]
        if len(inside) > MOST_NAMED:
            lines.append(f"dan {len(inside) - MOST_NAMED} orang lagi.")
        head = f"{said.area(area)}: {_people(inside)}" if inside else f"{said.area(area)} belum ada orangnya"
        return joined([bold(head)], [fmt.esc(unit.name)], lines)
    lines = [f"Koordinator unit: {_names(members, 'koordinator') or 'belum ada'}"]
    lines += [_heading(role, held) for role in LEADING if (held := _names(members, role))]
    for each in areas:
        inside = [m for m in members if m.membership.area == each.id]
        lead = _names(inside, "ketua")
        lines.append(f"{said.area(each)}: {_people(inside)}{f', ketua {lead}' if lead else ''}")
    wide = [m for m in members if m.membership.area is None and m.membership.role in {"anggota", "ketua"}]
    if wide:
        lines.append(f"Semua area: {_people(wide)}")
    lines += [_heading(role, held) for role in BESIDE if (held := _names(members, role))]
    return joined([bold(f"Tim {fmt.esc(unit.name)}: {_people(members)}")], lines)


def _heading(role: str, names: str) -> str:
    name = role_words.NAMES[role]
    return f"{name[0].upper()}{name[1:]}: {names}"


def _people(members: Sequence[Member]) -> str:
    count = len({m.person.id for m in members})
    return f"{count} orang" if count else "belum ada"


def _names(members: Sequence[Member], role: str) -> str:
    named = [
        fmt.esc(m.person.name) + (f" ({m.membership.acting})" if m.membership.acting else "")
        for m in members
        if m.membership.role == role
    ]
    more = f" dan {len(named) - 3} lagi" if len(named) > 3 else ""
    return _listed(named[:3]) + more


def myself(unit: Unit, target: str, year: int, roles: Sequence[Membership], areas: Sequence[Area]) -> str:
    """What the actor is here."""
    by_id = {area.id: area for area in areas}
    held = [_role(each, by_id) for each in roles]
    return joined(
        [bold(f"Anda {_listed(list(dict.fromkeys(held)))}")],
        [f"Unit: {fmt.esc(unit.name)}", f"Sasaran {target}, penilaian {year}"],
    )


def _role(held: Membership, areas: Mapping[str, Area]) -> str:
    area = areas.get(held.area or "")
    name = role_words.SHORT[held.role] + (f" {said.area(area)}" if area else "")
    return f"{held.acting} {name}" if held.acting else name
