"""Wording of reminders."""

from collections.abc import Sequence
from datetime import date

from flows import fmt
from flows.days import due_day
from flows.models import Membership
from flows.reminders.due import DueItem
from flows.schedule.names import Scope, short_title, title

FILL, SCHEDULE = "Isi LKE", "Lihat jadwal"
GONE = "Pengingat ini sudah tidak berlaku. Ini jadwal terbaru."


def due_title(item: DueItem) -> str:
    """What is due, in a reminder. Escaped."""
    scope = Scope("", item.scope, item.area)
    return title(scope) if item.area is not None else short_title(scope)


def missing(item: DueItem) -> str:
    """What is still missing of it."""
    what = "indikator" if item.area is not None else "isian LKE"
    if not item.missing:
        return f"Semua {item.total} {what} sudah terjawab."
    return f"Belum terjawab {item.missing} dari {item.total} {what}."


def remind(
    items: Sequence[DueItem], unit_name: str, zone: str, today: date, roles: Sequence[Membership]
) -> str:
    """A reminder: what, when, what is missing, why this person, what ends it."""
    day = due_day(items[0].due_at, zone)
    far = fmt.distance(day, today).capitalize()
    if len(items) == 1:
        item = items[0]
        head = f"<b>{far} batas waktunya: {due_title(item)}.</b>"
        body = f"{fmt.moment(item.due_at, zone)}.\n{missing(item)}"
    else:
        head = f"<b>{far} {len(items)} batas waktu: {fmt.day_long(day)}.</b>"
        body = "\n".join(f"• {due_title(i)}, {fmt.clock(i.due_at, zone)}\n  {missing(i)}" for i in items)
    return f"{head}\n\n{body}\n\n{_why(items, roles)} di {fmt.esc(unit_name)}. {_end(items, roles)}"


def _why(items: Sequence[DueItem], roles: Sequence[Membership]) -> str:
    held = {m.role for m in roles}
    if "koordinator" in held:
        return "Anda koordinator unit"
    area = items[0].area if len(items) == 1 else None
    if "sekretaris" in held and "ketua" not in held:
        return "Anda sekretaris tim"
    role = "ketua pokja" if "ketua" in held else "anggota tim" if area is None else "anggota pokja"
    return f"Anda {role} Area {area.no}" if area is not None else f"Anda {role}"


def _end(items: Sequence[DueItem], roles: Sequence[Membership]) -> str:
    if any(m.role == "koordinator" for m in roles):
        return "Pengingat berhenti begitu Anda menandainya selesai di jadwal."
    if all(item.area is not None for item in items):
        return "Pengingat berhenti begitu semua indikatornya terjawab atau ditandai selesai."
    return "Pengingat berhenti begitu koordinator unit menandainya selesai."
