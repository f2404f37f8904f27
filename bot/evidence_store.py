"""Where evidence is kept: in a folder as ab/abcdef…, named by the SHA-256 of what is in the file; or in a
bucket (`bot.bucket_store`).

A file appears under its name whole or not at all: written under a temporary name, pushed to the disk, then
renamed. It is read back through its hash, so that damage is noticed and never shown as evidence.
"""

import contextlib
import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from flows.ports import FileDamaged, FileUnavailable, Store, StoreUnreachable

if TYPE_CHECKING:
    from bot.settings import Settings

KEY_LENGTH = 64
_HEX = frozenset("0123456789abcdef")
TEMPORARY = ".masuk-"
STALE_SECONDS = 3600.0


_WHY = {
    "network": "tidak dapat dihubungi: periksa S3_ENDPOINT, jaringan, dan layanannya",
    "denied": "menolak kuncinya: periksa S3_ACCESS_KEY, S3_SECRET_KEY, dan hak kunci itu",
    "bucket": "tidak punya bucket itu: periksa S3_BUCKET dan S3_REGION",
    "differs": "tidak mengembalikan apa yang baru ditulis: periksa S3_ENDPOINT",
    "folder": "tidak dapat ditulisi: periksa EVIDENCE_DIR, haknya, dan ruang disknya",
}


def unreachable(err: StoreUnreachable) -> str:
    """What is wrong with the store and what to look at, in one Indonesian sentence."""
    return f"Penyimpanan bukti {_WHY[str(err)]}. Tidak ada yang hilang; ulangi sesudahnya."


class EvidenceStore(Store, Protocol):
    """What the edge asks of a store beyond what the flows need."""

    def tidy(self) -> None:
        """Remove what a kill left half written."""
        ...

    def probe(self) -> None:
        """Write, read and delete something small. Raises StoreUnreachable, whose text is a code."""
        ...


def store_of(settings: "Settings") -> EvidenceStore:
    """The store that the settings name. Nothing is opened or made before its first use."""
    if settings.s3_bucket:
        from bot.bucket_store import BucketStore

        return BucketStore(settings.bucket)
    return FolderStore(settings.evidence_folder)


class FolderStore:
    """Implements `EvidenceStore`. The folder is made at the first `put`; any number of processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes) -> str:
        """Keep the bytes; returns their key. What is there already, and whole, is only marked as fresh."""
        key = hashlib.sha256(data).hexdigest()
        path = self._path(key)
        if self._whole(path, key):
            os.utime(path)
            return key
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=TEMPORARY, dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
            raise
        _sync_folder(path.parent)
        return key

    def get(self, key: str) -> bytes:
        """The bytes. Raises FileUnavailable when there are none, FileDamaged when they have changed."""
        try:
            data = self._path(key).read_bytes()
        except OSError as err:
            raise FileUnavailable("missing") from err
        if hashlib.sha256(data).hexdigest() != key:
            raise FileDamaged(key)
        return data

    def keys(self) -> Iterator[str]:
        """Every key that is kept, in no order."""
        for path in self.folder.glob("??/*"):
            if is_key(path.name) and path.parent.name == path.name[:2]:
                yield path.name

    def has(self, key: str) -> bool:
        """Whether something is kept under the key; its bytes are not read."""
        return self._path(key).is_file()

    def drop(self, key: str, older_seconds: float) -> bool:
        """Let go of what was last put longer ago than that. Returns whether it is gone."""
        path = self._path(key)
        try:
            if time.time() - path.stat().st_mtime < older_seconds:
                return False
            path.unlink()
        except FileNotFoundError:
            return True
        return True

    def tidy(self) -> None:
        """Remove what a kill left half written."""
        for path in self.folder.glob(f"??/{TEMPORARY}*"):
            with contextlib.suppress(OSError):
                if time.time() - path.stat().st_mtime > STALE_SECONDS:
                    path.unlink()

    def probe(self) -> None:
        """Write, read and delete a small file. Raises StoreUnreachable."""
        try:
            with tempfile.NamedTemporaryFile(prefix=TEMPORARY, dir=self.folder) as file:
                file.write(b"periksa")
        except OSError as err:
            raise StoreUnreachable("folder") from err

    def _path(self, key: str) -> Path:
        if not is_key(key):
            raise FileUnavailable("no key")
        return self.folder / key[:2] / key

    def _whole(self, path: Path, key: str) -> bool:
        """Whether the very bytes are there: a damaged file is mended by the next who sends it."""
        with contextlib.suppress(OSError, FileDamaged, FileUnavailable):
            return path.is_file() and bool(self.get(key) is not None)
        return False


def is_key(name: str) -> bool:
    """Whether it has the form of a key: nothing else becomes part of a path."""
    return len(name) == KEY_LENGTH and _HEX.issuperset(name)


def _sync_folder(folder: Path) -> None:
    """Let the new name survive a power cut, where the system can do that."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
