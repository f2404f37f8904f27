"""What `flows` needs from outside, as protocols that `bot` implements."""

from typing import Protocol


class FileUnavailable(Exception):
    """The file cannot be had: too big for the server, expired, or the network failed for good."""


class Files(Protocol):
    """Reads files that people have sent. Called in a thread, never inside a transaction."""

    def fetch(self, file_id: str) -> bytes:
        """The bytes of a file. Raises FileUnavailable."""
        ...
