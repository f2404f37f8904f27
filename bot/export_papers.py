"""Brief, package and letters for `pandu-zi export`. The operator has no roles: "terbatas" stays out."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from sqlmodel import col, select

from bot.export import Desk, Unknown
from flows import delivery
from flows.checklist import service as checklist
from flows.checklist.service import Current
from flows.delivery import File
from flows.errors import FlowError
from flows.evidence.service import Sight
from flows.models import Meeting
from flows.papers import brief, brief_kind, letter_facts, letter_kind, package, templates
from flows.papers.letters import LETTERS
from flows.policy import Actor
from flows.ports import Files, FileUnavailable, Links, Store
from flows.workbook import kinds as workbook

PART_BYTES = 45 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Files:
    """The store alone, for builds that read evidence. Implements `flows.ports.Files` without a network."""

    store: Store
    max_bytes: int = PART_BYTES
    max_send_bytes: int = PART_BYTES

    @property
    def links(self) -> Links:
        """Nothing is looked at from here."""
        raise NotImplementedError

    def fetch(self, file_id: str) -> bytes:
        """Nothing is fetched from here."""
        raise FileUnavailable(file_id)


def _where(desk: Desk) -> Current:
    try:
        assessment = checklist.assessment_of(desk.session, desk.unit)
    except FlowError as err:
        raise Unknown(err.for_user) from err
    return Current(desk.unit, assessment, desk.library.instrument(assessment.instrument_id))


def _brief(desk: Desk) -> Iterator[File]:
    yield brief_kind.made(desk.unit.name, brief.collect(desk.session, _where(desk), desk.now))


class _Outsider(Sight):
    """Sees the unit, and nothing of what is restricted."""

    def sees(self, evidence: object, item_ids: Iterable[str]) -> bool:
        """Whether a piece is for everybody who sees the unit."""
        return not getattr(evidence, "restricted", True)


def _package(desk: Desk) -> Iterator[File]:
    where = _where(desk)
    sight = _Outsider(desk.session, Actor(None), desk.unit, where.assessment, where.instrument)
    kind = delivery.kind_of(package.WORKBOOK)
    said = workbook.of_operator(desk.session, desk.library, desk.unit, desk.now).content
    book = (kind, said) if kind is not None else None
    content = package.content_of(desk.session, where, sight, desk.now, book)
    files: Files = _Files(desk.store)
    state: dict[str, object] | None = {}
    while state is not None:
        try:
            made = package.build(content, state, files)
        except FlowError as err:
            raise Unknown(err.for_user) from err
        yield from made.files
        state = made.state


def _letter(code: str, desk: Desk) -> Iterator[File]:
    """The draft; an invitation or notula of the newest meeting."""
    letter, where = LETTERS[code], _where(desk)
    meeting = desk.session.exec(
        select(Meeting.id)
        .where(Meeting.unit_id == desk.unit.id, Meeting.state != "removed")
        .order_by(col(Meeting.held_on).is_(None), col(Meeting.held_on).desc(), col(Meeting.id).desc())
    ).first()
    try:
        facts = letter_facts.collect(desk.session, desk.library, where, letter, desk.now, meeting or 0)
    except FlowError as err:
        raise Unknown(err.for_user) from err
    used = templates.in_use(desk.session, desk.unit.agency_id, code)
    content = letter_kind.Content(letter, desk.unit.name, facts, used)
    yield from letter_kind.build(content, {}, _Files(desk.store)).files


KINDS: dict[str, Callable[[Desk], Iterator[File]]] = {
    "brief": _brief,
    "package": _package,
    **{f"letter-{code}": partial(_letter, code) for code in LETTERS},
}
