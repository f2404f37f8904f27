"""Wording of the registers."""
