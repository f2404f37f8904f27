"""Sample rows (contoh): a team of assessors, round 1 signed with two findings, round 2 under way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, select

from flows import fmt
from flows.assess import signed
from flows.checklist import stored
from flows.checklist.service import Current
from flows.models import (
    ASSESSOR_SIDE,
    Answer,
    Assessment,
    Membership,
    Person,
    Survey,
    Task,
    TaskChange,
    TpiAssignment,
    TpiFinding,
    TpiNote,
    TpiRound,
    Unit,
)
from flows.readiness import service as readiness
from knowledge.figures import rounded
from knowledge.instrument import Instrument

MEMBER, LEAD, CONTROL = "anggota", "ketua", "pengendali"
STRICTER = ("PW.P.1.a", "PW.P.4.b", "MP.P.2.b", "TL.P.1.a", "PP.P.4.a", "AK.P.1.c")
"""Where the sample's assessors are stricter than the unit, if one may be there."""
REASONS = (
    "Kegiatan ada, tetapi pelaksanaannya belum rutin sepanjang rentang bukti.",
    "Bukti dukung belum cukup untuk pilihan yang dijawab unit.",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: of which item, what is asked, and the unit's tanggapan where there is one."""

    item: str
    text: str
    answer: str = ""


FINDINGS = (
    Finding("PW.P.1.a", "Mohon sampaikan dokumentasi kampanye antigratifikasi tiap triwulan (contoh)."),
    Finding(
        "MP.P.2.b",
        "Mohon lengkapi rencana kerja dengan target tiap area (contoh).",
        "Rencana kerja dengan target tiap area sudah dilampirkan (contoh).",
    ),
)
PRIVATE = "Cek silang dengan pengaduan yang masuk ke instansi (contoh)."


def sample(
    session: Session,
    unit: Unit,
    assessment: Assessment,
    instrument: Instrument,
    assessors: Mapping[str, Person],
    team: Mapping[str, Person],
    now: datetime,
) -> None:
    """Write the assessors' year so far. `assessors` by tier; `team`: "koordinator" and "ketua" of area 5."""
    for tier, person in assessors.items():
        _assigned(session, unit, assessment, tier, person, now - timedelta(days=21))
    theirs = _values(session, unit, assessment, assessors[MEMBER], now - timedelta(days=12))
    one = _round(session, assessment, 1, assessors, now - timedelta(days=20))
    _sign(session, unit, theirs, instrument, one, assessors, now - timedelta(days=8))
    _round(session, assessment, 2, assessors, now - timedelta(days=1))
    today = fmt.local(now, unit.zone).date()
    for place, finding in enumerate(FINDINGS):
        pic = team["ketua"] if place == 0 else team["koordinator"]
        _finding(session, unit, assessment, one, finding, assessors, pic, today, now)
    session.add(
        TpiNote(
            assessment_id=assessment.id or 0,
            item_id=FINDINGS[0].item,
            person_id=assessors[MEMBER].id or 0,
            text=PRIVATE,
            at=now - timedelta(days=10),
        )
    )


def _assigned(
    session: Session, unit: Unit, assessment: Assessment, tier: str, person: Person, at: datetime
) -> None:
    held = select(Membership.id).where(Membership.person_id == person.id, Membership.unit_id == unit.id)
    if session.exec(held).first() is None:
        session.add(
            Membership(
                person_id=person.id or 0,
                agency_id=unit.agency_id,
                unit_id=unit.id,
                role="penilai",
                created_at=at,
            )
        )
    session.add(
        TpiAssignment(
            assessment_id=assessment.id or 0,
            unit_id=unit.id or 0,
            person_id=person.id or 0,
            tier=tier,
            made_at=at,
        )
    )


def _values(session: Session, unit: Unit, assessment: Assessment, judge: Person, at: datetime) -> Assessment:
    """The unit's answers taken over, a few of them a step lower with a reason."""
    theirs = Assessment(
        unit_id=unit.id or 0,
        year=assessment.year,
        side=ASSESSOR_SIDE,
        target=assessment.target,
        instrument_id=assessment.instrument_id,
        created_at=at,
    )
    session.add(theirs)
    session.flush()
    rows = session.exec(select(Answer).where(Answer.assessment_id == assessment.id)).all()
    for row in rows:
        if stored.known(row.choice, row.inputs) is None:
            continue
        lower = {"A": "B", "B": "C", "Ya": "Tidak"}.get(row.choice or "")
        strict = row.item_id in STRICTER and lower is not None
        reason = REASONS[STRICTER.index(row.item_id) % len(REASONS)] if strict else ""
        session.add(
            Answer(
                assessment_id=theirs.id or 0,
                item_id=row.item_id,
                choice=lower if strict else row.choice,
                inputs=row.inputs,
                note=reason,
                answered_by=judge.id,
                answered_at=at,
                note_by=judge.id if reason else None,
                note_at=at if reason else None,
            )
        )
    session.flush()
    return theirs


def _round(
    session: Session, assessment: Assessment, no: int, assessors: Mapping[str, Person], at: datetime
) -> TpiRound:
    row = TpiRound(
        assessment_id=assessment.id or 0,
        no=no,
        opened_by=assessors[LEAD].id,
        opened_at=at,
        cutoff_on=(at + timedelta(days=14)).date(),
    )
    session.add(row)
    session.flush()
    return row


def _sign(
    session: Session,
    unit: Unit,
    theirs: Assessment,
    instrument: Instrument,
    row: TpiRound,
    assessors: Mapping[str, Person],
    at: datetime,
) -> None:
    """Both signatures, over the values as they stand, with the score that they make."""
    rows: Sequence[Answer] = session.exec(select(Answer).where(Answer.assessment_id == theirs.id)).all()
    known = {each.item_id: stored.known(each.choice, each.inputs) for each in rows}
    given = {item_id: answer for item_id, answer in known.items() if answer is not None}
    surveys = session.exec(select(Survey).where(Survey.unit_id == unit.id)).all()
    standing = readiness.made_of(Current(unit, theirs, instrument), given, surveys)
    answers = {**standing.given.answers, **standing.given.hasil}
    row.values = signed.packed(answers, {each.item_id: each.note for each in rows if each.note})
    row.total = f"{rounded(standing.score.total)}"
    row.led_by, row.led_at = assessors[LEAD].id, at - timedelta(days=1)
    row.closed_by, row.closed_at = assessors[CONTROL].id, at
    session.add(row)
    session.flush()


def _finding(
    session: Session,
    unit: Unit,
    assessment: Assessment,
    row: TpiRound,
    finding: Finding,
    assessors: Mapping[str, Person],
    pic: Person,
    today: date,
    now: datetime,
) -> None:
    made, due_on = now - timedelta(days=8), _working_day(today)
    task = Task(
        unit_id=unit.id or 0,
        assessment_id=assessment.id,
        item_id=finding.item,
        title=f"Tanggapi catatan TPI: {finding.text}",
        person_id=pic.id,
        due_on=due_on,
        state="done" if finding.answer else "open",
        source="tpi",
        made_by=assessors[CONTROL].id,
        made_at=made,
        done_at=now - timedelta(days=2) if finding.answer else None,
    )
    session.add(task)
    session.flush()
    session.add(
        TaskChange(
            task_id=task.id or 0,
            person_id=assessors[CONTROL].id,
            at=made,
            kind="make",
            after={"person_id": pic.id, "due_on": due_on.isoformat()},
        )
    )
    session.add(
        TpiFinding(
            assessment_id=assessment.id or 0,
            unit_id=unit.id or 0,
            round_id=row.id or 0,
            item_id=finding.item,
            text=finding.text,
            state="answered" if finding.answer else "open",
            person_id=pic.id,
            due_on=due_on,
            task_id=task.id,
            made_by=assessors[MEMBER].id,
            made_at=made - timedelta(days=2),
            answer=finding.answer,
            answered_by=pic.id if finding.answer else None,
            answered_at=now - timedelta(days=2) if finding.answer else None,
        )
    )


def _working_day(today: date) -> date:
    """Five days on, moved off a weekend."""
    day = today + timedelta(days=5)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day
