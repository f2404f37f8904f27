"""One's own data as a file: collected from every table that knows the person."""

import json
from typing import Any

from sqlmodel import Session, col, select

from flows import fmt
from flows.drills import personal as drills
from flows.learning import service as learning
from flows.media import draws
from flows.models import (
    ASSESSOR_SIDE,
    SERVICE_SIDE,
    UNIT_SIDE,
    Agency,
    Announcement,
    AnnouncementReceipt,
    Answer,
    AnswerChange,
    Assessment,
    AuditEntry,
    Deadline,
    Draft,
    EligibilityAnswer,
    IndicatorMark,
    Invite,
    JoinRequest,
    LkeImport,
    Membership,
    Person,
    Survey,
    Unit,
    UnitDuty,
    UnitRequest,
)
from flows.pact import personal as pact
from flows.personal import export_assess, export_deeds, export_work
from flows.registers import export as registers
from flows.reminders import personal as reminding
from flows.season import personal as season
from flows.walks import personal as walks

Row = dict[str, Any]
_SIDES = {UNIT_SIDE: "LKE", ASSESSOR_SIDE: "nilai TPI", SERVICE_SIDE: "kesiapan pelayanan publik"}


@draws("own-data")
def own_data(collected: Row) -> bytes:
    """The collected data as readable JSON."""
    return json.dumps(collected, ensure_ascii=False, indent=2, default=str).encode()


