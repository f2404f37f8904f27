"""Screens of the agency's answers: as people get them, as they are kept, as files come and go."""

from collections.abc import Sequence
from datetime import datetime

from flows import fmt, routes, words
from flows.learning import texts
from flows.learning.carrying import APPLIED, CHANGED, FAILED, NEW, READY, SAME, WAITING, Plan
from flows.learning.entries import ACTIVE, DETAIL, DRAFT, FIELDS, QUESTIONS, RETIRED, RULE, SHORT, STATES
from flows.learning.screens import MENU, PAGE, TO_TEAM, numbered, pages
from flows.models import AgencyEntry, EntryImport
from flows.screen import Button, Expect, Media, Screen, grid, rows

TO_ENTRIES = Button(texts.BACK_TO_LIST, routes.ENTRIES(ACTIVE, 0))
MAKERS = {"xlsx": "agency-entries-xlsx", "yaml": "agency-entries-yaml"}


def read(entry: AgencyEntry, agency: str, zone: str) -> Screen:
    """An agency's answer to whoever asked."""
    number = entry.id or 0
    return Screen(
        texts.read_entry(entry.short, entry.detail, entry.rule, agency, entry.changed_at, zone),
        rows(
            (
                Button(texts.HELPFUL, routes.ENTRY_RATE(number, 1)),
                Button(texts.NOT_QUITE, routes.ENTRY_RATE(number, 0)),
            ),
            MENU,
        ),
    )


def listed(
    agency: str, state: str, found: Sequence[AgencyEntry], total: int, page: int, admin: bool
) -> Screen:
    """A list of entries; admins get the ways in and out too."""
    lines = [
        texts.entry_line(number, each.questions, each.short)
        for number, each in enumerate(found, page * PAGE + 1)
    ]
    others = [Button(texts.STATE_LABELS[s], routes.ENTRIES(s, 0)) for s in STATES if s != state]
    files = (
        Button(texts.EXCEL, routes.ENTRIES_EXPORT("xlsx")),
        Button(texts.YAML, routes.ENTRIES_EXPORT("yaml")),
    )
    return Screen(
        texts.entries(agency, state, lines, total, admin),
        rows(
            *numbered(page, [routes.ENTRY(each.id or 0) for each in found]),
            pages(page, total, routes.ENTRIES, state),
            others,
            *((files, Button(texts.IMPORT, routes.ENTRIES_IMPORT())) if admin else ()),
            (TO_TEAM, MENU),
        ),
    )


def kept(entry: AgencyEntry, unit: str, admin: bool) -> Screen:
    """An entry as its keeper sees it."""
    number = entry.id or 0
    edit: list[Button] = []
    if admin:
        edit = [Button(texts.EDIT_LABELS[each], routes.ENTRY_EDIT(number, each)) for each in FIELDS]
    return Screen(
        texts.entry(
            number,
            entry.state,
            entry.questions,
            entry.short,
            entry.detail,
            entry.rule,
            texts.source(unit, entry.question_id is not None),
        ),
        rows(
            _state_buttons(entry) if admin else None,
            *grid(edit, 2),
            (Button(texts.BACK_TO_LIST, routes.ENTRIES(entry.state, 0)), MENU),
        ),
    )


def _state_buttons(entry: AgencyEntry) -> list[Button]:
    number, revision = entry.id or 0, entry.revision
    approve = routes.ENTRY_STATE(number, ACTIVE, revision)
    retire = routes.ENTRY_STATE(number, RETIRED, revision)
    return {
        DRAFT: [Button(texts.APPROVE, approve), Button(texts.REJECT, retire)],
        ACTIVE: [Button(texts.RETIRE, retire)],
        RETIRED: [Button(texts.RESTORE, approve)],
    }[entry.state]


def review_asked(entry: AgencyEntry, unit: str) -> Screen:
    """An admin is told of a draft."""
    question = entry.questions[0] if entry.questions else ""
    return Screen(
        texts.review_asked(unit, question, entry.short),
        rows((Button(texts.TO_REVIEW, routes.ENTRY(entry.id or 0)),)),
        keep=True,
    )


def edit_prompt(entry: AgencyEntry, field: str) -> Screen:
    """Prompt for a new value."""
    number = entry.id or 0
    present = {
        QUESTIONS: "\n".join(entry.questions),
        RULE: entry.rule,
        SHORT: entry.short,
        DETAIL: entry.detail,
    }[field]
    policy = Button(texts.USE_POLICY, routes.ENTRY_POLICY(number, entry.revision)) if field == RULE else None
    return Screen(
        texts.edit_prompt(number, field, fmt.cut(present, 2600)),
        rows(policy, (Button(words.BACK, routes.ENTRY(number)), MENU)),
        Expect(text=routes.ENTRY_EDIT_SAVE(number, field, entry.revision), only=True),
    )


# files ---------------------------------------------------------------------------------------------


def exported(values: tuple[object, ...], form: str, at: datetime) -> Screen:
    """The file."""
    return Screen(
        texts.exported(len(values)),
        rows((TO_ENTRIES, MENU)),
        media=Media(MAKERS[form], (values,), f"jawaban-instansi-{at:%Y%m%d}.{form}", "document"),
    )


def ask_file() -> Screen:
    """Prompt for the file."""
    return Screen(texts.ASK_FILE, rows((TO_ENTRIES, MENU)), Expect(file=routes.ENTRIES_FILE()))


def importing(row: EntryImport, plan: Plan | None) -> Screen:
    """An import as it stands."""
    number, name = row.id or 0, row.file_name
    onward = (Button(texts.IMPORT, routes.ENTRIES_IMPORT()), TO_ENTRIES)
    if row.state == WAITING:
        return Screen(texts.import_waiting(name), rows((TO_ENTRIES, MENU)))
    if row.state == FAILED:
        return Screen(texts.import_failed(name, str(row.problems[0]["why"])), rows(onward, MENU))
    if row.state == APPLIED:
        counts = [row.counts.get(kind, 0) for kind in (NEW, CHANGED, SAME)]
        return Screen(texts.import_done(name, *counts), rows((TO_ENTRIES, MENU)))
    if row.state != READY or plan is None:
        return Screen(texts.import_ended(name), rows(onward, MENU))
    todo = plan.count(NEW) + plan.count(CHANGED)
    apply = Button(texts.APPLY, routes.ENTRIES_APPLY(number, plan.version)) if todo else None
    return Screen(
        texts.import_plan(
            name,
            plan.count(NEW),
            plan.count(CHANGED),
            plan.count(SAME),
            [(problem.at, problem.why) for problem in plan.problems],
        ),
        rows([b for b in (apply, Button(texts.CANCEL, routes.ENTRIES_CANCEL(number))) if b], onward, MENU),
    )
