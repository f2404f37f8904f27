"""Handlers of asking and of browsing topics."""

import re
from dataclasses import replace

from flows import fmt, routes
from flows.errors import Missing
from flows.evidence import service as evidence
from flows.faq import grouped, names, replies, screens, service, texts
from flows.faq.replies import Reply
from flows.learning import service as learning
from flows.own import service as own
from flows.routes import MAX_PACKED_BYTES, handler_of, handles
from flows.screen import Button, Goto, NotMine, Screen, rows
from flows.turn import Turn
from knowledge.faq import GROUPS
from knowledge.outcome import Outcome
from knowledge.own_questions import OwnQuestion

PICKED = re.compile(
    r"(?:no(?:mor|\.)?\s*|yang\s+|pilih\s+|ke\s*-?\s*)*([123]|satu|dua|tiga|pertama|kedua|ketiga)[.)]?"
)
CHOOSING = frozenset({routes.TOPIC_PICK.name, routes.SEARCH_PICK.name, routes.SEARCH.name, routes.TERMS.name})
"""Prompts that a new question puts aside."""
ORDER = {"satu": 1, "pertama": 1, "dua": 2, "kedua": 2, "tiga": 3, "ketiga": 3}


@handles(routes.ASK)
def ask(turn: Turn) -> Screen | Goto:
    """The typed text is a question; a link from somebody who collects evidence is evidence."""
    text = turn.event.text.strip()
    if not text:
        return _prompt(turn)
    if evidence.is_link_of(turn, text):
        return Goto(routes.INTAKE_LINK(""))
    if turn.resumes is not None and turn.resumes.route in CHOOSING:
        # A new question puts the earlier choice aside; its numbers must not answer for the new ones.
        turn.resumes = None
    return _answered(turn, text)


def _answered(turn: Turn, text: str) -> Screen | Goto:
    library = turn.library
    outcome = library.ask(text, last_topic=service.last_topic(turn), today=turn.today)
    asked = own.asked(turn, text, outcome)
    if not turn.event.private:
        if asked is not None:
            return Goto(routes.GROUP_ASKED(asked.kind, own.packed(asked)))
        return grouped.answer(turn, text, outcome)
    back = screens.back_button(library, turn.resumes)
    local = learning.nearest(turn, text, outcome)
    if asked is not None:
        if outcome.kind == "smalltalk":
            outcome = library.desk.about(text)  # the rules may have something to say to the same words
        return _of_unit(turn, asked, outcome, local, back)
    if local.answer is not None:
        return _of_agency(turn, local.answer.id, outcome, back)
    reply = replies.reply_to(library, text, outcome)
    match outcome.kind:
        case "answer":
            service.remember(turn, outcome.topics[0])
            return screens.answer(library, reply, back, has_unit=turn.open_unit is not None)
        case "choices":
            service.note_unmet(turn, text, service.UNSURE, outcome.topics[0])
            return screens.choices(reply, back, *_onward(turn, text, local))
        case "decline":
            service.note_unmet(turn, text, service.UNANSWERED)
            return screens.plain(reply, back, *_onward(turn, text, local))
        case "smalltalk":
            return screens.plain(reply, back)


def _of_unit(
    turn: Turn, asked: OwnQuestion, outcome: Outcome, local: learning.Nearest, back: Button | None
) -> Screen:
    """What the unit's own data say, with the way to what else the question could mean."""
    action = routes.OWN(asked.kind, own.packed(asked))
    found: Screen | Goto = handler_of(action)(turn, *action.args)
    # Followed here, so that the way back to an open prompt stays on what is shown.
    screen = handler_of(found.action)(turn, *found.action.args) if isinstance(found, Goto) else found
    assert isinstance(screen, Screen)
    other = _general(outcome)
    if local.answer is not None:
        other = Button(texts.OF_AGENCY, routes.ENTRY_READ(local.answer.id))
    return replace(screen, rows=rows(back, *screen.rows[:-1], other, screen.rows[-1]))


def _general(outcome: Outcome) -> Button | None:
    """To the topic that the same words may ask for, or to the choice of topics."""
    ids = [names.pack(topic) for topic in outcome.topics]
    if outcome.kind == "answer":
        return Button(texts.GENERAL, routes.TOPIC(ids[0]))
    if outcome.kind != "choices":
        return None
    while len(routes.TOPIC_PICK(",".join(ids)).pack().encode()) > MAX_PACKED_BYTES:
        ids.pop()
    return Button(texts.GENERAL, routes.TOPIC_PICK(",".join(ids)))