def collect(session: Session, person: Person, chat_id: int, zone: str) -> Row:
    """Everything kept about the person, with Indonesian keys; moments in the person's zone."""

    def at(moment: Any) -> str | None:
        return fmt.local(moment, zone).isoformat(timespec="seconds") if moment is not None else None

    units = {
        u.id: u.name for u in session.exec(select(Unit).where(col(Unit.id).in_(_unit_ids(session, person))))
    }
    draft = session.get(Draft, (chat_id, person.telegram_id)) if person.telegram_id is not None else None
    return {
        "keterangan": "Data pribadi Anda di Pandu ZI. Bukan dokumen pemerintah.",
        "orang": {
            "nama": person.name,
            "id_telegram": person.telegram_id,
            "zona_waktu": person.zone,
            "tercatat": at(person.created_at),
            "persetujuan": at(person.consent_at),
        },
        "peran": [
            {
                "instansi": agency.name,
                "unit": units.get(held.unit_id),
                "peran": held.role,
                "area": held.area,
                "sementara": held.acting,
                "mulai": held.starts_on,
                "sampai": held.ends_on,
                "sejak": at(held.created_at),
                "berakhir": at(held.revoked_at),
            }
            for held, agency in session.exec(
                select(Membership, Agency)
                .join(Agency, col(Agency.id) == col(Membership.agency_id))
                .where(col(Membership.person_id) == person.id)
                .order_by(col(Membership.id))
            ).all()
        ],
        "permintaan_bergabung": [
            {"unit": units.get(r.unit_id), "keadaan": r.state, "diminta": at(r.created_at)}
            for r in session.exec(select(JoinRequest).where(JoinRequest.person_id == person.id)).all()
        ],
        "permintaan_unit": [
            {"nama_unit": r.unit_name, "keadaan": r.state, "diminta": at(r.created_at)}
            for r in session.exec(select(UnitRequest).where(UnitRequest.person_id == person.id)).all()
        ],
        "jawaban_terakhir": [
            {
                "unit": units.get(assessment.unit_id),
                "tahun": assessment.year,
                "bagian": _SIDES.get(assessment.side, assessment.side),
                "indikator": answer.item_id,
                "jawaban": answer.choice if answer.answered_by == person.id else None,
                "isian": answer.inputs if answer.answered_by == person.id else None,
                "penjelasan": answer.note if answer.note_by == person.id else None,
            }
            for answer, assessment in session.exec(
                select(Answer, Assessment)
                .join(Assessment, col(Assessment.id) == col(Answer.assessment_id))
                .where((col(Answer.answered_by) == person.id) | (col(Answer.note_by) == person.id))
                .order_by(col(Answer.id))
            ).all()
        ],
        "perubahan_jawaban": [
            {
                "indikator": c.item_id,
                "jenis": c.kind,
                "atas_nama_orang_lain": c.behalf_id is not None,
                "waktu": at(c.at),
                "sebelum": c.before,
                "sesudah": c.after,
            }
            for c in session.exec(
                select(AnswerChange).where(AnswerChange.person_id == person.id).order_by(col(AnswerChange.id))
            ).all()
        ],
        "batas_waktu_diatur": [
            {"unit": units.get(d.unit_id), "untuk": d.ref or d.scope, "batas": at(d.due_at)}
            for d in session.exec(select(Deadline).where(Deadline.set_by == person.id)).all()
        ],
        "tugas_rutin_diatur": [
            {"unit": units.get(d.unit_id), "tugas": d.duty, "dinyalakan": d.active, "tanggal": d.day}
            for d in session.exec(select(UnitDuty).where(UnitDuty.set_by == person.id)).all()
        ],
        "pengumuman_ditulis": [
            {"unit": units.get(a.unit_id), "isi": a.text, "dibuat": at(a.created_at)}
            for a in session.exec(select(Announcement).where(Announcement.created_by == person.id)).all()
        ],
        "pengumuman_dijawab": [
            {
                "nomor": r.announcement_id,
                "dibaca": at(r.read_at) if r.read_at else None,
                "tidak_hadir": at(r.absent_at) if r.absent_at else None,
                "alasan": r.reason,
            }
            for r in session.exec(
                select(AnnouncementReceipt)
                .where(AnnouncementReceipt.person_id == person.id)
                .order_by(col(AnnouncementReceipt.announcement_id))
            ).all()
        ],
        "undangan_dibuat": [
            {"unit": units.get(i.unit_id), "peran": i.role, "area": i.area, "dibuat": at(i.created_at)}
            for i in session.exec(select(Invite).where(Invite.created_by == person.id)).all()
        ],
        "survei_dicatat": [
            {
                "nomor": s.id,
                "unit": units.get(s.unit_id),
                "jenis": s.kind,
                "periode": f"{s.year} {s.part}".strip(),
                "dicatat": at(s.added_at) if s.added_by == person.id else None,
                "diubah": at(s.changed_at) if s.changed_by == person.id else None,
            }
            for s in session.exec(
                select(Survey)
                .where((col(Survey.added_by) == person.id) | (col(Survey.changed_by) == person.id))
                .order_by(col(Survey.id))
            ).all()
        ],
        "syarat_dijawab": [
            {
                "nomor": e.id,
                "unit": units.get(e.unit_id),
                "tahun": e.year or None,
                "syarat": e.line_id,
                "jawaban": e.value,
                "waktu": at(e.answered_at),
            }
            for e in session.exec(
                select(EligibilityAnswer)
                .where(EligibilityAnswer.answered_by == person.id)
                .order_by(col(EligibilityAnswer.id))
            ).all()
        ],
        "tanda_kesulitan": [
            {
                "nomor": mark.id,
                "unit": units.get(assessment.unit_id),
                "tahun": assessment.year,
                "indikator": mark.item_id,
                "tanda": mark.mark,
                "waktu": at(mark.marked_at),
            }
            for mark, assessment in session.exec(
                select(IndicatorMark, Assessment)
                .join(Assessment, col(Assessment.id) == col(IndicatorMark.assessment_id))
                .where(IndicatorMark.marked_by == person.id)
                .order_by(col(IndicatorMark.id))
            ).all()
        ],
        "impor_excel": [
            {
                "nomor": i.id,
                "unit": units.get(i.unit_id),
                "berkas": i.file_name,
                "keadaan": i.state,
                "dikirim": at(i.created_at),
                "disimpan": at(i.applied_at),
            }
            for i in session.exec(
                select(LkeImport).where(LkeImport.person_id == person.id).order_by(col(LkeImport.id))
            ).all()
        ],
        "catatan_tindakan": [
            {"waktu": at(e.at), "tindakan": e.act, "tentang": e.subject, "unit": units.get(e.unit_id)}
            for e in session.exec(
                select(AuditEntry).where(AuditEntry.person_id == person.id).order_by(col(AuditEntry.id))
            ).all()
        ],
        **learning.own_data(session, person.id or 0, at),
        **registers.own_data(session, person.id or 0, at),
        **export_work.collect(session, person.id or 0, at),
        **export_assess.collect(session, person.id or 0, at),
        **export_deeds.collect(session, person.id or 0, at),
        **reminding.collect(session, person.id or 0, at),
        **season.collect(session, person.id or 0, at),
        **pact.collect(session, person.id or 0, at),
        **drills.collect(session, person.id or 0, at),
        **walks.collect(session, person.id or 0, at),
        "tulisan_belum_disimpan": draft.text if draft is not None else None,
    }


def _unit_ids(session: Session, person: Person) -> set[int]:
    """Units named in the file: where the person had a role, asked to join, or did something."""
    found: set[int | None] = set()
    for query in (
        select(Membership.unit_id).where(Membership.person_id == person.id),
        select(JoinRequest.unit_id).where(JoinRequest.person_id == person.id),
        select(Invite.unit_id).where(Invite.created_by == person.id),
        select(AuditEntry.unit_id).where(AuditEntry.person_id == person.id),
        select(LkeImport.unit_id).where(LkeImport.person_id == person.id),
    ):
        found |= set(session.exec(query.distinct()).all())
    return {unit_id for unit_id in found if unit_id is not None}
