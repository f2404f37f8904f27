"""Why a handover cannot be, each with the sentence for the person."""

from flows import routes
from flows.errors import BadInput, FlowError, Missing, NotAllowed, Outdated
from flows.models import Handover

_ENDED = {
    "accepted": "Serah terima ini sudah diterima. Ini keadaan terbaru.",
    "declined": "Serah terima ini sudah ditolak penerusnya. Ini keadaan terbaru.",
    "cancelled": "Serah terima ini sudah dibatalkan. Ini keadaan terbaru.",
}


def no_successor(unit_id: int, person_id: int) -> FlowError:
    """Not somebody of the team, or no longer."""
    return Missing(
        "Penerus itu sudah tidak di tim unit. Silakan pilih orang lain.",
        next=routes.HANDOVER(unit_id, person_id, 0),
    )


def nothing() -> FlowError:
    """The giver holds neither work nor roles."""
    return BadInput("Tidak ada pekerjaan atau peran yang perlu diserahkan.", next=routes.TEAM())


def leading_role() -> FlowError:
    """Asked by a sekretaris."""
    return NotAllowed(
        "Peran koordinator unit dan pimpinan diserahkan oleh orangnya sendiri, koordinator lain, "
        "atau admin instansi.",
        next=routes.TEAM(),
    )


def to_oneself() -> FlowError:
    """A sekretaris who would gain another's role."""
    return NotAllowed(
        "Serah terima kepada diri sendiri diatur koordinator unit atau admin instansi.",
        next=routes.TEAM(),
    )


def absent_successor() -> FlowError:
    """The successor has no account and cannot say yes."""
    return NotAllowed(
        "Penerus ini belum memakai Telegram, jadi tidak bisa menjawab sendiri. "
        "Mintalah koordinator unit atau sekretaris tim yang menyerahkannya.",
        next=routes.TEAM(),
    )


def absent_leader() -> FlowError:
    """Who leads must be reachable."""
    return NotAllowed(
        "Penerus ini belum memakai Telegram, sedangkan koordinator dan pimpinan perlu bisa dihubungi. "
        "Undang orangnya lebih dahulu.",
        next=routes.TEAM(),
    )


def successor_left(handover_id: int) -> FlowError:
    """The successor is no longer of the team."""
    return NotAllowed(
        "Penerus sudah tidak di tim unit ini, jadi belum ada yang dipindahkan. Pilih penerus lain.",
        next=routes.HANDOVER_SHOW(handover_id),
    )


def ended(row: Handover) -> FlowError:
    """Answered already."""
    return Outdated(_ENDED[row.state], next=routes.HANDOVER_SHOW(row.id or 0))
