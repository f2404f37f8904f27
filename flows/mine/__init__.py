"""Tugas saya: everything that waits for one person in the open unit."""
