"""Questions that were not met: kept without their asker, grouped by likeness, and dealt with by the team."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rapidfuzz import fuzz
from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select, update

from flows import audit, fmt, routes
from flows.learning import refusals
from flows.learning.masking import masked
from flows.learning.scope import Scope, agency_of, required
from flows.models import UnmetQuestion
from flows.turn import Turn
from knowledge.library import Library
from knowledge.local_entries import codes_of

TEXT_LIMIT = 400
REASON_LIMIT = 300
REASONS_KEPT = 800
LIKE = 84.0
"""Token likeness (0 to 100) from which two questions stand in one group, if they name the same codes."""
HEADS_COMPARED = 300
SHOWN = 30
OPEN, ANSWERED, IGNORED = "open", "answered", "ignored"
NOT_QUITE = "kurang"


@dataclass(frozen=True, slots=True)
class Group:
    """Like questions: the oldest stands for them; `rows` and `times` count wordings and askings."""

    id: int
    text: str
    kind: str
    rows: int
    times: int
    last_at: datetime


# keeping -------------------------------------------------------------------------------------------


def note(turn: Turn, text: str, kind: str, topic: str | None = None) -> None:
    """Keep a question that was not met, without its asker; the same words are kept once per unit.

    Asked again, it counts; what was answered already comes up again, what was ignored stays so.
    """
    kept = masked(text, TEXT_LIMIT)
    if not kept:
        return
    row = _same(turn, kept, kind)
    if row is not None:
        row.times += 1
        row.state = OPEN if row.state == ANSWERED else row.state
        turn.session.add(row)
        return
    unit = turn.open_unit
    agency_id = agency_of(turn)
    key = key_of(turn.library, kept)
    head = _like(turn, agency_id, key) if agency_id is not None else None
    turn.session.add(
        UnmetQuestion(
            agency_id=agency_id,
            unit_id=unit.id if unit is not None else None,
            text=kept,
            key=key,
            topic=topic,
            kind=kind,
            at=turn.now,
            grouped_with=head,
        )
    )


def _same(turn: Turn, kept: str, kind: str) -> UnmetQuestion | None:
    unit, agency_id = turn.open_unit, agency_of(turn)
    return turn.session.exec(
        select(UnmetQuestion).where(
            UnmetQuestion.text == kept,
            UnmetQuestion.kind == kind,
            col(UnmetQuestion.unit_id).is_(None) if unit is None else UnmetQuestion.unit_id == unit.id,
            col(UnmetQuestion.agency_id).is_(None)
            if agency_id is None
            else UnmetQuestion.agency_id == agency_id,
        )
    ).first()


def key_of(library: Library, text: str) -> str:
    """A question as it is compared: its telling stems, sorted."""
    normalizer = library.desk.matcher.normalizer
    stems = dict.fromkeys(normalizer.words(text).stems)
    telling = [stem for stem in stems if stem not in normalizer.tables.filler] or list(stems)
    return fmt.one_line(" ".join(sorted(telling)))[:TEXT_LIMIT]


def _like(turn: Turn, agency_id: int, key: str) -> int | None:
    """The head of the open group that the question belongs to."""
    heads = turn.session.exec(
        select(UnmetQuestion.id, UnmetQuestion.key)
        .where(
            UnmetQuestion.agency_id == agency_id,
            col(UnmetQuestion.grouped_with).is_(None),
            UnmetQuestion.state == OPEN,
        )
        .order_by(col(UnmetQuestion.id).desc())
        .limit(HEADS_COMPARED)
    ).all()
    codes = codes_of(turn.library.desk.abbreviations)
    own = _deciding(codes, key)
    found, best = None, LIKE
    for head_id, other in heads:
        likeness = fuzz.ratio(key, other, score_cutoff=best)
        if likeness >= best and own == _deciding(codes, other):
            found, best = head_id, likeness
    return found


def _deciding(codes: frozenset[str], key: str) -> frozenset[str]:
    """The words that may not differ within a group: short names and numbers."""
    return frozenset(word for word in key.split() if word in codes or word[0].isdigit())


def add_reason(turn: Turn, topic: str, again: routes.Action) -> None:
    """Put the typed reason beside the thumbs-down of this topic; earlier reasons stay. Raises BadInput."""
    text = masked(turn.event.text, REASON_LIMIT)
    if not text:
        raise refusals.empty(again)
    unit = turn.open_unit
    row = turn.session.exec(
        select(UnmetQuestion)
        .where(
            UnmetQuestion.topic == topic,
            UnmetQuestion.kind == NOT_QUITE,
            col(UnmetQuestion.unit_id).is_(None) if unit is None else UnmetQuestion.unit_id == unit.id,
        )
        .order_by(col(UnmetQuestion.id).desc())
        .with_for_update()
    ).first()
    if row is not None and text not in row.reason.split("\n"):
        row.reason = f"{text}\n{row.reason}".strip()[:REASONS_KEPT]
        turn.session.add(row)


# looking -------------------------------------------------------------------------------------------


def _group_of() -> ColumnElement[int]:
    return func.coalesce(col(UnmetQuestion.grouped_with), col(UnmetQuestion.id))


def count(session: Session, scope: Scope) -> int:
    """How many groups wait."""
    return session.exec(
        select(func.count(func.distinct(_group_of()))).where(scope.of_unmet(), UnmetQuestion.state == OPEN)
    ).one()


def groups(session: Session, scope: Scope, limit: int, offset: int) -> list[Group]:
    """The groups that wait, most asked first."""
    group = _group_of()
    times = func.sum(col(UnmetQuestion.times))
    last_at = func.max(col(UnmetQuestion.at))
    found = session.exec(
        select(func.min(col(UnmetQuestion.id)), func.count(), times, last_at)
        .where(scope.of_unmet(), UnmetQuestion.state == OPEN)
        .group_by(group)
        .order_by(times.desc(), last_at.desc(), group.desc())
        .limit(limit)
        .offset(offset)
    ).all()
    firsts = {
        row.id: row
        for row in session.exec(
            select(UnmetQuestion).where(col(UnmetQuestion.id).in_([first for first, *_ in found]))
        ).all()
    }
    return [
        Group(first or 0, firsts[first].text, firsts[first].kind, rows, int(asked), last)
        for first, rows, asked, last in found
    ]


def members(turn: Turn, unmet_id: int, *, lock: bool = False) -> list[UnmetQuestion]:
    """The open questions of the group of this one that the actor looks after, oldest first.

    Empty when they have been dealt with. Raises NotAllowed, Missing.
    """
    scope = required(turn)
    session = turn.session
    one = session.exec(select(UnmetQuestion).where(UnmetQuestion.id == unmet_id, scope.of_unmet())).first()
    if one is None:
        raise refusals.gone(routes.TEAM_QUESTIONS(0))
    query = (
        select(UnmetQuestion)
        .where(
            scope.of_unmet(),
            UnmetQuestion.state == OPEN,
            _group_of() == (one.grouped_with or one.id),
        )
        .order_by(col(UnmetQuestion.id))
    )
    if lock:
        query = query.with_for_update()
    return list(session.exec(query.limit(SHOWN)).all())


# dealing with --------------------------------------------------------------------------------------


def ignore(turn: Turn, unmet_id: int) -> None:
    """Put a group aside. Doing it twice is harmless. Raises NotAllowed, Missing."""
    close(turn, members(turn, unmet_id, lock=True), IGNORED)


def close(turn: Turn, rows: Sequence[UnmetQuestion], state: str, entry_id: int | None = None) -> None:
    """Mark questions as dealt with."""
    for row in rows:
        row.state, row.entry_id = state, entry_id
        turn.session.add(row)
    if rows:
        audit.record(turn, f"unmet_{state}", f"unmet:{rows[0].id}", rows[0].unit_id, rows=len(rows))


def close_same(turn: Turn, unit_id: int, text: str, entry_id: int) -> None:
    """What was asked in these words in the unit is answered by this entry."""
    turn.session.execute(
        update(UnmetQuestion)
        .where(
            col(UnmetQuestion.unit_id) == unit_id,
            col(UnmetQuestion.text) == masked(text, TEXT_LIMIT),
            col(UnmetQuestion.state) == OPEN,
        )
        .values(state=ANSWERED, entry_id=entry_id)
        .execution_options(synchronize_session=False)
    )


def reopen(turn: Turn, entry_id: int) -> None:
    """The entry came to nothing: its questions wait again."""
    turn.session.execute(
        update(UnmetQuestion)
        .where(col(UnmetQuestion.entry_id) == entry_id, col(UnmetQuestion.state) == ANSWERED)
        .values(state=OPEN, entry_id=None)
        .execution_options(synchronize_session=False)
    )
