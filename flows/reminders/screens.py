"""Screens of reminders: data in, `Screen` out."""

from collections.abc import Sequence
from datetime import date

from flows import routes
from flows.models import Membership, Unit
from flows.reminders import texts
from flows.reminders.due import DueItem
from flows.screen import Button, Screen, rows


def remind(unit: Unit, items: Sequence[DueItem], today: date, roles: Sequence[Membership]) -> Screen:
    """A reminder as its receiver sees it; its buttons open this unit first."""
    area = items[0].area if len(items) == 1 else None
    unit_id = unit.id or 0
    return Screen(
        texts.remind(items, unit.name, unit.zone, today, roles),
        rows(
            (
                Button(texts.FILL, routes.REMIND_OPEN(unit_id, area.id if area else "lke")),
                Button(texts.SCHEDULE, routes.REMIND_OPEN(unit_id, "jadwal")),
            )
        ),
    )
