"""Why a change of the unit tree cannot be, each with the sentence for the person."""

from flows import fmt, routes
from flows.errors import BadInput, FlowError, Missing, NotAllowed, Outdated
from flows.routes import Action


def unit_missing(unit_id: int) -> FlowError:
    """Not there, or not this person's to see."""
    return Missing("Unit ini tidak ada dalam daftar Anda.", unit_id=unit_id)


def unit_archived(unit_id: int | None) -> FlowError:
    """Archived units are not changed."""
    return Missing(
        "Unit ini sudah diarsipkan, jadi tidak dapat diubah. Pulihkan lebih dulu bila masih dipakai.",
        unit_id=unit_id,
    )


def year_closed(unit_id: int, year: int) -> FlowError:
    """A closed year is read only; an admin opens it again, knowing what that means."""
    return BadInput(
        f"LKE {year} sudah ditutup sebagai arsip. Admin instansi dapat membukanya kembali di Tahun LKE "
        "(/tahun).",
        next=routes.YEARS(unit_id),
    )


def outdated(unit_id: int) -> FlowError:
    """Somebody changed the unit meanwhile."""
    return Outdated(
        "Data unit sudah berubah sejak layar tadi. Ini keadaan terbaru.", next=routes.UNIT_EDIT(unit_id)
    )


def duplicate(name: str, again: Action) -> FlowError:
    """Two units of one name under one parent."""
    return BadInput(
        f"Sudah ada unit bernama “{fmt.cut(name, 80)}” di tingkat ini. "
        "Ketik nama lain, misalnya tambahkan kotanya.",
        next=again,
    )


def duplicate_request(name: str, request_id: int) -> FlowError:
    """The requested unit exists already."""
    return BadInput(
        f"Unit “{fmt.cut(name, 70)}” sudah ada. Undang pengusul lewat unit itu, lalu tolak permintaan ini.",
        next=routes.REQUEST_SHOW(request_id),
    )


def has_children(unit_id: int, count: int) -> FlowError:
    """A unit is archived from the leaves upwards."""
    return NotAllowed(
        f"Masih ada {count} unit di bawahnya. Pindahkan atau arsipkan unit itu lebih dulu.",
        next=routes.UNIT_EDIT(unit_id),
    )


def parent_archived(unit_id: int) -> FlowError:
    """The way up from the unit leads through an archived one."""
    return NotAllowed(
        "Unit induknya masih diarsipkan. Pulihkan unit induk lebih dulu.", next=routes.UNIT_EDIT(unit_id)
    )


def below_itself(unit_id: int) -> FlowError:
    """A unit cannot hang below itself."""
    return NotAllowed("Unit tidak dapat dipindah ke bawah dirinya sendiri.", next=routes.UNIT_EDIT(unit_id))


def too_deep(next: Action) -> FlowError:
    """The tree has a limit."""
    return NotAllowed("Susunan unit paling banyak delapan tingkat.", next=next)


def choice_unknown(unit_id: int) -> FlowError:
    """A zone, target, year or kind that does not exist."""
    return Missing("Pilihan ini tidak tersedia. Ini pilihan yang ada.", next=routes.UNIT_EDIT(unit_id))


def kind_unknown() -> FlowError:
    """A kind of unit that does not exist."""
    return Missing("Jenis unit ini tidak tersedia.", next=routes.ADMIN())


def request_missing(request_id: int) -> FlowError:
    """No such request for a unit."""
    return Missing("Permintaan ini tidak ada lagi.", next=routes.ADMIN(), request_id=request_id)


def request_decided(request_id: int) -> FlowError:
    """Another admin was quicker, or the asker took it back."""
    return Outdated(
        "Permintaan ini sudah diputus atau ditarik. Ini keadaan terbaru.",
        next=routes.REQUESTS(0),
        request_id=request_id,
    )
