"""The pakta of a furnished unit: a signed sheet with a typed name, a member's own sheet, a pencanangan."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from flows.models import Launch, PactSheet, PactSigner, StoredFile


def pact(
    session: Session, ids: Mapping[str, int | str], mark: str, unit_id: int, at: datetime
) -> dict[str, int | str]:
    """Write it; returns its words with what they stand for. Every text bears the mark."""
    lead, me = int(ids["person koordinator"]), int(ids["person anggota"])
    key = f"{unit_id + 20_000:064x}"
    of_unit: dict[str, Any] = {"unit_id": unit_id}
    session.add(StoredFile(sha256=key, size_bytes=9, mime="application/pdf", stored_at=at))
    session.flush()
    made: dict[str, int | str] = {}
    for word, sender in (("sheet", lead), ("ownsheet", me)):
        about: dict[str, Any] = {**of_unit, "state": "ready", "sha256": key, "signed_on": at.date()}
        sheet = PactSheet(**about, file_name=f"Pakta {mark}.pdf", added_by=sender, added_at=at)
        session.add(sheet)
        session.flush()
        made[word] = sheet.id or 0
        session.add(PactSigner(**of_unit, person_id=sender, sheet_id=sheet.id, made_by=sender, made_at=at))
    name = PactSigner(**of_unit, name=f"Pegawai {mark}", sheet_id=int(made["sheet"]), made_at=at)
    name.made_by = lead
    launch = Launch(**of_unit, held_on=at.date(), witnesses=f"Saksi {mark}", set_at=at)
    launch.published, launch.set_by = f"Berita {mark}", lead
    session.add_all((name, launch))
    session.flush()
    return {**made, "typedcode": f"n{name.id}", "leadcode": f"p{lead}"}
