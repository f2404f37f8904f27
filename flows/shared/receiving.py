"""What an admin sends to be shared: noted, looked at in a job as evidence is, kept as a version."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import func, select

from flows import audit, fmt, outbox, routes
from flows.errors import BadInput, Outdated
from flows.evidence import dating, examining, intake, links, proposals
from flows.evidence.examine import examine
from flows.models import Person, SharedEvidence, SharedVersion
from flows.outbox import JobTurn
from flows.ports import Files, FileUnavailable
from flows.shared import news, service
from flows.shared.offers import ACTIVE, FAILED, READING, READY
from flows.turn import Turn
from flows.words import NOT_FETCHED
from knowledge.library import Library

FILE_JOB, LINK_JOB = "shared.file", "shared.link"
MOST_PROPOSED = 2
_LAST_DAY = re.compile(
    r"(?:^|\s)(?:tanggal |tgl\.? ?)?(\d{1,2}(?: [a-z]{3,9} |[/.-]\d{1,2}[/.-])(?:19|20)\d\d)\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Looked:
    """What the job found: why it cannot be taken, or the version."""

    why: str = ""
    sha256: str = ""
    size: int = 0
    mime: str = ""
    name: str = ""
    day: date | None = None
    findings: tuple[str, ...] = ()
    link_state: str = ""


def receive(turn: Turn, shared_id: int) -> int:
    """Note the sent file as a new shared piece (0) or a new version of one; returns the piece's id.

    Raises NotAllowed, Missing, BadInput.
    """
    file, again = turn.event.file, routes.SHARED_REPLACE(shared_id) if shared_id else routes.SHARED_NEW()
    if file is None:
        service.agency_id_of(turn)
        raise BadInput(intake.NO_FILE, next=again)
    row, version = _begun(turn, shared_id, turn.event.text)
    turn.session.flush()
    args = {
        "version_id": version.id,
        "file_id": file.file_id,
        "name": file.name[-200:],
        "photo": file.name == "foto.jpg" and file.mime == "image/jpeg",
        "today": turn.today.isoformat(),
    }
    outbox.add_job(turn.session, FILE_JOB, f"{FILE_JOB}:{version.id}", args, turn.now)
    return row.id or 0


def receive_link(turn: Turn, shared_id: int) -> int:
    """The same with the link in a typed text."""
    service.agency_id_of(turn)
    again = routes.SHARED_REPLACE(shared_id) if shared_id else routes.SHARED_NEW()
    url = links.cleaned(turn.event.text)
    if url is None:
        raise BadInput(intake.NO_LINK, next=again)
    said = " ".join(word for word in turn.event.text.split() if links.cleaned(word) is None)
    row, version = _begun(turn, shared_id, said)
    version.kind, version.url = "link", url
    turn.session.flush()
    args = {"version_id": version.id, "url": url, "today": turn.today.isoformat()}
    outbox.add_job(turn.session, LINK_JOB, f"{LINK_JOB}:{version.id}", args, turn.now)
    return row.id or 0


def _begun(turn: Turn, shared_id: int, caption: str) -> tuple[SharedEvidence, SharedVersion]:
    agency_id = service.agency_id_of(turn)
    title = fmt.one_line(caption)[: service.MAX_TITLE]
    number = 1
    if shared_id:
        row = service.own(turn, shared_id, lock=True)
        if row.state not in (ACTIVE, READY, FAILED):
            raise Outdated(
                service.BUSY if row.state == READING else service.GONE, next=routes.SHARED_SHOW(shared_id)
            )
        last = select(func.max(SharedVersion.no)).where(SharedVersion.shared_id == shared_id)
        number = (turn.session.exec(last).one() or 0) + 1
        row.state = READING if row.state == FAILED else row.state
    else:
        row = SharedEvidence(agency_id=agency_id, title=title, made_by=turn.actor.person_id, made_at=turn.now)
    turn.session.add(row)
    turn.session.flush()
    version = SharedVersion(shared_id=row.id or 0, no=number, made_by=turn.actor.person_id, made_at=turn.now)
    turn.session.add(version)
    turn.session.flush()
    act = "shared_replace" if number > 1 else "shared_add"
    audit.record(turn, act, f"shared:{row.id}", agency_id=agency_id, version=number)
    return row, version


def _prepare(args: dict[str, Any], files: Files, _library: Library) -> Looked:
    """Fetch, examine as unit evidence is, keep. Never raises for what is in a file."""
    try:
        data = files.fetch(str(args["file_id"]))
    except FileUnavailable:
        return Looked(NOT_FETCHED)
    today = date.fromisoformat(args["today"])
    found = examine(data, str(args["name"]), today, photo=bool(args["photo"]))
    stop = next((each for each in found.findings if each.stops), None)
    if stop is not None:
        return Looked(f"{stop.sentence} {stop.fix}")
    codes = tuple(each.code for each in found.findings)
    key = files.store.put(found.data)
    return Looked("", key, len(found.data), found.mime, found.name, found.day, codes)


def _look(args: dict[str, Any], files: Files, _library: Library) -> Looked:
    url = str(args["url"])
    known = links.is_known(links.host_of(url))
    return Looked(link_state=files.links.look(url) if known else links.UNKNOWN)


@outbox.carries_out(FILE_JOB, prepare=_prepare)
def keep_file(job: JobTurn) -> None:
    """Keep what was found about a file. A second run finds the version no longer being read."""
    _keep(job)


@outbox.carries_out(LINK_JOB, prepare=_look)
def keep_link(job: JobTurn) -> None:
    """Keep how a link looks."""
    _keep(job)


def _keep(job: JobTurn) -> None:
    session, found = job.session, job.prepared
    version = session.get(SharedVersion, int(job.args["version_id"]), with_for_update=True)
    if version is None or version.state != READING:
        return
    row = session.get_one(SharedEvidence, version.shared_id, with_for_update=True)
    version.state = FAILED if found.why else READY
    row.why = str(found.why)[:300]
    if found.why:
        row.state = FAILED if row.state == READING else row.state
    else:
        _fill(job, row, version, found)
    session.add(version)
    session.add(row)
    session.flush()
    if row.state == ACTIVE and version.state == READY:
        news.tell_units(session, row, version.no, job.now)
    _tell_sender(job, row, version)


def _fill(job: JobTurn, row: SharedEvidence, version: SharedVersion, found: Looked) -> None:
    """What the version says, and what the piece is proposed to be until its admin says otherwise."""
    if found.sha256:
        examining.note_stored(job.session, {found.sha256: (found.size, found.mime)}, job.now)
        version.sha256, version.file_name = found.sha256, found.name[:160]
    version.findings = list(found.findings)
    version.link_state = found.link_state
    if version.url and links.is_known(links.host_of(version.url)):
        version.checked_at = job.now
    if found.day is not None:
        row.dated_on, row.period = found.day, ""
    if row.state == READING:
        row.state = READY
        words = proposals.topic_words(found.name or row.title)
        row.title = row.title or words[:1].upper() + words[1 : service.MAX_TITLE]
        today = date.fromisoformat(job.args["today"])
        row.dated_on = dating.day_in(row.title, today) or row.dated_on  # what the admin wrote counts first
        row.title = _undated(row.title, today)
        near = proposals.likely(job.library, job.library.instrument(), row.title, most=MOST_PROPOSED)
        row.items = [item.id for item in near]
    row.title = row.title or "Bukti bersama"


def _undated(title: str, today: date) -> str:
    """The title without the day that it ends in: that day stands beside it on every screen."""
    hit = _LAST_DAY.search(title)
    if hit is None or not title[: hit.start()].strip() or not dating.day_in(hit[1], today, with_year=True):
        return title
    return title[: hit.start()].rstrip(" ,.-")


def _tell_sender(job: JobTurn, row: SharedEvidence, version: SharedVersion) -> None:
    person = job.session.get(Person, version.made_by) if version.made_by is not None else None
    if person is None or person.telegram_id is None:
        return
    message = outbox.Message(
        key=f"bersama:{version.id}",
        chat_id=person.telegram_id,
        person_id=person.id,
        action=routes.SHARED_TOLD(row.id or 0),
        lane=outbox.LANE_REPLY,
    )
    outbox.add(job.session, [message], job.now)
