"""Menu, help, units, cancelling, and events that nobody asked for."""

from flows import fmt, role_words, routes, words
from flows.checklist import service as checklist
from flows.drills import service as drills
from flows.errors import BadInput
from flows.evidence import intake as evidence
from flows.findings import service as findings
from flows.importing.service import looks_like_lke, may_import
from flows.learning import service as learning
from flows.menu import service, texts
from flows.mine import service as mine
from flows.models import Assessment, Draft, Unit
from flows.policy import WORKERS, Act, admin_agencies, can, may_assess, oversees
from flows.review import looking as review
from flows.routes import Action, handler_of, handles, unpack
from flows.screen import Button, Goto, NotMine, Screen, grid, rows
from flows.season import service as season
from flows.turn import Turn
from knowledge.instrument import Indicator, ResultItem

PAGE = 8
TABLES = (".xlsx", ".csv")


@handles(routes.HOME)
def home(turn: Turn) -> Screen:
    """The menu, fitted to what the person may do here."""
    if not turn.event.private:
        return Screen(texts.GROUP, _private_link(turn))
    unit = turn.open_unit
    if unit is not None:
        return _unit_home(turn, unit)
    agency = service.agency_view(turn.session, turn.actor)
    if agency is not None:
        buttons = [
            Button(texts.ADMIN, routes.ADMIN()),
            Button(texts.BOARD, routes.BOARD(0, "", "jarak", 0)),
            *_team_questions(turn),
            Button(texts.ASK, routes.ASK_PROMPT()),
            Button(texts.SETTINGS, routes.SETTINGS()),
            Button(texts.HELP, routes.HELP()),
        ]
        return Screen(texts.home_admin(agency.name, agency.units, agency.waiting), grid(buttons, 2))
    return Screen(
        texts.STRANGER,
        rows(
            (Button(texts.ASK_NOW, routes.ASK_PROMPT()), Button(texts.TOPICS, routes.TOPICS("", 0))),
            (Button(texts.REGISTER, routes.UNIT_REQUEST()), Button(texts.HELP, routes.HELP())),
        ),
    )


def _unit_home(turn: Turn, unit: Unit) -> Screen:
    assessment = checklist.assessment_of(turn.session, unit)
    instrument = turn.library.instrument(assessment.instrument_id)
    marks = checklist.marks(turn.session, assessment, instrument)
    answered, total = len(marks.done), len(instrument.area_order) + len(instrument.results)
    last = instrument.by_id.get(turn.state.last_item or "")
    own = sorted(turn.actor.roles_in(unit), key=lambda held: role_words.place(held.role))
    area_no = {area.id: area.no for area in instrument.areas}
    held = [texts.role(m.role, area_no.get(m.area or ""), m.acting) for m in own]
    text = texts.home(
        unit.name,
        assessment.target,
        assessment.year,
        ", ".join(dict.fromkeys(held)),
        answered,
        total,
        last.number if isinstance(last, Indicator | ResultItem) else "",
        closed=assessment.archived_at is not None,
        carried=len(marks.to_confirm),
    )
    actor = turn.actor
    where = checklist.Current(unit, assessment, instrument)
    buttons = [Button(texts.CONTINUE if last else texts.LKE, routes.LKE_CONTINUE() if last else routes.LKE())]
    if last:
        buttons.append(Button(texts.LKE, routes.LKE()))
    buttons += _own_work(turn, where)
    buttons += [
        Button(texts.PROGRESS, routes.PROGRESS()),
        Button(texts.READINESS, routes.READINESS()),
        Button(texts.EVIDENCE, routes.EVIDENCE()),
        Button(texts.DOCUMENTS, routes.DOCUMENTS()),
        Button(texts.REGISTERS, routes.REGISTERS()),
        Button(texts.OUTSIDE, routes.OUTSIDE(0)),
        Button(texts.SCHEDULE, routes.SCHEDULE()),
        Button(texts.ASK, routes.ASK_PROMPT()),
        Button(texts.TEAM, routes.TEAM()),
    ]
    year = season.menu_year(turn, unit)
    if year is not None:
        buttons.append(Button(texts.SEASON, routes.SEASON(unit.id or 0, year)))
    if can(turn.actor, "prepare", unit) and drills.is_open(turn, unit):
        buttons.append(Button(texts.PREPARE, routes.PREPARE()))
    buttons += _by_act(turn, unit)
    if oversees(actor):
        buttons.append(Button(texts.BOARD, routes.BOARD(0, "", "jarak", 0)))
    if actor.has_role("wilayah"):
        buttons.append(Button(texts.SWITCH, routes.UNITS(0)))
    if actor.has_role("admin"):
        buttons.append(Button(texts.ADMIN, routes.ADMIN()))
    buttons += [Button(texts.SETTINGS, routes.SETTINGS()), Button(texts.HELP, routes.HELP())]
    return Screen(text, rows(_to_review(turn, unit, assessment), *_assessors(turn, where), *grid(buttons, 2)))


