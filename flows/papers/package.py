"""The assessor's package on request: read as the one who asked, laid out once, built zip by zip in a job.

The first round keeps the layout in the store; each further round builds one zip of it, so that a kill repeats
one zip at most and none is sent twice. The zip with workbook, brief and index is built last, because only
then it is known which files could not be read; it is sent first.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, col, select

from flows import delivery, fmt, policy
from flows.checklist import service as checklist
from flows.checklist.service import Current
from flows.delivery import File, Kind, Round
from flows.errors import BadInput
from flows.evidence import service as evidence
from flows.evidence.periods import span_of
from flows.evidence.service import Sight
from flows.models import Agency, EvidenceUse, EvidenceVersion, StoredFile, Unit
from flows.papers import brief, names, package_index, package_plan, package_zip, typeset
from flows.papers.package_plan import Piece
from flows.papers.texts import brief as brief_texts
from flows.papers.texts import package as texts
from flows.ports import FileDamaged, Files, FileUnavailable
from flows.turn import Turn
from knowledge.instrument import Instrument

CODE, WORKBOOK = "paket", "lke"
"""`WORKBOOK` is the kind of document that goes in first, where a feature makes it."""
MIME = "application/zip"


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that a package says beside the bytes of its evidence. Nothing here reads rows any more."""

    instrument: Instrument
    pieces: tuple[Piece, ...]
    unit: str
    agency: str
    year: int
    target: str
    moment: str
    version: str
    brief: Mapping[str, Any]
    workbook: tuple[Kind, Any] | None = field(default=None)


# reading -------------------------------------------------------------------------------------------


def gather(turn: Turn, unit: Unit, _params: Mapping[str, Any]) -> Content:
    """What the package holds, as the one who asked may see it now. Raises NotAllowed, Missing."""
    policy.require(turn.actor, "package", unit)
    assessment = checklist.assessment_of(turn.session, unit)
    where = Current(unit, assessment, turn.library.instrument(assessment.instrument_id))
    sight = evidence.sight_of(turn, unit, where)
    kind = delivery.kind_of(WORKBOOK)
    book = (kind, kind.gather(turn, unit, {})) if kind is not None and kind.may(turn, unit) else None
    return content_of(turn.session, where, sight, turn.now, book)


def content_of(
    session: Session, where: Current, sight: Sight, now: Any, book: tuple[Kind, Any] | None = None
) -> Content:
    """As `gather`, with a given sight of restricted pieces. Some queries, however much evidence there is."""
    facts = brief.collect(session, where, now)
    agency = session.get_one(Agency, where.unit.agency_id)
    return Content(
        instrument=where.instrument,
        pieces=tuple(_pieces(session, where, sight)),
        unit=where.unit.name,
        agency=agency.name,
        year=where.assessment.year,
        target=where.assessment.target,
        moment=fmt.moment(now, where.unit.zone),
        version=str(facts["version"]),
        brief=facts,
        workbook=book,
    )


def _pieces(session: Session, where: Current, sight: Sight) -> Iterator[Piece]:
    sizes = {
        sha256: (size, mime)
        for sha256, size, mime in session.exec(
            select(StoredFile.sha256, StoredFile.size_bytes, StoredFile.mime)
            .join(EvidenceVersion, col(EvidenceVersion.sha256) == col(StoredFile.sha256))
            .join(EvidenceUse, col(EvidenceUse.evidence_id) == col(EvidenceVersion.evidence_id))
            .where(EvidenceUse.assessment_id == where.id)
            .distinct()
        )
    }
    for piece, items in evidence.of_assessment(session, where.assessment, sight):
        row, newest = piece.evidence, piece.newest
        size, mime = sizes.get(newest.sha256 or "", (0, ""))
        span = span_of(row.period)
        made = fmt.local(newest.made_at, where.unit.zone)
        yield Piece(
            key=piece.id,
            title=f"{row.title} (dari instansi)" if row.shared_id is not None else row.title,
            items=items,
            kind=newest.kind,
            sha256=newest.sha256 or "",
            size=size,
            mime=mime,
            file_name=newest.file_name,
            url=newest.url,
            link_state=newest.link_state,
            dated=fmt.day_short(row.dated_on) if row.dated_on else "",
            period=span.name if span is not None else "",
            restricted=row.restricted,
            seen=piece.seen,
            made=(made.year, made.month, made.day, made.hour, made.minute, made.second),
        )


# building ------------------------------------------------------------------------------------------


