"""How long open reports may take, by what the FAQ tells with its rule, and which months are past it. Pure.

Reports are counted by month without their days, so the wait is counted from the month's last day: what is
said to be late is late for certain, even had it come in on that day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flows.registers import slots
from flows.registers.typed import Value
from knowledge.workdays import workdays

FACT = "waktu-lapor"
"""The FAQ entry that states these days, its rule, and what is doubtful about it."""
RULE = "PermenPANRB 62/2018, sudah diganti PermenPANRB 5/2025"
DAYS: Mapping[str, int] = {"informasi": 5, "biasa": 14, "pengawasan": 60}
"""Working days until a report must be settled, by kind. For aspirations the source names none."""


@dataclass(frozen=True, slots=True)
class Late:
    """Reports of a month that still wait: how many, for how many working days, past which limit.

    Not `certain`: only those of the kinds with the shorter limit are late.
    """

    slot: str
    open: int
    waited: int
    limit: int
    certain: bool


def late(slot: str, counts: Mapping[str, Value], today: date) -> Late | None:
    """Whether what is open of a month is past a limit; None when nothing is, or no limit is known."""
    waiting = int(counts.get("proses", 0)) + int(counts.get("belum", 0))
    if not waiting or slots.last_day(slot) >= today:
        return None
    named = [key for key in (*DAYS, "aspirasi") if int(counts.get(key, 0))]
    limits = [DAYS[key] for key in named if key in DAYS] if named else list(DAYS.values())
    if not limits:
        return None
    waited = workdays().between(slots.last_day(slot), today)
    if waited > max(limits) and "aspirasi" not in named:
        return Late(slot, waiting, waited, max(limits), certain=True)
    passed = [limit for limit in limits if waited > limit]
    return Late(slot, waiting, waited, max(passed), certain=False) if passed else None
