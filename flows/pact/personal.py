"""The pakta in one's own data: taken along, and emptied when somebody leaves it all or has left the unit."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, or_, select

from flows.models import Launch, Membership, PactSheet, PactSigner, Unit
from flows.pact import changing
from flows.pact.service import REMOVED

Row = dict[str, Any]
At = Callable[[datetime | None], str | None]
LEFT_DAYS = 365
"""So long after somebody left a unit its list still names them."""


def collect(session: Session, person_id: int, at: At) -> Row:
    """What is kept about the person's own signature, the sheets they sent, and what they recorded."""
    signed = session.exec(
        select(PactSigner, Unit.name)
        .join(Unit, col(Unit.id) == col(PactSigner.unit_id))
        .where(PactSigner.person_id == person_id)
        .order_by(col(PactSigner.id))
    ).all()
    numbers = [row.sheet_id for row, _ in signed if row.sheet_id is not None]
    covering = {s.id: s for s in session.exec(select(PactSheet).where(col(PactSheet.id).in_(numbers))).all()}
    sent = session.exec(
        select(PactSheet, Unit.name)
        .join(Unit, col(Unit.id) == col(PactSheet.unit_id))
        .where(PactSheet.added_by == person_id)
        .order_by(col(PactSheet.id))
    ).all()
    listed = session.exec(
        select(PactSigner).where(PactSigner.made_by == person_id).order_by(col(PactSigner.id))
    ).all()
    launches = session.exec(
        select(Launch, Unit.name)
        .join(Unit, col(Unit.id) == col(Launch.unit_id))
        .where(Launch.set_by == person_id)
        .order_by(col(Launch.id))
    ).all()
    return {
        "pakta_integritas": [
            {
                "unit": unit,
                "lembar": row.sheet_id,
                "bentuk": covering[row.sheet_id].form if row.sheet_id in covering else None,
                "ditandatangani": covering[row.sheet_id].signed_on if row.sheet_id in covering else None,
                "kesanggupan": at(row.willing_at),
                "diajak": at(row.asked_at),
            }
            for row, unit in signed
        ],
        "lembar_pakta_dikirim": [
            {
                "nomor": sheet.id,
                "unit": unit,
                "berkas": sheet.file_name or None,
                "sha256": sheet.sha256,
                "keadaan": sheet.state,
                "dikirim": at(sheet.added_at),
            }
            for sheet, unit in sent
        ],
        "daftar_pakta_dicatat": [{"nomor": row.id, "dicatat": at(row.made_at)} for row in listed],
        "pencanangan_dicatat": [{"unit": unit, "diubah": at(row.set_at)} for row, unit in launches],
    }


def forget(session: Session, person_id: int) -> None:
    """Empty the person's rows. A sheet that covers nobody else goes with its file; others are the unit's."""
    mine = session.exec(select(PactSigner).where(PactSigner.person_id == person_id)).all()
    _let_go(session, list(mine), person_id)


def forget_left(session: Session, before: datetime, most: int) -> None:
    """Empty the rows of at most `most` people whose last role in the unit ended before that moment."""
    day = before.date()
    stays = (
        select(Membership.id)
        .where(
            Membership.person_id == PactSigner.person_id,
            Membership.unit_id == PactSigner.unit_id,
            or_(col(Membership.revoked_at).is_(None), col(Membership.revoked_at) >= before),
            or_(col(Membership.ends_on).is_(None), col(Membership.ends_on) >= day),
        )
        .exists()
    )
    gone = session.exec(
        select(PactSigner).where(col(PactSigner.person_id).is_not(None), ~stays).limit(most)
    ).all()
    for row in gone:
        _let_go(session, [row], row.person_id or 0)


def _let_go(session: Session, rows: list[PactSigner], person_id: int) -> None:
    sheets = {row.sheet_id for row in rows if row.sheet_id is not None}
    units = {row.unit_id for row in rows}
    sent = select(PactSheet.id).where(PactSheet.added_by == person_id, col(PactSheet.unit_id).in_(units))
    for sheet in session.exec(
        select(PactSheet)
        .where(or_(col(PactSheet.id).in_(sheets), col(PactSheet.id).in_(sent)), PactSheet.state != REMOVED)
        .order_by(col(PactSheet.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all():
        others = select(PactSigner.id).where(
            PactSigner.sheet_id == sheet.id,
            or_(col(PactSigner.person_id).is_(None), col(PactSigner.person_id) != person_id),
        )
        if session.exec(others.limit(1)).first() is None:
            changing.emptied(sheet)
            session.add(sheet)
    for row in rows:
        row.person_id, row.name, row.sheet_id = None, "", None
        row.willing_at, row.asked_at, row.removed_at = None, None, row.removed_at or row.made_at
        session.add(row)
    session.flush()
