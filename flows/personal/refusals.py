"""Why one's data cannot be deleted yet."""

from flows import fmt, routes
from flows.errors import FlowError, NotAllowed


def last_coordinator(unit_name: str) -> FlowError:
    """Every unit keeps a coordinator."""
    return NotAllowed(
        f"Anda satu-satunya koordinator {fmt.cut(unit_name, 60)}. Undang koordinator lain lebih dulu "
        "(/tim), lalu hapus data Anda.",
        next=routes.PRIVACY(),
    )


def last_admin(agency_name: str) -> FlowError:
    """Every agency keeps an admin."""
    return NotAllowed(
        f"Anda satu-satunya admin {fmt.cut(agency_name, 60)}. Undang admin lain lebih dulu "
        "(Kelola instansi), lalu hapus data Anda.",
        next=routes.PRIVACY(),
    )
