"""What somebody sends as evidence: received, examined in a job, kept until its sender says where it belongs.

Nothing counts as evidence before `flows.evidence.saving` has saved it. The parts of an album are one intake.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update as update_rows
from sqlmodel import Session, col, select

from flows import outbox, policy, routes
from flows.checklist import service as checklist
from flows.errors import BadInput, Missing, NotAllowed, Outdated
from flows.events import IncomingFile
from flows.evidence import findings, links
from flows.evidence.findings import Finding
from flows.models import Assessment, Intake, Job, Outbox, Unit
from flows.placed import keeps_place
from flows.screen import Goto, Quiet
from flows.tables import metadata
from flows.turn import Turn
from knowledge.answers import Item
from knowledge.instrument import Instrument

EXAMINE_JOB, LOOK_JOB = "evidence.intake", "evidence.link"
RECEIVING, EXAMINING, READY = "receiving", "examining", "ready"
SAVED, FAILED, CANCELLED = "saved", "failed", "cancelled"
UNDECIDED = (RECEIVING, EXAMINING, READY)
ALBUM_SECONDS = 1.5
"""So long after its last part an album counts as complete."""
MAX_PARTS = 20
LONG = timedelta(minutes=10)
"""An examination that is not over by then has gone wrong: its sender may ask for it again."""
KEPT_DAYS = 14
"""What nobody has decided about is let go after so many days."""

PRIVATE = "Bukti dukung dikirim di obrolan pribadi dengan bot ini."
NO_FILE = "Belum ada berkas yang terbaca. Kirim foto, PDF, dokumen Office, atau tautan."
NO_LINK = (
    "Alamat itu belum terbaca sebagai tautan. Salin tautannya utuh, diawali https://, misalnya dari tombol "
    "Bagikan di Google Drive."
)
TOO_MANY = f"Satu kiriman memuat paling banyak {MAX_PARTS} berkas. Kirim sisanya sebagai kiriman baru."
NOT_YOURS = "Kiriman ini tidak ada dalam daftar Anda."
OVER = "Kiriman ini sudah selesai, jadi tidak ada yang diubah. Ini keadaan terbaru."
BUSY = "Berkasnya masih diperiksa. Sebentar lagi layar ini berganti sendiri."
LEFT = (
    "Anda tidak lagi termasuk tim unit itu, jadi kiriman ini tidak disimpan. Berkasnya masih ada di obrolan "
    "ini."
)
TAKEN = (
    "Indikator itu tidak lagi termasuk tugas Anda, jadi buktinya belum dipasang di sana. Berkasnya tetap "
    "saya pegang: pilih indikator lain, atau minta PIC yang baru mengirimnya."
)


@dataclass(frozen=True, slots=True)
class View:
    """An intake with all that its screens need. `item` is where it was sent to, if anywhere.

    `member`: the sender still belongs to the unit. `may_save`: and may still answer the item.
    """

    row: Intake
    unit: Unit
    assessment: Assessment
    instrument: Instrument
    item: Item | None
    member: bool
    may_save: bool

    @property
    def id(self) -> int:
        """Id of the intake."""
        assert self.row.id is not None
        return self.row.id

    @property
    def usable(self) -> list[dict[str, Any]]:
        """The parts that can be kept, in the order of sending."""
        return usable(self.row)

    @property
    def findings(self) -> list[Finding]:
        """Everything found about the parts and the whole, in order."""
        return all_findings(self.row)


def usable(row: Intake) -> list[dict[str, Any]]:
    """The examined parts that can be kept."""
    return [part for part in row.parts if part.get("sha256")]


def all_findings(row: Intake) -> list[Finding]:
    """What was found about the parts, then about the whole."""
    found = [f for part in row.parts for f in findings.from_json(part.get("findings", ()))]
    return [*found, *findings.from_json(row.proposal.get("findings", ()))]


# receiving -----------------------------------------------------------------------------------------


def take(turn: Turn, item_id: str | None = None, evidence_id: int | None = None) -> Goto | Quiet:
    """Receive the sent file and answer it: its screen, or nothing for the further parts of an album."""
    row = receive(turn, item_id, evidence_id)
    return Quiet() if len(row.parts) > 1 else Goto(routes.INTAKE(row.id or 0))


def receive(turn: Turn, item_id: str | None = None, evidence_id: int | None = None) -> Intake:
    """Note the file that was sent and queue its examination; a further part joins its album.

    `evidence_id`: it is meant as that evidence's new version. Raises NotAllowed, BadInput, Missing.
    """
    file = turn.event.file
    if file is None:
        raise BadInput(NO_FILE)
    _require(turn, turn.unit, item_id)
    joined = _album(turn, file) if file.album_id else None
    if joined is not None:
        return _join(turn, joined, file)
    row = _new(turn, item_id, evidence_id, turn.event.text)
    row.album_id = file.album_id[:40]
    row.state = RECEIVING if file.album_id else EXAMINING
    row.parts, row.proposal = [part_of(file)], {"round": 1}
    turn.session.add(row)
    turn.session.flush()
    _queue(turn, row)
    return row


def receive_link(turn: Turn, text: str, item_id: str | None = None, evidence_id: int | None = None) -> Intake:
    """Note the link in a typed text and queue a look at it. Raises NotAllowed, BadInput, Missing."""
    url = links.cleaned(text)
    if url is None:
        raise BadInput(NO_LINK)
    _require(turn, turn.unit, item_id)
    caption = " ".join(word for word in text.split() if links.cleaned(word) is None)
    row = _new(turn, item_id, evidence_id, caption)
    row.url, row.state, row.proposal = url, EXAMINING, {"round": 1}
    turn.session.add(row)
    turn.session.flush()
    _queue(turn, row)
    return row


def continues_album(turn: Turn) -> bool:
    """Whether the sent file is a further part of an album that is being taken in."""
    file = turn.event.file
    return file is not None and bool(file.album_id) and turn.event.private and _album(turn, file) is not None


def _require(turn: Turn, unit: Unit, item_id: str | None) -> None:
    if not turn.event.private:
        raise NotAllowed(PRIVATE)
    if item_id is None:
        policy.require(turn.actor, "answer", unit)
        return
    where = checklist.current(turn)
    item = checklist.item_of(where.instrument, item_id)
    policy.require(turn.actor, "answer", unit, checklist.area_id_of(item))


def _new(turn: Turn, item_id: str | None, evidence_id: int | None, caption: str) -> Intake:
    unit = turn.unit
    return Intake(
        unit_id=unit.id or 0,
        assessment_id=checklist.assessment_of(turn.session, unit).id or 0,
        person_id=turn.actor.person_id,
        chat_id=turn.event.chat_id,
        item_id=item_id,
        evidence_id=evidence_id,
        caption=caption.strip()[:1024],
        created_at=turn.now,
    )


def part_of(file: IncomingFile) -> dict[str, Any]:
    """A sent file as it is noted before its examination."""
    return {
        "file_id": file.file_id,
        "unique_id": file.unique_id,
        "name": file.name[-200:],
        "mime": file.mime[:100],
        "size": file.size_bytes,
        "photo": file.name == "foto.jpg" and file.mime == "image/jpeg",
    }


def _album(turn: Turn, file: IncomingFile) -> int | None:
    """The undecided intake of the album that this file is a part of."""
    return turn.session.exec(
        select(Intake.id)
        .where(
            Intake.chat_id == turn.event.chat_id,
            Intake.album_id == file.album_id[:40],
            Intake.person_id == turn.actor.person_id,
            col(Intake.state).in_((*UNDECIDED, FAILED)),
        )
        .order_by(col(Intake.id).desc())
        .limit(1)
    ).first()


def _join(turn: Turn, intake_id: int, file: IncomingFile) -> Intake:
    """Add a part. The waiting job takes it along; when that has begun, another one starts over."""
    session = turn.session
    # The job first, then the intake: in the order in which the worker locks them.
    waiting = session.exec(
        select(Job)
        .where(
            Job.kind == EXAMINE_JOB,
            col(Job.key).like(f"{EXAMINE_JOB}:{intake_id}:%"),
            Job.state == "waiting",
        )
        .order_by(col(Job.id).desc())
        .limit(1)
        .with_for_update()
    ).first()
    row = session.get_one(Intake, intake_id, with_for_update=True, populate_existing=True)
    if len(row.parts) >= MAX_PARTS:
        raise BadInput(TOO_MANY, next=routes.INTAKE(intake_id))
    row.parts = [*row.parts, part_of(file)]
    row.caption = row.caption or turn.event.text.strip()[:1024]
    row.state, row.problem = RECEIVING, ""
    if waiting is not None and waiting.key == _key(row):
        waiting.args = _args(turn, row)
        waiting.due_at = outbox.pace_clock(session) + ALBUM_SECONDS
    else:
        row.proposal = {**row.proposal, "round": int(row.proposal.get("round", 1)) + 1}
        _queue(turn, row)
    session.add(row)
    session.flush()
    return row


def _key(row: Intake) -> str:
    return f"{EXAMINE_JOB}:{row.id}:{row.proposal.get('round', 1)}"


def _args(turn: Turn, row: Intake) -> dict[str, Any]:
    return {
        "intake_id": row.id,
        "round": row.proposal.get("round", 1),
        "parts": row.parts,
        "today": turn.today.isoformat(),
    }


def _queue(turn: Turn, row: Intake) -> None:
    if row.url:
        number = row.proposal.get("round", 1)
        args = {"intake_id": row.id, "round": number, "url": row.url, "today": turn.today.isoformat()}
        outbox.add_job(turn.session, LOOK_JOB, f"{LOOK_JOB}:{row.id}:{number}", args, turn.now)
        return
    wait = ALBUM_SECONDS if row.album_id else 0.0
    outbox.add_job(turn.session, EXAMINE_JOB, _key(row), _args(turn, row), turn.now, wait_seconds=wait)


@keeps_place(routes.INTAKE)
def keep_place(session: Session, args: tuple[Any, ...], message_id: int) -> None:
    """Note where the intake's screen stands, so that the job can edit it; its revision stays."""
    table = metadata.tables[Intake.__tablename__]
    session.execute(
        update_rows(table)
        .where(table.c.id == args[0], table.c.state.in_(UNDECIDED))
        .values(status_message_id=message_id)
    )
    waiting = session.exec(
        select(Outbox).where(
            col(Outbox.key).like(f"intake:{int(args[0])}:%"),
            Outbox.state == "waiting",
            col(Outbox.message_id).is_(None),
        )
    ).all()
    for message in waiting:  # the job was quicker than the answer
        message.message_id, message.due_at = message_id, 0.0


