"""What a letter can be filled with: the unit, its LKE, the assessors' LKE, a meeting. Reads only."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlmodel import Session, col, func, select

from flows import fmt
from flows.checklist.service import Current
from flows.errors import Missing
from flows.meetings import merging as meetings
from flows.meetings import service as meeting_service
from flows.models import (
    ASSESSOR_SIDE,
    Agency,
    Assessment,
    Evidence,
    EvidenceUse,
    EvidenceVersion,
    Meeting,
    Membership,
    Person,
)
from flows.papers.letters import Letter
from flows.papers.texts import letters as texts
from flows.people import active
from flows.readiness import said
from flows.readiness import service as readiness
from flows.readiness.service import Standing
from knowledge.figures import GateResult
from knowledge.library import Library

PIMPINAN = "pimpinan"


def collect(
    session: Session, library: Library, where: Current, letter: Letter, now: Any, meeting_id: int = 0
) -> dict[str, Any]:
    """The facts of a letter, by field. Fields that only people know are left out.

    The caller may read the unit, and the assessors' LKE for letters about it. Raises Missing when there is no
    such meeting of the unit, or nothing assessed.
    """
    today = fmt.local(now, where.unit.zone).date()
    facts = {**_unit(session, where, letter, now), **_lke(where)}
    if letter.of_meeting:
        meeting = meeting_of(session, where, meeting_id)
        return {**facts, **_meeting(session, where, letter, meeting, today)}
    facts["tanggal_surat"] = fmt.day_short(today)
    if letter.of_assessors:
        return {**facts, **_assessed(session, library, where)}
    now_standing = readiness.standing_of(session, where)
    return {**facts, **_standing(now_standing), **_evidence(session, where)}


def meeting_of(session: Session, where: Current, meeting_id: int) -> Meeting:
    """A meeting of the unit's LKE. Raises Missing."""
    row = session.get(Meeting, meeting_id)
    if row is None or row.unit_id != where.unit.id or row.state == meeting_service.REMOVED:
        raise Missing(texts.NO_MEETING)
    return row


def signer(session: Session, where: Current, now: Any) -> tuple[str, str]:
    """The head of the unit at this moment and, for a stand-in, "Plt" or "Plh"; empty without one."""
    found = session.exec(
        select(Person.name, Membership.acting)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(
            Membership.unit_id == where.unit.id,
            Membership.role == PIMPINAN,
            active(now),
            col(Person.deleted_at).is_(None),
        )
        # A stand-in signs while there is one.
        .order_by(col(Membership.acting).is_(None), col(Membership.id).desc())
    ).first()
    return (found[0], found[1] or "") if found is not None else ("", "")


def _unit(session: Session, where: Current, letter: Letter, now: Any) -> dict[str, Any]:
    agency = session.get_one(Agency, where.unit.agency_id)
    name, acting = ("", "") if letter.of_assessors else signer(session, where, now)
    return {
        "instansi": agency.name,
        "unit": where.unit.name,
        "sifat": texts.ORDINARY,
        "lampiran": texts.ENCLOSED.get(letter.code, "-"),
        "tempat_tujuan": texts.PLACE,
        "kepada": texts.receiver(letter.code, agency.name, where.unit.name),
        "nama_penandatangan": name,
        "jabatan_penandatangan": texts.standing_in(acting),
    }


def _lke(where: Current) -> dict[str, Any]:
    target, year = where.assessment.target, where.assessment.year
    return {
        "tahun": str(year),
        "sasaran": target,
        "sasaran_panjang": texts.TARGETS.get(target, target),
        "aturan": where.instrument.regulation,
        "jumlah_indikator": str(len(where.instrument.area_order)),
    }


def _standing(now: Standing) -> dict[str, Any]:
    ready = now.ready()
    by_node = {gate.gate.node: gate for gate in ready.gates}
    return {
        "hal": texts.about_lke(now.target, now.where.assessment.year),
        **_score(now),
        "terisi": str(ready.answered),
        "area": [
            {
                "no": str(area.no),
                "nama": area.name,
                "nilai": said.points(now.score.areas[area.id].total),
                "bobot": fmt.short_number(area.weight),
                "persen": said.have(by_node[area.id]),
                "minimal": said.need(by_node[area.id]),
                "keadaan": texts.state(by_node[area.id].met),
            }
            for area in now.instrument.areas
        ],
    }


def _score(now: Standing) -> dict[str, Any]:
    ready = now.ready()
    score = now.score
    return {
        "nilai_total": said.points(score.total),
        "nilai_pengungkit": said.points(score.pengungkit),
        "nilai_hasil": said.points(score.total - score.pengungkit),
        "syarat_terpenuhi": str(ready.met_count),
        "jumlah_syarat": str(len(ready.gates)),
    }


