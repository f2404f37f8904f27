"""Wording of the papers, by paper."""
