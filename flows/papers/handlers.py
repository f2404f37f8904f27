"""Handlers of letters and their templates. Brief, package and letters themselves are documents on request."""

from sqlmodel import col, func, select

from flows import delivery, policy, routes
from flows.errors import Missing
from flows.media import draws
from flows.meetings import service as meetings
from flows.models import LetterTemplate, Meeting
from flows.papers import brief_kind, filling, letter_kind, package, screens, templates
from flows.papers.letters import LETTERS
from flows.papers.texts import letters as texts
from flows.papers.texts import templates as template_texts
from flows.registration.private import privately
from flows.routes import handles
from flows.screen import Gone, Goto, Screen
from flows.turn import Turn

KINDS = (brief_kind.KIND, package.KIND, letter_kind.KIND)
"""They register themselves."""


# letters -------------------------------------------------------------------------------------------


@handles(routes.LETTERS)
@privately
def listing(turn: Turn) -> Screen:
    """Which letters the person may have of the open unit."""
    unit = turn.unit
    letters = letter_kind.permitted(turn, unit)
    if not letters:
        policy.require(turn.actor, "letter", unit)
    return screens.listing(letters)


@handles(routes.LETTER_MEETING)
@privately
def which_meeting(turn: Turn, code: str, page: int) -> Screen:
    """Of which meeting; newest first."""
    letter, unit = templates.letter_named(code), turn.unit
    policy.require(turn.actor, letter_kind.act_of(letter), unit)
    if not letter.of_meeting:
        raise Missing(texts.WHICH, next=routes.LETTERS())
    page = min(max(0, page), 10_000)
    where = (Meeting.unit_id == unit.id, Meeting.state != meetings.REMOVED)
    total = turn.session.exec(select(func.count()).select_from(Meeting).where(*where)).one()
    found = turn.session.exec(
        select(Meeting)
        .where(*where)
        .order_by(col(Meeting.held_on).is_(None).desc(), col(Meeting.held_on).desc(), col(Meeting.id).desc())
        .limit(screens.PAGE)
        .offset(page * screens.PAGE)
    ).all()
    return screens.meetings(letter, found, total, page)


@handles(routes.LETTERS_OF_MEETING)
@privately
def of_meeting(turn: Turn, meeting_id: int) -> Screen:
    """The letters of one meeting of the open unit."""
    view = meetings.find(turn, meeting_id)
    policy.require(turn.actor, "task", view.unit)
    letters = [letter for letter in letter_kind.permitted(turn, view.unit) if letter.of_meeting]
    return screens.of_meeting(view.meeting, letters)


@handles(routes.LETTER)
@privately
def preview(turn: Turn, code: str, meeting_id: int) -> Screen:
    """What the letter will say, and what it leaves to people."""
    if letter_kind.waits_for_assessors(turn, turn.unit, code):
        return screens.not_assessed()
    content = letter_kind.content(turn, turn.unit, code, meeting_id)
    return screens.preview(content, turn.unit.id or 0, meeting_id if content.letter.of_meeting else 0)


@handles(routes.LETTER_MAKE)
@privately
def make(turn: Turn, code: str, unit_id: int, meeting_id: int) -> Goto:
    """Ask for the draft. Refused here rather than in the job, where that can be known."""
    unit = turn.unit_by_id(unit_id)
    content = letter_kind.content(turn, unit, code, meeting_id)
    params = {"letter": content.letter.code, "meeting": meeting_id if content.letter.of_meeting else 0}
    return Goto(routes.DOCUMENT(delivery.ask(turn, letter_kind.CODE, unit, params)))


# templates -----------------------------------------------------------------------------------------


@handles(routes.TEMPLATES)
@privately
def all_templates(turn: Turn, agency_id: int) -> Screen:
    """The templates that the agency's letters are made with."""
    agency = templates.of_agency(turn, agency_id)
    found = [(letter, templates.active(turn.session, agency_id, letter.code)) for letter in LETTERS.values()]
    return screens.all_templates(agency, found)


@handles(routes.TEMPLATE)
@privately
def one_template(turn: Turn, agency_id: int, code: str) -> Screen:
    """One of them."""
    templates.of_agency(turn, agency_id)
    letter = templates.letter_named(code)
    row = templates.active(turn.session, agency_id, code)
    return screens.one_template(agency_id, letter, row, turn.zone_name)


@handles(routes.TEMPLATE_GET)
@privately
def get_template(turn: Turn, agency_id: int, code: str) -> Screen:
    """The file in use."""
    templates.of_agency(turn, agency_id)
    letter = templates.letter_named(code)
    return screens.template_file(agency_id, letter, templates.active(turn.session, agency_id, code))


@handles(routes.TEMPLATE_FILE)
@privately
def receive_template(turn: Turn, agency_id: int, code: str) -> Goto:
    """The sent file is a template."""
    row = templates.receive(turn, agency_id, code)
    return Goto(routes.TEMPLATE_READ(row.id or 0))


@handles(routes.TEMPLATE_READ)
@privately
def template_read(turn: Turn, template_id: int) -> Screen:
    """What was found in it."""
    return screens.template_read(templates.own(turn, template_id))


@handles(routes.TEMPLATE_TOLD)
@privately
def template_told(turn: Turn, template_id: int) -> Screen | Gone:
    """The same, told to who sent it; silent once it was decided."""
    row: LetterTemplate = templates.own(turn, template_id)
    if row.made_by != turn.actor.person_id or row.state not in {templates.READY, templates.REFUSED}:
        return Gone()
    return screens.template_read(row)


@handles(routes.TEMPLATE_TRIAL)
@privately
def template_trial(turn: Turn, template_id: int) -> Screen:
    """The letter that it makes of invented facts."""
    row = templates.own(turn, template_id)
    if row.trial_sha256 is None:
        raise Missing(template_texts.GONE, next=routes.TEMPLATE(row.agency_id, row.code))
    return screens.trial(row)


@handles(routes.TEMPLATE_USE)
@privately
def template_use(turn: Turn, template_id: int, revision: int) -> Goto:
    """Take it into use."""
    row = templates.use(turn, template_id, revision)
    return Goto(routes.TEMPLATE(row.agency_id, row.code), template_texts.USED)


@handles(routes.TEMPLATE_RESET)
@privately
def template_reset(turn: Turn, agency_id: int, code: str) -> Goto:
    """The program's own again."""
    templates.reset(turn, agency_id, code)
    return Goto(routes.TEMPLATE(agency_id, code), template_texts.RESET_DONE)


draws(screens.DEFAULT_TEMPLATE)(filling.default)
