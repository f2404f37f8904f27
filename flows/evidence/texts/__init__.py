"""Wording of evidence."""
