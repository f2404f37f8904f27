"""Deadlines (batas waktu) of a unit and the reminders that come from them."""
