"""Which memberships count at a moment: the one expression for every query that lists people with roles.

Days of a stand-in (Plt, Plh) are counted in WIB for everybody, both days included.
"""

from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col

from flows import fmt
from flows.models import Membership

ZONE = "WIB"


def role_day(now: datetime) -> date:
    """The day by which roles begin and end."""
    return fmt.local(now, ZONE).date()


def active(now: datetime) -> ColumnElement[bool]:
    """Condition: the membership counts now."""
    day = role_day(now)
    starts = col(Membership.starts_on)
    return and_(present(now), or_(starts.is_(None), starts <= day))


def present(now: datetime) -> ColumnElement[bool]:
    """Condition: the membership counts now or is going to; neither revoked nor over."""
    ends = col(Membership.ends_on)
    return and_(col(Membership.revoked_at).is_(None), or_(ends.is_(None), ends >= role_day(now)))


def begins_later(held: Membership, now: datetime) -> bool:
    """Whether a stand-in's first day is still to come."""
    return held.starts_on is not None and held.starts_on > role_day(now)


def is_over(held: Membership, now: datetime) -> bool:
    """Whether the membership counts no more: revoked, or its last day has passed."""
    return held.revoked_at is not None or (held.ends_on is not None and held.ends_on < role_day(now))
