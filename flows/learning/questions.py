"""Questions handed to a unit's coordinators: sending, answering once, closing, withdrawing."""

from dataclasses import dataclass

from sqlmodel import col, func, select

from flows import audit, fmt, outbox, routes
from flows.errors import FlowError
from flows.learning import entries, refusals, unmet
from flows.learning.scope import coordinates
from flows.models import AgencyEntry, Draft, Membership, Person, TeamQuestion, Unit
from flows.people import active
from flows.turn import Turn

TEXT_LIMIT = 1000
MOST_OPEN = 5
"""Questions of one person that may wait at a time."""
OPEN, ANSWERED, CLOSED, WITHDRAWN = "open", "answered", "closed", "withdrawn"


@dataclass(frozen=True, slots=True)
class View:
    """A question with what is shown of it. `asker` is empty unless the reader may know who asked."""

    row: TeamQuestion
    unit: Unit
    asker: str
    asker_gone: bool
    answerer: str
    entry: AgencyEntry | None

    @property
    def id(self) -> int:
        """Id of the question."""
        assert self.row.id is not None
        return self.row.id


# before it is sent ---------------------------------------------------------------------------------


def coordinators(turn: Turn, unit: Unit) -> list[Person]:
    """The unit's coordinators without the actor."""
    found = turn.session.exec(
        select(Person)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(
            Membership.unit_id == unit.id,
            Membership.role == "koordinator",
            active(turn.now),
            col(Person.telegram_id).is_not(None),
            col(Person.deleted_at).is_(None),
            Person.id != turn.actor.person_id,
        )
        .order_by(col(Person.id))
    ).all()
    return list({person.id: person for person in found}.values())


def may_ask(turn: Turn) -> bool:
    """Whether the actor belongs to a unit whose coordinator can be asked, in private."""
    unit = turn.open_unit
    if unit is None or not turn.event.private or turn.actor.person is None:
        return False
    if all(held.role == "admin" for held in turn.actor.roles_in(unit)):
        return False
    return bool(coordinators(turn, unit))


def keep(turn: Turn, text: str) -> None:
    """Keep a text that the person may hand to the coordinators with the next tap."""
    turn.session.flush()  # a draft just taken must be gone before another takes its place
    key = (turn.event.chat_id, turn.event.sender.telegram_id)
    draft = turn.session.get(Draft, key) or Draft(chat_id=key[0], telegram_id=key[1], text="", at=turn.now)
    draft.text, draft.action, draft.at = text.strip(), routes.COORD_ASK().pack(), turn.now
    turn.session.add(draft)


def kept(turn: Turn) -> str:
    """The text that waits to be handed over; empty without one."""
    draft = _draft(turn)
    return draft.text[:TEXT_LIMIT] if draft is not None else ""


def _draft(turn: Turn) -> Draft | None:
    draft = turn.session.get(Draft, (turn.event.chat_id, turn.event.sender.telegram_id))
    return draft if draft is not None and draft.action == routes.COORD_ASK().pack() else None


def _asked_unit(turn: Turn) -> Unit:
    """The open unit. Raises NotAllowed in groups and for people without one."""
    if not turn.event.private:
        raise refusals.private()
    return turn.unit


def check_may_ask(turn: Turn) -> Unit:
    """The unit whose coordinators are asked. Raises NotAllowed, BadInput."""
    unit = _asked_unit(turn)
    if not may_ask(turn):
        raise refusals.nobody_to_ask()
    return unit


def take_typed(turn: Turn) -> None:
    """The typed text is the question. Raises BadInput."""
    check_may_ask(turn)
    text = turn.event.text.strip()
    if not text:
        raise refusals.empty(routes.COORD_WRITE())
    if len(text) > TEXT_LIMIT:
        raise refusals.too_long(len(text), TEXT_LIMIT, routes.COORD_WRITE())
    keep(turn, text)


