"""Who may do what. The only module that knows what a role is allowed to do.

Roles of a unit: anggota and ketua (for one area, or all), koordinator, sekretaris (acts for others), pimpinan
(reads and endorses). Of an agency: penilai (TPI) and pendamping (advises) by unit, wilayah (a branch of the
tree), admin. Permission is asked where the thing is done, with the roles of that moment.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from flows.errors import NotAllowed
from flows.models import Membership, Person, Unit

Act = Literal[
    "view",
    "answer",
    "assign",
    "review",
    "task",
    "handover",
    "restricted",
    "advise",
    "assess",
    "endorse",
    "plan",
    "schedule",
    "part_schedule",
    "announce",
    "letter",
    "package",
    "tpi_letter",
    "tpi_team",
    "group",
    "announce_below",
    "season",
    "year",
    "pact",
    "pact_names",
    "prepare",
    "coverage",
    "team",
    "unit_edit",
    "unit_create",
    "agency",
]

ROLES = (
    "anggota",
    "ketua",
    "koordinator",
    "sekretaris",
    "pimpinan",
    "penilai",
    "pendamping",
    "wilayah",
    "admin",
)

GRANTS: dict[str, frozenset[Act]] = {
    "anggota": frozenset({"view", "answer", "task", "prepare"}),
    "ketua": frozenset(
        {
            "view",
            "answer",
            "task",
            "assign",
            "review",
            "restricted",
            "part_schedule",
            "pact_names",
            "prepare",
            "coverage",
        }
    ),
    "koordinator": frozenset(
        {
            "view",
            "answer",
            "task",
            "assign",
            "review",
            "restricted",
            "handover",
            "plan",
            "schedule",
            "part_schedule",
            "announce",
            "letter",
            "package",
            "group",
            "season",
            "year",
            "pact",
            "pact_names",
            "prepare",
            "coverage",
            "team",
            "unit_edit",
        }
    ),
    "sekretaris": frozenset(
        {"view", "answer", "task", "assign", "handover", "letter", "package", "pact", "pact_names", "prepare"}
    ),
    "pimpinan": frozenset({"view", "endorse", "letter", "package", "pact_names", "prepare", "coverage"}),
    "penilai": frozenset({"view", "restricted", "assess", "package", "tpi_letter"}),
    "pendamping": frozenset({"view", "advise"}),
    "wilayah": frozenset({"view", "announce_below"}),
    "admin": frozenset(
        {
            "view",
            "team",
            "handover",
            "unit_edit",
            "unit_create",
            "agency",
            "announce_below",
            "tpi_team",
            "season",
            "year",
        }
    ),
}
"""What a role may do within its unit (wilayah: its branch of the tree; admin: its agency).

`announce_below` is writing to the people of a whole branch, for those who oversee it. `season` is noting down
what came of the unit after the submission, `year` closing its year and opening the next. `pact` is recording
signed sheets of the pakta integritas and the pencanangan, `pact_names` reading who has signed. `prepare` is
taking part in drills and walks before an evaluation, `coverage` reading in which areas people have drilled.

