"""Sample rows (contoh): an announcement that part of the team has read, and one that waits for its moment."""

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
COMING = "Bapak/Ibu, mohon bukti dukung Area 5 dilengkapi minggu ini (contoh)."


def sample(session: Session, unit: Unit, people: Sequence[Person | None], now: datetime) -> None:
    """Write what Budi has sent three days ago and what he has scheduled for the day after tomorrow."""
    author, others = people[0], [p for p in people[1:3] if p is not None]
    if author is None or author.id is None:
        return
    sent_at = now - timedelta(days=3)
    row = Announcement(
        unit_id=unit.id or 0,
        created_by=author.id,
        text=SENT,
        kind="rapat",
        state="done",
        created_at=sent_at,
        sent_at=sent_at,
        ended_at=sent_at,
        valid_until=now + timedelta(days=11),
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
    if others:
        read_at = sent_at + timedelta(hours=2)
        session.add(AnnouncementReceipt(announcement_id=row.id, person_id=others[0].id or 0, read_at=read_at))
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
