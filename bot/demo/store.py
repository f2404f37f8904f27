"""Durable memory of the stand-in: one SQLite file of keyed JSON records and file contents.

A record is durable when the outermost `writing()` block has ended: committed to the write-ahead log, it
outlives a kill of the process.
"""

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_SCHEMA = """
CREATE TABLE IF NOT EXISTS record (
    kind TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS content (file_id TEXT PRIMARY KEY, data BLOB NOT NULL);
"""


class Store:
    """Records by kind and key. Without a path everything lives in memory and ends with the object."""

    def __init__(self, path: Path | None) -> None:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self.lock = threading.RLock()
        self._depth = 0
        self._db = sqlite3.connect(
            str(path) if path else ":memory:",
            isolation_level=None,
            check_same_thread=False,
            cached_statements=32,
        )
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.execute("PRAGMA busy_timeout=5000")
        self._db.executescript(_SCHEMA)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction; nested blocks join the outermost one."""
        with self.lock:
            if self._depth == 0:
                self._db.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
            except BaseException:
                self._depth -= 1
                if self._depth == 0:
                    self._db.execute("ROLLBACK")
                raise
            self._depth -= 1
            if self._depth == 0:
                self._db.execute("COMMIT")

    def put(self, kind: str, key: str | int, body: Any) -> None:
        self._db.execute(
            "INSERT INTO record VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body",
            (kind, str(key), json.dumps(body, separators=(",", ":"))),
        )

    def drop(self, kind: str, key: str | int) -> None:
        self._db.execute("DELETE FROM record WHERE kind = ? AND key = ?", (kind, str(key)))

    def clear(self, *kinds: str) -> None:
        self._db.executemany("DELETE FROM record WHERE kind = ?", [(kind,) for kind in kinds])

    def load(self, kind: str) -> Iterator[tuple[str, Any]]:
        """All records of a kind, in the order of their keys as text."""
        with self.lock:
            rows = self._db.execute(
                "SELECT key, body FROM record WHERE kind = ? ORDER BY key", (kind,)
            ).fetchall()
        for key, body in rows:
            yield key, json.loads(body)

    def put_content(self, file_id: str, data: bytes) -> None:
        self._db.execute("INSERT OR REPLACE INTO content VALUES (?, ?)", (file_id, data))

    def content(self, file_id: str) -> bytes | None:
        with self.lock:
            row = self._db.execute("SELECT data FROM content WHERE file_id = ?", (file_id,)).fetchone()
        return bytes(row[0]) if row else None

    def clear_contents(self) -> None:
        self._db.execute("DELETE FROM content")

    def close(self) -> None:
        with self.lock:
            self._db.close()
