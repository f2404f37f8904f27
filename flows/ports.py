"""What `flows` needs from outside, as protocols that `bot` implements."""

from collections.abc import Iterator
from typing import Protocol


class FileUnavailable(Exception):
    """The file cannot be had: too big for the server, expired, or the network failed for good."""


class FileDamaged(Exception):
    """The store holds other bytes than those that were put in."""


class StoreUnreachable(Exception):
    """The store does not answer, or does not let us in. Nothing is known to be lost: try again later."""


class Store(Protocol):
    """Keeps bytes under their SHA-256 (hex), once. Called in a thread, never inside a transaction.

    Everything here may raise StoreUnreachable. Flows leave it alone: the edge has the work done later.
    """

    def put(self, data: bytes) -> str:
        """Keep the bytes; returns their key. Keeping the same bytes again changes nothing."""
        ...

    def get(self, key: str) -> bytes:
        """The bytes. Raises FileUnavailable when there are none, FileDamaged when they have changed."""
        ...

    def keys(self) -> Iterator[str]:
        """Every key that is kept, in no order."""
        ...

    def has(self, key: str) -> bool:
        """Whether something is kept under the key; its bytes are not read."""
        ...

    def drop(self, key: str, older_seconds: float) -> bool:
        """Let go of what was last put longer ago than that. Returns whether it is gone."""
        ...


class Links(Protocol):
    """Looks at links that people have sent. Called in a thread, never inside a transaction."""

    def look(self, url: str) -> str:
        """ "open" (anybody reads it), "locked" (an account is asked for) or "unknown". Never raises."""
        ...


class Files(Protocol):
    """Reads files that people have sent, and has the store. Called in a thread, never in a transaction."""

    @property
    def store(self) -> Store:
        """Where evidence is kept."""
        ...

    @property
    def links(self) -> Links:
        """How links are looked at."""
        ...

    @property
    def max_bytes(self) -> int:
        """The largest file that `fetch` can get."""
        ...

    @property
    def max_send_bytes(self) -> int:
        """The largest file that can be sent to people."""
        ...

    def fetch(self, file_id: str) -> bytes:
        """The bytes of a file. Raises FileUnavailable, whose text is a code: too_big, network, gone."""
        ...
