"""Why something about the team cannot be done, each with the sentence for the person."""

from flows import fmt, routes
from flows.errors import FlowError, Missing, NotAllowed, Outdated


def member_missing(membership_id: int) -> FlowError:
    """No such member, or not in this person's units."""
    return Missing("Anggota ini tidak ada dalam tim Anda.", next=routes.TEAM(), membership_id=membership_id)


def member_gone(membership_id: int | None) -> FlowError:
    """Removed already."""
    return Outdated(
        "Orang ini sudah tidak terdaftar di peran itu. Ini tim terbaru.",
        next=routes.TEAM(),
        membership_id=membership_id,
    )


def last_coordinator(unit_name: str) -> FlowError:
    """Every unit keeps a coordinator."""
    return NotAllowed(
        f"Ini satu-satunya koordinator {fmt.cut(unit_name, 70)}. Undang koordinator lain lebih dulu, "
        "lalu ulangi.",
        next=routes.INVITES(),
    )


def invite_missing(invite_id: int) -> FlowError:
    """No such link, or not this person's to see."""
    return Missing("Tautan undangan ini tidak ada dalam daftar Anda.", invite_id=invite_id)


def invite_closed(invite_id: int) -> FlowError:
    """Revoked or expired links are not changed."""
    return Outdated(
        "Tautan ini sudah tidak berlaku. Buat tautan baru bila masih perlu.",
        next=routes.INVITE_SHOW(invite_id),
    )


def role_unknown() -> FlowError:
    """A role or area that nobody can be invited to."""
    return Missing("Pilihan peran atau area ini tidak tersedia.", next=routes.INVITES())


def unit_archived(unit_id: int | None) -> FlowError:
    """Nobody is invited into an archived unit."""
    return NotAllowed("Unit ini sudah diarsipkan, jadi tidak bisa mengundang orang.", unit_id=unit_id)
