"""Sample rows (contoh): unmet questions, one for the coordinator, the agency's own answers."""

from datetime import datetime, timedelta

from sqlmodel import Session

from flows.models import Agency, AgencyEntry, Person, TeamQuestion, Unit, UnmetQuestion

UNMET = (
    ("siapa kontak TPI untuk konsultasi LKE", "siapa kontak tpi konsultasi lke", "tak-terjawab", None, 3),
    (
        "format nomor surat tugas tim ZI di kantor kita gimana",
        "format nomor surat tugas tim zi",
        "ragu",
        None,
        1,
    ),
    (
        "rapat monev ZI bulan ini jadinya di aula mana",
        "rapat monev zi bulan aula mana",
        "tak-terjawab",
        None,
        2,
    ),
)
OPEN_QUESTION = "Apakah foto kampanye dari media sosial kantor boleh dipakai untuk dua indikator sekaligus?"


def fill(
    session: Session,
    agency: Agency,
    unit: Unit,
    asker: Person | None,
    admin: Person | None,
    now: datetime,
) -> None:
    """Write them for this agency and unit, as of `now`."""
    for number, (text, key, kind, topic, times) in enumerate(UNMET):
        session.add(
            UnmetQuestion(
                agency_id=agency.id,
                unit_id=unit.id,
                text=text,
                key=key,
                topic=topic,
                kind=kind,
                at=now - timedelta(days=3 - number, hours=2),
                times=times,
            )
        )
    session.add(
        TeamQuestion(
            agency_id=agency.id or 0,
            unit_id=unit.id or 0,
            asker_id=asker.id if asker else None,
            named=True,
            text=OPEN_QUESTION,
            asked_at=now - timedelta(hours=20),
        )
    )
    session.add(
        AgencyEntry(
            agency_id=agency.id or 0,
            questions=[
                "Di mana folder bukti dukung unit disimpan?",
                "link folder bukti ZI kita",
                "bukti dukung ditaruh di drive mana",
            ],
            short="Folder bukti dukung (contoh) ada di drive bersama unit, satu folder per area, dinamai "
            "menurut nomor indikator. Hak aksesnya diberikan koordinator unit.",
            rule="Kebijakan instansi (contoh)",
            state="active",
            revision=1,
            made_by=admin.id if admin else None,
            made_at=now - timedelta(days=10),
            changed_by=admin.id if admin else None,
            changed_at=now - timedelta(days=10),
        )
    )
