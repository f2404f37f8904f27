"""Announcements from three typed lines: a meeting, or evidence that is missing. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from flows import fmt
from flows.broadcast import texts_filled
from flows.broadcast.service import EVIDENCE, MEETING
from flows.days import at
from knowledge.dates import Found, Problem, parse_date
from knowledge.instrument import Area

KINDS = (MEETING, EVIDENCE)
_PARTS = re.compile(r"\s*(?:\n|\s/\s|\s/|/\s|;)\s*")
_AREA = re.compile(r"\b(?:area|pokja)\s*([1-9])\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Filled:
    """An announcement made of the lines. `area`: whose people it is for; "" for everybody."""

    text: str
    meets_at: datetime | None = None
    area: str = ""


@dataclass(frozen=True, slots=True)
class Lacking:
    """What cannot be read, as a sentence for the person."""

    sentence: str


def filled(kind: str, text: str, today: date, zone: str, areas: Sequence[Area]) -> Filled | Lacking:
    """Read "jumat 29 jan jam 9 / aula / progres tiap area", also on lines of their own."""
    parts = [fmt.one_line(p) for p in _PARTS.split(text.strip()) if p.strip()]
    if not parts:
        return Lacking(texts_filled.EMPTY[kind])
    return _meeting(parts, today, zone) if kind == MEETING else _evidence(parts, today, areas)


def _meeting(parts: list[str], today: date, zone: str) -> Filled | Lacking:
    found = parse_date(parts[0], today)
    if isinstance(found, Problem):
        return Lacking(found.sentence)
    if found is None:
        return Lacking(texts_filled.NO_DAY)
    if found.time is None:
        return Lacking(texts_filled.no_hour(found.day))
    zone = found.zone or zone
    said = texts_filled.meeting(
        fmt.day_long(found.day),
        f"{found.time:%H.%M} {zone}",
        found.rest,
        parts[1] if len(parts) > 1 else "",
        ", ".join(parts[2:]),
    )
    return Filled(said, at(found.day, found.time, zone))


def _evidence(parts: list[str], today: date, areas: Sequence[Area]) -> Filled | Lacking:
    what, where, until = parts[0], "", None
    for part in parts[1:]:
        found = parse_date(part, today) if until is None else None
        if isinstance(found, Problem):
            return Lacking(found.sentence)
        if isinstance(found, Found):
            until = found
        else:
            where = f"{where}, {part}" if where else part
    area = named_area(f"{where} {what}", areas)
    shown = f"Area {area.no} {area.name}" if area is not None and _AREA.fullmatch(where.strip()) else where
    due = texts_filled.until(until.day, until.time) if until is not None else ""
    return Filled(texts_filled.evidence(what, shown, due), area=area.id if area is not None else "")


def named_area(text: str, areas: Sequence[Area]) -> Area | None:
    """The area that a text names by its number or its whole name."""
    hit = _AREA.search(text)
    for area in areas:
        if (hit and area.no == int(hit[1])) or area.name.lower() in text.lower():
            return area
    return None


def hour_of(text: str) -> time | None:
    """ "09.00" as a time."""
    hit = re.fullmatch(r"(\d{1,2})[.:](\d{2})", text)
    return time(int(hit[1]), int(hit[2])) if hit and int(hit[1]) < 24 and int(hit[2]) < 60 else None
