"""The schedule as a file for other calendars (.ics). The values are plain; `made` turns them into bytes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from flows import fmt
from flows.checklist import service as checklist
from flows.media import draws
from flows.schedule import agenda
from flows.schedule.agenda import Entry
from flows.turn import Turn

KIND = "calendar"
PRODUCT = "-//Pandu ZI//Jadwal//ID"
DOMAIN = "pandu-zi"


@dataclass(frozen=True, slots=True)
class Calendar:
    """What the file holds: its `values` for the maker, how many entries, whose."""

    file_name: str
    values: tuple[Any, ...]
    count: int
    unit_name: str
    mine: bool


def calendar(turn: Turn, *, mine: bool) -> Calendar:
    """The open unit's open dates, or only those of the actor. Raises NotAllowed, Missing."""
    where = checklist.current(turn)
    found = [e for e in agenda.entries(turn, where) if not e.done and (e.mine or not mine)]
    found.sort(key=lambda each: (each.due_on, each.kind, each.ref))
    unit = where.unit
    events = tuple(_event(each, where.id) for each in found)
    title = f"ZI {unit.name}" + (" (milik saya)" if mine else "")
    name = f"jadwal-zi{'-saya' if mine else ''}.ics"
    values = (title, str(fmt.ZONES[unit.zone]), turn.now.astimezone(UTC).isoformat(), events)
    return Calendar(name, values, len(found), unit.name, mine)


def _event(entry: Entry, assessment_id: int) -> tuple[str, str, str, str, int]:
    """Uid, title, when (a day, or a moment in UTC), description, revision."""
    uid = f"{assessment_id}-{entry.kind}-{entry.ref.replace(':', '-') or 'unit'}@{DOMAIN}"
    when = entry.due_at.astimezone(UTC).isoformat() if entry.due_at is not None else entry.due_on.isoformat()
    revision = entry.row.revision if entry.row is not None else 0
    return uid, f"Batas: {entry.what}", when, entry.missing, revision


@draws(KIND)
def made(title: str, zone: str, at: str, events: tuple[tuple[str, str, str, str, int], ...]) -> bytes:
    """The file. The same values make the same bytes; no alarms, since the bot reminds."""
    from icalendar import Calendar as Document
    from icalendar import Event

    document = Document()
    document.add("prodid", PRODUCT)
    document.add("version", "2.0")
    document.add("calscale", "GREGORIAN")
    document.add("method", "PUBLISH")
    document.add("x-wr-calname", title)
    document.add("x-wr-timezone", zone)
    for uid, summary, when, description, revision in events:
        event = Event()
        event.add("uid", uid)
        event.add("dtstamp", datetime.fromisoformat(at))
        event.add("dtstart", datetime.fromisoformat(when) if "T" in when else date.fromisoformat(when))
        event.add("summary", summary)
        if description:
            event.add("description", description)
        event.add("sequence", revision)
        event.add("transp", "TRANSPARENT")
        document.add_component(event)
    made: bytes = document.to_ical()
    return made
