"""Rounds (putaran) of assessment: which one runs, whether values may still be written, the worksheet itself.

Writers hold the round's row in share mode and who signs holds it alone, so that nothing slips in under a
signature. The first value of a year opens round 1 by itself.
"""

from datetime import date

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from flows import audit, outbox, policy, routes
from flows.assess import refusals, signed, team
from flows.checklist.service import Current
from flows.errors import BadInput
from flows.models import ASSESSOR_SIDE, Answer, Assessment, Person, TpiRound
from flows.review import looking
from flows.routes import Action
from flows.turn import Turn
from flows.workbook.content import tpi_of

LAST = 2
"""Rounds of one year: the first judgement, and the one after the unit's tanggapan."""


# reading -------------------------------------------------------------------------------------------


def desk_of(turn: Turn, assessment_id: int) -> Current:
    """A unit's open LKE that the actor judges, of whichever unit. Raises NotAllowed, Missing."""
    where = looking.where_of(turn, assessment_id)
    policy.require_assess(turn.actor, where.unit)
    return where


def theirs_of(session: Session, where: Current) -> Current | None:
    """The assessors' worksheet of a unit's LKE; None while they have written nothing."""
    row = tpi_of(session, where.unit, where.assessment.year)
    return Current(where.unit, row, where.instrument) if row is not None else None


def reasons(session: Session, theirs: Current) -> dict[str, str]:
    """The assessors' reasons (catatan) by item."""
    found = session.exec(
        select(Answer.item_id, Answer.note).where(Answer.assessment_id == theirs.id, Answer.note != "")
    ).all()
    return dict(found)


def present(session: Session, assessment_id: int) -> TpiRound | None:
    """The latest round, running or signed; None before the first."""
    rounds = signed.rounds_of(session, assessment_id)
    return rounds[-1] if rounds else None


def locked_because(row: TpiRound | None) -> str:
    """Why values cannot be written now, as a sentence for people; "" while they can."""
    if row is None or row.led_at is None:
        return ""
    return refusals.signed_sentence(row.no, closed=row.closed_at is not None, last=row.no >= LAST)


def find(turn: Turn, round_id: int, *, lock: bool = False) -> tuple[TpiRound, Current]:
    """A round whose unit the actor judges. Raises Missing, NotAllowed."""
    row = turn.session.get(TpiRound, round_id, with_for_update=lock or None, populate_existing=lock)
    if row is None:
        raise refusals.no_round(0)
    return row, desk_of(turn, row.assessment_id)


# writing -------------------------------------------------------------------------------------------


def writable(turn: Turn, where: Current, next: Action) -> Current:
    """The assessors' worksheet to be written to now, made with round 1 where there is none.

    Raises NotAllowed for people who do not judge the unit and, in words, once the round is signed.
    """
    policy.require_assess(turn.actor, where.unit)
    row = _running(turn, where)
    sentence = locked_because(row)
    if sentence:
        raise refusals.frozen(sentence, next)
    _make_worksheet(turn, where)
    theirs = theirs_of(turn.session, where)
    assert theirs is not None
    return theirs


def _running(turn: Turn, where: Current) -> TpiRound:
    query = select(TpiRound).where(TpiRound.assessment_id == where.id).order_by(col(TpiRound.no).desc())
    query = query.limit(1).with_for_update(read=True).execution_options(populate_existing=True)
    row = turn.session.exec(query).first()
    if row is None:
        _insert(turn, where, 1)
        row = turn.session.exec(query).one()
    return row


def _insert(turn: Turn, where: Current, no: int) -> bool:
    """Make a round; False when somebody was quicker."""
    given = {
        "assessment_id": where.id,
        "no": no,
        "opened_by": turn.actor.person_id,
        "opened_at": turn.now,
        "values": {},
        "total": "",
        "revision": 1,
    }
    insert = sqlite.insert if turn.session.get_bind().dialect.name == "sqlite" else postgresql.insert
    made = turn.session.execute(
        insert(TpiRound)
        .values(given)
        .on_conflict_do_nothing(index_elements=["assessment_id", "no"])
        .returning(col(TpiRound.id))
    ).first()
    if made is not None:
        audit.record(turn, "tpi.round_open", f"tpi_round:{made[0]}", where.unit.id, no=no)
    return made is not None


