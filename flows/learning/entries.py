"""The agency's own answers: writing, reviewing, changing, retiring. Every change has a number of its own."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session, col, func, select

from flows import audit, fmt, outbox, routes
from flows.errors import BadInput
from flows.learning import refusals, unmet
from flows.learning.masking import masked
from flows.learning.scope import over, required
from flows.models import Agency, AgencyEntry, Membership, Person
from flows.people import active
from flows.turn import Turn
from knowledge.library import Library

DRAFT, ACTIVE, RETIRED = "draft", "active", "retired"
STATES = (DRAFT, ACTIVE, RETIRED)
QUESTIONS, SHORT, DETAIL, RULE = "q", "s", "d", "r"
FIELDS = (QUESTIONS, SHORT, DETAIL, RULE)
POLICY = "kebijakan instansi"

QUESTION_LIMIT, MOST_QUESTIONS = 200, 20
SHORT_LIMIT, DETAIL_LIMIT, RULE_LIMIT = 600, 2200, 300
ANSWER_LIMIT = 2200
MOST_ENTRIES = 1000
"""Active entries of one agency: what an index is built from."""

_SENTENCE = re.compile(r"(?<=[.?!])\s+")


# reading -------------------------------------------------------------------------------------------


def count(session: Session, agency_id: int, state: str, unit_id: int | None = None) -> int:
    """How many entries are in this state (drafts perhaps of one unit only)."""
    return session.exec(select(func.count()).select_from(_of(agency_id, state, unit_id).subquery())).one()


def page_of(
    session: Session, agency_id: int, state: str, unit_id: int | None, limit: int, offset: int
) -> list[AgencyEntry]:
    """Entries in this state, newest change first."""
    query = _of(agency_id, state, unit_id).order_by(col(AgencyEntry.revision).desc())
    return list(session.exec(query.limit(limit).offset(offset)).all())


def _of(agency_id: int, state: str, unit_id: int | None):  # type: ignore[no-untyped-def]
    query = select(AgencyEntry).where(AgencyEntry.agency_id == agency_id, AgencyEntry.state == state)
    return query if unit_id is None else query.where(AgencyEntry.unit_id == unit_id)


def seen(turn: Turn, entry_id: int) -> AgencyEntry:
    """An entry as its keepers see it: admins all of their agency, coordinators the active and their unit's.

    Raises NotAllowed, Missing.
    """
    entry = turn.session.get(AgencyEntry, entry_id)
    if entry is None:
        raise refusals.entry_gone(routes.TEAM_QUESTIONS(0))
    scope = over(turn, entry.agency_id)
    if not scope.is_admin and entry.state != ACTIVE and entry.unit_id != scope.unit_id:
        raise refusals.entry_gone(routes.TEAM_QUESTIONS(0))
    return entry


def of_question(session: Session, question_id: int) -> AgencyEntry | None:
    """What became of a question to the coordinator."""
    return session.exec(select(AgencyEntry).where(AgencyEntry.question_id == question_id)).first()


def everything(session: Session, agency_id: int) -> list[AgencyEntry]:
    """Every entry of the agency, by number; retired ones last."""
    found = session.exec(
        select(AgencyEntry).where(AgencyEntry.agency_id == agency_id).order_by(col(AgencyEntry.id))
    ).all()
    return sorted(found, key=lambda entry: entry.state == RETIRED)


def version(session: Session, agency_id: int) -> int:
    """The number of the agency's last change; 0 before the first."""
    newest = session.exec(
        select(func.max(AgencyEntry.revision)).where(AgencyEntry.agency_id == agency_id)
    ).one()
    return newest or 0


# writing -------------------------------------------------------------------------------------------


def lock(session: Session, agency_id: int) -> int:
    """Hold back every other change of the agency's entries; returns the present version."""
    session.exec(select(Agency.id).where(Agency.id == agency_id).with_for_update()).one()
    return version(session, agency_id)


def split(answer: str) -> tuple[str, str]:
    """A typed answer as short answer and detail: the first paragraph or as many sentences as fit."""
    text = answer.strip()
    if len(text) <= SHORT_LIMIT and "\n\n" not in text:
        return text, ""
    head, _, rest = text.partition("\n\n")
    if len(head) > SHORT_LIMIT:
        head, rest = _first_sentences(text)
    return head.strip(), rest.strip()[:DETAIL_LIMIT]


