"""Everything of one unit as plain data: for JSON and for tables. Reads only."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from flows import fmt
from flows.models import Assessment, Deadline, Person, Pic, Task, TpiFinding, TpiRound, Unit
from flows.pic import service as pics
from flows.registers import export as registers
from flows.season import exporting as season
from flows.servicecheck import export as service_check
from flows.tasks.outside import attachment
from flows.tasks.service import OUTSIDE
from flows.workbook.content import Content, Proof, Side
from knowledge.answers import Answer, Blank, Choice, Index, Item, Ratio, judge
from knowledge.figures import Score
from knowledge.instrument import TARGETS
from knowledge.scoring import rounded

FORMAT = "pandu-zi-unit/1"
NATURE = "Penilaian mandiri, bukan dokumen resmi"
GONE = "mantan anggota"
Row = dict[str, Any]
At = Callable[[datetime | None], str | None]


def collect(session: Session, content: Content) -> Row:
    """The unit as it stands, with Indonesian keys; `content` decides what of the evidence may be seen."""
    assessment, unit = (
        session.get_one(Assessment, content.assessment_id),
        session.get_one(Unit, content.unit_id),
    )
    tasks = session.exec(select(Task).where(Task.unit_id == content.unit_id).order_by(col(Task.id))).all()
    deadlines = session.exec(
        select(Deadline).where(Deadline.assessment_id == assessment.id).order_by(col(Deadline.due_at))
    ).all()
    rows = pics.rows_of(session, assessment)
    names = _names(
        session,
        [*(t.person_id for t in tasks), *(p for r in rows.values() for p in (r.person_id, r.deputy_id))],
    )

    def at(moment: datetime | None) -> str | None:
        return fmt.local(moment, content.zone).isoformat(timespec="minutes") if moment is not None else None

    return {
        "format": FORMAT,
        "sifat": NATURE,
        "unit": content.unit_name,
        "tahun": content.year,
        "target": content.target,
        "instrumen": content.instrument.key,
        "diekspor": at(content.at),
        "zona": content.zone,
        "nilai": figures(content.unit.score(content.instrument)),
        "nilai_tpi": figures(content.tpi.score(content.instrument)) if content.tpi_id is not None else None,
        "lke": [_item(content, item, rows, names) for item in content.items],
        "bukti": [_proof(content, proof, at) for proof in content.proofs],
        "tugas": [_task(content, task, names, at) for task in tasks],
        "batas_waktu": [
            {"untuk": d.scope, "rujukan": d.ref or None, "batas": at(d.due_at), "selesai": at(d.done_at)}
            for d in deadlines
        ],
        "catatan_tpi": _findings(session, content, names, at),
        "setelah_pengajuan": season.collect(session, content.unit_id),
        "register": registers.unit_data(session, unit, at),
        "kesiapan_layanan": service_check.unit_data(session, unit, content.year, at),
    }


def _findings(session: Session, content: Content, names: Mapping[int | None, str], at: At) -> list[Row]:
    """What the assessors have asked of the unit, once their round was signed, with its tanggapan."""
    found = session.execute(
        select_columns(TpiFinding, col(TpiRound.no), col(Task.person_id), col(Task.due_on))
        .join(TpiRound, col(TpiRound.id) == col(TpiFinding.round_id))
        .outerjoin(Task, col(Task.id) == col(TpiFinding.task_id))
        .where(
            col(TpiFinding.assessment_id) == content.assessment_id,
            col(TpiFinding.state).not_in(("draft", "dropped")),
        )
        .order_by(col(TpiFinding.id))
    ).all()
    return [
        {
            "indikator": row.item_id,
            "putaran": no,
            "catatan": row.text,
            "keadaan": row.state,
            "pic": names.get(pic),
            "batas": due_on.isoformat() if due_on is not None else None,
            "tanggapan": row.answer or None,
            "ditanggapi": at(row.answered_at),
            "diminta_lagi": row.remark or None,
        }
        for row, no, pic, due_on in found
    ]


def _names(session: Session, ids: Iterable[int | None]) -> dict[int | None, str]:
    wanted = {each for each in ids if each is not None}
    found = session.exec(select(Person).where(col(Person.id).in_(wanted))).all() if wanted else ()
    return {person.id: GONE if person.deleted_at is not None else person.name for person in found}


def figures(score: Score) -> Row:
    """A score with two decimals, as text, so that no reader rounds it anew."""
    return {
        "total": f"{rounded(score.total)}",
        "pengungkit": f"{rounded(score.pengungkit)}",
        "hasil": f"{rounded(score.hasil_total)}",
        "area": {
            area_id: {
                "pemenuhan": f"{rounded(points.pemenuhan)}",
                "reform": f"{rounded(points.reform)}",
                "total": f"{rounded(points.total)}",
                "persen": f"{rounded(points.ratio * 100)}",
            }
            for area_id, points in score.areas.items()
        },
        "bagian_hasil": {node: f"{rounded(points)}" for node, points in score.hasil.items()},
        "syarat": {
            target: [
                {
                    "syarat": each.gate.name,
                    "nilai": f"{rounded(each.have)}",
                    "minimal": f"{rounded(each.need)}",
                    "memenuhi": each.met,
                }
                for each in score.gates(target)
            ]
            for target in TARGETS
        },
        "terjawab": score.answered,
    }


def answer_data(answer: Answer | None) -> Row | None:
    """An answer as data: {"pilihan": "B"}, {"masukan": {...}} or {"indeks": "3.62"}."""
    if isinstance(answer, Choice):
        return {"pilihan": answer.key}
    if isinstance(answer, Ratio):
        return {"masukan": dict(answer.inputs)}
    if isinstance(answer, Index):
        return {"indeks": f"{answer.value:f}"}
    return None


def answer_text(answer: Answer | None) -> str:
    """An answer in one cell: "B", "agen=5, perubahan=7", "3,62"; "" for none."""
    if isinstance(answer, Choice):
        return answer.key
    if isinstance(answer, Ratio):
        return ", ".join(f"{key}={count}" for key, count in answer.inputs.items())
    if isinstance(answer, Index):
        return f"{answer.value:f}".replace(".", ",")
    return ""


def _item(content: Content, item: Item, rows: Mapping[str, Pic], names: Mapping[int | None, str]) -> Row:
    held = pics.in_charge(rows, item)
    worth = judge(item, content.unit.answers.get(item.id)).value
    return {
        "id": item.id,
        "nomor": item.number,
        "judul": item.title,
        "jawaban": answer_data(content.unit.answers.get(item.id)),
        "nilai": None if isinstance(worth, Blank) else f"{rounded(worth)}",
        "dari_survei": content.fed.get(item.id),
        "dari_tahun_lalu": item.id in content.unit.carried,
        "penjelasan": content.unit.notes.get(item.id, ""),
        "reviu": content.review.get(item.id) or None,
        "pic": names.get(held.row.person_id) if held is not None else None,
        "wakil": names.get(held.row.deputy_id) if held is not None else None,
        "bukti": [proof.id for proof in content.proofs_of(item.id)],
        "tpi": _theirs(content.tpi, item) if content.tpi_id is not None else None,
    }


def _theirs(side: Side, item: Item) -> Row:
    return {"jawaban": answer_data(side.answers.get(item.id)), "catatan": side.notes.get(item.id, "")}


def _proof(content: Content, proof: Proof, at: Any) -> Row:
    """The facts of a piece; of a restricted one that the reader may not see, only that it exists."""
    if not proof.seen:
        return {"nomor": proof.id, "terbatas": True, "indikator": list(proof.item_ids)}
    return {
        "nomor": proof.id,
        "judul": proof.title,
        "jenis": "tautan" if proof.kind == "link" else "berkas",
        "tautan": proof.url or None,
        "berkas": proof.file_name or None,
        "versi": proof.version,
        "keadaan_tautan": proof.link_state or None,
        "periode": proof.period or None,
        "tanggal_bukti": proof.dated_on.isoformat() if proof.dated_on is not None else None,
        "terbatas": proof.restricted,
        "indikator": list(proof.item_ids),
        "sha256": proof.sha256 or None,
        "dikirim": at(proof.made_at),
    }


def _task(content: Content, task: Task, names: Mapping[int | None, str], at: Any) -> Row:
    return {
        "nomor": task.id,
        "tugas": task.title,
        "indikator": task.item_id if task.assessment_id == content.assessment_id else None,
        "pic": names.get(task.person_id),
        "batas": _day(task.due_on),
        "dijanjikan": _day(task.promised_on),
        "keadaan": task.state,
        "kendala": task.reason or None,
        "selesai": at(task.done_at),
        "di_luar_lke": task.source == OUTSIDE,
        "lampiran": attachment(task) or None,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
