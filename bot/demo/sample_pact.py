"""Sample pakta integritas (contoh): a joint sheet, one with TTE, a promise, typed names, a pencanangan."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session, select

from bot.demo.sample_evidence import document
from flows import fmt
from flows.models import Assessment, Deadline, Launch, PactSheet, PactSigner, Person, StoredFile, Unit
from flows.pact.service import READY, SCAN, STAGE, TTE
from flows.ports import Store

COORDINATOR, LEADER, MEMBER, SECRETARY, HEAD = 0, 1, 2, 6, 7
"""Places in the cast."""
SIGNED = ("Petugas loket 1 (contoh)", "Petugas loket 2 (contoh)")
UNSIGNED = ("Pengemudi (contoh)", "Petugas arsip (contoh)")
WITNESSES = "Perwakilan Ombudsman dan tokoh masyarakat (contoh)"


def sample(
    session: Session,
    unit: Unit,
    assessment: Assessment,
    persons: Sequence[Person | None],
    now: datetime,
    store: Store | None = None,
) -> None:
    """Six of nine have signed, the member has promised; launched on its stage's day, not yet published."""
    planned = session.exec(
        select(Deadline.due_at).where(Deadline.assessment_id == assessment.id, Deadline.ref == STAGE)
    ).one()
    held = fmt.local(planned, unit.zone).date()
    joint = _sheet(session, unit, persons[SECRETARY], SCAN, held - timedelta(days=3), now, store)
    own = _sheet(session, unit, persons[COORDINATOR], TTE, held - timedelta(days=1), now, store)
    for place, sheet in (
        (LEADER, joint),
        (SECRETARY, joint),
        (HEAD, joint),
        (COORDINATOR, own),
        (MEMBER, None),
    ):
        person = persons[place]
        if person is None:
            continue
        row = PactSigner(unit_id=unit.id or 0, person_id=person.id, made_by=person.id, made_at=now)
        row.sheet_id = sheet.id if sheet is not None else None
        row.willing_at = now - timedelta(days=5) if place == MEMBER else None
        session.add(row)
    secretary = persons[SECRETARY]
    for name in (*SIGNED, *UNSIGNED):
        typed = PactSigner(unit_id=unit.id or 0, name=name, made_at=now)
        typed.made_by = secretary.id if secretary is not None else None
        typed.sheet_id = joint.id if name in SIGNED else None
        session.add(typed)
    lead = persons[COORDINATOR]
    launch = Launch(unit_id=unit.id or 0, held_on=held, charter_on=held, witnesses=WITNESSES, set_at=now)
    launch.set_by = lead.id if lead is not None else None
    session.add(launch)
    session.flush()


def _sheet(
    session: Session,
    unit: Unit,
    sender: Person | None,
    form: str,
    day: date,
    now: datetime,
    store: Store | None,
) -> PactSheet:
    title = f"Pakta integritas, {'TTE' if form == TTE else 'lembar bersama'} (contoh)"
    data = document(title, unit.name, day)
    key = store.put(data) if store is not None else hashlib.sha256(data).hexdigest()
    if session.get(StoredFile, key) is None:
        session.add(StoredFile(sha256=key, size_bytes=len(data), mime="application/pdf", stored_at=now))
        session.flush()
    sheet = PactSheet(
        unit_id=unit.id or 0,
        form=form,
        state=READY,
        sha256=key,
        file_name=f"{title}.pdf",
        signed_on=day,
        added_by=sender.id if sender is not None else None,
        added_at=now - timedelta(days=20),
    )
    session.add(sheet)
    session.flush()
    return sheet
