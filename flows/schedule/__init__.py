"""The unit's calendar: deadlines of every level, stages of the year, recurring duties."""
