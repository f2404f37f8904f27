"""Figures for an agency's own programs: the keys to them, what may be asked, and the answers as data."""
