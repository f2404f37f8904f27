"""Screens of how one wants to be reminded."""

from collections.abc import Sequence
from datetime import date

from flows import routes, words
from flows.models import Agency
from flows.reminders import moments, texts_prefs
from flows.reminders.places import Reader
from flows.screen import Button, Expect, Screen, grid, rows

BACK = Button(words.BACK, routes.PREFS())
SETTINGS = Button(words.BACK, routes.SETTINGS())


def _chosen(label: str, chosen: bool) -> str:
    return f"✓ {label}" if chosen else label


def prefs(reader: Reader, today: date, agencies: Sequence[int]) -> Screen:
    """How the person is reminded, each choice a button."""
    slots = [
        Button(_chosen(texts_prefs.clock(m), m == reader.slot), routes.PREFS_SLOT(m)) for m in moments.SLOTS
    ]
    quiet = [
        Button(_chosen(texts_prefs.quiet(m), m == reader.quiet), routes.PREFS_QUIET(m))
        for m in moments.QUIET_FROM
    ]
    kinds = [
        Button(_chosen(name, code not in reader.muted), routes.PREFS_KIND(code, int(code in reader.muted)))
        for code, name in texts_prefs.KINDS.items()
    ]
    pref = reader.pref
    on_leave = pref is not None and pref.away_until is not None and pref.away_until >= today
    leave = (
        Button(texts_prefs.LEAVE_END, routes.LEAVE_END())
        if on_leave
        else Button(texts_prefs.LEAVE, routes.LEAVE())
    )
    admins = [Button(texts_prefs.ADMINS, routes.TO_ADMIN(each)) for each in agencies[:1]]
    return Screen(
        texts_prefs.prefs(reader, today), rows(slots, quiet, *grid(kinds, 2), (leave, SETTINGS), admins)
    )


def ask_leave(problem: str = "") -> Screen:
    """The prompt for the days of leave."""
    return Screen(texts_prefs.ask_leave(problem), rows(BACK), Expect(text=routes.LEAVE_SAVE()))


def to_admin(agency: Agency, on: bool) -> Screen:
    """Whether admins are told of overdue stages."""
    label = texts_prefs.OFF if on else texts_prefs.ON
    return Screen(
        texts_prefs.to_admin(agency.name, on),
        rows((Button(label, routes.TO_ADMIN_SET(agency.id or 0, int(not on))), BACK)),
    )
