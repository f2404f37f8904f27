"""One's own data in the work of a team: duties, evidence, tasks, review, meetings, handovers."""

from collections.abc import Callable
from typing import Any

from sqlmodel import Session, col, or_, select

from flows.evidence import service as evidence
from flows.models import (
    AnswerChange,
    Assessment,
    BulkImport,
    Endorsement,
    EvidenceUse,
    EvidenceWindow,
    Handover,
    Intake,
    ItemWork,
    Meeting,
    MeetingPart,
    Pic,
    SharedEvidence,
    Task,
    TaskChange,
    Unit,
)
from flows.tasks.outside import attachment, said

Row = dict[str, Any]
At = Callable[[Any], str | None]


def collect(session: Session, person_id: int, at: At) -> Row:
    """Everything of the person's work, with Indonesian keys; nothing that others wrote."""
    names = _unit_names(session, person_id)
    return {
        "pic": _duties(session, person_id, at),
        "perubahan_atas_nama_anda": _in_my_name(session, person_id, at),
        "bukti_dukung": _evidence(session, person_id, names, at),
        "bukti_dikaitkan": _uses(session, person_id, at),
        "kiriman": _intakes(session, person_id, names, at),
        "rentang_bukti_diatur": _windows(session, person_id, names, at),
        "reviu": _review(session, person_id, at),
        "tugas": _tasks(session, person_id, names, at),
        "perubahan_tugas": _task_changes(session, person_id, at),
        "rapat": _meetings(session, person_id, names, at),
        "serah_terima": _handovers(session, person_id, names, at),
        "pengesahan": _endorsements(session, person_id, at),
        "impor_unit_dan_orang": _tables(session, person_id, at),
        "bukti_bersama": _shared(session, person_id, at),
    }


def _tables(session: Session, person_id: int, at: At) -> list[Row]:
    """Tables of units and people that they brought in."""
    found = select(BulkImport).where(BulkImport.person_id == person_id).order_by(col(BulkImport.id))
    return [
        {"nomor": i.id, "berkas": i.file_name, "keadaan": i.state, "dikirim": at(i.created_at)}
        for i in session.exec(found).all()
    ]


def _shared(session: Session, person_id: int, at: At) -> list[Row]:
    """Evidence that they shared in the name of their agency."""
    found = select(SharedEvidence).where(SharedEvidence.made_by == person_id).order_by(col(SharedEvidence.id))
    return [
        {"nomor": s.id, "judul": s.title, "keadaan": s.state, "dibuat": at(s.made_at)}
        for s in session.exec(found).all()
    ]


def _unit_names(session: Session, person_id: int) -> dict[int | None, str]:
    """Units in which the person did something, by id."""
    ids: set[int | None] = set()
    for query in (
        select(Intake.unit_id).where(Intake.person_id == person_id),
        select(EvidenceWindow.unit_id).where(EvidenceWindow.set_by == person_id),
        select(Task.unit_id).where(_my_task(person_id)),
        select(Meeting.unit_id).where(Meeting.made_by == person_id),
        select(Handover.unit_id).where(_my_handover(person_id)),
    ):
        ids |= set(session.exec(query.distinct()).all())
    ids |= {piece.unit_id for piece, _ in evidence.made_by(session, person_id)}
    found = session.exec(select(Unit).where(col(Unit.id).in_([i for i in ids if i is not None]))).all()
    return {unit.id: unit.name for unit in found}


def _duties(session: Session, person_id: int, at: At) -> list[Row]:
    query = select(Pic).where(
        or_(col(Pic.person_id) == person_id, col(Pic.deputy_id) == person_id, col(Pic.set_by) == person_id)
    )
    return [
        {
            "lke": row.assessment_id,
            "bagian": row.scope,
            "pic": row.person_id == person_id,
            "wakil": row.deputy_id == person_id,
            "ditetapkan": at(row.set_at) if row.set_by == person_id else None,
        }
        for row in session.exec(query.order_by(col(Pic.id))).all()
    ]


def _in_my_name(session: Session, person_id: int, at: At) -> list[Row]:
    query = select(AnswerChange).where(AnswerChange.behalf_id == person_id).order_by(col(AnswerChange.id))
    return [{"indikator": c.item_id, "jenis": c.kind, "waktu": at(c.at)} for c in session.exec(query).all()]


def _evidence(session: Session, person_id: int, names: dict[int | None, str], at: At) -> list[Row]:
    return [
        {
            "nomor": piece.id,
            "unit": names.get(piece.unit_id),
            "judul": piece.title,
            "periode": piece.period,
            "tanggal_bukti": piece.dated_on,
            "terbatas": piece.restricted,
            "versi": version.no,
            "berkas": version.file_name or None,
            "tautan": version.url or None,
            "sha256": version.sha256,
            "dikirim": at(version.made_at),
            "dihapus": at(piece.removed_at),
        }
        for piece, version in evidence.made_by(session, person_id)
    ]


def _uses(session: Session, person_id: int, at: At) -> list[Row]:
    query = select(EvidenceUse).where(EvidenceUse.made_by == person_id).order_by(col(EvidenceUse.id))
    return [
        {"bukti": use.evidence_id, "indikator": use.item_id, "waktu": at(use.made_at)}
        for use in session.exec(query).all()
    ]


