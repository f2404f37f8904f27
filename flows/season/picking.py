"""An agency's shortlist of a year: the quota, the picks, and telling the units. Only admins decide here.

Everything that changes the shortlist first locks the agency's row, so that what is counted stays true until
it is written. Who locks the agency and a unit takes the agency first.
"""

import re
import zlib
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from flows import audit, outbox, policy, routes
from flows.board import service as board
from flows.checklist import service as checklist
from flows.errors import Missing
from flows.models import Agency, SeasonRound, SeasonUnit, Unit
from flows.readiness import service as readiness
from flows.registration import people
from flows.season import refusals, service
from flows.turn import Turn
from knowledge.figures import GateResult
from knowledge.instrument import TARGETS, Target

MAX_QUOTA = 100_000
MAX_LETTER = 200
_QUOTA = re.compile(
    r"\s*(\d{1,6})(?:\s*unit(?: kerja)?)?\s*(?:[/;,:.\n-]+\s*(.*))?", re.DOTALL | re.IGNORECASE
)
_TOLD_ROLES = ("koordinator", "pimpinan")


@dataclass(frozen=True, slots=True)
class Tally:
    """What is picked of the quota. `untold`: picks of which the units do not know."""

    wbk: int
    wbbm: int
    quota: int | None
    untold: int

    @property
    def picked(self) -> int:
        """Units picked for either target."""
        return self.wbk + self.wbbm

    @property
    def full(self) -> bool:
        """Whether there is no place left."""
        return self.quota is not None and self.picked >= self.quota


@dataclass(frozen=True, slots=True)
class News:
    """What the units would be told; of the `unreached` nobody can be written to.

    `stamp` differs as soon as a pick changes.
    """

    changed: tuple[tuple[Unit, str], ...]
    unreached: tuple[Unit, ...]
    picked: int
    first: bool
    stamp: int


# reading ---------------------------------------------------------------------------------------------


def tally(session: Session, agency_id: int, year: int) -> Tally:
    """What is picked of an agency's quota of a year."""
    of_year = (
        SeasonUnit.agency_id == agency_id,
        SeasonUnit.year == year,
        SeasonUnit.unit_id == Unit.id,
        col(Unit.archived_at).is_(None),
    )
    found = dict(
        session.exec(
            select(SeasonUnit.pick, func.count())
            .where(*of_year, SeasonUnit.pick != "")
            .group_by(col(SeasonUnit.pick))
        ).all()
    )
    untold = session.exec(
        select(func.count())
        .select_from(SeasonUnit)
        .join(Unit, col(Unit.id) == col(SeasonUnit.unit_id))
        .where(*of_year, col(SeasonUnit.pick) != col(SeasonUnit.told))
    ).one()
    row = service.round_of(session, agency_id, year)
    return Tally(found.get("WBK", 0), found.get("WBBM", 0), row.quota if row is not None else None, untold)


def missed(turn: Turn, unit: Unit, target: Target) -> tuple[GateResult, ...] | None:
    """The gates of the target that the unit's answers miss now; None without an LKE."""
    try:
        assessment = checklist.assessment_of(turn.session, unit)
    except Missing:
        return None
    instrument = turn.library.instruments.get(assessment.instrument_id)
    if instrument is None:
        return None
    where = checklist.Current(unit, assessment, instrument)
    return tuple(readiness.standing_of(turn.session, where).ready(target).missed)


def news(session: Session, agency_id: int, year: int, now: datetime) -> News:
    """What the units would be told now."""
    found = session.exec(
        select(Unit, SeasonUnit.pick)
        .join(SeasonUnit, col(SeasonUnit.unit_id) == col(Unit.id))
        .where(
            SeasonUnit.agency_id == agency_id,
            SeasonUnit.year == year,
            col(SeasonUnit.pick) != col(SeasonUnit.told),
            col(Unit.archived_at).is_(None),
        )
        .order_by(col(Unit.id))
    ).all()
    row = service.round_of(session, agency_id, year)
    stamp = zlib.crc32(";".join(f"{unit.id}.{pick}" for unit, pick in found).encode())
    ids = [unit.id for unit, _ in found if unit.id is not None]
    reached = people.reachable(session, _TOLD_ROLES, ids, now)
    return News(
        tuple((unit, pick) for unit, pick in found),
        tuple(unit for unit, _ in found if unit.id not in reached),
        tally(session, agency_id, year).picked,
        row is None or row.announced_at is None,
        stamp,
    )


def target_of(text: str, again: routes.Action) -> Target:
    """A target named by a button. Raises Missing."""
    for target in TARGETS:
        if target == text:
            return target
    raise refusals.target_unknown(again)


# changes ---------------------------------------------------------------------------------------------


def _locked(turn: Turn, agency_id: int, year: int) -> tuple[SeasonRound, int]:
    """The agency's row of the year with its revision (0: made just now), everybody else's changes waiting."""
    policy.require_admin(turn.actor, agency_id)
    service.checked_year(turn, year)
    # Rows that merely refer to the agency may still be written: its key stays as it is.
    locked = select(Agency.id).where(Agency.id == agency_id).with_for_update(key_share=True)
    turn.session.exec(locked).one()
    row = service.round_of(turn.session, agency_id, year)
    if row is not None:
        return row, row.revision
    row = SeasonRound(agency_id=agency_id, year=year, set_at=turn.now)
    turn.session.add(row)
    turn.session.flush()
    return row, 0