# looking -------------------------------------------------------------------------------------------


def view(turn: Turn, intake_id: int, *, lock: bool = False) -> View:
    """One's own intake in whatever state. Raises Missing for others' and unknown ones."""
    row = turn.session.get(Intake, intake_id, with_for_update=lock or None, populate_existing=lock)
    if row is None or not turn.event.private or row.person_id != turn.actor.person_id:
        raise Missing(NOT_YOURS, intake_id=intake_id)
    unit = turn.session.get_one(Unit, row.unit_id)
    assessment = turn.session.get_one(Assessment, row.assessment_id)
    instrument = turn.library.instrument(assessment.instrument_id)
    item = checklist.item_of(instrument, row.item_id) if row.item_id else None
    area = checklist.area_id_of(item) if item is not None else None
    return View(
        row=row,
        unit=unit,
        assessment=assessment,
        instrument=instrument,
        item=item,
        member=bool(turn.actor.roles_in(unit)),
        may_save=policy.can(turn.actor, "answer", unit, area),
    )


def ready(turn: Turn, intake_id: int, revision: int | None = None) -> View:
    """One's own intake, locked, that waits for a word.

    Raises Outdated when it does not (any more) or when it changed since `revision`; NotAllowed for people
    who left the unit.
    """
    found = view(turn, intake_id, lock=True)
    here = routes.INTAKE(intake_id)
    if found.row.state in (RECEIVING, EXAMINING):
        raise Outdated(BUSY, next=here, intake_id=intake_id)
    if found.row.state != READY:
        raise Outdated(OVER, next=here, intake_id=intake_id)
    if not found.member:
        raise NotAllowed(LEFT, intake_id=intake_id)
    if found.assessment.closed_at is not None:
        raise Outdated(
            "LKE tahun itu sudah ditutup, jadi buktinya belum disimpan. Kirim lagi untuk LKE yang terbuka.",
            next=routes.LKE(),
            intake_id=intake_id,
        )
    if revision is not None and revision != found.row.revision:
        raise Outdated("Tombol ini dari layar lama. Ini keadaan terbaru.", next=here, intake_id=intake_id)
    return found


