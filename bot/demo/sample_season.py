"""After the submission (contoh): last year's results and LHE of the sample unit, this year's shortlist."""

from datetime import date, datetime, timedelta

from sqlmodel import Session

from flows.models import LheNote, Person, SeasonRound, SeasonUnit, StageResult, Unit

RESULTS = (
    ("pra_evaluasi", "catatan", 8, 4, "Laporan survei mandiri dilengkapi setelah pengumuman (contoh)."),
    ("desk_evaluasi", "lolos", 9, 21, ""),
    ("evaluasi_lapangan", "tidak", 10, 28, "Pemahaman petugas loket belum merata (contoh)."),
)
"""Stage, result, month and day, note: how the sample unit came through last year."""

NOTES = (
    ("PW.P.1.a", "Kampanye antigratifikasi belum rutin dan belum terdokumentasi (contoh)"),
    (None, "Petugas loket perlu memahami standar pelayanan yang baru (contoh)"),
)
"""Indicator and text of last year's LHE."""

QUOTA, LETTER = 3, "Surat Deputi nomor B-01/PW.00 (contoh)"


def sample(
    session: Session,
    units: tuple[Unit, Unit],
    year: int,
    lead: Person | None,
    boss: Person | None,
    now: datetime,
) -> None:
    """Write it down as of `now`. The first unit's pick was told to it; the second's is still undecided."""
    unit, second = units
    by, admin = lead.id if lead is not None else None, boss.id if boss is not None else None
    before = now - timedelta(days=30)
    last_year = year - 1 if now.date() > date(year - 1, *RESULTS[-1][2:4]) else year - 2
    for stage, result, month, day, note in RESULTS:
        session.add(
            StageResult(
                unit_id=unit.id or 0,
                year=last_year,
                stage=stage,
                result=result,
                decided_on=date(last_year, month, day),
                note=note,
                set_by=by,
                set_at=before,
            )
        )
    for item_id, text in NOTES:
        session.add(
            LheNote(
                unit_id=unit.id or 0, year=last_year, item_id=item_id, text=text, made_by=by, made_at=before
            )
        )
    stage, result, *_ = RESULTS[-1]
    last = SeasonUnit(agency_id=unit.agency_id, unit_id=unit.id or 0, year=last_year, pick="WBK", told="WBK")
    last.stage, last.result, last.ended = stage, result, True
    session.add(last)
    session.add(
        SeasonRound(
            agency_id=unit.agency_id,
            year=year,
            quota=QUOTA,
            letter=LETTER,
            announced_at=before,
            set_by=admin,
            set_at=before,
        )
    )
    for each, told in ((unit, "WBK"), (second, "")):
        row = SeasonUnit(agency_id=each.agency_id, unit_id=each.id or 0, year=year, pick="WBK", told=told)
        row.picked_by, row.picked_at = admin, before
        session.add(row)
    session.flush()
