"""Bring your LKE: a worksheet in Excel becomes answers, after the person has agreed."""
