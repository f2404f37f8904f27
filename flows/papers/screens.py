"""Screens of letters and of their templates."""

from collections.abc import Sequence

from flows import fmt, routes, words
from flows.evidence import store_view
from flows.models import Agency, LetterTemplate, Meeting
from flows.papers import templates
from flows.papers.letter_kind import Content
from flows.papers.letters import LETTERS, Letter
from flows.papers.texts import letters as texts
from flows.papers.texts import templates as template_texts
from flows.screen import Button, Expect, Media, Screen, grid, rows

DEFAULT_TEMPLATE = "letter-template"
PAGE = 8
_MENU = Button(words.TO_MENU, routes.HOME())
_LETTERS = Button(texts.OTHERS, routes.LETTERS())


# letters -------------------------------------------------------------------------------------------


def listing(letters: Sequence[Letter]) -> Screen:
    """Which letter?"""
    choices = [
        Button(
            letter.label,
            routes.LETTER_MEETING(letter.code, 0) if letter.of_meeting else routes.LETTER(letter.code, 0),
        )
        for letter in letters
    ]
    documents = Button("‹ Dokumen", routes.DOCUMENTS())
    return Screen(
        texts.listing([(letter.label, letter.about) for letter in letters]),
        rows(*choices, (documents, _MENU)),
    )


def meetings(letter: Letter, found: Sequence[Meeting], total: int, page: int) -> Screen:
    """Of which meeting?"""
    if not found:
        return Screen(
            texts.NO_MEETINGS, rows(Button(texts.NEW_MEETING, routes.MEETING_NEW()), (_LETTERS, _MENU))
        )
    first = page * PAGE + 1
    numbers = [Button(str(n), routes.LETTER(letter.code, row.id or 0)) for n, row in enumerate(found, first)]
    turns = (
        *([Button("‹", routes.LETTER_MEETING(letter.code, page - 1))] if page else []),
        *([Button("›", routes.LETTER_MEETING(letter.code, page + 1))] if first + PAGE <= total else []),
    )
    said = [(row.title, fmt.day_short(row.held_on) if row.held_on else "") for row in found]
    return Screen(
        texts.meetings(letter.label, said, first), rows(*grid(numbers, 4), turns, (_LETTERS, _MENU))
    )


def of_meeting(meeting: Meeting, letters: Sequence[Letter]) -> Screen:
    """The letters of one meeting."""
    choices = tuple(Button(letter.label, routes.LETTER(letter.code, meeting.id or 0)) for letter in letters)
    back = Button(texts.TO_MEETING, routes.MEETING(meeting.id or 0))
    return Screen(
        texts.listing([(letter.label, letter.about) for letter in letters]), rows(choices, (back, _MENU))
    )


def preview(content: Content, unit_id: int, meeting_id: int) -> Screen:
    """What the draft will say, before it is made."""
    letter = content.letter
    text = texts.preview(letter, content.unit, content.facts, content.used.names, content.used.file_name)
    back = Button(texts.TO_MEETING, routes.MEETING(meeting_id)) if meeting_id else _LETTERS
    return Screen(
        text,
        rows(Button(texts.MAKE, routes.LETTER_MAKE(letter.code, unit_id, meeting_id)), (back, _MENU)),
    )


def not_assessed() -> Screen:
    """The assessors have not looked at the unit's LKE yet."""
    return Screen(texts.NOTHING_ASSESSED, rows((_LETTERS, _MENU)))


# templates -----------------------------------------------------------------------------------------


def all_templates(agency: Agency, found: Sequence[tuple[Letter, LetterTemplate | None]]) -> Screen:
    """The agency's templates."""
    choices = [Button(letter.label, routes.TEMPLATE(agency.id or 0, letter.code)) for letter, _ in found]
    said = [(letter.label, row.file_name if row is not None else "") for letter, row in found]
    return Screen(
        template_texts.listing(agency.name, said),
        rows(*choices, (Button(template_texts.ADMIN, routes.ADMIN()), _MENU)),
    )


def one_template(agency_id: int, letter: Letter, row: LetterTemplate | None, zone: str) -> Screen:
    """One letter's template; a sent file is a new one."""
    day = fmt.day_short(fmt.local(row.decided_at or row.made_at, zone).date()) if row is not None else ""
    get = Button(template_texts.GET, routes.TEMPLATE_GET(agency_id, letter.code))
    reset = Button(template_texts.RESET, routes.TEMPLATE_RESET(agency_id, letter.code))
    return Screen(
        template_texts.one(letter, row.file_name if row is not None else "", day),
        rows(
            (get, reset) if row is not None else get,
            (Button(template_texts.ALL, routes.TEMPLATES(agency_id)), _MENU),
        ),
        Expect(file=routes.TEMPLATE_FILE(agency_id, letter.code)),
    )


def template_file(agency_id: int, letter: Letter, row: LetterTemplate | None) -> Screen:
    """The template in use as a file, to be changed in Word."""
    if row is not None and row.sha256:
        media = Media(store_view.KIND, (row.sha256,), row.file_name, "document")
    else:
        media = Media(DEFAULT_TEMPLATE, (letter.code,), f"templat-{letter.code}.docx", "document")
    return Screen(
        template_texts.SENT_FILE,
        rows((Button(words.BACK, routes.TEMPLATE(agency_id, letter.code)), _MENU)),
        Expect(file=routes.TEMPLATE_FILE(agency_id, letter.code)),
        media,
    )


def template_read(row: LetterTemplate) -> Screen:
    """What was found in a template; where it can be used, the way to that."""
    letter = LETTERS[row.code]
    ready = row.state == templates.READY
    acts = (
        Button(template_texts.USE, routes.TEMPLATE_USE(row.id or 0, row.revision)),
        Button(template_texts.TRIAL, routes.TEMPLATE_TRIAL(row.id or 0)),
    )
    text = template_texts.read(letter, row.file_name, row.state, len(row.fields), row.problems)
    return Screen(
        text,
        rows(
            acts if ready else None,
            (Button(words.BACK, routes.TEMPLATE(row.agency_id, row.code)), _MENU),
        ),
        Expect(file=routes.TEMPLATE_FILE(row.agency_id, row.code)),
    )


def trial(row: LetterTemplate) -> Screen:
    """The letter that a template makes of invented facts."""
    back = Button(words.BACK, routes.TEMPLATE_READ(row.id or 0))
    media = Media(store_view.KIND, (row.trial_sha256 or "",), f"contoh-{row.code}.docx", "document")
    return Screen(template_texts.TRIAL_FILE, rows((back, _MENU)), media=media)
