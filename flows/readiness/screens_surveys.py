"""Screens of the survey register."""

from flows import routes, words
from flows.models import Survey
from flows.readiness import register as rules
from flows.readiness import survey_values
from flows.readiness.periods import Period
from flows.readiness.register import KINDS, Register
from flows.readiness.screens import up
from flows.readiness.service import Standing
from flows.readiness.survey_values import FIELDS
from flows.readiness.texts import surveys as texts
from flows.screen import Button, Expect, Screen, grid, rows

PAGE = 8
SHORT_LABEL = 20
"""Characters of a label of which two stand side by side on a phone."""
CAPAIAN = "H.1.b"


def listing(found: Register, now: Standing, page: int) -> Screen:
    """The register."""
    total = len(found.surveys)
    page = min(max(0, page), max(0, (total - 1) // PAGE))
    shown = found.surveys[page * PAGE : (page + 1) * PAGE]
    buttons = [
        Button(f"{each.kind} {rules.period_of(each).name}", routes.SURVEY(each.id or 0)) for each in shown
    ]
    turning = (
        *([Button("‹", routes.SURVEYS(page - 1))] if page else []),
        *([Button("›", routes.SURVEYS(page + 1))] if (page + 1) * PAGE < total else []),
    )
    beside = CAPAIAN in now.instrument.by_id
    return Screen(
        texts.listing(found, now, shown),
        rows(
            Button(texts.ADD, routes.SURVEY_NEW()) if found.may_edit else None,
            *grid(buttons, 2 if all(len(each.label) <= SHORT_LABEL for each in buttons) else 1),
            turning,
            Button(texts.ITEM_CAPAIAN, routes.LKE_ITEM(CAPAIAN)) if beside else None,
            (up(), Button(words.TO_MENU, routes.HOME())),
        ),
    )


def one(survey: Survey, now: Standing, found: Register) -> Screen:
    """One survey; each field can be changed by those who keep the register."""
    number = survey.id or 0
    fields = [Button(texts.FIELD_LABELS[field], routes.SURVEY_FIELD(number, field, 0)) for field in FIELDS]
    remove = Button(texts.DELETE, routes.SURVEY_DELETE_ASK(number))
    return Screen(
        texts.one(survey, now, found),
        rows(
            *(grid(fields, 2) if found.may_edit else ()),
            remove if found.may_edit else None,
            (Button(texts.LIST, routes.SURVEYS(0)), up()),
        ),
    )


def choose_kind(unit_id: int) -> Screen:
    """Which survey it is."""
    buttons = tuple(Button(kind, routes.SURVEY_PERIOD(unit_id, kind)) for kind in KINDS)
    return Screen(texts.choose_kind(), rows(buttons, Button(texts.LIST, routes.SURVEYS(0))))


def ask_period(unit_id: int, kind: str, likely: tuple[Period, ...]) -> Screen:
    """The period of a new survey: tap a likely one or type."""
    buttons = [Button(p.name, routes.SURVEY_ADD(unit_id, kind, p.year, p.part)) for p in likely]
    return Screen(
        texts.ask_period(kind),
        rows(*grid(buttons, 2), Button(words.BACK, routes.SURVEY_NEW())),
        Expect(text=routes.SURVEY_PERIOD_TYPED(unit_id, kind)),
    )


def ask(survey: Survey, field: str, guided: int) -> Screen:
    """The prompt for one field; step by step it can be skipped."""
    number = survey.id or 0
    following = survey_values.after(field)
    onward = routes.SURVEY_FIELD(number, following, 1) if following else routes.SURVEY(number)
    filled = getattr(survey, FIELDS[field].column) not in (None, "")
    empty = Button(texts.EMPTY, routes.SURVEY_FIELD_CLEAR(number, field, survey.revision))
    return Screen(
        texts.ask(survey, field),
        rows(
            Button(texts.SKIP, onward) if guided else None,
            empty if filled and FIELDS[field].clearable and not guided else None,
            Button(words.BACK, routes.SURVEY(number)),
        ),
        Expect(
            text=routes.SURVEY_FIELD_SAVE(number, field, guided, survey.revision), only=FIELDS[field].free
        ),
    )


def delete_ask(survey: Survey, feeds: bool) -> Screen:
    """Asks before a survey goes."""
    number = survey.id or 0
    return Screen(
        texts.delete_ask(survey, feeds),
        rows(
            (
                Button(texts.DELETE_YES, routes.SURVEY_DELETE(number, survey.revision)),
                Button(texts.DELETE_NO, routes.SURVEY(number)),
            )
        ),
    )
