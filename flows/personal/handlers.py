"""Settings and privacy: one's own zone, one's own data."""

from flows import policy, routes
from flows.menu import service as menu
from flows.personal import export, screens, service, texts
from flows.registration.private import privately
from flows.routes import handles
from flows.screen import Goto, Screen
from flows.turn import Turn


@handles(routes.SETTINGS)
@privately
def settings(turn: Turn) -> Screen:
    """One's own settings. Raises NotAllowed for strangers."""
    assert turn.actor.person_id
    person, unit = turn.actor.person, turn.open_unit
    _, units = menu.own_units(turn.session, turn.actor, 1)
    return screens.settings(
        turn.zone_name,
        person.zone if person is not None else None,
        unit.name if unit is not None else "",
        units,
        unit.id if unit is not None else None,
        unit is not None and policy.can(turn.actor, "unit_edit", unit),
    )


@handles(routes.SETTINGS_ZONE)
@privately
def settings_zone(turn: Turn, zone: str) -> Goto:
    """Another zone for this person."""
    service.set_zone(turn, zone)
    return Goto(routes.SETTINGS(), texts.ZONE_SET)


@handles(routes.PRIVACY)
@privately
def privacy(turn: Turn) -> Screen:
    """What is kept and why."""
    if turn.actor.person is None:
        return screens.privacy_stranger()
    return screens.privacy(len(turn.actor.memberships))


@handles(routes.PRIVACY_KINDS)
@privately
def privacy_kinds(_turn: Turn) -> Screen:
    """What is kept, by kind."""
    return screens.kinds()


@handles(routes.PRIVACY_EXPORT)
@privately
def privacy_export(turn: Turn) -> Screen | Goto:
    """One's own data as a file; in private only."""
    person = turn.actor.person
    if person is None or not turn.event.private:
        return Goto(routes.PRIVACY())
    collected = export.collect(turn.session, person, turn.event.chat_id, turn.zone_name)
    return screens.exported(collected, f"data-saya-{turn.today.isoformat()}.json")


@handles(routes.PRIVACY_DELETE_ASK)
@privately
def privacy_delete_ask(turn: Turn) -> Screen | Goto:
    """Before the deletion; what stands in its way is said now."""
    if turn.actor.person is None:
        return Goto(routes.PRIVACY())
    units, agencies = service.led_alone(turn)
    if units or agencies:
        return screens.delete_later([u.name for u in units], [a.name for a in agencies])
    return screens.delete_ask()


@handles(routes.PRIVACY_DELETE)
@privately
def privacy_delete(turn: Turn) -> Goto:
    """Delete."""
    if turn.actor.person is not None:
        service.delete_me(turn)
    return Goto(routes.PRIVACY_DONE())


@handles(routes.PRIVACY_DONE)
@privately
def privacy_done(turn: Turn) -> Screen | Goto:
    """After the deletion."""
    return screens.deleted() if turn.actor.person is None else Goto(routes.PRIVACY())
