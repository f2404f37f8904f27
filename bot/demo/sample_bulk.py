"""The agency's side of the sample (contoh): a table of fifty units to try the import with, shared evidence.

`python -m bot.demo.sample_bulk docs/contoh/unit-contoh.xlsx` writes the table anew.
"""

import hashlib
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlmodel import Session

from bot.demo.sample_evidence import document
from flows import fmt
from flows.bulk import files
from flows.bulk.columns import PERSON, UNIT
from flows.models import Agency, Person, SharedEvidence, SharedVersion, StoredFile
from flows.ports import Store

PLACES = ("Utara", "Selatan", "Timur", "Barat", "Tengah")
ZONES = ("WIB", "WIB", "WIT", "WIB", "WITA")
BELOW = 9
"""Offices below each of the five branches: fifty units in all."""
FIRST = ("Agus", "Bella", "Citra", "Dimas", "Endah", "Fajar", "Gita", "Hendra", "Indah", "Jaka")
LAST = ("Pratama", "Wulandari", "Saputra", "Maharani", "Nugroho", "Lestari", "Kusuma")
SHARED_TITLE, SHARED_ITEM = "SK Unit Pengendalian Gratifikasi (contoh)", "PW.P.1.b"


def unit_rows() -> Iterator[tuple[str, ...]]:
    """Five branches and the offices below them."""
    for number, (place, zone) in enumerate(zip(PLACES, ZONES, strict=True), 1):
        branch = f"KW-{number:02}"
        yield branch, f"Kantor Wilayah {place} (contoh)", "Kanwil", "", "WBK", zone
        for office in range(1, BELOW + 1):
            target = "WBBM" if office == 1 else "WBK"
            name = f"Kantor Layanan {place} {office} (contoh)"
            yield f"KL-{number:02}{office:02}", name, "Satuan kerja", branch, target, ""


def person_rows() -> Iterator[tuple[str, ...]]:
    """A coordinator and a ketua pokja for each office, and an assessor for each branch's first three."""
    for place, (code, *_rest) in enumerate(row for row in unit_rows() if row[2] == "Satuan kerja"):
        yield f"{_name(place)} (contoh)", "", code, "koordinator", ""
        yield f"{_name(place + 333)} (contoh)", "", code, "ketua pokja", str(place % 6 + 1)
        if place % BELOW < 3:
            yield _name(place // BELOW + 777), "penilai contoh", code, "penilai", ""


def _name(number: int) -> str:
    return f"{FIRST[number % len(FIRST)]} {LAST[number // len(FIRST) % len(LAST)]}"


def workbook() -> bytes:
    """The table as it is sent to the bot."""
    return files.as_xlsx({UNIT: list(unit_rows()), PERSON: list(person_rows())})


def sample(
    session: Session, agency: Agency, admin: Person | None, now: datetime, store: Store | None
) -> None:
    """One piece that the agency shares with all its units."""
    at = now - timedelta(days=5)
    day = fmt.local(now, "WIB").date() - timedelta(days=30)
    admin_id = admin.id if admin is not None else None
    data = document(SHARED_TITLE, agency.name, day)
    key = store.put(data) if store is not None else hashlib.sha256(data).hexdigest()
    session.add(StoredFile(sha256=key, size_bytes=len(data), mime="application/pdf", stored_at=at))
    shared = SharedEvidence(
        agency_id=agency.id or 0,
        title=SHARED_TITLE,
        items=[SHARED_ITEM],
        dated_on=day,
        state="active",
        made_by=admin_id,
        made_at=at,
        published_at=at,
    )
    session.add(shared)
    session.flush()
    session.add(
        SharedVersion(
            shared_id=shared.id or 0,
            sha256=key,
            file_name="SK UPG contoh.pdf",
            state="ready",
            made_by=admin_id,
            made_at=at,
        )
    )
    session.flush()


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(workbook())
