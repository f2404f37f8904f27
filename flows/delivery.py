"""Files made on request: asked for by a tap, read from a snapshot, built in a job, sent to the one who asked.

A feature registers a `Kind`: `gather` reads what the file says (read-only, as the person who asked, with the
roles of that moment), `build` makes the bytes outside any transaction. A build may go in rounds: each round
returns what it finished and the state from which the next goes on, so that a kill repeats one round at most.
A document is the row of its first job; its id is what the routes carry.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from flows import outbox, policy, routes
from flows.errors import FlowError, Missing, NotAllowed
from flows.models import Assessment, Job, Pic, Unit
from flows.placed import keeps_place
from flows.ports import Files
from flows.routes import Action
from flows.turn import Turn

JOB = "document"
MAKING, READY, REFUSED, FAILED = "making", "ready", "refused", "failed"
KEPT = timedelta(hours=20)
"""The store lets go of unreferenced bytes a day after they were put."""

GONE = "Dokumen ini tidak ada dalam daftar Anda. Silakan buat lagi."
_PRIVATE = "Dokumen unit hanya dibuat di obrolan pribadi dengan bot ini."
_NOT_YOURS = "Dokumen ini tidak tersedia untuk peran Anda di unit ini."
TOO_BIG = "Berkasnya melebihi batas kirim Telegram, jadi tidak dapat dikirim. Beri tahu admin instansi."
CHANGED = "Peran Anda berubah sejak berkas ini dibuat, jadi berkasnya tidak dikirim. Silakan buat lagi."
OLD = "Berkas ini sudah tidak disimpan lagi. Silakan buat lagi; isinya memakai data terbaru."


@dataclass(frozen=True, slots=True)
class File:
    """One file as it is sent. `caption` is Telegram HTML, at most 900 characters.

    At most `Files.max_send_bytes`; what is larger must be split by its kind. Files of a document are sent by
    `rank`, then as they were made.
    """

    name: str
    data: bytes
    mime: str
    caption: str = ""
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Round:
    """What one round of building made. `state` (JSON) continues in another round; None: this was the last."""

    files: tuple[File, ...] = ()
    state: dict[str, Any] | None = None
    done: int = 0
    total: int = 0


def anybody_who_sees(turn: Turn, unit: Unit) -> bool:
    """Everybody who may look at the unit."""
    return policy.can(turn.actor, "view", unit)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of document. `code` stands on buttons (at most 12 characters) and is never reused.

    `gather(turn, unit, params)` returns plain data; it may raise FlowError, whose sentence the person reads.
    `build(content, state, files)`: `state` is {} in the first round.
    """

    code: str
    label: str
    about: str
    gather: Callable[[Turn, Unit, Mapping[str, Any]], Any]
    build: Callable[[Any, Mapping[str, Any], Files], Round]
    may: Callable[[Turn, Unit], bool] = anybody_who_sees
    rank: int = 50


@dataclass(frozen=True, slots=True)
class Offer:
    """A line of the list of documents: a label, what it is, and the screen or document that it leads to."""

    label: str
    about: str
    action: Callable[[Unit], Action]
    may: Callable[[Turn, Unit], bool] = anybody_who_sees
    rank: int = 50


_kinds: dict[str, Kind] = {}
_offers: list[Offer] = []


def register(kind: Kind, *, listed: bool = True) -> Kind:
    """Make a kind known; `listed` puts it into the list of documents."""
    if kind.code in _kinds:
        raise ValueError(f"document kind {kind.code} has two makers")
    _kinds[kind.code] = kind
    if listed:
        offer(
            Offer(
                kind.label,
                kind.about,
                lambda unit: routes.DOCUMENT_MAKE(kind.code, unit.id or 0),
                kind.may,
                kind.rank,
            )
        )
    return kind


def kind_of(code: str) -> Kind | None:
    """The kind with this code; None when no feature makes it (any more)."""
    return _kinds.get(code)


def offer(line: Offer) -> None:
    """Put a line into the list of documents."""
    _offers.append(line)


def offers(turn: Turn, unit: Unit) -> list[Offer]:
    """What this person may have made of this unit, in the order of the list."""
    return sorted((line for line in _offers if line.may(turn, unit)), key=lambda line: line.rank)


# asking --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Document:
    """A document as its screen shows it. `parts` are the files with name, size and caption."""

    id: int
    kind: Kind
    unit_id: int
    status: str
    why: str = ""
    done: int = 0
    total: int = 0
    parts: tuple[dict[str, Any], ...] = field(default=())


