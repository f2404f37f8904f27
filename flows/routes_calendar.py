"""Routes of the calendar: stages, recurring duties, batas waktu of every level. See `flows.routes`."""
