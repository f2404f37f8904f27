"""Screens of recurring duties."""

from collections.abc import Sequence

from flows import routes, words
from flows.checklist.service import Current
from flows.schedule.duties import Kept, View
from flows.schedule.names import code_of
from flows.schedule.texts import dates
from flows.schedule.texts import duty as texts
from flows.screen import Button, Expect, Screen, grid, rows

TO_SCHEDULE = Button(dates.SCHEDULE, routes.SCHEDULE())


def listed(where: Current, kept: Sequence[Kept], may_set: bool) -> Screen:
    """Every duty; each opens by its number."""
    numbers = [Button(str(no), routes.DUTY(each.duty.id)) for no, each in enumerate(kept, 1)]
    return Screen(texts.listed(where, kept, may_set), rows(*grid(numbers, 5), TO_SCHEDULE))


def one(view: View) -> Screen:
    """One duty: switch it, set its day, go to its indicator or its next date."""
    kept, unit_id = view.kept, view.where.unit.id or 0
    duty = kept.duty
    switch = change = None
    if view.may_set:
        label = texts.SWITCH_OFF if kept.active else texts.SWITCH_ON
        to = routes.DUTY_SWITCH(unit_id, duty.id, int(not kept.active), kept.revision)
        switch = Button(label, to)
        change = Button(texts.CHANGE_DAY, routes.DUTY_DAY(duty.id))
    first = next(iter(view.coming), None)
    places = (
        Button(texts.ITEM, routes.LKE_ITEM(view.items[0].id)),
        *([Button(texts.DATE, routes.DEADLINE(code_of(first)))] if first is not None else []),
    )
    register = Button(texts.REGISTER, routes.SURVEYS(0)) if duty.surveys else None
    return Screen(
        texts.one(view),
        rows(
            tuple(b for b in (switch, change) if b is not None),
            places,
            register,
            (Button(texts.DUTIES, routes.DUTIES()), TO_SCHEDULE),
        ),
    )


def day(view: View) -> Screen:
    """The prompt for the day."""
    kept, unit_id = view.kept, view.where.unit.id or 0
    usual = None
    if kept.day is not None:
        usual = Button(texts.USUAL_DAY, routes.DUTY_DAY_USUAL(unit_id, kept.duty.id, kept.revision))
    return Screen(
        texts.day_prompt(kept),
        rows(usual, Button(words.BACK, routes.DUTY(kept.duty.id))),
        Expect(text=routes.DUTY_DAY_SAVE(unit_id, kept.duty.id, kept.revision)),
    )
