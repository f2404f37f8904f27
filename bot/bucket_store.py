"""Keeps evidence in a bucket of any S3-compatible service: prefix/ab/abcdef…, as the folder lays it out.

An object is seen under its name whole or not at all: the service shows it when the last piece is in. What it
gives out goes through its hash, as in the folder.
"""

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from bot.evidence_store import is_key
from flows.ports import FileDamaged, FileUnavailable, StoreUnreachable

if TYPE_CHECKING:
    from obstore.store import S3Store

PIECE_BYTES = 8 * 1024 * 1024
"""What is larger goes, and comes, in pieces of this size."""
AT_ONCE = 4
TRIES = 3
TRY_SECONDS, REQUEST_SECONDS = 15, 120
NO_BUCKET = "NoSuchBucket"
PROBE = ".periksa-"


@dataclass(frozen=True, slots=True)
class Bucket:
    """Where the bucket is, and the key to it."""

    endpoint: str
    name: str
    prefix: str
    region: str
    access_key: str
    secret_key: str

    def __repr__(self) -> str:
        return f"Bucket({self.name!r})"  # a key printed by mistake would be read by others


class BucketStore:
    """Implements `bot.evidence_store.EvidenceStore`. Nothing is connected before the first use."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket

    @cached_property
    def _store(self) -> "S3Store":
        from obstore.store import S3Store

        return S3Store(
            self._bucket.name,
            endpoint=self._bucket.endpoint,
            region=self._bucket.region,
            access_key_id=self._bucket.access_key,
            secret_access_key=self._bucket.secret_key,
            client_options={
                "allow_http": self._bucket.endpoint.startswith("http://"),
                "connect_timeout": timedelta(seconds=5),
                "timeout": timedelta(seconds=REQUEST_SECONDS),
            },
            retry_config={"max_retries": TRIES, "retry_timeout": timedelta(seconds=TRY_SECONDS)},
        )

    def put(self, data: bytes) -> str:
        """Keep the bytes; returns their key. What is there already is written over: it is fresh, and whole.

        Raises StoreUnreachable.
        """
        key = hashlib.sha256(data).hexdigest()
        self._write(self._path(key), data)
        return key

    def get(self, key: str) -> bytes:
        """The bytes. Raises FileUnavailable, FileDamaged, StoreUnreachable."""
        data = self._read(self._path(key))
        if hashlib.sha256(data).hexdigest() != key:
            raise FileDamaged(key)
        return data

    def keys(self) -> Iterator[str]:
        """Every key that is kept, in no order, a thousand a request. Raises StoreUnreachable."""
        import obstore

        with _told():
            for page in obstore.list(self._store, prefix=self._bucket.prefix or None, chunk_size=1000):
                for each in page:
                    folder, _, name = each["path"].rpartition("/")
                    if is_key(name) and self._path(name) == f"{folder}/{name}":
                        yield name

    def has(self, key: str) -> bool:
        """Whether something is kept under the key; its bytes are not read. Raises StoreUnreachable."""
        return self._changed_at(self._path(key)) is not None

    def drop(self, key: str, older_seconds: float) -> bool:
        """Let go of what was last put longer ago than that. Returns whether it is gone.

        Raises StoreUnreachable.
        """
        path = self._path(key)
        changed = self._changed_at(path)
        if changed is None:
            return True
        if older_seconds > 0.0 and datetime.now(UTC) - changed < timedelta(seconds=older_seconds):
            return False
        self._delete(path)
        return True

    def tidy(self) -> None:
        """Nothing: what a kill left half sent is never seen, and the service's own rule lets go of it."""

    def probe(self) -> None:
        """Write, read and delete a small object. Raises StoreUnreachable, whose text is a code."""
        path, data = self._at(f"{PROBE}{uuid.uuid4().hex}"), uuid.uuid4().bytes
        self._write(path, data)
        try:
            same = self._read(path) == data
        except FileUnavailable:
            same = False
        self._delete(path)
        if not same:
            raise StoreUnreachable("differs")

    def _at(self, name: str) -> str:
        return f"{self._bucket.prefix}/{name}" if self._bucket.prefix else name

    def _path(self, key: str) -> str:
        if not is_key(key):
            raise FileUnavailable("no key")
        return self._at(f"{key[:2]}/{key}")

    def _write(self, path: str, data: bytes) -> None:
        import obstore

        with _told():
            obstore.put(self._store, path, data, chunk_size=PIECE_BYTES, max_concurrency=AT_ONCE)

    def _read(self, path: str) -> bytes:
        """The bytes as they come in; None of them are kept when there are too few in the end."""
        import obstore

        with _told():
            try:
                found = obstore.get(self._store, path)
            except FileNotFoundError as err:
                if NO_BUCKET in str(err):
                    raise
                raise FileUnavailable("missing") from None
            return b"".join(bytes(piece) for piece in found.stream(min_chunk_size=PIECE_BYTES))

    def _changed_at(self, path: str) -> datetime | None:
        import obstore

        with _told():
            try:
                changed: datetime = obstore.head(self._store, path)["last_modified"]
            except FileNotFoundError:
                return None
            return changed

    def _delete(self, path: str) -> None:
        import obstore

        with _told():
            obstore.delete(self._store, path)


@contextmanager
def _told() -> Iterator[None]:
    """What the service says, as StoreUnreachable with a code. Its own words hold addresses: left out."""
    from obstore import exceptions

    try:
        yield
    except (exceptions.PermissionDeniedError, exceptions.UnauthenticatedError):
        raise StoreUnreachable("denied") from None
    except (exceptions.BaseError, FileNotFoundError) as err:
        raise StoreUnreachable("bucket" if NO_BUCKET in str(err) else "network") from None