def _first_sentences(text: str) -> tuple[str, str]:
    end = 0
    for gap in _SENTENCE.finditer(text):
        if gap.start() > SHORT_LIMIT:
            break
        end = gap.start()
    if not end:
        end = text.rfind(" ", 0, SHORT_LIMIT)
        end = SHORT_LIMIT if end <= 0 else end
    return text[:end], text[end:]


def draft(
    turn: Turn,
    agency_id: int,
    questions: Iterable[str],
    answer: str,
    *,
    unit_id: int | None = None,
    question_id: int | None = None,
) -> AgencyEntry:
    """An answer that waits for the admin's review. What points to a person is taken out of it."""
    latest = lock(turn.session, agency_id)
    short, detail = split(answer)
    asked = dict.fromkeys(masked(question, QUESTION_LIMIT) for question in questions)
    entry = AgencyEntry(
        agency_id=agency_id,
        unit_id=unit_id,
        question_id=question_id,
        questions=[question for question in asked if question][:MOST_QUESTIONS],
        short=short,
        detail=detail,
        rule=POLICY,
        revision=latest + 1,
        made_by=turn.actor.person_id,
        made_at=turn.now,
        changed_by=turn.actor.person_id,
        changed_at=turn.now,
    )
    turn.session.add(entry)
    turn.session.flush()
    audit.record(turn, "entry_draft", f"entry:{entry.id}", unit_id)
    return entry


def answer_unmet(turn: Turn, unmet_id: int) -> AgencyEntry:
    """Write an entry for a group of unmet questions; drafts of coordinators are announced to the admins.

    Raises NotAllowed, Missing, Outdated (dealt with meanwhile), BadInput.
    """
    scope = required(turn)
    text = answer_text(turn, routes.UNMET_ANSWER(unmet_id))
    rows = unmet.members(turn, unmet_id, lock=True)
    if not rows:
        raise refusals.handled(routes.TEAM_QUESTIONS(0))
    unit_id = scope.unit_id
    entry = draft(turn, scope.agency_id, (row.text for row in rows), text, unit_id=unit_id)
    unmet.close(turn, rows, unmet.ANSWERED, entry.id)
    if not scope.is_admin:
        tell_admins(turn, entry)
    return entry


def answer_text(turn: Turn, again: routes.Action) -> str:
    """The typed answer. Raises BadInput, leading back to the prompt."""
    text = turn.event.text.strip()
    if not text:
        raise refusals.empty(again)
    if len(text) > ANSWER_LIMIT:
        raise refusals.too_long(len(text), ANSWER_LIMIT, again)
    return text


def tell_admins(turn: Turn, entry: AgencyEntry) -> None:
    """Queue the news of a draft for the agency's admins."""
    admins = turn.session.exec(
        select(Person)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(
            Membership.agency_id == entry.agency_id,
            Membership.role == "admin",
            active(turn.now),
            col(Person.telegram_id).is_not(None),
            col(Person.deleted_at).is_(None),
            Person.id != turn.actor.person_id,
        )
    ).all()
    outbox.add(
        turn.session,
        [
            outbox.Message(
                key=f"entri:{entry.id}:{person.id}",
                chat_id=person.telegram_id or 0,
                person_id=person.id,
                action=routes.ENTRY_ASKED(entry.id or 0),
            )
            for person in {each.id: each for each in admins}.values()
        ],
        turn.now,
    )


def held(turn: Turn, entry_id: int, revision: int) -> AgencyEntry:
    """An entry of the admin's agency, locked and unchanged since `revision`.

    Raises NotAllowed, Missing, Outdated.
    """
    entry = seen(turn, entry_id)
    if not over(turn, entry.agency_id).is_admin:
        raise refusals.only_admin()
    lock(turn.session, entry.agency_id)
    turn.session.refresh(entry, with_for_update=True)
    if entry.revision != revision:
        raise refusals.moved(routes.ENTRY(entry_id))
    return entry


