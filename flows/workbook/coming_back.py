"""A file of our own as it comes back: read in the import's job, found to be whose, kept as plain data."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from flows import policy
from flows.checklist import service as checklist
from flows.checklist import stored
from flows.errors import Missing
from flows.importing.archive import Unreadable
from flows.models import Assessment, LkeImport, Person, Unit
from flows.outbox import JobTurn
from flows.turn import actor_of
from flows.workbook import reading
from flows.workbook.reading import Cells, Returned, Unusable
from flows.workbook.stamp import Held, digest
from knowledge.answers import Answer, Choice, Index
from knowledge.library import Library

FOREIGN, CLOSED = "asing", "tutup"
MAX_TROUBLES = 200


def read(data: bytes, name: str, instrument_id: str, library: Library) -> tuple[Returned | None, str]:
    """What came back, or why not (a code). Both empty: it is none of ours after all."""
    try:
        found = reading.read(data, name, library.instrument(instrument_id))
        if found.stamp is not None and found.stamp.instrument != library.instrument(instrument_id).key:
            found = reading.read(data, name, library.instrument(found.stamp.instrument))
        return found, ""
    except Unusable as err:
        return None, err.code
    except Unreadable as err:
        return None, err.code
    except KeyError:
        return None, FOREIGN


def settle(job: JobTurn, row: LkeImport, returned: Returned) -> str:
    """Turn the import to the unit and year that the file names; "" or why that cannot be."""
    if returned.stamp is None:
        return ""
    assessment = job.session.get(Assessment, returned.stamp.assessment_id)
    unit = job.session.get(Unit, returned.stamp.unit_id)
    person = job.session.get(Person, row.person_id)
    if assessment is None or unit is None or person is None or assessment.unit_id != unit.id:
        return FOREIGN
    if not _same_moment(assessment.created_at, returned.stamp.assessment_made):
        return FOREIGN  # the same number in another installation
    actor = actor_of(job.session, person, job.now)
    if not (policy.can(actor, "answer", unit) or policy.may_assess(actor, unit)):
        return FOREIGN
    if not is_open(job.session, unit, assessment):
        return CLOSED
    row.unit_id, row.assessment_id = unit.id or 0, assessment.id or 0
    return ""


def is_open(session: Session, unit: Unit, assessment: Assessment) -> bool:
    """Whether it is the LKE that the unit works on now."""
    try:
        return unit.archived_at is None and checklist.assessment_of(session, unit).id == assessment.id
    except Missing:
        return False


def _same_moment(one: datetime, other: str) -> bool:
    try:
        return one == datetime.fromisoformat(other)
    except (ValueError, TypeError):
        return False


# as plain data and back ----------------------------------------------------------------------------


def as_cells(returned: Returned) -> dict[str, Any]:
    """What came back as it is kept with the import. Of a workbook only what differs from its going out."""
    held = returned.stamp
    return {
        "at": held.at.isoformat() if held is not None else None,
        "unit": _side(returned.unit, held.unit if held is not None else None),
        "tpi": _side(returned.tpi, held.tpi if held is not None else None),
        "troubles": [[t.where, t.item_id, t.raw, t.why] for t in returned.troubles[:MAX_TROUBLES]],
        "decided": {},
    }


def _side(cells: Cells, held: Mapping[str, Held] | None) -> dict[str, Any]:
    answers = {
        item_id: list(stored.columns(answer))
        for item_id, answer in cells.answers.items()
        if held is None or _code(answer) != held.get(item_id, Held()).code
    }
    notes = {
        item_id: note
        for item_id, note in cells.notes.items()
        if held is None or digest(note) != held.get(item_id, Held()).note
    }
    wanted = {*answers, *notes} if held is not None else set()
    kept = {item_id: [one.code, one.note] for item_id in sorted(wanted) if (one := (held or {}).get(item_id))}
    return {"answers": answers, "notes": notes, "held": kept if held is not None else None}


def _code(answer: Answer | None) -> str:
    """A code that needs no item; where it errs, the comparison later finds an equal answer equal."""
    if isinstance(answer, Choice):
        return answer.key
    if isinstance(answer, Index):
        return f"{answer.value.normalize():f}"
    return ".".join(str(count) for count in answer.inputs.values()) if answer is not None else ""


def cells_of(kept: Mapping[str, Any]) -> tuple[Cells, dict[str, Held] | None]:
    """One side as it was kept."""
    answers = {item_id: stored.known(*columns) for item_id, columns in kept["answers"].items()}
    held = kept["held"]
    before = {item_id: Held(*one) for item_id, one in held.items()} if held is not None else None
    return Cells(answers, dict(kept["notes"])), before
