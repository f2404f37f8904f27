"""The agency's own templates of letters: received, looked at in a job, tried out, taken into use."""

from dataclasses import asdict, dataclass
from typing import Any

from sqlmodel import Session, col, select

from flows import audit, outbox, policy, routes
from flows.errors import BadInput, Missing, Outdated
from flows.evidence import examining, naming
from flows.models import Agency, LetterTemplate, Person
from flows.outbox import JobTurn
from flows.papers import filling
from flows.papers.letters import LETTERS, Letter
from flows.papers.texts import templates as texts
from flows.ports import Files, FileUnavailable
from flows.turn import Turn
from knowledge.library import Library

JOB = "letter.template"
READING, REFUSED, READY, ACTIVE, OLD = "reading", "refused", "ready", "active", "old"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
GONE = "hilang"


@dataclass(frozen=True, slots=True)
class Used:
    """Which template a letter is made with: its key in the store ("" for the program's own) and fields."""

    sha256: str = ""
    file_name: str = ""
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Tried:
    """What the job found: problems, or the keys of the template and of the letter that it made."""

    looked: filling.Looked
    sha256: str = ""
    size: int = 0
    trial: str = ""
    trial_size: int = 0


def letter_named(code: str) -> Letter:
    """The letter with this code. Raises Missing."""
    letter = LETTERS.get(code)
    if letter is None:
        raise Missing(texts.NO_LETTER, next=routes.LETTERS())
    return letter


def in_use(session: Session, agency_id: int, code: str) -> Used:
    """What letters of this kind are made with in the agency. One query."""
    row = active(session, agency_id, code)
    if row is None or not row.sha256:
        return Used(names=filling.used_by_default(code))
    return Used(row.sha256, row.file_name, frozenset((*row.fields, *row.rows)))


def active(session: Session, agency_id: int, code: str, *, lock: bool = False) -> LetterTemplate | None:
    """The agency's own template in use; None while it is the program's."""
    query = select(LetterTemplate).where(
        LetterTemplate.agency_id == agency_id,
        LetterTemplate.code == code,
        LetterTemplate.state == ACTIVE,
    )
    return session.exec(query.with_for_update() if lock else query).first()


def of_agency(turn: Turn, agency_id: int) -> Agency:
    """An agency whose templates the actor may change. Raises NotAllowed, Missing."""
    policy.require_admin(turn.actor, agency_id)
    agency = turn.session.get(Agency, agency_id)
    if agency is None:
        raise Missing(texts.NO_LETTER)
    return agency


def own(turn: Turn, template_id: int) -> LetterTemplate:
    """A template of an agency that the actor administers. Raises Missing, NotAllowed."""
    row = turn.session.get(LetterTemplate, template_id)
    if row is None or row.agency_id not in policy.admin_agencies(turn.actor):
        raise Missing(texts.GONE, template_id=template_id)
    return row


# receiving -----------------------------------------------------------------------------------------


def receive(turn: Turn, agency_id: int, code: str) -> LetterTemplate:
    """Note the file that was sent and queue the looking. Raises NotAllowed, Missing, BadInput."""
    of_agency(turn, agency_id)
    letter, file, again = letter_named(code), turn.event.file, routes.TEMPLATE(agency_id, code)
    if file is None or naming.ending_of(file.name) != "docx":
        raise BadInput(texts.NOT_DOCX, next=again)
    if file.size_bytes > filling.MAX_BYTES:
        raise BadInput(texts.TOO_BIG, next=again)
    row = LetterTemplate(
        agency_id=agency_id,
        code=letter.code,
        file_name=naming.cleaned(file.name),
        made_by=turn.actor.person_id,
        made_at=turn.now,
    )
    turn.session.add(row)
    turn.session.flush()
    args = {"template_id": row.id, "code": letter.code, "file_id": file.file_id}
    outbox.add_job(turn.session, JOB, f"{JOB}:{row.id}", args, turn.now)
    audit.record(turn, "templat.kirim", f"template:{row.id}", agency_id=agency_id)
    return row


def prepare(args: dict[str, Any], files: Files, _library: Library) -> Tried:
    """Download, look, and make a letter of invented facts. Never raises for what is in the file."""
    letter = LETTERS[str(args["code"])]
    try:
        data = files.fetch(str(args["file_id"]))
    except FileUnavailable:
        return Tried(filling.Looked(problems=(filling.Problem(GONE),)))
    looked = filling.look(letter, data)
    if looked.problems:
        return Tried(looked)
    try:
        made = filling.fill(letter, data, filling.trial(letter)).data
    except filling.Unusable:
        return Tried(filling.Looked(problems=(filling.Problem(filling.BROKEN),)))
    return Tried(looked, files.store.put(data), len(data), files.store.put(made), len(made))


@outbox.carries_out(JOB, prepare=prepare)
def keep(job: JobTurn) -> None:
    """Keep what was found and tell the sender. A second run finds the template no longer being read."""
    row = job.session.get(LetterTemplate, int(job.args["template_id"]), with_for_update=True)
    found: Tried = job.prepared
    if row is None or row.state != READING:
        return
    if found.sha256:
        stored = {found.sha256: (found.size, DOCX), found.trial: (found.trial_size, DOCX)}
        examining.note_stored(job.session, stored, job.now)
        row.sha256, row.trial_sha256 = found.sha256, found.trial
        row.fields, row.rows = sorted(found.looked.fields), sorted(found.looked.rows)
    row.state = READY if found.sha256 else REFUSED
    row.problems = [asdict(problem) for problem in found.looked.problems]
    job.session.add(row)
    person = job.session.get(Person, row.made_by) if row.made_by else None
    if person is None or person.telegram_id is None:
        return
    message = outbox.Message(
        key=f"templat:{row.id}",
        chat_id=person.telegram_id,
        person_id=person.id,
        action=routes.TEMPLATE_TOLD(row.id or 0),
        lane=outbox.LANE_REPLY,
    )
    outbox.add(job.session, [message], job.now)


# taking into use -----------------------------------------------------------------------------------


def use(turn: Turn, template_id: int, seen: int) -> LetterTemplate:
    """From now on letters of this kind are made with it. Raises Missing, Outdated."""
    row = own(turn, template_id)
    if row.revision != seen or row.state != READY:
        raise Outdated(texts.CHANGED, next=routes.TEMPLATE(row.agency_id, row.code))
    _retire(turn, row.agency_id, row.code)
    row.state, row.decided_at = ACTIVE, turn.now
    turn.session.add(row)
    turn.session.flush()
    audit.record(turn, "templat.pakai", f"template:{row.id}", agency_id=row.agency_id)
    return row


def reset(turn: Turn, agency_id: int, code: str) -> None:
    """The program's own template again. Raises NotAllowed, Missing."""
    of_agency(turn, agency_id)
    letter_named(code)
    _retire(turn, agency_id, code)
    audit.record(turn, "templat.bawaan", code, agency_id=agency_id)


def _retire(turn: Turn, agency_id: int, code: str) -> None:
    # Two admins at once: the agency's row orders them, so that one template stays in use.
    turn.session.exec(select(Agency).where(col(Agency.id) == agency_id).with_for_update()).one()
    before = active(turn.session, agency_id, code, lock=True)
    if before is not None:
        before.state = OLD
        turn.session.add(before)
        turn.session.flush()
