"""Review: sending, the queue, the card, the decision, and what its sender hears."""

from datetime import date

from flows import fmt, policy, routes
from flows.checklist import changes
from flows.checklist import service as checklist
from flows.errors import BadInput, Missing
from flows.item_words import Reader
from flows.mine import service as mine_service
from flows.models import Agency, Person
from flows.review import asking, held, looking, marking, refusals, reviewers, screens, service, texts
from flows.review.service import APPROVED, RETURNED, WAITING
from flows.routes import handles
from flows.screen import Gone, Goto, NotMine, Screen
from flows.turn import Turn
from knowledge.dates import Problem, parse_date

ALSO = (marking,)
"""Imported so that its handlers are registered too."""


def _reader(turn: Turn) -> Reader:
    return Reader(person_id=turn.actor.person_id, now=turn.now, zone_name=turn.zone_name)


# sending -------------------------------------------------------------------------------------------


@handles(routes.REVIEW_SEND)
def send(turn: Turn, assessment_id: int, item_id: str, revision: int, sure: int) -> Goto:
    """Send an item to be reviewed; what is missing is said first."""
    at = changes.place(turn, assessment_id, item_id)
    if not sure and looking.can_be_sent(turn, at) and looking.lacking(turn, at):
        return Goto(routes.REVIEW_SEND_ASK(assessment_id, item_id))
    service.send(turn, at, revision)
    return Goto(routes.REVIEW_SENT(assessment_id, item_id), texts.SENT)


@handles(routes.REVIEW_SEND_ASK)
def send_ask(turn: Turn, assessment_id: int, item_id: str) -> Screen | Goto:
    """What is missing, before sending."""
    at = changes.place(turn, assessment_id, item_id)
    shown = looking.card(turn, at)
    lacks = looking.lacking(turn, at)
    if shown.state == WAITING or not lacks:
        return Goto(routes.LKE_ITEM(item_id))
    return screens.send_ask(shown, lacks)


@handles(routes.REVIEW_SENT)
def sent(turn: Turn, assessment_id: int, item_id: str) -> Screen | Goto:
    """Sent, and what happens now."""
    at = looking.place(turn, assessment_id, item_id, "view")
    shown = looking.card(turn, at)
    if shown.state != WAITING:
        return Goto(routes.REVIEW_FIX(assessment_id, item_id))
    mine = shown.work is not None and shown.work.sent_by == turn.actor.person_id
    area = checklist.area_id_of(at.item)
    reviews = policy.can(turn.actor, "review", at.current.unit, area)
    return screens.sent(shown, mine, reviews, mine_service.count(turn, at.current))


@handles(routes.REVIEW_RECALL)
def recall(turn: Turn, assessment_id: int, item_id: str, revision: int) -> Goto:
    """Take back what one has sent."""
    service.recall(turn, looking.place(turn, assessment_id, item_id, "answer"), revision)
    return Goto(routes.REVIEW_FIX(assessment_id, item_id), texts.RECALLED)


# the reviewer --------------------------------------------------------------------------------------


@handles(routes.REVIEW_ASKED)
def asked(turn: Turn, assessment_id: int, item_id: str, revision: int) -> Screen | Gone:
    """A reviewer is told; not any more once it was decided, changed or taken back."""
    at = looking.place(turn, assessment_id, item_id, "review")
    shown = looking.card(turn, at)
    if shown.state != WAITING or shown.revision != revision or not shown.may_decide:
        return Gone()
    return screens.asked(shown)


