"""Announcements (pengumuman): a coordinator's own words to everybody in the unit."""
