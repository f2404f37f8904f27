"""One's own time zone, and the deletion of one's data."""

from sqlmodel import col, delete, select, update

from flows import audit, delivery, fmt
from flows.drills import personal as drills
from flows.errors import Missing
from flows.learning import service as learning
from flows.models import (
    Agency,
    AnnouncementReceipt,
    BulkImport,
    BulkPart,
    ChatPace,
    ChatState,
    Draft,
    LkeImport,
    Membership,
    Outbox,
    Unit,
)
from flows.pact import personal as pact
from flows.personal import forgetting, refusals
from flows.pic import assigning
from flows.registers import carrying as registers
from flows.registration import joins
from flows.reminders import fanout
from flows.reminders import personal as reminding
from flows.team import service as team
from flows.turn import Turn
from flows.walks import personal as walks

PSEUDONYM = "Mantan anggota"
"""What stands where the name of somebody stood who had their data deleted."""


def set_zone(turn: Turn, zone: str) -> None:
    """Read times in this zone ("" follows the unit). Raises Missing for other names, NotAllowed."""
    if zone and zone not in fmt.ZONES:
        raise Missing("Zona waktu ini tidak tersedia. Pilih WIB, WITA, atau WIT.")
    person_id = turn.actor.person_id
    person = turn.actor.person
    assert person is not None
    if person.zone != (zone or None):
        person.zone = zone or None
        turn.session.add(person)
        audit.record(turn, "own_zone", f"person:{person_id}", zone=zone or None)
        turn.session.flush()
        fanout.catch_up(turn.session, person_id, turn.now)


def led_alone(turn: Turn, *, lock: bool = False) -> tuple[list[Unit], list[Agency]]:
    """Units and agencies that would be left without a lead; with `lock` nobody else can leave meanwhile."""
    units: list[Unit] = []
    agencies: list[Agency] = []
    for held in turn.actor.memberships:
        unit = turn.session.get(Unit, held.unit_id) if held.unit_id is not None else None
        if unit is not None and unit.archived_at is not None:
            continue
        if not team.is_last(turn.session, held, lock=lock):
            continue
        if unit is not None:
            units.append(unit)
        else:
            agencies.append(turn.session.get_one(Agency, held.agency_id))
    return units, agencies


def delete_me(turn: Turn) -> None:
    """Delete the person's data: afterwards nothing leads from the Telegram account to what was done.

    The person's row stays as a pseudonym, so that the unit's answers and the audit trail keep their
    sense. Raises NotAllowed for strangers and for the last coordinator or admin of something.
    """
    person_id = turn.actor.person_id
    units, agencies = led_alone(turn, lock=True)
    if units:
        raise refusals.last_coordinator(units[0].name)
    if agencies:
        raise refusals.last_admin(agencies[0].name)
    person = turn.actor.person
    assert person is not None
    audit.record(turn, "person_delete", f"person:{person_id}")
    assigning.release_everywhere(turn, person_id)
    telegram_id = person.telegram_id
    for held in turn.session.exec(
        select(Membership).where(col(Membership.person_id) == person_id, col(Membership.revoked_at).is_(None))
    ).all():
        held.revoked_at = turn.now
    joins.withdraw_all(turn, person_id)
    forgetting.let_go(turn, person_id)
    person.name, person.telegram_id, person.zone = PSEUDONYM, None, None
    person.greeted_on, person.unreachable_at, person.deleted_at = None, None, turn.now
    turn.session.add(person)
    turn.session.flush()
    if telegram_id is not None:
        _forget_chats(turn, person_id, telegram_id)
    turn.forget()


def _forget_chats(turn: Turn, person_id: int, telegram_id: int) -> None:
    """Remove what holds the Telegram account: chat states, drafts, messages, pace, sent worksheets."""
    session = turn.session
    session.flush()
    gone = {"synchronize_session": False}
    session.execute(delete(Draft).where(col(Draft.telegram_id) == telegram_id).execution_options(**gone))
    session.execute(
        delete(ChatState)
        .where(col(ChatState.telegram_id) == telegram_id, col(ChatState.chat_id) != turn.state.chat_id)
        .execution_options(**gone)
    )
    mine = col(Outbox.chat_id) == telegram_id
    session.execute(
        delete(Outbox).where(mine, col(Outbox.announcement_id).is_(None)).execution_options(**gone)
    )
    # Announcements keep their counts of sent and failed; whose messages those were is no longer known.
    session.execute(
        update(Outbox)
        .where(mine, col(Outbox.state).in_(("waiting", "leased")))
        .values(state="dropped")
        .execution_options(**gone)
    )
    session.execute(
        update(Outbox)
        .where(mine)
        .values(chat_id=0, message_id=None, person_id=None)
        .execution_options(**gone)
    )
    session.execute(delete(ChatPace).where(col(ChatPace.chat_id) == telegram_id).execution_options(**gone))
    sent = (col(LkeImport.chat_id) == telegram_id) | (col(LkeImport.person_id) == person_id)
    session.execute(delete(LkeImport).where(sent).execution_options(**gone))
    tables = select(BulkImport.id).where(col(BulkImport.person_id) == person_id)
    session.execute(delete(BulkPart).where(col(BulkPart.import_id).in_(tables)).execution_options(**gone))
    session.execute(
        delete(BulkImport).where(col(BulkImport.person_id) == person_id).execution_options(**gone)
    )
    said = delete(AnnouncementReceipt).where(col(AnnouncementReceipt.person_id) == person_id)
    session.execute(said.execution_options(**gone))
    learning.forget(session, person_id)
    registers.forget(session, person_id)
    pact.forget(session, person_id)
    delivery.forget(session, person_id)
    reminding.forget(session, person_id)
    drills.forget(session, person_id)
    walks.forget(session, person_id, turn.now)
    if turn.state in session:
        session.delete(turn.state)
        session.flush()
    # The rest of this event works on a state that is not kept.
    turn.state = ChatState(chat_id=turn.event.chat_id, telegram_id=telegram_id)