def send(turn: Turn, named: bool) -> tuple[int, int]:
    """Hand the kept text to the coordinators; returns the question's id and how many can be reached.

    Raises NotAllowed, BadInput, Missing (nothing is kept: sent already, or from an old screen).
    """
    unit = check_may_ask(turn)
    draft = _draft(turn)
    if draft is None or not draft.text.strip():
        raise refusals.gone(routes.MY_QUESTIONS(0))
    waiting = turn.session.exec(
        select(func.count()).where(TeamQuestion.asker_id == turn.actor.person_id, TeamQuestion.state == OPEN)
    ).one()
    if waiting >= MOST_OPEN:
        raise refusals.too_many_open(MOST_OPEN)
    row = TeamQuestion(
        agency_id=unit.agency_id,
        unit_id=unit.id or 0,
        asker_id=turn.actor.person_id,
        named=named,
        text=draft.text[:TEXT_LIMIT].strip(),
        asked_at=turn.now,
    )
    turn.session.add(row)
    turn.session.delete(draft)
    turn.session.flush()
    assert row.id is not None
    audit.record(turn, "question_ask", f"question:{row.id}", unit.id)
    people = coordinators(turn, unit)
    _tell(turn, row, people)
    return row.id, sum(person.unreachable_at is None for person in people)


def _tell(turn: Turn, row: TeamQuestion, people: list[Person]) -> None:
    outbox.add(
        turn.session,
        [
            outbox.Message(
                key=f"tanya:{row.id}:{person.id}",
                chat_id=person.telegram_id or 0,
                person_id=person.id,
                action=routes.COORD_ASKED(row.id or 0),
            )
            for person in people
        ],
        turn.now,
    )


# the asker's side ----------------------------------------------------------------------------------


def own(turn: Turn, question_id: int, *, lock: bool = False) -> TeamQuestion:
    """One's own question. Raises NotAllowed, Missing."""
    row = _row(turn, question_id, lock)
    if row is None or row.asker_id != turn.actor.person_id:
        raise refusals.gone(routes.ASK_PROMPT())
    return row


def own_page(turn: Turn, limit: int, offset: int) -> tuple[list[TeamQuestion], int]:
    """One's own questions, newest first, and how many there are."""
    query = select(TeamQuestion).where(TeamQuestion.asker_id == turn.actor.person_id)
    total = turn.session.exec(select(func.count()).select_from(query.subquery())).one()
    found = turn.session.exec(query.order_by(col(TeamQuestion.id).desc()).limit(limit).offset(offset)).all()
    return list(found), total


def has_own(turn: Turn) -> bool:
    """Whether the person has ever asked a coordinator."""
    person = turn.actor.person
    if person is None or not turn.event.private:
        return False
    query = select(TeamQuestion.id).where(TeamQuestion.asker_id == person.id).limit(1)
    return turn.session.exec(query).first() is not None


def withdraw(turn: Turn, question_id: int) -> None:
    """Take one's own question back while it waits. Raises Missing, Outdated."""
    row = own(turn, question_id, lock=True)
    if row.state == WITHDRAWN:
        return
    if row.state != OPEN:
        raise refusals.handled(routes.MY_QUESTION(question_id))
    row.state = WITHDRAWN
    turn.session.add(row)
    audit.record(turn, "question_withdraw", f"question:{row.id}", row.unit_id)


# the coordinators' side ----------------------------------------------------------------------------


def for_coordinator(turn: Turn, question_id: int, *, lock: bool = False) -> TeamQuestion:
    """A question to a unit that the actor coordinates. Raises NotAllowed, Missing."""
    if not turn.event.private:
        raise refusals.private()
    row = _row(turn, question_id, lock)
    unit = turn.session.get(Unit, row.unit_id) if row is not None else None
    if row is None or unit is None or not coordinates(turn, unit):
        raise refusals.gone()
    return row


def _row(turn: Turn, question_id: int, lock: bool) -> TeamQuestion | None:
    return turn.session.get(TeamQuestion, question_id, with_for_update=lock or None, populate_existing=lock)


def count_open(turn: Turn, unit_id: int) -> int:
    """How many questions wait for the unit's coordinators."""
    return turn.session.exec(
        select(func.count()).where(TeamQuestion.unit_id == unit_id, TeamQuestion.state == OPEN)
    ).one()


