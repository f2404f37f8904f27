"""Routes of the calendar: stages, recurring duties, batas waktu of every level. See `flows.routes`."""

from flows.action import Route

DUE_OPEN = Route("due.buka", int, str, str)  # unit, kind, ref ("~" for ":"): opens the unit, then the thing
