"""Two sets that nothing is fitted to: the sample with its demands on the text, and the blind set.

Read the figures with care: those who wrote the questions of the fact base had read the sample, and the
blind set's totals were looked at while the matcher grew, so both flatter. `must` and `must_not` are
patterns that the visible reply has to hold and to avoid.
"""

import json
import re
import statistics
from pathlib import Path
from typing import Any

from bot.ask import answer
from tests.bench.table import Figure

DATA = Path(__file__).parent / "data"
FILES = {"sample": "sample_questions.jsonl", "blind": "ask_blind.jsonl"}


def figures() -> list[Figure]:
    """Right, wrong and declined shares of both files, and the time of an answer."""
    made: list[Figure] = []
    for name, file in FILES.items():
        rows = [json.loads(line) for line in (DATA / file).read_text(encoding="utf-8").splitlines()]
        made += _figures(name, file, rows)
    return made


def _figures(name: str, file: str, rows: list[dict[str, Any]]) -> list[Figure]:
    replies = [answer(row["q"]) for row in rows]
    pairs = list(zip(rows, replies, strict=True))
    scope = [(row, reply) for row, reply in pairs if row["topic"]]
    talk = [(row, reply) for row, reply in pairs if row["kind"] == "smalltalk"]
    outside = [(row, reply) for row, reply in pairs if not row["topic"] and row["kind"] != "smalltalk"]
    right = sum(_is_right(row, reply) for row, reply in scope)
    wrong = sum(reply["answered"] and not _is_right(row, reply) for row, reply in scope)
    quiet = sum(not (reply["answered"] and reply["topic"]) for _, reply in outside)
    polite = sum(bool(reply["answered"]) and reply["topic"] is None for _, reply in talk)
    method = f"{len(rows)} questions, tests/bench/data/{file}"
    made = [
        Figure(name, "right topic", 100 * right / len(scope), "%", method),
        Figure(name, "wrong and sure", 100 * wrong / len(scope), "%", method),
        Figure(name, "outside not answered", 100 * quiet / len(outside), "%", method),
        Figure(name, "small talk met", 100 * polite / len(talk), "%", method),
        Figure(name, "median time", statistics.median(r["ms"] for r in replies), "ms", "wall, whole answer"),
    ]
    asked = [(row, reply) for row, reply in pairs if row.get("must") or row.get("must_not")]
    if asked:
        kept = sum(_keeps(row, reply["reply"]) for row, reply in asked)
        made.append(
            Figure(name, "text as demanded", 100 * kept / len(asked), "%", f"{len(asked)} with patterns")
        )
    return made


def _is_right(row: dict[str, Any], reply: dict[str, Any]) -> bool:
    return bool(reply["answered"]) and reply["topic"] in {row["topic"], *row.get("also", [])}


def _keeps(row: dict[str, Any], text: str) -> bool:
    return all(re.search(p, text, re.IGNORECASE) for p in row.get("must", [])) and not any(
        re.search(p, text, re.IGNORECASE) for p in row.get("must_not", [])
    )
