"""Runs the parts (all, or those named) and prints one table; the figures go to build/bench.json too."""

import importlib
import json
import platform
import sys
import time
from pathlib import Path

from tests.bench.table import Figure, show

PARTS = (
    "startup",
    "tap",
    "load",
    "memory",
    "ask",
    "growth",
    "sample",
    "score",
    "readiness",
    "importing",
    "evidence",
    "bulk",
    "papers",
    "board",
    "workbook",
    "tick",
    "disk",
    "outbox",
)
OUT = Path("build") / "bench.json"


def main(names: list[str]) -> int:
    """Measure. Returns the exit status."""
    unknown = [n for n in names if n not in PARTS]
    if unknown:
        print(f"unknown part {unknown[0]}; there are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    figures: list[Figure] = []
    for name in names or PARTS:
        started = time.monotonic()
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        figures += importlib.import_module(f"tests.bench.{name}").figures()
        print(f"  {time.monotonic() - started:.1f} s", file=sys.stderr, flush=True)
    print(show(figures))
    OUT.parent.mkdir(exist_ok=True)
    machine = {"python": platform.python_version(), "machine": platform.machine()}
    OUT.write_text(json.dumps({**machine, "figures": [f.as_json() for f in figures]}, indent=2) + "\n")
    print(f"\n{OUT}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