def unit_page(turn: Turn, limit: int, offset: int) -> tuple[list[TeamQuestion], int]:
    """Questions to the open unit, waiting ones first, and how many there are. Raises NotAllowed."""
    unit = _asked_unit(turn)
    if not coordinates(turn, unit):
        raise refusals.only_team()
    query = select(TeamQuestion).where(TeamQuestion.unit_id == unit.id)
    total = turn.session.exec(select(func.count()).select_from(query.subquery())).one()
    order = (col(TeamQuestion.state) != OPEN, col(TeamQuestion.id).desc())
    return list(turn.session.exec(query.order_by(*order).limit(limit).offset(offset)).all()), total


def answer(turn: Turn, question_id: int) -> tuple[int, bool]:
    """Answer a waiting question with the typed text: for the asker now, for everybody after the review.

    Returns the id of the entry to review and whether the asker can be reached. The first answer counts.
    Raises NotAllowed, Missing, Outdated, BadInput.
    """
    again = routes.COORD_ANSWER(question_id)
    text = entries.answer_text(turn, again)
    row = for_coordinator(turn, question_id, lock=True)
    if row.state != OPEN:
        raise too_late(turn, row)
    row.state, row.answer = ANSWERED, text
    row.answered_by, row.answered_at = turn.actor.person_id, turn.now
    turn.session.add(row)
    audit.record(turn, "question_answer", f"question:{row.id}", row.unit_id)
    entry = entries.draft(turn, row.agency_id, (row.text,), text, unit_id=row.unit_id, question_id=row.id)
    assert entry.id is not None
    unmet.close_same(turn, row.unit_id, row.text, entry.id)
    entries.tell_admins(turn, entry)
    return entry.id, _send_back(turn, row)


def too_late(turn: Turn, row: TeamQuestion) -> FlowError:
    """The refusal for somebody who comes after the question was dealt with."""
    show = routes.COORD_SHOW(row.id or 0)
    if row.state != ANSWERED:
        return refusals.not_open(show)
    if row.answered_by == turn.actor.person_id:
        return refusals.handled(show)
    first = turn.session.get(Person, row.answered_by) if row.answered_by is not None else None
    return refusals.answered_before(first.name if first is not None else "koordinator lain", show)


def _send_back(turn: Turn, row: TeamQuestion) -> bool:
    asker = turn.session.get(Person, row.asker_id) if row.asker_id is not None else None
    if asker is None or asker.telegram_id is None or asker.deleted_at is not None:
        return False
    outbox.add(
        turn.session,
        [
            outbox.Message(
                key=f"jawab:{row.id}",
                chat_id=asker.telegram_id,
                person_id=asker.id,
                action=routes.COORD_REPLIED(row.id or 0),
            )
        ],
        turn.now,
    )
    return asker.unreachable_at is None


def close(turn: Turn, question_id: int) -> None:
    """Put a waiting question aside without an answer. Raises NotAllowed, Missing, Outdated."""
    row = for_coordinator(turn, question_id, lock=True)
    if row.state == CLOSED:
        return
    if row.state != OPEN:
        raise too_late(turn, row)
    row.state = CLOSED
    row.answered_by, row.answered_at = turn.actor.person_id, turn.now
    turn.session.add(row)
    audit.record(turn, "question_close", f"question:{row.id}", row.unit_id)


def view(turn: Turn, row: TeamQuestion) -> View:
    """A question with names: the asker's only where they agreed and the reader coordinates the unit."""
    asker = turn.session.get(Person, row.asker_id) if row.asker_id is not None else None
    gone = asker is None or asker.deleted_at is not None
    unit = turn.session.get_one(Unit, row.unit_id)
    answerer = turn.session.get(Person, row.answered_by) if row.answered_by is not None else None
    shown = row.named and asker is not None and not gone and coordinates(turn, unit)
    return View(
        row,
        unit,
        asker.name if shown and asker is not None else "",
        gone,
        fmt.one_line(answerer.name) if answerer is not None else "",
        entries.of_question(turn.session, row.id) if row.id is not None else None,
    )
