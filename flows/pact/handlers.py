"""The pakta of the open unit: promises, names, asking those who have not signed."""

from flows import policy, routes
from flows.errors import NotAllowed
from flows.pact import changing, screens, service
from flows.pact import handlers_launch as _launch
from flows.pact import handlers_sheet as _sheet
from flows.pact import joining as _joining
from flows.pact.texts import pact as texts
from flows.registration.private import privately
from flows.routes import handles
from flows.screen import Gone, Goto, Screen
from flows.turn import Turn

FURTHER = (_launch, _sheet, _joining)
"""What else registers itself."""
_MARKS = " \t-•*–.,;0123456789)"


@handles(routes.PACT)
@privately
def show(turn: Turn) -> Screen | Goto:
    """The pakta of the open unit; without one, what a pakta is."""
    if turn.open_unit is None:
        return Goto(routes.TOPIC(service.TOPIC))
    found = service.view(turn)
    return screens.state(found, turn.library.faq.get(service.TOPIC), turn.today)


@handles(routes.PACT_OPEN)
@privately
def open_unit(turn: Turn, unit_id: int) -> Goto:
    """The pakta of this unit, which is opened."""
    unit = turn.unit_by_id(unit_id)
    if turn.open_unit is None or turn.open_unit.id != unit.id:
        turn.state.unit_id, turn.state.last_item = unit.id, None
        turn.forget()
    return Goto(routes.PACT())


@handles(routes.PACT_WILLING)
@privately
def promise(turn: Turn, unit_id: int, willing: int) -> Goto:
    """A promise to sign, or taken back."""
    changing.promise(turn, unit_id, bool(willing))
    return Goto(routes.PACT(), texts.PROMISED if willing else texts.UNPROMISED)


@handles(routes.PACT_LIST)
@privately
def listing(turn: Turn, page: int) -> Screen | Goto:
    """Who has signed and who has not; the counts for those who may not read names."""
    if turn.open_unit is None:
        return Goto(routes.TOPIC(service.TOPIC))
    found = service.view(turn)
    if not found.may_read:
        raise NotAllowed(policy.REFUSED["pact_names"], next=routes.PACT())
    return screens.listing(found, page, len(changing.to_ask(found, turn.now)))


@handles(routes.PACT_PERSON)
@privately
def person(turn: Turn, code: str) -> Screen:
    """One line of the list."""
    return screens.person(*service.someone(turn, code))


# names ---------------------------------------------------------------------------------------------


@handles(routes.PACT_NAMES)
@privately
def ask_names(turn: Turn, unit_id: int) -> Screen:
    """The prompt for names of employees who do not use the bot."""
    changing.recorded(turn, unit_id)
    return screens.names(service.view(turn))


@handles(routes.PACT_NAMES_SAVE)
@privately
def save_names(turn: Turn, unit_id: int) -> Goto:
    """The typed text holds names, one a line."""
    lines = (" ".join(line.strip().lstrip(_MARKS).split()) for line in turn.event.text.splitlines())
    new, known = changing.add_names(turn, unit_id, [line for line in lines if line])
    return Goto(routes.PACT_LIST(0), texts.names_added(new, known))


@handles(routes.PACT_NAME_REMOVE_ASK)
@privately
def ask_remove_name(turn: Turn, code: str) -> Screen:
    """Before a typed name goes."""
    found, line = service.someone(turn, code)
    policy.require(turn.actor, "pact", found.unit)
    return screens.name_remove_ask(line)


@handles(routes.PACT_NAME_REMOVE)
@privately
def remove_name(turn: Turn, code: str) -> Goto:
    """Take a typed name off the list."""
    changing.remove_name(turn, code)
    return Goto(routes.PACT_LIST(0), texts.NAME_GONE)


# asking --------------------------------------------------------------------------------------------


@handles(routes.PACT_ASK)
@privately
def before_asking(turn: Turn, unit_id: int) -> Screen:
    """Before those who have not signed are asked."""
    changing.recorded(turn, unit_id)
    found = service.view(turn)
    return screens.ask(found, len(changing.to_ask(found, turn.now)))


@handles(routes.PACT_ASK_DO)
@privately
def ask(turn: Turn, unit_id: int) -> Goto:
    """Ask them."""
    return Goto(routes.PACT_LIST(0), texts.asked(changing.ask(turn, unit_id)))


@handles(routes.PACT_ASKED)
@privately
def asked(turn: Turn, unit_id: int) -> Screen | Gone:
    """What somebody is asked with, as long as they belong to the unit and have not signed."""
    found = service.view(turn, turn.unit_by_id(unit_id))
    if found.mine is None or found.mine.signed:
        return Gone()
    return screens.invited(found)