def _of_agency(turn: Turn, entry_id: int, outcome: Outcome, back: Button | None) -> Screen:
    """The agency's own answer, with the way to what the national base says."""
    action = routes.ENTRY_READ(entry_id)
    screen: Screen = handler_of(action)(turn, entry_id)
    national = None
    if outcome.kind == "answer":
        national = Button(texts.NATIONAL, routes.TOPIC(names.pack(outcome.topics[0])))
    return replace(screen, rows=rows(back, national, *screen.rows))


def _onward(turn: Turn, text: str, local: learning.Nearest) -> list[Button]:
    """Where else an answer may be: an entry of the agency that is somewhat alike, the coordinator."""
    found = []
    if local.hint is not None:
        found.append(Button(fmt.cut(local.hint.questions[0], 40), routes.ENTRY_READ(local.hint.id)))
    if learning.may_ask(turn):
        learning.keep(turn, text)
        found.append(Button(texts.ASK_COORDINATOR, routes.COORD_ASK()))
    return found


@handles(routes.ASK_PROMPT)
def prompt(turn: Turn) -> Screen:
    """Invite a question."""
    return _prompt(turn)


def _prompt(turn: Turn) -> Screen:
    if not turn.event.private:
        return grouped.prompt(turn)
    mine = Button(texts.MY_QUESTIONS, routes.MY_QUESTIONS(0)) if learning.has_own(turn) else None
    return screens.prompt(mine)


@handles(routes.TOPIC)
def topic(turn: Turn, packed: str) -> Screen:
    """One topic in full."""
    wanted = _known(turn, packed)
    service.remember(turn, wanted)
    if not turn.event.private:
        return grouped.topic(turn, wanted)
    library = turn.library
    text = replies.topic_text(library, wanted)
    reply = Reply(text, (wanted,), replies.related(library, wanted), answered=True)
    return screens.answer(library, reply, None, has_unit=turn.open_unit is not None)


@handles(routes.TOPIC_PICK)
def pick(turn: Turn, packed: str) -> Screen | Goto | NotMine:
    """A typed number chooses among the topics offered; anything else is a new question."""
    ids = packed.split(",")
    said = turn.event.text.strip().lower()
    if not said or turn.event.kind == "tap":
        if not turn.event.private:
            return grouped.choices(turn, [_known(turn, each) for each in ids])
        return screens.choices(_offer(turn, ids), None)
    found = PICKED.fullmatch(said)
    if found is None:
        return NotMine()
    number = ORDER.get(found.group(1)) or int(found.group(1))
    return Goto(routes.TOPIC(ids[number - 1])) if number <= len(ids) else NotMine()


def _offer(turn: Turn, ids: list[str]) -> Reply:
    wanted = tuple(_known(turn, each) for each in ids)
    return Reply(texts.choices([names.title(turn.library, each) for each in wanted]), (), wanted)


@handles(routes.TOPIC_RATE)
def rate(turn: Turn, packed: str, helpful: int) -> Goto:
    """Thumbs: what was not quite right is kept for the people who mend the answers."""
    wanted = _known(turn, packed)
    if helpful:
        return Goto(routes.TOPIC(packed), texts.THANKS_HELPFUL)
    service.note_unmet(turn, names.title(turn.library, wanted), service.NOT_QUITE, wanted)
    return Goto(routes.TOPIC_WHY(packed), texts.THANKS_NOT_QUITE)


@handles(routes.TOPICS)
def topics(turn: Turn, group: str, page: int) -> Screen:
    """The groups, or one page of a group."""
    if group not in GROUPS:
        return screens.groups(turn.library)
    entries = [entry for entry in turn.library.faq.values() if entry.group == group]
    return screens.group(GROUPS[group], group, entries, page)


def _known(turn: Turn, packed: str) -> str:
    wanted = names.unpack(packed)
    if not names.known(turn.library, wanted):
        raise Missing(texts.UNKNOWN_TOPIC, next=routes.ASK_PROMPT())
    return wanted