def _by_act(turn: Turn, unit: Unit) -> list[Button]:
    """The ways to what only some may do in the unit."""
    ways: tuple[tuple[Act, str, Action], ...] = (
        ("announce", texts.ANNOUNCE, routes.ANNOUNCE()),
        ("group", texts.GROUP_SETTINGS, routes.GROUP()),
        ("schedule", texts.WATCH, routes.WATCH(0)),
        ("endorse", texts.ENDORSEMENT, routes.ENDORSE()),
        ("year", texts.YEARS, routes.YEARS(unit.id or 0)),
    )
    own = [Button(label, action) for act, label, action in ways if can(turn.actor, act, unit)]
    return [*_team_questions(turn), *own]


def _assessors(turn: Turn, where: checklist.Current) -> list[Button]:
    """Penilaian saya for who judges; for the unit, the findings that were given to it."""
    if turn.actor.has_role("penilai"):
        return [Button(texts.ASSESS, routes.ASSESS())]
    states = findings.counts(turn.session, where.id)
    if not any(states.get(state) for state in ("open", "answered", "done")):
        return []
    waiting = states.get("open", 0)
    label = f"{texts.FINDINGS} ({waiting})" if waiting else texts.FINDINGS
    return [Button(label, routes.FINDINGS(where.id, 0))]


def _to_review(turn: Turn, unit: Unit, assessment: Assessment) -> Button | None:
    """The way to what waits for the person's review, when something does."""
    waiting = len(review.queue(turn, unit, assessment))
    return Button(f"{texts.REVIEW} ({waiting})", routes.REVIEW_QUEUE(0)) if waiting else None


def _own_work(turn: Turn, where: checklist.Current) -> list[Button]:
    """Tugas saya with its count for who works here, and what has no PIC for who can name one."""
    if not any(held.role in WORKERS for held in turn.actor.roles_in(where.unit)):
        return []
    waiting, unnamed = mine.counts(turn, where)
    made = [Button(f"{texts.MINE} ({waiting})" if waiting else texts.MINE, routes.MINE(0))]
    if unnamed:
        made.append(Button(f"{texts.NO_PIC} ({unnamed})", routes.PIC_NONE()))
    return made


def _team_questions(turn: Turn) -> list[Button]:
    """The way to what waits for a coordinator or admin, when something does."""
    waiting = learning.team_waiting(turn)
    if not waiting:
        return []
    return [Button(f"{texts.TEAM_QUESTIONS} ({waiting})", routes.TEAM_QUESTIONS(0))]


@handles(routes.HELP)
def show_help(turn: Turn) -> Screen:
    """What can be done here, by command."""
    if not turn.event.private:
        return Screen(texts.GROUP, _private_link(turn))
    known = bool(turn.actor.memberships)
    return Screen(
        texts.HELP_MEMBER if known else texts.HELP_STRANGER,
        rows((Button(texts.TOPICS, routes.TOPICS("", 0)), Button(words.TO_MENU, routes.HOME()))),
    )


@handles(routes.CANCEL)
def cancel(turn: Turn) -> Goto:
    """Leave the prompt that was open; nothing saved is touched."""
    open_prompt = bool(turn.state.prompt_text or turn.state.prompt_file)
    return Goto(routes.HOME(), texts.CANCELLED if open_prompt else texts.NOTHING_TO_CANCEL)


@handles(routes.OLD_BUTTON)
def old_button(_turn: Turn) -> Goto:
    """A button that this version does not know."""
    return Goto(routes.HOME(), words.OLD_BUTTON)


