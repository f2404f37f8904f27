"""The agency's answers at hand: an index per agency in memory, renewed when rows change."""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from flows.learning.entries import ACTIVE, MOST_ENTRIES
from flows.learning.scope import agency_of
from flows.models import AgencyEntry
from flows.turn import Turn
from knowledge.library import Library
from knowledge.local_entries import EXACT, HINT, NEAR, LocalEntry, LocalIndex, LocalMatch, codes_of
from knowledge.outcome import Outcome

MOST_AGENCIES = 64
"""Agencies whose indexes are kept; the one asked longest ago goes first."""

Version = tuple[int, datetime]


@dataclass(frozen=True, slots=True)
class Held:
    """An index as of a version of the agency's entries."""

    version: Version
    index: LocalIndex


_held: WeakKeyDictionary[Engine, OrderedDict[int, Held]] = WeakKeyDictionary()
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Nearest:
    """What the agency's answers have to say: `answer` is given, `hint` only offered."""

    answer: LocalEntry | None = None
    hint: LocalEntry | None = None


def nearest(turn: Turn, text: str, outcome: Outcome) -> Nearest:
    """The agency's answer to a question, where it is better than what the national base makes of it.

    Only in private and only for people of the agency. Costs one indexed query.
    """
    agency_id = agency_of(turn) if turn.event.private else None
    if agency_id is None:
        return Nearest()
    index = index_of(turn.session, turn.library, agency_id)
    match = index.ask(text) if index is not None else None
    return decided(match, outcome) if match is not None else Nearest()


def decided(match: LocalMatch, outcome: Outcome) -> Nearest:
    """Which of the two answers: the surer one; the same words as a variant always."""
    if match.score >= EXACT:
        return Nearest(answer=match.entry)
    if outcome.kind == "smalltalk":
        return Nearest()
    if outcome.kind == "answer":
        surer = match.score >= NEAR and match.score > outcome.score
        return Nearest(answer=match.entry) if surer else Nearest()
    if match.score >= NEAR:
        return Nearest(answer=match.entry)
    return Nearest(hint=match.entry) if match.score >= HINT else Nearest()


def index_of(session: Session, library: Library, agency_id: int) -> LocalIndex | None:
    """The index of an agency's active entries; None for agencies that have never written one."""
    newest = session.exec(
        select(AgencyEntry.revision, AgencyEntry.changed_at)
        .where(AgencyEntry.agency_id == agency_id)
        .order_by(col(AgencyEntry.revision).desc())
        .limit(1)
    ).first()
    if newest is None:
        return None
    version: Version = (newest[0], newest[1])
    engine = session.get_bind().engine
    with _lock:
        mine = _held.setdefault(engine, OrderedDict())
        held = mine.get(agency_id)
        if held is not None:
            mine.move_to_end(agency_id)
    if held is not None and held.version == version:
        return held.index
    made = _built(session, library, agency_id, held.index if held is not None else None)
    with _lock:
        mine[agency_id] = Held(version, made)
        while len(mine) > MOST_AGENCIES:
            mine.popitem(last=False)
    return made


def renew(session: Session, library: Library, agency_id: int | None = None) -> int:
    """Make the indexes in use anew where their agency's entries have changed (of one agency, or of all).

    Returns how many were made. An agency that nobody asks about here has no index, and gets none.
    """
    engine = session.get_bind().engine
    with _lock:
        used = {each: held.version for each, held in _held.get(engine, OrderedDict()).items()}
    wanted = [each for each in used if agency_id in (None, each)]
    if not wanted:
        return 0
    newest = session.exec(
        select(AgencyEntry.agency_id, func.max(AgencyEntry.revision))
        .where(col(AgencyEntry.agency_id).in_(wanted))
        .group_by(col(AgencyEntry.agency_id))
    ).all()
    changed = [each for each, revision in newest if revision != used[each][0]]
    for each in changed:
        index_of(session, library, each)
    return len(changed)


def _built(session: Session, library: Library, agency_id: int, previous: LocalIndex | None) -> LocalIndex:
    rows = session.exec(
        select(AgencyEntry)
        .where(AgencyEntry.agency_id == agency_id, AgencyEntry.state == ACTIVE)
        .order_by(col(AgencyEntry.id))
        .limit(MOST_ENTRIES)
    ).all()
    entries = [LocalEntry(row.id or 0, tuple(row.questions), row.short, row.detail, row.rule) for row in rows]
    return LocalIndex(entries, library.desk.matcher, codes_of(library.desk.abbreviations), previous)
