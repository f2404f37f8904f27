"""Handlers of the invitation sheets."""

from flows import delivery, fmt, routes
from flows.admin.service import home_agency
from flows.registration.private import privately
from flows.routes import Action, handles
from flows.screen import Goto, Screen
from flows.slips import kind, screens, service, texts
from flows.turn import Turn

KINDS = (kind.KIND,)
"""It registers itself."""
ON_SCREEN = 12
"""People in one text to paste."""


@handles(routes.SLIPS)
@privately
def listed(turn: Turn, _unit_id: int, page: int) -> Screen:
    """Units of the agency with people who have not joined. Only for admins."""
    agency = home_agency(turn)
    page = min(max(0, page), 100_000)
    found, total, people = service.units(turn, agency.id or 0, screens.PAGE, page * screens.PAGE)
    if not found and page:
        page = 0
        found, total, people = service.units(turn, agency.id or 0, screens.PAGE, 0)
    return screens.units(agency.name, found, total, people, page)


@handles(routes.SLIPS_UNIT)
@privately
def of_unit(turn: Turn, unit_id: int) -> Screen:
    """Ways to hand out the invitations of one unit."""
    unit = service.unit_of(turn, unit_id)
    admin = service.is_admin(turn, unit)
    below = service.count(turn, unit, below=True) if admin else 0
    return screens.unit(unit, service.count(turn, unit), below, _back(turn, unit_id, admin=admin))


def _back(turn: Turn, unit_id: int, *, admin: bool) -> Action:
    here = turn.open_unit is not None and turn.open_unit.id == unit_id
    return routes.SLIPS(0, 0) if admin else routes.INVITES() if here else routes.HOME()


@handles(routes.SLIPS_SHEET)
@privately
def sheet(turn: Turn, unit_id: int, below: int) -> Goto:
    """Renew what is needed and ask for the PDF; the unit is now the one this chat works on."""
    unit = service.unit_of(turn, unit_id)
    wide = bool(below) and service.is_admin(turn, unit)
    if not service.renew(turn, unit, below=wide):
        return Goto(routes.SLIPS_UNIT(unit_id), texts.NOBODY)
    turn.state.unit_id = unit_id
    turn.forget()
    return Goto(routes.DOCUMENT(delivery.ask(turn, kind.CODE, unit, {"below": int(wide)})))


@handles(routes.SLIPS_COPY)
@privately
def copy(turn: Turn, unit_id: int) -> Goto:
    """Renew what is needed, then show the text to paste."""
    unit = service.unit_of(turn, unit_id)
    if not service.renew(turn, unit):
        return Goto(routes.SLIPS_UNIT(unit_id), texts.NOBODY)
    return Goto(routes.SLIPS_TEXT(unit_id, 0))


@handles(routes.SLIPS_TEXT)
@privately
def text(turn: Turn, unit_id: int, page: int) -> Screen | Goto:
    """Names and links to paste, a page at a time."""
    unit = service.unit_of(turn, unit_id)
    found = service.slips(turn, unit)
    if not found:
        return Goto(routes.SLIPS_UNIT(unit_id))
    pages = -(-len(found) // ON_SCREEN)
    page = min(max(0, page), pages - 1)
    areas = {area.id: area.no for area in turn.library.instrument().areas}
    some = found[page * ON_SCREEN : (page + 1) * ON_SCREEN]
    lines = [
        texts.paste_line(fmt.cut(slip.name, 80), kind.roles_said(slip, areas), slip.url) for slip in some
    ]
    until = fmt.day_short(fmt.local(min(slip.until for slip in some), turn.zone_name).date())
    plain = texts.paste(fmt.cut(unit.name, 100), lines, until, page, pages)
    return screens.text(unit_id, plain, page, pages)
