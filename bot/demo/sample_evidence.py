"""Sample evidence (contoh): small PDFs that say so on their page, and a link that is still locked."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from flows import fmt
from flows.models import (
    AnswerChange,
    Assessment,
    Evidence,
    EvidenceUse,
    EvidenceVersion,
    Person,
    StoredFile,
    Unit,
)
from flows.ports import Store

COORDINATOR, LEADER, MEMBER = 0, 1, 2
"""Places in the cast."""
LINK = "https://drive.google.com/drive/folders/contoh-terkunci"


@dataclass(frozen=True, slots=True)
class Sample:
    """One piece: what it serves as (item, example), who sent it, how many days ago it was made.

    `period` is counted from the assessment's year: "{before}" is the year before it.
    """

    title: str
    uses: tuple[tuple[str, int], ...]
    by: int
    days: int
    period: str = ""
    restricted: bool = False
    url: str = ""


PIECES = (
    Sample("SK tim kerja ZI (contoh)", (("MP.P.1.a", 0),), MEMBER, 9),
    Sample("Rencana kerja ZI (contoh)", (("MP.P.2.a", 0), ("MP.P.2.b", 0)), MEMBER, 8),
    Sample("Notula monev ZI (contoh)", (("MP.P.3.b", 2), ("MP.P.3.c", 1)), MEMBER, 20),
    Sample("Foto spanduk antigratifikasi (contoh)", (("PW.P.1.a", 0),), LEADER, 12),
    Sample("Unggahan kampanye (contoh)", (("PW.P.1.a", 1),), LEADER, 40, "{before}-TW4", url=LINK),
    Sample("Evaluasi WBS (contoh)", (("PW.P.4.b", 0),), LEADER, 30, "{before}-S2", restricted=True),
    Sample("Laporan SKM TW IV (contoh)", (("PP.P.4.a", 0),), COORDINATOR, 15, "{before}-TW4", True),
    Sample("Laporan capaian lama (contoh)", (("AK.P.1.c", 0),), COORDINATOR, 800),
)


def sample(
    session: Session,
    unit: Unit,
    assessment: Assessment,
    people: Sequence[Person | None],
    now: datetime,
    store: Store | None = None,
) -> None:
    """Write the pieces as if sent over the last weeks. `people` are the cast in order.

    Without a `store` the rows are there and their bytes are not: for tests that never open them.
    """
    today = fmt.local(now, unit.zone).date()
    for number, piece in enumerate(PIECES):
        person = people[piece.by]
        person_id = person.id if person is not None else None
        sent_at = now - timedelta(days=min(piece.days, 6), hours=len(PIECES) - number)
        dated_on = None if piece.period else today - timedelta(days=piece.days)
        evidence = Evidence(
            unit_id=unit.id or 0,
            title=piece.title,
            period=piece.period.format(before=assessment.year - 1),
            dated_on=dated_on,
            restricted=piece.restricted,
            made_by=person_id,
            made_at=sent_at,
        )
        session.add(evidence)
        session.flush()
        _version(session, evidence, piece, unit, store)
        _uses(session, evidence, piece, assessment)


def _version(session: Session, evidence: Evidence, piece: Sample, unit: Unit, store: Store | None) -> None:
    version = EvidenceVersion(
        evidence_id=evidence.id or 0, no=1, made_by=evidence.made_by, made_at=evidence.made_at
    )
    if piece.url:
        version.kind, version.url = "link", piece.url
        version.link_state, version.checked_at = "locked", evidence.made_at
    else:
        data = document(piece.title, unit.name, evidence.dated_on)
        key = store.put(data) if store is not None else hashlib.sha256(data).hexdigest()
        if session.get(StoredFile, key) is None:
            session.add(
                StoredFile(
                    sha256=key, size_bytes=len(data), mime="application/pdf", stored_at=evidence.made_at
                )
            )
            session.flush()
        version.sha256, version.file_name = key, f"{piece.title.replace(' (contoh)', '')} contoh.pdf"
    session.add(version)


def _uses(session: Session, evidence: Evidence, piece: Sample, assessment: Assessment) -> None:
    for item_id, place in piece.uses:
        session.add(
            EvidenceUse(
                evidence_id=evidence.id or 0,
                assessment_id=assessment.id or 0,
                item_id=item_id,
                expected=place,
                made_by=evidence.made_by,
                made_at=evidence.made_at,
            )
        )
        session.add(
            AnswerChange(
                assessment_id=assessment.id or 0,
                item_id=item_id,
                person_id=evidence.made_by,
                at=evidence.made_at,
                kind="evidence",
                after={
                    "evidence": evidence.id,
                    "title": "" if piece.restricted else piece.title,
                    "rev": 1,
                },
            )
        )


def document(title: str, unit_name: str, day: date | None) -> bytes:
    """A PDF of one page that says that it is a sample. The same words make the same bytes."""
    lines = [
        title,
        unit_name,
        fmt.day_short(day) if day is not None else "",
        "CONTOH, bukan dokumen resmi unit",
    ]
    shown = " ".join(f"({_escaped(line)}) Tj 0 -28 Td" for line in lines if line)
    stream = f"BT /F1 16 Tf 60 740 Td {shown} ET".encode("latin-1", "replace")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    made = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, part in enumerate(parts, 1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    for offset in offsets:
        made += b"%010d 00000 n \n" % offset
    made += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, start)
    return bytes(made)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
