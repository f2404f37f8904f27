"""A coordinator invites the team to drills by one announcement; nobody is signed up by somebody else."""

from sqlmodel import col, select

from flows import policy, routes
from flows.broadcast import drafts
from flows.broadcast.service import INVITATION, OPEN, SENT
from flows.drills import refusals, service, texts
from flows.drills.opening import opening_of
from flows.models import Announcement
from flows.routes import Action
from flows.schedule.service import open_unit
from flows.turn import Turn


def invite(turn: Turn, unit_id: int) -> Action:
    """The draft of the announcement, made once; returns where it is shown. Raises NotAllowed, BadInput."""
    unit = open_unit(turn, unit_id)
    policy.require(turn.actor, "announce", unit)
    opening = opening_of(turn.session, unit, service.today_of(turn, unit))
    if not opening.is_open or opening.opens_on is None:
        raise refusals.not_open()
    found = turn.session.exec(
        select(Announcement)
        .where(
            Announcement.unit_id == unit_id,
            Announcement.kind == INVITATION,
            col(Announcement.state).in_((*OPEN, *SENT)),
        )
        .order_by(col(Announcement.id).desc())
    ).all()
    for row in found:
        if row.state in OPEN and row.created_by == turn.actor.person_id:
            return routes.ANNOUNCE_PREVIEW(row.id or 0)
        if row.state in SENT and row.created_at.date() >= opening.opens_on:
            raise refusals.invited_already()
    made = drafts.draft_ready(turn, texts.invitation(unit.name, opening), INVITATION)
    return routes.ANNOUNCE_PREVIEW(made)
