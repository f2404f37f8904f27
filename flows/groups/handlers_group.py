"""What is said and typed in the group itself: /tautkan, /topik, the summary, the scoreboard, questions."""

from datetime import date

from flows import fmt, outbox, policy, routes
from flows.days import unpacked_day
from flows.errors import NotAllowed
from flows.events import GroupChange
from flows.groups import asked, linking, links, numbers, screens, standing, topics
from flows.groups.service import ACTIVE, MUTED, REMOVED, linked, of_chat
from flows.groups.texts import private as texts
from flows.groups.texts import said
from flows.models import LinkedGroup, Unit
from flows.own import service as own
from flows.registration.private import privately
from flows.routes import handler_of, handles
from flows.schedule import service as schedule
from flows.screen import Gone, Goto, Quiet, Screen
from flows.turn import Turn

# linking and topics ----------------------------------------------------------------------------------


@handles(routes.GROUP_TIE)
def tie(turn: Turn) -> Screen | Goto:
    """/tautkan: at once where nothing has to be chosen or replaced, else in the private chat."""
    event = turn.event
    if event.private:
        return Goto(routes.GROUP())
    if event.kind != "command":
        return Goto(routes.HOME())
    here = of_chat(turn.session, event.chat_id)
    units = linking.units_of(turn)
    if here is not None and any(unit.id == here.unit_id for unit in units):
        if event.chat_title:
            here.title = event.chat_title[: linking.MAX_TITLE]
        standing.wake(turn.session, here, turn.now)
        return Goto(routes.GROUP_HELLO(here.id or 0))
    if not units:
        text = texts.TAKEN if here is not None else texts.NOT_COORDINATOR
        return screens.in_group(text, turn.bot_username)
    for unit in units[:1]:
        linking.may_take(turn, event.chat_id, unit)
    if here is not None or len(units) > 1 or linked(turn.session, units[0].id or 0) is not None:
        url = links.claim_url(turn.bot_username, linking.claim(turn))
        return screens.in_group(texts.CHOOSE, turn.bot_username, texts.CHOOSE_BUTTON, url)
    group = linking.link(turn, units[0], event.chat_id, event.chat_title)
    topics.heard(turn, event.chat_id, event.thread_id, event.topic_name)
    return Goto(routes.GROUP_HELLO(group.id or 0))


def say_hello(turn: Turn, group: LinkedGroup) -> None:
    """Let the group hear that it was linked in private."""
    assert group.id is not None
    key = f"grup.hai:{group.id}:{group.changes}"
    message = outbox.Message(key, group.chat_id, routes.GROUP_HELLO(group.id))
    outbox.add(turn.session, [message], turn.now)


@handles(routes.GROUP_HELLO)
def hello(turn: Turn, group_id: int) -> Screen | Gone:
    """The group hears to which unit it belongs."""
    found = _here(turn, group_id)
    return Gone() if found is None else screens.in_group(said.hello(found[1]), turn.bot_username)


def _here(turn: Turn, group_id: int) -> tuple[LinkedGroup, Unit] | None:
    """The link, if it is this chat's; None elsewhere, whoever names it."""
    group = of_chat(turn.session, turn.event.chat_id)
    unit = turn.session.get(Unit, group.unit_id) if group is not None else None
    if group is None or group.id != group_id or unit is None or unit.archived_at is not None:
        return None
    return group, unit


@handles(routes.GROUP_TOPIC)
def topic(turn: Turn) -> Screen | Goto:
    """/topik area 5: that area's news come into this topic from now on."""
    event = turn.event
    if event.private:
        return Goto(routes.GROUP())
    if event.kind != "command":
        return Goto(routes.HOME())
    group = of_chat(turn.session, event.chat_id)
    unit = turn.session.get(Unit, group.unit_id) if group is not None else None
    if group is None or unit is None:
        return screens.in_group(texts.NOT_LINKED, turn.bot_username)
    if not policy.can(turn.actor, "group", unit):
        return screens.in_group(policy.REFUSED["group"], turn.bot_username)
    topics.heard(turn, event.chat_id, event.thread_id, event.topic_name)
    if not event.text.strip():
        return screens.in_group(said.topics(_lines(turn, group)), turn.bot_username)
    meant = topics.read(event.text, turn.library.instrument())
    if meant is None:
        return screens.in_group(texts.UNKNOWN_AREA, turn.bot_username)
    area_id, area, away = meant
    thread_id = None if away else event.thread_id
    if thread_id is None and area_id not in topics.places(turn, group) and not event.forum:
        return screens.in_group(texts.NO_TOPICS, turn.bot_username)
    topics.put(turn, group, area_id, thread_id)
    if area_id == topics.ELSE:  # the scoreboard moves along
        standing.new_board(turn.session, group, turn.now)
    return screens.in_group(said.topic_set(area, thread_id is None), turn.bot_username)


def _lines(turn: Turn, group: LinkedGroup) -> list[str]:
    known, chosen = topics.known(turn, group), topics.places(turn, group)
    names = {a.id: f"Area {a.no} {fmt.esc(a.name)}" for a in turn.library.instrument().areas}
    names[""] = "Rekap, papan, dan lainnya"
    return [said.place(n, texts.topic(known, chosen[a])) for a, n in names.items() if a in chosen]