def _intakes(session: Session, person_id: int, names: dict[int | None, str], at: At) -> list[Row]:
    query = select(Intake).where(Intake.person_id == person_id).order_by(col(Intake.id))
    return [
        {
            "nomor": row.id,
            "unit": names.get(row.unit_id),
            "keterangan": row.caption or None,
            "tautan": row.url or None,
            "berkas": [str(part.get("name", "")) for part in row.parts],
            "keadaan": row.state,
            "dikirim": at(row.created_at),
        }
        for row in session.exec(query).all()
    ]


def _windows(session: Session, person_id: int, names: dict[int | None, str], at: At) -> list[Row]:
    query = select(EvidenceWindow).where(EvidenceWindow.set_by == person_id)
    return [
        {
            "unit": names.get(w.unit_id),
            "tahun": w.year,
            "dari": w.first_day,
            "sampai": w.last_day,
            "waktu": at(w.set_at),
        }
        for w in session.exec(query.order_by(col(EvidenceWindow.id))).all()
    ]


def _review(session: Session, person_id: int, at: At) -> list[Row]:
    mine = or_(
        col(ItemWork.sent_by) == person_id,
        col(ItemWork.decided_by) == person_id,
        col(ItemWork.na_by) == person_id,
    )
    return [
        {
            "indikator": work.item_id,
            "tahun": assessment.year,
            "keadaan": work.state,
            "dikirim": at(work.sent_at) if work.sent_by == person_id else None,
            "diputus": at(work.decided_at) if work.decided_by == person_id else None,
            "catatan": work.reason or None if work.decided_by == person_id else None,
            "alasan_tidak_berlaku": work.na_reason or None if work.na_by == person_id else None,
        }
        for work, assessment in session.exec(
            select(ItemWork, Assessment)
            .join(Assessment, col(Assessment.id) == col(ItemWork.assessment_id))
            .where(mine)
            .order_by(col(ItemWork.id))
        ).all()
    ]


def _my_task(person_id: int) -> Any:
    return or_(
        col(Task.person_id) == person_id, col(Task.made_by) == person_id, col(Task.helper_id) == person_id
    )


def _tasks(session: Session, person_id: int, names: dict[int | None, str], at: At) -> list[Row]:
    return [
        {
            "nomor": task.id,
            "unit": names.get(task.unit_id),
            "judul": said(task),
            "lampiran": attachment(task) or None,
            "indikator": task.item_id,
            "pic": task.person_id == person_id,
            "penolong": task.helper_id == person_id,
            "keadaan": task.state,
            "batas": task.due_on,
            "dijanjikan": task.promised_on,
            "kendala": task.reason or None if task.person_id == person_id else None,
            "dibuat": at(task.made_at) if task.made_by == person_id else None,
            "selesai": at(task.done_at),
        }
        for task in session.exec(select(Task).where(_my_task(person_id)).order_by(col(Task.id))).all()
    ]


def _task_changes(session: Session, person_id: int, at: At) -> list[Row]:
    mine = or_(col(TaskChange.person_id) == person_id, col(TaskChange.behalf_id) == person_id)
    return [
        {
            "tugas": c.task_id,
            "jenis": c.kind,
            "waktu": at(c.at),
            "atas_nama_anda": c.behalf_id == person_id,
            "sesudah": c.after if c.person_id == person_id else None,
        }
        for c in session.exec(select(TaskChange).where(mine).order_by(col(TaskChange.id))).all()
    ]


def _meetings(session: Session, person_id: int, names: dict[int | None, str], at: At) -> list[Row]:
    made = [
        {
            "nomor": m.id,
            "unit": names.get(m.unit_id),
            "judul": m.title,
            "tanggal": m.held_on,
            "dibuat": at(m.made_at),
        }
        for m in session.exec(
            select(Meeting).where(Meeting.made_by == person_id).order_by(col(Meeting.id))
        ).all()
    ]
    parts = [
        {"nomor": p.meeting_id, "berkas": p.file_name, "jenis": p.kind, "dikirim": at(p.made_at)}
        for p in session.exec(
            select(MeetingPart).where(MeetingPart.made_by == person_id).order_by(col(MeetingPart.id))
        ).all()
    ]
    return made + parts


def _my_handover(person_id: int) -> Any:
    return or_(
        col(Handover.from_id) == person_id,
        col(Handover.to_id) == person_id,
        col(Handover.made_by) == person_id,
    )


def _handovers(session: Session, person_id: int, names: dict[int | None, str], at: At) -> list[Row]:
    return [
        {
            "nomor": row.id,
            "unit": names.get(row.unit_id),
            "menyerahkan": row.from_id == person_id,
            "menerima": row.to_id == person_id,
            "keadaan": row.state,
            "dibuat": at(row.made_at),
            "berakhir": at(row.ended_at),
        }
        for row in session.exec(
            select(Handover).where(_my_handover(person_id)).order_by(col(Handover.id))
        ).all()
    ]


def _endorsements(session: Session, person_id: int, at: At) -> list[Row]:
    query = select(Endorsement).where(Endorsement.person_id == person_id).order_by(col(Endorsement.id))
    return [
        {
            "lke": row.assessment_id,
            "nilai": row.total,
            "terjawab": row.answered,
            "disetujui": row.approved,
            "waktu": at(row.at),
            "ditarik": at(row.withdrawn_at),
        }
        for row in session.exec(query).all()
    ]
