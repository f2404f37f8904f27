"""Sending stored files back to people. Who may see a piece is decided by `flows.evidence.service`."""

from sqlmodel import Session

from flows.models import EvidenceVersion, StoredFile
from flows.screen import Media

KIND = "stored"
PHOTO_BYTES = 5_000_000
BINDING = "Foto-fotonya sedang digabung menjadi satu PDF. Coba lagi sebentar lagi."
LOST = (
    "Berkas bukti ini tidak dapat dibuka dari penyimpanan. Catatannya tetap ada; kirim lagi berkasnya "
    "sebagai versi baru, dan beri tahu admin."
)
AWAY = (
    "Penyimpanan bukti sedang tidak dapat dihubungi, jadi berkasnya belum terkirim. Berkasnya aman; "
    "coba minta lagi beberapa menit kemudian."
)


def media_of(session: Session, version: EvidenceVersion) -> Media | None:
    """The file of a version as it is sent; None while its photos are still being bound, and for links.

    The bytes are read when it is sent: one that is missing or damaged becomes the sentence `LOST`.
    """
    if version.sha256 is None:
        return None
    return media_named(session, version.sha256, version.file_name)


def media_named(session: Session, sha256: str, name: str) -> Media:
    """A stored file under a name as it is sent."""
    stored = session.get_one(StoredFile, sha256)
    small = stored.mime in {"image/jpeg", "image/png"} and stored.size_bytes <= PHOTO_BYTES
    return Media(KIND, (sha256,), name or "bukti", "photo" if small else "document")
