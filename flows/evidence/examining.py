"""The job behind an intake: fetch, examine and keep what was sent, then ask its sender where it belongs."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, update

from flows import outbox, routes
from flows.evidence import dating, doctor, findings, links
from flows.evidence.examine import examine
from flows.evidence.findings import Finding
from flows.evidence.intake import EXAMINE_JOB, EXAMINING, FAILED, LOOK_JOB, READY, RECEIVING, usable
from flows.models import Intake, Outbox, StoredFile
from flows.outbox import JobTurn
from flows.ports import Files, FileUnavailable
from flows.routes import Action
from knowledge.library import Library

PLACE_SECONDS = 3.0
"""How long news of an intake waits for word of where its first screen stands."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """The parts as examined, and the sizes of what is now in the store, by key."""

    parts: list[dict[str, Any]]
    stored: dict[str, tuple[int, str]]


def prepare(args: dict[str, Any], files: Files, _library: Library) -> Prepared:
    """Fetch, examine, keep. Never raises for what is in a file. Doing it again keeps nothing twice."""
    today = date.fromisoformat(args["today"])
    made = Prepared([], {})
    seen: set[str] = set()
    for part in args["parts"]:
        done = (
            part if part.get("sha256") and files.store.has(part["sha256"]) else _one(part, files, today, made)
        )
        if done.get("sha256"):
            if done["sha256"] in seen:
                done = _refused(part, Finding(findings.TWICE, {"name": done["name"]}))
            else:
                seen.add(done["sha256"])
        made.parts.append(done)
    return made


def _one(part: dict[str, Any], files: Files, today: date, made: Prepared) -> dict[str, Any]:
    size, name = int(part["size"]), str(part["name"])
    large = Finding(
        findings.LARGE,
        {"name": name, "size": findings.megabytes(size), "limit": findings.megabytes(files.max_bytes)},
    )
    if size > files.max_bytes:
        return _refused(part, large)
    try:
        data = files.fetch(str(part["file_id"]))
    except FileUnavailable as err:
        return _refused(part, large if str(err) == "too_big" else Finding(findings.GONE, {"name": name}))
    found = examine(data, name, today, photo=bool(part.get("photo")))
    listed = [f.as_json() for f in found.findings]
    if found.stopped:
        return {**part, "name": found.name, "findings": listed}
    key = files.store.put(found.data)
    made.stored[key] = (len(found.data), found.mime)
    return {
        **part,
        "name": found.name,
        "kind": found.kind,
        "mime": found.mime,
        "size": len(found.data),
        "sha256": key,
        "sent": hashlib.sha256(data).hexdigest(),
        "pages": found.pages,
        "day": found.day.isoformat() if found.day else None,
        "findings": listed,
    }


def _refused(part: dict[str, Any], finding: Finding) -> dict[str, Any]:
    return {**part, "sha256": None, "findings": [finding.as_json()]}


@outbox.carries_out(EXAMINE_JOB, prepare=prepare)
def keep(job: JobTurn) -> None:
    """Note what was found. An album that has grown meanwhile is left to its next job."""
    row = _waiting(job)
    if row is None:
        return
    made: Prepared = job.prepared
    note_stored(job.session, made.stored, job.now)
    row.parts = made.parts
    whole: list[Finding] = []
    if usable(row):
        row.state, row.problem = READY, ""
        same = doctor.duplicate(job.session, job.library, row)
        if same is not None:
            whole.append(same)
        day = _day(row, date.fromisoformat(job.args["today"]))
        if day is None:
            whole.append(Finding(findings.NO_DATE))
        row.proposal = _proposal(row, day, whole)
    else:
        row.state = FAILED
        row.problem = next((f["code"] for part in row.parts for f in part["findings"]), findings.UNREADABLE)
        row.proposal = _proposal(row, None, whole)
    tell(job, row, routes.INTAKE(row.id or 0))


def look(args: dict[str, Any], files: Files, _library: Library) -> str:
    """How the link looks from outside."""
    url = str(args["url"])
    return files.links.look(url) if links.is_known(links.host_of(url)) else links.UNKNOWN


@outbox.carries_out(LOOK_JOB, prepare=look)
def keep_link(job: JobTurn) -> None:
    """Note how the link looks, and ask where it belongs."""
    row = _waiting(job)
    if row is None:
        return
    state: str = job.prepared
    day = dating.day_in(row.caption, date.fromisoformat(job.args["today"]))
    whole = [
        f for f in (doctor.of_link(row.url, state), doctor.duplicate(job.session, job.library, row)) if f
    ]
    row.state = READY
    seen = job.now.isoformat() if links.is_known(links.host_of(row.url)) else None
    row.proposal = {**_proposal(row, day, whole), "link_state": state, "checked_at": seen}
    tell(job, row, routes.INTAKE(row.id or 0))


def _waiting(job: JobTurn) -> Intake | None:
    row = job.session.get(Intake, int(job.args["intake_id"]), with_for_update=True, populate_existing=True)
    if row is None or row.state not in (RECEIVING, EXAMINING):
        return None
    return row if row.proposal.get("round", 1) == job.args["round"] else None


def _day(row: Intake, today: date) -> date | None:
    """The day of the activity: the caption's word goes first, then what the files say."""
    said = dating.day_in(row.caption, today)
    if said is not None:
        return said
    days = [date.fromisoformat(part["day"]) for part in usable(row) if part.get("day")]
    return min(days) if days else None


def _proposal(row: Intake, day: date | None, whole: list[Finding]) -> dict[str, Any]:
    kept = {k: v for k, v in row.proposal.items() if k not in {"findings", "dated_on", "place"}}
    return {
        **kept,
        "dated_on": day.isoformat() if day else None,
        "place": dating.place_in(row.caption),
        "findings": [f.as_json() for f in whole],
    }


def tell(job: JobTurn, row: Intake, action: Action) -> None:
    """Put the next screen in place of the one that said that it is being examined."""
    job.session.add(row)
    key = f"intake:{row.id}:{job.args['round']}"
    message = outbox.Message(
        key=key,
        chat_id=row.chat_id,
        person_id=row.person_id,
        action=action,
        lane=outbox.LANE_REPLY,
        edit_message_id=row.status_message_id,
    )
    outbox.add(job.session, [message], job.now)
    if row.status_message_id is None:  # its screen is just being sent, or never arrived
        due = outbox.pace_clock(job.session) + PLACE_SECONDS
        job.session.execute(update(Outbox).where(col(Outbox.key) == key).values(due_at=due))


def note_stored(session: Session, stored: dict[str, tuple[int, str]], now: Any) -> None:
    """Rows for what was put into the store; those that are there already stay."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    for key, (size, mime) in sorted(stored.items()):
        row = {"sha256": key, "size_bytes": size, "mime": mime[:100], "stored_at": now}
        session.execute(insert(StoredFile).values(row).on_conflict_do_nothing(index_elements=["sha256"]))