def _make_worksheet(turn: Turn, where: Current) -> None:
    own = where.assessment
    row = {
        "unit_id": where.unit.id,
        "year": own.year,
        "side": ASSESSOR_SIDE,
        "target": own.target,
        "instrument_id": own.instrument_id,
        "created_at": turn.now,
    }
    insert = sqlite.insert if turn.session.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = insert(Assessment).values(row)
    turn.session.execute(statement.on_conflict_do_nothing(index_elements=["unit_id", "year", "side"]))


def open_next(turn: Turn, assessment_id: int, no: int) -> None:
    """Open the round after a signed one (or the first). Raises NotAllowed but for ketua and pengendali."""
    where = desk_of(turn, assessment_id)
    _require_lead(turn, where)
    latest = present(turn.session, where.id)
    if latest is not None and latest.no >= no:
        return  # a second tap, or somebody was quicker
    wanted = latest.no + 1 if latest is not None else 1
    if no != wanted or no > LAST or (latest is not None and latest.closed_at is None):
        raise refusals.no_round(where.id)
    _insert(turn, where, no)


def _require_lead(turn: Turn, where: Current) -> None:
    """Ketua and pengendali teknis lead; anybody who judges, while there is no team."""
    found = team.of_assessment(turn.session, where.id)
    if not found:
        return
    own = team.mine(turn, where.id)
    if own is None or own.row.tier == team.MEMBER:
        raise refusals.not_yours_to_sign(where.id, "ketua TPI atau pengendali teknis")


def leads(turn: Turn, where: Current) -> bool:
    """Whether the actor opens rounds and sets their day."""
    found = team.of_assessment(turn.session, where.id)
    me = turn.actor.person_id
    return not found or any(e.row.person_id == me and e.row.tier != team.MEMBER for e in found)


def set_cutoff(turn: Turn, round_id: int, day: date, seen: int) -> Current:
    """The last day whose entries of the unit count in the round. Raises Outdated, NotAllowed."""
    row, where = find(turn, round_id, lock=True)
    _require_lead(turn, where)
    desk = routes.ASSESS_UNIT(where.id)
    if row.revision != seen:
        raise refusals.outdated(desk)
    if row.led_at is not None:
        raise refusals.frozen(locked_because(row), desk)
    if abs((day - turn.today).days) > 400:
        raise BadInput("Tanggal itu terlalu jauh. Ketik lagi, misalnya: 12 maret 2027.", next=desk)
    row.cutoff_on = day
    _save(turn, row, where, "cutoff", day=day.isoformat())
    return where


def _save(turn: Turn, row: TpiRound, where: Current, act: str, **facts: str | int) -> None:
    turn.session.add(row)
    turn.session.flush()
    audit.record(turn, f"tpi.{act}", f"tpi_round:{row.id}", where.unit.id, no=row.no, **facts)


def save(turn: Turn, row: TpiRound, where: Current, act: str, **facts: str | int) -> None:
    """Keep a changed round and say so in the audit trail."""
    _save(turn, row, where, act, **facts)


def tell(turn: Turn, row: TpiRound, people: list[Person], action: Action, word: str) -> None:
    """Write to these people about a round, each once."""
    messages = [
        outbox.Message(
            key=f"putaran:{row.id}:{word}:{person.id}",
            chat_id=person.telegram_id,
            person_id=person.id,
            action=action,
        )
        for person in people
        if person.telegram_id is not None and person.id != turn.actor.person_id
    ]
    outbox.add(turn.session, messages, turn.now)
