"""Figures with their method: `python -m tests.bench` prints a table and writes build/bench.json."""
