"""Catatan TPI: what assessors ask a unit to explain or mend, the unit's tanggapan, and what became of it."""
