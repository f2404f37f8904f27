"""Reminders: who is told what, and when, about what is due."""
