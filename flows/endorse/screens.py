"""Screens of the endorsement."""

from flows import routes, words
from flows.endorse import texts
from flows.endorse.service import Facts, State
from flows.models import Endorsement
from flows.screen import Button, Screen, rows

MENU = Button(words.TO_MENU, routes.HOME())


def _said(facts: Facts) -> str:
    return texts.figures(facts.total, facts.answered, facts.approved, facts.items)


def said_then(row: Endorsement, items: int) -> str:
    """Score and counts as they stood."""
    return texts.figures(row.total, row.answered, row.approved, items)


def state(found: State, when: str) -> Screen:
    """How the endorsement stands; `when` it was given, as people say it."""
    where, row = found.where, found.row
    year, unit = where.assessment.year, where.unit.name
    look = (Button(texts.READINESS, routes.READINESS()), Button(texts.PROGRESS, routes.PROGRESS()))
    if row is None:
        do = Button(texts.ENDORSE, routes.ENDORSE_ASK(where.id)) if found.may_endorse else None
        return Screen(texts.none(unit, year, _said(found.now), found.may_endorse), rows(do, look, MENU))
    text = texts.endorsed(
        found.by.name if found.by is not None else texts.HEAD,
        when,
        unit,
        year,
        said_then(row, found.now.items),
        _said(found.now),
        found.items_changed,
        found.surveys_changed,
    )
    renew = Button(texts.RENEW, routes.ENDORSE_ASK(where.id)) if found.changed else None
    back = Button(texts.WITHDRAW, routes.ENDORSE_WITHDRAW_ASK(row.id or 0))
    mine = [b for b in (renew, back) if b] if found.may_endorse else []
    return Screen(text, rows(mine, look, MENU))


def ask(found: State) -> Screen:
    """Before it is endorsed."""
    where = found.where
    return Screen(
        texts.ask(where.unit.name, where.assessment.year, _said(found.now)),
        rows(
            (
                Button(texts.YES, routes.ENDORSE_DO(where.id, found.seen)),
                Button(texts.KEEP, routes.ENDORSE()),
            ),
            Button(texts.READINESS, routes.READINESS()),
        ),
    )


def withdraw_ask(unit: str, endorsement_id: int) -> Screen:
    """Before it is taken back."""
    return Screen(
        texts.withdraw_ask(unit),
        rows(
            (
                Button(texts.WITHDRAW_YES, routes.ENDORSE_WITHDRAW(endorsement_id)),
                Button(texts.KEEP, routes.ENDORSE()),
            )
        ),
    )


def told(text: str, unit_id: int) -> Screen:
    """The coordinators hear of it."""
    return Screen(text, rows(Button(texts.OPEN, routes.UNIT_OPEN(unit_id))))
