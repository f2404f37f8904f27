"""Screens of the keys to an agency's figures."""

from collections.abc import Sequence
from datetime import datetime

from flows import routes, words
from flows.api import texts
from flows.models import Agency, ApiToken
from flows.screen import Button, Expect, Screen, grid, rows

MENU = Button(words.TO_MENU, routes.HOME())
ADMIN = Button(texts.ADMIN, routes.ADMIN())


def _all(agency_id: int, label: str = texts.ALL) -> Button:
    return Button(label, routes.API_TOKENS(agency_id))


def listed(agency: Agency, tokens: Sequence[ApiToken], most: int, now: datetime, zone: str) -> Screen:
    """The keys in use."""
    numbers = [Button(str(n), routes.API_TOKEN(token.id or 0)) for n, token in enumerate(tokens, 1)]
    new = Button(texts.NEW, routes.API_NEW(agency.id or 0)) if len(tokens) < most else None
    return Screen(texts.listed(agency.name, tokens, now, zone), rows(*grid(numbers, 5), new, (ADMIN, MENU)))


def ask(agency: Agency) -> Screen:
    """Prompt for what the key is for."""
    agency_id = agency.id or 0
    return Screen(
        texts.ask(agency.name),
        rows(_all(agency_id, words.BACK)),
        Expect(text=routes.API_NEW_SAVE(agency_id), only=True),
    )


def one(token: ApiToken, key: str, now: datetime, zone: str) -> Screen:
    """A key's page; with the key itself right after it was made."""
    token_id = token.id or 0
    text = texts.one(token, key, now, zone)
    if key:
        return Screen(
            text, rows(Button(texts.COPY, copy=key), Button(texts.DONE, routes.API_TOKEN(token_id)))
        )
    show = Button(texts.KEY, routes.API_KEY(token_id)) if token.digest is None else None
    return Screen(
        text,
        rows(show, Button(texts.REVOKE, routes.API_REVOKE_ASK(token_id)), (_all(token.agency_id), MENU)),
    )


def revoke_ask(token: ApiToken) -> Screen:
    """Before a key ends."""
    token_id = token.id or 0
    return Screen(
        texts.revoke_ask(token),
        rows(
            (
                Button(texts.REVOKE_YES, routes.API_REVOKE(token_id, token.revision)),
                Button(texts.KEEP, routes.API_TOKEN(token_id)),
            )
        ),
    )
