"""The counter walk: what assessors see, looked at together before they come."""
