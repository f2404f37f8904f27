"""Registers from the field: what a unit counts and notes all year, and what of it goes into the LKE."""
