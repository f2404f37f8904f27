"""Meetings (paket rapat): the papers of one meeting, its decisions, and one PDF of it all."""