@handles(routes.REVIEW_QUEUE)
def queue(turn: Turn, page: int) -> Screen:
    """What waits for the person's review in the open unit."""
    where = checklist.current(turn)
    policy.require(turn.actor, "review", where.unit)
    waiting = looking.queue(turn, where.unit, where.assessment)
    page = min(max(0, page), max(0, (len(waiting) - 1) // screens.PAGE))
    return screens.queue(where.unit.name, waiting, page, _reader(turn))


@handles(routes.REVIEW_CARD)
def card(turn: Turn, assessment_id: int, item_id: str) -> Screen:
    """Answer, Penjelasan and evidence on one card. Opens the unit that it belongs to."""
    at = looking.place(turn, assessment_id, item_id, "review")
    looking.enter(turn, at.current.unit)
    return screens.card(looking.card(turn, at), _reader(turn))


@handles(routes.REVIEW_OK)
def approve(turn: Turn, assessment_id: int, item_id: str, revision: int) -> Goto:
    """Approve."""
    at = looking.place(turn, assessment_id, item_id, "review")
    service.approve(turn, at, revision)
    looking.enter(turn, at.current.unit)
    return Goto(_onward(turn, assessment_id, item_id), texts.APPROVED_TOAST)


def _onward(turn: Turn, assessment_id: int, item_id: str) -> routes.Action:
    """The queue while something waits in it, else the item just decided on."""
    where = checklist.current(turn)
    if looking.queue(turn, where.unit, where.assessment):
        return routes.REVIEW_QUEUE(0)
    return routes.REVIEW_CARD(assessment_id, item_id)


@handles(routes.REVIEW_BACK)
def choose_reason(turn: Turn, assessment_id: int, item_id: str, revision: int) -> Screen:
    """What is to be mended?"""
    at = looking.place(turn, assessment_id, item_id, "review")
    service.check(turn, at, revision)
    return screens.reasons(at, revision)


@handles(routes.REVIEW_REASON)
def take_reason(turn: Turn, assessment_id: int, item_id: str, revision: int, number: int) -> Goto:
    """A ready reason."""
    if not 0 <= number < len(texts.REASONS):
        raise Missing("Catatan itu tidak ada dalam daftar.", next=routes.REVIEW_CARD(assessment_id, item_id))
    return _hold_reason(turn, assessment_id, item_id, revision, texts.REASONS[number][1])


@handles(routes.REVIEW_REASON_TYPED)
def type_reason(turn: Turn, assessment_id: int, item_id: str, revision: int) -> Goto:
    """A reason in the reviewer's own words."""
    return _hold_reason(turn, assessment_id, item_id, revision, turn.event.text)


def _hold_reason(turn: Turn, assessment_id: int, item_id: str, revision: int, text: str) -> Goto:
    at = looking.place(turn, assessment_id, item_id, "review")
    service.check(turn, at, revision)
    text = asking.said(text, routes.REVIEW_BACK(assessment_id, item_id, revision))
    held.hold(turn, text, routes.REVIEW_REASON_TYPED(assessment_id, item_id, revision))
    day = screens.packed(service.fix_day(turn.today))
    return Goto(routes.REVIEW_DRAFT(assessment_id, item_id, revision, day))


@handles(routes.REVIEW_DRAFT)
def show_draft(turn: Turn, assessment_id: int, item_id: str, revision: int, number: int) -> Screen:
    """The return before it is sent."""
    at = looking.place(turn, assessment_id, item_id, "review")
    service.check(turn, at, revision)
    reason = _held_reason(turn, assessment_id, item_id, revision)
    shown = looking.card(turn, at)
    sender = shown.people.get(shown.work.sent_by or 0) if shown.work is not None else None
    name = _reader(turn).name(sender)
    return screens.draft(at, revision, reason, _day(turn, at, number), turn.today, name)


def _held_reason(turn: Turn, assessment_id: int, item_id: str, revision: int) -> str:
    again = routes.REVIEW_BACK(assessment_id, item_id, revision)
    return held.held(turn, routes.REVIEW_REASON_TYPED, assessment_id, item_id, revision, next=again)


def _day(turn: Turn, at: changes.Place, number: int) -> date:
    """The day in a button. Raises Outdated for one that is over or was forged."""
    try:
        day = date(number // 10_000, number // 100 % 100, number % 100)
    except ValueError:
        raise refusals.outdated(at) from None
    if day < turn.today:
        raise refusals.day_is_over(at)
    return day


@handles(routes.REVIEW_DATE_TYPED)
def type_date(turn: Turn, assessment_id: int, item_id: str, revision: int, number: int) -> Goto | NotMine:
    """Another day by which it is to be mended."""
    read = parse_date(turn.event.text, turn.today)
    if read is None:
        return NotMine()
    if isinstance(read, Problem):
        raise BadInput(read.sentence, next=routes.REVIEW_DRAFT(assessment_id, item_id, revision, number))
    return Goto(routes.REVIEW_DRAFT(assessment_id, item_id, revision, screens.packed(read.day)))


@handles(routes.REVIEW_RETURN)
def send_back(turn: Turn, assessment_id: int, item_id: str, revision: int, number: int) -> Goto:
    """Return it with the kept reason."""
    at = looking.place(turn, assessment_id, item_id, "review")
    service.check(turn, at, revision)
    reason = _held_reason(turn, assessment_id, item_id, revision)
    service.send_back(turn, at, revision, reason, _day(turn, at, number))
    held.let_go(turn)
    looking.enter(turn, at.current.unit)
    return Goto(_onward(turn, assessment_id, item_id), texts.RETURNED_TOAST)


# the sender ----------------------------------------------------------------------------------------


@handles(routes.REVIEW_TOLD)
def told(turn: Turn, assessment_id: int, item_id: str, revision: int) -> Screen | Gone:
    """The sender hears the decision, unless something newer has happened."""
    at = looking.place(turn, assessment_id, item_id, "view")
    shown = looking.card(turn, at)
    work = shown.work
    if work is None or work.revision != revision or work.sent_by != turn.actor.person_id:
        return Gone()
    if work.state == RETURNED:
        return screens.told_returned(shown, turn.today)
    return screens.told_approved(shown) if work.state == APPROVED else Gone()


@handles(routes.REVIEW_FIX)
def fix(turn: Turn, assessment_id: int, item_id: str) -> Goto:
    """Open the item, in its unit."""
    at = looking.place(turn, assessment_id, item_id, "view")
    looking.enter(turn, at.current.unit)
    return Goto(routes.LKE_ITEM(item_id))


@handles(routes.REVIEW_ASK)
def ask(turn: Turn, assessment_id: int, item_id: str) -> Screen:
    """Prompt for a question to the reviewer."""
    at = looking.place(turn, assessment_id, item_id, "answer")
    work = service.work_of(turn.session, assessment_id, item_id)
    reviewer = turn.session.get(Person, work.decided_by) if work is not None and work.decided_by else None
    if reviewer is None:
        raise refusals.nobody_to_ask(at)
    return screens.ask(at, reviewer.name)


@handles(routes.REVIEW_ASK_SAVE)
def ask_save(turn: Turn, assessment_id: int, item_id: str) -> Goto:
    """The typed question goes to the reviewer."""
    at = looking.place(turn, assessment_id, item_id, "answer")
    name = asking.ask(turn, at, turn.event.text)
    return Goto(routes.REVIEW_FIX(assessment_id, item_id), texts.question_sent(name))


@handles(routes.REVIEW_QUESTION)
def question(turn: Turn, change_id: int) -> Screen:
    """The question at the reviewer."""
    change, at = asking.question(turn, change_id, asking.ASK)
    return screens.question(change, at, _who(turn, change.person_id))


@handles(routes.REVIEW_REPLY)
def reply(turn: Turn, change_id: int) -> Screen:
    """Prompt for the reply."""
    change, at = asking.question(turn, change_id, asking.ASK)
    return screens.reply_prompt(change, at, _who(turn, change.person_id))


@handles(routes.REVIEW_REPLY_SAVE)
def reply_save(turn: Turn, change_id: int) -> Goto:
    """The typed reply goes to the asker."""
    at, name = asking.reply(turn, change_id, turn.event.text)
    return Goto(routes.REVIEW_FIX(at.current.id, at.item.id), texts.reply_sent(name))


@handles(routes.REVIEW_REPLIED)
def replied(turn: Turn, change_id: int) -> Screen:
    """The reply at the asker."""
    change, at = asking.question(turn, change_id, asking.REPLY)
    return screens.replied(change, at, _who(turn, change.person_id))


def _who(turn: Turn, person_id: int | None) -> str:
    person = turn.session.get(Person, person_id) if person_id is not None else None
    return fmt.cut(_reader(turn).name(person), 60)


# the agency's rule ---------------------------------------------------------------------------------


@handles(routes.OWN_REVIEW)
def rule(turn: Turn, agency_id: int) -> Screen:
    """May reviewers approve what they have filled in themselves?"""
    policy.require_admin(turn.actor, agency_id)
    agency = turn.session.get_one(Agency, agency_id)
    return screens.rule(agency_id, agency.name, agency.own_review)


@handles(routes.OWN_REVIEW_SET)
def set_rule(turn: Turn, agency_id: int, chosen: str) -> Goto:
    """Choose the rule."""
    changed = reviewers.set_rule(turn, agency_id, chosen)
    return Goto(routes.OWN_REVIEW(agency_id), texts.RULE_SET if changed else texts.RULE_SAME)
