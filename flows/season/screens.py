"""Screens of a unit's way after the submission: data in, `Screen` out."""

from flows import routes, words
from flows.models import Person, StageResult
from flows.screen import Button, Expect, Screen, grid, rows
from flows.season import texts
from flows.season.noting import allowed
from flows.season.service import Way
from knowledge.after import FINAL, OBJECTION, PASSED, Step, after

MENU = Button(words.TO_MENU, routes.HOME())


def home(unit_id: int, year: int) -> Button:
    """Back to the unit's way."""
    return Button(texts.BACK_HERE, routes.SEASON(unit_id, year))


def way(found: Way) -> Screen:
    """Where the unit stands; each stage opens by its name."""
    unit_id, year = found.unit.id or 0, found.year
    shown = texts.shown(found)
    stages = [Button(step.short, routes.SEASON_STAGE(unit_id, year, step.id)) for step in shown]
    notes = f"{texts.LHE} ({found.notes})" if found.notes else texts.LHE
    further = [Button(notes, routes.LHE(unit_id, year, 0))]
    if found.may_object and any(step.id == OBJECTION for step in shown):
        further.append(Button(texts.OBJECT, routes.SEASON_OBJECT(unit_id, year)))
    if found.may_prepare and year >= found.today.year and found.results.get(FINAL) is None:
        further.append(Button(texts.PREPARE, routes.PREPARE()))
    if found.results.get(FINAL) == PASSED:
        further.append(Button(texts.KEEP, routes.SEASON_KEEP(unit_id, year)))
    others = [
        Button(texts.YEAR.format(year=other), routes.SEASON(unit_id, other)) for other in found.others[-3:]
    ]
    return Screen(texts.way(found), rows(*grid(stages, 2), *grid(further, 2), others, MENU))


def stage(found: Way, step: Step, row: StageResult | None, by: Person | None) -> Screen:
    """One stage with its results to choose from, for who notes them down."""
    unit_id, year = found.unit.id or 0, found.year
    revision = row.revision if row is not None else 0
    result = row.result if row is not None else ""
    choices, further = [], []
    if found.may_edit:
        choices = [
            Button(
                f"✓ {texts.LABELS[each]}" if each == result else texts.LABELS[each],
                routes.SEASON_RESULT(unit_id, year, step.id, each, revision),
            )
            for each in allowed(found, step)
        ]
        if result:
            choices.append(Button(texts.CLEAR, routes.SEASON_RESULT(unit_id, year, step.id, "", revision)))
            further.append(Button(texts.DAY, routes.SEASON_DAY(unit_id, year, step.id)))
        further.append(Button(texts.NOTE, routes.SEASON_NOTE(unit_id, year, step.id)))
    return Screen(
        texts.stage(found, step, row, by),
        rows(
            *grid(choices, 2),
            further,
            Button(texts.MORE, routes.TOPIC(step.topic)),
            (home(unit_id, year), MENU),
        ),
    )


def ask_day(found: Way, step: Step, revision: int) -> Screen:
    """Prompt for the day of the result."""
    unit_id, year = found.unit.id or 0, found.year
    return Screen(
        texts.ask_day(found, step),
        rows(Button(words.BACK, routes.SEASON_STAGE(unit_id, year, step.id))),
        Expect(text=routes.SEASON_DAY_SAVE(unit_id, year, step.id, revision)),
    )


def ask_note(found: Way, step: Step, row: StageResult | None) -> Screen:
    """Prompt for a note on a stage."""
    unit_id, year = found.unit.id or 0, found.year
    revision = row.revision if row is not None else 0
    return Screen(
        texts.ask_note(found, step, row),
        rows(Button(words.BACK, routes.SEASON_STAGE(unit_id, year, step.id))),
        Expect(text=routes.SEASON_NOTE_SAVE(unit_id, year, step.id, revision), only=True),
    )


def ask_objection(found: Way, step: Step) -> Screen:
    """Prompt for what is objected to."""
    unit_id, year = found.unit.id or 0, found.year
    return Screen(
        texts.ask_objection(found, step),
        rows((Button(texts.MORE, routes.TOPIC(step.topic)), home(unit_id, year))),
        Expect(text=routes.SEASON_OBJECT_SAVE(unit_id, year), only=True),
    )


def kept(found: Way) -> Screen:
    """What holds once the unit has the predicate."""
    unit_id, year = found.unit.id or 0, found.year
    topics = list(dict.fromkeys(each.topic for each in after().kept.lines))
    return Screen(
        texts.kept(found),
        rows(Button(texts.MORE_KEPT, routes.TOPIC(topics[0])), (home(unit_id, year), MENU)),
    )


def pick_told(unit: str, unit_id: int, year: int, target: str) -> Screen:
    """News about the agency's choice."""
    return Screen(texts.pick_told(unit, year, target), rows(home(unit_id, year)), keep=True)