def _revised(turn: Turn, agency_id: int, year: int, seen: int) -> SeasonRound:
    """As `_locked`; `seen` is the revision that the admin saw. Raises Outdated."""
    row, revision = _locked(turn, agency_id, year)
    if revision != seen:
        raise refusals.changed(routes.PROPOSALS(0, year, "", 0))
    return row


def _touched(turn: Turn, row: SeasonRound) -> None:
    row.set_by, row.set_at = turn.actor.person_id, turn.now
    turn.session.flush()


def set_quota(turn: Turn, agency_id: int, year: int, text: str, revision: int) -> None:
    """Read "12 / B-23/PW.00/2027": the number of units, then the letter that says so.

    Raises NotAllowed, Outdated, BadInput for what is no number, or less than what is picked already.
    """
    row = _revised(turn, agency_id, year, revision)
    again = routes.QUOTA(agency_id, year)
    hit = _QUOTA.fullmatch(text.strip())
    if hit is None or not 1 <= int(hit[1]) <= MAX_QUOTA:
        raise refusals.quota_unread(again)
    quota, letter = int(hit[1]), " ".join((hit[2] or "").split())
    if not letter:
        raise refusals.quota_unread(again)
    if len(letter) > MAX_LETTER:
        raise refusals.too_long(len(letter), MAX_LETTER, again)
    picked = tally(turn.session, agency_id, year).picked
    if quota < picked:
        raise refusals.quota_below(picked, again)
    row.quota, row.letter = quota, letter
    _touched(turn, row)
    audit.record(turn, "season.quota", f"agency:{agency_id}:{year}", quota=quota)


def set_open(turn: Turn, agency_id: int, year: int, opened: bool, revision: int) -> None:
    """Let the units see "Setelah pengajuan" of the year, or no longer before its day. Raises Outdated."""
    row = _revised(turn, agency_id, year, revision)
    row.opened_at = turn.now if opened else None
    _touched(turn, row)
    audit.record(turn, "season.open", f"agency:{agency_id}:{year}", opened=opened)


def pick(turn: Turn, unit_id: int, year: int, target: str, revision: int) -> bool:
    """Mark the unit as proposed for a target, or no longer ("" for none); False when it is so already.

    That it misses gates does not hinder: the admin decides, and the audit trail says which they were. Raises
    NotAllowed, Missing, Outdated, BadInput when the quota is used up.
    """
    unit = board.one(turn, unit_id).unit
    again = routes.CANDIDATE(unit_id, year)
    wanted: Target | None = target_of(target, again) if target else None
    row, _ = _locked(turn, unit.agency_id, year)
    service.lock_unit(turn.session, unit_id)
    entry = service.entry_of(turn.session, unit_id, year)
    if (entry.pick if entry is not None else "") == target:
        return False
    if (entry.revision if entry is not None else 0) != revision:
        raise refusals.changed(again)
    entry = entry or service.made_entry(turn.session, unit, year)
    now = tally(turn.session, unit.agency_id, year)
    if wanted is not None and not entry.pick and now.full:
        raise refusals.quota_full(row.quota or 0, again)
    entry.pick, entry.picked_by, entry.picked_at = target, turn.actor.person_id, turn.now
    turn.session.flush()
    lacking = missed(turn, unit, wanted) if wanted is not None else ()
    audit.record(
        turn,
        "season.pick",
        f"{year}:{target}",
        unit_id,
        revision=entry.revision,
        missed=",".join(gate.gate.id for gate in lacking or ()),
    )
    return True


def tell(turn: Turn, agency_id: int, year: int, stamp: int) -> int:
    """Show the picks to the units; coordinators and heads of those for which it is new are told.

    Returns at how many units somebody is written to. Raises NotAllowed, Outdated when a pick has changed
    since the preview.
    """
    row, _ = _locked(turn, agency_id, year)
    made = news(turn.session, agency_id, year, turn.now)
    if made.stamp != stamp:
        raise refusals.changed(routes.PICKS_TELL_ASK(agency_id, year))
    messages = []
    for unit, target in made.changed:
        unit_id = unit.id or 0
        entry = service.entry_of(turn.session, unit_id, year)
        assert entry is not None
        entry.told = target
        turn.session.flush()
        receivers = {
            person.id: person
            for role in _TOLD_ROLES
            for person in people.holders(turn.session, role, turn.now, unit_id=unit_id)
        }
        messages += [
            outbox.Message(
                key=f"usul:{unit_id}:{year}:{entry.revision}:{person.id}",
                chat_id=person.telegram_id or 0,
                action=routes.PICK_TOLD(unit_id, year),
                person_id=person.id,
            )
            for person in receivers.values()
        ]
        audit.record(turn, "season.tell", f"{year}:{target}", unit_id, revision=entry.revision)
    row.announced_at = turn.now
    _touched(turn, row)
    outbox.add(turn.session, messages, turn.now)
    audit.record(turn, "season.announce", f"agency:{agency_id}:{year}", units=len(made.changed))
    return len(made.changed) - len(made.unreached)