# the summary and the scoreboard ----------------------------------------------------------------------


@handles(routes.GROUP_RECAP)
def recap(turn: Turn, group_id: int, area_id: str, day_number: int) -> Screen | Gone:
    """The weekly summary, or an area's part of it."""
    found, day = _here(turn, group_id), unpacked_day(day_number)
    if found is None or day is None or not found[0].recap or found[0].state != ACTIVE:
        return Gone()
    text = recap_text(turn, *found, area_id, day)
    return screens.recap(text, group_id, area_id, turn.bot_username) if text else Gone()


def recap_text(turn: Turn, group: LinkedGroup, unit: Unit, area_id: str, day: date) -> str:
    """Its words; empty when there is nothing to say (no open LKE, an area that left its topic)."""
    of = numbers.read(turn.session, turn.library, unit, turn.now, scores=group.scores and not area_id)
    own_topic = topics.places(turn, group)
    general = own_topic.pop(topics.ELSE, None)
    elsewhere = frozenset(area for area, thread in own_topic.items() if thread != general)
    if of is None or (area_id and area_id not in elsewhere):
        return ""
    if not area_id:
        return said.recap(of, day, elsewhere, turn.bot_username)
    area = next((each.area for each in of.areas if each.area.id == area_id), None)
    return said.recap_of_area(of, area, day) if area is not None else ""


@handles(routes.GROUP_BOARD)
def board(turn: Turn, group_id: int) -> Screen | Gone:
    """The scoreboard. In a muted group it is the daily try whether the bot may write again."""
    found = _here(turn, group_id)
    if found is None or not found[0].board or found[0].state == REMOVED:
        return Gone()
    group, unit = found
    of = numbers.read(turn.session, turn.library, unit, turn.now, scores=group.scores)
    if of is None:
        return Gone()
    return screens.board(said.board(of, turn.now), unit, turn.bot_username)


# the chat itself -------------------------------------------------------------------------------------


@handles(routes.GROUP_CHANGED)
def changed(turn: Turn) -> Goto | Quiet:
    """The bot came or went, may write or not, the chat moved, a topic was made or named."""
    change, now, session = turn.event.change, turn.now, turn.session
    if change is None:  # a forged button
        return Goto(routes.HOME())
    if change.kind == "moved":
        standing.moved(session, change.from_id, change.to_id, now)
        return Quiet()
    if change.kind == "topic":
        topics.heard(turn, turn.event.chat_id, change.thread_id, change.name)
        return Quiet()
    group = standing.locked(session, turn.event.chat_id)
    if group is not None:
        _stands(turn, group, change)
    return Goto(routes.HOME()) if change.kind == "came" else Quiet()


def _stands(turn: Turn, group: LinkedGroup, change: GroupChange) -> None:
    session, now = turn.session, turn.now
    match change.kind:
        case "gone":
            standing.sleep(session, group, REMOVED, now)
        case "muted":
            standing.sleep(session, group, MUTED, now)
        case "came" | "free":
            standing.wake(session, group, now)
        case "title":
            group.title = change.name[: linking.MAX_TITLE]
            session.add(group)
    if change.may_pin:
        standing.may_pin_now(session, group, now)


# questions about one's own unit ----------------------------------------------------------------------


@handles(routes.GROUP_ASKED)
def ask(turn: Turn, kind: str, named: str) -> Screen | Goto:
    """One line here; the answer goes to the asker alone."""
    if kind not in own.ASKED_IN_GROUPS:
        return Goto(routes.HOME())
    if turn.event.private:
        return Goto(routes.OWN(kind, named))
    unit_id = asked.unit_meant(turn)
    sent = turn.event.kind != "tap" and asked.answer_privately(turn, kind, named, unit_id)
    url = links.answer_url(turn.bot_username, kind, named, unit_id)
    text = said.SENT_PRIVATELY if sent else said.ONLY_PRIVATELY
    return screens.in_group(text, turn.bot_username, texts.OPEN_ANSWER, url)


@handles(routes.GROUP_ANSWER)
@privately
def answer(turn: Turn, unit_id: int, kind: str, named: str) -> Screen | Goto | Gone:
    """What was asked, for the unit of the group. A queued answer does not change which unit is open."""
    action = routes.OWN(kind, named)
    if kind not in own.ASKED_IN_GROUPS:
        return Goto(routes.HOME())
    queued = turn.event.kind == "other"
    unit = turn.session.get(Unit, unit_id) if unit_id else None
    if unit is not None and turn.actor.roles_in(unit) and turn.open_unit is not unit:
        if not policy.can(turn.actor, "view", unit):
            raise NotAllowed(policy.REFUSED["view"])
        if queued:
            return screens.asked_elsewhere(unit, kind, named)
        schedule.open_unit(turn, unit_id)
    if not queued:
        return Goto(action)
    shown = handler_of(action)(turn, *action.args)
    return shown if isinstance(shown, Screen) else Gone()
