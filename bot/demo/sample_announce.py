"""Sample rows (contoh): announcements that part of the team has read, one of them with a photo, and one that
waits for its moment.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlmodel import Session

from flows import fmt, routes
from flows.models import Announcement, AnnouncementReceipt, Outbox, Person, Unit

SENT = (
    "Rapat monev ZI (contoh): pembahasan rencana aksi triwulan ini.\n"
    "Tempat: aula lantai 2\n"
    "Mohon disiapkan: progres tiap area"
)
CAMPAIGN = (
    "Poster kampanye antigratifikasi triwulan ini (contoh). Mohon dipasang di ruang tunggu, "
    "lalu fotonya dikirim ke bot sebagai bukti."
)
COMING = "Bapak/Ibu, mohon bukti dukung Area 5 dilengkapi minggu ini (contoh)."


def sample(
    session: Session, unit: Unit, people: Sequence[Person | None], now: datetime, photo: str = ""
) -> None:
    """Write what Budi has sent in the last days and what he has scheduled for the day after tomorrow.

    `photo` is the file_id of a photo that the bot may send; without one the poster is not announced.
    """
    author, others = people[0], [p for p in people[1:3] if p is not None]
    if author is None or author.id is None:
        return
    _sent(session, unit, author, others, now - timedelta(days=3), SENT, kind="rapat")
    if photo:
        media = {"kind": "photo", "file_id": photo, "name": "foto.jpg", "size": 0, "album": ""}
        _sent(session, unit, author, others, now - timedelta(days=1), CAMPAIGN, media=media)
    day = fmt.local(now, unit.zone).date() + timedelta(days=2)
    session.add(
        Announcement(
            unit_id=unit.id or 0,
            created_by=author.id,
            text=COMING,
            audience="area.PW",
            state="scheduled",
            created_at=now,
            send_at=datetime.combine(day, time(8, 30), fmt.ZONES[unit.zone]),
            status_chat_id=author.telegram_id,
        )
    )
    session.flush()


def _sent(
    session: Session,
    unit: Unit,
    author: Person,
    others: Sequence[Person],
    sent_at: datetime,
    text: str,
    *,
    kind: str = "",
    media: dict[str, object] | None = None,
) -> None:
    """An announcement that has reached the others and was read by the first of them."""
    row = Announcement(
        unit_id=unit.id or 0,
        created_by=author.id or 0,
        text=text,
        kind=kind,
        media=media,
        state="done",
        created_at=sent_at,
        sent_at=sent_at,
        ended_at=sent_at,
        valid_until=sent_at + timedelta(days=14),
        recipients=len(others),
        reached_to=-1,
    )
    session.add(row)
    session.flush()
    assert row.id is not None
    for person in others:
        session.add(
            Outbox(
                key=f"umum:{row.id}:{person.id}",
                chat_id=person.telegram_id or 0,
                person_id=person.id,
                action=routes.ANNOUNCED(row.id).pack(),
                announcement_id=row.id,
                lane=2,
                state="sent",
                tries=1,
                created_at=sent_at,
                sent_at=sent_at,
            )
        )
    for person in others[:1]:
        read_at = sent_at + timedelta(hours=2)
        session.add(AnnouncementReceipt(announcement_id=row.id, person_id=person.id or 0, read_at=read_at))
