"""Handlers of the keys to an agency's figures. Programs themselves come in through `bot.api`."""

from flows import routes
from flows.api import screens, texts, tokens
from flows.registration.private import privately
from flows.routes import handles
from flows.screen import Goto, Screen
from flows.turn import Turn


@handles(routes.API_TOKENS)
@privately
def listed(turn: Turn, agency_id: int) -> Screen:
    """The keys in use."""
    agency, found = tokens.listed(turn, agency_id)
    return screens.listed(agency, found, tokens.MOST, turn.now, turn.zone_name)


@handles(routes.API_NEW)
@privately
def ask(turn: Turn, agency_id: int) -> Screen:
    """Prompt for what the key is for."""
    agency, _ = tokens.listed(turn, agency_id)
    return screens.ask(agency)


@handles(routes.API_NEW_SAVE)
@privately
def save(turn: Turn, agency_id: int) -> Goto:
    """The typed text names it."""
    token = tokens.make(turn, agency_id, turn.event.text)
    return Goto(routes.API_TOKEN(token.id or 0), texts.MADE)


@handles(routes.API_TOKEN)
@privately
def one(turn: Turn, token_id: int) -> Screen:
    """One of them."""
    return screens.one(tokens.own(turn, token_id), turn.once, turn.now, turn.zone_name)


@handles(routes.API_KEY)
@privately
def key(turn: Turn, token_id: int) -> Goto:
    """Make the key for this one reply."""
    turn.once = tokens.make_key(turn, token_id)
    return Goto(routes.API_TOKEN(token_id))


@handles(routes.API_REVOKE_ASK)
@privately
def revoke_ask(turn: Turn, token_id: int) -> Screen:
    """Before it ends."""
    return screens.revoke_ask(tokens.own(turn, token_id))


@handles(routes.API_REVOKE)
@privately
def revoke(turn: Turn, token_id: int, revision: int) -> Goto:
    """It ends."""
    return Goto(routes.API_TOKENS(tokens.revoke(turn, token_id, revision)), texts.REVOKED)
