"""The job behind a document: reads, builds a round, keeps the bytes, says how far it is, sends the files."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from flows import outbox, routes
from flows.delivery import (
    FAILED,
    GONE,
    JOB,
    MAKING,
    READY,
    REFUSED,
    TOO_BIG,
    Kind,
    kind_of,
    require,
    rights_of,
)
from flows.errors import FlowError
from flows.models import Job, Person, StoredFile
from flows.outbox import JobTurn
from flows.ports import Files
from flows.turn import turn_as
from knowledge.library import Library

# making --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Gathered:
    kind: Kind
    content: Any
    state: Mapping[str, Any]
    rights: list[list[str]]


@dataclass(frozen=True, slots=True)
class _Built:
    parts: list[dict[str, Any]]
    rights: list[list[str]]
    state: dict[str, Any] | None
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class _Refused:
    why: str


def _root(job: JobTurn, *, lock: bool = False) -> Job | None:
    root_id = int(job.args.get("root", job.job_id))
    return job.session.get(Job, root_id, with_for_update=lock or None)


def _gather(job: JobTurn) -> _Gathered | _Refused:
    """What the document says, as the one who asked may see it now."""
    root = _root(job)
    person = job.session.get(Person, int(root.args["person_id"])) if root is not None else None
    if root is None or person is None or person.telegram_id is None or person.deleted_at is not None:
        return _Refused(GONE)
    args = root.args
    turn = turn_as(job.session, person, job.now, job.library, int(args["unit_id"]))
    turn.bot_username = str(args.get("bot", ""))
    try:
        kind = kind_of(str(args["code"]))
        if kind is None:
            return _Refused(GONE)
        unit = turn.unit_by_id(int(args["unit_id"]))
        require(turn, kind, unit)
        content = kind.gather(turn, unit, args["params"])
        return _Gathered(kind, content, job.args.get("state") or {}, rights_of(turn, unit))
    except FlowError as err:
        return _Refused(err.for_user)


def _build(given: _Gathered | _Refused, files: Files, _library: Library) -> _Built | _Refused:
    """Make the bytes of one round and keep them in the store until they are sent."""
    if isinstance(given, _Refused):
        return given
    try:
        made = given.kind.build(given.content, given.state, files)
    except FlowError as err:
        return _Refused(err.for_user)
    if any(len(file.data) > files.max_send_bytes for file in made.files):
        return _Refused(TOO_BIG)
    parts = [
        {
            "sha256": files.store.put(file.data),
            "name": file.name[-120:],
            "mime": file.mime,
            "size": len(file.data),
            "caption": file.caption,
            "rank": file.rank,
        }
        for file in made.files
    ]
    return _Built(parts, given.rights, made.state, made.done, made.total)


def _gave_up(job: JobTurn) -> None:
    root = _root(job, lock=True)
    if root is not None:
        _tell(job, root, {"status": FAILED})


@outbox.carries_out(JOB, prepare=_build, gather=_gather, gave_up=_gave_up)
def _keep(job: JobTurn) -> None:
    """Note what was made; go on with the next round, or send the files."""
    root, built = _root(job, lock=True), job.prepared
    if root is None or root.args.get("status") != MAKING:
        return
    if isinstance(built, _Refused):
        _tell(job, root, {"status": REFUSED, "why": built.why})
        return
    _note_stored(job, built.parts)
    number = int(job.args.get("round", 0))
    if root.args.get("round", -1) >= number:
        return  # this round was noted by another process
    facts = {
        "parts": [*root.args["parts"], *built.parts],
        "rights": built.rights,
        "done": built.done,
        "total": built.total,
        "round": number,
    }
    if built.state is not None:
        following = {"root": root.id, "round": number + 1, "state": built.state, "kind": "round"}
        outbox.add_job(job.session, JOB, f"{root.key}:{number + 1}", following, job.now)
        _tell(job, root, facts)
        return
    facts["parts"] = sorted(facts["parts"], key=lambda part: int(part["rank"]))
    _tell(job, root, {**facts, "status": READY, "made_at": job.now.isoformat()})
    _send(job, root)


def _note_stored(job: JobTurn, parts: list[dict[str, Any]]) -> None:
    insert = sqlite.insert if job.session.get_bind().dialect.name == "sqlite" else postgresql.insert
    for part in parts:
        row = {
            "sha256": part["sha256"],
            "size_bytes": part["size"],
            "mime": part["mime"][:100],
            "stored_at": job.now,
        }
        job.session.execute(insert(StoredFile).values(row).on_conflict_do_nothing(index_elements=["sha256"]))


def _tell(job: JobTurn, root: Job, facts: dict[str, Any]) -> None:
    """Note how far it is, and edit the message that says so."""
    root.args = {**root.args, **facts}
    job.session.add(root)
    stage = f"{root.args['status']}:{root.args.get('round', 0)}"
    message = outbox.Message(
        key=f"dok:{root.id}:{stage}",
        chat_id=root.args["chat_id"],
        person_id=root.args["person_id"],
        action=routes.DOCUMENT(root.id or 0),
        lane=outbox.LANE_REPLY,
        edit_message_id=root.args["message_id"],
    )
    outbox.add(job.session, [message], job.now)


def _send(job: JobTurn, root: Job) -> None:
    messages = [
        outbox.Message(
            key=f"dok:{root.id}:v{number:03}",
            chat_id=root.args["chat_id"],
            person_id=root.args["person_id"],
            action=routes.DOCUMENT_FILE(root.id or 0, number),
            lane=outbox.LANE_REPLY,
        )
        for number in range(len(root.args["parts"]))
    ]
    outbox.add(job.session, messages, job.now)