`restricted` is seeing evidence of the class "terbatas"; its PIC sees it too, whatever their role.
"""

AREA_BOUND: frozenset[Act] = frozenset({"answer", "assign", "review", "restricted", "part_schedule"})
"""Acts for which a membership of one area counts in that area only."""

YEAR_BOUND: frozenset[Act] = frozenset({"answer", "assign", "review", "advise", "assess", "endorse"})
"""Acts that change the LKE of a year: nobody may do them while the year is closed."""

REFUSED: dict[Act, str] = {
    "view": "Data unit ini hanya untuk anggotanya. Bila Anda baru pindah unit, mintalah tautan undangan.",
    "answer": "Bagian ini diisi pokja area lain. Anda tetap bisa membacanya; perubahan lewat pokja itu "
    "atau koordinator unit.",
    "assign": "PIC ditunjuk ketua pokja areanya, koordinator unit, atau sekretaris tim.",
    "review": "Reviu dilakukan ketua pokja area ini atau koordinator unit.",
    "task": "Tugas dicatat oleh anggota tim unit ini. Sampaikan usulan Anda kepada koordinator unit.",
    "handover": "Serah terima diatur koordinator unit, sekretaris tim, atau admin instansi.",
    "restricted": "Bukti ini bertanda terbatas: hanya untuk PIC, ketua pokja, koordinator unit, dan penilai.",
    "advise": "Saran diberikan pendamping TPI unit ini.",
    "assess": "Nilai dan catatan TPI diisi penilai yang ditugaskan, bukan tim atau pendamping unitnya.",
    "endorse": "Pengesahan dilakukan pimpinan unit.",
    "plan": "Tanda kesulitan dan syarat unit diisi koordinator unit. Sampaikan usulan Anda kepadanya.",
    "schedule": "Batas waktu diatur koordinator unit. Sampaikan usulan Anda kepadanya.",
    "part_schedule": "Batas waktu ini diatur ketua pokja areanya atau koordinator unit.",
    "announce": "Pengumuman dikirim oleh koordinator unit. Titipkan isinya kepadanya.",
    "letter": "Surat unit disusun koordinator unit, sekretaris tim, atau pimpinan unit.",
    "package": "Paket bukti disusun koordinator unit, sekretaris tim, pimpinan unit, atau penilai.",
    "tpi_letter": "Ringkasan hasil evaluasi disusun penilai (TPI).",
    "tpi_team": "Tim penilai (TPI) dibentuk admin instansi.",
    "group": "Grup kantor diatur koordinator unit. Sampaikan usulan Anda kepadanya.",
    "announce_below": "Pengumuman ke beberapa unit dikirim admin instansi atau koordinator wilayah.",
    "season": "Hasil setelah pengajuan dan catatan LHE dicatat koordinator unit atau admin instansi.",
    "prepare": "Latihan wawancara dan keliling loket untuk tim unit ini sendiri.",
    "coverage": "Cakupan latihan dibaca ketua pokja, koordinator unit, dan pimpinan unit.",
    "year": "Tahun LKE ditutup dan dibuka koordinator unit atau admin instansi.",
    "pact": "Lembar pakta dan pencanangan dicatat koordinator unit atau sekretaris tim. Lembar Anda sendiri "
    "dikirim di /pakta.",
    "pact_names": "Daftar nama dibaca pimpinan, koordinator, sekretaris, dan ketua pokja unit ini. Jumlahnya "
    "ada di /pakta.",
    "team": "Daftar tim dan undangan diatur koordinator unit atau admin instansi.",
    "unit_edit": "Data unit diatur koordinator unit atau admin instansi.",
    "unit_create": "Unit baru dibuat oleh admin instansi.",
    "agency": "Bagian ini hanya untuk admin instansi.",
}


NOT_YOURS_TO_GIVE = "Penilai, pendamping, dan koordinator wilayah diatur admin instansi, bukan oleh unitnya."
AGENCY_GIVEN = frozenset({"penilai", "pendamping", "wilayah", "admin"})
"""Roles that only an admin gives and takes away: a unit does not choose who judges or oversees it."""

UNIT_SIDE_ROLES = ("anggota", "ketua", "koordinator", "sekretaris", "pimpinan")
"""The unit's own people."""

OVERSEERS = ("wilayah", "admin")
"""Who looks after several units."""
NOT_OVERSEEN = "Papan unit hanya untuk admin instansi dan koordinator wilayah."

WORKERS = ("anggota", "ketua", "koordinator", "sekretaris")
"""Who works on the LKE: reminded of what is due, and the receivers of announcements to the whole team."""


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind an event with the roles of this moment. Strangers have no person and no roles."""

    person: Person | None
    memberships: tuple[Membership, ...] = ()
    units: tuple[Unit, ...] = ()  # of the memberships, held so that asking the session for one needs no query

    @property
    def person_id(self) -> int:
        """Id of the person. Raises NotAllowed for strangers."""
        if self.person is None or self.person.id is None:
            raise NotAllowed("Untuk bagian ini Anda perlu bergabung lebih dulu lewat tautan undangan.")
        return self.person.id

    def roles_in(self, unit: Unit) -> tuple[Membership, ...]:
        """The memberships that count in this unit."""
        return tuple(m for m in self.memberships if _counts(m, unit))

    def has_role(self, role: str, unit: Unit | None = None) -> bool:
        """Whether the actor holds the role (in this unit, or anywhere)."""
        return any(m.role == role and (unit is None or _counts(m, unit)) for m in self.memberships)

    def areas(self, unit: Unit) -> tuple[str, ...]:
        """The areas the actor belongs to in this unit, without those memberships that span all areas."""
        return tuple(sorted({m.area for m in self.roles_in(unit) if m.area}))


def _counts(membership: Membership, unit: Unit) -> bool:
    if membership.role == "admin":
        return membership.agency_id == unit.agency_id
    if membership.role == "wilayah":
        return membership.agency_id == unit.agency_id and f"/{membership.unit_id}/" in unit.path
    return membership.unit_id == unit.id


def can(actor: Actor, act: Act, unit: Unit, area: str | None = None) -> bool:
    """Whether the actor may do the act in this unit (for this area, where areas matter)."""
    if act in YEAR_BOUND and unit.closed_year is not None:
        return False
    for membership in actor.roles_in(unit):
        if act not in GRANTS[membership.role]:
            continue
        if act in AREA_BOUND and membership.area and area and membership.area != area:
            continue
        return True
    return False


def may_assess(actor: Actor, unit: Unit) -> bool:
    """Whether the actor may fill in the assessors' side: a penilai, not of its own team nor its adviser."""
    return can(actor, "assess", unit) and not partial(actor.roles_in(unit))


