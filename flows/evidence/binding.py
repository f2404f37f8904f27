"""The job that makes one PDF of the photos of one activity."""

from datetime import date
from typing import Any

from flows import fmt, outbox
from flows.evidence import examining, findings, naming, photos
from flows.models import Evidence, EvidenceVersion
from flows.outbox import JobTurn
from flows.ports import FileDamaged, Files, FileUnavailable
from flows.turn import Turn
from knowledge.library import Library

BIND_JOB = "evidence.bind"


def file_stem(title: str) -> str:
    """A title as the name of a file, without its ending."""
    return naming.cleaned(fmt.one_line(title).replace(".", " ").replace("/", " "))[:80].strip(" .") or "bukti"


def queue(turn: Turn, version: EvidenceVersion, keys: list[str], evidence: Evidence, place: str) -> None:
    """Queue the binding; until it is done the version has no bytes of its own."""
    args = {
        "version_id": version.id,
        "photos": keys,
        "activity": evidence.title,
        "day": evidence.dated_on.isoformat() if evidence.dated_on else "",
        "place": place,
    }
    outbox.add_job(turn.session, BIND_JOB, f"{BIND_JOB}:{version.id}", args, turn.now)


def prepare(args: dict[str, Any], files: Files, _library: Library) -> tuple[str, int] | None:
    """Draw and keep the PDF; its key and size. None when none of the photos can be had any more."""
    pictures: list[bytes] = []
    for key in args["photos"]:
        try:
            pictures.append(files.store.get(key))
        except (FileUnavailable, FileDamaged):
            continue
    if not pictures:
        return None
    day = fmt.day_short(date.fromisoformat(args["day"])) if args["day"] else ""
    data = photos.bound(pictures, activity=str(args["activity"]), day=day, place=str(args["place"]))
    return files.store.put(data), len(data)


@outbox.carries_out(BIND_JOB, prepare=prepare)
def bind(job: JobTurn) -> None:
    """Give the version its bytes. A second run finds that it has some."""
    version = job.session.get(EvidenceVersion, int(job.args["version_id"]), with_for_update=True)
    if version is None or version.sha256 is not None:
        return
    if job.prepared is None:
        version.findings = [*version.findings, findings.GONE]
    else:
        key, size = job.prepared
        examining.note_stored(job.session, {key: (size, "application/pdf")}, job.now)
        version.sha256 = key
    job.session.add(version)