def _evidence(session: Session, where: Current) -> dict[str, Any]:
    """How many files and links serve the LKE, each counted once, in their newest version."""
    newest = (
        select(EvidenceVersion.evidence_id, func.max(EvidenceVersion.no).label("no"))
        .group_by(col(EvidenceVersion.evidence_id))
        .subquery()
    )
    rows = session.exec(
        select(EvidenceVersion.kind, func.count(func.distinct(Evidence.id)))
        .join(Evidence, col(Evidence.id) == col(EvidenceVersion.evidence_id))
        .join(EvidenceUse, col(EvidenceUse.evidence_id) == col(Evidence.id))
        .join(
            newest,
            (newest.c.evidence_id == col(EvidenceVersion.evidence_id))
            & (newest.c.no == col(EvidenceVersion.no)),
        )
        .where(EvidenceUse.assessment_id == where.id, col(Evidence.removed_at).is_(None))
        .group_by(col(EvidenceVersion.kind))
    ).all()
    counts = dict(rows)
    return {"jumlah_berkas": str(counts.get("file", 0)), "jumlah_tautan": str(counts.get("link", 0))}


# the assessors' ------------------------------------------------------------------------------------


def assessed(session: Session, library: Library, where: Current) -> Current | None:
    """The assessors' LKE of the same unit and year; None while there is none."""
    row = session.exec(
        select(Assessment).where(
            Assessment.unit_id == where.unit.id,
            Assessment.year == where.assessment.year,
            Assessment.side == ASSESSOR_SIDE,
        )
    ).first()
    return Current(where.unit, row, library.instrument(row.instrument_id)) if row is not None else None


def _assessed(session: Session, library: Library, where: Current) -> dict[str, Any]:
    theirs = assessed(session, library, where)
    if theirs is None:
        raise Missing(texts.NOTHING_ASSESSED)
    own, tpi = readiness.standing_of(session, where), readiness.standing_of(session, theirs)
    ready = tpi.ready(own.target)
    return {
        "hal": texts.about_result(own.target, where.assessment.year),
        **_score(tpi),
        "syarat_terpenuhi": str(ready.met_count),
        "jumlah_syarat": str(len(ready.gates)),
        "mandiri_total": said.points(own.score.total),
        "dinilai": str(ready.answered),
        "area": list(_side_by_side(own, tpi, {gate.gate.node: gate for gate in ready.gates})),
        "syarat": [
            {
                "no": str(number),
                "nama": said.gate(gate.gate),
                "nilai": said.have(gate),
                "minimal": said.need(gate),
                "keadaan": texts.state(gate.met),
            }
            for number, gate in enumerate(ready.gates, 1)
        ],
    }


def _side_by_side(own: Standing, tpi: Standing, gates: dict[str, GateResult]) -> Iterator[dict[str, str]]:
    for area in tpi.instrument.areas:
        mine, theirs = own.score.areas[area.id].total, tpi.score.areas[area.id].total
        yield {
            "no": str(area.no),
            "nama": area.name,
            "unit": said.points(mine),
            "tpi": said.points(theirs),
            "selisih": texts.signed(said.points(abs(theirs - mine)), theirs - mine),
            "minimal": said.need(gates[area.id]),
            "keadaan": texts.state(gates[area.id].met),
        }


# a meeting -----------------------------------------------------------------------------------------


def _meeting(session: Session, where: Current, letter: Letter, row: Meeting, today: date) -> dict[str, Any]:
    ahead = row.held_on is not None and today <= row.held_on
    lines = [line.strip() for line in row.minutes.splitlines() if line.strip()]
    found = meeting_service.decided(session, row.id or 0)
    return {
        "hal": texts.about_meeting(row.title),
        # A letter that goes out after the meeting would carry a date of the bot's invention.
        "tanggal_surat": fmt.day_short(today) if ahead and letter.code == "undangan" else "",
        "rapat": row.title,
        "hari_tanggal": fmt.day_long(row.held_on) if row.held_on else "",
        "waktu": texts.hours(row.held_time, where.unit.zone),
        "tempat": row.place,
        "jumlah_hadir": texts.attended(row.attendees),
        "pimpinan_rapat": "",
        "agenda": [row.title],
        "isi": lines,
        "tindak_lanjut": [
            dict(
                zip(
                    ("no", "tugas", "pic", "batas", "keadaan"),
                    (str(number), *meetings.matrix_line(task, person)),
                    strict=True,
                )
            )
            for number, (task, person) in enumerate(found, 1)
        ],
    }
