"""Behind `pandu-zi ask`: questions in, plain answers out. Imports neither Telegram nor the database."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import Any

from flows.faq.replies import reply_to
from knowledge.library import Library, load_library

MOST_CHARS = 100_000
"""Longest line of a question file that is read; beyond it the line is an error."""


@cache
def _library() -> Library:
    return load_library()


def answer(question: str) -> dict[str, Any]:
    """The answer as `--json` prints it; see the handbook for the fields. `ms` is the time to find it."""
    library = _library()
    started = perf_counter()
    outcome = library.ask(question, today=datetime.now(UTC).date())
    reply = reply_to(library, question, outcome)
    spent = perf_counter() - started
    return {
        "q": question,
        "reply": reply.text,
        "answered": reply.answered,
        "topic": reply.topics[0] if reply.topics else None,
        "score": outcome.score,
        "suggestions": list(reply.suggestions),
        "ms": round(spent * 1000, 2),
    }


def run_jsonl(path: Path) -> Iterator[str]:
    """One JSON line for each line of the file; a bad line gives one with `error` and its number.

    Empty lines are passed over. Raises `OSError` if the file cannot be read.
    """
    with path.open(encoding="utf-8-sig", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield json.dumps(_line(number, line), ensure_ascii=False)


def _line(number: int, line: str) -> dict[str, Any]:
    if len(line) > MOST_CHARS:
        return _bad(number, f"lebih panjang dari {MOST_CHARS} huruf")
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return _bad(number, "bukan JSON yang sah")
    if not isinstance(row, dict) or not isinstance(row.get("q"), str):
        return _bad(number, 'harus objek JSON dengan "q" berisi teks')
    return answer(row["q"])


def _bad(number: int, reason: str) -> dict[str, Any]:
    return {"error": f"baris {number}: {reason}", "line": number}