def undecided(turn: Turn, limit: int, offset: int = 0) -> tuple[list[Intake], int]:
    """One's own intakes that wait for a word, newest first: a page of them, and how many there are."""
    rows = turn.session.exec(
        select(Intake)
        .where(Intake.person_id == turn.actor.person_id, Intake.state == READY)
        .order_by(col(Intake.id).desc())
    ).all()
    return list(rows[offset : offset + limit]), len(rows)


# deciding ------------------------------------------------------------------------------------------


def cancel(turn: Turn, intake_id: int) -> None:
    """Let an undecided intake go. What is over already stays as it is."""
    found = view(turn, intake_id, lock=True)
    if found.row.state in (*UNDECIDED, FAILED):
        end(turn, found.row, CANCELLED)


def again(turn: Turn, intake_id: int) -> None:
    """Examine once more what could not be fetched or takes too long. Raises Outdated for anything else."""
    found = view(turn, intake_id, lock=True)
    row = found.row
    if not is_long(row, turn.now) and (row.state != FAILED or row.problem != findings.GONE):
        raise Outdated(OVER, next=routes.INTAKE(intake_id), intake_id=intake_id)
    row.state, row.problem = EXAMINING, ""
    row.proposal = {**row.proposal, "round": int(row.proposal.get("round", 1)) + 1}
    turn.session.add(row)
    turn.session.flush()
    _queue(turn, row)


def is_long(row: Intake, now: datetime) -> bool:
    """Whether its examination should have been over long ago."""
    return row.state in (RECEIVING, EXAMINING) and row.created_at < now - LONG


def end(turn: Turn, row: Intake, state: str) -> None:
    """Close an intake: what it needs no more (how to fetch its files) is forgotten."""
    row.state, row.ended_at = state, turn.now
    row.parts = [{k: v for k, v in part.items() if k not in {"file_id", "unique_id"}} for part in row.parts]
    turn.session.add(row)


def let_go_of_stale(session: Session, now: Any) -> None:
    """Close what nobody has decided about for `KEPT_DAYS`; called at every beat."""
    table = metadata.tables[Intake.__tablename__]
    session.execute(
        update_rows(table)
        .where(table.c.state.in_((*UNDECIDED, FAILED)), table.c.created_at < now - timedelta(days=KEPT_DAYS))
        .values(state=CANCELLED, ended_at=now, parts=[], revision=table.c.revision + 1)
    )
