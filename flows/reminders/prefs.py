"""How one wants to be reminded: hour, quiet, kinds, leave. Raises Missing for values that are not offered."""

from datetime import timedelta

from sqlmodel import select

from flows import audit, policy, routes
from flows.errors import Missing
from flows.models import Agency, AgencyReminding, ReminderPref
from flows.reminders import fanout, moments
from flows.reminders.leaving import Leave
from flows.reminders.lines import GROUPS
from flows.reminders.places import Reader
from flows.turn import Turn

_NO_SUCH = "Pilihan ini tidak tersedia. Ini keadaan terbaru."


def set_slot(turn: Turn, minutes: int) -> None:
    """The hour of the digest."""
    if minutes not in moments.SLOTS:
        raise Missing(_NO_SUCH, next=routes.PREFS())
    row = _row(turn)
    row.slot_minutes = None if minutes == moments.USUAL_SLOT else minutes
    _save(turn, row, "slot", minutes)
    fanout.catch_up(turn.session, row.person_id, turn.now)


def set_quiet(turn: Turn, minutes: int) -> None:
    """From when on nothing comes."""
    if minutes not in moments.QUIET_FROM:
        raise Missing(_NO_SUCH, next=routes.PREFS())
    row = _row(turn)
    row.quiet_minutes = None if minutes == moments.QUIET_FROM[-1] else minutes
    _save(turn, row, "quiet", minutes)


def set_kind(turn: Turn, group: str, on: bool) -> None:
    """Be reminded of this kind, or not."""
    if group not in GROUPS:
        raise Missing(_NO_SUCH, next=routes.PREFS())
    row = _row(turn)
    row.muted = [g for g in GROUPS if (g in row.muted and g != group) or (g == group and not on)]
    _save(turn, row, f"kind.{group}", int(on))


def set_leave(turn: Turn, leave: Leave) -> None:
    """On leave on these days: nothing comes; the first working day after tells what has gathered."""
    row = _row(turn)
    row.away_from, row.away_until = leave.first, leave.last
    _save(turn, row, "leave", (leave.last - leave.first).days + 1)


def end_leave(turn: Turn, reader: Reader) -> None:
    """Back at work: today's round is over, so the next working day tells what has gathered."""
    row = _row(turn)
    today = reader.today(turn.now)
    if row.away_until is None:
        return
    if row.away_from is not None and row.away_from > today:
        row.away_from = row.away_until = None
    elif row.away_until > today:
        began = reader.is_sending_time(turn.now)
        row.away_until = today if began else today - timedelta(days=1)
    _save(turn, row, "leave", 0)


def tells_admins(turn: Turn, agency_id: int) -> tuple[Agency, bool]:
    """An agency of the actor's, and whether its admins are told of overdue stages. Raises NotAllowed."""
    policy.require_admin(turn.actor, agency_id)
    row = turn.session.get(AgencyReminding, agency_id)
    return turn.session.get_one(Agency, agency_id), bool(row and row.to_admin)


def tell_admins(turn: Turn, agency_id: int, on: bool) -> None:
    """Switch that on or off. Raises NotAllowed."""
    policy.require_admin(turn.actor, agency_id)
    row = turn.session.get(AgencyReminding, agency_id)
    row = row or AgencyReminding(agency_id=agency_id, set_at=turn.now)
    row.to_admin, row.set_by, row.set_at = on, turn.actor.person_id, turn.now
    turn.session.add(row)
    audit.record(turn, "remind.to_admin", f"agency:{agency_id}", on=on)


def _row(turn: Turn) -> ReminderPref:
    person_id = turn.actor.person_id
    query = select(ReminderPref).where(ReminderPref.person_id == person_id).with_for_update()
    return turn.session.exec(query).first() or ReminderPref(person_id=person_id)


def _save(turn: Turn, row: ReminderPref, what: str, value: int) -> None:
    turn.session.add(row)
    turn.session.flush()
    audit.record(turn, f"own_reminding.{what}", f"person:{row.person_id}", value=value)
