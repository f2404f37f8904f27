"""Units that have attached a shared piece hear that it was replaced or withdrawn."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from flows import outbox, routes
from flows.models import Evidence, Membership, Person, SharedEvidence
from flows.outbox import JobTurn
from flows.people import active

JOB = "shared.news"
PORTION = 200


def tell_units(session: Session, row: SharedEvidence, version: int, now: datetime) -> None:
    """Queue the news for units that have attached it; `version` 0: it was withdrawn."""
    args = {"shared_id": row.id, "version": version, "after": 0}
    outbox.add_job(session, JOB, f"{JOB}:{row.id}:{version}:0", args, now)


@outbox.carries_out(JOB)
def fan_out(job: JobTurn) -> None:
    """News for the coordinators of the next units that have it; then the job queues itself for the rest."""
    session, args = job.session, job.args
    units = session.exec(
        select(col(Evidence.unit_id))
        .where(
            Evidence.shared_id == args["shared_id"],
            col(Evidence.removed_at).is_(None),
            Evidence.unit_id > args["after"],
        )
        .distinct()
        .order_by(col(Evidence.unit_id))
        .limit(PORTION)
    ).all()
    outbox.add(session, _news(session, args, units, job.now), job.now)
    if len(units) == PORTION:
        after = max(units)
        key = f"{JOB}:{args['shared_id']}:{args['version']}:{after}"
        outbox.add_job(session, JOB, key, {**args, "after": after}, job.now, wait_seconds=0.1)


def _news(
    session: Session, args: dict[str, Any], units: Sequence[int], now: datetime
) -> list[outbox.Message]:
    found = session.exec(
        select(Person, col(Membership.unit_id))
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(
            col(Membership.unit_id).in_(units),
            Membership.role == "koordinator",
            active(now),
            col(Person.telegram_id).is_not(None),
            col(Person.deleted_at).is_(None),
        )
    ).all()
    return [
        outbox.Message(
            key=f"bersama:{args['shared_id']}:{args['version']}:{unit_id}:{person.id}",
            chat_id=person.telegram_id or 0,
            person_id=person.id,
            action=routes.SHARED_NEWS(int(args["shared_id"]), unit_id or 0),
        )
        for person, unit_id in found
    ]