def build(content: Content, state: Mapping[str, Any], files: Files) -> Round:
    """One round. Raises BadInput when there is nothing to put in, or the layout is gone."""
    if not state:
        return _first(content, files)
    plan = _kept(str(state["plan"]), files)
    number, bad = int(state["next"]), list(state["bad"])
    whole = len(plan["parts"])
    if number == 1:
        return Round((_front(content, plan, bad, files),), None, whole, whole)
    made, failed = _part(content, plan, number, files)
    following = number + 1 if number < whole else 1
    return Round((made,), {"plan": state["plan"], "next": following, "bad": bad + failed}, number - 1, whole)


def _first(content: Content, files: Files) -> Round:
    if not content.pieces:
        raise BadInput(texts.NOTHING)
    plan = package_plan.plan(content.instrument, content.pieces, files.max_send_bytes)
    whole = len(plan["parts"])
    if whole == 1:
        return Round((_front(content, plan, [], files),), None, 1, 1)
    key = files.store.put(json.dumps(plan, ensure_ascii=False, separators=(",", ":")).encode())
    return Round((), {"plan": key, "next": 2, "bad": []}, 0, whole)


def _kept(key: str, files: Files) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(files.store.get(key))
    except (FileUnavailable, FileDamaged) as err:
        raise BadInput(texts.AGAIN) from err
    return found


def _root(content: Content) -> str:
    return names.part(texts.root(content.unit, content.year), package_plan.ROOT)


def _part(
    content: Content, plan: Mapping[str, Any], number: int, files: Files
) -> tuple[File, list[list[Any]]]:
    """A zip of evidence alone, with a MANIFEST of its own; and which rows could not be put in."""
    target = package_zip.Zip(_root(content))
    bad = package_zip.evidence(target, plan["rows"], plan["parts"][number - 1], files.store)
    count = len(target.hashes)
    data = target.finished(f"MANIFEST-{number}")
    return _file(
        content, number, len(plan["parts"]), data, texts.caption(number, len(plan["parts"]), count, 0, [])
    ), bad


def _front(content: Content, plan: Mapping[str, Any], bad: list[list[Any]], files: Files) -> File:
    """The zip that is read first: what the package is, workbook, brief, index, lists of links."""
    whole, rows = len(plan["parts"]), plan["rows"]
    target = package_zip.Zip(_root(content))
    for name, data in _papers(content, files):
        target.put(name, data)
    bad = bad + package_zip.evidence(target, rows, plan["parts"][0], files.store)
    told = package_zip.with_states(rows, bad)
    about = texts.summary(
        content.unit, content.agency, content.year, content.target, content.moment, content.version
    )
    parts = package_zip.of_parts(plan["parts"], rows)
    target.put(texts.INDEX, package_index.workbook(told, parts, about))
    for path, words in plan["texts"]:
        target.put(path, words.encode())
    args = (content.unit, content.agency, content.year, content.target, content.moment, whole)
    target.put(texts.READ_ME, texts.read_me(*args).encode())
    missing = {int(number) for number, _ in bad}
    further = [
        (str(rows[number]["sha256"]), str(rows[number]["at"]))
        for numbers in plan["parts"][1:]
        for number in numbers
        if number not in missing
    ]
    data = target.finished("MANIFEST", further)
    return _file(content, 1, whole, data, _caption(plan, told, missing, whole))


def _papers(content: Content, files: Files) -> Iterator[tuple[str, bytes]]:
    """The workbook first, where a feature makes it; then the brief."""
    if content.workbook is not None:
        kind, said = content.workbook
        for made in kind.build(said, {}, files).files:
            yield names.part(f"00 {made.name}", 90), made.data
    name = brief_texts.file_name(content.unit)
    yield f"{names.part(f'00 {name}', 90)}.pdf", typeset.pdf("brief", content.brief)


def _caption(plan: Mapping[str, Any], told: list[dict[str, Any]], missing: set[int], whole: int) -> str:
    put = [number for numbers in plan["parts"] for number in numbers if number not in missing]
    links = {row["key"] for row in told if row["state"].startswith(texts.LINK)}
    hidden = {row["key"] for row in told if row["state"] == texts.HIDDEN}
    broken = {
        row["key"]
        for row in told
        if not row["state"].startswith((texts.OK, texts.LINK)) and row["key"] not in hidden
    }
    problems = [texts.hidden(len(hidden))] if hidden else []
    problems += [texts.broken(len(broken))] if broken else []
    return texts.caption(1, whole, len(put), len(links), problems)


def _file(content: Content, number: int, whole: int, data: bytes, caption: str) -> File:
    name = names.part(texts.file_name(content.unit, content.year, number, whole), 110)
    return File(f"{name}.zip", data, MIME, caption, rank=number)


def _may(turn: Turn, unit: Unit) -> bool:
    return policy.can(turn.actor, "package", unit)


KIND = delivery.register(Kind(CODE, texts.LABEL, texts.ABOUT, gather, build, _may, rank=30))