def ask(turn: Turn, code: str, unit: Unit, params: Mapping[str, Any] | None = None) -> int:
    """Queue a document; returns its id. One that is being made already is not begun twice.

    Raises Missing for unknown kinds, NotAllowed.
    """
    kind = _kinds.get(code)
    if kind is None:
        raise Missing(GONE, next=routes.DOCUMENTS())
    require(turn, kind, unit)
    person_id, wanted = turn.actor.person_id, dict(params or {})
    prefix = _prefix(person_id)
    for job in turn.session.exec(select(Job).where(Job.kind == JOB, col(Job.key).startswith(prefix))).all():
        args = job.args
        same = (args.get("code"), args.get("unit_id"), args.get("params")) == (code, unit.id, wanted)
        if same and args.get("status") == MAKING and "root" not in args:
            return job.id or 0
    key = f"{prefix}{turn.event.update_id}:{code}"
    args = {
        "code": code,
        "unit_id": unit.id,
        "params": wanted,
        "person_id": person_id,
        "chat_id": turn.event.chat_id,
        "message_id": turn.event.message_id if turn.event.kind == "tap" and not turn.event.below else None,
        "bot": turn.bot_username,
        "status": MAKING,
        "asked_at": turn.now.isoformat(),
        "parts": [],
    }
    outbox.add_job(turn.session, JOB, key, args, turn.now)
    return turn.session.exec(select(Job.id).where(Job.key == key)).one() or 0


def forget(session: Session, person_id: int) -> None:
    """Remove every document that the person asked for; files not yet sent are not sent any more."""
    prefix = _prefix(person_id)
    for job in session.exec(select(Job).where(Job.kind == JOB, col(Job.key).startswith(prefix))).all():
        session.delete(job)
    session.flush()


def _prefix(person_id: int) -> str:
    return f"{JOB}:{person_id}:"


def require(turn: Turn, kind: Kind, unit: Unit) -> None:
    """Raise NotAllowed unless the person may have this kind of document of this unit, here."""
    if not turn.event.private:
        raise NotAllowed(_PRIVATE)
    if not kind.may(turn, unit):
        raise NotAllowed(_NOT_YOURS, next=routes.DOCUMENTS(), unit_id=unit.id)


# looking -------------------------------------------------------------------------------------------


def load(turn: Turn, document_id: int) -> Document:
    """One's own document; it reads as refused once one may not have it. Raises Missing for others'."""
    job = turn.session.get(Job, document_id)
    mine = job is not None and job.kind == JOB and job.args.get("person_id") == turn.actor.person_id
    kind = _kinds.get(str(job.args.get("code"))) if job is not None and mine else None
    if job is None or kind is None or "root" in job.args:
        raise Missing(GONE, next=routes.DOCUMENTS(), document_id=document_id)
    args = job.args
    try:
        unit = turn.unit_by_id(int(args["unit_id"]))
        require(turn, kind, unit)
    except FlowError as err:  # said where the person waits for the file, instead of silence
        return Document(document_id, kind, int(args["unit_id"]), REFUSED, err.for_user)
    status, why = str(args["status"]), str(args.get("why", ""))
    if status == READY and args.get("rights") != rights_of(turn, unit):
        status, why = REFUSED, CHANGED
    elif status == READY and turn.now - datetime.fromisoformat(args["made_at"]) > KEPT:
        status, why = REFUSED, OLD
    return Document(
        id=document_id,
        kind=kind,
        unit_id=unit.id or 0,
        status=status,
        why=why,
        done=int(args.get("done", 0)),
        total=int(args.get("total", 0)),
        parts=tuple(args["parts"]),
    )


def rights_of(turn: Turn, unit: Unit) -> list[list[str]]:
    """What decides how much of a unit the person may see: when it changes, what was made is not sent."""
    held = sorted([m.role, m.area or ""] for m in turn.actor.roles_in(unit))
    me = turn.actor.person_id
    scopes = turn.session.exec(
        select(Pic.scope)
        .join(Assessment, col(Assessment.id) == Pic.assessment_id)
        .where(Assessment.unit_id == unit.id, (col(Pic.person_id) == me) | (col(Pic.deputy_id) == me))
    ).all()
    return [*held, *(["pic", scope] for scope in sorted(set(scopes)))]


@keeps_place(routes.DOCUMENT)
def _keep_place(session: Session, args: tuple[Any, ...], message_id: int) -> None:
    """The message that says how far it is, to be edited as it goes on."""
    job = session.get(Job, int(args[0]), with_for_update=True)
    if job is not None and job.kind == JOB and job.args.get("message_id") != message_id:
        job.args = {**job.args, "message_id": message_id}
        session.add(job)
