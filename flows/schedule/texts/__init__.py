"""Wording of the calendar."""
