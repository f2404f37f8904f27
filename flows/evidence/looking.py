"""Looking again at links that are evidence: on demand, and by themselves before deadlines."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, or_, select

from flows import outbox, routes
from flows.evidence import links
from flows.models import Deadline, Evidence, EvidenceVersion, Person
from flows.outbox import JobTurn
from flows.ports import Files
from flows.schedule.names import OF_ITEMS
from flows.turn import Turn
from knowledge.library import Library

LOOK_AGAIN_JOB = "evidence.look"
USUAL_DAYS, SOON_DAYS, BEFORE_DEADLINE_DAYS = 14, 2, 7
PER_JOB = 20


def again(turn: Turn, version: EvidenceVersion) -> None:
    """Look at one link now; the screen that asked for it is edited when that is known."""
    message_id = turn.event.message_id if turn.event.kind == "tap" else None
    args = {
        "links": [{"version": version.id, "url": version.url}],
        "chat_id": turn.event.chat_id,
        "message_id": message_id,
        "evidence_id": version.evidence_id,
        "person_id": turn.actor.person_id,
        "key": f"{version.id}:{turn.event.update_id}",
    }
    outbox.add_job(turn.session, LOOK_AGAIN_JOB, f"{LOOK_AGAIN_JOB}:{args['key']}", args, turn.now)


def look_again(session: Session, now: datetime) -> int:
    """Queue looks at links not seen lately; called at every beat. Returns how many jobs are new.

    Every `USUAL_DAYS` days; every `SOON_DAYS` in the last `BEFORE_DEADLINE_DAYS` before a unit's deadline.
    """
    due = _due(session, now)
    queued = 0
    for start in range(0, len(due), PER_JOB):
        some = due[start : start + PER_JOB]
        stamp = f"{some[0].id}:{some[0].checked_at or some[0].made_at:%Y%m%d%H%M%S}"
        args: dict[str, Any] = {"links": [{"version": v.id, "url": v.url} for v in some]}
        queued += outbox.add_job(session, LOOK_AGAIN_JOB, f"{LOOK_AGAIN_JOB}:{stamp}", args, now)
    return queued


def _due(session: Session, now: datetime) -> list[EvidenceVersion]:
    later = aliased(EvidenceVersion)
    superseded = select(later.id).where(
        later.evidence_id == EvidenceVersion.evidence_id, later.no > EvidenceVersion.no
    )
    pressed = select(Deadline.unit_id).where(
        col(Deadline.done_at).is_(None),
        col(Deadline.scope).in_(OF_ITEMS),
        Deadline.due_at > now,
        Deadline.due_at < now + timedelta(days=BEFORE_DEADLINE_DAYS),
    )
    seen = col(EvidenceVersion.checked_at)  # of hosts that are never looked at there is none
    found = session.exec(
        select(EvidenceVersion)
        .join(Evidence, col(Evidence.id) == EvidenceVersion.evidence_id)
        .where(
            col(EvidenceVersion.link_state).in_((links.OPEN, links.LOCKED, links.UNKNOWN)),
            seen < now - timedelta(days=SOON_DAYS),
            col(Evidence.removed_at).is_(None),
            ~superseded.exists(),
            or_(
                seen < now - timedelta(days=USUAL_DAYS),
                col(Evidence.unit_id).in_(pressed),
            ),
        )
        .order_by(col(EvidenceVersion.id))
        .limit(PER_JOB * 5)
    ).all()
    return list(found)


def prepare(args: dict[str, Any], files: Files, _library: Library) -> dict[int, str]:
    """How each link looks from outside, by version."""
    return {int(link["version"]): files.links.look(str(link["url"])) for link in args["links"]}


@outbox.carries_out(LOOK_AGAIN_JOB, prepare=prepare)
def keep(job: JobTurn) -> None:
    """Note how the links look; tell who sent one that should not look like that, and who asked."""
    seen: dict[int, str] = job.prepared
    for version_id, state in seen.items():
        version = job.session.get(EvidenceVersion, version_id, with_for_update=True)
        if version is None:
            continue
        before, version.link_state = version.link_state, state
        version.checked_at = job.now if links.is_known(links.host_of(version.url)) else None
        job.session.add(version)
        if "evidence_id" not in job.args and _worse(job.session, version, before, state):
            outbox.add(job.session, _news(job.session, version, job.now), job.now)
    if "evidence_id" in job.args:
        outbox.add(job.session, [_answer(job.args)], job.now)


def _worse(session: Session, version: EvidenceVersion, before: str, state: str) -> bool:
    """Whether an open link was locked, or a restricted one opened to everybody."""
    evidence = session.get(Evidence, version.evidence_id)
    if evidence is None or before == state:
        return False
    return state == links.OPEN if evidence.restricted else (before, state) == (links.OPEN, links.LOCKED)


def _news(session: Session, version: EvidenceVersion, now: datetime) -> Iterable[outbox.Message]:
    person = session.get(Person, version.made_by) if version.made_by else None
    if person is None or person.telegram_id is None:
        return []
    return [
        outbox.Message(
            key=f"link:{version.id}:{now:%Y%m%d}",
            chat_id=person.telegram_id,
            person_id=person.id,
            action=routes.LINK_TOLD(version.evidence_id),
        )
    ]


def _answer(args: dict[str, Any]) -> outbox.Message:
    return outbox.Message(
        key=f"link:{args['key']}",
        chat_id=args["chat_id"],
        person_id=args["person_id"],
        action=routes.EVIDENCE_SHOW(args["evidence_id"]),
        lane=outbox.LANE_REPLY,
        edit_message_id=args["message_id"],
    )
