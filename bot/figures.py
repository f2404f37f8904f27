"""What this process has done since its start, counted in plain numbers: cheap enough for every update."""

import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

LATENCY_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of the classes of latency; what took longer goes into one more."""
ANSWERED, POISON, UNCOMMITTED, TOO_MANY = "answered", "failed", "uncommitted", "too many"
"""Outcomes of an update: answered; ours to mend, apologised for; the database's, Telegram sends it again;
declined because one person sent too many.
"""


def _bounds() -> list[int]:
    return [0] * (len(LATENCY_SECONDS) + 1)


@dataclass(slots=True)
class Figures:
    """Counts by kind. Written by the event loop alone; read by whoever shows them."""

    updates: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By kind of event and outcome."""
    answers: Counter[str] = field(default_factory=Counter)
    """Of the answer desk, by the name of the screen that was shown."""
    sends: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By way ("direct", "queued") and result ("sent" or the error's name)."""
    latency: list[int] = field(default_factory=_bounds)
    latency_seconds: float = 0.0
    conflicts: int = 0
    """How often another instance was met that fetches with the same token."""
    beat_at: float = field(default_factory=time.monotonic)
    """When the heart last beat, monotonic seconds."""

    def took(self, seconds: float) -> None:
        """Note how long an update took from its arrival to its reply."""
        self.latency[bisect_left(LATENCY_SECONDS, seconds)] += 1
        self.latency_seconds += seconds

    def sent(self, way: str, codes: Iterable[str | None]) -> None:
        """Note messages that were tried, by the name of their error; None is success."""
        self.sends.update((way, code or "sent") for code in codes)

    def beat(self) -> None:
        """The heart beats."""
        self.beat_at = time.monotonic()

    def silent_seconds(self) -> float:
        """How long the heart has not beaten."""
        return time.monotonic() - self.beat_at