def partial(held: Iterable[Membership]) -> bool:
    """Whether somebody with these roles in a unit cannot judge it: its own people, and who advised it."""
    return any(each.role in UNIT_SIDE_ROLES or each.role == "pendamping" for each in held)


def require_assess(actor: Actor, unit: Unit) -> None:
    """Raise NotAllowed with a sentence for the person unless `may_assess`."""
    if not may_assess(actor, unit):
        raise NotAllowed(_refusal("assess", unit), act="assess", unit_id=unit.id)


def year_closed(year: int) -> str:
    """Why nothing of that year can be changed, for the person."""
    return (
        f"LKE {year} sudah ditutup dan hanya bisa dibaca. Koordinator unit dapat membuka tahun berikutnya "
        "di Tahun LKE (/tahun)."
    )


def _refusal(act: Act, unit: Unit) -> str:
    closed = unit.closed_year
    return year_closed(closed) if act in YEAR_BOUND and closed is not None else REFUSED[act]


def require(actor: Actor, act: Act, unit: Unit, area: str | None = None) -> None:
    """Raise NotAllowed with a sentence for the person unless `can`."""
    if not can(actor, act, unit, area):
        raise NotAllowed(_refusal(act, unit), act=act, unit_id=unit.id)


def may_give(actor: Actor, role: str, unit: Unit) -> bool:
    """Whether the actor may invite somebody to this role in the unit, name a stand-in, or end it."""
    if role in AGENCY_GIVEN:
        return unit.agency_id in admin_agencies(actor)
    return role in GRANTS and can(actor, "team", unit)


def require_give(actor: Actor, role: str, unit: Unit) -> None:
    """Raise NotAllowed with a sentence for the person unless `may_give`."""
    if not may_give(actor, role, unit):
        raise NotAllowed(NOT_YOURS_TO_GIVE if role in AGENCY_GIVEN else REFUSED["team"], unit_id=unit.id)


def admin_agencies(actor: Actor) -> tuple[int, ...]:
    """The agencies the actor administers."""
    return tuple(sorted({m.agency_id for m in actor.memberships if m.role == "admin"}))


def overseen(actor: Actor) -> tuple[tuple[int, int | None], ...]:
    """What the actor oversees: agencies whole (unit None) or branches of their tree by the unit at its top.

    Raises NotAllowed for everybody else.
    """
    own = {
        (m.agency_id, None if m.role == "admin" else m.unit_id)
        for m in actor.memberships
        if m.role in OVERSEERS
    }
    whole = {agency_id for agency_id, unit_id in own if unit_id is None}
    found = {(agency_id, unit_id) for agency_id, unit_id in own if unit_id is None or agency_id not in whole}
    if not found:
        raise NotAllowed(NOT_OVERSEEN)
    return tuple(sorted(found, key=lambda each: (each[0], each[1] or 0)))


def oversees(actor: Actor) -> bool:
    """Whether the actor looks after several units."""
    return any(m.role in OVERSEERS for m in actor.memberships)


def require_admin(actor: Actor, agency_id: int, act: Act = "agency") -> None:
    """Raise NotAllowed unless the actor administers this agency."""
    if agency_id not in admin_agencies(actor):
        raise NotAllowed(REFUSED[act], act=act)
