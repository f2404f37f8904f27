"""Behind `pandu-zi score`: reads cases, prints scores or every problem."""

import json
import sys
from pathlib import Path

from knowledge.instrument import load_instruments
from knowledge.library import DATA
from knowledge.score_json import DocumentError, evaluate, read

MAX_BYTES = 64 * 1024 * 1024


def run(source: str) -> int:
    """Print the scores of a JSON file ("-": standard input). Returns the exit status: 0, 2 for problems."""
    try:
        raw = sys.stdin.buffer.read(MAX_BYTES + 1) if source == "-" else Path(source).read_bytes()
    except OSError as err:
        return _refuse(f"{source}: tidak dapat dibaca ({err.strerror or err})")
    if len(raw) > MAX_BYTES:
        return _refuse(f"{source}: lebih besar dari {MAX_BYTES // (1024 * 1024)} MB")
    try:
        document = read(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return _refuse(f"{source}: bukan teks UTF-8")
    except DocumentError as err:
        return _refuse(f"{source}: {err}")
    result = evaluate(document, load_instruments(DATA / "instruments"))
    if result.problems:
        return _refuse(*result.problems)
    json.dump(result.output, sys.stdout, ensure_ascii=False, indent=2, allow_nan=False)
    sys.stdout.write("\n")
    return 0


def _refuse(*lines: str) -> int:
    for line in lines:
        sys.stderr.write(line + "\n")
    return 2