def change(turn: Turn, entry_id: int, field: str, revision: int, text: str) -> None:
    """Set one field from what was typed ("-" empties detail and base). Raises what `held` does, BadInput."""
    entry = held(turn, entry_id, revision)
    again = routes.ENTRY_EDIT(entry_id, field)
    text = text.strip()
    if field == QUESTIONS:
        questions = checked_questions(text.split("\n"), again)
        if entry.state == ACTIVE:
            refuse_twins(turn.session, turn.library, entry, questions, again)
        entry.questions = questions
    else:
        _set_text(entry, field, "" if text == "-" else text, again)
    touch(turn, entry)
    audit.record(turn, "entry_change", f"entry:{entry.id}", entry.unit_id, field=field)


def _set_text(entry: AgencyEntry, field: str, text: str, again: routes.Action) -> None:
    limit = {SHORT: SHORT_LIMIT, DETAIL: DETAIL_LIMIT, RULE: RULE_LIMIT}[field]
    if len(text) > limit:
        raise refusals.too_long(len(text), limit, again)
    if field == SHORT:
        if not text:
            raise refusals.empty(again)
        entry.short = text
    elif field == DETAIL:
        entry.detail = text
    else:
        entry.rule = fmt.one_line(text)


def checked_questions(lines: Iterable[str], again: routes.Action) -> list[str]:
    """Ways of asking as they are kept: one a line, without doubles and numbering. Raises BadInput."""
    bare = (re.sub(r"^\s*(?:[-•*]|\d{1,2}[.)])\s+", "", line) for line in lines)
    found = list(dict.fromkeys(line for line in (fmt.one_line(each) for each in bare) if line))
    if not found:
        raise refusals.no_question(again)
    longest = max(map(len, found))
    if longest > QUESTION_LIMIT:
        raise refusals.too_long(longest, QUESTION_LIMIT, again)
    if len(found) > MOST_QUESTIONS:
        raise BadInput(
            f"Ada {len(found)} pertanyaan, batasnya {MOST_QUESTIONS}, jadi belum disimpan. Pilih yang paling "
            "sering dipakai, lalu kirim lagi.",
            next=again,
        )
    return found


def refuse_twins(
    session: Session, library: Library, entry: AgencyEntry, questions: Sequence[str], again: routes.Action
) -> None:
    """Raise BadInput if another active entry of the agency is asked in the same words."""
    own = {unmet.key_of(library, question): question for question in questions}
    for other in session.exec(
        select(AgencyEntry).where(
            AgencyEntry.agency_id == entry.agency_id, AgencyEntry.state == ACTIVE, AgencyEntry.id != entry.id
        )
    ).all():
        for question in other.questions:
            same = own.get(unmet.key_of(library, question))
            if same is not None:
                raise refusals.asked_already(fmt.cut(same, 80), other.id or 0, again)


def set_state(turn: Turn, entry_id: int, state: str, revision: int) -> AgencyEntry:
    """Approve, reject, retire or restore an entry. Raises what `held` does, BadInput.

    A draft that is rejected gives its unmet questions back to the list.
    """
    if state not in (ACTIVE, RETIRED):
        raise refusals.entry_gone(routes.ENTRY(entry_id))
    entry = held(turn, entry_id, revision)
    again = routes.ENTRY(entry_id)
    if entry.state == state:
        return entry
    if state == ACTIVE:
        if not entry.questions:
            raise refusals.no_question(again)
        if count(turn.session, entry.agency_id, ACTIVE) >= MOST_ENTRIES:
            raise refusals.too_many_entries(MOST_ENTRIES, again)
        refuse_twins(turn.session, turn.library, entry, entry.questions, again)
    elif entry.state == DRAFT:
        unmet.reopen(turn, entry_id)
    audit.record(turn, f"entry_{state}", f"entry:{entry.id}", entry.unit_id, before=entry.state)
    entry.state = state
    touch(turn, entry)
    return entry


def touch(turn: Turn, entry: AgencyEntry) -> None:
    """Give a changed entry the agency's next number. The caller holds the lock."""
    stamp(turn.session, entry, turn.actor.person_id, turn.now, version(turn.session, entry.agency_id) + 1)


def stamp(session: Session, entry: AgencyEntry, person_id: int, at: datetime, revision: int) -> None:
    """Note who changed an entry and when, under this number."""
    entry.revision, entry.changed_by, entry.changed_at = revision, person_id, at
    session.add(entry)