@handles(routes.STRAY_FILE)
def stray_file(turn: Turn) -> Screen | Goto:
    """A file that nothing asked for: evidence, and a worksheet is taken for the LKE itself."""
    if not turn.event.private:
        return Screen(texts.GROUP, _private_link(turn))
    unit = turn.open_unit
    answers = unit is not None and can(turn.actor, "answer", unit)
    if unit is None or not (answers or may_assess(turn.actor, unit)):
        return _unwanted_file(turn)
    named = looks_like_lke(turn.event.file, turn.event.text, not answers or may_import(turn, unit))
    if not (answers or named):
        return _unwanted_file(turn)
    if named and not evidence.continues_album(turn):
        return Goto(routes.IMPORT_FILE())
    return Goto(routes.INTAKE_FILE(""))


def _unwanted_file(turn: Turn) -> Screen:
    """Nobody's evidence; an admin's table has its own way in."""
    name = turn.event.file.name.lower() if turn.event.file is not None else ""
    if admin_agencies(turn.actor) and name.endswith(TABLES):
        way = Button(texts.BULK, routes.BULK())
        return Screen(texts.STRAY_TABLE, rows(way, Button(words.TO_MENU, routes.HOME())))
    return Screen(texts.STRAY_FILE, _onward(turn))


@handles(routes.STRAY_OTHER)
def stray_other(turn: Turn) -> Screen:
    """A sticker, a voice message, an unknown command."""
    if not turn.event.private:
        return Screen(texts.GROUP, _private_link(turn))
    return Screen(texts.STRAY_OTHER, _onward(turn))


def _onward(turn: Turn) -> tuple[tuple[Button, ...], ...]:
    last = Button(texts.CONTINUE, routes.LKE_CONTINUE()) if turn.state.last_item and turn.open_unit else None
    return rows(tuple(b for b in (last, Button(words.TO_MENU, routes.HOME())) if b))


def _private_link(turn: Turn) -> tuple[tuple[Button, ...], ...]:
    return rows(Button("Buka obrolan", url=f"https://t.me/{turn.bot_username}"))


# choice of unit ------------------------------------------------------------------------------------


@handles(routes.UNITS)
def units(turn: Turn, page: int) -> Screen:
    """The person's units, to choose from."""
    page = max(0, page)
    found, total = service.own_units(turn.session, turn.actor, PAGE, page * PAGE)
    if not found:
        return Screen(texts.NO_UNITS, rows(Button(words.TO_MENU, routes.HOME())))
    chosen = turn.open_unit
    oversees = turn.actor.has_role("wilayah")
    current = chosen.name if chosen is not None else "-"
    choices = [Button(fmt.cut(u.name, 40), routes.UNIT_OPEN(u.id or 0)) for u in found]
    pages = tuple(
        b
        for b in (
            Button("‹", routes.UNITS(page - 1)) if page else None,
            Button("›", routes.UNITS(page + 1)) if (page + 1) * PAGE < total else None,
        )
        if b
    )
    return Screen(
        texts.units(current, total, oversees), rows(*choices, pages, Button(words.TO_MENU, routes.HOME()))
    )


@handles(routes.UNIT_OPEN)
def open_unit(turn: Turn, unit_id: int) -> Goto:
    """Work on this unit from now on in this chat."""
    unit = turn.unit_by_id(unit_id)
    turn.state.unit_id = unit.id
    turn.state.last_item = None
    turn.forget()
    return Goto(routes.HOME(), texts.OPEN_UNIT)


# a text that waited for a decision -----------------------------------------------------------------


@handles(routes.DRAFT_USE)
def use_draft(turn: Turn) -> Screen | Goto | NotMine:
    """The kept text was the content after all: give it to its prompt."""
    text, action = _take_draft(turn)
    turn.event = turn.event.with_text(text)
    result: Screen | Goto | NotMine = handler_of(action)(turn, *action.args)
    return result


@handles(routes.DRAFT_ASK)
def ask_draft(turn: Turn) -> Screen:
    """The kept text was a question: answer it; its prompt stays open."""
    text, action = _take_draft(turn)
    turn.event = turn.event.with_text(text)
    turn.resumes = action
    turn.state.prompt_text, turn.state.prompt_only = action.pack(), True
    screen: Screen = handler_of(routes.ASK())(turn)
    return screen


def _take_draft(turn: Turn) -> tuple[str, Action]:
    draft = turn.session.get(Draft, (turn.event.chat_id, turn.event.sender.telegram_id))
    action = unpack(draft.action) if draft is not None else None
    if draft is None or action is None:
        raise BadInput(texts.DRAFT_GONE)
    text = draft.text
    turn.session.delete(draft)
    return text, action
