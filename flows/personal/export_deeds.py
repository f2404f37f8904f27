"""One's own data: what the person decided or set up, a line each; messages meant for them."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import inspect
from sqlmodel import Session, col, select

from flows.models import (
    AgencyReminding,
    ApiToken,
    Evidence,
    EvidenceVersion,
    GroupClaim,
    GroupPlace,
    Invite,
    JoinRequest,
    LetterTemplate,
    LinkedGroup,
    Outbox,
    SharedVersion,
    StageOffset,
    UnitRequest,
)

Row = dict[str, Any]
At = Callable[[Any], str | None]

DEEDS: tuple[tuple[str, Any, Any, str | None, str | None], ...] = (
    ("pengingat instansi diatur", AgencyReminding, AgencyReminding.set_by, None, "set_at"),
    ("jarak tahapan diatur", StageOffset, StageOffset.set_by, "stage", "set_at"),
    ("akses API dibuat", ApiToken, ApiToken.made_by, "label", "made_at"),
    ("templat surat dikirim", LetterTemplate, LetterTemplate.made_by, "file_name", "made_at"),
    ("grup diminta dihubungkan", GroupClaim, GroupClaim.person_id, "title", "at"),
    ("grup dihubungkan", LinkedGroup, LinkedGroup.linked_by, "title", "linked_at"),
    ("topik grup untuk area dipilih", GroupPlace, GroupPlace.set_by, "area", None),
    ("undangan untuk saya", Invite, Invite.person_id, "role", "created_at"),
    ("permintaan bergabung diputuskan", JoinRequest, JoinRequest.decided_by, "state", "decided_at"),
    ("permintaan unit diputuskan", UnitRequest, UnitRequest.decided_by, "unit_name", "decided_at"),
    ("bukti dicatat", Evidence, Evidence.made_by, "title", "made_at"),
    ("bukti dihapus", Evidence, Evidence.removed_by, "title", "removed_at"),
    ("bukti dikirimkan atas nama saya", EvidenceVersion, EvidenceVersion.behalf_id, "file_name", "made_at"),
    ("berkas bukti bersama dikirim", SharedVersion, SharedVersion.made_by, "file_name", "made_at"),
)
"""What was done, the table, the column that names the person, what it was about, when."""


def collect(session: Session, person_id: int, at: At) -> Row:
    """The deeds above in their order, and the messages that still wait or went out to the person."""
    return {
        "tindakan_lain": [
            {
                "tindakan": what,
                "tentang": getattr(row, about) if about else None,
                "waktu": at(getattr(row, when)) if when else None,
            }
            for what, table, named, about, when in DEEDS
            for row in session.exec(
                select(table).where(named == person_id).order_by(*inspect(table).primary_key)
            ).all()
        ],
        "pesan_untuk_saya": [
            {"tentang": row.action, "isi": row.text, "keadaan": row.state, "dibuat": at(row.created_at)}
            for row in session.exec(
                select(Outbox).where(Outbox.person_id == person_id).order_by(col(Outbox.id))
            ).all()
        ],
    }
