"""Screens of settings and privacy."""

from flows import fmt, routes, words
from flows.personal import texts
from flows.screen import Button, Media, Screen, rows

MENU = Button(words.TO_MENU, routes.HOME())
TO_PRIVACY = Button(words.BACK, routes.PRIVACY())


def settings(
    zone: str, own_zone: str | None, unit: str, units: int, unit_id: int | None, edits_unit: bool
) -> Screen:
    """One's own settings."""
    zones = [
        Button(f"✓ {name}" if own_zone == name else name, routes.SETTINGS_ZONE(name)) for name in fmt.ZONES
    ]
    follow = Button(
        f"✓ {texts.FOLLOW_UNIT}" if own_zone is None else texts.FOLLOW_UNIT, routes.SETTINGS_ZONE("")
    )
    choose = Button(texts.CHOOSE_UNIT, routes.UNITS(0)) if units > 1 else None
    data = Button(texts.UNIT_DATA, routes.UNIT_EDIT(unit_id)) if edits_unit and unit_id is not None else None
    return Screen(
        texts.settings(zone, own_zone is not None, unit, units),
        rows(
            zones,
            follow,
            [b for b in (choose, data) if b],
            Button(texts.REMINDING, routes.PREFS()),
            (Button(texts.PRIVACY, routes.PRIVACY()), MENU),
        ),
    )


def privacy(roles: int) -> Screen:
    """What is kept about somebody known."""
    return Screen(
        texts.privacy(roles),
        rows(
            (
                Button(texts.EXPORT, routes.PRIVACY_EXPORT()),
                Button(texts.DELETE, routes.PRIVACY_DELETE_ASK()),
            ),
            (Button(texts.DETAILS, routes.PRIVACY_KINDS()), MENU),
        ),
    )


def kinds() -> Screen:
    """What is kept, by kind."""
    return Screen(texts.KINDS, rows((TO_PRIVACY, MENU)))


def privacy_stranger() -> Screen:
    """What is kept about a stranger."""
    return Screen(texts.PRIVACY_STRANGER, rows((Button(texts.ASK, routes.ASK_PROMPT()), MENU)))


def exported(collected: dict[str, object], name: str) -> Screen:
    """The file."""
    return Screen(
        texts.EXPORTED,
        rows((TO_PRIVACY, MENU)),
        media=Media(kind="own-data", values=(collected,), name=name, form="document"),
    )


def delete_ask() -> Screen:
    """Before the deletion."""
    return Screen(
        texts.DELETE_ASK,
        rows(
            (Button(texts.DELETE_YES, routes.PRIVACY_DELETE()), Button(texts.KEEP, routes.PRIVACY())),
            Button(texts.EXPORT, routes.PRIVACY_EXPORT()),
        ),
    )


def delete_later(units: list[str], agencies: list[str]) -> Screen:
    """What must be done before the deletion."""
    team = Button(texts.TEAM, routes.TEAM()) if units else None
    admin = Button(texts.ADMIN, routes.ADMIN()) if agencies else None
    return Screen(
        texts.delete_later(units, agencies),
        rows([b for b in (team, admin) if b], (TO_PRIVACY, MENU)),
    )


def deleted() -> Screen:
    """After the deletion."""
    return Screen(texts.DELETED, rows((Button(texts.ASK, routes.ASK_PROMPT()), MENU)))
